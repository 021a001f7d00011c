"""Printed lines as an extractor sees them: their words, where they stand, and whether a new block begins there.

Pixels are used where there are any; OCR text has none, so the width of a line is then estimated from the
widths of the letters of Times, the type that Nghị định 30/2020/NĐ-CP (Phụ lục I) and Thông tư 01/2011/TT-BNV ask for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median, median_high

from pipeline.types import PRINTED, Box, Document, Span, Zone
from pipeline.vietnamese import bare

__all__ = ["Flow", "TextLine", "flow", "joined", "measure", "printed_lines", "score_of"]

#: Left and right edge of a column in pixels.
Edges = tuple[int, int]
# Advance widths of Times in thousandths of an em, grouped; every other letter takes 500.
WIDTHS = {
    "ijlt.,;:'|/!": 280, "frsI()-[]“”\"‘’": 350, "cezaJ?": 444, "FPSL": 570, "CBETRZ": 640, "wADGHKNOQUVXY–": 722,
    "m": 780, "M": 890, "W—%": 940, " ": 250,
}  # fmt: skip
EMS = {letter: width for letters, width in WIDTHS.items() for letter in letters}
#: A first line this share of the page's width to the right of the margin is indented.
INDENT = 0.018


@dataclass(frozen=True, slots=True)
class TextLine:
    """One printed line with words. `number` is its position in `Document.lines`, `span` its words.

    `gap`: white space stands above it on its page (an empty line of OCR text, or a wide step in pixels).
    """

    number: int
    page: int
    zone: Zone
    span: Span
    text: str
    box: Box | None
    gap: bool

    @property
    def first(self) -> str:
        """Its first word."""
        return self.text.split(" ", 1)[0]


@dataclass(frozen=True, slots=True)
class Flow:
    """How a line stands to the line before it in running text; None where it cannot be told.

    `loose`: the share of the column the line before left free, this line's first word set there too (negative where
    it had no room for it). `indent`: this line begins to the right of the column's edge. `turned`: a page was
    turned between.
    """

    loose: float
    indent: bool | None
    gap: bool
    turned: bool


def printed_lines(doc: Document) -> tuple[TextLine, ...]:
    """The printed lines that have words, in reading order."""
    pitch = _pitch(doc)
    found: list[TextLine] = []
    empty, above = False, None
    for number, span in enumerate(doc.line_spans()):
        line = doc.lines[number]
        if span.start == span.end:
            empty = True
            continue
        if line.zone in PRINTED:
            wide = bool(
                above and line.box and above.page == line.page and above.box and _step(above.box, line.box) > pitch
            )
            same = above is not None and above.page == line.page
            text = " ".join(w.text for w in doc.words[span.start : span.end])
            found.append(TextLine(number, line.page, line.zone, span, text, line.box, (empty and same) or wide))
            above, empty = line, False
    return tuple(found)


def _step(above: Box, below: Box) -> int:
    return below.y0 - above.y1


def _pitch(doc: Document) -> float:
    """White above a line, in pixels, from which on it separates blocks."""
    pairs = zip(doc.lines, doc.lines[1:], strict=False)
    steps = [_step(a.box, b.box) for a, b in pairs if a.page == b.page and a.box and b.box and b.zone == "body"]
    heights = [ln.box.height for ln in doc.lines if ln.box and ln.zone == "body"]
    return median(steps) + 0.55 * median(heights) if steps and heights else float("inf")


@lru_cache(maxsize=8192)
def measure(text: str) -> int:
    """The natural width of `text` set in Times, in thousandths of an em."""
    return sum(EMS.get(letter, 722 if letter.isupper() else 500) for letter in bare(text))


def flow(lines: Sequence[TextLine]) -> tuple[Flow, ...]:
    """How each line stands to its predecessor, for the lines of one column of running text."""
    widths = sorted(measure(ln.text) for ln in lines)
    column = widths[int(len(widths) * 0.9)] if widths else 1
    edges = _widened({page: _edges([ln for ln in lines if ln.page == page]) for page in {ln.page for ln in lines}})
    return tuple(_against(before, ln, column, edges) for before, ln in zip((None, *lines), lines, strict=False))


def _edges(lines: Sequence[TextLine]) -> Edges | None:
    """Left and right edge of the column in pixels: the outer tenth of its lines may stick out."""
    boxes = [ln.box for ln in lines if ln.box]
    if not boxes:
        return None
    lefts, rights = sorted(b.x0 for b in boxes), sorted(b.x1 for b in boxes)
    return lefts[len(lefts) // 10], rights[len(rights) * 9 // 10]


def _widened(edges: Mapping[int, Edges | None]) -> dict[int, Edges | None]:
    """The columns, none narrower than is usual: on a page of short lines alone no line reaches the column's edge."""
    usual = median_high([edge[1] - edge[0] for edge in edges.values() if edge] or [0])
    return {n: edge and (edge[0], max(edge[1], round(edge[0] + usual))) for n, edge in edges.items()}


def _against(before: TextLine | None, line: TextLine, column: int, edges: Mapping[int, Edges | None]) -> Flow:
    edge = edges[line.page]
    indent = line.box.x0 - edge[0] > INDENT * (edge[1] - edge[0]) if edge and line.box else None
    if before is None:
        return Flow(loose=1.0, indent=indent, gap=True, turned=False)
    return Flow(_loose(before, line, column, edges[before.page]), indent, line.gap, before.page != line.page)


def _loose(before: TextLine, line: TextLine, column: int, edge: Edges | None) -> float:
    """The share of the column left free on the line before, once this line's first word is set there too."""
    if before.box and edge:
        width = edge[1] - edge[0] or 1
        letter = before.box.width / max(1, len(before.text))
        return (edge[1] - before.box.x1 - letter * (1 + len(line.first))) / width
    return (column - measure(before.text) - measure(" " + line.first)) / column


def joined(doc: Document, span: Span, *, skip: int = 0) -> str:
    """The printed text of `span` without its first `skip` letters, lines joined.

    A token broken after a hyphen or slash at the end of its line is joined without a blank (`6858/QĐ-` `BYT`).
    """
    text, last = "", None
    for _, word in doc.printed(span):
        broken = last is not None and word.line != last.line and len(last.text) > 1 and last.text[-1] in "-/"
        text += word.text if broken or last is None else f" {word.text}"
        last = word
    return text[skip:].strip()


def score_of(doc: Document, span: Span) -> float:
    """The mean score of the words of `span`, 0 where it has none."""
    scores = [w.score for _, w in doc.printed(span)]
    return sum(scores) / len(scores) if scores else 0.0
