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
from pipeline.exports.corrections import replay
from pipeline.exports.sqlite_file import connected, told
from pipeline.schema import KEPT, TABLES, Row, Rows, Table, columns

__all__ = ["add_run", "ddl", "export_sqlite"]

SQL_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "datetime": "TEXT"}
REFERENCES = tuple((t.name, c.name) for t in TABLES for c in t.columns if c.references == "bodies")
#: The bodies that a document names, whether a body is named by anything, the code of a document.
NAMED = " UNION ".join(
    f'SELECT "{c}" FROM "{t}" WHERE document_id = :id AND "{c}" IS NOT NULL'  # noqa: S608 the schema's names
    for t, c in REFERENCES
    if t != "bodies"
)
USED = " UNION ALL ".join(f'SELECT 1 FROM "{t}" WHERE "{c}" = :body' for t, c in REFERENCES)  # noqa: S608
CODE = "SELECT code FROM documents WHERE document_id = ?"
#: A citation means the one document of the dataset with its code and day. What is looked at: the citations of the
#: documents written, and those of their codes, before and after.
RESOLVE = """
UPDATE citations SET cited_document_id = (
    SELECT CASE WHEN count(*) = 1 THEN min(d.document_id) END
    FROM documents d WHERE d.code = citations.code AND d.issued = citations.issued
) WHERE document_id = :id OR code = :code
"""
#: What citations and documents are found by.
INDEXES = (
    "CREATE INDEX IF NOT EXISTS documents_code ON documents (code)",
    "CREATE INDEX IF NOT EXISTS citations_code ON citations (code)",
)


def export_sqlite(documents: Iterable[Rows], target: Path) -> None:
    """Write the rows of `documents` to the dataset `target`, made where it is missing.

    Raises StoreError, and leaves `target` as it was, where it is locked, read-only or no dataset, or the disk full.
    """
    with _writing(target) as db:
        for rows in documents:
            _replace(db, rows)


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
        with told(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            with closing(connected(target)) as db, db:
                db.execute("BEGIN IMMEDIATE")
                _prepare(db)
                yield db
    except BaseException:
        if new and target.exists() and not target.stat().st_size:
            target.unlink()
        raise


def _prepare(db: sqlite3.Connection) -> None:
    """Make the tables, and the columns that a dataset of an older version lacks."""
    for table in TABLES:
        there = {row[1] for row in db.execute(f'PRAGMA table_info("{table.name}")')}
        for c in table.columns if there else ():
            if c.name not in there:
                db.execute(f'ALTER TABLE "{table.name}" ADD COLUMN "{c.name}" {SQL_TYPES[c.type]}')
        for statement in ddl(table):
            db.execute(statement)
    for statement in INDEXES:
        db.execute(statement)
    search.prepare(db)


def _replace(db: sqlite3.Connection, rows: Rows) -> None:
    """Write a document in the place of what is there of it, put corrections back, and mend what points to it."""
    document_id = str(rows["documents"][0]["document_id"])
    codes = {str(code) for (code,) in db.execute(CODE, (document_id,)) if code}
    bodies = {str(body) for (body,) in db.execute(NAMED, {"id": document_id})}
    search.forget(db, document_id)
    for table in reversed(TABLES):
        if table.name not in KEPT:
            db.execute(f'DELETE FROM "{table.name}" WHERE document_id = ?', (document_id,))  # noqa: S608 the schema's name
    _upsert_bodies(db, rows["bodies"])
    for table in TABLES:
        if table.name not in KEPT:
            _insert(db, table.name, rows.get(table.name, ()))
    replay(db, document_id)
    search.index(db, document_id)
    codes |= {str(code) for (code,) in db.execute(CODE, (document_id,)) if code}
    for code in codes or {""}:
        db.execute(RESOLVE, {"id": document_id, "code": code})
    _drop_orphans(db, bodies)


def _insert(db: sqlite3.Connection, table: str, rows: Iterable[Row], more: str = "") -> None:
    names = columns(table)
    marks = ", ".join("?" * len(names))
    statement = f'INSERT INTO "{table}" ({_names(names)}) VALUES ({marks}) {more}'  # noqa: S608 the schema's names
    db.executemany(statement, ([row[n] for n in names] for row in rows))


def _upsert_bodies(db: sqlite3.Connection, rows: Iterable[Row]) -> None:
    """Bodies are shared: a document adds what it knows of one and takes nothing away."""
    known = ", ".join(f'"{n}" = coalesce(excluded."{n}", "{n}")' for n in columns("bodies")[2:])
    _insert(db, "bodies", rows, f"ON CONFLICT (body_id) DO UPDATE SET {known}")


def _drop_orphans(db: sqlite3.Connection, bodies: set[str]) -> None:
    """Remove those of `bodies` that nothing points to any more, and then their parents."""
    while bodies:
        kin: set[str] = set()
        for body in sorted(bodies):
            if not db.execute(USED, {"body": body}).fetchone():
                found = db.execute("SELECT parent_id, successor_id FROM bodies WHERE body_id = ?", (body,)).fetchall()
                kin |= {other for pair in found for other in pair if other}
                db.execute("DELETE FROM bodies WHERE body_id = ?", (body,))
        bodies = kin
