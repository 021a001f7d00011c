"""Ruled tables found in the pixels: long straight lines, the grid they make, the cells between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.types import Box, Cell, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["find_grids"]

#: Lengths in inches: the least level and upright line (a row of one line of print is 0.24 high, a capital 0.13),
#: how far a line may stray, the least table.
RULE, POST, STRAY, LEAST_WIDTH, LEAST_HEIGHT = 0.35, 0.2, 0.03, 0.8, 0.25
#: The largest frame with nothing but text in it, in inches: that of a stamp.
FRAME = (3.6, 2.0)
#: The share of a line that must be ink before its gaps are bridged.
SOLID = 0.8
#: A rule is thinner than this, in inches; a faint one is so much darker than the paper around, of 255.
HAIR, FAINT = 0.08, 40
#: How much larger a table of faint rules must be than what the dark rules in its place make of it.
LARGER = 1.3
#: The share of a cell's side that must be ruled for the side to count.
RULED = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Masks of the level and upright lines: 1 on a line, shape (height, width)."""

    level: Pixels
    upright: Pixels


def _dark(raster: Raster) -> Pixels:
    """1 where the picture is as dark as print."""
    return as_pixels(cv2.threshold(raster.pixels, 0, 1, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)[1])


def _darker(raster: Raster) -> Pixels:
    """1 where the picture is darker than the paper around, as hairlines and the ink of stamps are too."""
    side = round(HAIR * raster.dpi)
    hat = cv2.morphologyEx(raster.pixels, cv2.MORPH_BLACKHAT, np.ones((side, side), np.uint8))
    return as_pixels(_dark(raster) | (hat > FAINT))


def _rules(raster: Raster, dark: Pixels) -> Rules:
    """The long lines of a level grey or black-and-white picture; `dark` is 1 where ink may be."""
    level = _long(dark, (round(RULE * raster.dpi), 1))
    return Rules(level, _posted(_long(dark, (1, round(POST * raster.dpi))), level, raster.dpi))


def _posted(upright: Pixels, level: Pixels, dpi: int) -> Pixels:
    """The upright lines but for short ones that do not run from one level line to another: strokes of letters."""
    reach = round(2 * STRAY * dpi)
    near = cv2.dilate(level, np.ones((reach, reach), np.uint8))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(upright, connectivity=8)
    keep = stats[:, cv2.CC_STAT_HEIGHT] >= RULE * dpi
    for n in np.flatnonzero(~keep):
        x, y, width, height, _ = stats[n].tolist()
        ends = near[y, x : x + width].any() and near[y + height - 1, x : x + width].any()
        keep[n] = bool(ends)
    keep[0] = False
    return as_pixels(keep[labels])


def _long(dark: Pixels, size: tuple[int, int]) -> Pixels:
    """Runs of ink at least `size` (width, height) long; gaps and waves of a few pixels are bridged first."""
    bridge = (9, 3) if size[0] > size[1] else (3, 9)
    closed = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones(bridge[::-1], np.uint8))
    runs = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones(size[::-1], np.uint8))
    return _drawn(as_pixels(runs), dark, upright=size[1] > size[0])


