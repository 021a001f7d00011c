"""The chain from a page as scanned to a picture that reads well: grey, even, level, at 300 dpi."""

from __future__ import annotations

from pipeline.imaging.clean import flatten
from pipeline.imaging.ink import grey
from pipeline.imaging.raster import Raster, Step, apply
from pipeline.imaging.turn import deskew, scale

__all__ = ["STEPS", "prepare", "to_reading_size"]

#: The resolution the recogniser was trained at.
DPI = 300


def to_reading_size(raster: Raster) -> Raster:
    """The picture at about 300 dpi where it is far from it; small steps are not worth the blur."""
    return raster if 0.8 <= raster.dpi / DPI <= 1.35 else scale(raster, DPI / raster.dpi)


STEPS: tuple[Step, ...] = (to_reading_size, grey, flatten, deskew)


def prepare(raster: Raster) -> Raster:
    """The page grey, clean and level, not yet black and white."""
    return apply(STEPS, raster)
