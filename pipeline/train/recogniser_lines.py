"""Pictures of lines as the recogniser meets them: printed, worn, scanned, cleaned by our own chain, cut and scaled.

Lines are made in blocks of one scan, so that each has neighbours that reach into its cut. Heights and widths are
pixels. Deterministic by seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from pipeline.imaging.clean import denoise, flatten, sauvola
from pipeline.imaging.raster import Pixels, Raster, as_pixels, from_scan
from pipeline.imaging.turn import scale
from pipeline.train.recogniser_text import Texts, as_read

__all__ = ["HEIGHT", "Sample", "block", "scaled"]

#: The height of a line at the network's entrance.
HEIGHT = 36
GYRE = "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyre{}.otf"
LIBERATION = "/usr/share/fonts/truetype/liberation2/Liberation{}.ttf"
DEJAVU = "/usr/share/fonts/truetype/dejavu/DejaVu{}.ttf"
_GYRE_STYLES = ("regular", "bold", "italic", "bolditalic")
_LIBERATION_STYLES = ("Regular", "Bold", "Italic", "BoldItalic")
#: (files of regular, bold, italic, bold italic; weight): Times above all, as Decree 30/2020/NĐ-CP, annex I, asks.
FACES: tuple[tuple[tuple[str, ...], int], ...] = (
    (tuple(LIBERATION.format(f"Serif-{s}") for s in _LIBERATION_STYLES), 45),
    (tuple(GYRE.format(f"termes-{s}") for s in _GYRE_STYLES), 33),
    (tuple(LIBERATION.format(f"Sans-{s}") for s in _LIBERATION_STYLES), 8),
    (tuple(GYRE.format(f"heros-{s}") for s in _GYRE_STYLES), 3),
    (tuple(GYRE.format(f"heroscn-{s}") for s in _GYRE_STYLES), 2),
    (tuple(GYRE.format(f"schola-{s}") for s in _GYRE_STYLES), 3),
    (tuple(GYRE.format(f"bonum-{s}") for s in _GYRE_STYLES), 2),
    (tuple(GYRE.format(f"pagella-{s}") for s in _GYRE_STYLES), 2),
    (tuple(DEJAVU.format(f"Serif{s}") for s in ("", "-Bold", "-Italic", "-BoldItalic")), 2),
)
#: Printed at so many times the resolution of the scan, as paper has no pixels.
OVER = 2


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """A line's picture (HEIGHT x width, uint8) and what a reading of it should say."""

    pixels: Pixels
    text: str


@dataclass(frozen=True, slots=True)
class _Set:
    """A line on the block: its text, baseline, left and right edge, rise above and fall below the baseline."""

    text: str
    baseline: float
    left: float
    right: float
    rise: float
    fall: float


