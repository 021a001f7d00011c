"""Print lifted off the seal and the signature over it: who signs, as what, above and below a seal.

A coloured ink leaves its own channel bright where it lies on white paper and dark where it lies on black print, so
that the brightest channel of a pixel shows print alone. A black seal is taken off by its shape: the lines of its ring
where nothing crosses them (as staff lines are taken off music, Dalitz et al., 2008), and inside the ring whatever
does not go on with a line of print that stands outside.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.raster import Pixels, as_pixels
from pipeline.imaging.rings import Ring

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

__all__ = ["lifted", "lines_of"]

#: Inches: the largest letter of a name; a stroke of the pen is longer. The least height of a sign worth keeping.
LETTER, SIGN = 0.37, 0.015
#: Letters of a bold stamp run into one another: no higher than this, in inches, with so much ink in their box.
LINE, DENSE = 0.3, 0.25
#: Inches; a stroke thinner than this, where it is part of something large, is a pen's.
PEN = 0.018
#: The least height in inches of a letter, marks aside.
TALL = 0.06
#: Black ink is darker than a threshold between these; a coloured one stands out by more than this, in 0..255.
DARK, STANDS_OUT = (140, 170), 45
#: What is darker than this in every channel is black, whatever its tinge; else it is black if it has less than that.
DEEP, TINGED = 100, 30
#: The outermost lines of a seal lie within so many radii.
EDGE = 1.03
#: The share of a circle's directions that have ink where a line of the ring runs.
RINGED = 0.45
#: How far, in pixels, the middle of a ring is looked for around where it was found.
REACH = 5


def lifted(pixels: Pixels, dpi: int, ring: Ring, *, crossed: bool = False) -> Pixels:
    """The picture, grey, of the letters of print in `pixels` (grey or RGB), the seal and long strokes gone.

    `ring` is in the pixels of the picture. Letters that a thin pen crosses stay where `crossed`, and some of the pen.
    """
    out = np.full(pixels.shape[:2], 255, np.uint8)
    for red, grey, ink in _inks(pixels):
        sealed = red == ring.red
        kept = _letters(_without_ring(ink, ring) if sealed else ink, dpi, crossed=crossed)
        kept = _outside(kept, ring, dpi) if sealed else kept
        around = cv2.dilate(kept.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
        out = np.where(around, np.minimum(out, grey), out)
    return as_pixels(out)


def _inks(pixels: Pixels) -> Iterator[tuple[bool, Pixels, Mask]]:
    """Each ink of a picture: whether it is red, the channel in which it is dark, and where it is."""
    black = pixels if pixels.ndim == 2 else as_pixels(pixels.max(axis=2))
    level = cv2.threshold(black, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0]
    dark = np.asarray(black < min(max(level, DARK[0]), DARK[1]))
    if pixels.ndim == 2:
        yield False, black, dark
        return
    red, green, blue = (pixels[..., n].astype(np.int16) for n in range(3))
    redder, bluer = red - np.maximum(green, blue), blue - np.maximum(red, green)
    plain = np.maximum(redder, bluer) <= TINGED
    yield False, black, dark & (plain | (black < DEEP))
    yield True, pixels[..., 1], np.asarray(redder > STANDS_OUT)
    yield False, pixels[..., 0], np.asarray(bluer > STANDS_OUT)


def _letters(ink: Mask, dpi: int, *, crossed: bool) -> Mask:
    """Connected ink no larger than a letter and no smaller than a mark, with `crossed` letters that a pen joins too."""
    kept, large = _sized(ink, dpi)
    if not crossed:
        return kept
    side = max(2, round(PEN * dpi))
    thick = cv2.morphologyEx(large.astype(np.uint8), cv2.MORPH_OPEN, np.ones((side, side), np.uint8))
    grown = cv2.dilate(thick, np.ones((2 * side - 1, 2 * side - 1), np.uint8)) > 0
    return kept | _sized(large & grown, dpi)[0]


def _sized(ink: Mask, dpi: int) -> tuple[Mask, Mask]:
    """The connected ink of the size of letters and marks, and what is larger."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    most, area = stats[:, 2:4].max(axis=1), stats[:, cv2.CC_STAT_AREA]
    joined = (stats[:, 3] <= LINE * dpi) & (area > DENSE * stats[:, 2] * stats[:, 3])
    small = (most <= LETTER * dpi) | joined
    keep = small & (most >= SIGN * dpi) & (area >= 0.5 * (SIGN * dpi) ** 2)
    keep[0] = small[0] = False
    large = ~small
    large[0] = False
    return np.asarray(keep[labels]), np.asarray(large[labels])


