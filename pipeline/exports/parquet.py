"""One Parquet file a table, typed, with the descriptions of table and columns inside, and a card for people."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from pipeline.exports.batches import batches
from pipeline.exports.card import card
from pipeline.exports.dataset import Dataset
from pipeline.exports.needed import needed
from pipeline.schema import TABLES, Row, Table
from pipeline.whole import replacing_files

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["export_parquet"]

#: Rows written at once: what a reader may skip, and all that is in memory.
GROUP = 50_000
TYPES = {"string": "string", "integer": "int64", "number": "float64", "boolean": "bool_", "datetime": "string"}


def export_parquet(dataset: Dataset, target: str) -> None:
    """Write the tables, and README.md, a dataset card as the Hugging Face Hub reads it, to the folder `target`.

    The same dataset gives the same bytes. Raises StoreError where the folder cannot be written, MissingProgram where
    pyarrow is not installed.
    """
    parquet = needed("pyarrow.parquet")
    with replacing_files(Path(target)) as folder:
        counts: dict[str, int] = {}
        for table in TABLES:
            schema = _schema(table)
            counts[table.name] = 0
            with parquet.ParquetWriter(folder / f"{table.name}.parquet", schema, compression="zstd") as out:
                for rows in batches(dataset.rows(table), GROUP):
                    out.write_table(_arrow(rows, schema))
                    counts[table.name] += len(rows)
        (folder / "README.md").write_text(card(counts), "utf8")


def _schema(table: Table) -> pa.Schema:
    arrow: Any = needed("pyarrow")
    fields = [
        arrow.field(c.name, getattr(arrow, TYPES[c.type])(), not c.required, {"description": c.description})
        for c in table.columns
    ]
    return arrow.schema(fields, {"description": table.description})


def _arrow(rows: list[Row], schema: pa.Schema) -> pa.Table:
    arrow: Any = needed("pyarrow")
    return arrow.Table.from_pylist(rows, schema=schema)
