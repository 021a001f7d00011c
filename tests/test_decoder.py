"""The decoder: sequences decide what a marker is, and whether it is one."""

from __future__ import annotations

import pytest

from pipeline.extract.decoder import Clue, decode
from pipeline.extract.numbering import markers

STARTS, GOES_ON = 4.0, -4.0


def outline(lines: list[str]) -> list[str]:
    """What each line is; a line that begins with `~ ` goes on with the one before it."""
    clues = [Clue(GOES_ON if line.startswith("~") else STARTS, markers(line.removeprefix("~"))) for line in lines]
    return [d.marker.segment if d.marker else d.what for d in decode(clues)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["I. Một", "1. Hai", "2. Ba", "II. Bốn"], ["I", "1", "2", "II"]),
        (["A. Một", "I. Hai", "1. Ba", "IL. Bốn", "1. Năm"], ["A", "I", "1", "II", "1"]),
        (["1. Một", "1. Hai", "2. Ba", "II. Bốn", "III. Năm"], ["I", "1", "2", "II", "III"]),
        (["1. Một", "2. Hai", "3. Ba", "4, Bốn", "5. Năm"], ["1", "2", "3", "4", "5"]),
        (["a) Một", "b) Hai", "c) Ba", "d) Bốn", "d) Năm", "e) Sáu"], ["a", "b", "c", "d", "đ", "e"]),
        (["e) Một", "g) Hai", "ø) Ba"], ["e", "g", "h"]),
        (["Chương I", "Điều 1. Một", "Điều 2. Hai", "Chương II", "Điều 3. Ba"],
         ["Chương I", "Điều 1", "Điều 2", "Chương II", "Điều 3"]),
        (["I. Một", "1. Hai", "2. Ba", "II. Bốn", "3. Năm", "4. Sáu"], ["I", "1", "2", "II", "3", "4"]),
        (["1. Một", "2. Hai", "§. Ba"], ["1", "2", "3"]),
        (["1. Một", "~2025). Hai", "~- Ba", "2. Bốn"], ["1", "more", "more", "2"]),
        (["Điều 1. Một", "1. Hai", "a) Ba", "~Điều 5 của Luật", "b) Bốn", "Điều 2. Năm"],
         ["Điều 1", "1", "a", "more", "b", "Điều 2"]),
    ],
)  # fmt: skip
def test_the_most_consistent_outline_wins(lines: list[str], expected: list[str]) -> None:
    assert outline(lines) == expected


def test_depths_follow_the_open_levels() -> None:
    lines = ["I. Một", "1. Hai", "- Ba", "+ Bốn", "2. Năm", "II. Sáu"]
    assert [d.depth for d in decode([Clue(STARTS, markers(line)) for line in lines])] == [0, 1, 2, 3, 1, 0]


def test_no_lines_no_decisions() -> None:
    assert decode([]) == ()
