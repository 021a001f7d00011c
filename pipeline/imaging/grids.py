"""Ruled tables found in the pixels: long straight lines, the grid they make, the cells between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.imaging.rules import STRAY, Rules, find_rules
from pipeline.types import Box, Cell, Table

if TYPE_CHECKING:
    from numpy.typing import NDArray

__all__ = ["find_grids"]

#: The least table, in inches.
LEAST_WIDTH, LEAST_HEIGHT = 0.8, 0.25
#: The largest frame with nothing but text in it, in inches: that of a stamp.
FRAME = (3.6, 2.0)
#: How far beyond the outermost upright line its level lines must run, in inches, for a table to be open at a side,
#: how many must, and which share of them must end at one place.
OPEN, OPEN_LINES, AGREED = 0.25, 3, 0.6
#: What is so much fainter than a table's lines is no line of it.
SCRATCH = 0.35
#: The share of a cell's side that must be ruled for the side to count, and that of one no longer than letters are high.
RULED, RULED_SHORT, LETTERS = 0.5, 0.75, 14


def find_grids(raster: Raster, *, page: int) -> tuple[Table, ...]:
    """The ruled tables of a level picture, top to bottom, boxes in this picture's pixels, cells without lines.

    The frame of a stamp comes out as a table of one or two cells: what is in it, its wording tells (layout).
    Where the line between two places of the grid is absent, they are one merged cell.
    """
    rules = find_rules(raster)
    found = (_table(rules, box, page) for box in _candidates(rules))
    return tuple(_enlarged(table, rules.factor) for table in found if table is not None)


def _enlarged(table: Table, factor: int) -> Table:
    cells = tuple(replace(cell, box=cell.box and _times(cell.box, factor)) for cell in table.cells)
    return Table(table.page, table.box and _times(table.box, factor), cells)


def _times(box: Box, factor: int) -> Box:
    return Box(box.x0 * factor, box.y0 * factor, box.x1 * factor, box.y1 * factor)


def _candidates(rules: Rules) -> Iterator[Box]:
    """Boxes around lines that touch one another."""
    dpi = rules.dpi
    reach = round(STRAY * dpi)
    both = cv2.dilate(rules.level | rules.upright, np.ones((reach, reach), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    for x, y, width, height, _ in sorted(stats[1:].tolist(), key=lambda s: s[1]):
        if width >= LEAST_WIDTH * dpi and height >= LEAST_HEIGHT * dpi:
            yield Box(x, y, x + width, y + height)


def _table(rules: Rules, box: Box, page: int) -> Table | None:
    level, upright, contrast = (
        mask[box.y0 : box.y1, box.x0 : box.x1] for mask in (rules.level, rules.upright, rules.contrast)
    )
    dpi = rules.dpi
    stray = round(STRAY * dpi)
    ys = _positions(level.sum(axis=1), least=0.3 * dpi, stray=stray)
    xs = _positions(upright.sum(axis=0), least=0.2 * dpi, stray=stray)
    xs, ys = _strong(xs, ys, level, upright, contrast, stray)
    if len(ys) < 2 or len(xs) < 1:
        return None
    xs, ys = _closed(xs, level, ys, dpi), _closed(ys, as_pixels(upright.T), xs, dpi)
    if len(xs) < 2:
        return None
    below = _ruled_below(level, xs, ys, stray)
    right = _ruled_below(as_pixels(upright.T), ys, xs, stray).T
    groups, ys, xs = _compact(_merged(below, right), ys, xs)
    if len(groups) < 3 and (box.width > FRAME[0] * dpi or box.height > FRAME[1] * dpi):
        return None
    cells = tuple(_cell(group, xs, ys, box) for group in groups)
    return Table(page, Box(box.x0 + xs[0], box.y0 + ys[0], box.x0 + xs[-1], box.y0 + ys[-1]), cells)


def _strong(
    xs: list[int], ys: list[int], level: Pixels, upright: Pixels, contrast: Pixels, stray: int
) -> tuple[list[int], list[int]]:
    """The lines without scratches and folds: what is far fainter than the rest of the table."""
    across = [_strength(level, contrast, y, stray) for y in ys]
    down = [_strength(as_pixels(upright.T), as_pixels(contrast.T), x, stray) for x in xs]
    least = SCRATCH * float(np.median([*across, *down])) if xs and ys else 0.0
    return [x for x, s in zip(xs, down, strict=True) if s >= least], [
        y for y, s in zip(ys, across, strict=True) if s >= least
    ]


def _strength(mask: Pixels, contrast: Pixels, y: int, stray: int) -> float:
    """How dark the line at y is against the paper."""
    band = slice(max(y - stray, 0), y + stray + 1)
    inked = contrast[band][mask[band] > 0]
    return float(inked.mean()) if inked.size else 0.0


def _closed(places: list[int], across: Pixels, lines: Sequence[int], dpi: float) -> list[int]:
    """`places` of rules with those of a table open at its sides: where the lines across begin and end beyond them."""
    reach = round(STRAY * dpi)
    inked = (np.flatnonzero(across[max(y - reach, 0) : y + reach + 1].any(axis=0)) for y in lines)
    ends = [(int(run[0]), int(run[-1])) for run in inked if len(run)]
    if len(ends) < OPEN_LINES:
        return places
    first, last = (_agreed(side, reach=3 * reach) for side in zip(*ends, strict=True))
    before = [first] if first is not None and places[0] - first > OPEN * dpi else []
    return [*before, *places, *([last] if last is not None and last - places[-1] > OPEN * dpi else [])]


def _agreed(ends: Sequence[int], *, reach: int) -> int | None:
    """Where the outermost lines or most of all end, None where each ends elsewhere."""
    if abs(ends[0] - ends[-1]) <= reach:
        return (ends[0] + ends[-1]) // 2
    middle = round(float(np.median(ends)))
    return middle if np.mean([abs(end - middle) <= reach for end in ends]) >= AGREED else None


def _compact(
    groups: Sequence[set[tuple[int, int]]], ys: Sequence[int], xs: Sequence[int]
) -> tuple[list[set[tuple[int, int]]], list[int], list[int]]:
    """Cells and lines without the lines at which no cell ends: a stray piece of rule makes no row."""
    rows = sorted({min(r for r, _ in group) for group in groups})
    columns = sorted({min(c for _, c in group) for group in groups})
    kept = [{(rows.index(r), columns.index(c)) for r, c in group if r in rows and c in columns} for group in groups]
    return kept, [*(ys[r] for r in rows), ys[-1]], [*(xs[c] for c in columns), xs[-1]]


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
        band = mask[max(y - 2 * stray, 0) : y + 2 * stray + 1].max(axis=0)
        for i, (x0, x1) in enumerate(pairwise(xs)):
            inner = band[x0 + stray : max(x1 - stray, x0 + stray + 1)]
            # A letter or two beside a short side make half of it.
            out[j, i] = inner.size > 0 and inner.mean() >= (RULED if inner.size > LETTERS * stray else RULED_SHORT)
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
