"""Row numbers that were shown twice: which of the two readings counts."""

from __future__ import annotations

import pytest

from pipeline.engines.tokens import Token
from pipeline.engines.twins import as_numerals, half
from pipeline.types import Box


def token(text: str, score: float, x: int = 10) -> Token:
    return Token(text, Box(x, 5, x + 12 * len(text), 25), score, (0,))


@pytest.mark.parametrize(("text", "once"), [("22", "2"), ("12.12.", "12."), ("77T", "77"), ("1", "1")])
def test_what_stands_twice_is_read_once(text: str, once: str) -> None:
    assert half(text) == once


@pytest.mark.parametrize(
    ("tokens", "expected"),
    [
        ([token("5", 0.9), token("5", 0.8)], ["5"]),
        ([token("I1", 0.9), token("11", 0.7)], ["11"]),
        ([token("8", 0.6), token("§", 0.9)], ["8"]),
        ([token("§", 0.9)], ["8"]),
        ([token("|", 0.9), token("|", 0.9)], ["1"]),
        ([token("TT", 0.9), token("TT", 0.95)], ["TT"]),
        ([token("4", 0.5), token(".", 0.5, x=30), token("4", 0.9), token(".", 0.9, x=30)], ["4", "."]),
        ([], []),
    ],
)
def test_a_number_is_taken_rather_than_none(tokens: list[Token], expected: list[str]) -> None:
    assert [t.text for t in as_numerals(tokens)] == expected
