"""Grey pictures with red seals taken off the print they cover, and how much print a picture shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Raster
from pipeline.imaging.rings import find_rings

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["grey", "has_print", "share_of_ink"]


def grey(raster: Raster) -> Raster:
    """Brightness of an RGB picture with its seals made bright: the names they cover stay, the seals go.

    Red print elsewhere is text (a signer's name is often put on with a red rubber stamp) and stays dark.
    """
    if raster.pixels.ndim == 2:
        return raster
    luma = cv2.cvtColor(raster.pixels, cv2.COLOR_RGB2GRAY)
    mask = np.zeros(luma.shape, np.uint8)
    for ring in find_rings(raster.pixels, raster.dpi):
        if ring.red:
            cv2.circle(mask, (round(ring.x), round(ring.y)), round(ring.radius * 1.06), 1, -1)
    return raster.with_pixels(np.where(mask > 0, np.maximum(luma, raster.pixels[..., 0]), luma).astype(np.uint8))


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
