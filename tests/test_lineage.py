"""What leaves inherit from the blocks above and before them."""

from __future__ import annotations

import pytest
from outlines import ISSUER, outlined, told, when, who


def test_matters_that_an_order_lists_are_its_tasks() -> None:
    decree = outlined(
        ("p1", None, "UBND huyện chỉ thị Phòng Nội vụ, UBND các xã thực hiện các nhiệm vụ sau:"),
        ("1", "1.", "Nắm chắc số liệu, hằng quý báo cáo UBND huyện về:"),
        ("1/-1", "-", "Tiến độ trồng cây ở các xã;"),
        ("1/-2", "-", "Số lượng cây chết phải trồng lại."),
        ("2", "2.", "Phòng Kinh tế chủ trì, phối hợp với Hội Nông dân huyện:"),
        ("2/-1", "-", "Rà soát quỹ đất trống."),
    )
    first, second, third = decree.tasks
    led = [("lead", "Phòng Nội vụ huyện Lâm Thao"), ("lead", "Ủy ban nhân dân các xã thuộc huyện Lâm Thao")]
    assert [a[:2] for a in who(first)] == [*led, ("report_to", ISSUER)]
    assert when(decree, first) == when(decree, second) == ["hằng quý"]
    assert [a[:2] for a in who(third)] == [
        ("lead", "Phòng Kinh tế huyện Lâm Thao"), ("coordinate", "Hội Nông dân huyện Lâm Thao"),
    ]  # fmt: skip


def test_a_title_for_all_takes_the_bodies_of_the_order_before_the_items() -> None:
    decree = outlined(
        ("p1", None, "UBND huyện yêu cầu UBND các xã thực hiện các nội dung sau:"),
        ("1", "1.", "Phòng Kinh tế kiểm tra việc trồng cây."),
        ("p2", None, "Chế độ báo cáo:"),
        ("p2/-1", "-", "Báo cáo kết quả trồng cây trước ngày 05/4/2021."),
    )
    assert who(decree.tasks[-1]) == [("lead", "Ủy ban nhân dân các xã thuộc huyện Lâm Thao", True)]


def test_a_letter_without_markers_orders_after_its_first_paragraph() -> None:
    decree = outlined(
        ("p1", None, "UBND huyện nhận được Công văn số 12/SXD ngày 02/3/2021 của Sở Xây dựng."),
        ("p2", None, "UBND huyện đề nghị UBND các xã góp ý dự thảo."),
        ("p3", None, "Ý kiến góp ý gửi về Phòng Kinh tế trước ngày 05/4/2021."),
        ("p4", None, "Trân trọng cảm ơn./."),
    )
    assert told(decree) == [("p2", "directive"), ("p3", "directive")]
    assert who(decree.tasks[1]) == [("report_to", "Phòng Kinh tế huyện Lâm Thao", False)]


def test_a_paragraph_that_says_whose_duties_follow_is_no_task() -> None:
    decree = outlined(
        ("1", "1.", "Bảo đảm an toàn"),
        ("1/p1", None, "Thủ trưởng các cơ sở kinh doanh có nhà kho có trách nhiệm:"),
        ("1/-1", "-", "Trang bị bình chữa cháy ở từng nhà kho."),
    )
    assert told(decree) == [("1/-1", "directive")]
    assert [a[0] for a in who(decree.tasks[0])] == ["lead"]


def test_units_are_those_of_the_body_in_charge() -> None:
    decree = outlined(("1", "1.", "Công an tỉnh: Chỉ đạo các đơn vị trực thuộc tuần tra rừng."))
    assert [a[1] for a in who(decree.tasks[0])] == [
        "Công an tỉnh Phú Thọ", "Các đơn vị trực thuộc Công an tỉnh Phú Thọ",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Phòng Nội vụ.",
        "Đối với xã chưa có đất thì xem như chưa đăng ký.",
        "Năm 2020, UBND huyện đã trồng 500 cây; các xã phối hợp chăm sóc.",
    ],
)
def test_names_conditions_and_the_past_order_nothing(text: str) -> None:
    assert not outlined(("1", "1.", "Nội dung"), ("1/-1", "-", text)).tasks


def test_what_a_body_is_said_to_be_is_no_part_of_its_name() -> None:
    heading = "Trung tâm KSBT & MT tỉnh là đơn vị chịu trách nhiệm trước Giám đốc Sở Y tế, có trách nhiệm:"
    decree = outlined(("a", "a)", heading), ("a/-1", "-", "Xây dựng lịch phun thuốc."))
    assert [who(t) for t in decree.tasks] == [
        [("lead", "Trung tâm Kiểm soát bệnh tật & MT tỉnh Phú Thọ", True)],
    ]
