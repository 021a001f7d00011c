"""How hard scans are read: letters wrong and boxes on their ink, by kind of damage and its strength.

    python benchmarks/damage.py [KIND...]

Pages of samples/ are set clean at 200 dpi and damaged with a fixed seed; what is printed and where is known.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from PIL import Image
from rapidfuzz.distance import Levenshtein

from pipeline.engines.tesseract import TesseractEngine
from pipeline.evaluate import TextCounts, count_text
from pipeline.layout import layout
from pipeline.sheet import open_source
from pipeline.train.damage import Pixels
from pipeline.train.markup import Manuscript
from pipeline.train.render import Rendered, render
from pipeline.train.render_scans import DAMAGES, Map, moved_box
from pipeline.types import PRINTED, Document, PageReading, Word, assemble

ROOT = Path(__file__).parents[1]
#: Samples and which of their pages.
PAGES = (("directive-forest-fire", 0),)
STRENGTHS = (0.5, 1.0)
STEADY = {"turned 90", "turned 180", "turned 270"}


def measured(page: Rendered, pixels: Pixels, moved: Map, dpi: int) -> tuple[TextCounts, float, float]:
    """What was read wrong, the share of right words whose box lies on its ink, and the seconds it took."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.png")
        Image.fromarray(pixels).save(path, dpi=(dpi, dpi))
        (sheet,) = open_source(path).sheets()
        begun = time.perf_counter()
        doc = _document(TesseractEngine().read(sheet))
    seconds = time.perf_counter() - begun
    truth = _document(page.truth)
    return count_text(truth.text(), doc.text()), _on_ink(truth, doc, moved), seconds


def _document(reading: PageReading) -> Document:
    return layout(assemble([reading], id="x", sha256="x", source="x", media_type="image/png"))


def _on_ink(truth: Document, doc: Document, moved: Map) -> float:
    """The share of the words read right whose box's middle lies in the true box, moved with the page."""
    true, read = _words(truth), _words(doc)
    pairs = [
        pair
        for op in Levenshtein.opcodes([w.text for w in true], [w.text for w in read])
        if op.tag == "equal"
        for pair in zip(true[op.src_start : op.src_end], read[op.dest_start : op.dest_end], strict=True)
    ]
    return sum(_holds(a, b, moved) for a, b in pairs) / max(len(pairs), 1)


def _words(doc: Document) -> Sequence[Word]:
    return [w for w in doc.words if doc.lines[w.line].zone in PRINTED]


def _holds(true: Word, read: Word, moved: Map) -> bool:
    if true.box is None or read.box is None:
        return False
    x0, y0, x1, y1 = moved_box(moved, (true.box.x0, true.box.y0, true.box.x1, true.box.y1))
    x, y = read.box.centre
    return x0 - 2 <= x <= x1 + 2 and y0 - 4 <= y <= y1 + 4


def report(kinds: Iterable[str]) -> None:
    """One line a kind: error rate of letters, boxes on ink and seconds for each strength."""
    sources = [(ROOT / "samples" / name / "source.md", number) for name, number in PAGES]
    pages = [render(Manuscript.load(path), seed=5, severity=0)[number] for path, number in sources]
    print(f"{'kind':16} " + "   ".join(f"strength {s:.1f}: CER boxes  s" for s in STRENGTHS))
    for kind in kinds:
        told = []
        for strength in STRENGTHS[-1:] if kind in STEADY else STRENGTHS:
            counts, found, seconds = TextCounts(), 0.0, 0.0
            for n, page in enumerate(pages):
                pixels, moved = DAMAGES[kind](page.pixels, strength, np.random.default_rng((7, n)))
                dpi = round(page.truth.page.dpi * (0.75 if kind.startswith("rubbed") else 1))
                more = measured(page, pixels, moved, dpi)
                counts, found, seconds = counts + more[0], found + more[1], seconds + more[2]
            told.append(f"{counts.cer:17.2%} {found / len(pages):5.0%} {seconds / len(pages):3.1f}")
        print(f"{kind:16} " + "   ".join(told), flush=True)


if __name__ == "__main__":
    report(sys.argv[1:] or DAMAGES)
