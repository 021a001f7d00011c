"""Where somebody signed: the position above a seal and the name below it, the seal and the signature taken off."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from pipeline.imaging.lift import lifted
from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.imaging.rings import Ring, is_in_head
from pipeline.imaging.turn import turned
from pipeline.types import Box

__all__ = ["signed_column"]

#: How far the column of who signs reaches around a seal's middle, in its radii: left, up, right, down.
REACH = (1.6, 2.3, 4.0, 1.9)
#: The band of the signature in it, above and below the seal's middle, in radii: nothing is printed there.
SIGNED = (0.5, 0.55)
#: White around a picture that is read, in inches.
MARGIN = 0.07


def signed_column(scan: Raster, ring: Ring, *, skew: float) -> Raster | None:
    """The print around a seal of an upright picture (`ring` in its pixels), grey and level: lines above and below.

    `skew` is by how many degrees counter-clockwise it is to be turned. None where the seal stands in the page's head.
    """
    width, height = scan.size
    if is_in_head(ring, height):
        return None
    left, up, right, down = (round(v * ring.radius) for v in REACH)
    x, y = round(ring.x), round(ring.y)
    box = Box(max(x - left, 0), max(y - up, 0), min(x + right, width), min(y + down, height))
    part = scan.warped(scan.pixels[box.y0 : box.y1, box.x0 : box.x1], ((1, 0, -box.x0), (0, 1, -box.y0)))
    level = turned(part, skew) if skew else part
    middle = level.from_scan(scan.to_scan(Box(x, y, x + 1, y + 1))).centre
    pixels = lifted(level.pixels, scan.dpi, replace(ring, x=middle[0], y=middle[1]), crossed=True)
    pixels[max(round(middle[1] - SIGNED[0] * ring.radius), 0) : round(middle[1] + SIGNED[1] * ring.radius)] = 255
    return _framed(level, _uncut(pixels))


def _uncut(pixels: Pixels) -> Pixels:
    """The picture without the lines of print that its upper or lower edge cuts: what is left of them misreads."""
    height = pixels.shape[0]
    _, _, stats, _ = cv2.connectedComponentsWithStats((pixels < 200).astype(np.uint8), connectivity=8)
    tops, bottoms = stats[1:, 1], stats[1:, 1] + stats[1:, 3]
    out = pixels.copy()
    out[: max(bottoms[tops == 0], default=0)] = 255
    out[min(tops[bottoms == height], default=height) :] = 255
    return as_pixels(out)


def _framed(part: Raster, pixels: Pixels) -> Raster:
    """The picture's new `pixels` with white around."""
    margin = round(MARGIN * part.dpi)
    return part.warped(np.pad(pixels, margin, constant_values=255), ((1, 0, margin), (0, 1, margin)))
