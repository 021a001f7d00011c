"""One workbook, a sheet a table: heads that stay, filters, widths that can be read, and a first sheet that explains."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from pathlib import Path
from typing import Any

from pipeline.errors import StoreError
from pipeline.exports.dataset import Dataset
from pipeline.exports.needed import needed
from pipeline.schema import TABLES, Value
from pipeline.whole import replacing

__all__ = ["export_xlsx"]

#: Excel's own limits: rows of a sheet, letters of a cell.
ROWS, LETTERS = 1_048_576, 32_767
#: What ends a text that a cell cannot hold.
CUT = " [cut]"
#: Rows that widths are taken from; the narrowest and the widest column, in letters.
LOOKED_AT, NARROWEST, WIDEST = 200, 8, 60
#: The same file for the same dataset: a workbook would tell the minute it was made in.
MADE = datetime(2000, 1, 1)


def export_xlsx(dataset: Dataset, target: str) -> None:
    """Write the workbook `target`.

    Raises StoreError where it cannot be written or a table has more rows than a sheet can hold, MissingProgram where
    openpyxl is not installed.
    """
    with _workbook() as book, replacing(Path(target)) as file:
        _add(book, "columns", ("table", "column", "type", "description"), _explained(), target)
        for table in TABLES:
            names = [c.name for c in table.columns]
            _add(book, table.name, names, ([row[n] for n in names] for row in dataset.rows(table)), target)
        book.save(file)


@contextmanager
def _workbook() -> Iterator[Any]:
    """A workbook whose sheets, files of their own until it is saved, are closed whatever happens."""
    book = needed("openpyxl").Workbook(write_only=True)
    book.properties.created = book.properties.modified = MADE
    try:
        yield book
    except BaseException:
        for sheet in book.worksheets:
            sheet.close()
        raise


def _explained() -> Iterator[Sequence[Value]]:
    for table in TABLES:
        yield (table.name, None, None, table.description)
        yield from ((table.name, c.name, c.type, c.description) for c in table.columns)


def _add(book: Any, name: str, head: Sequence[str], rows: Iterator[Sequence[Value]], target: str) -> None:
    """One sheet; widths must be known before the first row is written."""
    cells = needed("openpyxl.utils")
    sheet = book.create_sheet(name)
    first = list(islice(rows, LOOKED_AT))
    for n, column in enumerate(head, start=1):
        widest = max((len(str(row[n - 1])) for row in first if row[n - 1] is not None), default=0)
        width = min(WIDEST, max(NARROWEST, len(column), widest) + 2)
        sheet.column_dimensions[cells.get_column_letter(n)].width = width
    sheet.freeze_panes = "A2"
    sheet.append(_cells(sheet, head))
    count = 1
    for count, row in enumerate(chain(first, rows), start=2):
        if count > ROWS:
            raise StoreError(
                f"{target} cannot be written ({name} has more than {ROWS:,} rows)",
                remedy="pick documents with --where, or export to parquet",
            )
        sheet.append(_cells(sheet, row))
    sheet.auto_filter.ref = f"A1:{cells.get_column_letter(len(head))}{count}"


def _cells(sheet: Any, row: Sequence[Value]) -> list[Any]:
    """The values as cells; text stays text, also where it begins like a formula, without what no cell can hold."""
    cell = needed("openpyxl.cell")
    illegal = needed("openpyxl.cell.cell").ILLEGAL_CHARACTERS_RE
    out: list[Any] = []
    for value in row:
        if isinstance(value, str):
            text = illegal.sub("", value)
            made = cell.WriteOnlyCell(sheet, text if len(text) <= LETTERS else text[: LETTERS - len(CUT)] + CUT)
            made.data_type = "s"
            out.append(made)
        else:
            out.append(value)
    return out
