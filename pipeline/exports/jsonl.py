"""JSON Lines: one whole document a line, its tables inside; and the JSON Schema (draft 2020-12) of such a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.exports.datapackage import dumped
from pipeline.exports.dataset import Dataset
from pipeline.schema import TABLES, Column, Table, table
from pipeline.whole import replacing_files

__all__ = ["export_jsonl", "json_schema"]

#: Tables that are no list in a line: its own row, and what is of no document.
LEFT_OUT = ("documents", "runs")


def export_jsonl(dataset: Dataset, target: str) -> None:
    """Write documents.jsonl and documents.schema.json to the folder `target`.

    Raises StoreError where it cannot be written.
    """
    with replacing_files(Path(target)) as folder:
        with (folder / "documents.jsonl").open("w", encoding="utf8", newline="\n") as out:
            for rows in dataset.documents():
                (own,) = rows["documents"]
                whole = {"document": own} | {name: some for name, some in rows.items() if name != "documents"}
                out.write(json.dumps(whole, ensure_ascii=False) + "\n")
        (folder / "documents.schema.json").write_bytes(dumped(json_schema()))


def json_schema() -> dict[str, Any]:
    """What a line of documents.jsonl holds: `document`, its own row, and under each other table's name its rows."""
    parts: dict[str, Any] = {
        t.name: {"type": "array", "description": t.description, "items": _object(t)}
        for t in TABLES
        if t.name not in LEFT_OUT
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A document of the dataset",
        "type": "object",
        "properties": {"document": _object(table("documents")), **parts},
        "required": ["document", *parts],
        "additionalProperties": False,
    }


def _object(of: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "description": of.description,
        "properties": {c.name: _property(c) for c in of.columns},
        "required": [c.name for c in of.columns],
        "additionalProperties": False,
    }


def _property(column: Column) -> dict[str, Any]:
    kind = "string" if column.type == "datetime" else column.type
    found: dict[str, Any] = {"type": kind if column.required else [kind, "null"], "description": column.description}
    if column.values:
        found["enum"] = [*column.values] if column.required else [*column.values, None]
    return found
