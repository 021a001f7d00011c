"""Rows: what layout works on. A row is a line with its words in hand, so that it can be cut, moved and renamed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.types import Box, Cell, Document, Line, Table, Word, Zone, union

__all__ = ["Grid", "Row", "core", "document_of", "rows_of", "trimmed"]


@dataclass(frozen=True, slots=True)
class Row:
    """A line's words, left to right, on page `page` (from 1). `shape` is the line's box where it has no words."""

    page: int
    words: tuple[Word, ...]
    zone: Zone = "body"
    shape: Box | None = None

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)

    @property
    def box(self) -> Box | None:
        """The smallest box around the words; None where they have none."""
        return union(w.box for w in self.words) or self.shape

    def cut(self, at: int) -> tuple[Row, Row]:
        """The first `at` words, and the rest."""
        return replace(self, words=self.words[:at], shape=None), replace(self, words=self.words[at:], shape=None)

    def to(self, zone: Zone) -> Row:
        """The row in another zone."""
        return self if zone == self.zone else replace(self, zone=zone)


@dataclass(frozen=True, slots=True)
class Grid:
    """A table before its rows have numbers: each cell with the rows inside it."""

    table: Table
    rows: tuple[tuple[Row, ...], ...]

    def flat(self) -> tuple[Row, ...]:
        """All rows in reading order: cell by cell."""
        return tuple(row for rows in self.rows for row in rows)


def core(row: Row) -> tuple[int, int]:
    """The words [first, last) of the row without specks, words of no letter or digit, at its ends."""
    solid = [n for n, word in enumerate(row.words) if any(c.isalnum() for c in word.text)]
    return (solid[0], solid[-1] + 1) if solid else (0, len(row.words))


def trimmed(row: Row, zone: Zone) -> tuple[Row, ...]:
    """The row in `zone`, the specks at its ends as margin."""
    first, last = core(row)
    return row.cut(first)[0].to("margin"), row.cut(last)[0].cut(first)[1].to(zone), row.cut(last)[1].to("margin")


def rows_of(doc: Document) -> tuple[Row, ...]:
    """The document's lines as rows; a line without words is an empty row."""
    spans = doc.line_spans()
    return tuple(
        Row(line.page, doc.words[span.start : span.end], line.zone, line.box)
        for line, span in zip(doc.lines, spans, strict=True)
    )


def document_of(doc: Document, items: Iterable[Row | Grid]) -> Document:
    """`doc` with the rows and tables of `items`, in their order, in place of its own. Empty rows are left out."""
    rows: list[Row] = []
    tables: list[Table] = []
    for item in items:
        if isinstance(item, Grid):
            tables.append(_numbered(item, len(rows)))
        rows += (row for row in (item.flat() if isinstance(item, Grid) else (item,)) if row.words)
    return replace(
        doc,
        lines=tuple(Line(row.page, row.zone, row.box) for row in rows),
        words=tuple(replace(w, line=n) for n, row in enumerate(rows) for w in row.words),
        tables=tuple(tables),
    )


def _numbered(grid: Grid, at: int) -> Table:
    """The grid's table with the numbers its lines get when the first of them is line `at`."""
    cells: list[Cell] = []
    for cell, rows in zip(grid.table.cells, grid.rows, strict=True):
        count = sum(1 for row in rows if row.words)
        cells.append(replace(cell, lines=tuple(range(at, at + count))))
        at += count
    return replace(grid.table, cells=tuple(cells))
