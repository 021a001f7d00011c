"""Scraps: lines of a letter or two that are no print, but strokes of a pen, holes and folds read as words."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from pipeline.layout.pieces import Piece

__all__ = ["scraps"]

#: A scrap has so few letters; lines with more than `PRINT` tell how large the page's print is.
SHORT, PRINT = 6, 12
#: How sure a scrap can be read at most.
SURE = 0.5
#: A scrap is so much lower, or its letters so much narrower, than those of the page's lines.
LOW, NARROW = 0.45, 0.5


def scraps(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of one page, upright, that are too small for print and were not read well."""
    lines = [p for p in pieces if len(p.text) > PRINT]
    if not lines:
        return ()
    tall, wide = median(p.height for p in lines), median(map(_letter, lines))
    short = (p for p in pieces if len(p.text) <= SHORT and p.score < SURE)
    return tuple(p for p in short if p.height < LOW * tall or _letter(p) < NARROW * wide)


def _letter(piece: Piece) -> float:
    """The width of one of its letters in pixels, blanks counted."""
    return piece.box.width / max(1, len(piece.text))
