"""The chain from a page as scanned to a picture that reads well: the page alone, grey, even, level, at 300 dpi.

Each step looks first, in a small picture, and acts only where it must.
"""

from __future__ import annotations

from pipeline.imaging.borders import without_ground
from pipeline.imaging.clean import flatten
from pipeline.imaging.ink import grey
from pipeline.imaging.paper import on_white, without_back
from pipeline.imaging.perspective import upright
from pipeline.imaging.raster import Raster, Step, apply
from pipeline.imaging.specks import without_specks
from pipeline.imaging.turn import deskew, scale

__all__ = ["PAGE", "STEPS", "page_alone", "prepare", "to_reading_size"]

#: The resolution the recogniser was trained at.
DPI = 300


def to_reading_size(raster: Raster) -> Raster:
    """The picture at about 300 dpi where it is far from it; small steps are not worth the blur."""
    return raster if 0.8 <= raster.dpi / DPI <= 1.35 else scale(raster, DPI / raster.dpi)


#: From what the scanner or camera saw to the page, still in its colours.
PAGE: tuple[Step, ...] = (on_white, upright, without_ground)
#: From the page to the picture that is read.
STEPS: tuple[Step, ...] = (grey, without_specks, to_reading_size, flatten, without_back, deskew)


def page_alone(raster: Raster) -> Raster:
    """The page without what is around it, as on white paper."""
    return apply(PAGE, raster)


def prepare(raster: Raster) -> Raster:
    """The page grey, clean and level, not yet black and white."""
    return apply(STEPS, raster)
