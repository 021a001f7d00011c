"""Cells cut out of a table: print whole, rules gone, boxes that find their way home."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.imaging.montage import montage
from pipeline.imaging.raster import Pixels, from_scan
from pipeline.types import Box, Cell, Table

DPI = 300
CELL = Box(200, 200, 900, 360)


def table(*boxes: Box) -> tuple[Table, ...]:
    return (Table(1, None, tuple(Cell(0, n, 1, 1, box) for n, box in enumerate(boxes))),)


def page(*, lean: int = 0, shade: int = 0) -> Pixels:
    """A cell drawn with rules that lean by `lean` pixels over their length."""
    pixels = np.full((600, 1200), 255, np.uint8)
    x0, y0, x1, y1 = CELL.x0, CELL.y0, CELL.x1, CELL.y1
    for a, b in (((0, y0), (1200, y0 + lean)), ((0, y1), (1200, y1 + lean))):
        cv2.line(pixels, a, b, shade, 3)
    for a, b in (((x0, 0), (x0 + lean, 600)), ((x1, 0), (x1 + lean, 600))):
        cv2.line(pixels, a, b, shade, 3)
    return pixels


@pytest.mark.parametrize("lean", [0, 4, 9])
@pytest.mark.parametrize("shade", [0, 120, 200])
def test_an_empty_cell_has_nothing_to_read(lean: int, shade: int) -> None:
    assert montage(from_scan(page(lean=lean, shade=shade), DPI), table(CELL)) is None


@pytest.mark.parametrize("baseline", [352, 240, 300])
def test_print_at_a_rule_stays_and_the_rule_goes(baseline: int) -> None:
    bare = np.full((600, 1200), 255, np.uint8)
    cv2.putText(bare, "Phong Noi vu", (230, baseline), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 4)
    cells = montage(from_scan(np.minimum(page(lean=3), bare), DPI), table(CELL))
    assert cells is not None
    inside = bare[CELL.y0 + 6 : CELL.y1 - 6, CELL.x0 + 6 : CELL.x1 - 6] < 128
    assert (cells.raster.pixels < 128).sum() == pytest.approx(inside.sum(), rel=0.03)


def test_each_cell_is_a_paragraph_and_goes_home() -> None:
    pixels = page()
    cv2.putText(pixels, "Dia chi", (300, 300), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 4)
    cv2.putText(pixels, "Thoi gian", (930, 300), cv2.FONT_HERSHEY_COMPLEX, 1.2, 0, 4)
    cells = montage(from_scan(pixels, DPI), table(CELL, Box(900, 200, 1198, 360)))
    assert cells is not None
    assert [key for key, _, _ in cells.slots] == [(0, 0), (0, 1)]
    for slot, (_, y0, y1) in enumerate(cells.slots):
        ys, xs = np.nonzero(cells.raster.pixels[y0:y1] < 128)
        ink = Box(int(xs.min()), int(ys.min()) + y0, int(xs.max()) + 1, int(ys.max()) + y0 + 1)
        assert cells.slot_of(ink) == slot
        home = cells.home(slot, ink)
        there = pixels[home.y0 : home.y1, home.x0 : home.x1]
        assert np.array_equal(there, cells.raster.pixels[ink.y0 : ink.y1, ink.x0 : ink.x1])


def test_numerals_are_a_montage_of_their_own() -> None:
    pixels = page()
    cv2.putText(pixels, "7", (520, 310), cv2.FONT_HERSHEY_COMPLEX, 1.5, 0, 4)
    picture = from_scan(pixels, DPI)
    assert montage(picture, table(CELL)) is None
    cells = montage(picture, table(CELL), numerals=True)
    assert cells is not None
    ys, xs = np.nonzero(cells.raster.pixels < 128)  # twice, side by side
    first, second = xs < cells.twin, xs >= cells.twin
    ink = np.nonzero(pixels[220:340, 220:880] < 128)
    home = Box(220 + int(ink[1].min()), 220 + int(ink[0].min()), 221 + int(ink[1].max()), 221 + int(ink[0].max()))
    boxes = [Box(int(x.min()), int(ys.min()), int(x.max()) + 1, int(ys.max()) + 1) for x in (xs[first], xs[second], xs)]
    assert [cells.copies(box) for box in boxes] == [(0, 0), (1, 1), (0, 1)]
    assert [cells.home(0, box) for box in boxes] == [home] * 3


def test_a_cell_beyond_the_page_is_none() -> None:
    assert montage(from_scan(page(), DPI), table(Box(1300, 700, 1400, 800))) is None
