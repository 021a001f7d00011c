"""The printed numbers of a table's rows, read as one sequence: `I`, then `1`, `2`, though `|` and `§` were read."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.decoder import Clue, decode
from pipeline.extract.numbering import Marker, markers
from pipeline.vietnamese import to_roman

__all__ = ["is_number", "row_numbers"]

NUMBER = re.compile(r"\(?(?P<core>\d{1,3}(\.\d{1,3})*|[IVX]{1,6}|[A-ZĐ]|[a-zđ]|[-–+*•])[.)]?$")
#: What a number is misread as is short.
LONGEST = 4
#: Cells that read as numbers, and what it costs that they are others; cells that read as none are likelier misread.
CLEAN = re.compile(r"\d{1,3}[.)]?|[IVX]+[.)]?|[-–+*•]")
MISREAD, STRANGE = 3.8, 2.5
#: Numbers a misread cell could stand for.
MOST = 40


def is_number(cell: str) -> bool:
    """Whether the cell holds nothing but a row's number, letter or bullet."""
    return bool(NUMBER.match(cell))


def row_numbers(cells: Sequence[str], *, alone: Sequence[bool]) -> tuple[str | None, ...]:
    """The number of each row by its number cell (empty: none). `alone`: a row whose text stands in one cell is
    likelier to head others, with a Roman numeral or letter."""
    clues = [Clue(6.0, _candidates(cell, heads=heads)) for cell, heads in zip(cells, alone, strict=True)]
    decisions = decode(clues)
    return tuple(d.marker.text.strip(" .()") or None if d.marker else None for d in decisions)


def _candidates(cell: str, *, heads: bool) -> tuple[Marker, ...]:
    text = cell.strip()
    if not text or len(text) > LONGEST + 2:
        return ()
    known = (
        [m for m in markers(f"{text.rstrip('.)')}. x") if m.cost < 9]
        if text[-1] not in "-–+*•"
        else list(markers(f"{text} x"))
    )
    if len(text) <= LONGEST:
        known += _any(text, cost=MISREAD if CLEAN.fullmatch(text) else STRANGE)
    weighed = (replace(m, cost=m.cost + (1.0 if heads == (m.style == "1.") else 0.0)) for m in known)
    best: dict[tuple[str, str], Marker] = {}
    for marker in sorted(weighed, key=lambda m: m.cost):
        best.setdefault((marker.style, marker.segment), marker)
    return tuple(best.values())


def _any(text: str, *, cost: float) -> list[Marker]:
    """Every number that a misread one could be."""
    arabic = [Marker("1.", n, str(n), f"{n}.", text, len(text), cost) for n in range(1, MOST)]
    roman = [Marker("roman", n, to_roman(n), f"{to_roman(n)}.", text, len(text), cost) for n in range(1, MOST // 2)]
    return arabic + roman
