"""What a picture shows around the page: a scanner's open lid, the edges of a book, the table under a photograph.

Dark ground that begins at the picture's edge and ends in a sharp step is no part of the page; a shadow ends softly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.uint8]

__all__ = ["SMALL", "ground", "without_ground"]

#: The longer side of the picture in which the ground is looked for.
SMALL = 600
#: Ground is darker than this share of the paper, and its edge a step of so many grey levels on most of its length.
DARK, STEP, SHARP = 0.62, 50, 0.5
#: Ground covers at least this share of the picture, and is this wide in pixels of the small one: no line of print is.
LEAST, WIDTH = 0.002, 5
#: How far the edge is blurred, in pixels of the small picture.
BLUR = 2


def ground(pixels: Pixels) -> Mask | None:
    """Where a small picture shows ground, 1 there and 0 on the page; None where it is page all over."""
    small = shrunk(pixels)
    paper = float(np.percentile(small, 80))
    dark = as_pixels(small < DARK * paper)
    rim = np.concatenate([dark[0], dark[-1], dark[:, 0], dark[:, -1]])
    if not rim.any():
        return None
    # Print goes, ground stays; letters that touch it are cut off again.
    square = np.ones((WIDTH, WIDTH), np.uint8)
    solid = cv2.dilate(cv2.erode(dark, square, borderType=cv2.BORDER_CONSTANT, borderValue=(1,)), square)
    found = np.zeros_like(dark)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(as_pixels(solid), connectivity=4)
    for n, (x, y, width, height, area) in enumerate(stats[1:].tolist(), start=1):
        outer = x == 0 or y == 0 or x + width == dark.shape[1] or y + height == dark.shape[0]
        if outer and area >= LEAST * dark.size and _is_sharp(small, as_pixels(labels == n)):
            found[labels == n] = 1
    return found if found.any() else None


def shrunk(pixels: Pixels) -> Pixels:
    """The picture in grey, its longer side SMALL pixels."""
    factor = SMALL / max(pixels.shape[:2])
    every = max(1, int(0.5 / factor))
    size = tuple(max(1, round(n * factor)) for n in pixels.shape[1::-1])
    small = cv2.resize(pixels[::every, ::every], size, interpolation=cv2.INTER_AREA)
    return as_pixels(small if small.ndim == 2 else cv2.cvtColor(small, cv2.COLOR_RGB2GRAY))


def _is_sharp(small: Pixels, part: Mask) -> bool:
    """Whether the page begins with a step where the part ends, print left out."""
    near = (cv2.dilate(part, np.ones((3, 3), np.uint8)) > 0) & (part == 0)
    wide = np.ones((2 * BLUR + 5, 2 * BLUR + 5), np.uint8)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, wide)
    rise = cv2.dilate(paper, wide).astype(np.int16) - cv2.erode(paper, wide)
    edge = rise[near]
    return bool(edge.size and (edge > STEP).mean() > SHARP)


def without_ground(raster: Raster) -> Raster:
    """The picture with the colour of paper where it shows no page."""
    mask = ground(raster.pixels)
    if mask is None:
        return raster
    wider = cv2.dilate(mask, np.ones((2 * BLUR + 1, 2 * BLUR + 1), np.uint8))
    whole = cv2.resize(wider, raster.size, interpolation=cv2.INTER_NEAREST) > 0
    step = max(1, max(raster.size) // SMALL)
    page = raster.pixels[::step, ::step][~whole[::step, ::step]]
    pixels = raster.pixels.copy()
    pixels[whole] = np.median(page[_bright(page)], axis=0) if len(page) else 255
    return raster.with_pixels(pixels)


def _bright(page: NDArray[np.uint8]) -> NDArray[np.bool_]:
    light = page if page.ndim == 1 else page[:, 1]
    return np.asarray(light >= np.median(light))
