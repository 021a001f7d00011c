"""What layout made of a document, as tests compare it."""

from __future__ import annotations

from pipeline.layout.rows import rows_of
from pipeline.types import Document


def told(doc: Document) -> list[tuple[str, str]]:
    """(zone, text) of each line; runs of body lines shortened to the first."""
    rows = [(row.zone, row.text) for row in rows_of(doc)]
    return [r for n, r in enumerate(rows) if r[0] != "body" or n == 0 or rows[n - 1][0] != "body"]


def zone(doc: Document, name: str) -> list[str]:
    return [row.text for row in rows_of(doc) if row.zone == name]
