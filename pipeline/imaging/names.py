"""The signer's name below a seal: often stamped by hand, crooked, and crossed by the signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.imaging.turn import cropped, turned
from pipeline.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["name_below"]

#: Inches: the largest letter of a name; a stroke of the pen is longer. The least height of a sign worth keeping.
LETTER, SIGN = 0.37, 0.027
#: Ink, in square inches, that a name has at the least.
INK = 0.0035


def name_below(raster: Raster, seal: Box) -> Raster | None:
    """The strip below `seal` (in the level grey picture's pixels), long strokes gone and its print level.

    None where there is no print. The strip's boxes map back to the page as scanned like those of any picture.
    """
    width, height = raster.size
    strip = Box(
        max(seal.x0 - seal.width // 3, 0),
        min(max(seal.y1 - seal.height // 8, 0), height),
        min(seal.x1 + seal.width, width),
        min(seal.y1 + seal.height // 2, height),
    )
    if not strip.area:
        return None
    part, _ = cropped(raster, strip, margin=round(0.07 * raster.dpi))
    letters = _letters(part)
    points = np.argwhere(letters)[:, ::-1].astype(np.float32)
    if len(points) < INK * raster.dpi**2:
        return None
    around = cv2.dilate(letters, np.ones((5, 5), np.uint8))
    pixels = as_pixels(np.where(around > 0, part.pixels, 255))
    return turned(part.with_pixels(pixels), _tilt(points))


def _letters(raster: Raster) -> Pixels:
    """1 on connected ink no larger than a letter and no smaller than a mark."""
    dark = (raster.pixels < 140).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    most, area = stats[:, 2:4].max(axis=1), stats[:, cv2.CC_STAT_AREA]
    keep = (most <= LETTER * raster.dpi) & (stats[:, 3] >= SIGN * raster.dpi) & (area >= (SIGN * raster.dpi) ** 2 * 0.9)
    keep[0] = False
    return as_pixels(keep[labels])


def _tilt(points: NDArray[np.float32]) -> float:
    """The slope of the smallest rectangle around the points, in degrees, -45 to 45."""
    _, (width, height), angle = cv2.minAreaRect(points)
    return (angle - (90 if width < height else 0) + 45) % 90 - 45
