"""A part: a stretch of a file that is restored as one document, and where in it the letters of each word stand.

Whatever the format, only those letters are replaced; all else comes out as it came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.restore.confidence import Read
from pipeline.restore.scores import Place
from pipeline.restore.strings import RestoredWord

__all__ = ["LIMIT", "Hole", "Part", "Row", "Slot", "bounds", "rendered"]

#: A file is one document up to so many letters (some 40 pages); a longer one is cut into parts.
LIMIT = 120_000


class Hole(NamedTuple):
    """Characters [start:end) of a file that hold the letters [first:last) of a word."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Slot:
    """A blank-separated word as it reads, where its letters stand, how an engine read it. Without holes it stays."""

    text: str
    holes: tuple[Hole, ...] = ()
    read: Read | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The words of line `line` of page `page`, both from 1. A row without words parts paragraphs."""

    page: int
    line: int
    slots: tuple[Slot, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """The stretch `text` of a file, which begins at `base`; holes count from the file's beginning.

    `note` is what the user should know of its making.
    """

    text: str
    rows: tuple[Row, ...]
    base: int = 0
    markup: bool = False
    note: str = ""

    @property
    def lines(self) -> list[list[str]]:
        """The words, line by line."""
        return [[slot.text for slot in row.slots] for row in self.rows]

    @property
    def reads(self) -> Mapping[Place, Read]:
        """How an engine read the words; nothing where all its scores are the same, since it did not judge then."""
        found = {(i, k): s.read for i, row in enumerate(self.rows) for k, s in enumerate(row.slots) if s.read}
        return found if len({read.score for read in found.values()}) > 1 else {}


def rendered(part: Part, words: Sequence[Sequence[RestoredWord]]) -> str:
    """The part's text with its words as they were restored."""
    pieces, at = list[str](), 0
    for start, end, text in sorted(_fillings(part, words)):
        was = part.text[start - part.base : end - part.base]
        pieces += (part.text[at : start - part.base], _quoted(text, was) if part.markup else text)
        at = end - part.base
    return "".join((*pieces, part.text[at:]))


def _quoted(text: str, was: str) -> str:
    """`text` as markup in the place of `was`: the quotes that stand in this may stand there."""
    text = escape(text, quote=False)
    for quote, entity in (('"', "&quot;"), ("'", "&#x27;")):
        text = text if quote in was else text.replace(quote, entity)
    return text


def _fillings(part: Part, words: Sequence[Sequence[RestoredWord]]) -> Iterator[tuple[int, int, str]]:
    """The holes whose letters changed, with the new ones."""
    for row, restored in zip(part.rows, words, strict=True):
        for slot, word in zip(row.slots, restored, strict=True):
            yield from _filled(slot, word.text) if word.text != slot.text else ()


def _filled(slot: Slot, text: str) -> Iterable[tuple[int, int, str]]:
    to = bounds(slot.text, text)
    for start, end, first, last in slot.holes:
        if (new := text[to[first] : to[last]]) != slot.text[first:last]:
            yield start, end, new


def bounds(was: str, became: str) -> list[int]:
    """For each place between the letters of `was`, which has some, its two ends among them, the place in `became`.

    >>> bounds("qucn", "quyền")
    [0, 1, 3, 4, 5]
    """
    if len(was) == len(became):
        return list(range(len(was) + 1))
    places = [0] * (len(was) + 1)
    for step in Levenshtein.opcodes(was, became):
        for i in range(step.src_start, step.src_end + 1):
            places[i] = min(step.dest_start + i - step.src_start, step.dest_end)
    return [0, *places[1:-1], len(became)]
