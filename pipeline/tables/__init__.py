"""Decree -> rows of the dataset, evidence included.

    rows = decree_rows(decree, config="{}", version="0.1.0")
    frames(rows)["tasks"]       # the same as typed data frames

Keys depend on the source file alone: the same file gives the same keys on every run and every machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.records import Decree
from pipeline.schema import TABLES, Row, Rows, columns
from pipeline.tables.evidence import evidence
from pipeline.tables.keys import Keys, body_id, section_ids
from pipeline.tables.printed import SURE, document_row, doubts, header_fields, line_rows, page_rows, table_cell_rows
from pipeline.tables.said import (
    assignment_rows,
    body_rows,
    citation_rows,
    date_rows,
    deadline_rows,
    recipient_rows,
    section_rows,
    stamp_rows,
    task_rows,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["SURE", "body_id", "decree_rows", "doubts", "frames", "header_fields", "section_ids"]

MAKERS = {
    "bodies": body_rows,
    "pages": page_rows,
    "lines": line_rows,
    "sections": section_rows,
    "tasks": task_rows,
    "assignments": assignment_rows,
    "dates": date_rows,
    "deadlines": deadline_rows,
    "citations": citation_rows,
    "recipients": recipient_rows,
    "stamps": stamp_rows,
    "table_cells": table_cell_rows,
    "evidence": evidence,
}
PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean", "datetime": "string"}


def decree_rows(decree: Decree, *, config: str, version: str) -> Rows:
    """The rows of one decree by table, each with all columns of its table, parents before children.

    `config` and `version` tell what made it. `corrections` and `runs` are not the decree's and stay empty.
    """
    keys = Keys(decree)
    rows: dict[str, list[Row]] = {name: list(make(keys)) for name, make in MAKERS.items()}
    rows["documents"] = [document_row(keys, config=config, version=version)]
    return {t.name: [_complete(t.name, r) for r in rows.get(t.name, ())] for t in TABLES}


def frames(rows: Rows) -> dict[str, pd.DataFrame]:
    """`rows` as data frames with the columns and nullable types of the schema."""
    import pandas as pd

    typed = {}
    for table in TABLES:
        frame = pd.DataFrame(list(rows.get(table.name, ())), columns=list(columns(table.name)))
        typed[table.name] = frame.astype({c.name: PANDAS[c.type] for c in table.columns})
    return typed


def _complete(table: str, row: Row) -> Row:
    return {name: row.get(name) for name in columns(table)}
