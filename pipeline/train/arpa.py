"""ARPA files, as lmplz writes them, read and turned into the run-time model's tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.restore.ngram import BEGIN, END, Floats, Ids, Keys, LanguageModel, key_of
from pipeline.train.fuse import build_table

__all__ = ["Grams", "model_of", "read_arpas"]


class Grams(NamedTuple):
    """The n-grams of one order: ids of their words (n-gram, place), log10 probabilities, log10 back-off weights."""

    words: Ids
    chances: Floats
    weights: Floats

    def keys(self) -> Keys:
        key = np.zeros(len(self.words), dtype=np.uint64)
        for column in range(self.words.shape[1]):
            key = key_of(key, self.words[:, column])
        return key


def read_arpas(paths: Iterable[Path]) -> tuple[tuple[str, ...], list[list[Grams]]]:
    """(the words of all the files, in the order in which they first come, each file's n-grams by order)."""
    ids: dict[str, int] = {}
    models = [_read(path, ids) for path in paths]
    return tuple(ids), models


def _read(path: Path, ids: dict[str, int]) -> list[Grams]:
    with path.open(encoding="utf8") as lines:
        counts = [int(line.split("=")[1]) for line in iter(lines.readline, "\n") if line.startswith("ngram")]
        return [_section(lines, count, order, ids) for order, count in enumerate(counts, 1)]


def _section(lines: Iterator[str], count: int, order: int, ids: dict[str, int]) -> Grams:
    next(line for line in lines if line.startswith("\\"))
    words = np.zeros((count, order), dtype=np.int32)
    chance, weight = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    for row, line in enumerate(islice(lines, count)):
        fields = line.rstrip("\n").split("\t")
        chance[row] = float(fields[0])
        words[row] = [ids.setdefault(w, len(ids)) for w in fields[1].split(" ")]
        weight[row] = float(fields[2]) if len(fields) > 2 else 0.0
    return Grams(words, chance, weight)


def model_of(words: Sequence[str], grams: Sequence[Grams]) -> LanguageModel:
    """The run-time model of n-grams, order by order. Raises ValueError where the marks of a sentence are missing."""
    ids = {word: i for i, word in enumerate(words)}
    if BEGIN not in ids or END not in ids:
        raise ValueError("the model lacks its sentence marks")
    first, *longer = grams
    rank = np.argsort(first.words[:, 0])
    tables = [build_table(g.keys(), g.chances, g.weights if g is not longer[-1] else None) for g in longer]
    return LanguageModel(tuple(words), ids, first.chances[rank], first.weights[rank], tuple(tables))
