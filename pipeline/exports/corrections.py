"""What people put right: kept apart from what was read, put back after every new reading, and winning.

A correction names a value by its table, its row's key and its column. It is never changed or taken away; a later one
of the same value wins. Where a newer reading lacks the row, the correction stays and is told of (`sohoa query lost`).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.exports import search
from pipeline.exports.sqlite_file import connected, demand, told
from pipeline.schema import KEPT, TABLES, Column, Table, Value

__all__ = ["Correction", "correct", "replay"]

#: Tables whose values can be corrected: those of one document with a key of one column, evidence and bookkeeping aside.
OPEN = {t.name: t for t in TABLES if len(t.key) == 1 and t.name not in (*KEPT, "evidence")}
LATEST = """
SELECT table_name, row_id, column_name, new FROM corrections WHERE document_id = ? ORDER BY made_at, correction_id
"""


TRUTH = {"true": True, "false": False, "1": True, "0": False}
#: How a column's type reads the text of a correction; KeyError or ValueError where it cannot.
AS: dict[str, Callable[[str], Value]] = {
    "string": str, "integer": int, "number": float, "boolean": TRUTH.__getitem__, "datetime": str,
}  # fmt: skip


class Correction(NamedTuple):
    """A value put right; `new` None says that the document does not tell it."""

    table: str
    row: str
    column: str
    new: str | None
    who: str
    note: str | None = None


def correct(dataset: Path, made: Correction, at: datetime) -> str | None:
    """Record a correction and make it; the value that was there.

    Raises UnreadableSource where there is no dataset, ConfigError where there is no such value or `new` cannot be one,
    StoreError where the dataset cannot be written.
    """
    demand(dataset)
    table, column = _place(made)
    value = _value(column, made)
    with told(dataset), closing(connected(dataset)) as db, db:
        db.execute("BEGIN IMMEDIATE")
        key = table.key[0]
        ask = f'SELECT document_id, "{column.name}" FROM "{table.name}" WHERE "{key}" = ?'  # noqa: S608 the schema's names
        found = db.execute(ask, (made.row,)).fetchone()
        if found is None:
            raise ConfigError(f"{table.name} has no row {made.row}", remedy="copy the row's key from the dataset")
        document, old = found
        (number,) = db.execute("SELECT count(*) FROM corrections WHERE document_id = ?", (document,)).fetchone()
        was = None if old is None else str(old)
        key_of_it = f"{document}:correction:{number + 1}"
        entry = (key_of_it, document, at.isoformat(), made.who, *made[:3], was, made.new, made.note)
        db.execute(f"INSERT INTO corrections VALUES ({', '.join('?' * len(entry))})", entry)  # noqa: S608
        _set(db, table, column, made.row, value)
        if table.name in ("documents", "sections"):
            search.forget(db, document)
            search.index(db, document)
    return was


def replay(db: sqlite3.Connection, document_id: str) -> None:
    """Make the corrections of a document whose rows were just written, the latest of a value last.

    Those that no table of this version can hold are left alone.
    """
    for name, row, column, new in db.execute(LATEST, (document_id,)).fetchall():
        made = Correction(name, row, column, new, "")
        with suppress(ConfigError):
            table, found = _place(made)
            _set(db, table, found, row, _value(found, made))


def _place(made: Correction) -> tuple[Table, Column]:
    table = OPEN.get(made.table)
    if table is None:
        raise ConfigError(f"no table {made.table!r} can be corrected", remedy=f"one of {', '.join(OPEN)}")
    free = {c.name: c for c in table.columns if c.name not in table.key and c.name != "document_id"}
    if made.column not in free:
        raise ConfigError(f"{made.table} has no column {made.column!r} to correct", remedy=f"one of {', '.join(free)}")
    return table, free[made.column]


def _value(column: Column, made: Correction) -> Value:
    """The new value as the column holds it. Raises ConfigError where it cannot."""
    if made.new is None:
        return None
    if column.values and made.new not in column.values:
        raise ConfigError(f"{column.name} cannot be {made.new!r}", remedy=f"one of {', '.join(column.values)}")
    try:
        return AS[column.type](made.new)
    except (KeyError, ValueError):
        remedy = f"it holds a value of type {column.type}"
        raise ConfigError(f"{column.name} cannot be {made.new!r}", remedy=remedy) from None


def _set(db: sqlite3.Connection, table: Table, column: Column, row: str, value: Value) -> None:
    statement = f'UPDATE "{table.name}" SET "{column.name}" = ? WHERE "{table.key[0]}" = ?'  # noqa: S608 the schema's names
    db.execute(statement, (value, row))
