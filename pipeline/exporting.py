"""`sohoa export`: the dataset, or some of its documents, in the form that another program wants."""

from __future__ import annotations

import re
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from pipeline.exports.dataset import Dataset
from pipeline.registry import names, part
from pipeline.schema import table
from pipeline.store import Store

__all__ = ["TARGETS", "export_to"]

#: Where each export goes that is named no target, under the output folder.
TARGETS = {
    "csv": "csv", "csv-excel": "csv-excel", "datasette": ".", "gitlab": "gitlab.csv", "ical": "tasks.ics",
    "jira": "jira", "jsonl": "jsonl", "openproject": "openproject.csv", "parquet": "parquet", "sheet": "tasks.xlsx",
    "sqlite": "export.sqlite", "xlsx": "dataset.xlsx",
}  # fmt: skip


def export_to(kind: str, target: str | None, output: Path, where: str | None) -> None:
    """Write the documents of OUTPUT's dataset that `where` picks as `kind`.

    Raises ConfigError where `kind`, `where` or `target` is none, and as the exports do.
    """
    if kind == "list":
        _list()
        return
    export = part("sohoa.exports", kind)
    dataset = Dataset(Store(output).dataset, where)
    count = sum(1 for _ in dataset.rows(table("documents")))
    target = target or str(output / TARGETS.get(kind, kind))
    export(dataset, target)
    shown = target if "://" not in target else kind
    say = Console(stderr=True, emoji=False, highlight=False, markup=False, soft_wrap=True)
    say.print(f"{count} documents -> {shown}")


def _list() -> None:
    """Print each form with the first line of what its export says of itself."""
    table = Table("form", "default target", "what it is", box=SIMPLE)
    for kind in names("sohoa.exports"):
        said = re.split(r"\.\s", part("sohoa.exports", kind).__doc__ or "", maxsplit=1)[0]
        table.add_row(kind, TARGETS.get(kind, "named by you"), " ".join(said.split()).replace(" `target`", ""))
    Console(emoji=False, highlight=False).print(table)
