"""The dataset card: what a stranger must know before using the tables, headed as the Hugging Face Hub reads it."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.schema import TABLES

__all__ = ["card"]

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


#: Sizes as the Hub names them, by the first number that is too large.
SIZES = ((1e3, "n<1K"), (1e4, "1K<n<10K"), (1e5, "10K<n<100K"), (1e6, "100K<n<1M"), (float("inf"), "n>1M"))
