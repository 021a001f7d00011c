"""Rows of a table of tasks, read by what the heads of its columns say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pipeline.extract.labels import Attribute, column_of
from pipeline.extract.rows import tables_of
from pipeline.records import Decree
from pipeline.types import Cell, Document, Span, Table

__all__ = ["RowDuty", "row_duties"]


#: No head of a column is longer, in letters: what is, is a row of its own.
HEAD = 80


@dataclass(frozen=True, slots=True)
class RowDuty:
    """What a row names: the words of its work, and the words of each attribute's cells (merged cells included)."""

    work: Span
    attributes: dict[Attribute, tuple[Span, ...]] = field(default_factory=dict)


def row_duties(decree: Decree) -> dict[int, RowDuty]:
    """For each section that is a row of a table of tasks: what it names. Positions in `decree.sections`."""
    out: dict[int, RowDuty] = {}
    grid = _Grid(decree)
    for pieces in tables_of(decree.document):
        columns = _columns(grid, pieces[0])
        if "work" not in columns.values() or not {"lead", "coordinate", "due"} & set(columns.values()):
            continue
        for piece in pieces:
            out |= dict(_duties(grid, piece, columns))
    return out


@dataclass(frozen=True)
class _Grid:
    """A document with its lines' words, and what its sections are, each looked up once."""

    decree: Decree

    @property
    def doc(self) -> Document:
        return self.decree.document

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The words of each line."""
        return self.doc.line_spans()

    @cached_property
    def parents(self) -> frozenset[int | None]:
        """The sections that have others under them."""
        return frozenset(s.parent for s in self.decree.sections)

    @cached_property
    def rows(self) -> dict[int, list[int]]:
        """The sections that are rows with words on a line, by the line."""
        out: dict[int, list[int]] = {}
        for position, section in enumerate(self.decree.sections):
            if section.kind == "row":
                for line in dict.fromkeys(self.doc.words[i].line for i in range(*section.span)):
                    out.setdefault(line, []).append(position)
        return out

    def spans(self, cell: Cell) -> Iterator[Span]:
        """The words of each line of a cell."""
        return (span for n in cell.lines if (span := self.lines[n]).start < span.end)

    def text(self, cell: Cell) -> str:
        """What a cell reads."""
        return " ".join(self.doc.text(s) for s in self.spans(cell))


def _columns(grid: _Grid, table: Table) -> dict[int, Attribute]:
    """What each column holds, from the first rows (heads may run over two)."""
    out: dict[int, Attribute] = {}
    last = 1 if _second_head(grid, table) else 0
    for cell in sorted(table.cells, key=lambda c: c.row):
        if cell.row > last or (cell.row == 1 and len(out) > 1 and cell.column in out):
            continue
        if cell.column_span > 1 and len(parted := _parted(grid, table, cell)) > 1:
            out = parted | out
            continue
        text = grid.text(cell)
        name = column_of(text) if len(text) <= HEAD else None
        if name and cell.column not in out and (name not in ("work",) or name not in out.values()):
            out[cell.column] = name
    return out


def _second_head(grid: _Grid, table: Table) -> bool:
    """Whether the second row may belong to the head: it bears no number, and parts columns but joins none."""
    row = [c for c in table.cells if c.row == 1]
    numbered = any(c.column == 0 and re.fullmatch(r"\W*(?:\d+|[IVX]+)\W*", grid.text(c)) for c in row)
    return not numbered and all(c.column_span == 1 for c in row)


def _parted(grid: _Grid, table: Table, cell: Cell) -> dict[int, Attribute]:
    """What a head over several columns says of each, by where its words stand: rules lost in the head row part them."""
    words: dict[int, list[str]] = {}
    for word in (grid.doc.words[i] for s in grid.spans(cell) for i in range(s.start, s.end)):
        middle = (word.box.x0 + word.box.x1) / 2 if word.box else -1
        under = (c for c in table.cells if c.column_span == 1 and c.row > cell.row and c.box)
        if column := next((c.column for c in under if c.box and c.box.x0 <= middle < c.box.x1), None):
            words.setdefault(column, []).append(word.text)
    named = {column: column_of(" ".join(text)) for column, text in words.items()}
    return {column: name for column, name in named.items() if name}


def _duties(grid: _Grid, table: Table, columns: dict[int, Attribute]) -> Iterator[tuple[int, RowDuty]]:
    filled: dict[int, list[Cell]] = {}
    for cell in (c for c in table.cells if c.lines):
        for row in range(cell.row, cell.row + cell.row_span):
            filled.setdefault(row, []).append(cell)
    for position, row in _rows_of_sections(grid, table).items():
        attributes: dict[Attribute, tuple[Span, ...]] = {}
        for cell in filled[row]:
            if name := columns.get(cell.column):
                attributes[name] = (*attributes.get(name, ()), *grid.spans(cell))
        work = attributes.pop("work", ())
        told = {"lead", "coordinate", "due", "product"} & set(attributes)
        if work and told and position not in grid.parents:
            yield position, RowDuty(Span(work[0].start, work[-1].end), attributes)


def _rows_of_sections(grid: _Grid, table: Table) -> dict[int, int]:
    """Position of a row section -> number of its first row in `table`, in the sections' order."""
    row_of = {line: cell.row for cell in table.cells for line in cell.lines}
    out: dict[int, int] = {}
    for line, row in row_of.items():
        for position in grid.rows.get(line, ()):
            out[position] = min(row, out.get(position, row))
    return dict(sorted(out.items()))
