"""The stage that says what each line is: zones, columns, reading order, cells of tables."""

from __future__ import annotations

from pipeline.types import Document

__all__ = ["layout"]


def layout(doc: Document) -> Document:
    """`doc` with zones on its lines and its lines in reading order.

    Idempotent: a document that has zones already comes back as it is.
    """
    from pipeline.layout.rows import document_of, rows_of
    from pipeline.layout.wording import lay_out_text

    if any(line.zone not in ("body", "table") for line in doc.lines):
        return doc
    return document_of(doc, lay_out_text(rows_of(doc)))
