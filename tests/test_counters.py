"""Row numbers read by their neighbours, and tables that go on over pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.layout.counters import counted, numbers, strokes
from pipeline.layout.rows import Grid, Row
from pipeline.layout.tables import is_frame, merged
from pipeline.types import Box, Cell, Page, Table, Word


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        (["TT", "l", "2", "3"], ["TT", "1", "2", "3"]),
        (["|", "2"], ["1", "2"]),
        (["9", "10", "l]", "12"], ["9", "10", "11", "12"]),
        (["I0", "11"], ["10", "11"]),
        (["7.", "§.", "9."], ["7.", "8.", "9."]),
        (["1", "ö", "", "7"], ["1", "6", "", "7"]),  # its right neighbour proves it
        (["I", "|", "2"], ["I", "1", "2"]),  # a group's number and the first of its rows
        (["I", "1", "2", "H", "1"], ["I", "1", "2", "H", "1"]),
        (["9", "10", "II", "1", "2"], ["9", "10", "II", "1", "2"]),  # a group's number
        (["10", "II", "12"], ["10", "11", "12"]),
        (["3", "3", "5"], ["3", "3", "5"]),  # misprints stay
        (["1", "x", "3"], ["1", "x", "3"]),
        (["1", "-", "-", "2"], ["1", "-", "-", "2"]),
        (["0:", "0"], ["0:", "0"]),  # nothing is counted before nought
        (["a)", "b)"], ["a)", "b)"]),
        (["1", "Tổng số"], ["1", "Tổng số"]),
        ([], []),
    ],
)
def test_numbers_prove_one_another(read: list[str], printed: list[str]) -> None:
    assert list(numbers(read)) == printed


@given(st.lists(st.one_of(st.just(""), st.integers(0, 999).map(str), st.text(max_size=5)), max_size=8))
def test_clean_numbers_are_never_changed(cells: list[str]) -> None:
    for old, new in zip(cells, numbers(cells), strict=True):
        assert new == old or not old.strip("(.)").isdecimal()


@pytest.mark.parametrize(
    ("read", "shapes", "printed"),
    [
        (["I", "1", "I", "1"], [0.5, 0.37, 1.05, 0.4], ["I", "1", "II", "1"]),
        (["I", "II", "II", "IV"], [0.5, 1.05, 1.58, 1.55], ["I", "II", "III", "IV"]),
        (["I", "I"], [0.5, 0.5], ["I", "I"]),  # as narrow as one
        (["I", "I"], [0.5, None], ["I", "I"]),
        (["I", "1", "I"], [1.05, 0.4, 1.58], ["I", "1", "I"]),  # two out of turn
    ],
)
def test_lost_strokes_show_in_the_width(read: list[str], shapes: list[float | None], printed: list[str]) -> None:
    assert list(strokes(read, shapes)) == printed


def row(page: int, text: str) -> Row:
    return Row(page, tuple(Word(t, Box(0, 0, 5, 5), 0) for t in text.split()), "table")


def grid(page: int, texts: list[list[str]]) -> Grid:
    cells, rows = [], []
    for r, line in enumerate(texts):
        for c, text in enumerate(line):
            cells.append(Cell(r, c, 1, 1, Box(100 * c, 50 * r, 100 * c + 100, 50 * r + 50)))
            rows.append((row(page, text),) if text else ())
    return Grid(Table(page, Box(0, 0, 100 * len(texts[0]), 50 * len(texts)), tuple(cells)), tuple(rows))


def texts(found: Grid) -> list[list[str]]:
    out: dict[int, list[str]] = {}
    for cell, rows in zip(found.table.cells, found.rows, strict=True):
        out.setdefault(cell.row, []).append(" ".join(r.text for r in rows))
    return [out[n] for n in sorted(out)]


PAGES = {n: Page(n, 1000, 1400, 150) for n in (1, 2, 3)}
HEAD = [["TT", "Nội dung", "Thời gian"], ["(1)", "(2)", "(3)"]]


def test_a_read_number_keeps_what_was_read_first() -> None:
    found = counted(grid(1, [["1", "Chọn giống", "Tháng 3"], ["Z", "Mua giống", "Tháng 4"]]))
    word = found.rows[3][0].words[0]
    assert (word.text, word.raw, word.edits[0].stage) == ("2", "Z", "layout")


def test_a_table_goes_on_below_its_repeated_head_of_two_rows() -> None:
    one = grid(1, [*HEAD, ["1", "Chọn giống", "Tháng 3"]])
    two = grid(2, [*HEAD, ["2", "Mua giống", "Tháng 4"]])
    (found,) = merged([one, two], PAGES)
    assert texts(found) == [*HEAD, ["1", "Chọn giống", "Tháng 3"], ["2", "Mua giống", "Tháng 4"]]


def test_a_row_cut_by_two_pages_is_one() -> None:
    one = grid(1, [*HEAD, ["1", "Chọn giống", "Tháng 3"]])
    two = grid(2, [["", "cho vụ xuân", ""]])
    three = grid(3, [["", "và vụ hè", "năm sau"], ["2", "Mua giống", "Tháng 4"]])
    (found,) = merged([one, two, three], PAGES)
    assert texts(found)[2:] == [
        ["1", "Chọn giống cho vụ xuân và vụ hè", "Tháng 3 năm sau"],
        ["2", "Mua giống", "Tháng 4"],
    ]


def test_another_table_on_the_next_page_is_another() -> None:
    one = grid(1, [*HEAD, ["1", "Chọn giống", "Tháng 3"]])
    two = grid(2, [["Số", "Tên", "Quê", "Tuổi"], ["1", "An", "Huế", "30"]])
    assert len(merged([one, two], PAGES)) == 2
    assert len(merged([one, replace(one, table=replace(one.table, page=3))], PAGES)) == 2


def test_boxes_one_below_the_other_are_no_table() -> None:
    assert is_frame(grid(1, [["Lưu ý"], ["Nộp trước ngày 5"], ["Không gia hạn"]]))
    assert not is_frame(grid(1, [["1", "Chọn giống", "Tháng 3"]]))
