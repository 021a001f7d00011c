"""Restoration measured: `python benchmarks/restoration.py`, from a checkout with ../shared/data beside it.

Held-out text shares no 12 words in a row with what the models learnt from. Figures are of the whole pool and of each
source; speed is of one core, model loaded, texts never seen before.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Annotated
from zlib import crc32

import typer
from rich.console import Console
from rich.table import Table

from pipeline.evaluate import TextCounts, count_text
from pipeline.restore import restore_text
from pipeline.restore.model import load_model
from pipeline.train.channel_pages import make_pages
from pipeline.train.corpus import SOURCES, held_out, sample, training
from pipeline.vietnamese import bare, nfc

SHARED = Path(__file__).parents[2] / "shared/data"
CACHE = Path(__file__).parents[1] / ".cache/restoration"
#: Paragraphs of a held-out document, since a corpus file doesn't say where its documents end.
DOCUMENT = 30
FAR = 700_000
SHINGLE = 12


@dataclass(frozen=True, slots=True)
class Case:
    """A document: its true text and what restoration is given."""

    source: str
    true: str
    noisy: str


@dataclass(frozen=True, slots=True)
class Result:
    """Counts before and after, words changed, seconds of processor time."""

    before: TextCounts
    after: TextCounts
    changed: int
    seconds: float

    def __add__(self, other: Result) -> Result:
        return Result(
            self.before + other.before,
            self.after + other.after,
            self.changed + other.changed,
            self.seconds + other.seconds,
        )


def measured(case: Case) -> Result:
    began = time.process_time()
    restored = restore_text(case.noisy)
    seconds = time.process_time() - began
    changed = sum(a != b for a, b in zip(case.noisy.split(), restored.split(), strict=True))
    return Result(count_text(case.true, case.noisy), count_text(case.true, restored), changed, seconds)


def _shingles(text: str) -> Iterator[int]:
    words = text.split()
    return (crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def unseen(corpus: Path, name: str) -> list[str]:
    """Held-out paragraphs of one source that share no 12 words in a row with the training text."""
    cached = CACHE / f"unseen-{name}.json"
    if not cached.exists():
        texts = sample(held_out(corpus, name), 3000, seed=1, shortest=60, longest=2000)
        wanted = {s for text in texts for s in _shingles(text)}
        seen = {
            s for text in chain.from_iterable(training(corpus, s) for s in SOURCES) for s in _shingles(text)
        } & wanted
        kept = [text for text in texts if seen.isdisjoint(_shingles(text))]
        cached.parent.mkdir(parents=True, exist_ok=True)
        cached.write_text(json.dumps(kept, ensure_ascii=False), "utf8")
    return list(json.loads(cached.read_text("utf8")))


def _documents(texts: Sequence[str]) -> Iterator[str]:
    return ("\n".join(texts[i : i + DOCUMENT]) for i in range(0, len(texts), DOCUMENT))


def stripped(corpus: Path) -> Iterator[Case]:
    for name in ("legal", "wiki"):
        yield from (Case(f"stripped {name}", text, bare(text)) for text in _documents(unseen(corpus, name)))


def clean(corpus: Path) -> Iterator[Case]:
    for name in ("legal", "wiki"):
        yield from (Case(f"clean {name}", text, text) for text in _documents(unseen(corpus, name)))


def misread(corpus: Path, pages: int) -> Iterator[Case]:
    """Held-out text printed and read by the wrong and by the right OCR model."""
    cached = CACHE / f"misread-{pages}.jsonl"
    if not cached.exists():
        texts = unseen(corpus, "legal")
        made = make_pages(texts * 2, range(pages), ("eng", "vie"), salt=FAR)
        cached.write_text("".join(page.json() + "\n" for page in made), "utf8")
    for page in map(json.loads, cached.read_text("utf8").splitlines()):
        yield Case(f"pages read by {page['language']}", "\n".join(page["printed"]), "\n".join(page["read"]))


def seed(gold: Path) -> Iterator[Case]:
    folder = gold / "seed"
    yield Case("plan 74, OCR text", *((folder / n).read_text("utf8") for n in ("aligned.txt", "source.txt")))


def scans(gold: Path) -> Iterator[Case]:
    """Real scans as plain Tesseract reads them with the Vietnamese model (pages and reading order as they are)."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for folder in sorted(f for f in gold.iterdir() if (f / "scan.pdf").exists()):
        cached = CACHE / f"scan-{folder.name}.txt"
        if not cached.exists():
            cached.write_text(_read_scan(folder / "scan.pdf"), "utf8")
        yield Case(f"scan {folder.name}", (folder / "gold.txt").read_text("utf8"), cached.read_text("utf8"))


def _read_scan(path: Path) -> str:
    from pdf2image import convert_from_path, pdfinfo_from_path

    from pipeline.train.channel_pages import read_page

    count = int(pdfinfo_from_path(str(path))["Pages"])
    pages = (
        convert_from_path(path, dpi=300, first_page=n, last_page=n, grayscale=True)[0] for n in range(1, count + 1)
    )
    return nfc("\n".join(line for page in pages for line in read_page(page, "vie", layout=3)))


def _add(table: Table, name: str, result: Result) -> None:
    before, after = result.before, result.after
    rates = [
        f"{getattr(c, rate):.2%}" for rate in ("wer", "cer", "tone_exact") for c in (before, after)
    ]  # before and after side by side
    per = f"{result.changed / max(before.words, 1):.2%}"
    table.add_row(name, str(before.words), *rates, per, f"{before.words / max(result.seconds, 1e-9):.0f}")


def report(cases: Iterable[Case], table: Table) -> dict[str, Result]:
    """One row a source and one for the pool; the results by source."""
    results: dict[str, Result] = {}
    for case in cases:
        found = measured(case)
        results[case.source] = results[case.source] + found if case.source in results else found
    for name, result in results.items():
        _add(table, name, result)
    if len(results) > 1:
        first, *rest = results.values()
        _add(table, "[bold]pool", sum(rest, first))
    table.add_section()
    return results


def loading() -> float:
    """Seconds from nothing to a loaded model, in a new process."""
    code = (
        "import time; t = time.perf_counter(); from pipeline.restore.model import load_model; load_model();"
        "print(time.perf_counter() - t)"
    )
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def main(
    shared: Annotated[Path, typer.Option(help="Folder with corpus/ and gold/.")] = SHARED,
    pages: Annotated[int, typer.Option(help="Held-out pages to print and misread.")] = 24,
) -> None:
    """Measure restoration on stripped, clean and misread text, on the seed and on real scans."""
    load_model()
    headings = ("source", "words", "WER", "after", "CER", "after", "tone-exact", "after", "changed", "words/s")
    table = Table(*headings)
    for cases in (stripped(shared / "corpus"), clean(shared / "corpus"), misread(shared / "corpus", pages)):
        report(cases, table)
    report(seed(shared / "gold"), table)
    report(scans(shared / "gold"), table)
    console = Console(width=140)
    console.print(table)
    console.print(f"model loads in {loading():.2f} s")


if __name__ == "__main__":
    typer.run(main)
