"""Tasks of whole outlines: which leaves are tasks, who does them, by when."""

from __future__ import annotations

from itertools import pairwise

import pytest
from outlines import ISSUER, Node, outlined, told, when, who

from pipeline.extract.dates import extract_dates
from pipeline.extract.labels import attribute_of, column_of
from pipeline.extract.tasks import extract_tasks
from pipeline.records import Decree, Header, Section
from pipeline.types import Box, Cell, Document, Found, Line, Page, Span, Table, Word


def test_headings_say_of_what_kind_a_leaf_is() -> None:
    decree = outlined(
        (
            "p1",
            None,
            "Thực hiện Kế hoạch số 05/KH-UBND ngày 02/01/2021 của UBND tỉnh, UBND huyện xây dựng kế hoạch như sau:",
        ),
        ("I", "I.", "Mục đích"),
        ("I/1", "1.", "Nâng cao ý thức trồng và giữ cây xanh."),
        ("II", "II.", "Yêu cầu"),
        ("II/1", "1.", "Trồng cây phải đúng thời vụ."),
        ("III", "III.", "NHIỆM VỤ"),
        ("III/1", "1.", "Rà soát quỹ đất trống ở các xã."),
        ("III/2", "2.", "Kỷ niệm 60 năm Tết trồng cây và các ngày lễ lớn trong năm."),
        ("IV", "IV.", "KINH PHÍ"),
        ("IV/1", "1.", "Kinh phí thực hiện lấy từ ngân sách huyện."),
    )
    assert told(decree) == [("I/1", "purpose"), ("II/1", "requirement"), ("III/1", "directive")]


def test_leaves_inherit_the_body_and_the_time_of_their_headings() -> None:
    decree = outlined(
        ("I", "I.", "Phòng Kinh tế, xong trong quý II năm 2021:"),
        ("II", "II.", "Phòng Nội vụ:"),
        ("II/1", "1.", "Lập danh sách các tổ trồng cây, báo cáo UBND huyện trước ngày 05/4/2021."),
        ("II/2", "2.", "UBND các xã chuẩn bị hố trồng cây trong tháng 4 năm 2021."),
        ("II/3", "3.", "Giao UBND các xã chăm sóc cây đã trồng."),
    )
    first, second, third = (t for t in decree.tasks if decree.sections[t.section].path.startswith("II/"))
    assert who(first) == [
        ("lead", "Phòng Nội vụ huyện Lâm Thao", True), ("report_to", ISSUER, False),
    ]  # fmt: skip
    assert when(decree, first) == ["trước ngày 05/4/2021"]
    assert who(second) == [("lead", "Ủy ban nhân dân các xã thuộc huyện Lâm Thao", False)]
    assert [a[0] for a in who(third)] == ["lead", "lead"]
    assert {b.name for b in decree.bodies} >= {a.body for t in decree.tasks for a in t.assignments}
    due = {d.date for t in decree.tasks for d in t.deadlines}
    assert all(decree.dates[i].role == "deadline" for i in due)


def test_an_activity_with_labels_is_the_task() -> None:
    decree = outlined(
        ("1", "1.", "Trồng cây phân tán dọc kênh chính"),
        ("1/-1", "-", "Thời gian: từ ngày 10/4/2021 đến ngày 20/4/2021."),
        ("1/-2", "-", "Đơn vị chủ trì: Phòng Nông nghiệp và Phát triển nông thôn."),
        ("1/-3", "-", "Đơn vị phối hợp: Huyện đoàn; Hội Nông dân huyện."),
        ("1/-4", "-", "Sản phẩm: Báo cáo kết quả trồng cây."),
    )
    (task,) = decree.tasks
    assert task.text.value == "Trồng cây phân tán dọc kênh chính"
    assert who(task) == [
        ("lead", "Phòng Nông nghiệp và Phát triển nông thôn huyện Lâm Thao", False),
        ("coordinate", "Huyện đoàn Lâm Thao", False),
        ("coordinate", "Hội Nông dân huyện Lâm Thao", False),
    ]
    assert when(decree, task) == ["từ ngày 10/4/2021 đến ngày 20/4/2021"]
    assert task.product is not None
    assert task.product.value == "Báo cáo kết quả trồng cây"


