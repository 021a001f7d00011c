"""Print that was passed over: shapes of letters in a line where nothing was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster
from pipeline.types import Box

__all__ = ["unread"]

#: Inches: how high letters are, how wide, how thin a stroke of them; how far apart in a line of print.
HEIGHT, WIDTH, THIN, APART = (0.045, 0.22), 0.3, 0.013, 0.14
#: A line of print: so many letters, so many inches long and high.
LETTERS, LENGTH, LINE = 3, 0.3, (0.06, 0.4)
#: The picture is looked at at this resolution.
DPI = 150


def unread(raster: Raster, boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Boxes of lines of print in a level grey picture that `boxes` (of what was read) leave out, top to bottom."""
    factor = DPI / raster.dpi
    small = cv2.resize(raster.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark = (small < 150).astype(np.uint8)
    for box in boxes:
        dark[int(box.y0 * factor) : round(box.y1 * factor) + 1, int(box.x0 * factor) : round(box.x1 * factor) + 1] = 0
    found = (_scaled(box, 1 / factor, raster.size) for box in _lines(_letters(dark)))
    return tuple(sorted(found, key=lambda box: box.y0))


def _letters(dark: Pixels) -> Pixels:
    """The boxes of shapes that have the size of letters, each filled with its number; 0 elsewhere."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    filled = np.zeros(dark.shape, np.uint8)
    for x, y, width, height, _ in stats[1:].tolist():
        fits = HEIGHT[0] * DPI <= height <= HEIGHT[1] * DPI and THIN * DPI <= width <= WIDTH * DPI
        if fits:
            filled[y : y + height, x : x + width] = 1
    return filled


def _lines(letters: Pixels) -> Iterator[Box]:
    """Runs of letters on one level."""
    reach = round(APART * DPI)
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    _, _, each, middles = cv2.connectedComponentsWithStats(letters, connectivity=8)
    owners = labels[middles[1:, 1].astype(int), middles[1:, 0].astype(int)]
    counts = np.bincount(owners, minlength=len(stats)) if len(each) > 1 else np.zeros(len(stats), int)
    for n, (x, y, width, height, _) in enumerate(stats[1:].tolist(), start=1):
        if counts[n] >= LETTERS and width >= LENGTH * DPI and LINE[0] * DPI <= height <= LINE[1] * DPI:
            yield Box(x, y, x + width, y + height)


def _scaled(box: Box, factor: float, size: tuple[int, int]) -> Box:
    """`box` at the picture's own size, with room around for the marks above and below its letters."""
    pad = 0.35 * box.height
    x0, y0, x1, y1 = (factor * v for v in (box.x0 - pad, box.y0 - pad, box.x1 + pad, box.y1 + pad))
    return Box(max(int(x0), 0), max(int(y0), 0), min(int(x1) + 1, size[0]), min(int(y1) + 1, size[1]))
