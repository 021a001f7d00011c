"""A Frictionless Data Package (specs.frictionlessdata.io, version 1): what files and columns mean, and how they hang
together, for programs that know nothing of sohoa."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from pipeline.schema import TABLES, Column, Table

__all__ = ["descriptor", "dumped"]

NAME, TITLE = "sohoa-dataset", "Vietnamese administrative documents as data"


def descriptor(encoding: str = "utf-8") -> dict[str, Any]:
    """The content of datapackage.json beside one CSV file a table, `encoding` as Python calls it."""
    return {
        "profile": "tabular-data-package",
        "name": NAME,
        "title": TITLE,
        "description": "Made by sohoa. Boxes are pixels of the page as scanned, origin top left.",
        "resources": [_resource(t, encoding) for t in TABLES],
    }


def dumped(value: object) -> bytes:
    """JSON as it is written to files: readable, Vietnamese letters as they are."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(table: Table, encoding: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table.name.replace("_", "-"),
        "title": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": encoding,
        "schema": {
            "fields": [_field(c) for c in table.columns],
            "primaryKey": list(table.key),
            "foreignKeys": list(_foreign(table, TABLES)),
            "missingValues": [""],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    limits: dict[str, Any] = {"required": True} if column.required else {}
    if column.values:
        limits["enum"] = list(column.values)
    more: dict[str, Any] = {"constraints": limits} if limits else {}
    if column.type == "datetime":
        more["format"] = "any"
    return {"name": column.name, "type": column.type, "description": column.description, **more}


def _foreign(table: Table, tables: Iterable[Table]) -> Iterator[dict[str, Any]]:
    keys = {t.name: t.key[0] for t in tables}
    for c in table.columns:
        if c.references:
            resource = "" if c.references == table.name else c.references.replace("_", "-")
            yield {"fields": c.name, "reference": {"resource": resource, "fields": keys[c.references]}}
