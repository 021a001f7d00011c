"""Grey pictures with red seals taken off the print they cover, and how much print a picture shows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.lift import lifted
from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.imaging.rings import Ring, find_rings, is_in_head

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["grey", "has_print", "share_of_ink"]


def grey(raster: Raster) -> Raster:
    """Brightness of a picture with its seals and the signatures beside them taken off the print they cover.

    Red print elsewhere is text (a signer's name is often put on with a red rubber stamp) and stays dark.
    """
    pixels = raster.pixels
    out = pixels if pixels.ndim == 2 else as_pixels(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY))
    for ring in find_rings(pixels, raster.dpi):
        out = _unsealed(out, pixels, ring, raster.dpi)
    return raster.with_pixels(out)


def _unsealed(out: Pixels, pixels: Pixels, ring: Ring, dpi: int) -> Pixels:
    """The grey picture `out` of `pixels` without a seal; beside one in the page's head stand no letters to keep."""
    out = out.copy()
    if is_in_head(ring, pixels.shape[0]):
        if ring.red:
            mask = cv2.circle(np.zeros_like(out), (round(ring.x), round(ring.y)), round(ring.radius * 1.06), 1, -1)
            out = as_pixels(np.where(mask > 0, np.maximum(out, pixels[..., 0]), out))
        return out
    x0, y0 = (max(round(v - 1.15 * ring.radius), 0) for v in (ring.x, ring.y))
    x1, y1 = round(ring.x + 4 * ring.radius), round(ring.y + 1.15 * ring.radius)
    part = lifted(pixels[y0:y1, x0:x1], dpi, replace(ring, x=ring.x - x0, y=ring.y - y0))
    out[y0:y1, x0:x1] = part
    return out


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
