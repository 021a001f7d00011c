"""The dataset card: what a stranger must know before using the tables, headed as the Hugging Face Hub reads it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.schema import TABLES, Column, Table

__all__ = ["card", "dictionary"]

TEXT = """\
# Vietnamese administrative documents as data
Scanned or retyped documents of Vietnamese authorities, read by sohoa: header, outline, tasks, who must do them, by
when, what they cite. Text is Vietnamese, NFC.

## What to know before use
- Read by machine. `score` is the chance that a value is right; `documents.needs_review` marks what somebody should
  look at.
- Null means: the document does not say, or it could not be read. Nothing is guessed; an uncertain day is EDTF
  (`2021-03-1X`), bounded by `starts` and `ends`.
- `evidence` traces every value to boxes in pixels of the page as scanned, and tells what was read first.
- Documents of authorities are not protected by copyright in Vietnam (Luật Sở hữu trí tuệ, article 15), but may name
  persons: mind the law on personal data.

## Tables
| table | rows | what a row is |
|---|--:|---|
"""


def card(rows: Mapping[str, int]) -> str:
    """README.md of a folder of Parquet files with so many rows a table."""
    configs = "".join(f"- config_name: {t.name}\n  data_files: {t.name}.parquet\n" for t in TABLES)
    size = next(name for limit, name in SIZES if rows.get("documents", 0) < limit)
    head = f"---\nlanguage:\n- vi\nsize_categories:\n- {size}\nconfigs:\n{configs}---\n"
    table = "".join(f"| `{t.name}` | {rows.get(t.name, 0):,} | {t.description} |\n" for t in TABLES)
    return f"{head}{TEXT}{table}"


DICTIONARY = """\
# The dataset
Tables and columns as `pipeline/schema_columns.py` has them. A column in bold is the key, or a part of it.
"""
#: Sizes as the Hub names them, by the first number that is too large.
SIZES = ((1e3, "n<1K"), (1e4, "1K<n<10K"), (1e5, "10K<n<100K"), (1e6, "100K<n<1M"), (float("inf"), "n>1M"))


def dictionary() -> str:
    """Every table and column in Markdown: docs/dataset.md, which a test keeps as the schema says."""
    return DICTIONARY + "".join(_described(t) for t in TABLES)


def _described(table: Table) -> str:
    rows = "".join(f"| {_named(table, c)} | {_typed(c)} | {c.description} |\n" for c in table.columns)
    return f"\n## {table.name}\n{table.description}.\n\n| column | type | what it holds |\n|---|---|---|\n{rows}"


def _named(table: Table, column: Column) -> str:
    return f"**{column.name}**" if column.name in table.key else column.name


def _typed(column: Column) -> str:
    points = f" -> {column.references}" if column.references else ""
    values = f": {', '.join(column.values)}" if column.values else ""
    return f"{column.type}{points}{values}"
