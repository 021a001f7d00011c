"""Text as the language model sees it: units (words, numbers, codes) with the marks that part them.

A blank-separated token is cut into units and separators. Words are lower-cased with tones in the modern place;
whatever carries no Vietnamese wording becomes a class, so that the model learns where a number stands, not which.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple

from pipeline.vietnamese import is_syllable, tones_as_modern

__all__ = ["CLASSES", "DIGIT_SHAPES", "PAUSE", "Kind", "Unit", "cased", "entry", "is_caps", "units"]

Kind = Literal["word", "number", "code", "mix"]
#: One entry stands for every mark between units: OCR mistakes commas for stops too often to tell them apart.
PAUSE = ","
CLASSES = ("<num>", "<code>", "<mix>", "<caps>", "<oov>")
#: Signs that a wrong OCR model puts for a letter: `¢` for a c or ộ, `¥` for ý.
LETTERLIKE = "¢¥€£§©®"
#: Signs that stand for a letter only beside one: `x@`, `d&`, `t{c`.
INNER = "&@{}$"
UNIT = re.compile(rf"(?<!\S)[&@](?!\S)|(?:[^\W_]|[{LETTERLIKE}])(?:[^\W_]|[{LETTERLIKE}{INNER}]|['’|](?=[^\W\d_]))*")
#: A number with its inner stops and dashes: `07/4/2014`, `2.500,5`, `2021-2025`, `100`.
NUMBER = re.compile(r"\d+(?:[.,/:\-–]\d+)*")
#: `34-CT/TW`, `74/KH-UBND`, `155/2020/NĐ-CP`, `KH-UBND`; an address of the web; a number glued to what it counts.
CODE = re.compile(
    r"\d+[\w.]*[-–/][\w./–-]*[A-ZĐƯ][\w./–-]*|[A-ZĐƯ&]+(?:[-–/][A-ZĐƯ0-9&]+)+|\S+@\S+\.\S+|\S*(?:www\.|https?:|\.vn\b|\.com\b)\S*"
)
#: Signs that have the shape of a digit.
DIGIT_SHAPES = str.maketrans({"I": "1", "l": "1", "!": "1", "|": "1", "]": "1", "O": "0", "o": "0", "Ø": "0"})
QUOTES = "\"'“”‘’«»`"


class Unit(NamedTuple):
    """A piece `token[start:end]` that one entry of the model stands for."""

    text: str
    start: int
    end: int
    kind: Kind


@lru_cache(maxsize=200_000)
def units(token: str) -> tuple[Unit, ...]:
    """The units of a blank-separated token, left to right: `chinh;phong` has two, `34-CT/TW,` one, `...` none."""
    core = token.rstrip(".,;:!?)]}…" + QUOTES)
    head = len(core) - len(core.lstrip("([{" + QUOTES))
    if CODE.fullmatch(core, head):
        return (Unit(core[head:], head, len(core), "code"),)
    if NUMBER.fullmatch(core, head):
        return (Unit(core[head:], head, len(core), "number"),)
    return tuple(Unit(m[0], m.start(), m.end(), _kind(m[0])) for m in UNIT.finditer(token))


def _kind(text: str) -> Kind:
    if text.isdigit():
        return "number"
    return "mix" if any(c.isdigit() for c in text) else "word"


def pauses(token: str, start: int, end: int) -> bool:
    """Whether a mark that parts wording stands in `token[start:end]`."""
    return any(not c.isspace() and c not in QUOTES for c in token[start:end])


@lru_cache(maxsize=200_000)
def entries(token: str) -> tuple[str, ...]:
    """What the model learns from a token: `(Hà` gives `,` and `hà`; the entries of words are not yet classes."""
    found: list[str] = []
    at = 0
    for unit in units(token):
        if pauses(token, at, unit.start):
            found.append(PAUSE)
        found.append(entry(unit))
        at = unit.end
    return (*found, PAUSE) if pauses(token, at, len(token)) else tuple(found)


def entry(unit: Unit) -> str:
    """The model's name of a unit: its class, or the word in lower case with modern tones."""
    if unit.kind == "word":
        return tones_as_modern(unit.text.lower())
    return {"number": "<num>", "code": "<code>", "mix": "<mix>"}[unit.kind]


def is_caps(text: str) -> bool:
    """Whether a word stands in capitals throughout (two letters at least)."""
    return text.isupper() and sum(map(str.isalpha, text)) > 1


def unknown(text: str) -> str:
    """The class of a word that the vocabulary lacks."""
    return "<caps>" if is_caps(text) and not is_syllable(text) else "<oov>"


def cased(word: str, like: str) -> str:
    """`word` in the letter case of the unit `like`: `quận` like `QUAN` gives `QUẬN`, like `Quan` gives `Quận`."""
    capitals, title = _capitals(like)
    return word.upper() if capitals else word[:1].upper() + word[1:] if title else word


@lru_cache(maxsize=200_000)
def _capitals(text: str) -> tuple[bool, bool]:
    """Whether a unit stands in capitals, all but a few letters of it, and whether its first letter does."""
    letters = [c for c in text if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return len(letters) > 1 and capitals >= 0.6 * len(letters), bool(letters) and letters[0].isupper()
