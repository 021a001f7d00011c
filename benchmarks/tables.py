"""How well ruled tables are found on damaged pages whose true cells are known.

    python benchmarks/tables.py [--pages N] [--seed N] [--save FOLDER]

Draws pages of our own: tables of varied rules (thin, grey, dashed, dotted, broken, double, open at the sides), merged
cells and heads of two levels, at 150 to 300 dpi, turned by up to 3 degrees, bent, stained; and pages without a table
that look as if they had one. Prints precision, recall and F1 of neighbouring cells (Göbel et al., ICDAR 2013) for each
kind of rule, and how many tables were seen where there is none.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageDraw

from pipeline.imaging.grids import find_grids
from pipeline.imaging.prepare import prepare
from pipeline.imaging.raster import Pixels, Raster, from_scan
from pipeline.imaging.turn import quarter_turn
from pipeline.train.damage import LEVELS, damage
from pipeline.train.paper import font
from pipeline.types import Box, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: What rules look like: width in mm, shade of ink 0..255, and how they are broken.
RULES: dict[str, tuple[float, int, str]] = {
    "solid": (0.25, 20, ""), "thin": (0.1, 40, ""), "grey": (0.2, 150, ""), "light": (0.15, 190, ""),
    "dashed": (0.25, 30, "dashed"), "dotted": (0.25, 30, "dotted"), "broken": (0.2, 40, "broken"),
    "double": (0.12, 30, "double"), "open": (0.2, 30, "open"), "thick": (0.5, 20, ""),
}  # fmt: skip
WORDS = "tổ chức thực hiện kế hoạch phòng họp rà soát báo cáo đơn vị tháng năm kiểm tra giao 12 2024 xã hỗ trợ".split()
SAME = 0.6
Place = tuple[int, int, int, int]
Relation = tuple[int, int, str]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A page as scanned, its true cells as (places, corner points on the scan), and what kind it is."""

    pixels: Pixels
    dpi: int
    kind: str
    cells: tuple[tuple[Place, NDArray[np.float64]], ...]


# --- drawing ---------------------------------------------------------------------------------------------------------
class Pen:
    """A sheet of paper to write and rule on, `mm` pixels to the millimetre."""

    def __init__(self, dpi: int, *, landscape: bool, rng: np.random.Generator) -> None:
        self.mm, self.dpi, self.rng = dpi / 25.4, dpi, rng
        width, height = (297, 210) if landscape else (210, 297)
        self.sheet = Image.new("L", (round(width * self.mm), round(height * self.mm)), 255)
        self.draw = ImageDraw.Draw(self.sheet)
        self.font = font("liberation", "dkg", "regular", 12 / 72 * dpi)

    def text(self, x: float, y: float, width: float, lines: int) -> None:
        """So many lines of words from (x, y) down, the last one short."""
        for n in range(lines):
            words, room = "", width * (0.5 if n == lines - 1 else 1.0)
            while (longer := f"{words} {self.rng.choice(WORDS)}".strip()) and self.font.getlength(longer) <= room:
                words = longer
            self.draw.text((x, y + n * self.line), words, font=self.font, fill=15)

    @property
    def line(self) -> float:
        return 5.2 * self.mm

    def rule(self, x0: float, y0: float, x1: float, y1: float, kind: str) -> None:
        """A rule of a kind in RULES."""
        thick, shade, style = RULES[kind]
        width = max(1, round(thick * self.mm))
        for a, b in self._parts(style):
            points = (x0 + a * (x1 - x0), y0 + a * (y1 - y0), x0 + b * (x1 - x0), y0 + b * (y1 - y0))
            self.draw.line([round(v) for v in points], fill=shade, width=width)
            if style == "double":
                off = 0.8 * self.mm
                near = (points[0] + off, points[1] + off, points[2] + off, points[3] + off)
                self.draw.line([round(v) for v in near], fill=shade, width=width)

    def _parts(self, style: str) -> Iterator[tuple[float, float]]:
        """The drawn parts of a rule as shares of its length."""
        if style == "dashed":
            yield from ((n / 40, (n + 0.65) / 40) for n in range(40))
        elif style == "dotted":
            yield from ((n / 90, (n + 0.5) / 90) for n in range(90))
        elif style == "broken":
            cuts = np.sort(self.rng.uniform(0, 1, 3))
            ends = [0.0, *cuts, 1.0]
            yield from ((a, b - 0.02) for a, b in pairwise(ends) if b - a > 0.03)
        else:
            yield 0.0, 1.0


