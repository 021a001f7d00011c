"""The contexts of a word: the bare words next to it on both sides, its letter case, the marked words farther off.

Each context is known by a 64-bit key that holds the bare letters of the word itself as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.ngram import END, Floats, Ids, Keys, LanguageModel, Places, key_of
from pipeline.restore.units import PAUSE, Unit, is_caps
from pipeline.vietnamese import bare

__all__ = ["NEAR", "Names", "Text", "bounds", "case_of", "contexts", "hashed", "shape_of"]

Flags = NDArray[np.bool_]

#: Contexts of the words next to a place: a seed, then offsets with factors that tell apart those that begin alike.
OFFSETS: tuple[tuple[int, tuple[tuple[int, int], ...]], ...] = (
    (1, ()),
    (2, ((1, -1),)),
    (3, ((1, 1),)),
    (4, ((1, -2), (1, -1))),
    (5, ((1, 2), (1, 1))),
    (6, ((1, -1), (1, 1))),
    (4, ((1, -2), (1, -1), (3, -3))),
    (5, ((1, 2), (1, 1), (3, 3))),
    (4, ((1, -2), (1, -1), (5, 1))),
    (5, ((1, 2), (1, 1), (5, -1))),
    (4, ((1, -2), (1, -1), (5, 1), (7, 2))),
    (4, ((1, -2), (1, -1), (3, -3), (3, -4))),
    (5, ((1, 2), (1, 1), (3, 3), (3, 4))),
    (7, ((1, -2),)),
    (8, ((1, 2),)),
    (7, ((1, -2), (3, 1))),
    (8, ((1, 2), (3, -1))),
    (4, ((1, -2), (1, -1), (3, -3), (5, 1))),
    (5, ((1, 2), (1, 1), (3, 3), (5, -1))),
    (11, ((1, -3),)),
    (12, ((1, 3),)),
)
#: Seeds of the contexts of letter case (alone; with the word before) and of the words farther off.
CASES, CASED, AROUND = 9, 10, 13
#: How many contexts tell of the words near by, and how far off words of the paragraph are looked at.
NEAR, FIRST, LAST = len(OFFSETS) + 2, 2, 30
#: What stands outside the paragraph: its hash, its letter case.
OUTSIDE, NO_CASE = np.uint64(7), 3
#: Numbers whose shape says something: years, days, dates, thousands.
SHAPES = frozenset(("0", "00", "000", "0000", "00/00/0000", "0/0/0000", "00/0000", "0.000"))
DIGITS = str.maketrans("123456789", "0" * 9)


@dataclass(frozen=True, slots=True)
class Text:
    """Entries in their order: hashes of their bare and marked names, which of them are words, their letter case (0
    small, 1 title, 2 capitals), and where the paragraph of each begins and ends."""

    bare: Keys
    marked: Keys
    words: Flags
    cases: Places
    starts: Places
    ends: Places


def bounds(ends: Flags) -> tuple[Places, Places]:
    """(start, end) of each entry's paragraph, where `ends` tells which entries end one."""
    stops = np.flatnonzero(ends) + 1
    number = np.searchsorted(stops, np.arange(len(ends)), side="right")
    return np.concatenate([[0], stops])[number], np.concatenate([stops, [len(ends)]])[number]


def _inside(text: Text, places: Places, offset: int) -> tuple[Places, Flags]:
    moved = places + offset
    inside = (moved >= text.starts[places]) & (moved < text.ends[places])
    return np.where(inside, moved, places), inside


def contexts(text: Text, places: Places) -> tuple[Keys, Flags]:
    """(places, contexts) the keys of each place's contexts, those of the words near by first, and which there are."""
    root = key_of(np.zeros(len(places), dtype=np.uint64), text.bare[places])
    before_after = {d: _inside(text, places, d) for d in range(-LAST, LAST + 1) if d}
    near = {d: np.where(inside, text.bare[at], OUTSIDE) for d, (at, inside) in before_after.items() if abs(d) < 5}
    cases = {d: np.where(inside, text.cases[at], NO_CASE) for d, (at, inside) in before_after.items() if abs(d) == 1}
    keys = [_chained(root, seed, ((factor, near[d]) for factor, d in steps)) for seed, steps in OFFSETS]
    own = text.cases[places]
    keys.append(_chained(root, CASES, [(1, 16 * cases[-1] + 4 * own + cases[1])]))
    keys.append(_chained(root, CASED, [(1, own), (1, near[-1])]))
    around = _chained(root, AROUND, ())
    present = [np.ones((len(places), NEAR), dtype=bool)]
    for distance in range(FIRST, LAST + 1):
        for at, inside in (before_after[-distance], before_after[distance]):
            keys.append(key_of(around, text.marked[at]))
            present.append((inside & text.words[at])[:, None])
    return np.stack(keys, axis=1), np.concatenate(present, axis=1)


def _chained(root: Keys, seed: int, steps: Iterable[tuple[int, Keys | Places]]) -> Keys:
    key = key_of(root, np.array(seed))
    for factor, word in steps:
        key = key_of(key * np.uint64(factor), word)
    return key


def hashed(name: str) -> int:
    """The hash by which contexts know a name."""
    return crc32(name.encode())


@lru_cache(maxsize=100_000)
def case_of(text: str) -> int:
    """The letter case of a word: 0 small, 1 title, 2 capitals."""
    return 2 if is_caps(text) else int(text[:1].isupper())


@lru_cache(maxsize=100_000)
def shape_of(number: str) -> int:
    """The hash of a number's shape, 0 where the shape says nothing."""
    shape = number.translate(DIGITS)
    return hashed(f"#{shape}") if shape in SHAPES else 0


@dataclass(frozen=True)
class Names:
    """What the language model's entries are to this one, by their ids: hashes, words or not, and how frequent."""

    bare: Keys
    marked: Keys
    words: Flags
    base: Floats
    end: int

    @classmethod
    def of(cls, model: LanguageModel) -> Names:
        """The names of a language model's entries."""
        classes = [word.startswith("<") for word in model.words]
        return cls(
            np.array([hashed(w if c else bare(w)) for w, c in zip(model.words, classes, strict=True)], np.uint64),
            np.array([hashed(w) for w in model.words], np.uint64),
            np.array([not c and w != PAUSE for w, c in zip(model.words, classes, strict=True)]),
            model.unigrams * np.float32(np.log(10)),
            model.ids[END],
        )

    def text(self, ids: Ids, units: Sequence[Unit | None]) -> Text:
        """The entries with these ids as a text; `units` are what stands on paper, None for pauses and ends."""
        found, cases = self.bare[ids], np.zeros(len(ids), dtype=np.int64)
        for place, unit in enumerate(units):
            if unit and unit.kind == "number":
                found[place] = shape_of(unit.text) or found[place]
            elif unit and unit.kind == "word":
                cases[place] = case_of(unit.text)
        return Text(found, self.marked[ids], self.words[ids], cases, *bounds(ids == self.end))
