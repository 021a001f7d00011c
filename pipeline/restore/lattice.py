"""The search: the likeliest words for many sequences at once, by a beam over candidates and the language model.

A sequence is a list of slots; a slot holds candidates, each an entry of the language model with the log10 chance
that the channel gives it. All sequences advance together, one slot a step, so that the work is done by numpy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.ngram import Floats, Ids, LanguageModel

__all__ = ["Bonus", "Lattice", "Slot", "best_paths", "rivals"]

BEAM = 8
NEVER = np.float32(-1e9)
Places = NDArray[np.int64]


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
    """Sequences as padded arrays (sequence, slot, candidate), longest sequence first; id -1 pads."""

    ids: Ids
    chances: Floats
    lengths: Places

    @classmethod
    def of(cls, sequences: Sequence[Sequence[Slot]]) -> Lattice:
        """Pad `sequences`, which come longest first."""
        width = max((len(slot.ids) for slots in sequences for slot in slots), default=1)
        shape = (len(sequences), len(sequences[0]), width)
        ids, chances = np.full(shape, -1, dtype=np.int32), np.full(shape, NEVER, dtype=np.float32)
        for row, slots in enumerate(sequences):
            for column, slot in enumerate(slots):
                ids[row, column, : len(slot.ids)] = slot.ids
                chances[row, column, : len(slot.ids)] = slot.chances
        return cls(ids, chances, np.array([len(slots) for slots in sequences], dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Beam:
    """The hypotheses kept for each sequence: (sequences, BEAM, order-1) histories and their scores."""

    history: Ids
    score: Floats


def _advance(model: LanguageModel, bonus: Bonus, beam: Beam, ids: Ids, chances: Floats) -> tuple[Beam, Places, Places]:
    """(the next beam, the parents' places, the candidates' places) after one slot, arrays (sequences, BEAM)."""
    rows, kept, depth = beam.history.shape
    context = model.context(beam.history.reshape(rows * kept, depth))
    total = np.full((rows, kept, ids.shape[1]), NEVER, dtype=np.float32)
    row, parent, choice = np.nonzero((beam.score > NEVER / 2)[:, :, None] & (ids >= 0)[:, None, :])
    word = ids[row, choice]
    score = model.score(context[row * kept + parent], word) + bonus.gain(beam.history[row, parent, -1], word)
    total[row, parent, choice] = beam.score[row, parent] + score + chances[row, choice]
    flat = total.reshape(rows, -1)
    order = np.argsort(-flat, axis=1)[:, : 3 * BEAM]
    scores = np.take_along_axis(flat, order, axis=1)
    parents, choices = order // ids.shape[1], order % ids.shape[1]
    newer = np.take_along_axis(ids, choices, axis=1)
    history = np.concatenate([np.take_along_axis(beam.history, parents[:, :, None], 1)[:, :, 1:], newer[:, :, None]], 2)
    picked = _distinct(model, history, scores)
    best = np.take_along_axis(scores, picked, axis=1)
    kept_history = np.take_along_axis(history, picked[:, :, None], 1)
    parents, choices = (np.take_along_axis(places, picked, axis=1) for places in (parents, choices))
    return Beam(kept_history, best), parents, choices


def _distinct(model: LanguageModel, history: Ids, scores: Floats) -> Places:
    """The places of the BEAM best hypotheses of each row, one a history; rows are sorted best first."""
    key = np.zeros(history.shape[:2], dtype=np.int64)
    for column in range(history.shape[2]):
        key = key * (len(model.words) + 1) + history[:, :, column] + 1
    same = key[:, :, None] == key[:, None, :]
    again = np.tril(same, -1).any(2)
    ranked = np.argsort(again | (scores <= NEVER / 2), axis=1, kind="stable")[:, :BEAM]
    scores[again] = NEVER
    return ranked


def best_paths(model: LanguageModel, bonus: Bonus, lattice: Lattice) -> list[Places]:
    """For each sequence the places of the candidates on its best path, one a slot."""
    rows, longest, _ = lattice.ids.shape
    history = np.full((rows, BEAM, model.order - 1), -1, dtype=np.int32)
    history[:, :, -1] = model.begin
    score = np.full((rows, BEAM), NEVER, dtype=np.float32)
    score[:, 0] = 0
    beam = Beam(history, score)
    trail: list[tuple[Places, Places]] = []
    ends: list[Places] = [np.zeros(0, dtype=np.int64)] * rows
    for column in range(longest):
        going = int((lattice.lengths > column).sum())
        beam = Beam(beam.history[:going], beam.score[:going])
        beam, parents, choices = _advance(
            model, bonus, beam, lattice.ids[:going, column], lattice.chances[:going, column]
        )
        trail.append((parents, choices))
        for row in range(int((lattice.lengths > column + 1).sum()), going):
            ends[row] = _traced(trail, row, int(beam.score[row].argmax()))
    return ends


def _traced(trail: Sequence[tuple[Places, Places]], row: int, place: int) -> Places:
    path = np.zeros(len(trail), dtype=np.int64)
    for column in range(len(trail) - 1, -1, -1):
        parents, choices = trail[column]
        path[column] = choices[row, place]
        place = int(parents[row, place])
    return path


def rivals(model: LanguageModel, bonus: Bonus, lattice: Lattice, paths: Sequence[Places]) -> Floats:
    """log10 score of each candidate in its slot, the other slots as on the best path (array as `lattice.ids`)."""
    order = model.order
    words = np.full((lattice.ids.shape[0], lattice.ids.shape[1] + 2 * order), -1, dtype=np.int32)
    words[:, order - 1] = model.begin
    for number, path in enumerate(paths):
        words[number, order : order + len(path)] = lattice.ids[number, np.arange(len(path)), path]
    scores = np.where(lattice.ids >= 0, lattice.chances, NEVER)
    row, column, choice = np.nonzero((lattice.ids >= 0) & ((lattice.ids >= 0).sum(2) > 1)[:, :, None])
    for ahead in range(order):
        place = column + order + ahead
        window = np.stack([words[row, place - k] for k in range(order - 1, -1, -1)], axis=1)
        window[:, order - 1 - ahead] = lattice.ids[row, column, choice]
        inside = column + ahead < lattice.lengths[row]
        part = window[inside]
        gain = model.score(model.context(part[:, :-1]), part[:, -1])
        if ahead < 2:
            gain = gain + bonus.gain(part[:, -2], part[:, -1])
        scores[row[inside], column[inside], choice[inside]] += gain
    return scores
