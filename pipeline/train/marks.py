"""What is put on the paper after printing: the red seal, the signature, the incoming stamp, the urgency stamp.

Each mark is drawn on a white layer of its own that is multiplied onto the page, as transparent ink would be. The
seal of our own documents says that they are specimens, and bears no emblem of any authority.
"""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from pipeline.train.paper import Style, font
from pipeline.train.typeset import Mark, Rule, SetLine, Setter, tokens

__all__ = ["Pixels", "incoming", "seal", "signature", "urgency"]

Pixels = npt.NDArray[np.uint8]
RED, BLUE, PEN = (205, 40, 45), (45, 60, 165), (25, 35, 110)
RING = "BẢN MẪU • KHÔNG CÓ GIÁ TRỊ PHÁP LÝ • "


def seal(size: tuple[int, int], mark: Mark, setter: Setter, rng: np.random.Generator) -> Image.Image:
    """A round red seal of 36 mm, its ring of letters turned at random, pressed unevenly."""
    layer = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(layer)
    for radius, width in ((18, 0.7), (17.1, 0.3), (11.5, 0.3)):
        r, pen = setter.mm(radius), max(1, round(setter.mm(width)))
        draw.ellipse((mark.x - r, mark.y - r, mark.x + r, mark.y + r), outline=RED, width=pen)
    draw.polygon(_star(mark.x, mark.y, setter.mm(7)), fill=RED)
    _ring(layer, mark, setter, float(rng.uniform(-12, 12)))
    return _uneven(layer, rng)


def _star(x: float, y: float, radius: float) -> list[tuple[float, float]]:
    turns = [math.pi * k / 5 - math.pi / 2 for k in range(10)]
    return [(x + r * math.cos(a), y + r * math.sin(a)) for a, r in zip(turns, (radius, radius * 0.4) * 5, strict=True)]


def _ring(layer: Image.Image, mark: Mark, setter: Setter, turn: float) -> None:
    letters = font("sans", setter.hand, "bold", setter.mm(3.2))
    radius, tile = setter.mm(14.2), round(setter.mm(6))
    for number, letter in enumerate(RING):
        angle = turn + 360 * number / len(RING)
        glyph = Image.new("RGB", (tile, tile), "white")
        ImageDraw.Draw(glyph).text((tile / 2, tile / 2), letter, font=letters, fill=RED, anchor="mm")
        glyph = glyph.rotate(-angle, Image.Resampling.BICUBIC, fillcolor="white")
        a = math.radians(angle - 90)
        at = (round(mark.x + radius * math.cos(a) - tile / 2), round(mark.y + radius * math.sin(a) - tile / 2))
        layer.paste(glyph, at, Image.eval(glyph.convert("L"), lambda v: 255 - v))


def _uneven(layer: Image.Image, rng: np.random.Generator) -> Image.Image:
    """Ink that did not take everywhere: cloudy and grainy."""
    pixels = np.asarray(layer, np.float32)
    height, width = pixels.shape[:2]
    clouds = cv2.resize(rng.random((height // 90 + 2, width // 90 + 2), np.float32), (width, height))
    grain = rng.random((height, width), np.float32)
    strength = np.clip(0.55 + 0.5 * clouds - 0.25 * (grain > 0.86), 0, 1)[..., None]
    return Image.fromarray((255 - (255 - pixels) * strength).astype(np.uint8))


def signature(size: tuple[int, int], mark: Mark, setter: Setter, rng: np.random.Generator) -> Image.Image:
    """A scrawl of one pen stroke, 45 to 60 mm long."""
    layer = Image.new("RGB", size, "white")
    count = int(rng.integers(7, 11))
    xs = np.linspace(-setter.mm(20), setter.mm(24), count) + rng.normal(0, setter.mm(3), count)
    ys = rng.uniform(-setter.mm(9), setter.mm(7), count) * np.linspace(1.2, 0.35, count)
    points = _spline(np.stack([xs + mark.x, ys + mark.y], 1))
    pen = max(2, round(setter.mm(0.45)))
    ImageDraw.Draw(layer).line([(float(x), float(y)) for x, y in points], fill=PEN, width=pen, joint="curve")
    return layer


def _spline(knots: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Catmull-Rom through the knots, 24 points a piece."""
    padded = np.concatenate([knots[:1], knots, knots[-1:]])
    t = np.linspace(0, 1, 24)[:, None]
    pieces = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        pieces.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3))
    return np.concatenate(pieces)


def incoming(front: dict[str, Any], setter: Setter, at: tuple[float, float]) -> tuple[list[SetLine], list[Rule]]:
    """The blue `CÔNG VĂN ĐẾN` stamp with its upper left corner at `at`: its lines and its frame.

    `front` names the receiver's lines (the last one is the receiver), the running number and the date line.
    """
    width, pad = setter.mm(front.get("width", 46)), setter.mm(1)
    entries = [(line, Style("regular", 7.5)) for line in front["receiver"][:-1]]
    entries += [(front["receiver"][-1], Style("bold", 7.5)), ("CÔNG VĂN ĐẾN", Style("bold", 11))]
    entries += [(f"Số: {front['number']}", Style("regular", 9)), (front["date"], Style("regular", 9))]
    x, y = at
    lines = []
    for text, style in entries:
        height = setter.pixels(style.size) * 1.45
        for row in setter.broken(tokens(text, style), width - 2 * pad, style):
            words = setter.set_row(row, x + pad, width - 2 * pad, y + height * 0.8, style, "centre")
            lines.append(SetLine("stamp", tuple(words)))
            y += height
    return lines, _frame(x, at[1], x + width, y + pad)


def urgency(front: dict[str, Any], setter: Setter, at: tuple[float, float]) -> tuple[list[SetLine], list[Rule]]:
    """A red framed `HỎA TỐC`, `THƯỢNG KHẨN` or `KHẨN` (Nghị định 30/2020/NĐ-CP, Phụ lục I, II.6)."""
    style, text = Style("bold", 14), front["text"]
    width, height = setter.measure(tokens(text, style), style) + setter.mm(6), setter.pixels(14) * 1.7
    words = setter.set_row(tokens(text, style), at[0], width, at[1] + height * 0.72, style, "centre")
    return [SetLine("stamp", tuple(words))], _frame(*at, at[0] + width, at[1] + height)


def _frame(x0: float, y0: float, x1: float, y1: float) -> list[Rule]:
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]
