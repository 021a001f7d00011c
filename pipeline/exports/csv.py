"""One CSV file a table (RFC 4180, but lines end in LF) and the datapackage.json that tells what they mean."""

from __future__ import annotations

import csv
from pathlib import Path

from pipeline.exports.datapackage import descriptor, dumped
from pipeline.exports.dataset import Dataset
from pipeline.schema import TABLES, Value, columns
from pipeline.whole import replacing_files

__all__ = ["export_csv", "export_csv_for_excel"]


def export_csv(dataset: Dataset, target: str) -> None:
    """Write one CSV file a table and datapackage.json to the folder `target`, in UTF-8.

    Raises StoreError where it cannot be written.
    """
    _write(dataset, target, encoding="utf-8")


def export_csv_for_excel(dataset: Dataset, target: str) -> None:
    """Write the same with a byte order mark, without which Excel takes the text for that of an old code page."""
    _write(dataset, target, encoding="utf-8-sig")


def _write(dataset: Dataset, target: str, *, encoding: str) -> None:
    with replacing_files(Path(target)) as folder:
        for table in TABLES:
            with (folder / f"{table.name}.csv").open("w", encoding=encoding, newline="") as file:
                names = columns(table.name)
                out = csv.writer(file, lineterminator="\n")
                out.writerow(names)
                out.writerows([_cell(row[n]) for n in names] for row in dataset.rows(table))
        (folder / "datapackage.json").write_bytes(dumped(descriptor(encoding)))


def _cell(value: Value) -> Value:
    """A value as Frictionless reads it; None becomes nothing."""
    return str(value).lower() if isinstance(value, bool) else value
