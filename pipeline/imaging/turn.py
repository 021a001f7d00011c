"""Steps that move pixels: deskewing, quarter turns, scaling."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["cropped", "deskew", "estimate_skew", "is_sideways", "quarter_turn", "scale", "turned"]

#: Less than this is not worth the blur of resampling, in degrees.
LEAST_TURN = 0.15
#: A page of print has its sharpest profile so many times sharper than the median; an empty page has not.
CLEAR = 1.4
#: On a sideways page fewer letters than this share have their nearest neighbour beside them; upright it is > 0.8.
BESIDE = 0.4
#: Letters looked at to see which way the lines run.
SEEN = 300
#: Ink points looked at; more add nothing to the estimate.
POINTS = 40_000


def estimate_skew(pixels: Pixels, *, limit: float = 15.0) -> float:
    """By how many degrees counter-clockwise the lines of print must be turned to be level, within +-`limit`.

    The sharpest row profile of the ink decides (Postl, 1986): coarse search, then fine.
    """
    points = _ink(pixels)
    if len(points) < 200:
        return 0.0
    coarse = [_sharpness(points, angle) for angle in np.arange(-limit, limit + 0.25, 0.5)]
    if max(coarse) < CLEAR * float(np.median(coarse)):
        return 0.0
    best = 0.0
    for step, reach in ((0.5, limit), (0.1, 0.6), (0.02, 0.12)):
        angles = np.arange(max(best - reach, -limit), min(best + reach, limit) + step / 2, step)
        best = float(max(angles, key=lambda angle: (_sharpness(points, angle), -abs(angle))))
    return round(best, 2)


def _ink(pixels: Pixels) -> NDArray[np.float32]:
    """Points (x, y) in the lower part of letters, at a third of the size, evenly thinned."""
    factor = 700 / max(pixels.shape[1], 700)
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    dark = as_pixels(cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1])
    margin = [round(0.03 * n) for n in dark.shape]
    dark[: margin[0]] = dark[-margin[0] :] = 0
    dark[:, : margin[1]] = dark[:, -margin[1] :] = 0
    edge = dark[:-1] & ~dark[1:] & 1
    ys, xs = np.nonzero(edge)
    every = max(1, len(xs) // POINTS)
    return np.stack([xs[::every], ys[::every]], axis=1).astype(np.float32)


def _sharpness(points: NDArray[np.float32], angle: float) -> float:
    radians = math.radians(angle)
    rows = points[:, 1] * math.cos(radians) - points[:, 0] * math.sin(radians)
    profile = np.bincount((rows - rows.min()).astype(np.intp)).astype(np.float64)
    return float((profile**2).sum())


def is_sideways(pixels: Pixels, dpi: int) -> bool:
    """Whether the lines of print of a grey picture run up or down the page: letters stand closest in their line."""
    small = cv2.resize(pixels, None, fx=150 / dpi, fy=150 / dpi, interpolation=cv2.INTER_AREA)
    dark = as_pixels(cv2.threshold(small, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1])
    _, _, stats, centres = cv2.connectedComponentsWithStats(dark, connectivity=8)
    least, most = stats[:, 2:4].min(axis=1), stats[:, 2:4].max(axis=1)
    letters = (least >= 5) & (most >= 8) & (most <= 45)
    letters[0] = False
    points = centres[letters].astype(np.float32)
    if len(points) < 30:
        return False
    seen = points[:: max(1, len(points) // SEEN)]
    apart = np.abs(seen[:, None] - points[None])
    distance = (apart**2).sum(axis=2)
    distance[distance == 0] = np.inf
    nearest = apart[np.arange(len(seen)), distance.argmin(axis=1)]
    return bool((nearest[:, 0] > nearest[:, 1]).mean() < BESIDE)


def turned(raster: Raster, degrees: float) -> Raster:
    """The picture turned counter-clockwise by `degrees`, the canvas grown so that nothing is cut off."""
    width, height = raster.size
    forward = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(forward[0, 0]), abs(forward[0, 1])
    size = math.ceil(width * cos + height * sin), math.ceil(height * cos + width * sin)
    forward[:, 2] += (size[0] - width) / 2, (size[1] - height) / 2
    white = (255,) * (1 if raster.pixels.ndim == 2 else 3)
    pixels = cv2.warpAffine(raster.pixels, forward, size, flags=cv2.INTER_CUBIC, borderValue=white)
    return raster.warped(as_pixels(pixels), forward, skew=round(raster.skew + degrees, 2))


def deskew(raster: Raster) -> Raster:
    """A grey picture with its lines of print level."""
    angle = estimate_skew(raster.pixels)
    return raster if abs(angle) < LEAST_TURN else turned(raster, angle)


def quarter_turn(raster: Raster, degrees: int) -> Raster:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    width, height = raster.size
    turns = {
        90: (cv2.ROTATE_90_CLOCKWISE, ((0, -1, height), (1, 0, 0))),
        180: (cv2.ROTATE_180, ((-1, 0, width), (0, -1, height))),
        270: (cv2.ROTATE_90_COUNTERCLOCKWISE, ((0, 1, 0), (-1, 0, width))),
    }
    if degrees not in turns:
        return raster
    code, forward = turns[degrees]
    pixels = as_pixels(cv2.rotate(raster.pixels, code))
    return raster.warped(pixels, np.array(forward), rotation=(raster.rotation + degrees) % 360)


def cropped(raster: Raster, box: Box, *, margin: int) -> tuple[Raster, tuple[int, int]]:
    """The part of a grey picture in `box`, with `margin` pixels of white around, and how far its origin moved."""
    pixels = raster.pixels[box.y0 : box.y1, box.x0 : box.x1]
    x, y = box.x0 - margin, box.y0 - margin
    part = raster.warped(np.pad(pixels, margin, constant_values=255), np.array(((1, 0, -x), (0, 1, -y))))
    return part, (x, y)


def scale(raster: Raster, factor: float) -> Raster:
    """The picture `factor` times as large in each direction."""
    way = cv2.INTER_CUBIC if factor > 1 else cv2.INTER_AREA
    pixels = as_pixels(cv2.resize(raster.pixels, None, fx=factor, fy=factor, interpolation=way))
    forward = np.array(((pixels.shape[1] / raster.size[0], 0, 0), (0, pixels.shape[0] / raster.size[1], 0)))
    return raster.warped(pixels, forward, dpi=round(raster.dpi * factor))
