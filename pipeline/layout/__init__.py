"""The stage that says what each line is: zones, columns, reading order, cells of tables."""

from __future__ import annotations

from pipeline.types import Document

__all__ = ["layout"]


def layout(doc: Document) -> Document:
    """`doc` with zones on its lines and its lines in reading order.

    Words with boxes are laid out by their places, words without by their wording.
    Idempotent: a document that has zones already comes back as it is.
    """
    from pipeline.layout.geometry import lay_out_pages
    from pipeline.layout.rows import document_of, rows_of
    from pipeline.layout.wording import lay_out_text

    if any(line.zone not in ("body", "table", "banner") for line in doc.lines):
        return doc
    rows = rows_of(doc)
    placed = any(word.box for word in doc.words)
    return document_of(doc, lay_out_pages(doc, rows) if placed else lay_out_text(rows))
