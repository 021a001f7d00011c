"""The outline of whole documents, from lines of our own wording to paths and texts."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.extract.header import extract_header
from pipeline.extract.outline import extract_outline
from pipeline.layout import layout
from pipeline.records import Decree
from pipeline.types import Document

Make = Callable[[str], Document]
HEAD = """ỦY BAN NHÂN DÂN
HUYỆN LÂM THAO
Số: 12/KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Thao, ngày 05 tháng 3 năm 2021
KẾ HOẠCH
Về việc trồng cây đầu năm
"""
FOOT = """
Nơi nhận:
- Như trên;
- Lưu: VT.
CHỦ TỊCH
Nguyễn Văn Bình
"""


def paths(make: Make, body: str, *, after: str = "") -> list[tuple[str, str]]:
    decree = extract_outline(Decree(layout(make(HEAD + body.strip() + FOOT + after))))
    return [(s.path, s.text) for s in decree.sections]


def test_parts_sections_clauses_and_bullets(make_document: Make) -> None:
    body = """
Thực hiện Kế hoạch số 03/KH-UBND ngày 10/01/2021 của Ủy ban nhân dân tỉnh về trồng cây
xanh, Ủy ban nhân dân huyện ban hành kế hoạch như sau:
A.MỤC ĐÍCH, YÊU CẦU
IL. Yêu cầu:
1. Các xã trồng đúng chỗ, đúng giống cây đã chọn, giao cho từng thôn chăm sóc và bảo
vệ cây sau khi trồng.
2. Không lấy đất lúa.
B. NỘI DUNG
1. Trồng cây:
- Trồng cây hai bên đường lớn của các xã trong huyện, mỗi cây cách nhau từ năm đến
sáu mét.
- Trồng cây ở trường học.
2. Chăm sóc cây.
Trên đây là Kế hoạch trồng cây đầu năm của huyện./.
"""
    found = paths(make_document, body)
    assert [p for p, _ in found] == ["p1", "A", "A/I", "A/I/1", "A/I/2", "B", "B/1", "B/1/-1", "B/1/-2", "B/2", "p2"]
    assert dict(found)["A/I/1"].endswith("chăm sóc và bảo vệ cây sau khi trồng.")
    assert dict(found)["A"] == "MỤC ĐÍCH, YÊU CẦU"


def test_lines_that_break_off_go_on(make_document: Make) -> None:
    body = """
Căn cứ Nghị định số 10/2020/NĐ-CP ngày 07/8/2020 của
Chính phủ về cây xanh;
Căn cứ Thông tư số 02/2020/TT-BXD ngày 31/10/2020 của Bộ trưởng,
Chủ nhiệm Văn phòng về cây xanh,
Ủy ban nhân dân huyện ban hành kế hoạch trồng cây như sau:
- Trồng cây hai bên đường lớn của các xã trong huyện, mỗi cây cách nhau từ năm đến sáu
mét, không lấy đất lúa và đất của trường học hay chợ đã có trong quy hoạch của huyện
- Chăm sóc cây sau khi trồng.
"""
    assert [p for p, _ in paths(make_document, body)] == ["p1", "p2", "p3", "-1", "-2"]


def test_the_end_of_a_title_in_parentheses_is_of_it(make_document: Make) -> None:
    annex = """DANH MỤC CÂY TRỒNG CỦA HUYỆN LÂM THAO
(Lĩnh vực: Lâm nghiệp)
(Ban hành kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 3 năm 2021)
Nơi ươm cây:
- Trạm giống của huyện;
"""
    found = dict(paths(make_document, "1. Trồng cây./.", after=annex))
    assert found["PL"] == "DANH MỤC CÂY TRỒNG CỦA HUYỆN LÂM THAO (Lĩnh vực: Lâm nghiệp)"
    assert found["PL/p1"].startswith("(Ban hành kèm theo")
    assert found["PL/p2/-1"] == "Trạm giống của huyện;"


def test_a_document_that_goes_with_another_has_its_own_head_and_foot(make_document: Make) -> None:
    draft = """\fHỘI ĐỒNG NHÂN DÂN
HUYỆN LÂM THAO
Số: /NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Lâm Thao, ngày tháng năm 2021
NGHỊ QUYẾT
Về việc trồng cây năm 2021
Điều 1. Trồng hai vạn cây.
Điều 2. Ủy ban nhân dân huyện tổ chức thực hiện./.
Nơi nhận:
- Các xã;
- Lưu: VT.
CHỦ TỊCH
Trần Thị Hoa
"""
    decree = extract_header(Decree(layout(make_document(HEAD + "1. Trồng cây./." + FOOT + draft))))
    assert decree.header.signer_name
    assert decree.header.signer_name.value == "Nguyễn Văn Bình"
    found = dict(paths(make_document, "1. Trồng cây./.", after=draft))
    assert found == {
        "1": "Trồng cây./.",
        "PL": "NGHỊ QUYẾT Về việc trồng cây năm 2021",
        "PL/Điều 1": "Trồng hai vạn cây.",
        "PL/Điều 2": "Ủy ban nhân dân huyện tổ chức thực hiện./.",
    }


def test_titles_of_what_is_decided_stand_apart_and_bases_do_after_commas(make_document: Make) -> None:
    body = """
