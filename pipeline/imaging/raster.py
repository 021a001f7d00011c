"""A picture that remembers where it came from: pixels and the map back to the page as scanned."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.types import Box

__all__ = ["Pixels", "Raster", "Step", "apply", "as_pixels", "from_scan"]

Pixels = NDArray[np.uint8]


def as_pixels(array: Any) -> Pixels:
    """What OpenCV gives back, as the 8-bit picture it is."""
    return np.asarray(array, dtype=np.uint8)


def _identity() -> NDArray[np.float64]:
    return np.eye(3)


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """`pixels`: uint8, (height, width) grey or (height, width, 3) RGB, at `dpi`.

    `back` (3 x 3, affine but for pages photographed from the side) maps a point (x, y, 1) of this picture to the page
    as scanned, `scan` is that page's (width, height) in pixels. `rotation` and `skew` say in degrees how far the
    picture was turned so far: whole quarter turns clockwise, and the small rest counter-clockwise.
    """

    pixels: Pixels
    dpi: int
    scan: tuple[int, int]
    back: NDArray[np.float64] = field(default_factory=_identity)
    rotation: int = 0
    skew: float = 0.0

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def with_pixels(self, pixels: Pixels) -> Raster:
        """The same picture with other pixels of the same shape."""
        return Raster(pixels, self.dpi, self.scan, self.back, self.rotation, self.skew)

    def warped(self, pixels: Pixels, forward: Any, **turns: Any) -> Raster:
        """What `pixels` show after the map `forward` (2 x 3 or 3 x 3, old points to new ones) was applied."""
        back = self.back @ np.linalg.inv(np.vstack([forward, (0, 0, 1)][: 4 - len(forward)]))
        state = {"dpi": self.dpi, "rotation": self.rotation, "skew": self.skew} | turns
        return Raster(pixels, state["dpi"], self.scan, back, state["rotation"], state["skew"])

    def to_scan(self, box: Box) -> Box:
        """The smallest box on the page as scanned that holds all of `box`, cut at the page's edges."""
        return _mapped(box, self.back, self.scan)

    def from_scan(self, box: Box) -> Box:
        """The smallest box of this picture that holds all of a box of the page as scanned."""
        return _mapped(box, np.asarray(np.linalg.inv(self.back), dtype=np.float64), self.size)


Step = Callable[[Raster], Raster]


def from_scan(pixels: Pixels, dpi: int) -> Raster:
    """The page as scanned, untouched."""
    return Raster(pixels, dpi, (pixels.shape[1], pixels.shape[0]))


def apply(steps: Iterable[Step], raster: Raster) -> Raster:
    """The picture after all steps, in their order."""
    return reduce(lambda picture, step: step(picture), steps, raster)


def _mapped(box: Box, matrix: NDArray[np.float64], size: tuple[int, int]) -> Box:
    corners = np.array(
        [(box.x0, box.y0, 1), (box.x1, box.y0, 1), (box.x0, box.y1, 1), (box.x1, box.y1, 1)], dtype=np.float64
    )
    points = corners @ matrix.T
    points = points[:, :2] / points[:, 2:]
    # A hair of rounding error must not make a box one pixel larger.
    low, high = np.floor(points.min(axis=0) + 1e-6), np.ceil(points.max(axis=0) - 1e-6)
    x0, x1 = (int(min(max(v, 0), size[0])) for v in (low[0], high[0]))
    y0, y1 = (int(min(max(v, 0), size[1])) for v in (low[1], high[1]))
    return Box(x0, y0, x1, y1)