def _without_ring(ink: Mask, ring: Ring) -> Mask:
    """The ink without the lines of the ring, but for where something crosses them."""
    x, y = _middle(ink, ring)
    reach = round(ring.radius * 1.15)
    size = (reach, round(2 * np.pi * ring.radius))
    source = ink.astype(np.uint8) * 255
    polar = cv2.warpPolar(source, size, (x, y), reach, cv2.WARP_POLAR_LINEAR) > 127
    lines = _bands(polar.mean(axis=0) > RINGED, first=round(0.6 * ring.radius))
    gone = np.zeros_like(polar)
    for start, end in lines:
        crossing = cv2.morphologyEx(polar.astype(np.uint8), cv2.MORPH_OPEN, np.ones((1, end - start + 7), np.uint8))
        gone[:, start - 2 : end + 2] |= (crossing == 0)[:, start - 2 : end + 2]
    back = cv2.warpPolar(
        gone.astype(np.uint8) * 255,
        ink.shape[::-1],
        (x, y),
        reach,
        cv2.WARP_POLAR_LINEAR | cv2.WARP_INVERSE_MAP | cv2.WARP_FILL_OUTLIERS,
    )
    return ink & (cv2.dilate(as_pixels(back), np.ones((3, 3), np.uint8)) < 100)


def _bands(full: Mask, *, first: int) -> list[tuple[int, int]]:
    """The runs [start, end) of true values from `first` on."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], full[first:], [False]]).astype(np.int8))) + first
    return [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]


def _middle(ink: Mask, ring: Ring) -> tuple[float, float]:
    """The middle of the ring to the pixel: where its lines are sharpest."""
    angles = np.arange(0, 2 * np.pi, np.pi / 90)
    radii = np.arange(0.85 * ring.radius, 1.06 * ring.radius)[:, None]
    xs, ys = ring.x + radii * np.cos(angles), ring.y + radii * np.sin(angles)
    height, width = ink.shape

    def sharpness(dx: int, dy: int) -> float:
        px, py = np.rint(xs + dx).astype(int), np.rint(ys + dy).astype(int)
        inside = (px >= 0) & (py >= 0) & (px < width) & (py < height)
        seen = ink[py.clip(0, height - 1), px.clip(0, width - 1)] & inside
        return float((seen.mean(axis=1) ** 2).sum())

    shifts = [(dx, dy) for dx in range(-REACH, REACH + 1) for dy in range(-REACH, REACH + 1)]
    dx, dy = max(shifts, key=lambda shift: sharpness(*shift))
    return ring.x + dx, ring.y + dy


def _outside(letters: Mask, ring: Ring, dpi: int) -> Mask:
    """The letters outside the ring, and those over its edge that go on with a line outside."""
    _, labels, stats, centres = cv2.connectedComponentsWithStats(letters.astype(np.uint8), connectivity=8)
    tops, heights = stats[:, 1], stats[:, 3]
    away = np.hypot(centres[:, 0] - ring.x, centres[:, 1] - ring.y) / ring.radius
    keep = away > EDGE
    keep[0] = False
    bands = lines_of([(int(t), int(t + h)) for t, h in zip(tops[keep], heights[keep], strict=True)], dpi)
    for n in np.flatnonzero(~keep & (away > 0.5)):
        if n and any(_within(int(tops[n]), int(tops[n] + heights[n]), band) for band in bands):
            keep[n] = True
    return np.asarray(keep[labels])


def _within(top: int, bottom: int, band: tuple[int, int]) -> bool:
    common = min(bottom, band[1]) - max(top, band[0])
    return common >= 0.75 * (bottom - top)


def lines_of(letters: list[tuple[int, int]], dpi: int) -> list[tuple[int, int]]:
    """The heights at which three or more tall letters stand side by side."""
    tall = sorted((a, b) for a, b in letters if b - a >= TALL * dpi)
    groups: list[list[tuple[int, int]]] = []
    for top, bottom in sorted(tall, key=sum):
        last = groups[-1][-1] if groups else None
        if last and (top + bottom) - sum(last) < 0.6 * (last[1] - last[0]):
            groups[-1].append((top, bottom))
        else:
            groups.append([(top, bottom)])
    return [(min(a for a, _ in group), max(b for _, b in group)) for group in groups if len(group) >= 3]
