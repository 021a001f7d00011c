"""Numerals and labels that their own series or form proves: `H.` between I. and III., `ø)` between e) and h), `I4h00`.

No digit is guessed: only signs that are no digits, where nothing but a digit can stand, are read as the digit whose
shape they have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.restore.units import DIGIT_SHAPES
from pipeline.vietnamese import LIST_LETTERS, bare, from_roman, is_roman, to_roman

__all__ = ["Numeral", "numerals"]

LETTER = re.compile(r"\(?([^\W_]|[¡|!])\)")
#: What the letters of labels are read as.
LETTERS = {
    "a": "äâăáạảà4", "b": "6h", "c": "ce€©", "d": "đ", "e": "êéèc€", "g": "øö8ợ9q", "h": "nbḥ", "i": "¡ïíìị1l!|j",
    "k": "K", "l": "1I|iĩ", "o": "0ôơöø", "q": "g9", "s": "5", "u": "ưù", "v": "y", "x": "X", "y": "ýv",
}  # fmt: skip
#: The strokes of Roman numerals as they are misread: two of them make an H.
STROKES = str.maketrans({"H": "II", "L": "I", "l": "I", "1": "I", "Ï": "I", "Í": "I", "Ì": "I", "ï": "I", "ĩ": "II"})
SERIES = re.compile(r"([IVXHLl]{1,6}|[A-H]|\d{1,2})\.")
ROMAN, BARE_ROMAN = re.compile(r"([IVXHLlÏÍÌ]{1,6})\."), re.compile(r"([IVXHLÏÍÌ]{1,6})")
#: Words before which a numeral is Roman or none, by their bare letters.
BEFORE_ROMAN = frozenset(("quy", "muc", "chuong", "phan", "khoa", "luc", "thu", "ky"))
#: A numeral with an H for two strokes, or ones for strokes behind its first letter: `XH`, `X111`.
MISREAD_ROMAN = re.compile(r"(?:[IVXH]*H[IVXH]*|(?=.*[IVX1l]{2})[VX][IVX]*[1l][IVX1l]*)(?![^\W_])")
ITEM = re.compile(r"\(([ïíì¡])\)")
DIGITLIKE = r"[\dIl|\]OoØ]"
TIME = re.compile(rf"({DIGITLIKE}{{1,2}})(h|giờ)({DIGITLIKE}{{2}})[.,;:]?")
DAY = re.compile(rf"{DIGITLIKE}{{2}}[.,;:]?")
BEFORE_DAY = frozenset(("ngày", "tháng"))
#: `(để b/c)`: for information, as lists of recipients end their lines.
REPORT = re.compile(r"\((?=..?.?\))([bĐđ6h])([/íIl|1])([c©€C¢])\)")


class Numeral(NamedTuple):
    """A piece `start:end` of token `token` in line `line`, and what it must read."""

    line: int
    token: int
    start: int
    end: int
    text: str


def numerals(lines: Sequence[Sequence[str]]) -> Iterator[Numeral]:
    """Every piece that must read otherwise."""
    yield from _roman_labels(lines)
    yield from _letter_labels(lines)
    for number, line in enumerate(lines):
        for place, (before, token) in enumerate(pairwise(("", *line))):
            for start, end, text in _pieces(before.lower(), token):
                if token[start:end] != text:
                    yield Numeral(number, place, start, end, text)


def _pieces(before: str, token: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, text) of the pieces of a token that the word before it and its own form decide."""
    yield from _time(token)
    if before in BEFORE_DAY and DAY.fullmatch(token) and any(c.isdigit() for c in token[:2]):
        if 1 <= int(token[:2].translate(DIGIT_SHAPES)) <= 31:
            yield 0, 2, token[:2].translate(DIGIT_SHAPES)
    elif m := REPORT.match(token):
        yield m.start(1), m.end(3), "b/c"
    elif bare(before) in BEFORE_ROMAN and (m := MISREAD_ROMAN.match(token)) and is_roman(m[0].translate(STROKES)):
        yield 0, m.end(), m[0].translate(STROKES)
    elif m := ITEM.match(token):
        yield m.start(1), m.end(1), "i"


