"""Samples of OCR text: what Tesseract with a model of another language leaves of a rendered document.

The archive's own copies look like this: read with the English model, their marks lost. Gold is that of the scan, less
what the text no longer shows (told in `ocr.toml`), and `aligned.txt`, the print in the order of the OCR's own lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import pytesseract
from PIL import Image

from pipeline.train.render import Rendered
from pipeline.types import PRINTED, Box

__all__ = ["OcrPage", "adapted", "aligned", "recognise"]

Json = dict[str, Any]


class OcrPage(NamedTuple):
    """The text of a page and the boxes of its lines, in the order of the OCR."""

    text: str
    lines: tuple[Box, ...]


def recognise(page: Rendered, language: str) -> OcrPage:
    """What `tesseract -l language` reads on a page. Needs the tesseract program."""
    image = Image.fromarray(page.pixels)
    config = f"--dpi {page.truth.page.dpi}"
    text = pytesseract.image_to_string(image, lang=language, config=config)
    data = pytesseract.image_to_data(image, lang=language, config=config, output_type=pytesseract.Output.DICT)
    edges = zip(data["level"], data["left"], data["top"], data["width"], data["height"], strict=True)
    return OcrPage(text.rstrip("\f\n"), tuple(Box(x, y, x + w, y + h) for level, x, y, w, h in edges if level == 4))


def aligned(page: Rendered, lines: Sequence[Box]) -> str:
    """The printed words of a page line by line as the OCR saw them; words on no line of it come last."""
    left = list(_printed(page))
    rows = []
    for line in lines:
        row = [w for w in left if _inside(w[1], line)]
        left = [w for w in left if w not in row]
        rows.append(" ".join(text for text, _ in sorted(row, key=lambda w: w[1].x0)))
    rows.append(" ".join(text for text, _ in left))
    return "\n".join(r for r in rows if r)


def _printed(page: Rendered) -> Iterator[tuple[str, Box]]:
    shown = [w.text for line in page.proof.lines for w in line.words]
    for text, word in zip(shown, page.truth.words, strict=False):
        if page.truth.lines[word.line].zone in PRINTED and word.box is not None:
            yield text, word.box


def _inside(word: Box, line: Box) -> bool:
    x, y = word.centre
    return line.x0 - 5 <= x <= line.x1 + 5 and line.y0 <= y <= line.y1


def adapted(gold: Json, text: str, changes: Json) -> tuple[Json, str]:
    """gold.json and gold.txt less what the OCR text lost: fields, stamps and pieces of print that `changes` names.

    An empty string in a field means that the text does not show it.
    """
    document = gold["document"] | {k: v or None for k, v in changes.get("document", {}).items()}
    stamps = [s | {k: v or None for k, v in changes.get("stamps", {}).items()} for s in gold["stamps"]]
    first = gold["dates"][0] | changes.get("issued_date", {})
    for before, after in _pieces(changes):
        text = text.replace(before, after)
    return gold | {"document": document, "stamps": stamps, "dates": [first, *gold["dates"][1:]]}, text


def _pieces(changes: Json) -> Iterable[tuple[str, str]]:
    printed: dict[str, str] = changes.get("printed", {})
    return printed.items()
