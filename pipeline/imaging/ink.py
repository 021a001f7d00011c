"""Coloured ink: red seals and blue stamps as regions, and seals taken off the print they cover."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster
from pipeline.types import Box, Region

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["find_seals", "grey", "has_print", "share_of_colour", "share_of_ink"]

#: How much one channel must stand out to be ink of that colour, in 0..255.
STANDS_OUT = 45
#: Diameters of seals in inches: 30 to 42 mm by Thông tư 21/2012/TT-BCA, and what a scan adds or cuts off.
SEAL = (0.9, 1.9)


def _red(pixels: Pixels) -> NDArray[np.bool_]:
    red, green, blue = (pixels[..., n].astype(np.int16) for n in range(3))
    return red - np.maximum(green, blue) > STANDS_OUT


def find_seals(raster: Raster, *, page: int) -> tuple[Region, ...]:
    """Round red seals of an RGB picture, boxes in its own pixels."""
    if raster.pixels.ndim == 2:
        return ()
    return tuple(Region(page, "seal", box) for box in _round_blobs(_red(raster.pixels), raster.dpi))


def _round_blobs(mask: NDArray[np.bool_], dpi: int) -> Iterator[Box]:
    """Boxes of the connected ink that is as large and as round as a seal."""
    factor = max(1, dpi // 75)
    small = cv2.resize(mask.astype(np.uint8), None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    # Rings and letters of one seal grow together; a name stamped below it stays apart.
    small = cv2.morphologyEx(small, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (7, 7)))
    small = cv2.morphologyEx(small, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(small, connectivity=8)
    for x, y, width, height, area in stats[1:].tolist():
        inches = [side * factor / dpi for side in (width, height)]
        fits = SEAL[0] <= min(inches) and max(inches) <= SEAL[1] and max(inches) < 1.35 * min(inches)
        if fits and area > 0.08 * width * height:
            yield Box(x * factor, y * factor, (x + width) * factor, (y + height) * factor)


def grey(raster: Raster) -> Raster:
    """Brightness of an RGB picture with its seals made bright: the names they cover stay, the seals go.

    Red print elsewhere is text (a signer's name is often put on with a red rubber stamp) and stays dark.
    """
    if raster.pixels.ndim == 2:
        return raster
    luma = cv2.cvtColor(raster.pixels, cv2.COLOR_RGB2GRAY)
    mask = np.zeros(luma.shape, np.uint8)
    for region in find_seals(raster, page=1):
        (x, y), box = region.box.centre, region.box
        axes = round(box.width * 0.53), round(box.height * 0.53)
        cv2.ellipse(mask, (round(x), round(y)), axes, 0, 0, 360, 1, -1)
    return raster.with_pixels(np.where(mask > 0, np.maximum(luma, raster.pixels[..., 0]), luma).astype(np.uint8))


def share_of_colour(pixels: Pixels, box: Box) -> tuple[float, float]:
    """(red, blue): which share of the ink inside `box` of an RGB picture has that colour; (0, 0) without ink."""
    crop = pixels[box.y0 : box.y1, box.x0 : box.x1]
    if crop.ndim == 2 or crop.size == 0:
        return 0.0, 0.0
    ink = crop.min(axis=2) < 150
    count = int(ink.sum())
    if not count:
        return 0.0, 0.0
    red, green, blue = (crop[..., n].astype(np.int16) for n in range(3))
    return (
        float(((red - np.maximum(green, blue) > STANDS_OUT) & ink).sum() / count),
        float(((blue - red > STANDS_OUT) & ink).sum() / count),
    )


def _letters(raster: Raster) -> NDArray[np.int64]:
    """Areas of the connected ink of a grey picture that has the size of letters, 6 to 30 points."""
    dark = (raster.pixels < 128).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    least, most = stats[1:, 2:4].min(axis=1), stats[1:, 2:4].max(axis=1)
    fits = (least >= 0.008 * raster.dpi) & (most >= 0.05 * raster.dpi) & (most <= 0.3 * raster.dpi)
    return np.asarray(stats[1:][fits][:, cv2.CC_STAT_AREA], dtype=np.int64)


def share_of_ink(part: Raster, whole: Raster) -> float:
    """How much of the letters' ink in `whole` is still in `part`, 0..1; 0 where there is none."""
    return float(_letters(part).sum() / max(_letters(whole).sum(), 1))


def has_print(raster: Raster, *, least: int = 3) -> bool:
    """Whether a grey picture shows at least so many shapes that may be letters."""
    return len(_letters(raster)) >= least
