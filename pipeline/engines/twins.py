"""Row numbers, which are shown to the recogniser twice side by side: a figure alone is often passed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.engines.tokens import Token

__all__ = ["as_numerals", "half"]

#: What Tesseract makes of a figure without neighbours.
FIGURES = dict.fromkeys(("|", "l", "ï", "Ì", "Í"), "1") | {"§": "8"}
NUMBER = re.compile(r"\(?(\d{1,3}(\.\d{1,3})*|[IVX]{1,5}|[a-zđA-ZĐ])[.)]?")


def half(text: str) -> str:
    """What stands twice in `text`, or its first half."""
    return text[: (len(text) + 1) // 2]


def as_numerals(tokens: Sequence[Token]) -> list[Token]:
    """One of the two readings of a cell, both with boxes on the same ink: a number rather than none, then the surer.

    A sign alone in the place of a row's number is the figure that looks like it: nothing else is printed there.
    """
    read = max(_readings(tokens), key=_worth, default=[])
    if len(read) == 1 and read[0].text in FIGURES:
        return [replace(read[0], text=FIGURES[read[0].text], score=min(read[0].score, 0.5))]
    return read


def _readings(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens, given left to right, parted where the second copy begins: its box lies where the first one's does."""
    readings: list[list[Token]] = []
    for token in tokens:
        if readings and token.box.x0 >= readings[-1][-1].box.x1:
            readings[-1].append(token)
        else:
            readings.append([token])
    return readings


def _worth(tokens: Sequence[Token]) -> tuple[bool, float]:
    text = " ".join(token.text for token in tokens)
    return bool(NUMBER.fullmatch(text)), sum(token.score for token in tokens) / len(tokens)
