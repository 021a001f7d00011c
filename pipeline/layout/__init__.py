"""The stage that says what each line is: zones, columns, reading order, cells of tables."""

from __future__ import annotations

from pipeline.types import Document

__all__ = ["layout"]


def layout(doc: Document) -> Document:
    """`doc` with zones on its lines and its lines in reading order. Idempotent."""
    return doc
