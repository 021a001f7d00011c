"""The words of a PDF page's text layer with their boxes, in Unicode whatever fonts they were set in."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import replace
from html import unescape
from itertools import groupby

from pipeline.encodings import is_capital_font, to_unicode
from pipeline.engines.tokens import Token
from pipeline.errors import MissingProgram, PageError
from pipeline.sheet import Sheet
from pipeline.types import Box

__all__ = ["layer_tokens"]

ITEM = re.compile(
    r'<(?P<kind>page|line|word)(?: xMin="(?P<x0>[-\d.]+)" yMin="(?P<y0>[-\d.]+)" xMax="(?P<x1>[-\d.]+)"'
    r' yMax="(?P<y1>[-\d.]+)")?(?: width="(?P<width>[\d.]+)" height="(?P<height>[\d.]+)")?>(?P<text>[^<]*)'
)
FONT = re.compile(r'<fontspec id="(\d+)" size="-?\d+" family="([^"]*)"')
RUN = re.compile(r'<text top="(-?\d+)" left="(-?\d+)" width="(\d+)" height="(\d+)" font="(\d+)">')
#: Pixels to the inch in which pdftohtml gives places, whatever it is told about the picture's size.
HTML_DPI = 108


def layer_tokens(sheet: Sheet, *, timeout: float) -> tuple[Token, ...]:
    """The words of the page's layer, boxes in pixels at the sheet's dpi.

    Raises PageError where the layer cannot be read, MissingProgram where poppler is not installed.
    """
    drawn = tuple(_words(_told("pdftotext", "-cropbox", "-bbox-layout", sheet=sheet, timeout=timeout), sheet.dpi))
    tokens = _in_unicode(drawn)
    if tokens == drawn:
        return tokens
    capitals = _capital_runs(_told("pdftohtml", "-xml", "-i", "-stdout", sheet=sheet, timeout=timeout), sheet.dpi)
    return tuple(_capital(token) if _is_in(token.box, capitals) else token for token in tokens)


def _told(program: str, *options: str, sheet: Sheet, timeout: float) -> str:
    page = str(sheet.number)
    command = [program, *options, "-f", page, "-l", page, str(sheet.path), *(["-"] if program == "pdftotext" else [])]
    try:
        done = subprocess.run(command, capture_output=True, timeout=timeout, check=True)
    except FileNotFoundError:
        raise MissingProgram("poppler is not installed", remedy="run `sudo apt install poppler-utils`") from None
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise PageError(f"{sheet}: its text layer cannot be read", remedy="read it with tesseract") from None
    return done.stdout.decode("utf8", errors="replace")


def _words(markup: str, dpi: int) -> Iterator[Token]:
    """The words in poppler's markup, boxes scaled from points to pixels, letters as the layer has them."""
    line = 0
    for item in ITEM.finditer(markup):
        line += item["kind"] == "line"
        if item["kind"] == "word" and item["x0"]:
            x0, y0, x1, y1 = (max(round(float(item[k]) * dpi / 72), 0) for k in ("x0", "y0", "x1", "y1"))
            for part in unescape(item["text"]).split():
                yield Token(part, Box(x0, y0, max(x0, x1), max(y0, y1)), 1.0, (line,))


def _in_unicode(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens with their texts in plain Unicode; what is nothing then is left out."""
    lines = [list(line) for _, line in groupby(tokens, key=lambda token: token.line)]
    texts = to_unicode("\n".join(" ".join(t.text for t in line) for line in lines)).split("\n")
    turned = (
        replace(token, text=word)
        for line, text in zip(lines, texts, strict=False)  # no line makes one empty text
        for token, word in zip(line, text.split(" "), strict=True)
    )
    return tuple(token for token in turned if token.text)


def _capital_runs(markup: str, dpi: int) -> list[Box]:
    """The boxes of text set in a font that draws small letters as capitals."""
    fonts = {number for number, family in FONT.findall(markup) if is_capital_font(family)}
    scale = dpi / HTML_DPI
    runs = ([round(int(n) * scale) for n in run] for *run, font in RUN.findall(markup) if font in fonts)
    return [Box(max(x, 0), max(y, 0), max(x + w, 0), max(y + h, 0)) for y, x, w, h in runs]


def _is_in(box: Box, runs: Sequence[Box]) -> bool:
    x, y = box.centre
    return any(run.x0 <= x <= run.x1 and run.y0 <= y <= run.y1 for run in runs)


def _capital(token: Token) -> Token:
    return replace(token, text=token.text.upper())
