"""Deliverables named in tasks: where a product's name begins and ends. Sentences are our own."""

from __future__ import annotations

import pytest

from pipeline.extract.passage import Passage
from pipeline.extract.products import product_of

CASES = [
    ("Xây dựng kế hoạch trồng cây, báo cáo Ủy ban nhân dân huyện.", "kế hoạch trồng cây"),
    ("Lập danh sách các cây cầu cần sửa chữa, gửi về Sở Xây dựng.", "danh sách các cây cầu cần sửa chữa"),
    ("Xây dựng tài liệu chăm cây cho các xã vùng cao.", "tài liệu chăm cây"),
    ("Ban hành quy chế phối hợp trước ngày 15/3/2021.", "quy chế phối hợp"),
    ("Xây dựng cơ chế hỗ trợ và khuyến khích hộ nghèo trồng rừng.", "cơ chế hỗ trợ"),
    ("Các trạm báo cáo theo Phụ lục II kèm theo Kế hoạch này.", "báo cáo theo Phụ lục II"),
    # nothing is to be handed in
    ("Trồng cây ở trường học.", None),
    ("Chỉ đạo các xã xây dựng kế hoạch chăm sóc cây.", None),
    ("Trình Hội đồng nhân dân xem xét (kèm theo dự thảo Nghị quyết trồng cây).", None),
    ("Theo dõi việc trồng cây để tổng hợp báo cáo Ủy ban nhân dân huyện.", None),
    ("Các trường có kế hoạch trồng cây.", None),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_what_a_task_delivers(text: str, expected: str | None) -> None:
    found = product_of(Passage(text, tuple(text[:i].count(" ") for i in range(len(text)))))
    assert (found.value if found else None) == expected
