"""Tables read as a column: the cells of a ruled table cut out and pasted one below the other.

Page segmentation takes neighbouring cells for one line of print, or a narrow column for a picture. In a montage
every cell is a paragraph of its own, without rules, and each box knows the way back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.types import Box, Table

__all__ = ["Montage", "montage", "without"]

#: Inches: white between cells, white around all.
GAP, MARGIN = 0.12, 0.15
#: How far inside a cell its rules may lie, in inches; the straight piece by which they are told from a word over
#: them: a share of the cell's side, and inches at most.
SIDE, STRAIGHT, LONGEST = 0.07, 0.7, 1.2
#: Inches: what is cut off inside the middle of a rule; how near a cell's edge a piece of rule may be left, how thick.
INSET, EDGE, HAIR = 0.008, 0.04, 0.02
#: What is darker may be rule.
GREY = 225
#: A cell whose print is no wider and no higher than this many inches holds a number or a sign.
NUMERAL = 0.29
#: The least height of connected ink in inches that makes a cell worth reading.
LEAST_INK = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Montage:
    """`raster` shows the cells; `slots` are, top to bottom, a cell's key and its rows of pixels [y0, y1).

    `twin` is how far to the right each cell stands a second time, 0 where it does not.
    """

    raster: Raster
    slots: tuple[tuple[tuple[int, int], int, int], ...]
    shifts: tuple[tuple[int, int], ...]
    twin: int = 0

    def slot_of(self, box: Box) -> int | None:
        """Which slot most of `box` lies in; None between slots."""
        middle = box.centre[1]
        return next((n for n, (_, y0, y1) in enumerate(self.slots) if y0 <= middle < y1), None)

    def copies(self, box: Box) -> tuple[int, int]:
        """In which copy of its cell the box begins and ends, 0 or 1."""
        second = self.raster.size[0] // 2
        return int(bool(self.twin) and box.x0 >= second), int(bool(self.twin) and box.x1 > second)

    def home(self, slot: int, box: Box) -> Box:
        """`box` of the montage, in either copy or over both, in pixels of the picture the cells were cut from."""
        dx, dy = self.shifts[slot]
        first, last = self.copies(box)
        box = Box(box.x0 - first * self.twin, box.y0, box.x1 - last * self.twin, box.y1)
        return Box(max(box.x0 + dx, 0), max(box.y0 + dy, 0), max(box.x1 + dx, 0), max(box.y1 + dy, 0))


def montage(raster: Raster, tables: Sequence[Table], *, numerals: bool = False) -> Montage | None:
    """The inked cells of all tables of a level grey picture, keyed (table, cell); None where no cell has ink.

    Cells that hold no more than a row's number are left out, or with `numerals` they are the only ones: they need
    another mode of reading, and each stands there twice: a figure alone is often passed over, two are a line.
    """
    gap, margin = (round(v * raster.dpi) for v in (GAP, MARGIN))
    crops = [crop for crop in _crops(raster, tables) if _is_numeral(crop.box, raster.dpi) == numerals]
    if not crops:
        return None
    width = max(crop.box.width for crop in crops) + 2 * margin
    twin = width if numerals else 0
    height = sum(crop.box.height + gap for crop in crops) + 2 * margin
    canvas = np.full((height, width + twin), 255, np.uint8)
    slots, shifts, y = [], [], margin
    for key, box, pixels in crops:
        canvas[y : y + box.height, margin : margin + box.width] = pixels
        slots.append((key, y - gap // 2, y + box.height + gap // 2))
        shifts.append((box.x0 - margin, box.y0 - y))
        y += box.height + gap
    if twin:
        canvas[:, twin:] = canvas[:, :width]
    return Montage(raster.with_pixels(canvas), tuple(slots), tuple(shifts), twin)


class _Crop(NamedTuple):
    """A cell's place among the tables, its printed part on the page, and the pixels of that."""

    key: tuple[int, int]
    box: Box
    pixels: Pixels