@lru_cache(maxsize=256)
def _font(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def block(texts: Texts, seed: int, *, lines: int = 8) -> list[Sample]:
    """The lines of one block, each cut, scaled to HEIGHT and with its text."""
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    dpi = rng.choices((100, 130, 150, 200, 250, 300), (4, 6, 16, 40, 8, 26))[0]
    sheet, placed = _printed(texts, rng, dpi, lines)
    scan = _scanned(sheet, rng, noise, dpi)
    picture = _cleaned(scan, rng)
    factor = picture.size[0] / sheet.shape[1]
    return [Sample(_cut(picture.pixels, line, factor, rng, picture.dpi), as_read(line.text)) for line in placed]


def _printed(texts: Texts, rng: random.Random, dpi: int, lines: int) -> tuple[Pixels, list[_Set]]:
    size = round(rng.choice((10, 11, 12, 12, 13, 13, 13.5, 14, 14, 14)) / 72 * dpi * OVER)
    files = rng.choices([f for f, _ in FACES], [w for _, w in FACES])[0]
    pitch = size * rng.choice((1.12, 1.15, 1.2, 1.25, 1.3, 1.45))
    image = Image.new("L", (round(8.3 * dpi * OVER), round(pitch * (lines + 1.5))), 255)
    draw, ink = ImageDraw.Draw(image), rng.randint(0, 60)
    placed = []
    for row in range(lines):
        style = rng.choices(range(4), (62, 24, 10, 4))[0]
        font, left = _font(files[style], size), size * rng.uniform(0.5, 2.5)
        placed.append(_set(draw, texts.line(), font, (left, pitch * (row + 1.2)), ink, rng))
    _rules(draw, placed, image.size, rng, dpi)
    return np.array(image, dtype=np.uint8), placed


def _set(
    draw: ImageDraw.ImageDraw,
    text: str,
    font: ImageFont.FreeTypeFont,
    at: tuple[float, float],
    ink: int,
    rng: random.Random,
) -> _Set:
    x, y = at
    blank = font.getlength(" ") * rng.choice((0.8, 1.0, 1.0, 1.0, 1.2, 1.5, 2.0, 2.6))
    apart = rng.choices((0.0, 0.01, 0.03, 0.06, 0.1, -0.015), (72, 8, 6, 4, 3, 7))[0] * font.size
    limit = draw.im.size[0] - font.size * 0.5
    words: list[str] = []
    rise, fall, right = 0.0, 0.0, x
    for word in text.split():
        width = font.getlength(word) + apart * len(word)
        if x + width > limit and words:
            break
        box = font.getbbox(word, anchor="ls")
        rise, fall = max(rise, -box[1]), max(fall, box[3])
        _word(draw, word, font, (x, y), ink, apart)
        words.append(word)
        right = x + width
        x = right + blank
    return _Set(" ".join(words), y, at[0], right, max(rise, 0.68 * font.size), max(fall, 0.2 * font.size))


def _word(
    draw: ImageDraw.ImageDraw, word: str, font: ImageFont.FreeTypeFont, at: tuple[float, float], ink: int, apart: float
) -> None:
    if not apart:
        draw.text(at, word, font=font, fill=ink, anchor="ls")
        return
    for n, letter in enumerate(word):
        x = at[0] + font.getlength(word[:n]) + apart * n
        draw.text((x, at[1]), letter, font=font, fill=ink, anchor="ls")


def _rules(
    draw: ImageDraw.ImageDraw, placed: Sequence[_Set], size: tuple[int, int], rng: random.Random, dpi: int
) -> None:
    """Underlines, edges of cells, and the pale arcs that a seal leaves."""
    wide = max(1, round(dpi * OVER / 150))
    for line in placed:
        if rng.random() < 0.04:
            y = line.baseline + line.fall * rng.uniform(0.35, 1.3)
            draw.line((line.left, y, rng.uniform(line.left, line.right), y), fill=40, width=wide)
        if rng.random() < 0.06:
            x = rng.choice((line.left - rng.uniform(4, 30), line.right + rng.uniform(4, 30)))
            draw.line((x, line.baseline - 2 * line.rise, x, line.baseline + 2 * line.fall), fill=60, width=wide)
    if rng.random() < 0.12:
        r, shade = rng.uniform(0.5, 0.75) * dpi * OVER, rng.randint(130, 235)
        x, y = rng.uniform(0, size[0]), rng.uniform(0, size[1])
        for inner in (r, r * 0.93):
            draw.ellipse((x - inner, y - inner, x + inner, y + inner), outline=shade, width=wide * 2)


def _scanned(sheet: Pixels, rng: random.Random, noise: np.random.Generator, dpi: int) -> Raster:
    """The block as a scanner of `dpi` stores it: toner, optics, grain, black and white or JPEG."""
    sheet = _toner(sheet, rng, noise)
    turn = rng.gauss(0, 0.1)
    height, width = sheet.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    sheet = as_pixels(cv2.warpAffine(sheet, matrix, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255,)))
    sheet = as_pixels(cv2.GaussianBlur(sheet, (0, 0), rng.uniform(0.3, 1.0) * OVER * max(0.6, dpi / 250)))
    small = cv2.resize(sheet, None, fx=1 / OVER, fy=1 / OVER, interpolation=cv2.INTER_AREA).astype(np.float32)
    paper, fade = rng.uniform(215, 255), rng.uniform(0, 0.35)
    grey = (
        paper - (255 - small) * (1 - fade) * paper / 255 + noise.normal(0, rng.choice((1, 3, 6, 10, 16)), small.shape)
    )
    pixels = np.clip(grey, 0, 255).astype(np.uint8)
    if rng.random() < 0.35:
        level = cv2.threshold(pixels, 0, 255, cv2.THRESH_OTSU)[0] + rng.uniform(-30, 30)
        pixels = np.where(pixels > level, 255, 0).astype(np.uint8)
    if rng.random() < 0.6:
        stored = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, rng.choice((20, 30, 45, 60, 75, 90))])[1]
        pixels = as_pixels(cv2.imdecode(stored, cv2.IMREAD_GRAYSCALE))
    return from_scan(pixels, dpi)


