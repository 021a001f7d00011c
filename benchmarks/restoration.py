"""Restoration measured: `python benchmarks/restoration.py`, from a checkout with ../shared/data beside it.

Held-out text shares no 12 words in a row with what the models learnt from. Figures are of the whole pool and of each
source; speed is of one core, model loaded, texts never seen before.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated

import typer
from cases import Case, Result, pooled
from peers import beside
from readme import write
from rich.console import Console
from rich.table import Table
from texts import clean, communes, communes_read, misread, persons, scans, seed, stripped

from pipeline.restore.model import load_model

SHARED = Path(__file__).parents[2] / "shared/data"
CARD = Path(__file__).parents[1] / "models/restore/README.md"
HEADINGS = ("source", "words", "WER", "after", "CER", "after", "tone-exact", "after", "changed", "words/s")
CARD_HEAD = (
    "| text | words | WER | after | CER | after | tone-exact | after | words/s |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|"
)


def cells(name: str, result: Result, *, changed: bool) -> list[str]:
    """A row: rates before and after side by side."""
    both = (result.before, result.after)
    rates = [f"{getattr(counts, rate):.2%}" for rate in ("wer", "cer", "tone_exact") for counts in both]
    per = [f"{result.changed / max(result.before.words, 1):.2%}"] * changed
    return [name, f"{result.before.words:,}", *rates, *per, f"{result.speed:,.0f}"]


def add(table: Table, results: Mapping[str, Result]) -> None:
    """One row a source and one for the pool."""
    for name, result in results.items():
        table.add_row(*cells(name, result, changed=True))
    if len(results) > 1:
        table.add_row(*cells("[bold]pool", total(results), changed=True))
    table.add_section()


def total(results: Mapping[str, Result]) -> Result:
    """All sources as one."""
    first, *rest = results.values()
    return sum(rest, first)


def groups(shared: Path, pages: int) -> Iterator[Iterator[Case]]:
    """What is measured, kind by kind."""
    yield stripped(shared / "corpus")
    yield clean(shared / "corpus")
    yield misread(shared / "corpus", pages)
    yield communes(shared / "gazetteers")
    yield communes_read(shared / "gazetteers")
    yield persons(shared / "corpus")
    yield seed(shared / "gold")
    yield scans(shared / "gold")


def rows(measured: Iterable[Mapping[str, Result]]) -> Iterator[list[str]]:
    """The card's rows: real scans are one."""
    for results in measured:
        if all(name.startswith("scan ") for name in results):
            yield cells(f"{len(results)} real scans, plain Tesseract `vie`", total(results), changed=False)
        else:
            yield from (cells(name, result, changed=False) for name, result in results.items())


def loading() -> float:
    """Seconds from nothing to a loaded model, in a new process."""
    code = (
        "import time; t = time.perf_counter(); from pipeline.restore.model import load_model; load_model();"
        "print(time.perf_counter() - t)"
    )
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def main(
    shared: Annotated[Path, typer.Option(help="Folder with corpus/, gazetteers/ and gold/.")] = SHARED,
    pages: Annotated[int, typer.Option(help="Held-out pages to print and misread.")] = 24,
    peers: Annotated[Path | None, typer.Option(help="A Python with pyvi or underthesea, to set beside.")] = None,
    card: Annotated[bool, typer.Option(help="Write the tables into the models' card.")] = False,
) -> None:
    """Measure restoration on stripped, clean and misread text, on lists of communes, the seed and real scans."""
    load_model()
    table, measured = Table(*HEADINGS), []
    for cases in groups(shared, pages):
        measured.append(pooled(cases))
        add(table, measured[-1])
    console = Console(width=150)
    console.print(table)
    console.print(f"model loads in {loading():.2f} s")
    if card:
        write(CARD, "scores", "\n".join((CARD_HEAD, *(f"| {' | '.join(row)} |" for row in rows(measured)))))
    if peers:
        texts = [*stripped(shared / "corpus"), *communes(shared / "gazetteers"), *persons(shared / "corpus")]
        compared = beside(peers, texts)
        console.print(compared)
        if card:
            write(CARD, "peers", compared)


if __name__ == "__main__":
    typer.run(main)
