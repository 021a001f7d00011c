"""Hard scans: what stands around the page, pages seen from the side, coloured paper, the back, specks; sound pages."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from pipeline.imaging.borders import ground, without_ground
from pipeline.imaging.paper import on_white, without_back
from pipeline.imaging.perspective import page_corners, upright
from pipeline.imaging.prepare import page_alone, prepare
from pipeline.imaging.raster import Pixels, from_scan
from pipeline.imaging.specks import without_specks
from pipeline.train.render_scans import DAMAGES, moved_box
from pipeline.types import Box

DPI = 150
BLOCK = (260, 420, 320, 440)


def page() -> Pixels:
    """A sheet of A4 at 150 dpi: lines of letters, some small dots under them, and one black block."""
    pixels = np.full((1754, 1240, 3), 255, np.uint8)
    for y in range(200, 1600, 55):
        cv2.putText(pixels, "Thuc hien ke hoach nam hoc", (140, y), cv2.FONT_HERSHEY_COMPLEX, 1.1, (10, 10, 10), 2)
        for x in range(200, 900, 60):
            pixels[y + 8 : y + 12, x : x + 4] = 10
    x0, y0, x1, y1 = BLOCK
    pixels[y0 - 25 : y1 + 25, x0 - 30 : x1 + 30] = 255
    pixels[y0:y1, x0:x1] = 0
    return pixels


def damaged(kind: str, strength: float, seed: int = 7) -> tuple[Pixels, Box]:
    """The page after damage, and where its block is then."""
    pixels, moved = DAMAGES[kind](page(), strength, np.random.default_rng(seed))
    x0, y0, x1, y1 = moved_box(moved, BLOCK)
    return pixels, Box(round(x0), round(y0), round(x1), round(y1))


def block_of(pixels: Pixels) -> Box:
    """The largest black thing on a page without dark ground."""
    dark = (pixels if pixels.ndim == 2 else pixels.min(axis=2)) < 110
    solid = cv2.erode(dark.astype(np.uint8), np.ones((7, 7), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(solid)
    x, y, width, height, _ = stats[1 + stats[1:, 4].argmax()].tolist()
    return Box(x - 3, y - 3, x + width + 3, y + height + 3)


def near(found: Box, true: Box, by: float = 7) -> bool:
    return max(abs(a - b) for a, b in zip(found.centre, true.centre, strict=True)) <= by


@pytest.mark.parametrize(
    ("kind", "strength"),
    [("photographed", 0.2), ("photographed", 1.0), ("open lid", 0.5), ("open lid", 1.0), ("bound", 0.5),
     ("yellow paper", 1.0), ("pink paper", 1.0), ("show-through", 1.0), ("speckled", 0.5), ("skewed", 0.5)],
)  # fmt: skip
def test_a_box_lands_on_its_ink_whatever_happened_to_the_page(kind: str, strength: float) -> None:
    pixels, true = damaged(kind, strength)
    picture = prepare(page_alone(from_scan(pixels, DPI)))
    assert near(picture.to_scan(block_of(picture.pixels)), true)


@pytest.mark.parametrize(("seed", "strength"), [(10, 0.3), (2, 0.7), (3, 1.0), (4, 0.6), (5, 0.9), (6, 0.5)])
def test_a_page_seen_from_the_side_is_made_upright(seed: int, strength: float) -> None:
    pixels, true = damaged("photographed", strength, seed)
    picture = upright(from_scan(pixels, DPI))
    width, height = picture.size
    assert height / width == pytest.approx(2**0.5, rel=0.01)
    assert near(picture.to_scan(picture.from_scan(true)), true, by=2)
    found = block_of(picture.pixels)
    assert found.centre[0] / width == pytest.approx(290 / 1240, abs=0.02)
    assert found.centre[1] / height == pytest.approx(430 / 1754, abs=0.02)


def test_the_corners_of_a_photographed_page_are_found() -> None:
    pixels, moved = DAMAGES["photographed"](page(), 0.7, np.random.default_rng(3))
    corners = page_corners(from_scan(pixels, DPI))
    assert corners is not None
    true = cv2.perspectiveTransform(np.array([[(0, 0), (1240, 0), (1240, 1754), (0, 1754)]], np.float64), moved)[0]
    assert np.abs(corners - true).max() < 5


def test_black_edges_become_paper() -> None:
    pixels, true = damaged("open lid", 1.0)
    cleaned = without_ground(from_scan(pixels, DPI)).pixels
    assert (cleaned[:, :10] > 200).all()
    assert (cleaned[:, -10:] > 200).all()
    assert near(block_of(cleaned), true, by=2)


def test_ink_at_the_edge_and_soft_shadows_stay() -> None:
    pixels = page()
    pixels[600:604] = 0  # a rule over the whole width
    cv2.putText(pixels, "Thuc hien", (-20, 700), cv2.FONT_HERSHEY_COMPLEX, 1.1, (10, 10, 10), 2)
    assert ground(pixels) is None
    shadow = (pixels * np.linspace(0.3, 1.0, 1240)[None, :, None]).astype(np.uint8)
    assert ground(shadow) is None


@pytest.mark.parametrize("kind", ["turned 90", "turned 180", "skewed", "yellow paper", "uneven light", "folded"])
def test_a_page_that_fills_the_picture_has_no_ground(kind: str) -> None:
    assert ground(damaged(kind, 0.5)[0]) is None


def test_coloured_paper_becomes_white_and_coloured_ink_stays() -> None:
    pixels = page()
    cv2.circle(pixels, (800, 1650), 60, (200, 30, 40), -1)
    tinted = (pixels * (np.array((246, 178, 190)) / 255)).astype(np.uint8)
    white = on_white(from_scan(tinted, DPI)).pixels
    assert np.median(white, axis=(0, 1)).tolist() == [255, 255, 255]
    red, green, blue = white[1650, 800].tolist()
    assert red - max(green, blue) > 100


def test_the_back_goes_and_the_front_stays() -> None:
    pixels, _ = damaged("show-through", 0.8)
    grey = from_scan(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint8), DPI)
    front = page()[..., 0] < 128
    cleaned = without_back(grey).pixels
    assert (cleaned[front] < 128).mean() > 0.98
    around = cv2.dilate(front.astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert (grey.pixels[around] < 230).mean() > 0.02
    assert (cleaned[around] < 230).mean() < 0.002


def test_specks_go_and_the_dots_of_letters_stay() -> None:
    pixels, _ = damaged("speckled", 0.5)
    grey = from_scan(pixels[..., 0].copy(), DPI)
    cleaned = without_specks(grey).pixels
    far = cv2.dilate((page()[..., 0] < 128).astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    assert (grey.pixels[far] < 128).mean() > 0.01
    assert (cleaned[far] < 128).mean() < 0.004  # those as large as a dot
    dots = [cleaned[y + 8 : y + 12, x : x + 4].mean() for y in range(640, 1500, 55) for x in range(200, 900, 60)]
    assert np.mean(dots) < 60


def test_a_sound_page_is_left_alone() -> None:
    raster = from_scan(page(), DPI)
    grey = from_scan(page()[..., 0].copy(), DPI)
    assert page_alone(raster) is raster
    assert without_specks(grey) is grey
    assert without_back(grey) is grey