def _crops(raster: Raster, tables: Sequence[Table]) -> Iterator[_Crop]:
    """The printed part of each cell that has ink."""
    inset = round(INSET * raster.dpi)
    for t, table in enumerate(tables):
        for c, cell in enumerate(table.cells):
            whole = _inner(cell.box, inset, raster.size) if cell.box else None
            if whole is None or whole.area == 0:
                continue
            pixels = _unruled(raster.pixels[whole.y0 : whole.y1, whole.x0 : whole.x1], raster.dpi)
            part = _inked(pixels, raster.dpi)
            if part:
                box = Box(whole.x0 + part.x0, whole.y0 + part.y0, whole.x0 + part.x1, whole.y0 + part.y1)
                yield _Crop((t, c), box, pixels[part.y0 : part.y1, part.x0 : part.x1])


def _inner(box: Box, inset: int, size: tuple[int, int]) -> Box:
    x0, y0 = min(box.x0 + inset, size[0]), min(box.y0 + inset, size[1])
    return Box(x0, y0, max(min(box.x1 - inset, size[0]), x0), max(min(box.y1 - inset, size[1]), y0))


def _unruled(cell: Pixels, dpi: int) -> Pixels:
    """A cell, cut at the middle of its rules, without them: long straight ink beside its sides."""
    dark = (cell < GREY).astype(np.uint8)
    near = np.ones_like(dark)
    side = round(SIDE * dpi)
    near[side:-side, side:-side] = 0
    # A rule that leans a little is straight all the same, and its edges are paler than its middle.
    thick = cv2.dilate(dark & near, np.ones((3, 3), np.uint8))
    tall, long = (max(round(min(STRAIGHT * n, LONGEST * dpi)), 1) for n in cell.shape)
    upright, level = (cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones(s, np.uint8)) for s in ((tall, 1), (1, long)))
    rule = cv2.min(cv2.dilate(cv2.max(upright, level), np.ones((3, 3), np.uint8)), near)
    return _without_hairs(as_pixels(np.where(rule > 0, 255, cell)), dpi)


def _without_hairs(cell: Pixels, dpi: int) -> Pixels:
    """The cell without what is left of rules at its very edge: thin pieces much longer than thick."""
    edge, thin = round(EDGE * dpi), round(HAIR * dpi)
    height, width = cell.shape
    _, labels, stats, _ = cv2.connectedComponentsWithStats((cell < GREY).astype(np.uint8), connectivity=8)
    x, y, w, h = (stats[:, n] for n in range(4))
    level = (h <= thin) & (w > 3 * h) & ((y + h <= edge) | (y >= height - edge))
    upright = (w <= thin) & (h > 3 * w) & ((x + w <= edge) | (x >= width - edge))
    gone = level | upright
    gone[0] = False
    return as_pixels(np.where(gone[labels], 255, cell))


def _is_numeral(box: Box, dpi: int) -> bool:
    return box.width < NUMERAL * dpi and box.height < NUMERAL * dpi


def _inked(pixels: Pixels, dpi: int) -> Box | None:
    """The part of a cell that holds print, with a little white around; None where there is nothing to read."""
    if pixels.size == 0:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats((pixels < 140).astype(np.uint8), connectivity=8)
    tall = [s for s in stats[1:count].tolist() if s[3] >= LEAST_INK * dpi and s[2] < 0.98 * pixels.shape[1]]
    if not tall:
        return None
    pad = round(0.05 * dpi)
    x0, y0 = (max(min(s[n] for s in tall) - pad, 0) for n in (0, 1))
    x1, y1 = (max(s[n] + s[n + 2] for s in tall) + pad for n in (0, 1))
    return Box(x0, y0, min(x1, pixels.shape[1]), min(y1, pixels.shape[0]))


def without(raster: Raster, boxes: Sequence[Box]) -> Raster:
    """The picture with `boxes` made white."""
    pixels = raster.pixels.copy()
    for box in boxes:
        pixels[box.y0 : box.y1, box.x0 : box.x1] = 255
    return raster.with_pixels(pixels)
