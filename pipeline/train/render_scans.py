"""Hard scans: what lids, books, photographs, coloured paper and bad copiers make of a clean page.

Each kind of damage is a function of the page, a strength in 0..1 and a generator of random numbers. It gives the
pixels back with the 3 x 3 map from points of the clean page to points of the scan: truth moves with the page.
"""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from pipeline.train.damage import Pixels

__all__ = ["DAMAGES", "Damage", "Map", "moved_box"]

Map = npt.NDArray[np.float64]
Damage = Callable[[Pixels, float, np.random.Generator], tuple[Pixels, Map]]
STILL: Map = np.eye(3)
#: What lies under a page that is photographed, and what a scanner sees beside it with its lid open.
TABLE, LID = (92, 70, 52), (18, 18, 20)
PAPERS = {"yellow": (244, 222, 120), "pink": (246, 178, 190), "blue": (158, 196, 236)}


def moved_box(moved: Map, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The upright rectangle (x0, y0, x1, y1) around `box` after the map."""
    x0, y0, x1, y1 = box
    points = moved @ np.array([(x0, y0, 1), (x1, y0, 1), (x0, y1, 1), (x1, y1, 1)], np.float64).T
    flat = points[:2] / points[2]
    return float(flat[0].min()), float(flat[1].min()), float(flat[0].max()), float(flat[1].max())


def _warped(page: Pixels, moved: Map, size: tuple[int, int], ground: tuple[int, int, int]) -> Pixels:
    pixels = cv2.warpPerspective(page, moved, size, flags=cv2.INTER_CUBIC, borderValue=ground)
    return np.asarray(pixels, np.uint8)


def _quarters(turns: int) -> Damage:
    def damage(page: Pixels, _strength: float, _rng: np.random.Generator) -> tuple[Pixels, Map]:
        height, width = page.shape[:2]
        moved = {
            1: np.array(((0, -1, height), (1, 0, 0), (0, 0, 1)), np.float64),
            2: np.array(((-1, 0, width), (0, -1, height), (0, 0, 1)), np.float64),
            3: np.array(((0, 1, 0), (-1, 0, width), (0, 0, 1)), np.float64),
        }[turns]
        return np.ascontiguousarray(np.rot90(page, -turns)), moved

    return damage


def _skewed(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Laid on the glass askew, by up to 15 degrees; what sticks out is cut off."""
    height, width = page.shape[:2]
    angle = 15 * strength * float(rng.choice((-1, 1)))
    moved = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 0.86), (0, 0, 1)])
    return _warped(page, moved, (width, height), (255, 255, 255)), moved


