"""Incoming stamps are found by their frames, known by their labels, and come off the text they were put on."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from pipeline.engines.stamped import Stamp, beside, is_incoming, without_coloured_stamp, without_stamp
from pipeline.engines.tokens import Token
from pipeline.imaging.raster import Raster, from_scan
from pipeline.imaging.stamps import coloured_frames, parted, stamp_frames, unruled
from pipeline.layout import layout
from pipeline.types import Box, Line, Page, PageReading, Region, Word, assemble

BLUE, BLACK = (50, 60, 190), (20, 20, 20)
FRAME = Box(60, 500, 440, 750)  # 1.9 x 1.25 inches at 200 dpi
Colour = tuple[int, int, int]


def page() -> NDArray[np.uint8]:
    paper = np.full((2339, 1654, 3), 255, np.uint8)
    for y in range(560, 1200, 60):
        cv2.putText(paper, "thuc hien nhiem vu duoc giao nam nay", (300, y), cv2.FONT_HERSHEY_SIMPLEX, 1.1, BLACK, 2)
    return paper


def stamped(paper: NDArray[np.uint8], ink: Colour) -> NDArray[np.uint8]:
    cv2.rectangle(paper, (FRAME.x0, FRAME.y0), (FRAME.x1, FRAME.y1), ink, 4)
    for y in (550, 620, 685):
        cv2.line(paper, (FRAME.x0, y), (FRAME.x1, y), ink, 3)
    cv2.putText(paper, "DEN", (75, 610), cv2.FONT_HERSHEY_SIMPLEX, 1.1, ink, 4)
    return paper


def test_a_frame_is_found() -> None:
    (box,) = stamp_frames(from_scan(stamped(page(), BLACK)[..., 0], 200))
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((60, 500, 440, 750), abs=40)
    assert stamp_frames(from_scan(page()[..., 0], 200)) == ()


def test_coloured_ink_is_found_and_parted_from_print() -> None:
    scan = from_scan(stamped(page(), BLUE), 200)
    (box,) = coloured_frames(scan)
    assert (box.x0, box.y0, box.x1, box.y1) == pytest.approx((60, 500, 440, 750), abs=12)
    rest, own = parted(scan, box)
    assert (np.abs(rest.pixels.astype(int) - page()).max(axis=2) > 60).mean() < 0.001
    assert (own.pixels[565:612, 75:150] < 100).any()
    assert (own.pixels[760:] == 255).all()
    assert coloured_frames(from_scan(page(), 200)) == ()


def test_rules_go_and_letters_stay() -> None:
    paper = np.full((300, 600), 255, np.uint8)
    cv2.putText(paper, "Ngay", (50, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.5, 0, 4)
    clean = paper.copy()
    cv2.line(paper, (10, 165), (590, 165), 0, 3)
    left = unruled(paper, 200) < 128
    assert left[160:170, 300:].sum() == 0
    assert (left & (clean < 128)).sum() > 0.85 * (clean < 128).sum()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("SỞ Y TẾ ĐẾN Số: Ngày: Chuyển:", True),
        ("CV ĐẾN Ngày", True),
        ("BÉN Chuyên.", True),
        ("số Ngy huyền", True),
        ("đến ngày 5 tháng 3", False),
        ("Số: 12 Ngày", False),
        ("SỞ Y TẾ", False),
        ("", False),
    ],
)
def test_an_incoming_stamp_is_known_by_its_labels(words: str, expected: bool) -> None:
    assert is_incoming(words.split()) == expected


def token(text: str, box: Box, line: int = 0) -> Token:
    return Token(text, box, 0.9, (line,))


def reader(raster: Raster) -> list[list[Token]]:
    return [[token("ĐẾN", Box(20, 80, 90, 130)), token("Ngày:", Box(120, 80, 180, 110), 1)]]


@pytest.mark.parametrize("ink", [BLUE, BLACK])
def test_the_stamp_comes_off_and_is_read(ink: Colour) -> None:
    scan = from_scan(stamped(page(), ink), 200)
    if ink == BLUE:
        rest, stamp = without_coloured_stamp(scan, reader)
    else:
        rest, stamp = without_stamp(scan.with_pixels(scan.pixels[..., 0]), reader)
    assert stamp is not None
    assert [t.text for t in stamp.tokens] == ["ĐẾN", "Ngày:"]
    grey = rest.pixels if rest.pixels.ndim == 2 else rest.pixels.min(axis=2)
    assert (grey[500:750, 60:250] < 128).sum() < 400  # left of the text's column nothing is left
    text = (page()[..., 0] < 128)[500:750, 300:440]
    assert ((grey < 128)[500:750, 300:440] & text).sum() > 0.6 * text.sum()


def test_other_frames_stay() -> None:
    scan = from_scan(stamped(page(), BLACK)[..., 0], 200)
    rest, stamp = without_stamp(scan, lambda _: [[token("STT", Box(0, 0, 50, 20))]])
    assert stamp is None
    assert rest is scan


def test_words_seen_on_the_page_are_not_said_twice() -> None:
    stamp = Stamp(FRAME, (token("ĐẾN", Box(60, 560, 140, 610)), token("dụng", Box(300, 560, 380, 600))))
    out = beside([token("dụng", Box(302, 561, 380, 600), 3)], [stamp])
    assert [t.text for t in out] == ["dụng", "ĐẾN"]
    assert len({t.line for t in out}) == 2


def test_lines_in_a_stamp_are_no_text_and_lines_through_it_are() -> None:
    lines = (Line(1, "body", Box(70, 560, 160, 590)), Line(1, "body", Box(300, 600, 1500, 640)))
    words = tuple(
        [Word("ĐẾN", Box(70, 560, 160, 590), 0)]
        + [Word(f"việc{n}", Box(300 + 120 * n, 600, 400 + 120 * n, 640), 1) for n in range(10)]
    )
    reading = PageReading(Page(1, 1654, 2339, 200), lines, words, regions=(Region(1, "stamp", FRAME),))
    laid = layout(assemble([reading], id="a", sha256="b", source="a", media_type="image/png"))
    assert [line.zone for line in laid.lines] == ["stamp", "body"]
