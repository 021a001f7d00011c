"""Marks that hang before a line of print, bullets and numbers, where nothing was read.

Tesseract's search for columns takes a mark that a tabulator parts from its text for noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster
from pipeline.types import Box, union

__all__ = ["Mark", "hanging"]

#: Inches: how far before its line a mark begins, how wide it is at most, and the white that must be before it.
REACH, WIDEST, WHITE = 0.6, 0.4, 0.08
#: Inches: a dash's length and how thick it is; how high and wide a letter or figure is at least.
DASH, THICK, LETTER = (0.025, 0.14), 0.03, (0.05, 0.012)
#: Heights of a line's print from its middle within which a mark stands, and a dash.
BAND, LEVEL = 0.8, 0.3
#: Grey under this is ink.
INK = 150


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark before the line `line` of those asked for; `is_dash` where its shape alone says so."""

    line: int
    box: Box
    is_dash: bool


def hanging(raster: Raster, lines: Sequence[Sequence[Box]]) -> tuple[Mark, ...]:
    """The unread marks before `lines`, each the boxes of its words left to right, in a level grey picture.

    A mark stands alone: white before it, white between it and the line, which fits in its level.
    """
    size = raster.size
    taken = np.zeros((size[1], size[0]), bool)
    for box in (box for line in lines for box in line):
        taken[box.y0 : box.y1, box.x0 : box.x1] = True
    found = (_mark(raster, taken, n, line) for n, line in enumerate(lines) if line)
    return tuple(mark for mark in found if mark)


def _mark(raster: Raster, taken: Pixels, n: int, line: Sequence[Box]) -> Mark | None:
    dpi, height = raster.dpi, median(box.height for box in line)
    middle = median(box.centre[1] for box in line[:3])
    end = line[0].x0 - 2
    x0, y0, y1 = max(round(end - REACH * dpi), 0), max(round(middle - BAND * height), 0), round(middle + BAND * height)
    if end - x0 < DASH[0] * dpi:
        return None
    dark = ((raster.pixels[y0:y1, x0:end] < INK) & ~taken[y0:y1, x0:end]).astype(np.uint8)
    shapes = [box for box in _shapes(dark) if box.y1 > 0.2 * height and box.y0 < dark.shape[0] - 0.2 * height]
    box = union(shapes)
    if box is None or box.width > WIDEST * dpi or box.x0 < WHITE * dpi or not _is_level(box, dark.shape[0]):
        return None
    home = Box(box.x0 + x0, box.y0 + y0, box.x1 + x0, box.y1 + y0)
    if _is_dash(box, dpi) and abs(home.centre[1] - middle) < LEVEL * height:
        return Mark(n, home, is_dash=True)
    high = any(shape.height >= LETTER[0] * dpi and shape.width >= LETTER[1] * dpi for shape in shapes)
    return Mark(n, home, is_dash=False) if high else None


def _shapes(dark: Pixels) -> list[Box]:
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    return [Box(x, y, x + width, y + height) for x, y, width, height, area in stats[1:].tolist() if area > 8]


def _is_level(box: Box, height: int) -> bool:
    """Whether the shapes keep within the line's level: what goes over its edge is a rule, a pen or the next line."""
    return box.y0 > 0 and box.y1 < height


def _is_dash(box: Box, dpi: int) -> bool:
    return DASH[0] * dpi <= box.width <= DASH[1] * dpi and box.height <= THICK * dpi and box.width >= 1.7 * box.height
