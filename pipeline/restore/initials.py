"""Abbreviations that the document itself spells out: `TPKT` is TĐKT where it says `thi đua khen thưởng`.

An OCR model without the letter reads the capital Đ as P, B or D, which no language model can tell in an abbreviation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple

from pipeline.restore.units import is_caps, units

__all__ = ["Initials", "initials"]

ABBREVIATION = re.compile(r"(?<![^\W\d_])[A-ZĐƯ]{4,8}(?![^\W\d_])")
#: What a capital Đ is read as.
READ = "PBD"
#: Times that the same words must stand in the document.
OFTEN = 2


class Initials(NamedTuple):
    """A piece `start:end` of token `token` in line `line`, as it reads, and the abbreviation that it is."""

    line: int
    token: int
    start: int
    end: int
    read: str
    text: str


def initials(lines: Sequence[Sequence[str]]) -> Iterator[Initials]:
    """The abbreviations to be changed; `lines` as they are restored, save for these."""
    words = [u.text.lower() for line in lines for token in line for u in units(token) if not is_caps(u.text)]
    first = "".join(word[0].upper() for word in words)
    for number, line in enumerate(lines):
        for place, token in enumerate(line):
            for m in ABBREVIATION.finditer(token):
                if (text := _spelled(m[0], first, words)) != m[0]:
                    yield Initials(number, place, m.start(), m.end(), m[0], text)


def _spelled(read: str, first: str, words: Sequence[str]) -> str:
    """What `read` must be by the words whose initials, `first`, spell it; `read` where none or several do."""
    if not any(letter in READ for letter in read):
        return read
    ways = ["".join(way) for way in product(*((c, "Đ") if c in READ else (c,) for c in read))]
    spelled = {way: count for way in ways if (count := _times(way, first, words)) >= OFTEN}
    return next(iter(spelled)) if len(spelled) == 1 else read


def _times(abbreviation: str, first: str, words: Sequence[str]) -> int:
    """How often the document says the words that it says most often of those that spell `abbreviation`."""
    size = len(abbreviation)
    said = Counter(tuple(words[m.start() : m.start() + size]) for m in re.finditer(f"(?={abbreviation})", first))
    return max(said.values(), default=0)
