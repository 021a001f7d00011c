"""The dataset as one SQLite file.

A document's rows are replaced together, in one transaction, and no others: readers see the old or the new ones.
The rollback journal is kept (no write-ahead log): the file alone is the dataset, also on read-only media.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.exports import search
from pipeline.exports.sqlite_file import told
from pipeline.schema import TABLES, Row, Rows, Table, columns

__all__ = ["add_run", "ddl", "export_sqlite"]

SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "datetime": "TEXT"}
#: Tables whose rows outlive a document's digitising.
KEPT = ("bodies", "corrections", "runs")
#: Seconds to wait for another program that is writing.
PATIENCE = 20.0
REFERENCES = tuple((t.name, c.name) for t in TABLES for c in t.columns if c.references == "bodies")
#: A citation means the one document of the dataset with its code and day.
RESOLVE = """
UPDATE citations SET cited_document_id = found.id FROM (
    SELECT c.citation_id AS citation, CASE WHEN count(d.document_id) = 1 THEN min(d.document_id) END AS id
    FROM citations c LEFT JOIN documents d ON d.code = c.code AND d.issued = c.issued
    GROUP BY c.citation_id
) AS found WHERE citation_id = found.citation AND cited_document_id IS NOT found.id
"""


def export_sqlite(documents: Iterable[Rows], target: Path) -> None:
    """Write the rows of `documents` to the dataset `target`, made where it is missing.

    Raises StoreError, and leaves `target` as it was, where it is locked, read-only or no dataset, or the disk full.
    """
    with _writing(target) as db:
        for rows in documents:
            _replace(db, rows)
        _drop_orphans(db)
        db.execute(RESOLVE)


def add_run(run: Row, target: Path) -> None:
    """Add one row to `runs`. Raises StoreError as export_sqlite does."""
    with _writing(target) as db:
        _insert(db, "runs", [run])


def ddl(table: Table) -> Iterator[str]:
    """The SQL that makes `table` and the indexes that keep its foreign keys fast."""
    lines = [_column(table, c.name) for c in table.columns]
    lines.append(f"PRIMARY KEY ({_names(table.key)})")
    for c in table.columns:
        if c.references:
            key = "body_id" if c.references == "bodies" else f"{c.references[:-1]}_id"
            lines.append(
                f'FOREIGN KEY ("{c.name}") REFERENCES "{c.references}" ("{key}") DEFERRABLE INITIALLY DEFERRED'
            )
    inside = ",\n    ".join(lines)
    yield f'CREATE TABLE IF NOT EXISTS "{table.name}" (\n    {inside}\n)'
    for c in table.columns:
        if c.references:
            yield f'CREATE INDEX IF NOT EXISTS "{table.name}_{c.name}" ON "{table.name}" ("{c.name}")'


def _column(table: Table, name: str) -> str:
    column = next(c for c in table.columns if c.name == name)
    values = ", ".join(f"'{v}'" for v in column.values)
    check = f' CHECK ("{name}" IN ({values}))' if values else ""
    return f'"{name}" {SQL_TYPES[column.type]}{" NOT NULL" if column.required else ""}{check}'


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{n}"' for n in names)


@contextmanager
def _writing(target: Path) -> Iterator[sqlite3.Connection]:
    """A connection in a transaction over a dataset that has every table: all of it happens, or nothing."""
    new = not target.exists()
    try:
        with told(target), closing(_connected(target)) as db, db:
            db.execute("BEGIN IMMEDIATE")
            _prepare(db)
            yield db
    except BaseException:
        if new and target.exists() and not target.stat().st_size:
            target.unlink()
        raise


def _connected(target: Path) -> sqlite3.Connection:
    target.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(target, timeout=PATIENCE)
    db.execute("PRAGMA foreign_keys = ON")
    return db


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables, and the columns that a dataset of an older version lacks."""
    for table in TABLES:
        there = {row[1] for row in db.execute(f'PRAGMA table_info("{table.name}")')}
        for c in table.columns if there else ():
            if c.name not in there:
                db.execute(f'ALTER TABLE "{table.name}" ADD COLUMN "{c.name}" {SQL_TYPES[c.type]}')
        for statement in ddl(table):
            db.execute(statement)
    search.prepare(db)


def _replace(db: sqlite3.Connection, rows: Rows) -> None:
    document_id = str(rows["documents"][0]["document_id"])
    search.forget(db, document_id)
    for table in reversed(TABLES):
        if table.name not in KEPT:
            db.execute(f'DELETE FROM "{table.name}" WHERE document_id = ?', (document_id,))  # noqa: S608 the schema's name
    _upsert_bodies(db, rows["bodies"])
    for table in TABLES:
        if table.name not in KEPT:
            _insert(db, table.name, rows.get(table.name, ()))
    search.add(db, rows)


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Row], more: str = "") -> None:
    names = columns(table)
    marks = ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table}" ({_names(names)}) VALUES ({marks}) {more}'  # noqa: S608 the schema's names
    db.executemany(statement, ([row[n] for n in names] for row in rows))


def _upsert_bodies(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Bodies are shared: a document adds what it knows of one and takes nothing away."""
    known = ", ".join(f'"{n}" = coalesce(excluded."{n}", "{n}")' for n in columns("bodies")[2:])
    _insert(db, "bodies", rows, f"ON CONFLICT (body_id) DO UPDATE SET {known}")


def _drop_orphans(db: sqlite3.Connection) -> None:
    """Remove bodies that nothing points to any more, and then their parents."""
    used = " UNION ".join(f'SELECT "{c}" FROM "{t}" WHERE "{c}" IS NOT NULL' for t, c in REFERENCES)  # noqa: S608
    while db.execute(f"DELETE FROM bodies WHERE body_id NOT IN ({used})").rowcount:  # noqa: S608 the schema's names
        pass
