"""What copying and scanning do to a page: turn, blur, ink gain and loss, uneven light, grain, dirt, JPEG.

Four severities, from L0 (a clean print to pixels) to L3 (a bad copy of a copy). Every effect draws from the
generator given, so that a seed makes the same pixels again.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

__all__ = ["LEVELS", "Affine", "Pixels", "Severity", "damage", "mapped"]

Pixels = npt.NDArray[np.uint8]
Affine = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Severity:
    """How strong each effect is: `skew` degrees at most, `shift` of the page, sigmas of blur and grain in pixels
    and grey levels, `light` and `fade` as shares of white, `specks` a page, `loss` a share of ink, JPEG quality."""

    skew: float = 0.0
    shift: float = 0.0
    blur: float = 0.0
    grain: float = 0.0
    light: float = 0.0
    fade: float = 0.0
    specks: int = 0
    loss: float = 0.0
    quality: int = 92


LEVELS = (
    Severity(),
    Severity(skew=0.4, shift=4, blur=0.5, grain=3.0, light=0.03, fade=0.05, specks=12, quality=62),
    Severity(skew=1.0, shift=10, blur=0.75, grain=8.0, light=0.12, fade=0.15, specks=60, loss=0.02, quality=45),
    Severity(skew=2.2, shift=18, blur=1.15, grain=20.0, light=0.32, fade=0.32, specks=300, loss=0.08, quality=28),
)


def damage(pixels: Pixels, severity: Severity, rng: np.random.Generator) -> tuple[Pixels, Affine, float]:
    """`pixels` (height x width x 3) as scanned, the 2 x 3 map from the clean page to it, and the turn in degrees
    counter-clockwise that was given to the page."""
    height, width = pixels.shape[:2]
    turn = float(rng.uniform(0.4, 1.0) * rng.choice([-1, 1]) * severity.skew)
    moved: Affine = np.asarray(cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0), np.float64)
    moved[:, 2] += rng.uniform(-1, 1, 2) * severity.shift
    page = cv2.warpAffine(pixels, moved, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    ink = _lost(255.0 - page.astype(np.float32), severity, rng)
    if severity.blur:
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), severity.blur), np.float32)
    ink *= 1 - severity.fade * float(rng.uniform(0.6, 1.0))
    paper = _light((height, width), severity, rng)
    return _grained(np.clip(paper[..., None] - ink, 0, 255), severity, rng), moved, turn


def _lost(ink: npt.NDArray[np.float32], severity: Severity, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """`ink` with patches that the toner left out and specks that it added."""
    height, width = ink.shape[:2]
    if severity.loss:
        patches = cv2.resize(rng.random((height // 3, width // 3), np.float32), (width, height))
        ink = ink * (1 - 0.8 * (patches > 1 - severity.loss * 1.6))[..., None].astype(np.float32)
    for _ in range(severity.specks):
        x, y, r = int(rng.integers(width)), int(rng.integers(height)), int(rng.integers(1, 3))
        shade = float(rng.uniform(60, 220))
        cv2.ellipse(ink, (x, y), (r, max(1, r - 1)), float(rng.uniform(0, 180)), 0, 360, (shade,) * 3, -1)
    return ink


def _light(shape: tuple[int, int], severity: Severity, rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """The brightness of empty paper: a slope across the page and a few soft clouds."""
    height, width = shape
    if not severity.light:
        return np.full(shape, 255, np.float32)
    angle = float(rng.uniform(0, 2 * np.pi))
    slope = np.add.outer(np.linspace(-0.5, 0.5, height) * np.sin(angle), np.linspace(-0.5, 0.5, width) * np.cos(angle))
    clouds = cv2.resize(rng.random((4, 3), np.float32), (width, height), interpolation=cv2.INTER_CUBIC) - 0.5
    dark = severity.light * (0.5 + 0.7 * slope + 0.5 * clouds)
    return np.asarray(255 * (1 - np.clip(dark, 0, 0.8)), np.float32)


def _grained(page: npt.NDArray[np.float32], severity: Severity, rng: np.random.Generator) -> Pixels:
    if severity.grain:
        grain = rng.standard_normal(page.shape[:2], np.float32) * severity.grain
        page = page + grain[..., None]
    return np.clip(page, 0, 255).astype(np.uint8)


def mapped(affine: Affine, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The upright rectangle around `box` after `affine`."""
    x0, y0, x1, y1 = box
    corners = affine @ np.array([(x0, y0, 1), (x1, y0, 1), (x0, y1, 1), (x1, y1, 1)], np.float64).T
    return float(corners[0].min()), float(corners[1].min()), float(corners[0].max()), float(corners[1].max())
