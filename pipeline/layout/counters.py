"""The column of row numbers of a table: a sign that is no number is read as the one its neighbours count to.

Nothing but a number can stand between `7` and `9`, and a sign of the shape of `8` alone there is that. Clean digits are
never changed: a paper may misnumber.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout.rows import Grid, Row
from pipeline.types import Word

__all__ = ["counted", "numbers"]

CLEAN = re.compile(r"\d{1,3}")
#: A cell's sign with the marks around it.
CELL = re.compile(r"(?P<before>\(?)(?P<core>[^\s.)]{1,3})(?P<after>[.)]?)")
#: What figures are misread as where they stand alone.
SHAPES = {
    "0": "oOØø", "1": "lI|!ï[]íìÌÍÏiL1", "2": "zZ", "3": "ä", "4": "ÁA", "5": "sSŠš", "6": "óöôðbÓÖ", "7": "?Tï",
    "8": "§Š&ồỒBS", "9": "gq",
}  # fmt: skip
#: How sure a number is that its neighbours prove.
SURE = 0.9


def numbers(cells: Sequence[str]) -> tuple[str, ...]:
    """The texts of a column of row numbers as they must read, top to bottom; empty cells stay empty."""
    filled = [n for n, cell in enumerate(cells) if cell]
    out = list(cells)
    for at, n in enumerate(filled):
        match = CELL.fullmatch(cells[n])
        if not match or CLEAN.fullmatch(match["core"]):
            continue
        before = _value(out[filled[at - 1]]) if at else None
        after = _value(cells[filled[at + 1]]) if at + 1 < len(filled) else None
        wanted = {v for v in (None if before is None else before + 1, None if after is None else after - 1) if v}
        fits = [str(v) for v in sorted(wanted) if _looks_like(match["core"], str(v))]
        if len(fits) == 1:
            out[n] = f"{match['before']}{fits[0]}{match['after']}"
    return tuple(out)


def _value(cell: str) -> int | None:
    core = cell.strip("(.)")
    return int(core) if CLEAN.fullmatch(core) else None


def _looks_like(core: str, number: str) -> bool:
    """Whether each sign has the shape of its figure."""
    return len(core) == len(number) and all(a == b or a in SHAPES[b] for a, b in zip(core, number, strict=True))


def counted(grid: Grid) -> Grid:
    """The grid with its column of row numbers as the numbers prove one another."""
    places = [n for n, cell in enumerate(grid.table.cells) if cell.column == 0 and cell.column_span == 1]
    texts = [" ".join(row.text for row in grid.rows[n]) for n in places]
    found = {n: new for n, old, new in zip(places, texts, numbers(texts), strict=True) if old != new}
    rows = (_renamed(own, found[n]) if n in found else own for n, own in enumerate(grid.rows))
    return replace(grid, rows=tuple(rows)) if found else grid


def _renamed(rows: tuple[Row, ...], text: str) -> tuple[Row, ...]:
    """A cell of one word, reading `text`."""
    words: list[Word] = [word.edit(text, stage="layout", score=SURE) for row in rows for word in row.words]
    return (replace(rows[0], words=tuple(words)),)
