"""The language model at run time: a back-off n-gram model in memory-mapped tables, queried many at a time.

The n-grams of one order are a binary fuse map (Graf and Lemire, 2022): what is stored of a key is the exclusive or of
three cells that its hash points to, a mark of 16 bits that tells whether the key is there at all (wrong with odds of
2e-5), 8-bit codes of its probability and of its back-off weight. Every n-gram's first and last n-1 words are in the
model too, so a longer one is looked for only where the shorter is there. Order 1 is a plain array. Probabilities are
log10, as in ARPA files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError

__all__ = ["BEGIN", "END", "Context", "Floats", "Ids", "Keys", "LanguageModel", "Table", "key_of", "places_of"]

Keys = NDArray[np.uint64]
Ids = NDArray[np.int32]
Places = NDArray[np.int64]
Codes = NDArray[np.uint8]
Marks = NDArray[np.uint16]
Floats = NDArray[np.float32]

BEGIN, END = "<s>", "</s>"
PRIME = np.uint64(0x9E3779B97F4A7C15)
MARK = np.uint64(0xD6E8FEB86659FD93)
HALF = np.uint64(32)


def key_of(prefix: Keys, word: Places | Ids | Keys) -> Keys:
    """The key of an n-gram from the key of its first n-1 words (0: none) and its last word's id."""
    return prefix * PRIME + (word.astype(np.int64) + 1).view(np.uint64)


def _scrambled(key: Keys) -> Keys:
    """The finaliser of splitmix64 (Steele et al., 2014): every bit of the key moves every bit of the hash."""
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


def places_of(key: Keys, size: int, segment: int) -> tuple[tuple[Places, Places, Places], Marks]:
    """(the three cells of each key among `size`, its mark); the cells lie in neighbouring segments."""
    mixed = _scrambled(key)
    first = (((mixed >> HALF) * np.uint64(size - 2 * segment)) >> HALF).view(np.int64)
    mask = segment - 1
    low = mixed.view(np.int64)
    second = (first + segment) ^ (low & mask)
    third = (first + 2 * segment) ^ ((low >> 16) & mask)
    return (first, second, third), ((mixed * MARK) >> np.uint64(48)).astype(np.uint16)


class Hits(NamedTuple):
    """Which keys of a query a table holds (places in the query), and their three cells."""

    which: Places
    cells: tuple[Places, Places, Places]


@dataclass(frozen=True, slots=True)
class Table:
    """The n-grams of one order. `marks`, `codes` and `back` (None in the highest order) are arrays of cells, `chances`
    and `weights` say what the codes of probabilities and back-off weights mean; `segment` is a power of two."""

    segment: int
    marks: Marks
    codes: Codes
    back: Codes | None
    chances: Floats
    weights: Floats

    def find(self, key: Keys) -> Hits:
        """The keys of a flat array that the table holds."""
        (a, b, c), mark = places_of(key, len(self.marks), self.segment)
        which = np.flatnonzero((self.marks[a] ^ self.marks[b] ^ self.marks[c]) == mark)
        return Hits(which, (a[which], b[which], c[which]))

    def chance(self, hits: Hits) -> Floats:
        """log10 probability of the n-grams found."""
        a, b, c = hits.cells
        return np.asarray(self.chances[self.codes[a] ^ self.codes[b] ^ self.codes[c]])

    def weight(self, hits: Hits) -> Floats:
        """log10 back-off weight of the n-grams found."""
        if self.back is None:
            return np.zeros(len(hits.which), dtype=np.float32)
        a, b, c = hits.cells
        return np.asarray(self.weights[self.back[a] ^ self.back[b] ^ self.back[c]])


@dataclass(frozen=True, slots=True)
class Context:
    """Histories: the keys of their last 1 .. order-1 words, how many of these words the model knows together, and
    `rest[k]`, the summed back-off weights of those longer than k words."""

    keys: tuple[Keys, ...]
    depth: Places
    rest: tuple[Floats, ...]


