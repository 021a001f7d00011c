"""Rows of tables: numbers read as one sequence, group rows over their own, pieces over pages joined."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.row_numbers import is_number, row_numbers
from pipeline.extract.rows import rows_of, tables_of
from pipeline.layout import layout
from pipeline.types import Document

Make = Callable[[str], Document]


@pytest.mark.parametrize(
    ("cells", "alone", "expected"),
    [
        (["1", "2", "3"], [False] * 3, ["1", "2", "3"]),
        (["I", "|", "2", "H", "|", "2"], [True, False, False, True, False, False], ["I", "1", "2", "II", "1", "2"]),
        (["7", "§", "9"], [False] * 3, ["7", "8", "9"]),
        (["1", "", "2"], [False] * 3, ["1", None, "2"]),
        (["4", "-", "-", "5"], [True, False, False, False], ["4", "-", "-", "5"]),
        (["6", "vị", "8"], [False] * 3, ["6", "7", "8"]),
    ],
)
def test_numbers_are_read_by_their_neighbours(cells: list[str], alone: list[bool], expected: list[str | None]) -> None:
    assert list(row_numbers(cells, alone=alone)) == expected


@pytest.mark.parametrize(
    ("cell", "number"), [("12", True), ("IV", True), ("a)", True), ("-", True), ("Sở Y tế", False)]
)
def test_a_number_cell(cell: str, number: bool) -> None:
    assert is_number(cell) == number


def rows(make: Make, text: str) -> list[tuple[str | None, str, int | None, int]]:
    doc = layout(make(text))
    return [(r.marker, r.text, r.parent, r.ordinal) for group in tables_of(doc) for r in rows_of(doc, group)]


def test_the_header_is_no_row_and_a_group_row_heads_its_own(make_document: Make) -> None:
    text = """TT | Nội dung | Chủ trì
I | Chuẩn bị |
1 | Chọn giống | Phòng A
2 | Mua giống | Phòng B
II | Trồng cây |
1 | Đào hố | Các xã"""
    assert rows(make_document, text) == [
        ("I", "Chuẩn bị", None, 1),
        ("1", "Chọn giống | Phòng A", 0, 1),
        ("2", "Mua giống | Phòng B", 0, 2),
        ("II", "Trồng cây", None, 2),
        ("1", "Đào hố | Các xã", 3, 1),
    ]


def test_a_form_to_be_filled_in_stays_flat_and_empty_rows_are_none(make_document: Make) -> None:
    text = """STT | NỘI DUNG | SỐ LƯỢNG | GHI CHÚ
1 | Số giường | |
 | Trong đó: giường trẻ em | |
2 | Số bác sĩ | |
3 | | | """
    found = rows(make_document, text)
    assert [(marker, label, parent) for marker, label, parent, _ in found] == [
        ("1", "Số giường", None),
        (None, "Trong đó: giường trẻ em", None),
        ("2", "Số bác sĩ", None),
    ]


def test_a_note_between_complete_rows_is_a_row_of_its_own(make_document: Make) -> None:
    text = """TT | Nội dung | Chủ trì
1 | Chọn giống. | Phòng A
 | Các phòng báo cáo theo mẫu. |
2 | Mua giống. | Phòng B"""
    assert [(m, p) for m, _, p, _ in rows(make_document, text)] == [("1", None), (None, None), ("2", None)]


def test_titles_without_a_number_head_the_rows_of_a_list_that_opens_with_one(make_document: Make) -> None:
    text = """TT | Nội dung | Chủ trì
 | Lĩnh vực trồng trọt |
1 | Chọn giống | Phòng A
2 | Mua giống | Phòng B
 | Lĩnh vực chăn nuôi |
3 | Tiêm phòng | Các xã"""
    assert [(m, p, o) for m, _, p, o in rows(make_document, text)] == [
        (None, None, 1), ("1", 0, 1), ("2", 0, 2), (None, None, 2), ("3", 3, 1)
    ]  # fmt: skip
