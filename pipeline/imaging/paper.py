"""Paper that is not white: coloured stock, and the print of the back that shines through thin sheets."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels

__all__ = ["on_white", "without_back"]

#: Channels of paper that differ by so much make it coloured.
TINT = 22
#: Ink is darker than this share of the way from the darkest print to white; the back is lighter, and darker than PALE.
INK, PALE = 0.36, 232
#: Grey that belongs to ink stands within so many inches of it.
NEAR = 0.014
#: Grey away from all ink covers this share of a page whose back shines through, and so much of what its ink covers.
SHARE, OF_INK = 0.012, 0.2


def on_white(raster: Raster) -> Raster:
    """An RGB picture as it would be on white paper, where it is on coloured."""
    if raster.pixels.ndim == 2:
        return raster
    sample = raster.pixels[::16, ::16].reshape(-1, 3)
    light = sample[sample.max(axis=1) >= np.percentile(sample.max(axis=1), 40)]
    paper = np.median(light, axis=0)
    if paper.max() - paper.min() < TINT:
        return raster
    steps = np.arange(256, dtype=np.float64)[:, None] * (255 / np.maximum(paper, 1))
    table = np.clip(steps, 0, 255).astype(np.uint8)[None]
    return raster.with_pixels(as_pixels(cv2.LUT(raster.pixels, table)))


def without_back(raster: Raster) -> Raster:
    """A grey picture on white without the print of the back: grey that no ink is near, where there is much of it."""
    if not shines_through(raster.pixels[::2, ::2], round(NEAR * raster.dpi / 2)):
        return raster
    kept = _kept(raster.pixels, round(NEAR * raster.dpi))
    return raster.with_pixels(np.where(kept > 0, raster.pixels, 255).astype(np.uint8))


def shines_through(pixels: Pixels, reach: int) -> bool:
    """Whether grey away from ink is print; `reach` in pixels is how far ink's own grey reaches."""
    grey = (pixels < PALE) & (_kept(pixels, reach) == 0)
    ink = pixels < _ink_level(pixels)
    # Grain is single pixels, print is strokes.
    strokes = cv2.erode(as_pixels(grey), np.ones((2, 2), np.uint8)).mean()
    return bool(strokes > SHARE and strokes > OF_INK * ink.mean())


def _kept(pixels: Pixels, reach: int) -> Pixels:
    """1 where ink is, or so near that its grey edge may be."""
    ink = as_pixels(pixels < _ink_level(pixels))
    side = 2 * reach + 1
    return as_pixels(cv2.dilate(ink, np.ones((side, side), np.uint8)))


def _ink_level(pixels: Pixels) -> float:
    """Between ink and grey: a share of the way from the darkest print to white."""
    sample = pixels[::4, ::4]
    dark = sample[sample < 200]
    darkest = float(np.percentile(dark, 10)) if len(dark) else 0.0
    return darkest + INK * (255 - darkest)
