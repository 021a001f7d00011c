"""Steps on pictures: boxes find their way back to the scan, skew is measured, seals go, tables are found."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.imaging.clean import binarise, denoise, flatten, sauvola
from pipeline.imaging.grids import find_grids
from pipeline.imaging.ink import grey, has_print, share_of_ink
from pipeline.imaging.montage import montage, without
from pipeline.imaging.overlay import overlay
from pipeline.imaging.prepare import prepare, to_reading_size
from pipeline.imaging.raster import Pixels, apply, from_scan
from pipeline.imaging.turn import cropped, deskew, estimate_skew, is_sideways, quarter_turn, scale, turned
from pipeline.types import Box, Document, Line, Page


def paper(height: int = 1200, width: int = 900) -> Pixels:
    return np.full((height, width), 255, np.uint8)


def printed(height: int = 1200, width: int = 900, *, every: int = 45) -> Pixels:
    """A page of lines of print at 150 dpi: letters of Latin words, set by OpenCV."""
    pixels = paper(height, width)
    for y in range(120, height - 100, every):
        cv2.putText(pixels, "Thuc hien ke hoach nam hoc moi", (90, y), cv2.FONT_HERSHEY_COMPLEX, 1.1, 0, 2)
    return pixels


def ruled(xs: list[int], ys: list[int], skip: tuple[int, int, int, int] | None = None) -> Pixels:
    pixels = paper(900, 900)
    for x in xs:
        cv2.line(pixels, (x, ys[0]), (x, ys[-1]), 0, 3)
    for y in ys:
        cv2.line(pixels, (xs[0], y), (xs[-1], y), 0, 3)
    if skip:
        x0, y0, x1, y1 = skip
        pixels[y0:y1, x0:x1] = 255
    return pixels


def ink_box(pixels: Pixels) -> Box:
    ys, xs = np.nonzero(pixels < 128)
    return Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)


@settings(deadline=None, max_examples=25)
@given(
    angle=st.floats(-15, 15),
    turn=st.sampled_from((0, 90, 180, 270)),
    factor=st.floats(0.6, 2.0),
    x=st.integers(60, 300),
    y=st.integers(60, 200),
)
def test_boxes_land_on_their_ink_again(angle: float, turn: int, factor: float, x: int, y: int) -> None:
    scan = paper(300, 420)
    scan[y : y + 20, x : x + 50] = 0
    steps = (lambda r: quarter_turn(r, turn), lambda r: scale(r, factor), lambda r: turned(r, angle))
    picture = apply(steps, from_scan(scan, 300))
    found = picture.to_scan(ink_box(picture.pixels))
    true = Box(x, y, x + 50, y + 20)
    common = found & true
    assert common is not None
    assert common.area >= 0.85 * true.area  # resampling blurs an edge
    assert abs(found.centre[0] - true.centre[0]) < 3
    assert abs(found.centre[1] - true.centre[1]) < 3


def test_a_map_and_its_inverse_agree() -> None:
    picture = turned(from_scan(printed(), 150), 3.0)
    box = Box(200, 300, 260, 330)
    assert picture.from_scan(picture.to_scan(box)).centre == pytest.approx(box.centre, abs=2)


@pytest.mark.parametrize("angle", [-14.0, -5.0, -1.2, -0.4, 0.0, 0.7, 3.0, 9.0, 14.5])
def test_skew_is_measured(angle: float) -> None:
    skewed = turned(from_scan(printed(), 150), angle)
    assert estimate_skew(skewed.pixels) == pytest.approx(-angle, abs=0.25)


def test_an_empty_page_has_no_skew() -> None:
    noise = np.random.default_rng(1).integers(0, 2, (1200, 900), dtype=np.uint8) * 20 + 235
    assert estimate_skew(paper()) == 0.0
    assert deskew(from_scan(noise.astype(np.uint8), 150)).skew == 0.0


def test_sideways_pages_are_noticed() -> None:
    upright = from_scan(printed(), 150)
    assert not is_sideways(upright.pixels, 150)
    assert is_sideways(quarter_turn(upright, 90).pixels, 150)
    assert not is_sideways(paper(), 150)


def test_turns_are_told() -> None:
    picture = turned(quarter_turn(from_scan(printed(), 150), 270), 1.5)
    assert (picture.rotation, picture.skew) == (270, 1.5)


def test_a_red_seal_goes_and_print_stays() -> None:
    page = np.full((1200, 900, 3), 255, np.uint8)
    cv2.circle(page, (450, 600), 100, (210, 40, 40), 12)
    cv2.circle(page, (450, 600), 60, (210, 40, 40), -1)
    cv2.putText(page, "Tran Van A", (380, 610), cv2.FONT_HERSHEY_COMPLEX, 0.8, (10, 10, 10), 2)
    cv2.putText(page, "Giam doc", (100, 200), cv2.FONT_HERSHEY_COMPLEX, 0.8, (210, 40, 40), 2)
    cleaned = grey(from_scan(page, 150)).pixels
    assert cleaned[600, 345] > 180  # the ring, away from the letters
    assert (cleaned[590:612, 380:560] < 60).any()  # the name under it
    assert (cleaned[180:205, 100:240] < 130).any()  # red print elsewhere is print


def test_shadow_is_divided_out_and_threshold_follows_it() -> None:
    shade = np.linspace(110, 255, 900)[None, :]
    page = (printed().astype(float) / 255 * shade).astype(np.uint8)
    flat = flatten(from_scan(page, 150))
    assert np.median(flat.pixels[:, :100]) > 230
    black = sauvola(denoise(flat)).pixels
    assert set(np.unique(black)) == {0, 255}
    assert abs((black == 0).mean() - (printed() < 128).mean()) < 0.03
    assert set(np.unique(binarise(flat).pixels)) == {0, 255}


def test_pages_come_to_300_dpi_only_from_afar() -> None:
    assert to_reading_size(from_scan(paper(), 150)).dpi == 300
    assert to_reading_size(from_scan(paper(), 600)).dpi == 300
    assert to_reading_size(from_scan(paper(), 250)).dpi == 250
    assert prepare(from_scan(printed(), 150)).to_scan(Box(0, 0, 20, 20)) == Box(0, 0, 10, 10)


def test_a_grid_is_found_with_its_cells() -> None:
    (table,) = find_grids(from_scan(ruled([60, 160, 500, 840], [100, 200, 300, 400]), 150), page=2)
    assert table.page == 2
    assert [(c.row, c.column) for c in table.cells] == [(r, c) for r in range(3) for c in range(3)]
    assert table.cells[4].box is not None
    assert table.cells[4].box.centre == pytest.approx((330, 250), abs=4)


def test_cells_without_a_line_between_them_are_merged() -> None:
    pixels = ruled([60, 160, 500, 840], [100, 200, 300, 400], skip=(490, 205, 510, 295))
    (table,) = find_grids(from_scan(pixels, 150), page=1)
    wide = [c for c in table.cells if c.column_span == 2]
    assert [(c.row, c.column, c.row_span) for c in wide] == [(1, 1, 1)]


def test_a_row_one_line_high_keeps_its_columns() -> None:
    pixels = ruled([60, 300, 840], [100, 138, 300, 400], skip=(290, 142, 310, 296))
    (table,) = find_grids(from_scan(pixels, 150), page=1)
    assert [(c.row, c.column) for c in table.cells if c.row == 0] == [(0, 0), (0, 1)]


def test_a_table_of_faint_rules_among_dark_print_is_found() -> None:
    pixels = np.where(ruled([60, 160, 500, 840], [500, 600, 700, 800]) < 128, 190, 255).astype(np.uint8)
    pixels[:480] = printed()[:480]
    (table,) = find_grids(from_scan(pixels, 150), page=1)
    assert len(table.cells) == 9


def test_faint_scratches_do_not_change_a_table_of_dark_rules() -> None:
    pixels = ruled([60, 160, 500, 840], [100, 200, 300, 400])
    cv2.line(pixels, (60, 350), (840, 350), 200, 2)
    (table,) = find_grids(from_scan(pixels, 150), page=1)
    assert len(table.cells) == 9


def test_lines_of_print_and_underlines_are_no_table() -> None:
    pixels = printed()
    cv2.line(pixels, (300, 90), (600, 90), 0, 3)
    assert find_grids(from_scan(pixels, 150), page=1) == ()


def test_cells_are_cut_out_and_find_home() -> None:
    pixels = ruled([60, 160, 500, 840], [100, 200, 300, 400])
    cv2.putText(pixels, "Phong Noi vu", (190, 260), cv2.FONT_HERSHEY_COMPLEX, 0.9, 0, 2)
    cv2.putText(pixels, "7", (100, 260), cv2.FONT_HERSHEY_COMPLEX, 0.9, 0, 2)
    picture = from_scan(pixels, 150)
    tables = find_grids(picture, page=1)
    cells = montage(picture, tables)
    numbers = montage(picture, tables, numerals=True)
    assert cells is not None
    assert numbers is not None
    assert [slot[0] for slot in cells.slots] == [(0, 4)]
    assert [slot[0] for slot in numbers.slots] == [(0, 3)]
    ink = ink_box(cells.raster.pixels)
    assert cells.slot_of(ink) == 0
    home = cells.home(0, ink)
    assert (pixels[home.y0 : home.y1, home.x0 : home.x1] < 128).sum() == (cells.raster.pixels < 128).sum()
    assert montage(from_scan(ruled([60, 160, 500], [100, 200, 300]), 150), tables) is None


def test_what_is_whitened_is_gone() -> None:
    picture = from_scan(printed(), 150)
    rest = without(picture, [Box(0, 0, 900, 600)])
    assert 0.3 < share_of_ink(rest, picture) < 0.7
    assert has_print(rest)
    assert not has_print(from_scan(paper(), 150))


def test_a_crop_has_white_around_and_knows_where_it_was() -> None:
    part, (dx, dy) = cropped(from_scan(printed(), 150), Box(90, 80, 500, 140), margin=10)
    assert part.size == (430, 80)
    assert (dx, dy) == (80, 70)
    assert part.to_scan(Box(10, 10, 20, 20)) == Box(90, 80, 100, 90)


def test_an_overlay_scales_boxes_and_leaves_the_page_alone() -> None:
    page = np.full((120, 90, 3), 255, np.uint8)
    lines = (Line(1, "body", Box(100, 100, 400, 200)), Line(2, "body", Box(0, 0, 900, 900)))
    doc = Document("a", "a", "a", "a", (Page(1, 900, 1200), Page(2, 900, 1200)), lines)
    drawn = overlay(page, doc, 1)
    assert tuple(drawn[10, 20]) == (11, 110, 79)
    assert (page == 255).all()
