"""`sohoa query`, `sohoa search` and `sohoa diff`: answers on the terminal, or as CSV and JSON for other programs."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.errors import ConfigError
from pipeline.exports.dataset import Dataset
from pipeline.exports.difference import changes
from pipeline.exports.questions import Answer, ask, question, questions
from pipeline.exports.search import searched
from pipeline.store import Store

__all__ = ["answer", "difference", "list_questions", "search"]


def list_questions() -> None:
    """Print the saved questions."""
    table = Table("question", "parameters", "what it tells", box=SIMPLE)
    for q in questions().values():
        table.add_row(q.name, " ".join(f"{n}={default}" for n, default in q.parameters.items()), q.title)
    Console(emoji=False, highlight=False).print(table)


def answer(name: str, given: Sequence[str], output: Path, form: str) -> None:
    """Print the answer to a saved question, or to SQL. Raises ConfigError and UnreadableSource as `ask` does."""
    asked = question(name)
    values = asked.values(dict(map(_pair, given)), date.today())
    _print(ask(Store(output).dataset, asked, values), form)


def _pair(given: str) -> tuple[str, str]:
    name, mark, value = given.partition("=")
    if not mark:
        raise ConfigError(f"{given!r} is no parameter", remedy="write name=value")
    return name, value


def search(words: str, output: Path, *, most: int, form: str) -> None:
    """Print the blocks that hold the words. Raises UnreadableSource and ConfigError as `searched` does."""
    hits = searched(Store(output).dataset, words, most=most)
    rows = tuple((h.code or h.source, h.path or "", h.page, h.text) for h in hits)
    _print(Answer(("document", "section", "page", "text"), rows), form)


def difference(old: Path, new: Path, form: str) -> None:
    """Print what changed from one dataset to another, each a file or the folder it is in. Raises as `changes` does."""
    paths = (path / "dataset.sqlite" if path.is_dir() else path for path in (old, new))
    found = tuple(changes(*map(Dataset, paths)))
    _print(Answer(("document", "kind", "of", "old", "new"), found), form)


def _print(found: Answer, form: str) -> None:
    if form == "csv":
        out = csv.writer(sys.stdout, lineterminator="\n")
        out.writerow(found.columns)
        out.writerows(found.rows)
    elif form == "json":
        rows = [dict(zip(found.columns, row, strict=True)) for row in found.rows]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        table = Table(*map(escape, found.columns), box=SIMPLE)
        for row in found.rows:
            table.add_row(*("" if v is None else escape(str(v)) for v in row))
        Console(emoji=False, highlight=False).print(table)
        Console(stderr=True, emoji=False, highlight=False).print(f"{len(found.rows)} rows")
