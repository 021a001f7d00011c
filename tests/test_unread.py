"""Print that was passed over is found, specks and what was read are not."""

from __future__ import annotations

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.raster import Raster, from_scan
from pipeline.imaging.unread import unread
from pipeline.types import Box


def page(*places: tuple[int, int, str], specks: int = 0) -> Raster:
    image = Image.new("L", (1600, 900), 255)
    draw = ImageDraw.Draw(image)
    for x, y, text in places:
        draw.text((x, y), text, font=ImageFont.load_default(44), fill=0)
    for n in range(specks):
        draw.rectangle((37 * n % 1500, 53 * n % 850, 37 * n % 1500 + 3, 53 * n % 850 + 3), fill=0)
    return from_scan(np.asarray(image), 300)


def covers(box: Box, x: int, y: int) -> bool:
    return box.x0 <= x < box.x1 and box.y0 <= y < box.y1


def test_a_line_that_nothing_was_read_from_is_found() -> None:
    raster = page((100, 100, "trien khai thuc hien"), (1000, 500, "CHU TICH"))
    (found,) = unread(raster, [Box(90, 90, 700, 170)])
    assert all(covers(found, x, 520) for x in (1005, 1100, 1180))
    assert not covers(found, 300, 120)


def test_all_lines_of_an_unread_page_come_top_to_bottom() -> None:
    raster = page((100, 700, "bao cao ket qua"), (100, 100, "trien khai"), (900, 400, "nam 2021"))
    tops = [box.y0 for box in unread(raster, [])]
    assert len(tops) == 3
    assert tops == sorted(tops)


def test_what_was_read_specks_and_rules_are_not() -> None:
    assert unread(page((100, 100, "trien khai")), [Box(90, 90, 420, 170)]) == ()
    assert unread(page(specks=200), []) == ()
    ruled = np.full((900, 1600), 255, np.uint8)
    ruled[300:306, 100:1500] = 0
    ruled[100:800, 700:706] = 0
    assert unread(from_scan(ruled, 300), []) == ()
    assert unread(page(), []) == ()