def test_rows_of_a_table_of_tasks() -> None:
    decree = outlined(
        ("PL", "Phụ lục", "PHÂN CÔNG"),
        rows=[
            ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành"],
            ["1", "Chọn giống cây", "Phòng Kinh tế", "UBND các xã", "Tháng 3/2021"],
            ["2", "Đào hố", "UBND các xã", "", ""],
        ],
        spans={(1, 4): 2},
    )
    first, second = decree.tasks
    assert (first.text.value, second.text.value) == ("Chọn giống cây", "Đào hố")
    assert [a[0] for a in who(first)] == ["lead", "coordinate"]
    assert when(decree, first) == when(decree, second) == ["Tháng 3/2021"]  # a merged cell holds for both rows


def test_a_table_of_figures_makes_no_tasks() -> None:
    rows = [["TT", "Nội dung", "Số lượng", "Ghi chú"], ["1", "Cây keo lá tràm", "300", ""]]
    assert outlined(("PL", "Phụ lục", "SỐ LIỆU"), rows=rows).tasks == ()


def test_a_list_of_procedures_makes_no_tasks() -> None:
    rows = [
        ["TT", "Tên thủ tục hành chính", "Thời hạn giải quyết", "Địa điểm thực hiện"],
        ["1", "Cấp giấy phép khai thác nội dung số", "15 ngày", "Trung tâm Phục vụ hành chính công"],
    ]
    assert outlined(("PL", "Phụ lục", "DANH MỤC"), rows=rows).tasks == ()


def test_articles_of_a_decision() -> None:
    decree = outlined(
        ("p1", None, "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015;"),
        ("Điều 1", "Điều 1.", "Thành lập Tổ công tác quản lý cây xanh huyện Lâm Thao."),
        ("Điều 2", "Điều 2.", "Quyết định này có hiệu lực kể từ ngày ký."),
        (
            "Điều 3",
            "Điều 3.",
            "Chánh Văn phòng HĐND và UBND huyện, Trưởng phòng Nội vụ chịu trách nhiệm thi hành Quyết định này./.",
        ),
    )
    assert told(decree) == [("Điều 1", "directive"), ("Điều 2", "directive"), ("Điều 3", "directive")]
    assert [a[0] for a in who(decree.tasks[2])] == ["lead", "lead"]


def test_what_a_paper_is_for_and_what_its_conditions_were_are_no_tasks() -> None:
    decree = outlined(
        ("Điều 1", "Điều 1.", "Quy chế này quy định việc chăm sóc cây xanh trên địa bàn huyện."),
        ("Điều 2", "Điều 2.", "Giấy phép được cấp trước thời điểm Luật Lâm nghiệp có hiệu lực."),
    )
    assert decree.tasks == ()


def test_a_letter_without_markers_opens_with_its_first_paragraph_whatever_is_attached() -> None:
    decree = outlined(
        ("p1", None, "Sở Xây dựng nhận được Công văn số 15/BXD-VP ngày 02/3/2021 của Bộ Xây dựng."),
        ("p2", None, "Sở Xây dựng đề nghị Ủy ban nhân dân các xã góp ý dự thảo."),
        ("p3", None, "Văn bản góp ý gửi về Phòng Hạ tầng trước ngày 20/4/2021."),
        ("PL", None, "QUYẾT ĐỊNH"),
        ("PL/p1", None, "Ban hành hướng dẫn chăm sóc cây xanh"),
        ("PL/Điều 1", "Điều 1.", "Ban hành kèm theo Quyết định này hướng dẫn chăm sóc cây xanh."),
    )
    assert [path for path, _ in told(decree)] == ["p2", "p3", "PL/Điều 1"]
    assert when(decree, decree.tasks[1]) == ["trước ngày 20/4/2021"]


def test_the_day_in_an_annexs_head_is_nobodys_deadline() -> None:
    decree = outlined(("PL", None, "DỰ THẢO 10.10.2021"), ("PL/1", "1.", "Xây dựng lịch tưới cây."))
    assert [when(decree, t) for t in decree.tasks] == [[]]