def _places(rows: int, columns: int, rng: np.random.Generator) -> list[Place]:
    """The cells of a grid as (row, column, row span, column span), some of them merged."""
    taken = np.zeros((rows, columns), bool)
    merged: list[Place] = []
    if columns > 4 and rng.random() < 0.4:  # a head of two levels
        first = int(rng.integers(2, columns - 1))
        merged += [(0, c, 2, 1) for c in range(columns) if c not in (first, first + 1)] + [(0, first, 1, 2)]
    for row in range(2, rows):
        if rng.random() < 0.15:  # a group row
            merged.append((row, 1, 1, columns - 1))
        elif row + 1 < rows and rng.random() < 0.15:
            merged.append((row, columns - 1, 2, 1))
    cells: list[Place] = []
    for r, c, h, w in [*merged, *((r, c, 1, 1) for r in range(rows) for c in range(columns))]:
        if not taken[r : r + h, c : c + w].any():
            taken[r : r + h, c : c + w] = True
            cells.append((r, c, h, w))
    return cells


def _table(pen: Pen, top: float, kind: str) -> list[tuple[Place, tuple[float, ...]]]:
    """A table drawn from `top` (mm) down: its cells with their rectangles in pixels."""
    rng, mm = pen.rng, pen.mm
    columns, wide = int(rng.integers(3, 8)), pen.sheet.width / mm - 40
    shares = np.array([0.3, *rng.uniform(0.6, 2.0, columns - 1)])
    xs = (20 + np.cumsum([0, *shares]) / shares.sum() * wide) * mm
    ys = [top * mm]
    while ys[-1] < pen.sheet.height - 60 * mm and len(ys) < 13:
        ys.append(ys[-1] + pen.line * int(rng.integers(1, 5)) + float(rng.uniform(0.6, 3)) * mm)
    cells: list[tuple[Place, tuple[float, ...]]] = []
    for row, column, tall, broad in _places(len(ys) - 1, columns, rng):
        x0, y0, x1, y1 = xs[column], ys[row], xs[column + broad], ys[row + tall]
        sides = [(x0, y0, x1, y0), (x0, y1, x1, y1)]
        sides += [(x0, y0, x0, y1)] * (kind != "open" or column > 0)
        sides += [(x1, y0, x1, y1)] * (kind != "open" or column + broad < columns)
        for side in sides:
            pen.rule(*side, kind)
        if rng.random() < 0.85:
            fits = int((y1 - y0) / pen.line)
            pen.text(x0 + 1.2 * mm, y0 + 0.5 * mm, x1 - x0 - 2 * mm, int(rng.integers(1, fits + 1)))
        cells.append(((row, column, tall, broad), (x0, y0, x1, y1)))
    return cells


def _distractors(pen: Pen) -> None:
    """What looks like a table and is none: rules under heads, a framed note, a stamp's frame, a form's blanks."""
    mm, rng = pen.mm, pen.rng
    for left, top, length in ((35, 30, 25), (130, 34, 45), (85, 72, 40)):
        pen.rule(left * mm, top * mm, (left + length) * mm, top * mm, "solid")
    x, y = float(rng.uniform(20, 120)) * mm, 40 * mm
    for box in ((0, 0, 60, 14), (0, 14, 60, 26)):
        a, b, c, d = (v * mm for v in box)
        for side in ((a, b, c, b), (a, d, c, d), (a, b, a, d), (c, b, c, d)):
            pen.rule(x + side[0], y + side[1], x + side[2], y + side[3], "solid")
    for n in range(20):
        pen.text(25 * mm, (80 + 8 * n) * mm, 160 * mm, 1)
        if n % 3 == 0:
            pen.rule(25 * mm, (85 + 8 * n) * mm, rng.uniform(60, 190) * mm, (85 + 8 * n) * mm, "thin")
    pen.rule(24.5 * mm, 75 * mm, 24.5 * mm, 240 * mm, "thin")  # a crease down the margin


def page(seed: int, kind: str) -> Drawn:
    """A page with a table of that kind of rules; `none`: with things that look like one."""
    rng = np.random.default_rng((seed, *kind.encode()))
    pen = Pen(int(rng.choice([150, 200, 300])), landscape=rng.random() < 0.3, rng=rng)
    cells: list[tuple[Place, tuple[float, ...]]] = []
    if kind == "none":
        _distractors(pen)
    else:
        pen.text(25 * pen.mm, 20 * pen.mm, pen.sheet.width - 50 * pen.mm, 4)
        cells = _table(pen, 50, kind)
    level = LEVELS[int(rng.integers(0, 4))]
    level = replace(level, skew=float(rng.uniform(0, 3)), loss=min(level.loss, 0.03))
    bent = _bent(np.asarray(pen.sheet), float(rng.uniform(0, 0.8)) * pen.mm)
    pixels, affine, _ = damage(np.repeat(bent[..., None], 3, axis=2), level, rng)
    corners = [np.array([(a, b), (c, b), (a, d), (c, d)]) for _, (a, b, c, d) in cells]
    quads = [np.c_[points, np.ones(4)] @ affine.T for points in corners]
    return Drawn(pixels, pen.dpi, kind, tuple(zip([p for p, _ in cells], quads, strict=True)))


