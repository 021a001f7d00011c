"""Rows of a table of tasks, read by what the heads of its columns say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.extract.labels import Attribute, column_of
from pipeline.extract.rows import tables_of
from pipeline.records import Decree, Section
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
    for pieces in tables_of(decree.document):
        columns = _columns(decree.document, pieces[0])
        if "work" not in columns.values() or not {"lead", "coordinate", "due"} & set(columns.values()):
            continue
        for piece in pieces:
            out |= dict(_duties(decree, piece, columns))
    return out


def _columns(doc: Document, table: Table) -> dict[int, Attribute]:
    """What each column holds, from the first rows (heads may run over two)."""
    out: dict[int, Attribute] = {}
    last = 1 if _second_head(doc, table) else 0
    for cell in sorted(table.cells, key=lambda c: c.row):
        if cell.row > last or (cell.row == 1 and len(out) > 1 and cell.column in out):
            continue
        if cell.column_span > 1 and len(parted := _parted(doc, table, cell)) > 1:
            out = parted | out
            continue
        text = _text(doc, cell)
        name = column_of(text) if len(text) <= HEAD else None
        if name and cell.column not in out and (name not in ("work",) or name not in out.values()):
            out[cell.column] = name
    return out


def _second_head(doc: Document, table: Table) -> bool:
    """Whether the second row may belong to the head: it bears no number, and parts columns but joins none."""
    row = [c for c in table.cells if c.row == 1]
    numbered = any(c.column == 0 and re.fullmatch(r"\W*(?:\d+|[IVX]+)\W*", _text(doc, c)) for c in row)
    return not numbered and all(c.column_span == 1 for c in row)


def _parted(doc: Document, table: Table, cell: Cell) -> dict[int, Attribute]:
    """What a head over several columns says of each, by where its words stand: rules lost in the head row part them."""
    words: dict[int, list[str]] = {}
    for word in (doc.words[i] for s in _spans(doc, cell) for i in range(s.start, s.end)):
        middle = (word.box.x0 + word.box.x1) / 2 if word.box else -1
        under = (c for c in table.cells if c.column_span == 1 and c.row > cell.row and c.box)
        if column := next((c.column for c in under if c.box and c.box.x0 <= middle < c.box.x1), None):
            words.setdefault(column, []).append(word.text)
    named = {column: column_of(" ".join(text)) for column, text in words.items()}
    return {column: name for column, name in named.items() if name}


def _text(doc: Document, cell: Cell) -> str:
    return " ".join(doc.text(s) for s in _spans(doc, cell))


def _spans(doc: Document, cell: Cell) -> Iterator[Span]:
    every = doc.line_spans()
    return (every[n] for n in cell.lines if every[n].start < every[n].end)


def _duties(decree: Decree, table: Table, columns: dict[int, Attribute]) -> Iterator[tuple[int, RowDuty]]:
    doc = decree.document
    rows = _rows_of_sections(decree, table)
    for position, row in rows.items():
        cells = [c for c in table.cells if c.row <= row < c.row + c.row_span and c.lines]
        attributes: dict[Attribute, tuple[Span, ...]] = {}
        for cell in cells:
            if name := columns.get(cell.column):
                attributes[name] = (*attributes.get(name, ()), *_spans(doc, cell))
        work = attributes.pop("work", ())
        told = {"lead", "coordinate", "due", "product"} & set(attributes)
        if work and told and not decree.children(position):
            yield position, RowDuty(Span(work[0].start, work[-1].end), attributes)


def _rows_of_sections(decree: Decree, table: Table) -> dict[int, int]:
    """Position of a row section -> number of its row in `table`."""
    row_of = {line: cell.row for cell in table.cells for line in cell.lines}
    out: dict[int, int] = {}
    for position, section in enumerate(decree.sections):
        if section.kind == "row" and (row := _first_row(decree.document, section, row_of)) is not None:
            out[position] = row
    return out


def _first_row(doc: Document, section: Section, row_of: dict[int, int]) -> int | None:
    lines = {doc.words[i].line for i in range(section.span.start, section.span.end)}
    rows = [row_of[n] for n in lines if n in row_of]
    return min(rows) if rows else None
