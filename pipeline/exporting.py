"""`sohoa export`: the dataset, or some of its documents, in the form that another program wants."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from pipeline.exports.dataset import Dataset
from pipeline.registry import part
from pipeline.schema import table
from pipeline.store import Store

__all__ = ["TARGETS", "export_to"]

#: Where each export goes that is named no target, under the output folder.
TARGETS = {
    "csv": "csv", "csv-excel": "csv-excel", "jsonl": "jsonl", "parquet": "parquet", "sqlite": "export.sqlite",
    "xlsx": "dataset.xlsx",
}  # fmt: skip


def export_to(kind: str, target: str | None, output: Path, where: str | None) -> None:
    """Write the documents of OUTPUT's dataset that `where` picks as `kind`.

    Raises ConfigError where `kind`, `where` or `target` is none, and as the exports do.
    """
    export = part("sohoa.exports", kind)
    dataset = Dataset(Store(output).dataset, where)
    count = sum(1 for _ in dataset.rows(table("documents")))
    target = target or str(output / TARGETS.get(kind, kind))
    export(dataset, target)
    shown = target if "://" not in target else kind
    Console(stderr=True, highlight=False, soft_wrap=True).print(f"{count} documents -> {shown}", markup=False)