def _bent(sheet: Pixels, depth: float) -> Pixels:
    """The sheet with its lines bent by up to `depth` pixels, as beside the spine of a book."""
    shifts = np.round(depth * np.sin(np.linspace(0, np.pi, sheet.shape[1])) - depth / 2).astype(int)
    rows = np.clip(np.arange(sheet.shape[0])[:, None] - shifts[None], 0, sheet.shape[0] - 1)
    return np.ascontiguousarray(np.take_along_axis(sheet, rows, axis=0))


# --- measuring -------------------------------------------------------------------------------------------------------
def relations(places: Sequence[tuple[int, Place]]) -> set[Relation]:
    """Which cells, given with their numbers, stand beside or below one another."""
    held = {(r + i, c + j): n for n, (r, c, h, w) in places for i in range(h) for j in range(w)}
    beside = {(n, held[r, c + 1], "beside") for (r, c), n in held.items() if held.get((r, c + 1), n) != n}
    below = {(n, held[r + 1, c], "below") for (r, c), n in held.items() if held.get((r + 1, c), n) != n}
    return beside | below


def score(drawn: Drawn, picture: Raster, tables: Sequence[Table]) -> tuple[int, int, int]:
    """(right, found, true) neighbourhoods of cells."""
    forward = np.linalg.inv(picture.back)[:2]
    true = [_around(np.c_[quad, np.ones(4)] @ forward.T) for _, quad in drawn.cells]
    found: set[Relation] = set()
    for table in tables:
        numbers = [_match(cell.box, true, -1 - n) for n, cell in enumerate(table.cells) if cell.box]
        shapes = [(c.row, c.column, c.row_span, c.column_span) for c in table.cells]
        found |= relations(list(zip(numbers, shapes, strict=True)))
    wanted = relations([(n, place) for n, (place, _) in enumerate(drawn.cells)])
    return len(found & wanted), len(found), len(wanted)


def _around(points: NDArray[np.float64]) -> Box:
    low, high = points.min(axis=0), points.max(axis=0)
    return Box(*(max(round(float(v)), 0) for v in (low[0], low[1], high[0], high[1])))


def _match(box: Box | None, true: Sequence[Box], otherwise: int) -> int:
    """The number of the true cell at that place."""
    for n, other in enumerate(true):
        common = box & other if box else None
        if box and common and common.area >= SAME * (box.area + other.area - common.area):
            return n
    return otherwise


def run(pages: int, seed: int, save: Path | None) -> None:
    """Prints the figures of so many pages of each kind."""
    totals: dict[str, list[Any]] = defaultdict(lambda: [0, 0, 0])
    spent, ghosts = 0.0, 0
    for kind in (*RULES, "none"):
        for n in range(pages):
            drawn = page(seed + n, kind)
            picture = prepare(quarter_turn(from_scan(drawn.pixels, drawn.dpi), 0))
            begun = time.process_time()
            tables = [t for t in find_grids(picture, page=1) if len(t.cells) > 2]
            spent += time.process_time() - begun
            counts = score(drawn, picture, tables)
            ghosts += len(tables) if kind == "none" else 0
            for name in (kind, "all"):
                totals[name] = [a + b for a, b in zip(totals[name], counts, strict=True)]
            if save:
                print(kind, seed + n, drawn.dpi, picture.skew, counts)
                _saved(save / f"{kind}-{seed + n}.png", picture, tables)
    for kind, (right, found, true) in totals.items():
        precision, recall = right / max(found, 1), right / max(true, 1)
        print(f"{kind:8} P {precision:.3f}  R {recall:.3f}  F1 {2 * right / max(found + true, 1):.3f}")
    print(f"{ghosts} tables on {pages} pages without one, {spent / pages / (len(RULES) + 1):.2f} s a page")


def _saved(path: Path, picture: Raster, tables: Sequence[Table]) -> None:
    image = Image.fromarray(picture.pixels).convert("RGB")
    draw = ImageDraw.Draw(image)
    for box in (cell.box for table in tables for cell in table.cells if cell.box):
        draw.rectangle((box.x0 + 4, box.y0 + 4, box.x1 - 4, box.y1 - 4), outline=(255, 0, 0), width=3)
    image.resize((image.width // 3, image.height // 3)).save(path)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=5)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--save", type=Path)
    chosen = parser.parse_args()
    run(chosen.pages, chosen.seed, chosen.save)
