"""A dataset of some documents of another."""

from __future__ import annotations

from pathlib import Path

from pipeline.exports.dataset import Dataset
from pipeline.exports.sqlite import export_sqlite

__all__ = ["export_copy"]


def export_copy(dataset: Dataset, target: str) -> None:
    """Write the documents to the SQLite file `target`; those that are there already are replaced, others stay.

    Raises StoreError as `export_sqlite` does.
    """
    export_sqlite(dataset.documents(), Path(target))
