"""Round seals of any ink, found by their rings: red ones in colour scans, black ones in grey and bitonal scans.

A seal's ring is often crossed by a signature and touched by the name below it, so that no connected shape is round.
Its edge points still agree on one centre: each votes along its gradient (Kimme, Ballard and Sklansky, 1975).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, as_pixels
from pipeline.types import Box

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

__all__ = ["Ring", "find_rings", "is_in_head"]

#: Dots per inch of the picture that rings are looked for in.
SMALL = 75
#: Radii in inches: seals are 30 to 42 mm wide by Thông tư 21/2012/TT-BCA, those in a digital signature smaller.
RADII = (0.3, 0.95)
#: Inches; connected ink smaller than this is letters and no part of a black ring.
LETTERS = 0.45
#: The share of a ring's directions in which its ink must be seen.
ROUND = 0.7
#: How much red must stand out to be ink of a seal, in 0..255; faint pads leave little.
FAINT = 28
#: A seal so near the upper edge, in shares of the page's height, is a digital signature's.
HEAD = 0.1
#: Directions that a ring is looked at in.
SECTORS = 90
#: Rings that a page may have at the most; how far, in pixels, the middle may lie beside the most votes.
MOST, STEPS = 6, (-2, 0, 2)


@dataclass(frozen=True, slots=True)
class Ring:
    """A round seal: its middle and outer radius in pixels of the picture, and whether its ink is red (else black)."""

    x: float
    y: float
    radius: float
    red: bool

    @property
    def box(self) -> Box:
        """The square around it, cut at the picture's left and upper edge."""
        low = (max(round(v - self.radius), 0) for v in (self.x, self.y))
        high = (max(round(v + self.radius), 0) for v in (self.x, self.y))
        return Box(*low, *high)


def find_rings(pixels: Pixels, dpi: int) -> tuple[Ring, ...]:
    """The round seals of a page, grey (height, width) or RGB (height, width, 3)."""
    small, factor = _reduced(pixels, dpi)
    found = [*_rings(_red(small), red=True)] if small.ndim == 3 else []
    if not found:
        found = [*_rings(_large(_dark(small)), red=False)]
    return tuple(Ring(r.x / factor, r.y / factor, r.radius / factor, r.red) for r in found)


def is_in_head(ring: Ring, height: int) -> bool:
    """Whether the seal stands where a digital signature is drawn, above all print of a page `height` pixels high."""
    return ring.y < HEAD * height


def _reduced(pixels: Pixels, dpi: int) -> tuple[Pixels, float]:
    factor = min(SMALL / dpi, 1.0)
    return as_pixels(cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)), factor


def _red(small: Pixels) -> Mask:
    red, green, blue = (small[..., n].astype(np.int16) for n in range(3))
    return np.asarray(red - np.maximum(green, blue) > FAINT)


def _dark(small: Pixels) -> Mask:
    return np.asarray((small if small.ndim == 2 else cv2.extractChannel(small, 1)) < 160)


def _large(mask: Mask) -> Mask:
    """The connected ink that is as large as a ring in both directions."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    keep = stats[:, 2:4].min(axis=1) >= LETTERS * SMALL
    keep[0] = False
    return np.asarray(keep[labels]) if keep.any() else np.zeros_like(mask)


def _rings(mask: Mask, *, red: bool) -> Iterator[Ring]:
    """The rings in the mask, the plainest first, each taken off before the next is looked for."""
    mask = mask.copy()
    for _ in range(MOST):
        ring = _plainest(mask, red=red)
        if ring is None:
            return
        yield ring
        cv2.circle(
            disc := np.zeros(mask.shape, np.uint8), (round(ring.x), round(ring.y)), round(ring.radius * 1.1), 1, -1
        )
        mask &= disc == 0


def _plainest(mask: Mask, *, red: bool) -> Ring | None:
    """The ring around the point that most edge points point at, or around one next to it where that is larger."""
    votes = _votes(mask)
    if votes is None:
        return None
    y, x = divmod(int(votes.argmax()), votes.shape[1])
    around = [_measured(mask, x + dx, y + dy, red=red) for dx in STEPS for dy in STEPS]
    return max((ring for ring in around if ring), key=lambda ring: ring.radius, default=None)


def _votes(mask: Mask) -> NDArray[np.float32] | None:
    """How many edge points of the mask lie on a circle around each pixel; None where there are few."""
    if not mask.any():
        return None
    soft = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), 1.0)
    dx, dy = cv2.Sobel(soft, cv2.CV_32F, 1, 0), cv2.Sobel(soft, cv2.CV_32F, 0, 1)
    force = np.hypot(dx, dy)
    ys, xs = np.nonzero(force > 1.0)
    if len(xs) < SMALL:
        return None
    ux, uy = dx[ys, xs] / force[ys, xs], dy[ys, xs] / force[ys, xs]
    low, high = (round(r * SMALL) for r in RADII)
    reach = np.concatenate([np.arange(low, high), -np.arange(low, high)])[:, None]
    cx, cy = np.rint(xs + reach * ux).astype(np.int32), np.rint(ys + reach * uy).astype(np.int32)
    inside = (cx >= 0) & (cy >= 0) & (cx < mask.shape[1]) & (cy < mask.shape[0])
    flat = np.bincount(cy[inside] * mask.shape[1] + cx[inside], minlength=mask.size)
    return np.asarray(cv2.GaussianBlur(flat.reshape(mask.shape).astype(np.float32), (0, 0), 1.5), np.float32)


def _measured(mask: Mask, x: int, y: int, *, red: bool) -> Ring | None:
    """The largest radius around (x, y) at which ink is seen in most directions."""
    angles = np.arange(SECTORS) * (2 * np.pi / SECTORS)
    radii = np.arange(round(RADII[0] * SMALL), round(RADII[1] * SMALL) + 1)[:, None]
    px, py = np.rint(x + radii * np.cos(angles)).astype(int), np.rint(y + radii * np.sin(angles)).astype(int)
    inside = (px >= 0) & (py >= 0) & (px < mask.shape[1]) & (py < mask.shape[0])
    ink = np.zeros(px.shape, bool)
    ink[inside] = mask[py[inside], px[inside]]
    thick = ink[:-2] | ink[1:-1] | ink[2:]
    seen = thick.mean(axis=1)
    fits = np.flatnonzero(seen >= ROUND)
    return Ring(float(x), float(y), float(radii[fits[-1] + 1, 0]), red) if len(fits) else None
