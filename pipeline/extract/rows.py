"""Rows of tables as nodes of the outline: the printed number is the marker, the other cells are the text.

A row whose text stands alone, above rows of a deeper numbering, heads them (`I`, then `1`, then `-`). Tables that go
on over pages are one table; a header row repeated on the next page is not counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.lines import joined
from pipeline.types import Document, Span, Table
from pipeline.vietnamese import fold

__all__ = ["TableRow", "rows_of", "tables_of"]

#: Words of column heads, as printed in plans, directives' annexes and procedure lists.
HEADS = (
    r"(stt|tt|so tt|so thu tu|noi dung|nhiem vu|cong viec|ten |ho va ten|don vi|co quan|chu tri|phoi hop|thoi gian|tien do|san pham|ket qua"
    r"|ghi chu|so luong|s\. luong|dia diem|dia chi|kinh phi|nguoi|ma so|thoi han|hoan thanh|chi tieu|muc tieu|can cu|phi|hoat dong|linh vuc|stt)"
)
HEAD = re.compile(HEADS)
NUMBER = re.compile(r"\(?(?P<core>\d{1,3}(\.\d{1,3})*|[IVX]{1,6}|[A-ZĐ]|[a-zđ]|[-–+*•])[.)]?$")
LEADING = re.compile(r"(?P<marker>(\d{1,2}(\.\d{1,2})*[.)]|[IVX]{1,5}\.|[A-H]\.))\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its printed number, None where it has none; its other cells; its words; the row above it that heads it
    (a position among the table's rows), and its place among that row's own, from 1."""

    marker: str | None
    cells: tuple[str, ...]
    span: Span
    page: int
    parent: int | None = None
    ordinal: int = 0

    @property
    def text(self) -> str:
        """The filled cells but the number, joined by ` | `."""
        return " | ".join(c for c in self.cells if c)

    @property
    def alone(self) -> bool:
        """Whether a single cell is filled besides the number."""
        return sum(bool(c) for c in self.cells) == 1


def tables_of(doc: Document) -> tuple[tuple[Table, ...], ...]:
    """The document's tables, each with the pieces it continues in on later pages."""
    groups: list[tuple[Table, ...]] = []
    for table in sorted((t for t in doc.tables if _lines(t)), key=lambda t: min(_lines(t))):
        if groups and _continues(doc, groups[-1][-1], table):
            groups[-1] = (*groups[-1], table)
        else:
            groups.append((table,))
    return tuple(groups)


def _lines(table: Table) -> list[int]:
    return [n for cell in table.cells for n in cell.lines]


def _width(table: Table) -> int:
    return max(c.column + c.column_span for c in table.cells)


def _continues(doc: Document, before: Table, after: Table) -> bool:
    """Whether nothing printed stands between the two, and they have as many columns."""
    between = range(max(_lines(before)) + 1, min(_lines(after)))
    clear = not any(doc.lines[n].zone in ("body", "title", "foot_left", "foot_right", "header_left") for n in between)
    return clear and after.page > before.page and abs(_width(before) - _width(after)) <= 1


def rows_of(doc: Document, tables: Sequence[Table]) -> tuple[TableRow, ...]:
    """The rows below the header of one table, given in its pieces; rows that say nothing are left out."""
    rows: list[TableRow] = []
    heads: list[tuple[str, ...]] = []
    for piece, table in enumerate(tables):
        width = _width(table)
        for first, (cells, spans) in enumerate(_grid(doc, table)):
            if _is_head(cells, first, width) or cells in heads:
                heads.append(cells)
            elif spans:
                row = _row(doc, cells, spans)
                split = piece and rows and _is_rest(row)
                rows[-1:] = [_merged(rows[-1], row)] if split else [*rows[-1:], row]
    return _nested([r for r in rows if r.text])


def _grid(doc: Document, table: Table) -> Iterator[tuple[tuple[str, ...], list[Span]]]:
    """The texts of each row's cells, left to right, empty ones too, and the spans of the filled ones."""
    spans = doc.line_spans()
    for number in sorted({c.row for c in table.cells}):
        cells = sorted((c for c in table.cells if c.row == number), key=lambda c: c.column)
        texts, filled = [""] * _width(table), []
        for cell in cells:
            if cell.lines:
                span = Span(spans[cell.lines[0]].start, spans[cell.lines[-1]].end)
                texts[cell.column] = joined(doc, span)
                filled += [span] if span.start < span.end else []
        yield tuple(texts), filled


def _is_head(cells: tuple[str, ...], row: int, width: int) -> bool:
    """Whether a row is the table's header: most of its filled cells name columns, or count them (`(1) (2)`)."""
    filled = [fold(c) for c in cells if c]
    if row > 2 or not filled or (len(filled) == 1 and width > 2):
        return False
    if all(re.fullmatch(r"\(?\d\)?|\([a-z]\)", c) for c in filled) and len(filled) > 2:
        return True
    named = sum(bool(HEAD.match(c)) for c in filled)
    return named * 2 >= len(filled) and not NUMBER.match(cells[0])


def _row(doc: Document, cells: tuple[str, ...], spans: Sequence[Span]) -> TableRow:
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    page = doc.page_of(span) or 1
    number = NUMBER.match(cells[0])
    if number:
        return TableRow(number["core"], cells[1:], span, page)
    first = next(n for n, c in enumerate(cells) if c)
    leading = LEADING.match(cells[first]) if first < 2 else None
    if leading:
        rest = cells[first][leading.end() :]
        return TableRow(leading["marker"].rstrip(".)"), (*cells[:first], rest, *cells[first + 1 :]), span, page)
    return TableRow(None, cells, span, page)


def _is_rest(row: TableRow) -> bool:
    """Whether the first row of a new page goes on with the last one of the page before."""
    first = next((c for c in row.cells if c), "")
    return row.marker is None and first[:1].islower()


def _merged(row: TableRow, rest: TableRow) -> TableRow:
    more = rest.cells[len(rest.cells) - len(row.cells) :]
    cells = tuple(f"{a} {b}".strip() for a, b in zip(row.cells, more, strict=False))
    return replace(row, cells=cells, span=Span(row.span.start, rest.span.end))


def _rank(row: TableRow) -> int:
    """How deep a row's numbering stands, deeper ones higher; unnumbered rows deepest."""
    marker = row.marker
    if marker is None:
        return 9
    if marker in "-–+*•":
        return 8
    if re.fullmatch("[IVX]+", marker):
        return 1
    if marker.isupper():
        return 0
    return 7 if marker.isalpha() else 2 + marker.count(".")


def _nested(rows: Sequence[TableRow]) -> tuple[TableRow, ...]:
    """The rows under the ones that head them."""
    grouped = sum(r.alone for r in rows) < 0.7 * len(rows)
    open_: list[int] = []
    counts: dict[int | None, int] = {}
    found: list[TableRow] = []
    for n, row in enumerate(rows):
        while open_ and _rank(rows[open_[-1]]) >= _rank(row):
            open_.pop()
        parent = open_[-1] if open_ else None
        counts[parent] = counts.get(parent, 0) + 1
        found.append(replace(row, parent=parent, ordinal=counts[parent]))
        if grouped and row.alone and n + 1 < len(rows) and _heads(row, rows[n + 1]):
            open_.append(n)
    return tuple(found)


def _heads(row: TableRow, below: TableRow) -> bool:
    return _rank(row) < _rank(below)
