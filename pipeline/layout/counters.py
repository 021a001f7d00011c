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
from pipeline.vietnamese import from_roman, is_roman

__all__ = ["counted", "numbers", "strokes"]

CLEAN = re.compile(r"\d{1,3}")
#: A cell's sign with the marks around it.
CELL = re.compile(r"(?P<before>\(?)(?P<core>[^\s.)]{1,3})(?P<after>[.)]?)")
#: What figures are misread as where they stand alone.
SHAPES = {
    "0": "oOØø", "1": "lI|!ï[]íìÌÍÏiL1", "2": "zZ", "3": "ä", "4": "ÁA", "5": "sSŠš", "6": "óöôðbÓÖ", "7": "?Tï",
    "8": "§Š&ồỒBS", "9": "gq",
}  # fmt: skip
#: The width of a Roman numeral's stroke by its height, serifs and the white beside it included; how far it may be off.
STROKE, CLEARLY, MOST = 0.52, 0.35, 3
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
        wanted = {v + step for v, step in ((before, 1), (after, -1)) if v is not None and v + step > 0}
        fits = [str(v) for v in sorted(wanted) if _looks_like(match["core"], str(v))]
        # After 10, `II` may be a group's number: both neighbours must prove what could be Roman.
        proved = not is_roman(match["core"]) or (after and before in (None, after - 2))
        if len(fits) == 1 and proved:
            out[n] = f"{match['before']}{fits[0]}{match['after']}"
    return tuple(out)


def _value(cell: str) -> int | None:
    core = cell.strip("(.)")
    return int(core) if CLEAN.fullmatch(core) else None


def _looks_like(core: str, number: str) -> bool:
    """Whether each sign has the shape of its figure."""
    return len(core) == len(number) and all(a == b or a in SHAPES[b] for a, b in zip(core, number, strict=True))


def counted(grid: Grid, *, turned: bool = False) -> Grid:
    """The grid with its column of row numbers as the numbers and their widths prove one another.

    `turned`: the page was scanned lying on its side, so that widths are heights.
    """
    places = [n for n, cell in enumerate(grid.table.cells) if cell.column == 0 and cell.column_span == 1]
    texts = [" ".join(row.text for row in grid.rows[n]) for n in places]
    shapes = [None if turned else _shape(grid.rows[n]) for n in places]
    read = numbers(strokes(texts, shapes))
    found = {n: new for n, old, new in zip(places, texts, read, strict=True) if old != new}
    rows = (_renamed(own, found[n]) if n in found else own for n, own in enumerate(grid.rows))
    return replace(grid, rows=tuple(rows)) if found else grid


def strokes(cells: Sequence[str], shapes: Sequence[float | None]) -> tuple[str, ...]:
    """Roman numerals of strokes alone with the strokes that reading lost: `I` as wide as two, after an `I`, is `II`.

    `shapes`: width by height of each cell's print, None where that is not known.
    """
    out, last = list(cells), 0
    for n, (cell, shape) in enumerate(zip(cells, shapes, strict=True)):
        wide = shape / STROKE if shape else 0.0
        if re.fullmatch("I{1,2}", cell) and abs(wide - (last + 1)) < CLEARLY and len(cell) < last + 1 <= MOST:
            out[n] = "I" * (last + 1)
        if is_roman(out[n]):
            last = from_roman(out[n]) or last
    return tuple(out)


def _shape(rows: tuple[Row, ...]) -> float | None:
    box = rows[0].box if len(rows) == 1 else None
    return box.width / box.height if box and box.height else None


def _renamed(rows: tuple[Row, ...], text: str) -> tuple[Row, ...]:
    """A cell of one word, reading `text`."""
    words: list[Word] = [word.edit(text, stage="layout", score=SURE) for row in rows for word in row.words]
    return (replace(rows[0], words=tuple(words)),)
