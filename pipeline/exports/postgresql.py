"""The dataset in a PostgreSQL database, by SQLAlchemy: the tables of `schema`, made where they are missing.

All happens in one transaction: readers see the old or the new rows, and what fails leaves the database as it was.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from pipeline.errors import ConfigError, StoreError
from pipeline.exports.batches import batches
from pipeline.exports.dataset import Dataset
from pipeline.exports.needed import needed
from pipeline.schema import KEPT, TABLES, Row, Table, Value, table

if TYPE_CHECKING:
    import sqlalchemy as sa

__all__ = ["export_postgresql"]

#: Rows sent, and documents replaced, at once.
BATCH = 2000


def export_postgresql(dataset: Dataset, target: str) -> None:
    """Write the documents of `dataset` to the database `target`, `postgresql://user:password@host/name`.

    Documents that are there already are replaced, others stay. Raises ConfigError where `target` is no such address,
    StoreError where the database cannot be reached or refuses, MissingProgram where SQLAlchemy or psycopg is missing.
    """
    metadata = _metadata()
    with _connected(target) as db:
        metadata.create_all(db)
        _widen(db, metadata)
        ids = [row["document_id"] for row in dataset.rows(table("documents"))]
        for some in batches(ids, BATCH):
            for name, made in reversed(metadata.tables.items()):
                if name not in KEPT:
                    db.execute(made.delete().where(made.c.document_id.in_(some)))
        for of in TABLES:
            for rows in batches(dataset.rows(of), BATCH):
                db.execute(_insert(metadata.tables[of.name]), [_values(of, row) for row in rows])


@contextmanager
def _connected(target: str) -> Iterator[sa.Connection]:
    """A connection in a transaction; what goes wrong with it in one line, the password left out."""
    alchemy = needed("sqlalchemy")
    needed("psycopg")
    try:
        url = alchemy.make_url(target)
    except alchemy.exc.ArgumentError:
        raise _no_address(target) from None
    if url.get_backend_name() != "postgresql":
        raise _no_address(target)
    engine = alchemy.create_engine(url.set(drivername="postgresql+psycopg"), connect_args={"connect_timeout": 10})
    shown = url.set(drivername="postgresql").render_as_string(hide_password=True)
    try:
        with engine.begin() as db:
            yield db
    except alchemy.exc.DBAPIError as error:
        problem = str(error.orig).strip().splitlines()[0].strip()
        raise StoreError(f"{shown} cannot be written ({problem})", remedy=_remedy(problem)) from None
    finally:
        engine.dispose()


def _no_address(target: str) -> ConfigError:
    return ConfigError(f"{target} is no database", remedy="name it as postgresql://user:password@host/name")


def _remedy(problem: str) -> str:
    known = {
        "password": "check user and password",
        "authentication": "check user and password",
        "does not exist": "make it first (`createdb`)",
        "refused": "check host and port, and that the server runs",
        "permission denied": "ask its owner for the right to create tables",
    }
    return next((remedy for part, remedy in known.items() if part in problem), "check the address and run again")


@cache
def _metadata() -> sa.MetaData:
    alchemy = needed("sqlalchemy")
    metadata = alchemy.MetaData()
    for of in TABLES:
        alchemy.Table(of.name, metadata, *_columns(of), comment=of.description)
    return metadata  # type: ignore[no-any-return]


def _columns(of: Table) -> Iterator[sa.Column[Any]]:
    alchemy = needed("sqlalchemy")
    types = {
        "string": alchemy.Text(), "integer": alchemy.BigInteger(), "number": alchemy.Double(),
        "boolean": alchemy.Boolean(), "datetime": alchemy.DateTime(timezone=True),
    }  # fmt: skip
    for c in of.columns:
        points = []
        if c.references:
            key = f"{c.references}.{table(c.references).key[0]}"
            points = [alchemy.ForeignKey(key, deferrable=True, initially="DEFERRED")]
        more = {"primary_key": c.name in of.key, "nullable": not c.required, "index": bool(c.references)}
        yield alchemy.Column(c.name, types[c.type], *points, comment=c.description, **more)


def _widen(db: sa.Connection, metadata: sa.MetaData) -> None:
    """Add the columns that tables of an older version lack."""
    alchemy = needed("sqlalchemy")
    inspector = alchemy.inspect(db)
    for name, made in metadata.tables.items():
        there = {column["name"] for column in inspector.get_columns(name)}
        for column in made.columns:
            if column.name not in there:
                kind = column.type.compile(dialect=db.dialect)
                db.execute(alchemy.text(f'ALTER TABLE "{name}" ADD COLUMN "{column.name}" {kind}'))


def _insert(made: sa.Table) -> sa.Insert:
    from sqlalchemy.dialects.postgresql import insert

    statement = insert(made)
    if made.name not in KEPT:
        return statement
    if made.name != "bodies":
        return statement.on_conflict_do_nothing()
    alchemy = needed("sqlalchemy")
    newer = {c.name: alchemy.func.coalesce(statement.excluded[c.name], c) for c in made.columns if c.name != "body_id"}
    return statement.on_conflict_do_update(index_elements=["body_id"], set_=newer)


def _values(of: Table, row: Row) -> dict[str, Value | datetime]:
    return {
        c.name: datetime.fromisoformat(str(row[c.name])) if c.type == "datetime" and row[c.name] else row[c.name]
        for c in of.columns
    }
