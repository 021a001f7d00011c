"""The language model at run time: a back-off n-gram model in memory-mapped tables, queried many at a time.

An n-gram is found by 64 bits of hash: the upper half says in which bucket it is, 24 bits of the lower half are kept
in its cell beside an 8-bit code of its probability. A bucket holds some four cells, so a wrong hit has odds of some
2e-7. Order 1 is a plain array. Probabilities are log10, as in ARPA files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError

__all__ = ["BEGIN", "END", "Context", "LanguageModel", "Table", "build_table", "key_of", "write_model"]

Keys = NDArray[np.uint64]
Ids = NDArray[np.int32]
Floats = NDArray[np.float32]

BEGIN, END = "<s>", "</s>"
PRIME = np.uint64(0x9E3779B97F4A7C15)
#: n-grams in a bucket, on average.
BUCKET = 4


def key_of(prefix: Keys, word: NDArray[np.int64] | Ids) -> Keys:
    """The key of an n-gram from the key of its first n-1 words (0: none) and its last word's id."""
    return prefix * PRIME + (word.astype(np.int64) + 1).astype(np.uint64)


def _scrambled(key: Keys) -> Keys:
    """The finaliser of splitmix64 (Steele et al., 2014): every bit of the key moves every bit of the hash."""
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


def _slots(key: Keys, buckets: int) -> tuple[NDArray[np.int64], NDArray[np.uint32]]:
    """(bucket, fingerprint of 24 bits) of each key."""
    mixed = _scrambled(key)
    bucket = ((mixed >> np.uint64(32)) * np.uint64(buckets)) >> np.uint64(32)
    return bucket.astype(np.int64), (mixed & np.uint64(0xFFFFFF)).astype(np.uint32)


@dataclass(frozen=True, slots=True)
class Table:
    """The n-grams of one order, bucket after bucket, by fingerprint within a bucket.

    `cells` hold fingerprint << 8 | code, `back` the back-off codes beside them (None in the highest order); bucket
    b is `cells[starts[b]:starts[b + 1]]`. `chances` and `weights` say what the codes mean.
    """

    starts: NDArray[np.uint32]
    cells: NDArray[np.uint32]
    back: NDArray[np.uint8] | None
    chances: Floats
    weights: Floats

    def find(self, key: Keys) -> NDArray[np.int64]:
        """The cell of each key (flat array), -1 where the n-gram is not in the table."""
        bucket, mark = _slots(key, len(self.starts) - 1)
        cell, end = self.starts[bucket].astype(np.int64), self.starts[bucket + 1].astype(np.int64)
        found = np.full(len(key), -1, dtype=np.int64)
        left = np.flatnonzero(cell < end)
        cell, end, mark = cell[left], end[left], mark[left]
        while len(left):
            seen = self.cells[cell] >> np.uint32(8)
            hit = seen == mark
            found[left[hit]] = cell[hit]
            cell += 1
            going = np.flatnonzero((seen < mark) & (cell < end))
            left, cell, end, mark = left[going], cell[going], end[going], mark[going]
        return found

    def chance(self, cell: NDArray[np.int64]) -> Floats:
        """log10 probability of the n-grams in these cells."""
        return np.asarray(self.chances[self.cells[cell] & np.uint32(0xFF)])

    def weight(self, key: Keys) -> Floats:
        """log10 back-off weight of each context, 0 where it was never seen."""
        if self.back is None:
            return np.zeros(len(key), dtype=np.float32)
        cell = self.find(key)
        return np.where(cell >= 0, self.weights[self.back[np.maximum(cell, 0)]], np.float32(0))


