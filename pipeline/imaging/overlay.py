"""A page with what was read drawn over it: each line's box in the colour of its zone."""

from __future__ import annotations

import cv2

from pipeline.imaging.raster import Pixels
from pipeline.types import Document

__all__ = ["COLOURS", "overlay"]

#: RGB of each zone; those that are no printed text share one.
COLOURS = {
    "header_left": (29, 78, 137),
    "header_right": (0, 140, 140),
    "title": (141, 59, 114),
    "body": (11, 110, 79),
    "table": (181, 101, 29),
    "foot_left": (29, 78, 137),
    "foot_right": (0, 140, 140),
    "footnote": (91, 95, 151),
}
ELSE = (200, 30, 30)


def overlay(pixels: Pixels, doc: Document, page: int, *, thickness: int = 4) -> Pixels:
    """A copy of a page's RGB `pixels` (height, width, 3) with the boxes of its lines and cells drawn on it.

    `pixels` may be larger or smaller than the page as scanned; boxes are scaled with it.
    """
    out = pixels.copy()
    scanned = next(p for p in doc.pages if p.number == page)
    factor = pixels.shape[1] / max(scanned.width, 1)
    boxes = [(line.box, COLOURS.get(line.zone, ELSE)) for line in doc.lines if line.page == page]
    boxes += [(c.box, COLOURS["table"]) for t in doc.tables if t.page == page for c in t.cells]
    for box, colour in boxes:
        if box:
            low, high = (
                (round(box.x0 * factor), round(box.y0 * factor)),
                (round(box.x1 * factor), round(box.y1 * factor)),
            )
            cv2.rectangle(out, low, high, colour, max(1, round(thickness * factor)))
    return out
