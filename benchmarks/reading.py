"""How well pages are read before restoration: letters and words wrong, words found, seconds a page.

    python benchmarks/reading.py FOLDER...      folders with scan.pdf and gold.txt

Without folders, those of samples/, and of the gold data where it is beside the checkout.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable
from pathlib import Path

from pipeline.engines.tesseract import TesseractEngine
from pipeline.engines.textlayer import TextLayerEngine
from pipeline.errors import PageError
from pipeline.evaluate import TextCounts, count_text
from pipeline.layout import layout
from pipeline.sheet import Sheet, Source, open_source
from pipeline.types import PRINTED, Document, PageReading, assemble

ROOT = Path(__file__).parents[1]


def read(source: Source) -> Document:
    """The laid-out document, from its text layer where that is good, else from its pixels."""
    readings = (_read(sheet) for sheet in source.sheets())
    doc = assemble(readings, id=source.id, sha256=source.sha256, source=str(source.path), media_type=source.media_type)
    return layout(doc)


def _read(sheet: Sheet) -> PageReading:
    try:
        return TextLayerEngine().read(sheet)
    except PageError:
        return TesseractEngine().read(sheet)


def printed(doc: Document) -> str:
    """The printed lines, one a line."""
    spans = zip(doc.lines, doc.line_spans(), strict=True)
    return "\n".join(doc.text(span) for line, span in spans if line.zone in PRINTED)


def report(folders: Iterable[Path]) -> None:
    """One line of figures a folder, and one for all."""
    total = None
    for folder in folders:
        begun = time.perf_counter()
        source = open_source(folder / "scan.pdf")
        counts = count_text((folder / "gold.txt").read_text("utf8"), printed(read(source)))
        seconds = (time.perf_counter() - begun) / source.pages
        total = counts if total is None else total + counts
        print(f"{_line(folder.name, counts)}  {seconds:.1f} s/page")
    if total is not None:
        print(_line("all", total))


def _line(name: str, counts: TextCounts) -> str:
    return f"{name:22} CER {counts.cer:6.2%}  WER {counts.wer:6.2%}  tone {counts.tone_exact:6.2%}"


def _folders() -> list[Path]:
    known = [ROOT / "samples", ROOT.parent / "shared" / "data" / "gold"]
    return sorted(scan.parent for place in known for scan in place.glob("*/scan.pdf"))


if __name__ == "__main__":
    report([Path(name) for name in sys.argv[1:]] or _folders())