def _toner(sheet: Pixels, rng: random.Random, noise: np.random.Generator) -> Pixels:
    """Strokes thicker or thinner, letters with holes, specks between them."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))
    weight = rng.random()
    if weight < 0.2:
        sheet = as_pixels(cv2.erode(sheet, kernel))
    elif weight < 0.42:
        share = rng.uniform(0.25, 0.85)
        sheet = as_pixels(cv2.addWeighted(sheet, 1 - share, cv2.dilate(sheet, kernel), share, 0))
    height, width = sheet.shape
    if rng.random() < 0.25:
        rough = cv2.resize(noise.random((height // 4, width // 4), np.float32), (width, height))
        sheet = np.where(rough > 1 - rng.uniform(0.01, 0.06), np.maximum(sheet, 200), sheet).astype(np.uint8)
    for _ in range(rng.choice((0, 0, 5, 20, 80))):
        x, y, r = rng.randrange(width), rng.randrange(height), rng.randint(1, 3)
        cv2.circle(sheet, (x, y), r, (rng.randint(0, 160),), -1)
    return sheet


def _cleaned(scan: Raster, rng: random.Random) -> Raster:
    """The picture that the engine gives to the recogniser, in one of the ways it makes one."""
    raster = flatten(scan if scan.dpi >= 240 else scale(scan, 300 / scan.dpi))
    way = rng.random()
    if way < 0.45:
        return denoise(scale(raster, 4 / 3))
    if way < 0.65:
        return sauvola(raster)
    return denoise(raster) if way < 0.85 else raster


def _cut(pixels: Pixels, line: _Set, factor: float, rng: random.Random, dpi: int) -> Pixels:
    """The line's rectangle with a margin like that of Tesseract's line finder, at HEIGHT."""
    unit = dpi / 300
    top = (line.baseline - line.rise * _reach(rng)) * factor - unit * rng.triangular(-3, 9, 4)
    bottom = (line.baseline + line.fall + line.rise * max(_reach(rng) - 1, -0.03)) * factor + unit * rng.triangular(
        -2, 9, 4
    )
    left = line.left * factor - unit * rng.triangular(-1, 12, 5)
    right = line.right * factor + unit * rng.triangular(-1, 12, 5)
    height, width = pixels.shape
    y0, y1 = max(0, round(top)), min(height, round(bottom))
    x0, x1 = max(0, round(left)), min(width, round(right))
    return scaled(pixels[y0:y1, x0:x1])


def _reach(rng: random.Random) -> float:
    """How far a cut reaches: now and then a neighbour's marks were taken for the line's own, or its own were lost."""
    die = rng.random()
    if die < 0.15:
        return 1 + rng.uniform(0.1, 0.6)
    return rng.uniform(0.8, 1.0) if die < 0.3 else 1.0


def scaled(pixels: Pixels, height: int = HEIGHT) -> Pixels:
    """A line at `height`, sharpened a little as Leptonica does it (`pixScale`)."""
    factor = height / pixels.shape[0]
    size = (max(3, round(pixels.shape[1] * factor)), height)
    shrunk = factor < 0.7
    small: Any = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA if shrunk else cv2.INTER_LINEAR)
    share, side = (0.2, 3) if shrunk else (0.4, 5)
    small = small.astype(np.float32)
    return as_pixels(np.clip(small + share * (small - cv2.blur(small, (side, side))), 0, 255))
