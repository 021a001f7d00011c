"""A page photographed from the side, made upright: its four edges become those of a rectangle."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from pipeline.imaging.borders import SMALL, ground
from pipeline.imaging.raster import Raster, as_pixels

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Points = NDArray[np.float32]

__all__ = ["upright"]

#: The page covers at least this share of the picture, and its four edges this share of its outline.
LEAST, FULL = 0.25, 0.96
#: Corners this many degrees off the right angle are left as they are: the page only lies askew.
RIGHT = 1.2
#: The longer side of A4 over the shorter, how far a page may be off it and still be A4, and its length in inches.
A4, LIKE_A4, LENGTH = math.sqrt(2), 0.16, 11.69


def upright(raster: Raster) -> Raster:
    """The page alone where the picture shows it from the side, at the resolution that makes it A4; else the picture."""
    corners = page_corners(raster)
    if corners is None or _off_square(corners) < RIGHT:
        return raster
    width, height = _size(corners)
    square = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    forward = cv2.getPerspectiveTransform(corners, square)
    white = (255,) * (1 if raster.pixels.ndim == 2 else 3)
    pixels = cv2.warpPerspective(raster.pixels, forward, (width, height), flags=cv2.INTER_CUBIC, borderValue=white)
    return raster.warped(as_pixels(pixels), forward, dpi=round(max(width, height) / LENGTH))


def page_corners(raster: Raster) -> Points | None:
    """The page's corners from the upper left on, clockwise, in pixels; None where the picture does not show four."""
    mask = ground(raster.pixels)
    if mask is None:
        return None
    page = as_pixels(1 - mask)
    outlines, _ = cv2.findContours(page, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea)) if outlines else None
    if outline is None or cv2.contourArea(outline) < LEAST * page.size:
        return None
    rough = _four(np.asarray(outline, np.int32))
    if rough is None or not _inside(rough, page.shape):
        return None
    contour = max(outlines, key=cv2.contourArea)[:, 0].astype(np.float32)
    fine = _crossings(contour, rough)
    return np.asarray((fine + 0.5) * (max(raster.size) / SMALL), np.float32)


def _four(outline: NDArray[np.int32]) -> Points | None:
    """The four corners of a convex outline, the upper left first."""
    length = cv2.arcLength(outline, closed=True)
    for share in (0.01, 0.02, 0.03, 0.05):
        corners = cv2.approxPolyDP(outline, share * length, closed=True)[:, 0]
        if len(corners) == 4 and cv2.contourArea(corners) > FULL * cv2.contourArea(outline):
            ring = corners.astype(np.float32)
            middle = ring.mean(axis=0)
            ring = ring[np.argsort(np.arctan2(ring[:, 1] - middle[1], ring[:, 0] - middle[0]))]
            return np.roll(ring, -int(ring.sum(axis=1).argmin()), axis=0)
    return None


def _inside(corners: Points, shape: tuple[int, ...]) -> bool:
    """Whether at least three of the page's corners are in the picture: what it cuts off cannot be measured."""
    free = [0.5 < x < shape[1] - 1.5 and 0.5 < y < shape[0] - 1.5 for x, y in corners.tolist()]
    return free.count(True) >= 3


def _crossings(contour: Points, corners: Points) -> Points:
    """The corners again, where lines through the middle of each edge meet: dog's ears do not count."""
    lines = [_edge(contour, corners[n], corners[(n + 1) % 4]) for n in range(4)]
    return np.array([np.cross(lines[n - 1], lines[n])[:2] / np.cross(lines[n - 1], lines[n])[2] for n in range(4)])


def _edge(contour: Points, start: Points, end: Points) -> NDArray[np.float64]:
    """The line (a, b, c) through the outline's points near the edge from `start` to `end`."""
    along = (end - start) / np.linalg.norm(end - start)
    apart = contour - start
    far = apart @ along / np.linalg.norm(end - start)
    off = np.abs(apart[:, 0] * along[1] - apart[:, 1] * along[0])
    near = contour[(far > 0.1) & (far < 0.9) & (off < 6)]
    points = near if len(near) > 20 else np.stack([start, end])
    vx, vy, x, y = cv2.fitLine(points, cv2.DIST_HUBER, 0, 0.01, 0.01)[:, 0].tolist()
    return np.array((vy, -vx, vx * y - vy * x))


def _sides(corners: Points) -> list[Points]:
    return [corners[(n + 1) % 4] - corners[n] for n in range(4)]


def _off_square(corners: Points) -> float:
    """By how many degrees the corner that is least square is off the right angle."""
    angles = [math.degrees(math.atan2(side[1], side[0])) for side in _sides(corners)]
    turns = [(angles[n] - angles[n - 1]) % 360 for n in range(4)]
    return max(abs(turn - 90) for turn in turns)


def _size(corners: Points) -> tuple[int, int]:
    """(width, height) of the page seen upright, A4 where it is nearly that."""
    top, right, bottom, left = (float(np.linalg.norm(side)) for side in _sides(corners))
    width, height = (top + bottom) / 2, (left + right) / 2
    if abs(height / width / A4 - 1) < LIKE_A4:
        height = width * A4
    elif abs(width / height / A4 - 1) < LIKE_A4:
        width = height * A4
    return round(width), round(height)
