"""The frame of an incoming stamp: found among a page's rules, read without them, and taken off the print under it.

An office stamps what it receives at the upper left (Công văn 425/VTLTNN-NVTW of 2005, mục II.1.b: about 35 x 50 mm;
Nghị định 30/2020/NĐ-CP, Phụ lục IV: 30 x 50 mm), often over the first lines of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.lift import lines_of
from pipeline.imaging.raster import Pixels, Raster, as_pixels
from pipeline.types import Box, union

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

__all__ = ["coloured", "coloured_frames", "parted", "stamp_frames", "unruled", "unstamped"]

#: Resolution at which frames are looked for.
SMALL = 100
#: Inches: the least and the longest level rule of a frame, its least and greatest height, the farthest next rule.
RULES, HEIGHTS, APART = (1.2, 3.2), (0.55, 1.9), 0.75
#: How far, in inches, a rule may reach beyond the others; the share of their length that a broken one has.
STRAY, SHORTER = 0.2, 0.35
#: The least run of a rule in inches; what is so many pixels thick is none.
RUN, THICK = 0.35, 4
#: The part of the page, from its upper edge and left edge, in which an incoming stamp begins.
UPPER, LEFT = 0.5, 0.55
#: The least lengths in inches of level and upright rules that are taken off; capitals of a stamp are 0.35 high.
LEVEL, UPRIGHT = 0.35, 0.5
#: Ink is darker than this; dots and specks are smaller than this, in inches.
DARK, SPECK = 150, 0.027
#: A coloured ink stands out by more than this, in 0..255; what is darker than this in every channel is black.
STANDS_OUT, DEEP = 45, 90
#: Inches around a frame that belong to it; how far beside it lines of print are looked at, and below it.
AROUND, BESIDE, BELOW = 0.1, 2.0, 1.2


def stamp_frames(raster: Raster) -> tuple[Box, ...]:
    """Where level rules of a level grey picture stand above one another as in a stamp's frame, in its pixels."""
    ink = as_pixels(_upper(raster) < 185)
    found = (box for box in _stacked(sorted(_level_rules(ink), key=lambda b: b.y0)) if _has_post(ink, box))
    return _likely(found, raster)


def coloured_frames(raster: Raster) -> tuple[Box, ...]:
    """Where coloured ink of an RGB picture stands as close as in a stamp, in its pixels."""
    if raster.pixels.ndim == 2:
        return ()
    joined = cv2.morphologyEx(coloured(_upper(raster)).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = (Box(x, y, x + width, y + height) for x, y, width, height, _ in stats[1:].tolist())
    return _likely(found, raster)


def _upper(raster: Raster) -> Pixels:
    """The part of the page in which a stamp may stand, at SMALL dots to the inch."""
    factor = SMALL / raster.dpi
    upper = raster.pixels[: round(UPPER * raster.size[1]) + raster.dpi]
    return as_pixels(cv2.resize(upper, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA))


def coloured(pixels: Pixels) -> Mask:
    """Where an RGB picture shows red, blue or violet ink."""
    red, green, blue = (pixels[..., n].astype(np.int16) for n in range(3))
    return np.asarray(np.maximum(red, blue) - green > STANDS_OUT)


def parted(raster: Raster, frame: Box) -> tuple[Raster, Raster]:
    """The RGB picture without the coloured ink in `frame`, and with nothing in the frame but that ink, in grey."""
    rows, columns = slice(frame.y0, frame.y1), slice(frame.x0, frame.x1)
    part = raster.pixels[rows, columns]
    ink = cv2.dilate(coloured(part).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    black = part.max(axis=2) < DEEP
    rest, own = raster.pixels.copy(), np.full(raster.pixels.shape[:2], 255, np.uint8)
    rest[rows, columns] = np.where((ink & ~black)[..., None], 255, part)
    own[rows, columns] = np.where(ink, part.min(axis=2), 255)
    return raster.with_pixels(rest), raster.with_pixels(own)


def _likely(boxes: Iterable[Box], raster: Raster) -> tuple[Box, ...]:
    """The boxes of the small picture, at the size of `raster`, that fit a stamp; those that touch others left out."""
    found: list[Box] = []
    factor, size = 1 / (SMALL / raster.dpi), raster.size
    for small in boxes:
        box = Box(*(round(v * factor) for v in (small.x0, small.y0, small.x1, small.y1)))
        placed = box.x0 < LEFT * size[0] and box.y0 < UPPER * size[1]
        if placed and _fits(box, raster.dpi) and not any(box & other for other in found):
            found.append(box)
    return tuple(found)


def _fits(box: Box, dpi: int) -> bool:
    return HEIGHTS[0] <= box.height / dpi <= HEIGHTS[1] and RULES[0] <= box.width / dpi <= RULES[1]


def _level_rules(ink: Pixels) -> Iterator[Box]:
    """The level rules of a frame's length, broken or skewed a little."""
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((THICK, 1), np.uint8))
    thin = as_pixels((ink > 0) & (thick == 0))
    joined = cv2.morphologyEx(thin, cv2.MORPH_CLOSE, np.ones((2, 5), np.uint8))
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(RUN * SMALL)), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(long, np.ones((3, 31), np.uint8)), connectivity=8)
    for x, y, width, height, _ in stats[1:].tolist():
        if width <= RULES[1] * SMALL and height <= 0.16 * SMALL:
            yield Box(x, y, x + width, y + height)


def _stacked(rules: Sequence[Box]) -> Iterator[Box]:
    """Boxes around rules that stand above one another, as long as one another and near, and shorter ones between."""
    rest = [rule for rule in rules if rule.width >= RULES[0] * SMALL]
    while rest:
        group = [rest.pop(0)]
        for rule in tuple(rest):
            if rule.y0 - group[-1].y1 < APART * SMALL and _beneath(rule, group[-1]):
                group.append(rule)
                rest.remove(rule)
        if len(group) > 1:
            yield _whole(group, rules)


