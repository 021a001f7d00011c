"""Measures the whole way on documents with gold and writes the table into a README between its two marks.

    python benchmarks/figures.py README.md

Documents beside the checkout (../shared/data/gold) come first where they are present, then our own samples.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from readme import write

from pipeline import decree_rows, digitise
from pipeline.evaluate import Score, TextCounts, count_text, load_gold, score_rows
from pipeline.vietnamese import nfc

ROOT = Path(__file__).parents[1]
GOLD, SAMPLES = ROOT.parent / "shared" / "data" / "gold", ROOT / "samples"
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
    score: Score = field(default_factory=lambda: Score(TextCounts()))

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))

    def row(self, label: str) -> str:
        """The figures as a row of the table."""
        text, counts = self.score.text, self.score.counts
        rates = (self.raw.wer, text.wer, text.cer, text.tone_exact)
        found = (counts[name].f1 for name in ("outline", "tasks", "assignments.resolved", "deadlines"))
        cells = [*(f"{r:.1%}" for r in rates), *(f"{f:.2f}" for f in found), f"{self.seconds / self.pages:.1f}"]
        return f"| {label} | {self.pages} | {' | '.join(cells)} |"


def measure(folder: Path) -> Figures:
    """Digitise the document of a gold folder and compare it with its gold."""
    gold = load_gold(folder)
    started = time.perf_counter()
    decree = digitise(next(p for p in (folder / "scan.pdf", folder / "source.txt") if p.exists()))
    seconds = time.perf_counter() - started
    rows = decree_rows(decree, config="", version="")
    raw = "\n".join(str(row["raw"]) for row in rows["lines"])
    return Figures(len(decree.document.pages), seconds, count_text(gold.text, nfc(raw)), score_rows(gold, rows))


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
