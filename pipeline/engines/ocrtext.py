"""OCR text as an engine: what another program read, without pixels. Pages end with form feeds."""

from __future__ import annotations

import re

from pipeline.sheet import Sheet
from pipeline.types import Line, Page, PageReading, Word

__all__ = ["OcrTextEngine"]


#: What stands between two columns where a program kept their places: tabs or so many blanks within a line.
GAP = re.compile(r"(?<=\S)(?: *\t *\t\s*|\s{4,})(?=\S)")


class OcrTextEngine:
    """Reads a text sheet as it stands, columns that stand apart on one line as lines of their own. Words have no boxes.

    A run of empty lines comes out as one line without words: it tells layout where a block ends.
    """

    name = "ocr_text"

    def read(self, sheet: Sheet) -> PageReading:
        """The page's lines in their order. Raises PageError where the sheet is no text."""
        rows = _without_runs([part.split() for row in sheet.text().splitlines() for part in GAP.split(row)])
        words = (Word(text, None, n) for n, row in enumerate(rows) for text in row)
        page = Page(sheet.number, engine=self.name, read_from="ocr_text")
        return PageReading(page, tuple(Line(sheet.number) for _ in rows), tuple(words))


def _without_runs(rows: list[list[str]]) -> list[list[str]]:
    """The rows with every run of empty ones cut to one, none at the ends."""
    kept = [row for before, row in zip([[], *rows], rows, strict=False) if row or before]
    return kept[:-1] if kept and not kept[-1] else kept