Căn cứ Nghị định số 10/2020/NĐ-CP ngày 07/8/2020 của Chính phủ về cây xanh,
Xét đề nghị của Trưởng phòng Kinh tế, Hạt trưởng Hạt Kiểm lâm huyện Lâm Thao,
QUYẾT ĐỊNH:
Điều 1. Trồng hai vạn cây ở các xã trong huyện.
Điều 2. Chăm sóc cây trồng hằng ngày
Trưởng thôn có trách nhiệm:
1. Tưới cây.
2. Làm cỏ.
Điều 3. Quyết định này có hiệu lực từ ngày ký./.
"""
    assert [p for p, _ in paths(make_document, body)] == [
        "p1", "p2", "p3", "Điều 1", "Điều 2", "Điều 2/p1", "Điều 2/1", "Điều 2/2", "Điều 3",
    ]  # fmt: skip


def test_an_articles_paragraphs_close_nothing(make_document: Make) -> None:
    body = """
Điều 1. Trồng cây ở các xã.
Điều 2. Tổ chức thực hiện
Phòng Kinh tế theo dõi việc trồng cây.
Trong quá trình thực hiện, nếu có vướng mắc, các xã phản ánh về Phòng Kinh tế./.
"""
    assert [p for p, _ in paths(make_document, body)] == ["Điều 1", "Điều 2", "Điều 2/p1", "Điều 2/p2"]


def test_a_stroke_for_the_first_number_under_an_article_opens_no_section(make_document: Make) -> None:
    body = """
Điều 1. Trồng cây ở các xã.
Điều 2. Các xã có trách nhiệm:
I. Tưới cây.
3. Làm cỏ.
Điều 3. Quyết định này có hiệu lực từ ngày ký./.
"""
    assert [p for p, _ in paths(make_document, body)] == ["Điều 1", "Điều 2", "Điều 2/1", "Điều 2/3", "Điều 3"]


def test_the_first_annex_may_have_a_title_in_small_letters(make_document: Make) -> None:
    annex = "\fDanh sách đơn vị nhận cây\n1. Các xã ven sông\n- Xã Cao Xá\n2. Các trường\n"
    found = [p for p, _ in paths(make_document, "1. Trồng cây./.", after=annex)]
    assert found == ["1", "PL", "PL/1", "PL/1/-1", "PL/2"]


def test_a_row_over_the_full_width_heads_the_rows_under_it(make_document: Make) -> None:
    body = """
1. Danh mục:
TT | Cây | Số lượng
Cây lấy gỗ
1 | Keo | 200
2 | Xoan | 300
"""
    assert dict(paths(make_document, body))["1/r1/r2"] == "Xoan | 300"


def test_articles_and_points(make_document: Make) -> None:
    body = """
CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN
Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;
QUYẾT ĐỊNH:
Điều 1. Ban hành Quy chế trồng cây.
Điều 2. Các phòng có nhiệm vụ:
1. Phòng Tài chính:
a) Lập dự toán;
b) Báo cáo kết quả.
2. Phòng Nội vụ theo dõi việc thực hiện.
Điều 3. Quyết định này có hiệu lực từ ngày ký./.
"""
    expected = ["p1", "p2", "p3", "Điều 1", "Điều 2", "Điều 2/1", "Điều 2/1/a", "Điều 2/1/b", "Điều 2/2", "Điều 3"]
    assert [p for p, _ in paths(make_document, body)] == expected


def test_dotted_clauses_stand_under_their_clause(make_document: Make) -> None:
    body = """
1. MỤC ĐÍCH
- Phủ xanh đất trống.
2. NỘI DUNG
2.1 Chọn giống cây
Phòng Nông nghiệp chọn giống cây.
2.2. Kinh phí: Theo quy định.
"""
    assert [p for p, _ in paths(make_document, body)] == ["1", "1/-1", "2", "2/2.1", "2/2.1/p1", "2/2.2"]


def test_a_lead_in_and_its_list_are_siblings(make_document: Make) -> None:
    body = """
I. ĐỐI TƯỢNG
Các đơn vị được kiểm tra gồm:
1. Trạm Y tế xã;
2. Trường học.
"""
    assert [p for p, _ in paths(make_document, body)] == ["I", "I/p1", "I/1", "I/2"]


def test_annexes_tables_and_group_rows(make_document: Make) -> None:
    annex = """\f
