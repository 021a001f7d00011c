"""Tables in text: rows with ` | ` between their cells, as transcribers write them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from pipeline.layout import forms
from pipeline.layout.rows import Grid, Row
from pipeline.types import Cell, Table

__all__ = ["barred_tables"]


def barred_tables(rows: Sequence[Row]) -> Iterator[Row | Grid]:
    """Runs of two or more rows with ` | ` between their cells, as transcribers write them, are tables."""
    flags = [_is_barred(row) or _is_group(rows, n) for n, row in enumerate(rows)]
    for barred, run in groupby(zip(flags, rows, strict=True), key=lambda pair: pair[0]):
        block = tuple(row for _, row in run)
        if barred and len(block) > 1:
            yield _grid(block)
        else:
            yield from block


def _is_barred(row: Row) -> bool:
    return any(w.text == "|" for w in row.words)


def _is_group(rows: Sequence[Row], at: int) -> bool:
    """Whether the row is the one cell of a table's row over its full width: between barred rows that go on."""
    if not 0 < at < len(rows) - 1 or _is_barred(rows[at]) or forms.is_annex(rows[at].text):
        return False
    above, below = rows[at - 1], rows[at + 1]
    goes_on = not forms.key(below.text).startswith(("stt ", "tt "))
    return _is_barred(above) and _is_barred(below) and above.page == rows[at].page == below.page and goes_on


def _grid(rows: Sequence[Row]) -> Grid:
    cells: list[Cell] = []
    texts: list[tuple[Row, ...]] = []
    width = max(sum(w.text == "|" for w in row.words) for row in rows) + 1
    for n, row in enumerate(rows):
        span = 1 if _is_barred(row) else width
        for column, piece in enumerate(_cut_all(row, lambda text: text == "|")):
            cells.append(Cell(n, column, 1, span, None))
            texts.append((piece.to("table"),))
    return Grid(Table(rows[0].page, None, tuple(cells)), tuple(texts))


def _cut_all(row: Row, bar: Callable[[str], bool]) -> Iterator[Row]:
    """The row's pieces between its bars, the bars left out."""
    rest = row
    while (at := next((k for k, w in enumerate(rest.words) if bar(w.text)), None)) is not None:
        piece, tail = rest.cut(at)
        yield piece
        rest = tail.cut(1)[1]
    yield rest