def test_the_closing_paragraph_orders_or_only_closes() -> None:
    closing = "Trên đây là Kế hoạch trồng cây năm 2021."
    asks = f"{closing} Yêu cầu Thủ trưởng các cơ quan, đơn vị, UBND các xã nghiêm túc thực hiện./."
    assert outlined(("1", "1.", "Mục đích"), ("p1", None, closing)).tasks == ()
    (task,) = outlined(("1", "1.", "Mục đích"), ("p1", None, asks)).tasks
    assert [a[1] for a in who(task)] == [
        "Thủ trưởng các cơ quan, đơn vị thuộc huyện Lâm Thao",
        "Ủy ban nhân dân các xã thuộc huyện Lâm Thao",
    ]


def test_times_inside_names_and_cited_dates_are_no_deadlines() -> None:
    (task,) = outlined(
        ("1", "1.", "Nhiệm vụ"),
        ("1/1", "1.1.", "Triển khai Đề án phát triển rừng đến năm 2030 theo Quyết định số 12/QĐ-UBND ngày 02/02/2020."),
    ).tasks
    assert task.deadlines == ()


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("STT", "number"), ("Nội dung, nhiệm vụ", "work"), ("Cơ quan chủ trì thực hiện", "lead"),
        ("Người thực hiện", "lead"),
        ("Đơn vị phối hợp thực hiện", "coordinate"), ("Thời gian thực hiện", "due"), ("Sản phẩm dự kiến", "product"),
        ("Cấp trình", "report_to"), ("Ghi chú", "note"), ("Họ và tên", None),
    ],
)  # fmt: skip
def test_heads_of_columns(head: str, expected: str | None) -> None:
    assert column_of(head) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thời gian: quý I", "due"),
        ("Đơn vị chủ trì: Sở Y tế", "lead"),
        ("Sở Y tế: tổ chức khám", None),
        ("Rà soát: đất đai", None),
    ],
)
def test_labels(text: str, expected: str | None) -> None:
    found = attribute_of(text)
    assert (found[0] if found else None) == expected


def test_deadlines_stand_in_the_order_of_print() -> None:
    decree = outlined(
        ("1", "1.", "Nhiệm vụ"), ("1/1", "1.1.", "Báo cáo quý trước ngày 05/4/2021 và tổng kết trước ngày 10/12/2021.")
    )
    spans = [d.text.span for d in decree.dates if d.text.span]
    assert all(a.start <= b.start for a, b in pairwise(spans))


def kinds(*nodes: Node) -> dict[str, str]:
    decree = outlined(*nodes)
    return {decree.sections[t.section].path: t.kind for t in decree.tasks}


@pytest.mark.parametrize("heading", ["Nội dung thanh, kiểm tra", "Nội dung thẩm định:", "Phạm vi giám sát"])
def test_what_is_inspected_is_a_requirement(heading: str) -> None:
    assert kinds(("2", "2.", heading), ("2/-1", "-", "Kiểm tra sổ sách, hóa đơn của cửa hàng.")) == {
        "2/-1": "requirement"
    }


@pytest.mark.parametrize("heading", ["CHỨC NĂNG CỦA PHẦN MỀM", "Các chức năng hệ thống cần có", "Thông số kỹ thuật"])
def test_what_a_system_can_do_is_a_requirement(heading: str) -> None:
    found = kinds(("2", "2.", heading), ("2/a", "a)", "Quản lý hồ sơ trồng cây: loài cây, ngày trồng, người trồng."))
    assert found == {"2/a": "requirement"}


@pytest.mark.parametrize("heading", ["Đối tượng thanh tra:", "Thành phần đoàn kiểm tra:"])
def test_the_objects_of_an_inspection_are_told_nothing(heading: str) -> None:
    assert kinds(("2", "2.", heading), ("2/-1", "-", "Các cửa hàng thuốc: bán buôn, bán lẻ trong huyện.")) == {}


