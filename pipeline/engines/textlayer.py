"""The text layer of a PDF page as an engine, where it reads as good Vietnamese and covers the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.engines.layer import layer_tokens
from pipeline.engines.recognise import SPARSE, recognise
from pipeline.engines.tokens import Token, page_reading, sorted_into_cells
from pipeline.errors import MissingProgram, PageError
from pipeline.scans import scanned_dpi
from pipeline.sheet import PDF, Sheet
from pipeline.types import Box, Page, PageReading
from pipeline.vietnamese import legibility

if TYPE_CHECKING:
    from pipeline.imaging.raster import Raster

__all__ = ["TextLayerEngine"]

#: Below this many words a layer is a signature's banner or a page number over a picture.
LEAST_WORDS = 12
#: What words read beside the layer (numbers drawn by form fields) must score to be taken.
SURE = 0.6


@dataclass(frozen=True, slots=True)
class TextLayerEngine:
    """Takes a page's own text. What is printed there but not in the layer is read from the pixels.

    `least` is the legibility (`vietnamese.legibility`) from which on a layer is trusted, `cover` the share of the
    page's ink that must stand under its words.
    """

    least: float = 0.75
    cover: float = 0.8
    timeout: float = 60.0
    name: str = "text_layer"

    def read(self, sheet: Sheet) -> PageReading:
        """The page's words and ruled tables. Raises PageError where there is no layer, or none to be trusted."""
        if sheet.media_type != PDF:
            raise PageError(f"{sheet} has no text layer", remedy="read it with the engine tesseract")
        tokens = layer_tokens(sheet, timeout=self.timeout)
        text = " ".join(token.text for token in tokens)
        if len(tokens) < LEAST_WORDS or legibility(text) < self.least:
            reason = "does not read as Vietnamese" if len(tokens) >= LEAST_WORDS else "holds too few words"
            raise PageError(f"{sheet}: its text layer {reason}", remedy="read it with the engine tesseract")
        return self._with_pixels(sheet, tokens)

    def _with_pixels(self, sheet: Sheet, tokens: Sequence[Token]) -> PageReading:
        """The layer checked against the page's ink, its gaps filled, its tables found."""
        from pipeline.imaging.grids import find_grids
        from pipeline.imaging.ink import grey, share_of_ink
        from pipeline.imaging.montage import without
        from pipeline.imaging.raster import from_scan

        picture = grey(from_scan(sheet.pixels(), sheet.dpi))
        inches = picture.size[0] * picture.size[1] / sheet.dpi**2
        if scanned_dpi(sheet.path, [inches], first=sheet.number):
            raise PageError(f"{sheet}: its text layer was read from a scan", remedy="read it with the engine tesseract")
        grids = find_grids(picture, page=sheet.number)
        rest = without(picture, [_padded(token.box) for token in tokens])
        if share_of_ink(rest, picture) > 1 - self.cover:
            raise PageError(f"{sheet}: its text layer leaves print out", remedy="read it with the engine tesseract")
        loose, inside = sorted_into_cells((*tokens, *_forgotten(rest, sheet, self.timeout)), grids)
        width, height = picture.scan
        page = Page(sheet.number, width, height, sheet.dpi, engine=self.name, read_from="text_layer")
        return page_reading(page, loose, grids, inside, lambda box: box)


def _padded(box: Box, by: int = 3) -> Box:
    return Box(max(box.x0 - by, 0), max(box.y0 - by, 0), box.x1 + by, box.y1 + by)


def _forgotten(rest: Raster, sheet: Sheet, timeout: float) -> tuple[Token, ...]:
    """What is printed outside the layer, such as a number and a day drawn by form fields."""
    from pipeline.imaging.ink import has_print

    if not has_print(rest):
        return ()
    try:
        found = recognise(rest, sheet, mode=SPARSE, timeout=timeout)
    except MissingProgram:  # the layer alone is still worth having
        return ()
    sure = (t for t in found if t.score >= SURE and any(c.isalnum() for c in t.text))
    return tuple(Token(t.text, t.box, t.score, (-1, *t.line)) for t in sure)