def _drawn(runs: Pixels, dark: Pixels, *, upright: bool) -> Pixels:
    """The runs that are lines: no thicker than a rule, and of ink but for small gaps, as a row of letters is not."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    side = stats[:, cv2.CC_STAT_HEIGHT if upright else cv2.CC_STAT_WIDTH]
    area = np.maximum(stats[:, cv2.CC_STAT_AREA], 1)
    ink = np.bincount(labels.ravel(), weights=dark.ravel(), minlength=count) / area
    keep = (area / np.maximum(side, 1) <= 14) & (ink >= SOLID)
    keep[0] = False
    return as_pixels(keep[labels])


def find_grids(raster: Raster, *, page: int) -> tuple[Table, ...]:
    """The ruled tables of a level picture, top to bottom, boxes in this picture's pixels, cells without lines.

    The frame of a stamp comes out as a table of one or two cells: what is in it, its wording tells (layout).
    Where the line between two places of the grid is absent, they are one merged cell. Faint rules count only where
    the dark ones make no table, or a far smaller one: noise looks like them.
    """
    dark, faint = (_tables(_rules(raster, ink), raster.dpi, page) for ink in (_dark(raster), _darker(raster)))
    found = [t for t in faint if LARGER * sum(_area(o) for o in dark if _touch(o, t)) < _area(t)]
    kept = [t for t in dark if not any(_touch(t, new) for new in found)]
    return tuple(sorted((*kept, *found), key=lambda t: t.box.y0 if t.box else 0))


def _tables(rules: Rules, dpi: int, page: int) -> list[Table]:
    tables = (_table(rules, box, dpi, page) for box in _candidates(rules, dpi))
    return [t for t in tables if t is not None]


def _area(table: Table) -> int:
    return table.box.area if table.box else 0


def _touch(one: Table, two: Table) -> bool:
    return one.box is not None and two.box is not None and one.box & two.box is not None


def _candidates(rules: Rules, dpi: int) -> Iterator[Box]:
    """Boxes around lines that touch one another."""
    reach = round(STRAY * dpi)
    both = cv2.dilate(rules.level | rules.upright, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    for x, y, width, height, _ in sorted(stats[1:].tolist(), key=lambda s: s[1]):
        if width >= LEAST_WIDTH * dpi and height >= LEAST_HEIGHT * dpi:
            yield Box(x, y, x + width, y + height)


def _table(rules: Rules, box: Box, dpi: int, page: int) -> Table | None:
    level = rules.level[box.y0 : box.y1, box.x0 : box.x1]
    upright = rules.upright[box.y0 : box.y1, box.x0 : box.x1]
    stray = round(STRAY * dpi)
    ys = _positions(level.sum(axis=1), least=0.3 * dpi, stray=stray)
    xs = _positions(upright.sum(axis=0), least=0.2 * dpi, stray=stray)
    if len(ys) < 2 or len(xs) < 2:
        return None
    below = _ruled_below(level, xs, ys, stray)
    right = _ruled_below(upright.T, ys, xs, stray).T
    groups = _merged(below, right)
    if len(groups) < 3 and (box.width > FRAME[0] * dpi or box.height > FRAME[1] * dpi):
        return None
    cells = tuple(_cell(group, xs, ys, box) for group in groups)
    return Table(page, Box(box.x0 + xs[0], box.y0 + ys[0], box.x0 + xs[-1], box.y0 + ys[-1]), cells)


def _positions(profile: NDArray[np.int64], *, least: float, stray: int) -> list[int]:
    """Where lines stand: the middles of the runs in which the profile, summed over `stray`, reaches `least`."""
    summed = np.convolve(profile, np.ones(stray), mode="same")
    places = np.flatnonzero(summed >= least)
    # Two rules closer than a line of print are one that was drawn double or crooked.
    apart = max(4 * stray, 1)
    groups = np.split(places, np.flatnonzero(np.diff(places) > apart) + 1) if len(places) else []
    return [round(float(np.average(g, weights=profile[g] + 1e-6))) for g in groups]


def _ruled_below(mask: Pixels, xs: list[int], ys: list[int], stray: int) -> NDArray[np.bool_]:
    """Whether each inner line y is drawn between each two neighbours in xs; shape (len(ys) - 2, len(xs) - 1)."""
    out = np.zeros((max(len(ys) - 2, 0), len(xs) - 1), dtype=bool)
    for j, y in enumerate(ys[1:-1]):
        band = mask[max(y - stray, 0) : y + stray + 1].max(axis=0)
        for i, (x0, x1) in enumerate(pairwise(xs)):
            inner = band[x0 + stray : max(x1 - stray, x0 + stray + 1)]
            out[j, i] = inner.size > 0 and inner.mean() >= RULED
    return out


def _merged(below: NDArray[np.bool_], right: NDArray[np.bool_]) -> list[set[tuple[int, int]]]:
    """The places (row, column) of the grid, joined where no line parts them, each group a full rectangle."""
    rows, columns = right.shape[0], below.shape[1]
    groups = [{(r, c)} for r in range(rows) for c in range(columns)]
    joins = [((r, c), (r + 1, c)) for r in range(rows - 1) for c in range(columns) if not below[r, c]]
    joins += [((r, c), (r, c + 1)) for r in range(rows) for c in range(columns - 1) if not right[r, c]]
    for a, b in joins:
        groups = _joined(groups, {a, b})
    while (ragged := next((g for g in groups if g != _rectangle(g)), None)) is not None:
        groups = _joined(groups, _rectangle(ragged))
    return sorted(groups, key=min)


def _joined(groups: Iterable[set[tuple[int, int]]], places: set[tuple[int, int]]) -> list[set[tuple[int, int]]]:
    touched, apart = set(places), []
    for group in groups:
        if group & places:
            touched |= group
        else:
            apart.append(group)
    return [*apart, touched]


def _rectangle(group: set[tuple[int, int]]) -> set[tuple[int, int]]:
    (top, bottom), (left, right) = ((min(v), max(v)) for v in zip(*group, strict=True))
    return {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}


def _cell(group: set[tuple[int, int]], xs: list[int], ys: list[int], origin: Box) -> Cell:
    (top, bottom), (left, right) = ((min(v), max(v)) for v in zip(*group, strict=True))
    box = Box(origin.x0 + xs[left], origin.y0 + ys[top], origin.x0 + xs[right + 1], origin.y0 + ys[bottom + 1])
    return Cell(top, left, bottom - top + 1, right - left + 1, box)
