"""How well pages are read: sohoa, plain Tesseract and OCRmyPDF side by side, on the same pages in one run.

    python benchmarks/reading.py [--errors] [--overlays DIR] [--readme FILE] [FOLDER...]

A FOLDER holds scan.pdf and gold.txt.

Without folders, those of the gold data where it is beside the checkout, else those of samples/. `--errors` lists what
sohoa read wrong, page by page; `--overlays` writes a picture of each page with its lines in the colours of their zones.
Seconds are user and system time of all processes a page, start-up included.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

from misread import misread
from PIL import Image
from readers import Readings, ocrmypdf, sohoa, tesseract
from readme import write

from pipeline.evaluate import TextCounts, count_text, normal
from pipeline.imaging.overlay import overlay
from pipeline.sheet import open_source
from pipeline.store import Store

ROOT = Path(__file__).parents[1]
HEAD = (
    "| read by | documents | pages | CER | worst CER | WER | tone-exact | words found | CPU s a page | MiB |\n"
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
)


@dataclass(frozen=True, slots=True)
class Score:
    """Letters and words of a text, and how many of its words are in what was read, wherever they stand."""

    text: TextCounts = field(default_factory=TextCounts)
    found: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.text + other.text, self.found + other.found)


def score(true: str, read: str) -> Score:
    """Compare what was read with the true text of the same pages."""
    both = Counter(normal(true).split()) & Counter(normal(read).split())
    return Score(count_text(true, read), both.total())


def gold(folder: Path) -> list[str]:
    """The true text of each page."""
    return (folder / "gold.txt").read_text("utf8").split("\f")


def row(readings: Readings) -> str:
    """The figures of one program over the documents that it read, as a row of the table."""
    each = [score("\n".join(gold(f)), "\n".join(pages)) for f, pages in readings.pages.items()]
    if not each:
        return f"| {readings.name} | 0 | | | | | | | | |"
    total = reduce(Score.__add__, each)
    pages = sum(len(gold(f)) for f in readings.pages)
    text, worst = total.text, max(s.text.cer for s in each)
    rates = (text.cer, worst, text.wer, text.tone_exact, total.found / max(text.words, 1))
    figures = " | ".join(f"{rate:.2%}" for rate in rates)
    spent = readings.spent
    return f"| {readings.name} | {len(each)} | {pages} | {figures} | {spent.seconds / pages:.2f} | {spent.memory} |"


def by_document(readings: Sequence[Readings]) -> Iterator[str]:
    """CER / tone-exact of each document by each program."""
    yield f"| document | {' | '.join(r.name for r in readings)} |\n|---|{'--:|' * len(readings)}"
    for folder in readings[0].pages:
        yield f"| {folder.name} | {' | '.join(_cell(r, folder) for r in readings)} |"


def _cell(readings: Readings, folder: Path) -> str:
    if folder not in readings.pages:
        return f"refused: {readings.refused.get(folder, 'not read')}"
    found = count_text("\n".join(gold(folder)), "\n".join(readings.pages[folder]))
    return f"{found.cer:.2%} / {found.tone_exact:.2%}"


def errors(readings: Readings) -> Iterator[str]:
    """What was read wrong on each page: kind, true words, what was read, the words before."""
    for folder, pages in readings.pages.items():
        for number, (true, read) in enumerate(zip(gold(folder), pages, strict=False), start=1):
            yield f"\n{folder.name}, page {number}: CER {count_text(true, read).cer:.2%}"
            yield from (f"  {e.kind:8}{e.true!r} read {e.read!r} after {e.before!r}" for e in misread(true, read))


def draw(folders: Iterable[Path], output: Path, target: Path) -> None:
    """Write each page, half as large, with the boxes of its lines and cells."""
    target.mkdir(parents=True, exist_ok=True)
    for folder in folders:
        source = open_source(folder / "scan.pdf")
        doc = Store(output).load(source.id).decree.document
        for sheet in source.sheets():
            picture = Image.fromarray(overlay(sheet.pixels(), doc, sheet.number))
            picture.reduce(2).save(target / f"{folder.name}-{sheet.number}.png")


def folders_known() -> list[Path]:
    """The gold scans beside the checkout, else our own samples."""
    real = sorted(p.parent for p in (ROOT.parent / "shared" / "data" / "gold").glob("*/scan.pdf"))
    return real or sorted(p.parent for p in (ROOT / "samples").glob("*/scan.pdf"))


def main() -> None:
    """Run all programs and print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="list what sohoa read wrong, page by page")
    parser.add_argument("--readme", type=Path, metavar="FILE", help="write the figures into it")
    parser.add_argument("--overlays", type=Path, metavar="DIR", help="write pictures of what was read where")
    options = parser.parse_args()
    folders = options.folders or folders_known()
    with tempfile.TemporaryDirectory() as place:
        output = Path(place, "out")
        raw, restored = sohoa(folders, output)
        others = [r for r in (tesseract(folders), ocrmypdf(folders)) if r is not None]
        every = [restored, raw, *others]
        table = "\n".join((HEAD, *map(row, every)))
        print(table)
        print("", *by_document(every), sep="\n")
        if len(others) == 1:
            print("\nocrmypdf is not installed: `pip install ocrmypdf` to compare with it too")
        if options.readme:
            write(options.readme, "reading", table)
        if options.errors:
            print(*errors(restored), sep="\n")
        if options.overlays:
            draw(folders, output, options.overlays)


if __name__ == "__main__":
    main()