def _time(token: str) -> Iterator[tuple[int, int, str]]:
    if (m := TIME.fullmatch(token)) and any(c.isdigit() for c in m[1] + m[3]):
        hour, minute = m[1].translate(DIGIT_SHAPES), m[3].translate(DIGIT_SHAPES)
        if int(hour) <= 24 and int(minute) < 60:
            yield m.start(1), m.end(1), hour
            yield m.start(3), m.end(3), minute


def _roman_labels(lines: Sequence[Sequence[str]]) -> Iterator[Numeral]:
    """Labels at the head of lines, or alone in cells, that take the next place in the series by their strokes."""
    heads = [(n, m[1]) for n, line in enumerate(lines) if len(line) > 1 and (m := ROMAN.fullmatch(line[0]))]
    alone = [(n, m[1]) for n, line in enumerate(lines) if len(line) == 1 and (m := BARE_ROMAN.fullmatch(line[0]))]
    yield from _in_series(heads)
    yield from _first_of_roman(lines)
    yield from _in_series(alone)


def _in_series(found: Sequence[tuple[int, str]]) -> Iterator[Numeral]:
    last = 0
    for k, (number, read) in enumerate(found):
        strokes = read.translate(STROKES)
        after = [text.translate(STROKES) for _, text in found[k + 1 : k + 2]]
        if strokes == to_roman(last + 1):
            last += 1
        elif strokes + "I" == to_roman(last + 1) and to_roman(last + 2) in after:
            last, strokes = last + 1, strokes + "I"
        elif is_roman(read):
            last, strokes = from_roman(read) or 0, read
        elif is_roman(strokes) and to_roman((from_roman(strokes) or 0) + 1) in after:
            last = from_roman(strokes) or 0
        else:
            strokes = read
        if strokes != read:
            yield Numeral(number, 0, 0, len(read), strokes)


def _first_of_roman(lines: Sequence[Sequence[str]]) -> Iterator[Numeral]:
    """The `1.` that must be an `I.`: another `1.` follows it at once, and `II.` comes after it where no `I.` stood."""
    found = [(n, m[1]) for n, line in enumerate(lines) if len(line) > 1 and (m := SERIES.fullmatch(line[0]))]
    names = ["I" if name == "I" else name.translate(STROKES) if not name.isdigit() else name for _, name in found]
    for k, name in enumerate(names):
        if name != "II":
            continue
        before = next((j for j in range(k - 1, -1, -1) if not names[j].isdigit()), -1)
        twice = [j for j in range(before + 1, k - 1) if names[j] == names[j + 1] == "1"]
        if (before < 0 or names[before] != "I") and len(twice) == 1:
            yield Numeral(found[twice[0]][0], 0, 0, 1, "I")


def _letter_labels(lines: Sequence[Sequence[str]]) -> Iterator[Numeral]:
    """Labels between two that stand two places apart in the alphabet, or behind the last, and look like it."""
    found = [(n, m) for n, line in enumerate(lines) if line and (m := LETTER.fullmatch(line[0]))]
    last = ""
    for k, (number, m) in enumerate(found):
        after = found[k + 1][1][1] if k + 1 < len(found) else ""
        place = LIST_LETTERS.find(last) + 1 if last else -1
        wanted = LIST_LETTERS[place] if 0 <= place < len(LIST_LETTERS) else m[1]
        follows = m[1] not in LIST_LETTERS or after == LIST_LETTERS[place + 1 : place + 2] != ""
        if m[1] != wanted and m[1] in LETTERS.get(wanted, "") and follows:
            yield Numeral(number, 0, m.start(1), m.end(1), wanted)
            last = wanted
        else:
            last = m[1] if m[1] in LIST_LETTERS else ""
