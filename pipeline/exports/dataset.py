"""The dataset as what exports read: rows of a table, or of a document, one by one, in an order that never changes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError, StoreError
from pipeline.exports.sqlite_file import reading
from pipeline.schema import TABLES, Row, Rows, Table, Value, table

__all__ = ["Dataset"]

#: Tables that are not of one document, with the columns that order them.
SHARED = {"bodies": "body_id", "runs": "started, run_id"}


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset.sqlite, opened for reading; `where`, a condition in SQL on `documents`, picks some of its documents."""

    path: Path
    where: str | None = None

    def rows(self, of: Table) -> Iterator[Row]:
        """The rows of a table: documents by their ids, their rows in reading order; bodies that the rows name.

        Raises UnreadableSource where there is no dataset, StoreError where it is damaged or of another version,
        ConfigError where `where` is no condition.
        """
        with self._reading() as db:
            for row in db.execute(self._statement(of)):
                yield _row(of, row)

    def documents(self) -> Iterator[Rows]:
        """The rows of each document, bodies that they name included. Raises as `rows` does."""
        bodies = {str(row["body_id"]): row for row in self.rows(table("bodies"))}
        streams = {t: _by_document(self.rows(t)) for t in TABLES if t.name not in SHARED}
        heads = {t: next(stream, None) for t, stream in streams.items()}
        while heads[table("documents")]:
            document = heads[table("documents")][0]  # type: ignore[index]
            rows: dict[str, Sequence[Row]] = {}
            for t, head in heads.items():
                own = head is not None and head[0] == document
                rows[t.name] = head[1] if head and own else ()
                heads[t] = next(streams[t], None) if own else head
            named = {str(row[c]) for t in streams for row in rows[t.name] for c in _pointing(t)}
            rows["bodies"] = [bodies[b] for b in sorted(_with_kin(bodies, named))]
            yield {t.name: rows[t.name] for t in TABLES if t.name != "runs"}

    def _statement(self, of: Table) -> str:
        """The query for a table's rows. Names are the schema's; `where` is the user's own, on a read-only file."""
        picked = f"SELECT document_id FROM documents WHERE {self.where}" if self.where else ""  # noqa: S608
        # A citation of a document that was not picked points to nothing here.
        names = ", ".join(
            f'CASE WHEN t."{c.name}" IN ({picked}) THEN t."{c.name}" END'
            if picked and c.references == "documents" and not c.required
            else f't."{c.name}"'
            for c in of.columns
        )
        if of.name in SHARED:
            within = f"WHERE body_id IN ({_bodies_of(picked)})" if picked and of.name == "bodies" else ""
            return f"SELECT {names} FROM {of.name} t {within} ORDER BY {SHARED[of.name]}"  # noqa: S608
        order = ", ".join(f't."{c}"' for c in of.key) if of.key[0] == "document_id" else "t.document_id, t.rowid"
        within = f"WHERE t.document_id IN ({picked})" if picked else ""
        return f"SELECT {names} FROM {of.name} t {within} ORDER BY {order}"  # noqa: S608

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        with reading(self.path) as db:
            self._examine(db)
            yield db

    def _examine(self, db: sqlite3.Connection) -> None:
        """Raises StoreError where the tables are of another version, ConfigError where `where` is no condition."""
        for t in TABLES:
            there = {row[1] for row in db.execute(f'PRAGMA table_info("{t.name}")')}
            if lacking := [c.name for c in t.columns if c.name not in there]:
                problem = f"{self.path} is of another version (no {t.name}.{lacking[0]})"
                raise StoreError(problem, remedy="run `sohoa digitise` on it once")
        try:
            db.execute(f"SELECT document_id FROM documents WHERE {self.where or '1'} LIMIT 0")  # noqa: S608
        except (sqlite3.OperationalError, sqlite3.Warning) as error:
            raise ConfigError(
                f"--where {self.where!r} cannot be asked ({error})",
                remedy="a condition on columns of documents, like \"issuer LIKE '%Y tế%' AND issued >= '2021'\"",
            ) from None


def _pointing(of: Table) -> Iterator[str]:
    return (c.name for c in of.columns if c.references == "bodies")


def _with_kin(bodies: Mapping[str, Row], named: Iterable[str]) -> set[str]:
    """The bodies named, their parents and successors, and theirs."""
    found: set[str] = set()
    left = {b for b in named if b in bodies}
    while left:
        found |= left
        kin = {str(bodies[b][c]) for b in left for c in _pointing(table("bodies"))}
        left = {b for b in kin if b in bodies} - found
    return found


def _bodies_of(picked: str) -> str:
    """The query for the bodies that rows of the picked documents name, and the parents and successors of these."""
    named = " UNION ".join(
        f'SELECT "{c}" FROM {t.name} WHERE document_id IN ({picked})'  # noqa: S608 the schema's names
        for t in TABLES
        if t.name not in SHARED
        for c in _pointing(t)
    )
    return (
        f"WITH RECURSIVE used(id) AS ({named} UNION SELECT unnested.id FROM used JOIN ("  # noqa: S608
        "SELECT body_id AS child, parent_id AS id FROM bodies UNION SELECT body_id, successor_id FROM bodies"
        ") AS unnested ON unnested.child = used.id WHERE unnested.id IS NOT NULL) SELECT id FROM used"
    )


def _by_document(rows: Iterator[Row]) -> Iterator[tuple[Value, list[Row]]]:
    return ((document, list(some)) for document, some in groupby(rows, key=lambda row: row["document_id"]))


def _row(of: Table, values: Sequence[Any]) -> Row:
    """A row with its booleans as booleans: SQLite has none."""
    return {
        c.name: bool(value) if c.type == "boolean" and value is not None else value
        for c, value in zip(of.columns, values, strict=True)
    }
