"""Rows of tables as nodes of the outline: the printed number is the marker, the other cells are the text.

A row whose text stands alone, above rows of a deeper numbering, heads them (`I`, then `1`, then `-`). Tables that go
on over pages are one table; a header row repeated on the next page is not counted.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import NamedTuple

from pipeline.extract.lines import joined
from pipeline.extract.row_numbers import is_number, row_numbers
from pipeline.types import Cell, Document, Span, Table
from pipeline.vietnamese import fold, is_syllable

__all__ = ["TableRow", "rows_of", "tables_of"]

#: Words of column heads, as printed in plans, directives' annexes and procedure lists.
HEADS = (
    r"(stt|tt|so tt|so thu tu|noi dung|nhiem vu|cong viec|ten |ho va ten|don vi|co quan|chu tri|phoi hop|thoi gian"
    r"|tien do|san pham|ket qua"
    r"|ghi chu|so luong|s\. luong|dia diem|dia chi|kinh phi|nguoi|ma so|thoi han|hoan thanh|chi tieu|muc tieu|can cu"
    r"|phi|hoat dong|linh vuc|stt)"
)
HEAD = re.compile(HEADS)
#: The head of a column of row numbers.
COUNTS = re.compile(r"(s?tt|so tt|so thu tu|st|tt|sit|no)\W*$")
LONGEST_NUMBER = 6
LONG_HEAD = 60
LEGIBLE = 12
LETTERS = re.compile(r"[^\W\d_]+")
LEADING = re.compile(r"(?P<marker>(\d{1,2}(\.\d{1,2})*[.)]|[IVX]{1,5}\.|[A-H]\.))\s+(?=\w)")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: its number, None where it has none, and what was read for it; its other cells; its words; the row above
    that heads it (a position among the table's rows), and its place among that row's own, from 1."""

    marker: str | None
    marker_raw: str | None
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
    printed: list[_Printed] = []
    heads: list[tuple[str, ...]] = []
    for piece, table in enumerate(tables):
        width = _width(table)
        for first, (cells, spans) in enumerate(_grid(doc, table)):
            opening = not piece and not printed
            if _is_head(cells, first, width) or cells in heads or (opening and _more_head(cells, first)):
                heads.append(cells)
            elif spans:
                _take(printed, _printed(doc, cells, spans))
    return _nested([r for r in _numbered(printed, heads) if any(c.isalnum() for c in r.text)])


class _Printed(NamedTuple):
    """A row as printed: all its cells, its words, the pages it begins and ends on."""

    cells: tuple[str, ...]
    span: Span
    begins: int
    ends: int


def _printed(doc: Document, cells: tuple[str, ...], spans: Sequence[Span]) -> _Printed:
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    pages = [doc.page_of(s) or 1 for s in spans]
    return _Printed(cells, span, min(pages), max(pages))


def _more_head(cells: tuple[str, ...], row: int) -> bool:
    """Whether a row before the first row of data is the header's: unnumbered cells, or the rest of one on the right."""
    filled = [n for n, c in enumerate(cells) if c]
    unnumbered = not any(re.match(r"\W*\d", c) for c in cells) and all(len(c) < LONG_HEAD for c in cells)
    return (unnumbered and (row == 0 and len(filled) > 2)) or (0 < row <= 2 and len(filled) == 1 and filled[0] > 1)


def _take(printed: list[_Printed], row: _Printed) -> None:
    """Adds a row, or joins it to the row above that it goes on with."""
    if not printed or not _is_rest(printed[-1], row):
        printed.append(row)
        return
    above = printed[-1]
    more = row.cells[-len(above.cells) :]
    cells = tuple(f"{a} {b}".strip() for a, b in zip(above.cells, (*more, *[""] * len(above.cells)), strict=False))
    printed[-1] = _Printed(cells, Span(above.span.start, row.span.end), above.begins, row.ends)


def _is_rest(above: _Printed, row: _Printed) -> bool:
    """Whether a row without a number goes on with the text above: it begins small, or cannot be read."""
    filled = [n for n, c in enumerate(row.cells) if c]
    first = row.cells[filled[0]] if filled else ""
    if not filled or is_number(row.cells[0]):
        return False
    open_ = filled[0] < len(above.cells) and not above.cells[filled[0]].endswith((".", ";"))
    if row.begins != above.ends:
        return first[0].islower() and open_
    dirt = len(first) > LEGIBLE and 2 * sum(map(is_syllable, words := LETTERS.findall(first))) < len(words)
    return len(filled) == 1 and filled[0] > 0 and (dirt or (open_ and (first[0].islower() or first[0] == "(")))


