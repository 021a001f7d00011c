"""Rebuilds the second witness (`pipeline.restore.advice`): `python -m pipeline.train.advice`, after the language model.

The same paragraphs as the language model's, legal text above all, are gone through once; every word with rivals of the
same bare letters is a place to learn from. The weightiest weights are kept. Needs numba.
"""

from __future__ import annotations

import random
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from itertools import chain, groupby
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.progress import track

from pipeline.errors import MissingProgram
from pipeline.restore.advice import Adviser
from pipeline.restore.contexts import NEAR, Names, Text, bounds, case_of, contexts, shape_of
from pipeline.restore.ngram import END, Codes, Floats, Ids, Keys, LanguageModel, Places, key_of
from pipeline.restore.units import PAUSE, Unit, entry, pauses, units, unknown
from pipeline.train.corpus import Source, training
from pipeline.train.fuse import build_table
from pipeline.train.loglinear import BEGINNING, Lesson, Memory, learner

__all__ = ["Chunk", "Groups", "encoded", "lessons", "main", "weightiest"]

ROOT = Path(__file__).parents[2]
CORPUS, MODELS = ROOT.parent / "shared/data/corpus", ROOT / "models/restore"
SOURCES = (Source("legal"), Source("news_vntc", 0.4), Source("news_2017", 0.2), Source("wiki", 0.25))
#: Words of a group that are told apart, and the least share of the group's occurrences that one of them has.
WIDTH, SHARE = 12, 2e-5
#: Entries that are encoded together, places that are learnt together.
CHUNK, LESSON = 100_000, 512
#: Rows of weights (power of two), and the least weight that is kept.
BITS, LEAST = 25, 0.12
HOME, NOTE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)

say = Console(stderr=True).log


@dataclass(frozen=True, slots=True)
class Chunk:
    """Whole paragraphs as entries: ids of the language model, hashes of numbers' shapes (0: none), letter cases."""

    ids: Ids
    shapes: Keys
    cases: Codes

    def text(self, names: Names) -> Text:
        """The entries as run time sees them."""
        bare = np.where(self.shapes, self.shapes, names.bare[self.ids])
        paragraphs = bounds(self.ids == names.end)
        return Text(bare, names.marked[self.ids], names.words[self.ids], self.cases.astype(np.int64), *paragraphs)


Code = tuple[int, int, int]


def _code(model: LanguageModel, unit: Unit) -> Code:
    name = entry(unit)
    found = model.ids.get(name, model.ids[unknown(unit.text)])
    return found, shape_of(unit.text) if unit.kind == "number" else 0, case_of(unit.text) if unit.kind == "word" else 0


def _codes(model: LanguageModel, token: str) -> tuple[Code, ...]:
    pause = (model.ids[PAUSE], 0, 0)
    codes: list[Code] = []
    at = 0
    for unit in units(token):
        codes += [pause] if pauses(token, at, unit.start) else []
        codes.append(_code(model, unit))
        at = unit.end
    return (*codes, pause) if pauses(token, at, len(token)) else tuple(codes)


def encoded(texts: Iterable[str], model: LanguageModel) -> Iterator[Chunk]:
    """Paragraphs as chunks of entries, pauses never doubled."""
    known: dict[str, tuple[Code, ...]] = {}
    pause, end = model.ids[PAUSE], (model.ids[END], 0, 0)
    columns = array("i"), array("I"), array("B")
    for text in texts:
        codes = chain.from_iterable(known.get(t) or known.setdefault(t, _codes(model, t)) for t in text.split())
        for code, same in groupby(codes):
            for values in [code] if code[0] == pause else same:
                for column, value in zip(columns, values, strict=True):
                    column.append(value)
        for column, value in zip(columns, end, strict=True):
            column.append(value)
        if len(columns[0]) >= CHUNK:
            yield _chunk(*columns)
            columns = array("i"), array("I"), array("B")
    if columns[0]:
        yield _chunk(*columns)


def _chunk(ids: array[int], shapes: array[int], cases: array[int]) -> Chunk:
    return Chunk(np.array(ids, np.int32), np.array(shapes, np.uint64), np.array(cases, np.uint8))


