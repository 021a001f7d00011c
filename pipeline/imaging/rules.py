"""Ruled lines of a level picture: thin straight ink, drawn through, dashed or dotted, dark or faint.

All is done at about 150 dpi: a rule is long, so that little is lost, and a page costs a quarter.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels

__all__ = ["POST", "RULE", "STRAY", "Rules", "find_rules"]

#: Lengths in inches: the least level and upright line (a row of one line of print is 0.24 high, a capital 0.13),
#: how far a line may stray from straight.
RULE, POST, STRAY = 0.35, 0.2, 0.03
#: Resolution at which rules are looked for.
DPI = 150
#: The thickest rule in inches; a hairline is so much darker than the paper around, of 255.
HAIR, DARKER = 0.07, 30
#: Over so many inches a line is judged, and so much of that must be ink: dots are as wide as the white between them.
WINDOW, INKED = 0.2, 0.48
#: White so many inches long is part of a line.
WHITE = 0.07
#: The share of a line that is ink where it is drawn through; one that is not must be so many inches long.
SOLID, BROKEN = 0.85, 1.2


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Masks of the level and upright lines: 1 on a line, shape (height, width), `factor` times smaller than the page.

    `contrast` is how much darker each place is than the paper around, 0..255. `dpi` is that of all three.
    """

    level: Pixels
    upright: Pixels
    contrast: Pixels
    dpi: float
    factor: int


def find_rules(raster: Raster) -> Rules:
    """The long lines of a level grey or black-and-white picture."""
    factor = max(1, round(raster.dpi / DPI))
    small = as_pixels(cv2.resize(raster.pixels, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA))
    dpi = raster.dpi / factor
    side = round(0.08 * dpi)
    hat = as_pixels(cv2.morphologyEx(small, cv2.MORPH_BLACKHAT, np.ones((side, side), np.uint8)))
    # Print, hairlines and the ink of stamps: dark, or darker than the paper around.
    dark = cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1]
    ink = as_pixels(cv2.max(dark, cv2.threshold(hat, DARKER, 1, cv2.THRESH_BINARY)[1]))
    level = _lines(ink, dpi, RULE)
    upright = _lines(np.ascontiguousarray(ink.T), dpi, POST)
    return Rules(level, _posted(as_pixels(upright.T), level, dpi), hat, dpi, factor)


def _lines(ink: Pixels, dpi: float, least: float) -> Pixels:
    """The level lines of at least `least` inches: thin components that are inked nearly all along."""
    thick = as_pixels(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((round(HAIR * dpi), 1), np.uint8)))
    thin = as_pixels(ink & ~thick)
    # Dashes, dots and what is torn count where half of a stretch is ink; so do some lines of letters.
    window = (int(WINDOW * dpi) | 1, 1)
    runs = cv2.threshold(cv2.blur(thin * np.uint8(200), window), 200 * INKED, 1, cv2.THRESH_BINARY)[1]
    count, labels, stats, _ = cv2.connectedComponentsWithStats(as_pixels(runs), connectivity=8)
    width, area = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_AREA]
    drawn = cv2.dilate(thin, np.ones((3, 1), np.uint8))
    share = np.bincount(labels[drawn > 0], minlength=count) / np.maximum(area, 1)
    long = np.where(share >= SOLID, least, BROKEN) * dpi
    keep = (width >= long) & (area <= HAIR * dpi * width)
    keep[0] = False
    bridged = cv2.morphologyEx(drawn, cv2.MORPH_CLOSE, np.ones((1, round(WHITE * dpi)), np.uint8))
    return as_pixels(keep[labels] & (bridged > 0))


def _posted(upright: Pixels, level: Pixels, dpi: float) -> Pixels:
    """The upright lines but for short ones that do not run from one level line to another: strokes of letters."""
    reach = round(2 * STRAY * dpi)
    near = cv2.dilate(level, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    keep = stats[:, cv2.CC_STAT_HEIGHT] >= RULE * dpi
    for n in np.flatnonzero(~keep):
        x, y, width, height, _ = stats[n].tolist()
        ends = near[y, x : x + width].any() and near[y + height - 1, x : x + width].any()
        keep[n] = bool(ends)
    keep[0] = False
    return as_pixels(keep[labels])