def _numbered(printed: Sequence[_Printed], heads: Sequence[tuple[str, ...]]) -> Iterator[TableRow]:
    """The rows with their numbers: in a column of their own, or before the first cell's text."""
    first = [row.cells[0] for row in printed]
    column = any(COUNTS.match(fold(h[0])) for h in heads if h) or 2 * sum(map(is_number, first)) > sum(map(bool, first))
    if not column:
        yield from (_leading(row) for row in printed)
        return
    short = [c if len(c) <= LONGEST_NUMBER else "" for c in first]
    alone = [sum(bool(c) for c in row.cells[1:]) == 1 for row in printed]
    for row, cell, number in zip(printed, short, row_numbers(short, alone=alone), strict=True):
        cells = row.cells[1:] if cell or not row.cells[0] else row.cells
        yield TableRow(number, cell or None, cells, row.span, row.begins)


def _leading(row: _Printed) -> TableRow:
    """A row whose number, if it has one, stands before the text of its first filled cell."""
    at = next(n for n, c in enumerate(row.cells) if c)
    match = LEADING.match(row.cells[at]) if at < 2 else None
    if not match:
        return TableRow(None, None, row.cells, row.span, row.begins)
    cells = (*row.cells[:at], row.cells[at][match.end() :], *row.cells[at + 1 :])
    return TableRow(match["marker"].rstrip(".)"), match["marker"], cells, row.span, row.begins)


def _grid(doc: Document, table: Table) -> Iterator[tuple[tuple[str, ...], list[Span]]]:
    """The texts of each row's cells, left to right, empty ones too, and the spans of the filled ones."""
    width = _width(table)
    ordered = sorted(table.cells, key=lambda c: (c.row, c.column))
    for _, cells in groupby(ordered, key=lambda c: c.row):
        texts, filled = [""] * width, []
        for cell in cells:
            if cell.lines:
                span = _words(doc, cell)
                texts[cell.column] = joined(doc, span)
                filled += [span] if span.start < span.end else []
        yield tuple(texts), filled


def _words(doc: Document, cell: Cell) -> Span:
    """The words of a cell's lines, which stand together: words are in the order of their lines."""
    start = bisect_left(doc.words, cell.lines[0], key=lambda w: w.line)
    return Span(start, bisect_right(doc.words, cell.lines[-1], lo=start, key=lambda w: w.line))


def _is_head(cells: tuple[str, ...], row: int, width: int) -> bool:
    """Whether a row is the table's header: most of its filled cells name columns, or count them (`(1) (2)`)."""
    filled = [fold(c) for c in cells if c]
    if row > 2 or not filled or (len(filled) == 1 and width > 2):
        return False
    if all(re.fullmatch(r"\(?\d\)?|\([a-z]\)", c) for c in filled) and len(filled) > 2:
        return True
    named = sum(bool(HEAD.match(c)) for c in filled)
    return named * 2 >= len(filled) and not is_number(cells[0])


def _rank(row: TableRow, *, titled: bool) -> int:
    """How deep a row's numbering stands, deeper ones higher; unnumbered rows deepest, but titles of groups."""
    marker = row.marker
    if marker is None:
        return 1 if titled and row.alone and not row.text.endswith((".", ";")) else 9
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
    # A list that opens with a title over its whole width is grouped by such titles, numbered rows under each.
    titled = len(rows) > 1 and rows[0].alone and rows[0].marker is None and rows[1].marker is not None
    ranks = [_rank(row, titled=titled) for row in rows]
    open_: list[int] = []
    counts: dict[int | None, int] = {}
    found: list[TableRow] = []
    for n, row in enumerate(rows):
        while open_ and ranks[open_[-1]] >= ranks[n]:
            open_.pop()
        parent = open_[-1] if open_ else None
        counts[parent] = counts.get(parent, 0) + 1
        found.append(replace(row, parent=parent, ordinal=counts[parent]))
        if grouped and row.alone and n + 1 < len(rows) and ranks[n] < ranks[n + 1]:
            open_.append(n)
    return tuple(found)
