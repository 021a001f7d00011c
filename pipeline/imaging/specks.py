"""Dust and toner: dots too small to be letters or their marks, and pinholes in print, on pages full of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["without_specks"]

#: The largest speck's side in inches: a dot under a letter of 11 points is larger.
SPECK = 0.0155
#: A page is full of specks where there are so many a letter, and so many a square inch.
PER_LETTER, PER_INCH = 1.5, 30.0
#: Sides of letters in inches.
LETTER = (0.04, 0.3)


def without_specks(raster: Raster) -> Raster:
    """A grey picture without its specks and pinholes, where it is full of them."""
    if not _is_speckled(raster):
        return raster
    dark = _dark(raster.pixels)
    largest = (SPECK * raster.dpi) ** 2
    pixels = np.where(_small(dark, largest), 255, raster.pixels).astype(np.uint8)
    dark = _dark(pixels)
    ink = int(np.median(pixels[dark > 0])) if dark.any() else 0
    return raster.with_pixels(np.where(_small(1 - dark, largest / 4), ink, pixels).astype(np.uint8))


def _dark(pixels: Pixels) -> Pixels:
    level = 0.5 * (float(np.percentile(pixels[::4, ::4], 1)) + float(np.median(pixels[::4, ::4])))
    return as_pixels(pixels < level)


def _is_speckled(raster: Raster) -> bool:
    """Whether the middle of the page has many dots among its letters."""
    height, width = raster.pixels.shape
    part = raster.pixels[height // 3 : 2 * height // 3, width // 6 : 5 * width // 6]
    _, _, stats, _ = cv2.connectedComponentsWithStats(_dark(part), connectivity=8)
    most = stats[1:, 2:4].max(axis=1) / raster.dpi
    specks = int((stats[1:, cv2.CC_STAT_AREA] <= (SPECK * raster.dpi) ** 2).sum())
    letters = int(((most >= LETTER[0]) & (most <= LETTER[1])).sum())
    return specks > PER_LETTER * letters and specks > PER_INCH * part.size / raster.dpi**2


def _small(mask: Pixels, largest: float) -> NDArray[np.bool_]:
    """Where connected parts of the mask are no larger than so many pixels."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=4)
    small = stats[:, cv2.CC_STAT_AREA] <= largest
    small[0] = False
    return np.asarray(small[labels])
