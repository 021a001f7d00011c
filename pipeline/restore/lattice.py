"""The search: the likeliest words for many sequences at once, by a beam over candidates and the language model.

A sequence is a list of slots; a slot holds candidates, each an entry of the language model with the log10 chance
that the channel gives it. All sequences advance together, one slot a step, so that the work is done by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.ngram import Floats, Ids, Keys, LanguageModel, Places

__all__ = ["Bonus", "Lattice", "Mask", "Slot", "best_paths", "narrowed", "rivals"]

Mask = NDArray[np.bool_]

#: Hypotheses kept for each sequence, and the log10 distance behind the best at which one is dropped.
BEAM, BEHIND = 8, 6.0
NEVER = np.float32(-1e9)


@dataclass(frozen=True, slots=True)
class Slot:
    """The candidates of one place: ids of the model's entries and the channel's log10 chances, any fixed order."""

    ids: Ids
    chances: Floats


@dataclass(frozen=True, slots=True)
class Bonus:
    """What the document itself says: log10 gains of words and of pairs of words seen in it with certainty."""

    words: Floats
    pair_keys: NDArray[np.int64]
    pair_gains: Floats

    @classmethod
    def none(cls, model: LanguageModel) -> Bonus:
        """No gains."""
        words = np.zeros(len(model.words), dtype=np.float32)
        return cls(words, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))

    def gain(self, before: Ids, word: Ids) -> Floats:
        """The gain of each word after the word before it (flat arrays)."""
        gain = self.words[word]
        if len(self.pair_keys):
            key = before.astype(np.int64) * len(self.words) + word
            place = np.minimum(np.searchsorted(self.pair_keys, key), len(self.pair_keys) - 1)
            gain = np.maximum(gain, np.where(self.pair_keys[place] == key, self.pair_gains[place], 0))
        return gain


@dataclass(frozen=True, slots=True)
class Lattice:
    """Sequences as padded arrays (sequence, slot, candidate), longest sequence first; id -1 pads.

    `sizes` counts the candidates of each slot, 0 behind a sequence's end."""

    ids: Ids
    chances: Floats
    sizes: Places

    @property
    def inside(self) -> Mask:
        """Which places (sequence, slot) are slots."""
        return self.sizes > 0

    @classmethod
    def of(cls, sequences: Sequence[Sequence[Slot]]) -> Lattice:
        """Pad `sequences`, which come longest first and have no empty slots."""
        slots = [slot for row in sequences for slot in row]
        lengths = np.array([len(row) for row in sequences], dtype=np.int64)
        sizes = np.zeros((len(sequences), int(lengths[0])), dtype=np.int64)
        sizes[np.arange(sizes.shape[1]) < lengths[:, None]] = [len(slot.ids) for slot in slots]
        filled = np.arange(sizes.max(initial=1)) < sizes[:, :, None]
        ids, chances = np.full(filled.shape, -1, dtype=np.int32), np.full(filled.shape, NEVER, dtype=np.float32)
        ids[filled] = np.concatenate([slot.ids for slot in slots])
        chances[filled] = np.concatenate([slot.chances for slot in slots])
        return cls(ids, chances, sizes)

    def chosen(self, paths: Places) -> Ids:
        """The entries on `paths`, (sequence, slot) places of candidates; -1 outside."""
        return np.take_along_axis(self.ids, paths[:, :, None], 2)[:, :, 0]


@dataclass(frozen=True, slots=True)
class Beam:
    """The hypotheses kept for each sequence: (sequences, BEAM, order-1) histories and their scores, best first."""

    history: Ids
    score: Floats


def _advance(model: LanguageModel, bonus: Bonus, beam: Beam, ids: Ids, chances: Floats) -> tuple[Beam, Places, Places]:
    """(the next beam, the parents' places, the candidates' places) after one slot, arrays (sequences, BEAM)."""
    rows, kept, _ = beam.history.shape
    width = ids.shape[1]
    row, parent = np.nonzero(beam.score > beam.score[:, :1] - BEHIND)
    which, choice = np.nonzero((ids >= 0)[row])
    context = model.context(beam.history[row, parent])
    row, parent = row[which], parent[which]
    word = ids[row, choice]
    gain, state = model.score(context, which, word)
    gain = gain + bonus.gain(beam.history[row, parent, -1], word) + chances[row, choice]
    place = (row * kept + parent) * width + choice
    total = np.full(rows * kept * width, NEVER, dtype=np.float32)
    total[place] = beam.score[row, parent] + gain
    states = np.zeros(rows * kept * width, dtype=np.uint64)
    states[place] = state
    best = _distinct(total.reshape(rows, -1), states.reshape(rows, -1))
    parents, choices = best // width, best % width
    at = np.arange(rows)[:, None]
    history = np.concatenate([beam.history[at, parents, 1:], ids[at, choices][:, :, None]], axis=2)
    return Beam(history, total.reshape(rows, -1)[at, best]), parents, choices


