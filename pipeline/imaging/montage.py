"""Tables read as a column: the cells of a ruled table cut out and pasted one below the other.

Page segmentation takes neighbouring cells for one line of print, or a narrow column for a picture. In a montage
every cell is a paragraph of its own, without rules, and each box knows the way back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.raster import Raster
from pipeline.types import Box, Table

__all__ = ["Montage", "montage", "without"]

#: Inches: what is cut off inside a cell's rules, white between cells, white around all.
INSET, GAP, MARGIN = 0.025, 0.12, 0.15
#: A cell whose print is no wider and no higher than this many inches holds a number or a sign.
NUMERAL = 0.29
#: The least height of connected ink in inches that makes a cell worth reading.
LEAST_INK = 0.03


@dataclass(frozen=True, slots=True, eq=False)
class Montage:
    """`raster` shows the cells; `slots` are, top to bottom, a cell's key and its rows of pixels [y0, y1)."""

    raster: Raster
    slots: tuple[tuple[tuple[int, int], int, int], ...]
    shifts: tuple[tuple[int, int], ...]

    def slot_of(self, box: Box) -> int | None:
        """Which slot most of `box` lies in; None between slots."""
        middle = box.centre[1]
        return next((n for n, (_, y0, y1) in enumerate(self.slots) if y0 <= middle < y1), None)

    def home(self, slot: int, box: Box) -> Box:
        """`box` of the montage in pixels of the picture the cells were cut from."""
        dx, dy = self.shifts[slot]
        return Box(max(box.x0 + dx, 0), max(box.y0 + dy, 0), max(box.x1 + dx, 0), max(box.y1 + dy, 0))


def montage(raster: Raster, tables: Sequence[Table], *, numerals: bool = False) -> Montage | None:
    """The inked cells of all tables of a level grey picture, keyed (table, cell); None where no cell has ink.

    Cells that hold no more than a row's number are left out, or with `numerals` they are the only ones: they need
    another mode of reading.
    """
    gap, margin = (round(v * raster.dpi) for v in (GAP, MARGIN))
    crops = [(key, box) for key, box in _crops(raster, tables) if _is_numeral(box, raster.dpi) == numerals]
    if not crops:
        return None
    width = max(box.width for _, box in crops) + 2 * margin
    height = sum(box.height + gap for _, box in crops) + 2 * margin
    canvas = np.full((height, width), 255, np.uint8)
    slots, shifts, y = [], [], margin
    for key, box in crops:
        canvas[y : y + box.height, margin : margin + box.width] = raster.pixels[box.y0 : box.y1, box.x0 : box.x1]
        slots.append((key, y - gap // 2, y + box.height + gap // 2))
        shifts.append((box.x0 - margin, box.y0 - y))
        y += box.height + gap
    return Montage(raster.with_pixels(canvas), tuple(slots), tuple(shifts))


def _crops(raster: Raster, tables: Sequence[Table]) -> Iterator[tuple[tuple[int, int], Box]]:
    """The key and the printed part of each cell that has ink."""
    inset = round(INSET * raster.dpi)
    for t, table in enumerate(tables):
        for c, cell in enumerate(table.cells):
            tight = _inked(raster, _inner(cell.box, inset, raster.size)) if cell.box else None
            if tight:
                yield (t, c), tight


def _is_numeral(box: Box, dpi: int) -> bool:
    return box.width < NUMERAL * dpi and box.height < NUMERAL * dpi


def _inner(box: Box, inset: int, size: tuple[int, int]) -> Box:
    x0, y0 = min(box.x0 + inset, size[0]), min(box.y0 + inset, size[1])
    return Box(x0, y0, max(min(box.x1 - inset, size[0]), x0), max(min(box.y1 - inset, size[1]), y0))


def _inked(raster: Raster, box: Box) -> Box | None:
    """The part of `box` that holds print, with a little white around; None where there is nothing to read."""
    crop = raster.pixels[box.y0 : box.y1, box.x0 : box.x1]
    if crop.size == 0:
        return None
    count, _, stats, _ = cv2.connectedComponentsWithStats((crop < 140).astype(np.uint8), connectivity=8)
    tall = [s for s in stats[1:count].tolist() if s[3] >= LEAST_INK * raster.dpi and s[2] < 0.98 * crop.shape[1]]
    if not tall:
        return None
    pad = round(0.05 * raster.dpi)
    x0, y0 = (max(min(s[n] for s in tall) - pad, 0) for n in (0, 1))
    x1, y1 = (max(s[n] + s[n + 2] for s in tall) + pad for n in (0, 1))
    return Box(box.x0 + x0, box.y0 + y0, min(box.x0 + x1, box.x1), min(box.y0 + y1, box.y1))


def without(raster: Raster, boxes: Sequence[Box]) -> Raster:
    """The picture with `boxes` made white."""
    pixels = raster.pixels.copy()
    for box in boxes:
        pixels[box.y0 : box.y1, box.x0 : box.x1] = 255
    return raster.with_pixels(pixels)
