"""Tables in the pixels: rules of every kind, merged cells, open sides, crooked pages, and what is no table."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest

from pipeline.imaging.grids import find_grids
from pipeline.imaging.prepare import prepare
from pipeline.imaging.raster import Pixels, from_scan
from pipeline.imaging.turn import quarter_turn, turned
from pipeline.types import Box

XS, YS = (150, 250, 800, 1150, 1450), (300, 400, 560, 720, 800, 960)
SENTENCE = "Thuc hien ke hoach nam hoc moi, bao cao ket qua"
Line = tuple[int, int, int, int]


def blank(height: int = 1754, width: int = 1654) -> Pixels:
    """A page of 200 dpi, a little less high than A4."""
    return np.full((height, width), 255, np.uint8)


def lines(xs: Sequence[int] = XS, ys: Sequence[int] = YS) -> list[Line]:
    return [*((x, ys[0], x, ys[-1]) for x in xs), *((xs[0], y, xs[-1], y) for y in ys)]


def drawn(page: Pixels, rules: Sequence[Line], *, width: int = 2, shade: int = 0, dash: int = 0) -> Pixels:
    """The page with rules; `dash`: pixels of ink and of white in turn."""
    for x0, y0, x1, y1 in rules:
        if not dash:
            cv2.line(page, (x0, y0), (x1, y1), shade, width)
            continue
        for at in range(0, max(x1 - x0, y1 - y0), 2 * dash):
            dx, dy = (at, 0) if y0 == y1 else (0, at)
            ex, ey = (min(at + dash, x1 - x0), 0) if y0 == y1 else (0, min(at + dash, y1 - y0))
            cv2.line(page, (x0 + dx, y0 + dy), (x0 + ex, y0 + ey), shade, width)
    return page


def lettered(page: Pixels, ys: Sequence[int], *, x: int = 150, size: float = 1.0) -> Pixels:
    for y in ys:
        cv2.putText(
            page, "Thuc hien ke hoach nam hoc moi, bao cao ket qua", (x, y), cv2.FONT_HERSHEY_COMPLEX, size, 0, 2
        )
    return page


def shape(page: Pixels, dpi: int = 200) -> list[tuple[int, int, int]]:
    """(rows, columns, cells) of each table found."""
    return [
        (
            max(c.row + c.row_span for c in table.cells),
            max(c.column + c.column_span for c in table.cells),
            len(table.cells),
        )
        for table in find_grids(from_scan(page, dpi), page=1)
    ]


@pytest.mark.parametrize(
    "style",
    [
        {"width": 2}, {"width": 1}, {"width": 6}, {"shade": 150}, {"shade": 200}, {"dash": 6}, {"dash": 3},
        {"width": 3, "shade": 90},
    ],
)  # fmt: skip
def test_rules_of_every_kind_make_a_grid(style: dict[str, int]) -> None:
    page = lettered(drawn(blank(), lines(), **style), range(1100, 1500, 60))
    assert shape(page) == [(5, 4, 20)]


def test_double_rules_are_one() -> None:
    page = drawn(drawn(blank(), lines()), [(a + 6, b + 6, c + 6, d + 6) for a, b, c, d in lines()])
    assert shape(page) == [(5, 4, 20)]


def test_rules_cut_by_a_stamp_or_worn_away_still_part_cells() -> None:
    page = drawn(blank(), lines())
    for x, y in ((500, 400), (900, 720), (250, 640), (1150, 480)):
        page[y - 14 : y + 14, x - 14 : x + 14] = 255
    assert shape(page) == [(5, 4, 20)]


def test_a_table_without_outer_uprights_ends_where_its_level_rules_do() -> None:
    inner = [rule for rule in lines() if rule[:1] != (XS[0],) or rule[0] != rule[2]]
    page = drawn(blank(), [rule for rule in inner if not rule[0] == rule[2] == XS[-1]])
    (table,) = find_grids(from_scan(page, 200), page=1)
    assert len(table.cells) == 20
    assert table.box is not None
    assert (table.box.x0, table.box.x1) == pytest.approx((XS[0], XS[-1]), abs=6)


def test_a_piece_of_rule_at_which_no_cell_ends_makes_no_row() -> None:
    page = drawn(blank(), [*lines(), (300, 640, 480, 640)])
    assert shape(page) == [(5, 4, 20)]


def test_a_head_of_two_levels_and_a_group_row_are_merged_cells() -> None:
    page = drawn(blank(), lines())
    white = [(XS[0] + 4, 396, XS[2] - 4, 404), (XS[2] + 4, 300 + 4, XS[3] + 4, 396)]  # two columns; one of a head
    white += [(XS[1] + 4, 724, XS[-1] - 4, 796)]
    for x0, y0, x1, y1 in white:
        page[y0:y1, x0:x1] = 255
    drawn(page, [(XS[2], 300, XS[2], 400)])
    (table,) = find_grids(from_scan(page, 200), page=1)
    spans = {(c.row, c.column): (c.row_span, c.column_span) for c in table.cells if c.row_span * c.column_span > 1}
    assert spans == {(0, 0): (2, 1), (0, 1): (2, 1), (0, 2): (1, 2), (3, 1): (1, 3)}


def test_letters_beside_a_missing_rule_do_not_draw_it() -> None:
    ys = (300, 380, 440, 520)
    page = drawn(blank(), lines(XS[:3], ys))
    page[384:436, 240:260] = 255
    cv2.putText(page, "I", (243, 430), cv2.FONT_HERSHEY_COMPLEX, 1.2, 0, 2)
    (table,) = find_grids(from_scan(page, 200), page=1)
    assert [(c.row, c.column_span) for c in table.cells if c.column_span > 1] == [(1, 2)]


def test_a_scanners_streak_is_no_column() -> None:
    page = drawn(blank(), lines())
    cv2.line(page, (600, 0), (600, page.shape[0]), 200, 2)
    assert shape(page) == [(5, 4, 20)]


def test_two_tables_on_a_page_are_two() -> None:
    page = drawn(blank(), lines())
    drawn(page, lines(XS[:3], (1100, 1200, 1300)))
    assert shape(page) == [(5, 4, 20), (2, 2, 4)]


@pytest.mark.parametrize("turn", [0, 90, 270])
@pytest.mark.parametrize("skew", [-3.0, 0.0, 1.2])
def test_cells_of_crooked_and_turned_pages_map_back_to_the_scan(turn: int, skew: float) -> None:
    page = lettered(drawn(blank(), lines()), [150, 210, *range(1100, 1600, 60)])
    cv2.rectangle(page, (880, 600), (1000, 660), 0, -1)  # the ink of one cell
    scan = quarter_turn(turned(from_scan(page, 200), skew), turn).pixels
    picture = prepare(quarter_turn(from_scan(scan, 200), (360 - turn) % 360))
    (table,) = find_grids(picture, page=1)
    cell = next(c for c in table.cells if (c.row, c.column) == (2, 2))
    assert cell.box is not None
    box = picture.to_scan(cell.box)
    dark = cv2.morphologyEx((scan < 100).astype(np.uint8), cv2.MORPH_OPEN, np.ones((30, 30), np.uint8))
    ys, xs = np.nonzero(dark)
    ink = Box(int(xs.min()), int(ys.min()), int(xs.max()) + 1, int(ys.max()) + 1)
    assert box & ink == ink
    assert box.area < 1.5 * (XS[3] - XS[2]) * (YS[3] - YS[2])


@pytest.mark.parametrize(
    "rules",
    [
        [(200, 180, 420, 180), (900, 190, 1300, 190)],  # under the issuer's name and the motto
        [(150, 300 + 60 * n, 1400, 300 + 60 * n) for n in range(8)],  # blanks of a form, a stave
        [(140, 100, 140, 1600)],  # a crease
        lines((150, 1500), (100, 1650)),  # a frame around the page
        [(700, 1100, 700, 1500), (720, 1090, 720, 1480)],
    ],
)
def test_rules_that_make_no_cells_are_no_table(rules: list[Line]) -> None:
    page = lettered(drawn(blank(), rules), range(320, 1000, 60), size=0.9)
    assert [found for found in shape(page) if found[2] > 2] == []


def test_a_seal_and_a_picture_are_no_table() -> None:
    page = blank()
    cv2.circle(page, (1000, 1200), 140, 0, 8)
    cv2.circle(page, (1000, 1200), 90, 0, 4)
    cv2.rectangle(page, (200, 300), (700, 800), 120, -1)
    assert shape(page) == []
