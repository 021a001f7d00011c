"""Seals are found by their rings, whatever their ink; print around and under them comes off them whole."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.signers import relined
from pipeline.engines.tokens import Token
from pipeline.imaging.lift import lifted
from pipeline.imaging.names import signed_column
from pipeline.imaging.raster import from_scan
from pipeline.imaging.rings import Ring, find_rings
from pipeline.types import Box

RED, BLUE, BLACK = (215, 45, 50), (40, 60, 190), (15, 15, 15)
Colour = tuple[int, int, int]
X, Y, RADIUS = 1000, 1400, 150


def page() -> NDArray[np.uint8]:
    return np.full((2400, 1700, 3), 255, np.uint8)


def sealed(paper: NDArray[np.uint8], ink: Colour, *, pen: Colour | None = None) -> NDArray[np.uint8]:
    """The page with a seal of two rings and a star, and a signature across it."""
    cv2.circle(paper, (X, Y), RADIUS, ink, 5)
    cv2.circle(paper, (X, Y), RADIUS - 12, ink, 2)
    cv2.circle(paper, (X, Y), RADIUS - 45, ink, 2)
    cv2.putText(paper, "SO", (X - 30, Y), cv2.FONT_HERSHEY_SIMPLEX, 1.2, ink, 3)
    if pen:
        cv2.line(paper, (X - 150, Y + 120), (X + 600, Y - 60), pen, 4)
    return paper


def written(paper: NDArray[np.uint8], text: str, at: tuple[int, int], ink: Colour = BLACK) -> NDArray[np.uint8]:
    cv2.putText(paper, text, at, cv2.FONT_HERSHEY_COMPLEX, 1.3, ink, 4)
    return paper


@pytest.mark.parametrize("ink", [RED, BLACK, (235, 150, 160)])
@pytest.mark.parametrize("pen", [None, BLUE, BLACK])
def test_a_ring_is_found_under_a_signature_and_beside_a_name(ink: Colour, pen: Colour | None) -> None:
    paper = written(sealed(page(), ink, pen=pen), "Le Van An", (X - 40, Y + RADIUS + 20), ink)
    (ring,) = find_rings(paper, 200)
    assert (ring.x, ring.y) == pytest.approx((X, Y), abs=8)
    assert ring.radius == pytest.approx(RADIUS, abs=10)
    assert ring.red == (ink != BLACK)


def test_a_grey_page_is_looked_at_too() -> None:
    (ring,) = find_rings(sealed(page(), BLACK)[..., 0], 200)
    assert not ring.red
    assert ring.box.centre == pytest.approx((X, Y), abs=8)


def test_print_frames_and_arcs_are_no_rings() -> None:
    paper = written(page(), "UY BAN NHAN DAN OOO", (200, 300))
    cv2.rectangle(paper, (200, 500), (700, 900), BLACK, 4)
    cv2.ellipse(paper, (X, Y), (RADIUS, RADIUS), 0, 20, 160, RED, 6)
    cv2.circle(paper, (1200, 700), 40, BLACK, 3)
    assert find_rings(paper, 200) == ()
    assert find_rings(page(), 200) == ()


def test_two_seals_are_two() -> None:
    paper = sealed(page(), RED)
    cv2.circle(paper, (400, 700), 150, RED, 6)
    assert sorted(round(r.x, -1) for r in find_rings(paper, 200)) == pytest.approx([400, 1000], abs=10)


@pytest.mark.parametrize(("ink", "pen"), [(RED, BLUE), (BLACK, BLACK)])
def test_print_comes_off_the_seal(ink: Colour, pen: Colour) -> None:
    paper = sealed(page(), ink, pen=pen)
    name = written(page(), "Tran An", (X - 20, Y + RADIUS + 12))[..., 0] < 128
    both = np.where(name[..., None], np.array(BLACK, np.uint8), paper)
    left = lifted(both, 200, Ring(X + 2, Y - 3, RADIUS, ink == RED)) < 150
    assert (left & name).sum() > 0.8 * name.sum()
    assert (left & ~cv2.dilate(name.astype(np.uint8), np.ones((9, 9), np.uint8)).astype(bool)).sum() < 600


def test_a_red_name_stays_beside_a_red_seal() -> None:
    paper = sealed(page(), RED)
    name = written(page(), "Tran Van An", (X, Y + RADIUS + 60))[..., 0] < 128
    left = lifted(np.where(name[..., None], np.array(RED, np.uint8), paper), 200, Ring(X, Y, RADIUS, True)) < 200
    assert (left & name).sum() > 0.9 * name.sum()


def test_the_column_of_a_seal_maps_back_and_leaves_the_signature_out() -> None:
    paper = written(sealed(page(), RED, pen=BLUE), "GIAM DOC", (X, Y - RADIUS - 40))
    column = signed_column(from_scan(paper, 200), Ring(X, Y, RADIUS, True), skew=0.0)
    assert column is not None
    ys, xs = np.nonzero(column.pixels < 128)
    home = column.to_scan(Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1))
    assert (home.x0, home.y1) == pytest.approx((X, Y - RADIUS - 40), abs=12)


def test_a_seal_in_the_page_head_is_a_digital_signature() -> None:
    assert signed_column(from_scan(page(), 200), Ring(900, 100, 80, True), skew=0.0) is None


def token(text: str, x: int, y: int, score: float, line: int = 0) -> Token:
    return Token(text, Box(x, y, x + 20 * len(text), y + 30), score, (line,))


def said(tokens: tuple[Token, ...]) -> list[str]:
    return [t.text for t in tokens]


@pytest.mark.parametrize(
    ("first", "closer", "expected"),
    [
        ([], [token("Lê", 100, 50, 0.9), token("Anh", 160, 50, 0.9)], ["Lê", "Anh"]),
        ([token("#44", 90, 50, 0.1), token("ÁM", 130, 50, 0.3)], [token("GIÁM", 90, 50, 0.9)], ["GIÁM"]),
        ([token("GIÁM", 90, 50, 0.9)], [token("GIAM", 90, 50, 0.6)], ["GIÁM"]),
        ([], [token("\\“[", 20, 50, 0.2), token("GIÁM", 120, 50, 0.9)], ["GIÁM"]),
        ([], [token("xụ", 100, 50, 0.4), token("tr", 160, 50, 0.4)], []),
        ([token("thôn", 5, 50, 0.9)], [token("ôn", 5, 50, 0.9), token("GIÁM", 400, 50, 0.9)], ["thôn", "GIÁM"]),
    ],
)
def test_a_closer_line_takes_the_place_of_a_worse_one(
    first: list[Token], closer: list[Token], expected: list[str]
) -> None:
    assert said(relined(first, closer, left=10)) == expected
