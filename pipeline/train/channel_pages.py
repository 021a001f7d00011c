"""Pages of known text, printed, worn and misread: what the noisy channel is learnt from.

Each page is set in a Times-like face, blurred and speckled a little, and read by Tesseract in a language; the
lines printed and the lines read are kept side by side, one JSON object a page. Deterministic by page number.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from pipeline.errors import MissingProgram

__all__ = ["Page", "make_pages", "print_page", "read_page"]

FACES = {
    "termes": "/usr/share/texmf/fonts/opentype/public/tex-gyre/texgyretermes-{}.otf",
    "liberation": "/usr/share/fonts/truetype/liberation2/LiberationSerif-{}.ttf",
}
STYLES = {
    "termes": {"regular": "regular", "bold": "bold", "italic": "italic"},
    "liberation": {"regular": "Regular", "bold": "Bold", "italic": "Italic"},
}
LINES, MARGIN, WIDTH_CM = 42, 0.12, 21.0
PAGE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One misread page: its face, wear in 0..1, the lines as printed and as read."""

    number: int
    language: str
    face: str
    wear: float
    printed: tuple[str, ...]
    read: tuple[str, ...]

    def json(self) -> str:
        return json.dumps({name: getattr(self, name) for name in self.__slots__}, ensure_ascii=False)


@lru_cache(maxsize=64)
def _font(face: str, style: str, pixels: int) -> ImageFont.FreeTypeFont:
    path = FACES[face].format(STYLES[face][style])
    if not Path(path).exists():
        raise MissingProgram(f"font {path} is not installed", remedy="apt install fonts-texgyre fonts-liberation2")
    return ImageFont.truetype(path, pixels)


def _wrap(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line] if line else lines


def print_page(texts: Sequence[str], *, seed: int) -> tuple[Image.Image, list[str], str, float]:
    """(grey image, printed lines, face, wear) of one A4 page of `texts`, as many as fit."""
    rng = random.Random(seed)
    face = rng.choices(("termes", "liberation"), (7, 3))[0]
    dpi = rng.choice((200, 200, 250, 300))
    width, size = int(WIDTH_CM / 2.54 * dpi), round(rng.choice((13, 13.5, 14)) / 72 * dpi)
    image = Image.new("L", (width, int(width * 1.414)), rng.randint(238, 255))
    draw, y = ImageDraw.Draw(image), int(width * MARGIN)
    lines: list[str] = []
    for text in texts:
        style = rng.choices(("regular", "bold", "italic"), (80, 12, 8))[0]
        shown = text.upper() if style == "bold" and len(text) < 160 and rng.random() < 0.7 else text
        font = _font(face, style, size)
        for line in _wrap(shown, font, width * (1 - 2 * MARGIN)):
            if len(lines) < LINES and y < image.height * 0.92:
                draw.text((int(width * MARGIN), y), line, fill=rng.randint(0, 50), font=font)
                lines.append(line)
                y += int(size * 1.35)
        y += int(size * 0.4)
    wear = rng.random()
    return _worn(image, wear, rng), lines, face, wear


def _worn(image: Image.Image, wear: float, rng: random.Random) -> Image.Image:
    """The page after printing, copying and scanning: turned, blurred, speckled, saved as JPEG."""
    noise = np.random.default_rng(rng.randrange(2**32))
    turned = image.rotate(rng.uniform(-0.5, 0.5) * wear, resample=Image.Resampling.BICUBIC, fillcolor=250)
    grey = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.3 + 0.9 * wear)), dtype=np.float32)
    grey = np.clip(grey + noise.normal(0, 4 + 22 * wear, grey.shape), 0, 255)
    stored = BytesIO()
    Image.fromarray(grey.astype(np.uint8)).save(stored, "JPEG", quality=int(85 - 40 * wear))
    return Image.open(stored)


def read_page(image: Image.Image, language: str, *, layout: int = 6) -> list[str]:
    """The lines that Tesseract reads; `layout`: its page segmentation mode. Raises MissingProgram without it."""
    stored = BytesIO()
    image.save(stored, "PNG")
    command = ["tesseract", "-", "-", "-l", language, "--psm", str(layout)]
    try:
        done = subprocess.run(
            command,
            input=stored.getvalue(),
            capture_output=True,
            check=True,
            timeout=PAGE_SECONDS,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except FileNotFoundError:
        raise MissingProgram("tesseract is not installed", remedy="apt install tesseract-ocr-vie") from None
    return [line for line in done.stdout.decode("utf8").splitlines() if line.strip()]


def make_pages(
    texts: Sequence[str], numbers: Sequence[int], languages: Sequence[str], *, salt: int = 0
) -> Iterator[Page]:
    """The pages `numbers`, each printed once and read in every language; page n prints `texts[9 * n:]`.

    `salt` makes other pages of the same numbers."""
    tidy = [re.sub(r"\s+", " ", text) for text in texts]
    for number in numbers:
        some = tidy[9 * number : 9 * number + 24]
        image, printed, face, wear = print_page(some, seed=number + salt)
        for language in languages:
            read = read_page(image, language)
            yield Page(number, language, face, wear, tuple(printed), tuple(read))
