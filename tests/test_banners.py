"""Lines of digital signatures' banners are told from the paper's by their clock."""

from __future__ import annotations

import pytest

from pipeline.layout.banners import CLOCK, banners
from pipeline.layout.pieces import pieces_of
from pipeline.layout.rows import Row
from pipeline.types import Box, Page, Word

PAGE = Page(1, 1600, 2300, 200)


def row(text: str, x: int, y: int) -> Row:
    words = text.split()
    boxes = [Box(x + 90 * n, y, x + 90 * n + 80, y + 24) for n in range(len(words))]
    return Row(1, tuple(Word(w, b, 0) for w, b in zip(words, boxes, strict=True)))


def test_the_lines_around_a_clock_at_the_foot() -> None:
    rows = [
        row("- Lưu: VT.", 250, 1900),
        row("Chứng thư: Sở Nội vụ", 140, 2210),
        row("Ngày ký: 22/01/2020 10:19:25", 140, 2240),
        row("Hệ thống Văn bản", 141, 2270),
        row("7", 800, 2250),
    ]
    found = banners(pieces_of(rows, PAGE), height=PAGE.height)
    assert sorted(p.text for p in found) == ["Chứng thư: Sở Nội vụ", "Hệ thống Văn bản", "Ngày ký: 22/01/2020 10:19:25"]


def test_without_a_clock_there_is_none() -> None:
    rows = [row("ỦY BAN NHÂN DÂN", 200, 150), row("TỈNH SƠN LA", 200, 185), row("Số: 5/KH-UBND", 200, 220)]
    assert banners(pieces_of(rows, PAGE), height=PAGE.height) == []


def test_the_head_below_a_banner_is_none_of_it() -> None:
    rows = [row("10.02.2025 07:35:42", 520, 60), row("+07:00", 520, 90), row("ỦY BAN NHÂN DÂN", 200, 150)]
    found = banners(pieces_of(rows, PAGE), height=PAGE.height)
    assert [p.text for p in found] == ["10.02.2025 07:35:42", "+07:00"]


@pytest.mark.parametrize(
    ("text", "is_clock"),
    [
        ("10:19:25", True),
        ("08/02/2025 14.42.41", True),
        ("+07:00", True),
        ("08h00 - 11h00", False),
        ("7.2.2020", False),
        ("22.11.17", False),
    ],
)
def test_clocks(text: str, is_clock: bool) -> None:
    assert bool(CLOCK.search(text)) == is_clock
