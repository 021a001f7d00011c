"""Rows of what stands on paper: documents, pages, lines, table cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields

from pipeline.edtf import bounds
from pipeline.records import Decree, Header
from pipeline.schema import Row, Value
from pipeline.tables.keys import Keys, body_id, edges, mean_score
from pipeline.types import Found, Word

__all__ = ["SURE", "document_row", "doubts", "header_fields", "line_rows", "page_rows", "table_cell_rows"]

#: Header fields a document cannot do without: where one is missing, a person should look.
EXPECTED = ("type_name", "issuer", "code", "issued", "subject", "signer_position")
#: A value less sure than this is a doubt.
SURE = 0.5


def header_fields(header: Header) -> dict[str, Found[str]]:
    """The header fields that were found, by name."""
    return {f.name: found for f in fields(Header) if (found := getattr(header, f.name)) is not None}


def doubts(decree: Decree) -> tuple[str, ...]:
    """What a person should look at, a phrase each; empty where nothing is missing or doubtful."""
    found = header_fields(decree.header)
    starts, ends = bounds(found["issued"].value if "issued" in found else None)
    return (
        *(f"page {p.number} was not read ({p.error})" for p in decree.document.pages if p.error),
        *(f"{name} was not found" for name in EXPECTED if name not in found),
        *((f"the day of issue is known only as {found['issued'].value}",) if starts != ends else ()),
        *(f"{name} is uncertain" for name, value in found.items() if value.score < SURE),
        *(f"task {decree.sections[t.section].path} is uncertain" for t in decree.tasks if t.text.score < SURE),
    )


def document_row(keys: Keys, *, config: str, version: str) -> Row:
    """The row of `documents`."""
    doc = keys.decree.document
    header: dict[str, Value] = {name: f.value for name, f in header_fields(keys.decree.header).items()}
    issued, issuer = header.get("issued"), header.get("issuer")
    starts, ends = bounds(str(issued) if issued else None)
    return header | {
        "document_id": keys.id, "source": doc.source, "sha256": doc.sha256, "media_type": doc.media_type,
        "pages": len(doc.pages), "read_from": doc.read_from, "issuer_id": body_id(str(issuer)) if issuer else None,
        "issued_starts": starts, "issued_ends": ends, "score": mean_score([w for _, w in doc.printed()]),
        "needs_review": bool(doubts(keys.decree)), "config": config, "version": version,
    }  # fmt: skip


def page_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `pages`, failed pages included. A page without pixels has no size."""
    doc = keys.decree.document
    words: dict[int, list[Word]] = defaultdict(list)
    for word in doc.words:
        words[doc.lines[word.line].page].append(word)
    for page in doc.pages:
        yield {
            "document_id": keys.id, "page": page.number, "width": page.width or None, "height": page.height or None,
            "dpi": page.dpi or None, "rotation": page.rotation, "skew": page.skew, "engine": page.engine or None,
            "read_from": page.read_from, "words": len(words[page.number]), "score": mean_score(words[page.number]),
            "error": page.error,
        }  # fmt: skip


def line_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `lines`: printed lines that have words."""
    for i, number in keys.line_numbers.items():
        line, words = keys.decree.document.lines[i], keys.words(i)
        yield {
            "document_id": keys.id, "page": line.page, "line": number, "zone": line.zone,
            "text": " ".join(w.text for w in words), "raw": " ".join(w.raw for w in words),
            **edges(line.box), "score": mean_score(words),
        }  # fmt: skip


def table_cell_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `table_cells`, tables numbered from 1."""
    doc = keys.decree.document
    for n, table in enumerate(doc.tables, start=1):
        for cell in table.cells:
            words = [w for i in cell.lines for w in keys.words(i)]
            yield {
                "document_id": keys.id, "table": n, "row": cell.row, "column": cell.column,
                "row_span": cell.row_span, "column_span": cell.column_span, "is_header": cell.row == 0,
                "text": " ".join(w.text for w in words) or None,
                "page": doc.lines[cell.lines[0]].page if cell.lines else table.page,
                **edges(cell.box), "score": mean_score(words),
            }  # fmt: skip