def _distinct(total: Floats, states: Keys) -> Places:
    """The places of each row's BEAM best hypotheses, best first, one a state while there are others."""
    at = np.arange(len(total))[:, None]
    some = min(3 * BEAM, total.shape[1])
    best = np.argpartition(-total, some - 1, axis=1)[:, :some] if some < total.shape[1] else at * 0 + np.arange(some)
    best = best[at, np.argsort(-total[at, best], axis=1, kind="stable")]
    key = states[at, best]
    again = np.tril(key[:, :, None] == key[:, None, :], -1).any(2)
    ranked = best[at, np.argsort(again, axis=1, kind="stable")[:, :BEAM]]
    total[at, best] = np.where(again, NEVER, total[at, best])
    return ranked


def best_paths(model: LanguageModel, bonus: Bonus, lattice: Lattice) -> Places:
    """The places of the candidates on each sequence's best path, (sequence, slot), 0 behind its end."""
    rows, longest = lattice.sizes.shape
    history = np.full((rows, 1, model.order - 1), -1, dtype=np.int32)
    history[:, :, -1] = model.begin
    beam = Beam(history, np.zeros((rows, 1), dtype=np.float32))
    trail: list[tuple[Places, Places]] = []
    for column, count in enumerate(lattice.inside.sum(0)):
        width = int(lattice.sizes[:, column].max())
        beam = Beam(beam.history[:count], beam.score[:count])
        slots = lattice.ids[:count, column, :width], lattice.chances[:count, column, :width]
        beam, parents, choices = _advance(model, bonus, beam, *slots)
        trail.append((parents, choices))
    paths = np.zeros((rows, longest), dtype=np.int64)
    place = np.zeros(rows, dtype=np.int64)
    for column, (parents, choices) in reversed(list(enumerate(trail))):
        at = np.arange(len(parents))
        paths[at, column] = choices[at, place[at]]
        place[at] = parents[at, place[at]]
    return paths


def rivals(model: LanguageModel, bonus: Bonus, lattice: Lattice, paths: Places, slots: Mask) -> Floats:
    """log10 score of each candidate of `slots`, (sequence, slot), the other slots as on `paths`; array as
    `lattice.ids`. Scores compare within a slot: what none of its candidates changes is not counted."""
    order, (rows, longest) = model.order, lattice.sizes.shape
    words = np.full((rows, longest + 2 * order), -1, dtype=np.int32)
    words[:, order - 1] = model.begin
    words[:, order : order + longest] = lattice.chosen(paths)
    scores = lattice.chances.copy()
    row, column = np.nonzero(slots)
    which, choice = np.nonzero(lattice.ids[row, column] >= 0)
    before = words[row[:, None], column[:, None] + np.arange(1, order)]
    candidate = lattice.ids[row[which], column[which], choice]
    gain = model.score(model.context(before), which, candidate)[0] + bonus.gain(before[which, -1], candidate)
    row, column = row[which], column[which]
    scores[row, column, choice] += gain
    for ahead in range(1, order):
        word = words[row, column + order + ahead]
        window = words[row[:, None], column[:, None] + np.arange(1, order) + ahead]
        window[:, -ahead] = candidate
        context = model.context(window)
        left = np.flatnonzero((word >= 0) & (context.depth >= ahead))
        gain = model.score(context, left, word[left])[0]
        if ahead == 1:
            gain = gain + bonus.gain(window[left, -1], word[left])
        else:
            window[:, : -ahead + 1] = -1
            gain = gain - model.score(model.context(window), left, word[left])[0]
        scores[row[left], column[left], choice[left]] += gain
        row, column, choice, candidate = row[left], column[left], choice[left], candidate[left]
    return scores


def narrowed(lattice: Lattice, paths: Places, open_: Mask, reach: int) -> tuple[Lattice, Places, Places]:
    """The stretches around `open_` slots, the others as on `paths`, as (lattice, their sequences, their slots).

    Slots `reach` apart don't know of each other, so that stretches can be searched alone; each begins and ends
    `reach` slots around its open ones. The last two are arrays (stretch, slot) into `lattice`, 0 behind the end."""
    row, column = np.nonzero(open_)
    new = np.flatnonzero((np.diff(row, prepend=-1) != 0) | (np.diff(column, prepend=-1) > reach))
    last = np.append(new[1:], len(row)) - 1
    start = np.maximum(column[new] - reach, 0)
    size = np.minimum(column[last] + reach + 1, lattice.inside.sum(1)[row[new]]) - start
    rank = np.argsort(-size, kind="stable")
    start, size, row = start[rank], size[rank], row[new][rank]
    inside = np.arange(size.max(initial=0)) < size[:, None]
    rows, columns = row[:, None] * inside, (start[:, None] + np.arange(inside.shape[1])) * inside
    wide = open_[rows, columns] & inside
    width = int(lattice.sizes[rows, columns].max(initial=1, where=wide))
    ids, chances = lattice.ids[rows, columns, :width], lattice.chances[rows, columns, :width]
    ids[~wide], chances[~wide] = -1, NEVER
    ids[:, :, 0] = np.where(wide, ids[:, :, 0], np.where(inside, lattice.chosen(paths)[rows, columns], -1))
    chances[:, :, 0] = np.where(wide, chances[:, :, 0], 0)
    return Lattice(ids, chances, np.where(wide, lattice.sizes[rows, columns], inside)), rows, columns