def _coded(values: Floats) -> tuple[NDArray[np.uint8], Floats]:
    """(codes, 256 levels): as many values in each level, a level's value their mean."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, 257))[1:-1])
    codes = np.searchsorted(edges, values, side="right").astype(np.uint8)
    sums = np.bincount(codes, values, minlength=256)
    counts = np.bincount(codes, minlength=256)
    return codes, (sums / np.maximum(counts, 1)).astype(np.float32)


def build_table(key: Keys, chance: Floats, weight: Floats | None) -> Table:
    """The table of one order from its keys, log10 probabilities and log10 back-off weights."""
    buckets = len(key) // BUCKET + 1
    bucket, mark = _slots(key, buckets)
    order = np.lexsort((mark, bucket))
    starts = np.searchsorted(bucket[order], np.arange(buckets + 1)).astype(np.uint32)
    codes, chances = _coded(chance)
    cells = (mark[order] << np.uint32(8)) | codes[order]
    if weight is None:
        return Table(starts, cells, None, chances, np.zeros(256, dtype=np.float32))
    codes, weights = _coded(weight)
    return Table(starts, cells, codes[order], chances, weights)


@dataclass(frozen=True, slots=True)
class Context:
    """Keys and summed back-off weights of each history's last 1 .. order-1 words, shortest first."""

    keys: tuple[Keys, ...]
    weights: tuple[Floats, ...]

    def __getitem__(self, which: NDArray[np.int64]) -> Context:
        return Context(tuple(k[which] for k in self.keys), tuple(w[which] for w in self.weights))


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
        keys: list[Keys] = []
        weights: list[Floats] = []
        for length in range(1, self.order):
            key = np.zeros(len(history), dtype=np.uint64)
            for column in range(self.order - 1 - length, self.order - 1):
                key = key_of(key, history[:, column])
            known = self.unigram_weights[history[:, -1]] if length == 1 else self.tables[length - 2].weight(key)
            keys.append(key)
            weights.append(known)
        return Context(tuple(keys), tuple(weights))

    def score(self, context: Context, word: Ids) -> Floats:
        """log10 P(word[i] | context i), flat arrays of one length."""
        result = np.zeros(len(word), dtype=np.float32)
        left = np.arange(len(word))
        for length in range(self.order - 1, 0, -1):
            key = key_of(context.keys[length - 1][left], word[left])
            cell = self.tables[length - 1].find(key)
            hit = cell >= 0
            result[left[hit]] += self.tables[length - 1].chance(cell[hit])
            left = left[~hit]
            result[left] += context.weights[length - 1][left]
        result[left] += self.unigrams[word[left]]
        return result

    def text(self, words: Sequence[str]) -> Floats:
        """log10 probability of each entry of one text, from its beginning; for tests and perplexity."""
        ids = np.array([self.begin, *(self.ids.get(w, self.ids["<oov>"]) for w in words)], dtype=np.int32)
        padded = np.concatenate([np.full(self.order - 2, -1, dtype=np.int32), ids])
        history = np.lib.stride_tricks.sliding_window_view(padded, self.order - 1)[:-1]
        return self.score(self.context(history), ids[1:])

    @classmethod
    def load(cls, folder: Path) -> LanguageModel:
        """Map the model in `folder`. Raises ModelError where a file is missing or damaged."""
        try:
            words = tuple((folder / "vocabulary.txt").read_text("utf8").splitlines())
            small = np.load(folder / "levels.npz")
            tables = tuple(_load_table(folder, n, small) for n in range(2, int(small["order"]) + 1))
            ids = {word: i for i, word in enumerate(words)}
            return cls(words, ids, small["unigrams"], small["unigram_weights"], tables)
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(
                f"language model in {folder} cannot be read ({error})", remedy="run `make models`"
            ) from None


def _load_table(folder: Path, order: int, small: np.lib.npyio.NpzFile) -> Table:
    starts, cells = (np.asarray(np.load(folder / f"{name}{order}.npy", mmap_mode="r")) for name in ("starts", "cells"))
    path = folder / f"back{order}.npy"
    back = np.asarray(np.load(path, mmap_mode="r")) if path.exists() else None
    return Table(starts, cells, back, small[f"chances{order}"], small[f"weights{order}"])


def write_model(model: LanguageModel, folder: Path) -> None:
    """Write the files that `LanguageModel.load` maps."""
    (folder / "vocabulary.txt").write_text("\n".join(model.words) + "\n", "utf8")
    levels: dict[str, NDArray[np.generic] | int] = {
        "order": model.order,
        "unigrams": model.unigrams,
        "unigram_weights": model.unigram_weights,
    }
    for order, table in enumerate(model.tables, 2):
        levels |= {f"chances{order}": table.chances, f"weights{order}": table.weights}
        np.save(folder / f"starts{order}.npy", table.starts)
        np.save(folder / f"cells{order}.npy", table.cells)
        if table.back is not None:
            np.save(folder / f"back{order}.npy", table.back)
    np.savez(folder / "levels.npz", **levels)  # type: ignore[arg-type]