def test_a_block_that_goes_on_with_a_sentence_is_no_task_of_its_own() -> None:
    said = kinds(
        ("1", "1.", "Tổ chức thực hiện"),
        ("1/p1", None, "Phòng Nội vụ lập danh sách và"),
        ("1/p2", None, "gửi Văn phòng HĐND và UBND huyện tổng hợp."),
    )
    assert said == {"1/p1": "directive"}


def test_a_preamble_that_cites_a_directive_only_announces() -> None:
    preamble = (
        "Thực hiện Chỉ thị số 5/CT-TTg về dạy nghề, Chủ tịch UBND huyện yêu cầu"
        " Trưởng phòng Giáo dục và Đào tạo tập trung thực hiện những nhiệm vụ sau:"
    )
    said = kinds(("p1", None, preamble), ("1", "1.", "Rà soát danh sách lớp học."))
    assert said == {"1": "directive"}


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Hằng năm phối hợp với Hội Nông dân huyện mở lớp.", ["Hằng năm"]),
        ("Nâng cấp đường liên xã, hoàn thành 90% vào năm 2024.", ["năm 2024"]),
        ("Tuyên truyền kế hoạch giảm nghèo giai đoạn đến năm 2024 của huyện.", []),
    ],
)
def test_times_said_in_other_ways(text: str, due: list[str]) -> None:
    decree = outlined(("1", "1.", "Nhiệm vụ"), ("1/-1", "-", text))
    (task,) = decree.tasks
    said = [decree.dates[d.date].text.value for d in task.deadlines]
    assert [d for d, s in zip(due, said, strict=True) if d not in s] == []


def test_a_unit_printed_with_and_without_its_place_is_one_body() -> None:
    from pipeline.extract.context import context_of
    from pipeline.extract.tasks import one_place

    names = {"Trung tâm Kiểm nghiệm Sở Y tế tỉnh Phú Thọ", "Trung tâm Kiểm nghiệm tỉnh Phú Thọ"}
    assert one_place(names, context_of("Sở Y tế tỉnh Phú Thọ")) == {
        "Trung tâm Kiểm nghiệm Sở Y tế tỉnh Phú Thọ": "Trung tâm Kiểm nghiệm tỉnh Phú Thọ"
    }
    assert one_place(names, context_of("Ủy ban nhân dân tỉnh Phú Thọ")) == {}


def test_a_head_row_that_lost_its_rules_is_parted_by_where_its_words_stand() -> None:
    x0 = {"STT": 0, "Nội": 60, "dung": 90, "Chủ": 210, "trì": 240, "Thời": 310, "gian": 340}
    words = [Word(w, Box(x, 0, x + 25, 20), int(w != "STT")) for w, x in x0.items()]
    rows = ["1", "Mở lớp dạy nghề", "Phòng Nội vụ", "Tháng 4/2021"]
    for n, text in enumerate(rows, start=2):
        words += [Word(w, None, n) for w in text.split()]
    head = (Cell(0, 0, 1, 1, Box(0, 0, 50, 20), (0,)), Cell(0, 1, 1, 3, Box(50, 0, 400, 20), (1,)))
    left = [0, 50, 200, 300, 400]
    body = tuple(Cell(1, c, 1, 1, Box(left[c], 20, left[c + 1], 40), (c + 2,)) for c in range(4))
    doc = Document(
        "d", "d", "test.pdf", "application/pdf", (Page(1),), tuple(Line(1) for _ in range(6)), tuple(words),
        (Table(1, None, (*head, *body)),),
    )  # fmt: skip
    row = Section("r1", None, "row", "1", "1", None, " | ".join(rows[1:]), Span(7, len(words)), 1)
    decree = extract_tasks(extract_dates(Decree(doc, header=Header(issuer=Found(ISSUER, None)), sections=(row,))))
    (task,) = decree.tasks
    assert task.text.value == "Mở lớp dạy nghề"
    assert [a.body for a in task.assignments] == ["Phòng Nội vụ huyện Lâm Thao"]
    assert [decree.dates[d.date].starts for d in task.deadlines] == ["2021-04-01"]
