"""Tesseract as an engine: words with boxes and confidences from the pixels of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.engines.hanging import with_marks
from pipeline.engines.merge import SURE, doubles, merge, replaced
from pipeline.engines.recognise import BLOCK, COLUMN, LINE, PAGE, SPARSE, recognise
from pipeline.engines.signers import relined
from pipeline.engines.specks import is_speck
from pipeline.engines.stamped import Stamp, beside, without_coloured_stamp, without_stamp
from pipeline.engines.tokens import InCells, Token, page_reading
from pipeline.engines.twins import as_numerals, half
from pipeline.sheet import Sheet
from pipeline.types import Box, Page, PageReading, Region, Table

if TYPE_CHECKING:
    from pipeline.imaging.montage import Montage
    from pipeline.imaging.raster import Raster
    from pipeline.imaging.rings import Ring

__all__ = ["TesseractEngine"]

#: How much larger than at 300 dpi the grey picture is read: the marks of ế, ể, ễ grow apart.
ENLARGED = 4 / 3
#: How many cells of a page in which nothing was read are looked at once more.
AGAIN = 12
#: The resolution at which to see how a page lies.
GLANCE = 150
#: The mean score below which a page is tried the other way up.
UPSIDE_DOWN = 0.7


@dataclass(frozen=True, slots=True, eq=False)
class _Look:
    """What was read in one picture of the page: loose tokens, the tokens of each (table, cell), and in a stamp on
    the page as scanned."""

    picture: Raster
    grids: Sequence[Table]
    tokens: Sequence[Token]
    inside: InCells
    stamp: Stamp | None = None

    def all(self) -> list[Token]:
        return [*self.tokens, *(t for found in self.inside.values() for t in found)]


def _turns(scan: Raster) -> tuple[int, ...]:
    """The quarter turns to try: both for a page whose lines run up or down."""
    from pipeline.imaging.ink import grey
    from pipeline.imaging.turn import is_sideways, scale

    small = grey(scale(scan, min(1.0, GLANCE / scan.dpi)))
    return (90, 270) if is_sideways(small.pixels, small.dpi) else (0,)


def _worth(look: _Look) -> float:
    return sum(token.score * len(token.text) for token in look.all())


def _is_upside_down(look: _Look) -> bool:
    """Whether a page with print on it reads so badly that it may stand on its head."""
    letters = sum(len(token.text) for token in look.all())
    return letters > 40 and _worth(look) < UPSIDE_DOWN * letters


@dataclass(frozen=True, slots=True)
class TesseractEngine:
    """Reads the pixels of a page. `timeout` is in seconds and for each call of the program, several a page."""

    timeout: float = 90.0
    name: str = "tesseract"

    def read(self, sheet: Sheet) -> PageReading:
        """The page's words, ruled tables with their lines in cells, and seals.

        Raises PageError where the page cannot be drawn or takes too long, MissingProgram where Tesseract or its
        Vietnamese model is not installed.
        """
        from pipeline.imaging.prepare import page_alone
        from pipeline.imaging.raster import from_scan
        from pipeline.imaging.rings import find_rings
        from pipeline.imaging.turn import quarter_turn

        scan = page_alone(from_scan(sheet.pixels(), sheet.dpi))
        scan, stamp = self._coloured_stamp(scan, sheet)
        looks = [self._look(scan, sheet, turn) for turn in _turns(scan)]
        best = max(looks, key=_worth)
        if best.picture.rotation == 0 and _is_upside_down(best):
            best = max(best, self._look(scan, sheet, 180), key=_worth)
        upright = quarter_turn(scan, best.picture.rotation)
        rings = find_rings(upright.pixels, upright.dpi)
        stamps = [found for found in (stamp, best.stamp) if found]
        tokens = self._with_signers(best, upright, rings, sheet)
        tokens = beside(tokens, [stamp.mapped(best.picture.from_scan) for stamp in stamps])
        page = _page(best.picture, sheet)
        reading = page_reading(page, tokens, best.grids, best.inside, best.picture.to_scan)
        seals = [Region(sheet.number, "seal", upright.to_scan(ring.box)) for ring in rings]
        return replace(reading, regions=(*seals, *(Region(sheet.number, "stamp", s.frame) for s in stamps)))

    def _coloured_stamp(self, scan: Raster, sheet: Sheet) -> tuple[Raster, Stamp | None]:
        """The page without its incoming stamp of coloured ink, and the stamp on the page as scanned."""
        rest, stamp = without_coloured_stamp(scan, lambda part: self._in_ways(part, sheet))
        return rest, stamp and stamp.mapped(scan.to_scan)

    def _in_ways(self, part: Raster, sheet: Sheet) -> list[Sequence[Token]]:
        """A small picture read as a column, as a block, and wherever there is text, as it is and enlarged."""
        from pipeline.imaging.clean import denoise
        from pipeline.imaging.turn import scale

        modes = (COLUMN, BLOCK, SPARSE)
        plain, large = denoise(part), denoise(scale(part, ENLARGED))
        first = [recognise(plain, sheet, mode=mode, timeout=self.timeout) for mode in modes]
        second = (recognise(large, sheet, mode=mode, timeout=self.timeout) for mode in modes)
        return [*first, *([token.shrunk(ENLARGED) for token in tokens] for tokens in second)]

    def _look(self, scan: Raster, sheet: Sheet, turn: int) -> _Look:
        """What is read when the page is turned clockwise by `turn` degrees first."""
        from pipeline.imaging.grids import find_grids
        from pipeline.imaging.montage import montage, without
        from pipeline.imaging.prepare import prepare
        from pipeline.imaging.turn import quarter_turn

        picture, stamp = without_stamp(prepare(quarter_turn(scan, turn)), lambda part: self._in_ways(part, sheet))
        stamp = stamp and stamp.mapped(picture.to_scan)
        grids = find_grids(picture, page=sheet.number)
        rest = without(picture, [t.box for t in grids if t.box])
        tokens = self._loose(rest, sheet)
        inside = self._in_cells(montage(picture, grids), sheet, mode=COLUMN)
        numbers = self._in_cells(montage(picture, grids, numerals=True), sheet, mode=BLOCK)
        return _Look(picture, grids, tokens, inside | {place: as_numerals(n) for place, n in numbers.items()}, stamp)

    def _with_signers(self, look: _Look, upright: Raster, rings: Sequence[Ring], sheet: Sheet) -> Sequence[Token]:
        """The loose tokens, positions and names around seals read again with the seals taken off."""
        from pipeline.imaging.clean import denoise
        from pipeline.imaging.names import signed_column

        tokens = look.tokens
        for ring in rings:
            column = signed_column(upright, ring, skew=look.picture.skew)
            if column is not None:
                found = recognise(denoise(column), sheet, mode=BLOCK, timeout=self.timeout)
                homes = [replace(t, box=look.picture.from_scan(column.to_scan(t.box))) for t in found]
                edge = look.picture.from_scan(column.to_scan(Box(0, 0, *column.size))).x0
                tokens = relined(tokens, homes, left=edge + sheet.dpi // 10)
        return tokens

    def _loose(self, rest: Raster, sheet: Sheet) -> tuple[Token, ...]:
        """The page's tokens outside tables; what was taken double, read badly or passed over is looked at again."""
        from pipeline.imaging.clean import sauvola
        from pipeline.imaging.unread import unread

        tokens = recognise(sauvola(rest), sheet, mode=PAGE, timeout=self.timeout)
        for box, run in doubles(tokens):
            tokens = replaced(tokens, run, self._closer(rest, box, sheet, mode=COLUMN))
        for box in unread(rest, [token.box for token in tokens if token.score >= SURE]):
            tokens = merge(tokens, self._closer(rest, box, sheet, mode=BLOCK))
        tokens = tuple(token for token in tokens if not is_speck(token, rest.dpi))
        return with_marks(rest, tokens, lambda box: self._closer(rest, box, sheet, mode=LINE))

    def _closer(self, rest: Raster, box: Box, sheet: Sheet, *, mode: int) -> list[Token]:
        """What is read in `box` when it is looked at alone."""
        from pipeline.imaging.clean import denoise
        from pipeline.imaging.turn import cropped, scale

        part, (dx, dy) = cropped(rest, box, margin=round(0.04 * rest.dpi))
        tokens = recognise(denoise(scale(part, ENLARGED)), sheet, mode=mode, timeout=self.timeout)
        return [token.shrunk(ENLARGED).moved(dx, dy) for token in tokens]

    def _in_cells(self, cells: Montage | None, sheet: Sheet, *, mode: int) -> InCells:
        """The tokens of each inked cell, in the pixels of the page's picture."""
        from pipeline.imaging.clean import denoise, sauvola

        inside: InCells = {}
        if cells is None:
            return inside
        # In black and white, as a column: on tables with gold a third of the errors of the grey picture read sparsely.
        picture = sauvola(cells.raster if mode == COLUMN else denoise(cells.raster))
        for token in recognise(picture, sheet, mode=mode, timeout=self.timeout):
            slot = cells.slot_of(token.box)
            if slot is not None:
                inside.setdefault(cells.slots[slot][0], []).append(_home(cells, slot, token))
        for slot in [n for n, (key, _, _) in enumerate(cells.slots) if key not in inside][:AGAIN]:
            inside |= self._alone(cells, slot, sheet)
        return inside

    def _alone(self, cells: Montage, slot: int, sheet: Sheet) -> InCells:
        """What is read in a cell that was passed over, when it is looked at by itself."""
        from pipeline.imaging.clean import sauvola

        key, top, bottom = cells.slots[slot]
        part = cells.raster.with_pixels(cells.raster.pixels[top:bottom].copy())
        found = [t.moved(0, top) for t in recognise(sauvola(part), sheet, mode=SPARSE, timeout=self.timeout)]
        return {key: [_home(cells, slot, token) for token in found]} if found else {}


def _home(cells: Montage, slot: int, token: Token) -> Token:
    """A token of a montage where it stands on the page; what two copies of a cell read as one, once."""
    text = half(token.text) if cells.copies(token.box) == (0, 1) else token.text
    return replace(token, text=text, box=cells.home(slot, token.box))


def _page(picture: Raster, sheet: Sheet) -> Page:
    width, height = picture.scan
    return Page(sheet.number, width, height, sheet.dpi, picture.rotation, picture.skew, engine="tesseract")