Phụ lục
DANH MỤC NHIỆM VỤ TRỒNG CÂY
(Kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 3 năm 2021)
TT | Nội dung | Cơ quan chủ trì | Thời gian
I | Chuẩn bị | |
1 | Chọn giống cây. | Phòng Nông nghiệp | Tháng 3
2 | Mua giống cây. | |
- | Cây lấy gỗ. | Phòng Tài chính | Tháng 4
II | Trồng cây | |
1 | Trồng cây hai bên đường. | Các xã | Tháng 5
"""
    found = paths(make_document, "I. NỘI DUNG\n1. Trồng cây.\n2. Chăm sóc cây./.", after=annex)
    rows = ["PL/r1", "PL/r1/r1", "PL/r1/r2", "PL/r1/r2/r1", "PL/r2", "PL/r2/r1"]
    assert [p for p, _ in found][3:] == ["PL", "PL/p1", *rows]
    assert dict(found)["PL"] == "DANH MỤC NHIỆM VỤ TRỒNG CÂY"
    assert dict(found)["PL/r1/r1"] == "Chọn giống cây. | Phòng Nông nghiệp | Tháng 3"


def test_a_token_broken_after_a_hyphen_is_joined(make_document: Make) -> None:
    body = "1. Các đơn vị thực hiện Quyết định số 6858/QĐ-\nBYT của Bộ Y tế.\n2. Báo cáo kết quả./."
    assert dict(paths(make_document, body))["1"] == "Các đơn vị thực hiện Quyết định số 6858/QĐ-BYT của Bộ Y tế."


def test_every_section_has_words_and_a_parent_above_it(make_document: Make) -> None:
    body = "I. NỘI DUNG\n1. Trồng cây:\n- Cây lấy gỗ;\n- Cây ăn quả.\nII. KINH PHÍ\nTheo quy định./."
    decree = extract_outline(Decree(layout(make_document(HEAD + body + FOOT))))
    for n, section in enumerate(decree.sections):
        assert section.span.start < section.span.end
        assert section.parent is None or section.parent < n
        assert 0 < section.score <= 1
        assert section.parent is None or section.path.startswith(decree.sections[section.parent].path + "/")


def test_nothing_read_is_nothing_said(make_document: Make) -> None:
    assert extract_outline(Decree(layout(make_document("")))).sections == ()


def test_a_paragraph_after_lettered_sentences_goes_under_what_they_are_under(make_document: Make) -> None:
    text = """
1. Trồng cây ở các xã trong huyện được chia cho các phòng theo dõi và giúp đỡ như sau:
a) Phòng Kinh tế theo dõi các xã ven sông và các xã có làng nghề trong huyện.
b) Phòng Nội vụ theo dõi các xã còn lại.
Đối với xã không trồng đủ số cây đã giao, phòng được giao theo dõi báo cáo Ủy ban nhân dân
huyện.
2. Chăm sóc cây đã trồng.
"""
    assert [p for p, _ in paths(make_document, text)] == ["1", "1/a", "1/b", "1/p1", "2"]


def test_a_title_for_the_whole_document_stands_beside_its_items(make_document: Make) -> None:
    items = (
        "1. Phòng Kinh tế trồng cây ở các xã.\n2. Phòng Nội vụ kiểm tra.\nChế độ báo cáo:\n- Hằng tuần.\n- Hằng quý."
    )
    assert [p for p, _ in paths(make_document, items)] == ["1", "2", "p1", "p1/-1", "p1/-2"]


def test_a_document_attached_with_its_own_head_is_an_annex(make_document: Make) -> None:
    after = """\fBỘ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 3 năm 2021
V/v trồng cây trong bệnh viện
Trong năm qua, các bệnh viện đã trồng nhiều cây xanh.
"""
    found = paths(make_document, "1. Trồng cây ở các xã trong huyện.", after=after)
    assert [p for p, _ in found] == ["1", "PL", "PL/p1"]


def test_dirt_before_a_paragraph_is_none_of_it(make_document: Make) -> None:
    found = paths(make_document, "Thực hiện ý kiến của tỉnh.\n% Yêu cầu các xã trồng cây đúng thời vụ.")
    assert found[-1] == ("p2", "Yêu cầu các xã trồng cây đúng thời vụ.")


def test_the_first_dash_of_a_list_may_be_misread(make_document: Make) -> None:
    body = """
1. Trồng cây, chăm sóc cây.
_ Trồng cây hai bên đường lớn của các xã.
- Trồng cây ở trường học.
2. Trồng hoa.
_ Thực hiện như sau:
- Trồng hoa ở trường học.
"""
    assert [p for p, _ in paths(make_document, body)] == ["1", "1/-1", "1/-2", "2", "2/p1", "2/-1"]
