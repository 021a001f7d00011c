"""The tables of the dataset: columns, types, descriptions, keys. Everything that writes or reads one starts here.

A row is a mapping of column names to values; `Rows` holds the rows of one document by table name. The first
column of a table is its primary key where its name ends in `_id`, else the key is the document and what orders
the rows within it. Names are a contract with other tools: columns are added, never renamed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pipeline.schema_columns import COLUMNS

__all__ = ["KEPT", "TABLES", "Column", "Row", "Rows", "Table", "Type", "Value", "columns", "table"]

Type = Literal["string", "integer", "number", "boolean", "datetime"]
Value: TypeAlias = "str | int | float | bool | None"
Row: TypeAlias = Mapping[str, Value]
#: The rows of one document: table name -> its rows, in reading order.
Rows: TypeAlias = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `references` names the table whose first column it points to; `values` all it may hold."""

    name: str
    type: Type
    description: str
    required: bool = False
    references: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` names the columns of its primary key."""

    name: str
    description: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _column(line: str, key: tuple[str, ...]) -> Column:
    """A column from its line `name type [-> table | one|of|these]: description`."""
    head, description = line.split(": ", 1)
    name, kind, *rest = head.split()
    references = rest[1] if rest[:1] == ["->"] else None
    values = tuple(rest[0].split("|")) if rest and not references else ()
    return Column(name, kind, description, name in key or name == "document_id", references, values)  # type: ignore[arg-type]


def _table(name: str, text: str) -> Table:
    """A table from its lines: description, key, columns."""
    description, keys, *lines = text.strip().splitlines()
    key = tuple(keys.removeprefix("key: ").split())
    return Table(name, description, key, tuple(_column(line, key) for line in lines))


#: Every table, parents before the tables that point to them.
TABLES: tuple[Table, ...] = tuple(_table(name, text) for name, text in COLUMNS.items())
#: Tables whose rows outlive a document: a new reading, and an export, leaves them there.
KEPT = ("bodies", "corrections", "runs")
BY_NAME = {t.name: t for t in TABLES}


def table(name: str) -> Table:
    """The table called `name`. Raises KeyError where there is none."""
    return BY_NAME[name]


def columns(name: str) -> tuple[str, ...]:
    """The column names of the table called `name`, in order."""
    return tuple(c.name for c in table(name).columns)