def _photographed(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Photographed from the side on a table, in one-sided light."""
    height, width = page.shape[:2]
    pull = 0.02 + 0.1 * strength
    corners = np.array(((0, 0), (width, 0), (width, height), (0, height)), np.float32)
    inner = corners + np.array(((1, 1), (-1, 1), (-1, -1), (1, -1))) * np.array((width, height)) * 0.03
    shift = rng.uniform(0, pull, (4, 2)) * ((1, 1), (-1, 1), (-1, -1), (1, -1)) * (width, height)
    seen = np.asarray(inner + shift, np.float32)
    moved = np.asarray(cv2.getPerspectiveTransform(corners, seen), np.float64)
    pixels, _ = _lit(_warped(page, moved, (width, height), TABLE), 0.5 * strength, rng)
    return pixels, moved


def _lidded(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """A page smaller than the glass under an open lid: black edges, grey where light falls in, slightly askew."""
    height, width = page.shape[:2]
    edge = 0.02 + 0.06 * strength
    turn = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.uniform(-2, 2)), 1), (0, 0, 1)])
    size = round(width * (1 + 2 * edge)), round(height * (1 + edge))
    moved = np.array(((1, 0, width * edge), (0, 1, height * edge * 0.3), (0, 0, 1)), np.float64) @ turn
    pixels = _warped(page, moved, size, LID).astype(np.int16)
    pixels += rng.integers(-12, 13, (size[1], size[0], 1), np.int16)
    return np.clip(pixels, 0, 255).astype(np.uint8), moved


def _bound(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Copied from a bound volume: the gutter's shadow on one side, the edge of the other leaves at the far one."""
    height, width = page.shape[:2]
    x = np.arange(width) / width
    shade = 1 - (0.4 + 0.6 * strength) * np.exp(-x / (0.02 + 0.05 * strength))
    pixels = page * shade[None, :, None]
    pixels[:, round(width * (0.985 - 0.01 * strength)) :] = rng.integers(20, 90, (height, 1, 1))
    return np.clip(pixels, 0, 255).astype(np.uint8), STILL


def _lit(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Light from one side, and the soft shadow of a hand."""
    height, width = page.shape[:2]
    angle = float(rng.uniform(0, 2 * np.pi))
    y, x = np.mgrid[-0.5 : 0.5 : height * 1j, -0.5 : 0.5 : width * 1j]
    slope = 1 - strength * (0.4 + 0.5 * (x * np.cos(angle) + y * np.sin(angle)))
    shadow = 1 - 0.45 * strength * (1 / (1 + np.exp(-60 * (x + 0.5 * y - float(rng.uniform(0, 0.3))))))
    return np.clip(page * (slope * shadow)[..., None], 0, 255).astype(np.uint8), STILL


def _on_paper(colour: str) -> Damage:
    def damage(page: Pixels, strength: float, _rng: np.random.Generator) -> tuple[Pixels, Map]:
        tint = 255 - strength * (255 - np.array(PAPERS[colour], np.float64))
        return (page * (tint / 255)).astype(np.uint8), STILL

    return damage


def _shown_through(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Thin paper printed on both sides: the back shines through, mirrored and soft."""
    back = np.roll(page[:, ::-1], (int(rng.integers(20, 60)), int(rng.integers(-40, 40))), (0, 1))
    ink = 255.0 - cv2.GaussianBlur(back, (0, 0), 2.0)
    return np.clip(page - (0.1 + 0.4 * strength) * ink, 0, 255).astype(np.uint8), STILL


def _speckled(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Dust and toner: dots of one to three pixels, dark ones everywhere and light ones in the print."""
    height, width = page.shape[:2]
    dots = np.zeros((height, width), np.float32)
    for size, share in ((1, 0.01), (2, 0.002), (3, 0.0006)):
        seeds = (rng.random((height, width)) < share * strength).astype(np.uint8)
        dots = np.maximum(dots, cv2.dilate(seeds, np.ones((size, size), np.uint8)))
    light = rng.random((height, width)) < 0.03 * strength
    pixels = np.where(dots[..., None] > 0, np.uint8(30), page)
    return np.where(light[..., None], np.uint8(250), pixels).astype(np.uint8), STILL


def _rubbed(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Scanned at 150 dpi from a worn copy: thin strokes fade first, and the scanner's threshold eats them."""
    height, width = page.shape[:2]
    small = cv2.resize(page, None, fx=0.75, fy=0.75, interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), 0.5 + 0.3 * strength).astype(np.float32)
    worn = cv2.resize(rng.random((40, 30), np.float32), (small.shape[1], small.shape[0]), interpolation=cv2.INTER_CUBIC)
    ink = (255 - soft) * (1 - 0.35 * strength * worn[..., None])
    pixels = np.where(ink.mean(axis=2, keepdims=True) > 85 + 35 * strength, 0, 255).repeat(3, axis=2)
    return pixels.astype(np.uint8), np.diag((small.shape[1] / width, small.shape[0] / height, 1.0))


def _folded(page: Pixels, strength: float, rng: np.random.Generator) -> tuple[Pixels, Map]:
    """Folded in three and once across: dark creases whose ink has cracked off."""
    height, width = page.shape[:2]
    pixels = page.astype(np.float32)
    creases = [(0, round(height * f) + int(rng.integers(-30, 30))) for f in (1 / 3, 2 / 3)] + [(1, width // 2)]
    for axis, at in creases:
        lines = pixels if axis == 0 else pixels.transpose(1, 0, 2)
        reach = 3 + round(5 * strength)
        lines[at - 1 : at + 1] = np.where(rng.random((lines.shape[1], 1)) < 0.7, 250, lines[at - 1 : at + 1])
        depth = 110 * strength * np.exp(-((np.arange(-reach, reach) / (0.4 * reach)) ** 2))
        lines[at - reach : at + reach] -= depth[:, None, None]
    return np.clip(pixels, 0, 255).astype(np.uint8), STILL


#: Every kind of damage by name.
DAMAGES: dict[str, Damage] = {
    "turned 90": _quarters(1),
    "turned 180": _quarters(2),
    "turned 270": _quarters(3),
    "skewed": _skewed,
    "photographed": _photographed,
    "open lid": _lidded,
    "bound": _bound,
    "uneven light": _lit,
    "yellow paper": _on_paper("yellow"),
    "pink paper": _on_paper("pink"),
    "blue paper": _on_paper("blue"),
    "show-through": _shown_through,
    "speckled": _speckled,
    "rubbed 150 dpi": _rubbed,
    "folded": _folded,
}