@dataclass(frozen=True)
class LanguageModel:
    """P(word | the words before it) over the entries of `words`; ids are positions in `words`."""

    words: tuple[str, ...]
    ids: dict[str, int]
    unigrams: Floats
    unigram_weights: Floats
    tables: tuple[Table, ...]

    @property
    def order(self) -> int:
        return len(self.tables) + 1

    @property
    def begin(self) -> int:
        return self.ids[BEGIN]

    def context(self, history: Ids) -> Context:
        """`history`: (n, order-1) ids, the latest last, -1 before the beginning."""
        size, longest = history.shape
        keys = []
        for length in range(1, longest + 1):
            key = np.zeros(size, dtype=np.uint64)
            for column in range(longest - length, longest):
                key = key_of(key, history[:, column])
            keys.append(key)
        rest = np.zeros((longest + 1, size), dtype=np.float32)
        rest[0] = self.unigram_weights[history[:, -1]]
        depth = np.ones(size, dtype=np.int64)
        left = np.arange(size)
        for length in range(2, longest + 1):
            hits = self.tables[length - 2].find(keys[length - 1][left])
            left = left[hits.which]
            depth[left] = length
            rest[:length, left] += self.tables[length - 2].weight(hits)
        return Context(tuple(keys), depth, tuple(rest))

    def score(self, context: Context, which: Places, word: Ids) -> tuple[Floats, Keys]:
        """(log10 P(word | context[which]), the key of as much of both as counts for what follows), flat arrays."""
        chance = self.unigrams[word] + context.rest[0][which]
        state = key_of(np.zeros(1, dtype=np.uint64), word)
        left, at, named = np.arange(len(word)), which, word
        for length in range(1, self.order):
            table = self.tables[length - 1]
            key = key_of(context.keys[length - 1][at], named)
            hits = table.find(key)
            found = left[hits.which]
            chance[found] = table.chance(hits) + context.rest[length][at[hits.which]]
            if length < self.order - 1:
                state[found] = key[hits.which]
            longer = hits.which[context.depth[at[hits.which]] > length]
            left, at, named = left[longer], at[longer], named[longer]
        return chance, state

    def text(self, words: Sequence[str]) -> Floats:
        """log10 probability of each entry of one text, from its beginning; for tests and perplexity."""
        ids = np.array([self.begin, *(self.ids.get(w, self.ids["<oov>"]) for w in words)], dtype=np.int32)
        padded = np.concatenate([np.full(self.order - 2, -1, dtype=np.int32), ids])
        history = np.lib.stride_tricks.sliding_window_view(padded, self.order - 1)[:-1]
        return self.score(self.context(history), np.arange(len(words)), ids[1:])[0]

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Map the model in `folder`. Raises ModelError where a file is missing or damaged."""
        try:
            words = tuple((folder / "vocabulary.txt").read_text("utf8").splitlines())
            with np.load(folder / "levels.npz") as small:
                tables = tuple(_load_table(folder, n, small) for n in range(2, int(small["order"]) + 1))
                unigrams, weights = small["unigrams"], small["unigram_weights"]
            return cls(words, {word: i for i, word in enumerate(words)}, unigrams, weights, tables)
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"language model in {folder} cannot be read ({error})", remedy="run `make models`"
            ) from None

    def save(self, folder: Path) -> None:
        """Write the files that `load` maps."""
        (folder / "vocabulary.txt").write_text("\n".join(self.words) + "\n", "utf8")
        levels: dict[str, NDArray[np.generic] | int] = {
            "order": self.order,
            "unigrams": self.unigrams,
            "unigram_weights": self.unigram_weights,
        }
        for order, table in enumerate(self.tables, 2):
            levels |= {f"{name}{order}": getattr(table, name) for name in ("segment", "chances", "weights")}
            for name in ("marks", "codes", "back"):
                if (cells := getattr(table, name)) is not None:
                    np.save(folder / f"{name}{order}.npy", cells)
        np.savez(folder / "levels.npz", **levels)  # type: ignore[arg-type]


def _load_table(folder: Path, order: int, small: np.lib.npyio.NpzFile) -> Table:
    def cells(name: str) -> NDArray[np.generic]:
        return np.asarray(np.load(folder / f"{name}{order}.npy", mmap_mode="r"))

    back = cells("back") if (folder / f"back{order}.npy").exists() else None
    rest = (small[f"{name}{order}"] for name in ("chances", "weights"))
    return Table(int(small[f"segment{order}"]), cells("marks"), cells("codes"), back, *rest)  # type: ignore[arg-type]