def _beneath(rule: Box, other: Box) -> bool:
    return min(rule.x1, other.x1) - max(rule.x0, other.x0) > 0.6 * max(rule.width, other.width)


def _whole(group: Sequence[Box], rules: Sequence[Box]) -> Box:
    """The box of the group and the rules that begin and end within its width, near it."""
    box = union(group) or group[0]
    for rule in (*rules, *reversed(rules)):
        inside = box.x0 - STRAY * SMALL <= rule.x0 and rule.x1 <= box.x1 + STRAY * SMALL
        near = rule.y0 - box.y1 < APART * SMALL / 2 and box.y0 - rule.y1 < APART * SMALL / 2
        if inside and near and rule.width > SHORTER * box.width:
            box |= rule
    return box


def _has_post(ink: Pixels, box: Box) -> bool:
    """Whether an upright rule closes the frame at a side, the other may be cut off with the paper."""
    reach = round(STRAY * SMALL)
    thin = cv2.subtract(ink, cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, THICK), np.uint8)))
    for x in (box.x0, box.x1):
        side = thin[box.y0 : box.y1, max(x - reach, 0) : x + reach]
        joined = cv2.morphologyEx(side, cv2.MORPH_CLOSE, np.ones((5, 3), np.uint8))
        if cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((round(RUN * SMALL), 1), np.uint8)).any():
            return True
    return False


def unruled(pixels: Pixels, dpi: int) -> Pixels:
    """A grey picture without its straight rules, dotted lines and specks; letters that cross a rule stay."""
    ink = pixels < DARK
    for length, turned in ((LEVEL, False), (UPRIGHT, True)):
        side = as_pixels(np.ascontiguousarray(ink.T if turned else ink))
        joined = cv2.morphologyEx(side, cv2.MORPH_CLOSE, np.ones((3, 5), np.uint8))
        rule = cv2.morphologyEx(joined, cv2.MORPH_OPEN, np.ones((1, round(length * dpi)), np.uint8))
        crossing = cv2.morphologyEx(side, cv2.MORPH_OPEN, np.ones((round(0.043 * dpi), 1), np.uint8))
        gone = (cv2.dilate(rule, np.ones((5, 9), np.uint8)) > 0) & (crossing == 0)
        ink = ink & ~(gone.T if turned else gone)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    keep = stats[:, 2:4].max(axis=1) >= SPECK * dpi
    keep[0] = False
    around = cv2.dilate(as_pixels(keep[labels]), np.ones((3, 3), np.uint8)) > 0
    return as_pixels(np.where(around, pixels, 255))


def unstamped(raster: Raster, frame: Box, own: Iterable[Box]) -> Raster:
    """The level grey picture with nothing in `frame` but what goes on with a line of print beside it.

    `own` are boxes of words that are the stamp's for certain.
    """
    x0, y0 = (max(round(v - AROUND * raster.dpi), 0) for v in (frame.x0, frame.y0))
    x1, y1 = (round(v + AROUND * raster.dpi) for v in (frame.x1, frame.y1))
    pixels = raster.pixels.copy()
    for box in own:
        pixels[box.y0 : box.y1, box.x0 : box.x1] = 255
    part = unruled(pixels[y0:y1, x0:x1], raster.dpi)
    bands = _bands(raster, Box(x0, y0, x1, y1))
    left = _column(raster, Box(x0, y0, x1, y1)) - x0
    _, labels, stats, _ = cv2.connectedComponentsWithStats((part < 200).astype(np.uint8), connectivity=8)
    keep = np.array([_goes_on(x, y, h, bands, left) for x, y, _, h, _ in stats.tolist()])
    keep[0] = False
    pixels[y0:y1, x0:x1] = np.where(keep[labels], part, 255)
    return raster.with_pixels(pixels)


def _goes_on(x: int, y: int, height: int, bands: Sequence[tuple[int, int]], left: int) -> bool:
    inside = (min(y + height, end) - max(y, start) >= 0.75 * height for start, end in bands)
    return x >= left and any(inside)


def _bands(raster: Raster, frame: Box) -> list[tuple[int, int]]:
    """The heights, from the frame's upper edge, of lines of print right of it."""
    beside = Box(frame.x1, frame.y0, frame.x1 + round(BESIDE * raster.dpi), frame.y1)
    letters = [(y - frame.y0, y + h - frame.y0) for _, y, _, h in _letters(raster, beside)]
    return lines_of(letters, raster.dpi)


def _column(raster: Raster, frame: Box) -> int:
    """Where the lines of print below the frame begin; the frame's left edge where there are none."""
    below = Box(0, frame.y1, frame.x1 + round(BESIDE * raster.dpi), frame.y1 + round(BELOW * raster.dpi))
    letters = sorted(_letters(raster, below))
    bands = lines_of([(y, y + h) for _, y, _, h in letters], raster.dpi)
    starts = [next(x for x, y, _, h in letters if start <= y and y + h <= end) for start, end in bands]
    return min(starts) - round(0.05 * raster.dpi) if starts else frame.x0


def _letters(raster: Raster, box: Box) -> list[tuple[int, int, int, int]]:
    """(x, y, width, height) of the connected ink in `box` that has the size of letters."""
    part = (raster.pixels[box.y0 : box.y1, box.x0 : box.x1] < DARK).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    sized = stats[1:][(stats[1:, 3] >= 0.06 * raster.dpi) & (stats[1:, 2:4].max(axis=1) <= 0.3 * raster.dpi)]
    return [(x + box.x0, y + box.y0, w, h) for x, y, w, h, _ in sized.tolist()]