@dataclass(frozen=True, slots=True)
class Groups:
    """Words of the same bare letters, most frequent first: ids (group, word), -1 pads; the group (-1: none) and the
    place in it of each entry of the language model; the groups' sizes."""

    words: Ids
    group: Ids
    place: Ids
    sizes: Places

    @classmethod
    def of(cls, names: Names, counts: Places) -> Groups:
        """The groups by how often each entry occurs."""
        rows: dict[int, list[int]] = {}
        for word in np.flatnonzero(names.words):
            rows.setdefault(int(names.bare[word]), []).append(int(word))
        kept = []
        for row in rows.values():
            row.sort(key=lambda word: -counts[word])
            kept.append([w for w in row[:WIDTH] if w == row[0] or counts[w] >= SHARE * counts[row].sum()])
        kept = [row for row in kept if len(row) > 1]
        words = np.full((len(kept), WIDTH), -1, np.int32)
        group, place = np.full(len(counts), -1, np.int32), np.zeros(len(counts), np.int32)
        for number, row in enumerate(kept):
            words[number, : len(row)] = row
            group[row], place[row] = number, np.arange(len(row))
        return cls(words, group, place, np.array([len(row) for row in kept], dtype=np.int64))


def lessons(chunk: Chunk, names: Names, groups: Groups, bits: int) -> Iterator[Lesson]:
    """What a chunk teaches, for a memory of 2**bits rows."""
    text = chunk.text(names)
    told = np.flatnonzero(groups.group[chunk.ids] >= 0)
    for start in range(0, len(told), LESSON):
        places = told[start : start + LESSON]
        keys, present = contexts(text, places)
        group, right = groups.group[chunk.ids[places]], groups.place[chunk.ids[places]]
        homes, notes = _hashed(keys, HOME, bits), _hashed(keys, NOTE, bits + 2)
        base = names.base[groups.words[group]]
        yield Lesson(keys, present, homes, notes, NEAR, group, groups.sizes[group], base, right.astype(np.int64))


def _hashed(keys: Keys, factor: np.uint64, bits: int) -> Places:
    mixed = (keys ^ (keys >> np.uint64(32))) * factor
    return (mixed >> np.uint64(64 - bits)).astype(np.int64)


def weightiest(memory: Memory, groups: Groups, names: Names, count: int) -> tuple[Keys, Floats]:
    """(keys with their words, weights) of the `count` that say most: great ones, and more so the often needed."""
    row, word = np.nonzero(np.abs(memory.weights) > LEAST)
    weight, need = memory.weights[row, word], memory.squares[row, word] - BEGINNING
    worth = np.abs(weight) * np.maximum(need, 1e-3) ** 0.25
    best = np.argsort(-worth, kind="stable")[:count]
    words = groups.words[memory.groups[row[best]], word[best]]
    return key_of(memory.keys[row[best]], names.marked[words]), weight[best]


def _compiled() -> Callable[[Memory, Lesson], tuple[int, float]]:
    try:
        numba = import_module("numba")
    except ImportError:
        raise MissingProgram("numba is not installed", remedy="run `uv pip install numba`") from None
    return learner(partial(numba.njit, nogil=True))


def _learnt(memory: Memory, chunks: Sequence[Chunk], names: Names, groups: Groups, bits: int) -> None:
    learn = _compiled()
    made = places = 0
    for chunk in track(chunks, "learning which marks"):
        for lesson in lessons(chunk, names, groups, bits):
            made += learn(memory, lesson)[0]
            places += len(lesson.right)
    say(f"{places} places, {made / places:.2%} wrong before they were learnt; {memory.used[0]} contexts")


def main(
    corpus: Annotated[Path, typer.Option(help="Folder of the corpus files.")] = CORPUS,
    models: Annotated[Path, typer.Option(help="Folder with the language model, to write to.")] = MODELS,
    weights: Annotated[int, typer.Option(help="Weights to keep, of some 3.4 bytes each.")] = 3_000_000,
) -> None:
    """Rebuild the second witness of models/restore."""
    model = LanguageModel.load(models)
    names = Names.of(model)
    chunks = list(chain.from_iterable(encoded(training(corpus, source), model) for source in SOURCES))
    random.Random(1).shuffle(chunks)
    counts: Counter[int] = Counter()
    for chunk in chunks:
        counts.update(dict(enumerate(np.bincount(chunk.ids, minlength=len(model.words)).tolist())))
    groups = Groups.of(names, np.array([counts[i] for i in range(len(model.words))]))
    memory = Memory.of(BITS, WIDTH)
    _learnt(memory, chunks, names, groups, BITS)
    Adviser.save(build_table(*weightiest(memory, groups, names, weights), None), models)


if __name__ == "__main__":
    typer.run(main)
