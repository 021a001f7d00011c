"""Tables from page to document: stamps that look like tables, tables that go on over the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.layout import forms
from pipeline.layout.counters import counted
from pipeline.layout.rows import Grid, Row
from pipeline.types import Cell, Document, Page, Table

__all__ = ["grids_of", "is_frame", "is_stamp", "merged"]

#: How far columns of two pages may differ, as a share of the page's width.
DRIFT = 0.03
#: The most rows that the head of a table has.
HEAD_ROWS = 3


def grids_of(doc: Document, rows: Sequence[Row]) -> list[Grid]:
    """The document's tables with their rows in hand."""
    return [
        Grid(table, tuple(tuple(rows[n].to("table") for n in cell.lines) for cell in table.cells))
        for table in doc.tables
    ]


def is_stamp(grid: Grid) -> bool:
    """Whether the grid is the frame of a stamp: incoming (`CÔNG VĂN ĐẾN`, `Số:`, `Ngày:`) or of urgency."""
    text = forms.key(" ".join(row.text for row in grid.flat()))
    small = len(grid.table.cells) <= 12 and len(text) < 160
    return small and (forms.is_incoming(text) or forms.is_urgency(" ".join(row.text for row in grid.flat())))


def is_frame(grid: Grid) -> bool:
    """Whether the grid is no table: a frame around text, with nothing beside it to relate."""
    cells = grid.table.cells
    return len(cells) < 3 or all(cell.column == cells[0].column for cell in cells)


def merged(grids: Sequence[Grid], pages: dict[int, Page]) -> list[Grid]:
    """Grids with those that go on with the one before them, at the top of the next page, added to it.

    Grids come in reading order with nothing printed between. Row numbers are read by their neighbours.
    """
    out: list[Grid] = []
    last_page = 0
    for grid in grids:
        page = grid.table.page
        if out and page == last_page + 1 and _same_columns(out[-1], grid, pages[page].width or 1):
            out[-1] = _added(out[-1], grid)
        else:
            out.append(grid)
        last_page = page
    return [counted(grid, turned=pages[grid.table.page].rotation % 180 == 90) for grid in out]


def _edges(grid: Grid) -> list[float]:
    """Where the columns of the grid's last page begin, and where its last one ends."""
    edges: dict[int, float] = {}
    for cell in grid.table.cells:
        if cell.box:
            edges[cell.column] = cell.box.x0
            edges.setdefault(cell.column + cell.column_span, cell.box.x1)
    return [edges[k] for k in sorted(edges)]


def _same_columns(one: Grid, two: Grid, width: int) -> bool:
    a, b = _edges(one), _edges(two)
    if len(a) != len(b) or len(a) < 3:
        return False
    shift = sum(y - x for x, y in zip(a, b, strict=True)) / len(a)
    return all(abs(y - x - shift) < DRIFT * width for x, y in zip(a, b, strict=True))


def _row_texts(grid: Grid, number: int) -> list[str]:
    return [
        forms.key(" ".join(r.text for r in rows))
        for cell, rows in zip(grid.table.cells, grid.rows, strict=True)
        if cell.row == number
    ]


def _added(one: Grid, two: Grid) -> Grid:
    """One grid: the second's repeated head left out as a head, its first row joined to a row cut by the page."""
    rows = 1 + max(c.row + c.row_span - 1 for c in one.table.cells)
    skip = _repeated(one, two)
    cells, texts = list(one.table.cells), list(one.rows)
    tail = _goes_on(two, skip)
    for cell, lines in zip(two.table.cells, two.rows, strict=True):
        if cell.row < skip:
            continue
        if tail and cell.row == skip:
            at = _last_cell(cells, cell.column)
            if at is not None:
                texts[at] = (*texts[at], *lines)
                continue
        cells.append(replace(cell, row=cell.row - skip - tail + rows))
        texts.append(lines)
    order = sorted(range(len(cells)), key=lambda n: (cells[n].row, cells[n].column))
    table = Table(one.table.page, one.table.box, tuple(cells[n] for n in order))
    return Grid(table, tuple(texts[n] for n in order))


def _repeated(one: Grid, two: Grid) -> int:
    """How many rows at the top of the second repeat the head of the first."""
    count = 0
    while count < HEAD_ROWS and any(head := _row_texts(one, count)) and forms.same(head, _row_texts(two, count)):
        count += 1
    return count


def _goes_on(grid: Grid, skip: int) -> int:
    """1 where row `skip` goes on with the row cut by the page: its first cell, a number's place, is empty."""
    first = [
        " ".join(r.text for r in rows)
        for cell, rows in zip(grid.table.cells, grid.rows, strict=True)
        if cell.row == skip and cell.column == 0 and cell.column_span == 1
    ]
    return int(bool(first) and not any(c.isalnum() for c in first[0]))


def _last_cell(cells: Sequence[Cell], column: int) -> int | None:
    found = [n for n, c in enumerate(cells) if c.column <= column < c.column + c.column_span]
    return max(found, key=lambda n: cells[n].row, default=None)
