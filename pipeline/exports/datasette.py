"""What Datasette needs to make a dataset.sqlite a site at once: descriptions, facets, saved questions, search.

`datasette outputs` finds both files. Made for Datasette 0.65 (docs.datasette.io, Metadata; Canned queries).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipeline.exports.datapackage import TITLE, dumped
from pipeline.exports.dataset import Dataset
from pipeline.exports.questions import questions
from pipeline.schema import TABLES, Table
from pipeline.whole import write_atomically

__all__ = ["export_datasette", "metadata"]

FACETS = {
    "documents": ["type_name", "issuer", "read_from", "needs_review"],
    "tasks": ["kind"],
    "assignments": ["role"],
    "dates": ["kind", "role"],
    "citations": ["relation", "type"],
    "bodies": ["kind", "level"],
    "sections": ["kind"],
    "recipients": ["role"],
    "evidence": ["table_name", "page"],
}
LABELS = {"documents": "source", "bodies": "name", "sections": "path", "tasks": "text", "dates": "text"}
SEARCH = """
SELECT d.code, d.subject, s.path, s.page, coalesce(s.text, s.heading) AS text, s.section_id
FROM search f JOIN documents d ON d.document_id = f.document_id LEFT JOIN sections s ON s.section_id = f.section_id
WHERE search MATCH replace(replace(:words, 'đ', 'd'), 'Đ', 'D') ORDER BY f.rank LIMIT 100
"""


def export_datasette(dataset: Dataset, target: str) -> None:
    """Write metadata.json for Datasette to the folder `target`, that of the dataset.

    Raises StoreError where it cannot be written.
    """
    next(dataset.rows(TABLES[0]), None)  # a dataset that is none is told now
    write_atomically(Path(target) / "metadata.json", dumped(metadata(dataset.path.stem)))


def metadata(database: str) -> dict[str, Any]:
    """The content of metadata.json for a file `database`.sqlite."""
    asked = {
        q.name: {"title": q.title, "sql": q.sql, "params": list(q.parameters)} for q in questions().values()
    }  # fmt: skip
    search = {"title": "Text that holds these words, marks aside", "sql": SEARCH.strip(), "params": ["words"]}
    return {
        "title": TITLE,
        "databases": {
            database: {"tables": {t.name: _table(t) for t in TABLES}, "queries": {"search_text": search, **asked}}
        },
    }


def _table(table: Table) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": table.description,
        "columns": {c.name: c.description for c in table.columns},
    }
    if table.name in FACETS:
        found["facets"] = FACETS[table.name]
    if table.name in LABELS:
        found["label_column"] = LABELS[table.name]
    return found
