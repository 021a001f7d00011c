"""From a manuscript to scan-like pages: pixels, and the true words with their boxes.

The truth of each page is a `PageReading`, the very value an engine returns, so that what reads pages and what works
on their words can both be measured against it. The same manuscript, seed and severity give the same bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageChops, ImageDraw

from pipeline.train import marks
from pipeline.train.compose import compose
from pipeline.train.damage import LEVELS, Affine, Pixels, damage, mapped
from pipeline.train.markup import Manuscript
from pipeline.train.paper import LAYOUTS, font
from pipeline.train.pdf import Coded, encode
from pipeline.train.typeset import Ink, Proof, Rule, SetLine, Setter, SetWord
from pipeline.types import Box, Cell, Line, Page, PageReading, Region, Table, Word, union

__all__ = ["DPI", "Rendered", "render"]

DPI = 200
Colour = tuple[int, int, int]
Edges = tuple[float, float, float, float]
BLACK: Colour = (20, 20, 22)


@dataclass(frozen=True, slots=True)
class Rendered:
    """One page: `pixels` (height x width x 3, uint8) as they come out of the `stored` picture, the `truth`, and how
    it was set."""

    pixels: Pixels
    stored: Coded
    truth: PageReading
    proof: Proof


@dataclass(frozen=True, slots=True)
class _Stamp:
    """Lines and rules printed in one colour, turned by `turn` degrees about their middle."""

    lines: list[SetLine]
    rules: list[Rule]
    colour: Colour
    turn: float


def render(manuscript: Manuscript, *, seed: int = 0, severity: int = 1, dpi: int = DPI) -> tuple[Rendered, ...]:
    """The pages of `manuscript` as scanned: `severity` 0 (clean) to 3 (bad), everything random from `seed`.

    Raises MissingProgram where a font is not installed, ConfigError where the manuscript names an unknown layout.
    """
    front = manuscript.front
    setter = Setter(LAYOUTS[front.get("layout", "nd30")], front.get("family", "termes"), front.get("hand", "dkg"), dpi)
    proofs = compose(manuscript, dpi)
    pages = []
    for number, proof in enumerate(proofs, start=1):
        rng = np.random.default_rng((seed, severity, number))
        stamps = _stamps(front, setter, rng) if number == 1 else []
        pages.append(_page(proof, number, setter, stamps, severity, rng, front.get("mode", "colour")))
    return tuple(pages)


def _page(
    proof: Proof, number: int, setter: Setter, stamps: list[_Stamp], severity: int, rng: np.random.Generator, mode: Any
) -> Rendered:
    size = (round(setter.mm(setter.layout.width)), round(setter.mm(setter.layout.height)))
    sheet = _printed(size, proof.lines, proof.rules, setter, BLACK)
    regions: list[tuple[Any, Edges]] = []
    for mark in sorted(proof.marks, key=lambda m: m.kind, reverse=True):  # the seal comes over the signature
        layer = (marks.seal if mark.kind == "seal" else marks.signature)(size, mark, setter, rng)
        regions.append((mark.kind, ImageChops.invert(layer).getbbox() or (0, 0, 0, 0)))
        sheet = ImageChops.multiply(sheet, layer)
    for stamp in stamps:
        layer = _printed(size, stamp.lines, stamp.rules, setter, stamp.colour)
        sheet = ImageChops.multiply(sheet, _turned(layer, stamp))
    level = LEVELS[severity]
    pixels, affine, turn = damage(np.asarray(sheet, np.uint8), level, rng)
    stored, pixels = encode(pixels, dpi=setter.dpi, quality=level.quality, mode=mode)
    page = Page(number, size[0], size[1], setter.dpi, skew=-turn, engine="truth")
    return Rendered(pixels, stored, _truth(page, proof, stamps, regions, affine, setter), proof)


def _stamps(front: dict[str, Any], setter: Setter, rng: np.random.Generator) -> list[_Stamp]:
    made = []
    for key, colour in (("incoming", marks.BLUE), ("urgency", marks.RED)):
        if key in front:
            x, y = front[key]["at"]
            at = (setter.mm(x), setter.mm(y))
            draw = marks.incoming if key == "incoming" else marks.urgency
            drawn = draw(front[key], setter, at)
            made.append(_Stamp(*drawn, colour, float(rng.uniform(-3, 3))))
    return made


def _printed(
    size: tuple[int, int], lines: list[SetLine], rules: list[Rule], setter: Setter, colour: Colour
) -> Image.Image:
    sheet = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(sheet)
    width = max(1, round(setter.mm(0.2)))
    for rule in rules:
        draw.line(tuple(round(v) for v in rule), fill=colour, width=width)
    for ink in (i for line in lines for word in line.words for i in word.inks):
        pen = marks.PEN if ink.style.face == "hand" else colour
        draw.text((ink.x, ink.baseline), ink.text, font=_font(ink, setter), fill=pen, anchor="ls")
    return sheet


def _font(ink: Ink, setter: Setter) -> Any:
    return font(setter.family, setter.hand, ink.style.face, setter.pixels(ink.style.size))


def _frame(stamp: _Stamp) -> Edges:
    rules = stamp.rules
    return min(r.x0 for r in rules), min(r.y0 for r in rules), max(r.x1 for r in rules), max(r.y1 for r in rules)


def _spin(stamp: _Stamp) -> Affine:
    x0, y0, x1, y1 = _frame(stamp)
    middle = ((x0 + x1) / 2, (y0 + y1) / 2)
    return np.asarray(cv2.getRotationMatrix2D(middle, stamp.turn, 1.0), np.float64)


def _turned(layer: Image.Image, stamp: _Stamp) -> Image.Image:
    pixels = np.asarray(layer)
    white = (255, 255, 255)
    return Image.fromarray(cv2.warpAffine(pixels, _spin(stamp), layer.size, flags=cv2.INTER_LINEAR, borderValue=white))


def _truth(
    page: Page, proof: Proof, stamps: list[_Stamp], regions: list[tuple[Any, Edges]], affine: Affine, setter: Setter
) -> PageReading:
    lines: list[Line] = []
    words: list[Word] = []
    groups = [(proof.lines, affine)] + [(s.lines, _chained(affine, _spin(s))) for s in stamps]
    for group, spin in groups:
        for line in group:
            made = [_word(w, len(lines), spin, setter, page) for w in line.words]
            words += made
            lines.append(Line(page.number, line.zone, union(w.box for w in made)))
    found = [Region(page.number, kind, _box(mapped(affine, box), page)) for kind, box in regions]
    for stamp, (_, spin) in zip(stamps, groups[1:], strict=True):
        found.append(Region(page.number, "stamp", _box(mapped(spin, _frame(stamp)), page)))
    return PageReading(page, tuple(lines), tuple(words), _tables(page, proof, affine), tuple(found))


def _chained(after: Affine, before: Affine) -> Affine:
    square = np.vstack([before, (0, 0, 1)])
    return np.asarray(after @ square, np.float64)


def _word(word: SetWord, line: int, affine: Affine, setter: Setter, page: Page) -> Word:
    boxes = []
    for ink in word.inks:
        x0, y0, x1, y1 = _font(ink, setter).getbbox(ink.text, anchor="ls")
        boxes.append(_box(mapped(affine, (ink.x + x0, ink.baseline + y0, ink.x + x1, ink.baseline + y1)), page))
    return Word(word.text.replace("⟦", "").replace("⟧", ""), union(boxes), line)


def _box(edges: Edges, page: Page) -> Box:
    x0, y0, x1, y1 = (int(np.floor(edges[0])), int(np.floor(edges[1])), int(np.ceil(edges[2])), int(np.ceil(edges[3])))
    return Box(max(0, x0), max(0, y0), min(page.width, x1), min(page.height, y1))


def _tables(page: Page, proof: Proof, affine: Affine) -> tuple[Table, ...]:
    tables = []
    for number, table in enumerate(proof.tables):
        cells = []
        for place in table.cells:
            inside = tuple(i for i, line in enumerate(proof.lines) if line.cell == (number, place))
            box = _box(mapped(affine, place.box), page)
            cells.append(Cell(place.row, place.column, place.row_span, place.column_span, box, inside))
        tables.append(Table(page.number, union(c.box for c in cells), tuple(cells)))
    return tuple(tables)
