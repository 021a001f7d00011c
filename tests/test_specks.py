"""Specks are told from print by their size and by signs that nobody prints."""

from __future__ import annotations

import pytest

from pipeline.engines.specks import is_speck
from pipeline.engines.tokens import Token
from pipeline.types import Box


@pytest.mark.parametrize(
    ("text", "width", "height", "score", "speck"),
    [
        ("t", 9, 9, 0.64, True),  # dust
        ("0", 7, 8, 0.92, True),
        ("ha", 86, 8, 0.47, True),  # the edge of a sheet
        ("anh", 90, 6, 0.94, False),  # a word whose box is wrong
        ("o", 19, 20, 0.5, False),
        ("1", 8, 36, 0.6, False),
        ("-", 15, 7, 0.9, False),  # the dash of a list
        ("-", 5, 7, 0.87, True),
        ("_", 8, 9, 0.49, True),
        ("____", 90, 4, 0.8, False),
        (".", 6, 6, 0.7, False),
        (";", 7, 20, 0.7, False),
        ("‹", 23, 76, 0.9, True),
        ("./.", 40, 30, 0.9, False),
        ("•", 12, 12, 0.9, False),
    ],
)
def test_specks(text: str, width: int, height: int, score: float, speck: bool) -> None:
    assert is_speck(Token(text, Box(100, 100, 100 + width, 100 + height), score, (0,)), 300) == speck
