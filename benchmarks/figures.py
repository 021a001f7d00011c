"""Measures the whole way on documents with gold and writes the table into a README between its two marks.

    python benchmarks/figures.py README.md

Documents beside the checkout (../shared/data/gold) come first where they are present, then our own samples.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz
from readme import write

from pipeline import Decree, decree_rows, digitise
from pipeline.evaluate import FoundCounts, TextCounts, count_found, count_text
from pipeline.vietnamese import fold

ROOT = Path(__file__).parents[1]
GOLD, SAMPLES = ROOT.parent / "shared" / "data" / "gold", ROOT / "samples"
#: Two blocks are one where so much of their text agrees.
ALIKE = 85.0
HEAD = (
    "| documents | pages | WER as read | WER | CER | marks right | outline | tasks | who | when | s a page |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured on some documents; figures add up."""

    pages: int = 0
    seconds: float = 0.0
    raw: TextCounts = field(default_factory=TextCounts)
    text: TextCounts = field(default_factory=TextCounts)
    outline: FoundCounts = field(default_factory=FoundCounts)
    tasks: FoundCounts = field(default_factory=FoundCounts)
    who: FoundCounts = field(default_factory=FoundCounts)
    when: FoundCounts = field(default_factory=FoundCounts)

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def row(self, label: str) -> str:
        """The figures as a row of the table."""
        rates = (self.raw.wer, self.text.wer, self.text.cer, self.text.tone_exact)
        found = (self.outline.f1, self.tasks.f1, self.who.f1, self.when.f1)
        cells = [*(f"{r:.1%}" for r in rates), *(f"{f:.2f}" for f in found), f"{self.seconds / self.pages:.1f}"]
        return f"| {label} | {self.pages} | {' | '.join(cells)} |"


def measure(folder: Path) -> Figures:
    """Digitise the document of a gold folder and compare it with its gold."""
    gold: dict[str, Any] = json.loads((folder / "gold.json").read_text("utf8"))
    started = time.perf_counter()
    decree = digitise(next(p for p in (folder / "scan.pdf", folder / "source.txt") if p.exists()))
    seconds = time.perf_counter() - started
    lines = decree_rows(decree, config="", version="")["lines"]
    true = (folder / "gold.txt").read_text("utf8")
    return Figures(
        pages=len(decree.document.pages),
        seconds=seconds,
        raw=count_text(true, "\n".join(str(row["raw"]) for row in lines)),
        text=count_text(true, "\n".join(str(row["text"]) for row in lines)),
        outline=_outline(gold, decree),
        tasks=count_found(_orders(gold), {decree.sections[t.section].path for t in _said(decree)}),
        who=count_found(_who(gold), _who_said(decree)),
        when=count_found(_when(gold), _when_said(decree)),
    )


def _outline(gold: dict[str, Any], decree: Decree) -> FoundCounts:
    """Blocks with the right path and the right text."""
    said = {s.path: fold(s.text) for s in decree.sections}
    right = sum(fuzz.ratio(fold(g["text"]), said.get(g["path"], "")) >= ALIKE for g in gold["sections"])
    return FoundCounts(right, len(decree.sections), len(gold["sections"]))


def _said(decree: Decree) -> list[Any]:
    return [t for t in decree.tasks if t.kind == "directive"]


def _tasks(gold: dict[str, Any]) -> list[dict[str, Any]]:
    return [t for t in gold["tasks"] if t["kind"] == "directive"]


def _orders(gold: dict[str, Any]) -> set[str]:
    return {t["section"] for t in _tasks(gold)}


def _who(gold: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
    yield from ((t["section"], a["role"], fold(a["body"])) for t in _tasks(gold) for a in t["assignments"])


def _who_said(decree: Decree) -> Iterator[tuple[str, str, str]]:
    for t in _said(decree):
        yield from ((decree.sections[t.section].path, a.role, fold(a.body)) for a in t.assignments)


def _when(gold: dict[str, Any]) -> Iterator[tuple[str | None, ...]]:
    for t in _tasks(gold):
        yield from ((t["section"], d["from"], d["to"], d.get("rrule")) for d in t["due"])


def _when_said(decree: Decree) -> Iterator[tuple[str | None, ...]]:
    for t in _said(decree):
        dates = (decree.dates[d.date] for d in t.deadlines)
        yield from ((decree.sections[t.section].path, d.starts, d.ends, d.rrule) for d in dates)


def groups() -> Iterator[tuple[str, list[Path]]]:
    """Labels and gold folders of the rows, what is absent left out."""
    real = sorted(p for p in GOLD.glob("*") if (p / "gold.json").exists()) if GOLD.is_dir() else []
    ours = sorted(p for p in SAMPLES.glob("*") if (p / "gold.json").exists())
    scans = [p for p in real if (p / "scan.pdf").exists()]
    yield "plan 74/KH-UBND, the archive's OCR text", [p for p in real if p not in scans]
    yield f"{len(scans)} other real documents, scans", scans
    yield "plan 74 retold, scan", [p for p in ours if p.name == "plan-74"]
    yield "plan 74 retold, OCR text of the scan by an English model", [p for p in ours if p.name == "plan-74-ocr"]
    others = [p for p in ours if not p.name.startswith("plan-74")]
    yield f"{len(others)} other samples, scans", others


def table(rows: Iterable[tuple[str, list[Path]]]) -> str:
    """The measured table in Markdown."""
    made = [reduce(Figures.__add__, map(measure, folders)).row(label) for label, folders in rows if folders]
    return "\n".join((HEAD, *made))


def main() -> None:
    """Write the table into the README that is named."""
    write(Path(sys.argv[1]), "figures", table(groups()))


if __name__ == "__main__":
    main()
