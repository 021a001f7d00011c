"""The second witness: which of the words with the same bare letters is meant, by the words on both sides.

A log-linear model (Berger et al., A Maximum Entropy Approach to Natural Language Processing, 1996): each context of a
place has a weight for each word, and a word's chance grows with the exponential of their sum. The n-gram model knows
the words just before; this one knows both sides, the letter case and what the paragraph is about, so that it errs
elsewhere. It reads bare words, which a first search has to settle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.errors import ModelError
from pipeline.restore.contexts import Names, Text, contexts
from pipeline.restore.ngram import Floats, Ids, LanguageModel, Places, Table, key_of
from pipeline.restore.pieces import Piece
from pipeline.restore.units import Unit

__all__ = ["Adviser", "advised"]

#: Weight beside the language model, and the most (log10) that is said against a word.
TRUST, WORST = 0.9, 6.0
#: Lead (log10) of a first search's word over the next best from which on nobody is asked.
SURE = 3.5
#: Places looked at together.
BATCH = 256
FILES = ("advice.npz", "advice-marks.npy", "advice-codes.npy")


@dataclass(frozen=True)
class Adviser:
    """Weights of (context, marked word), natural logarithms, by `key_of(context, hash of the word)`."""

    names: Names
    table: Table

    def gains(self, ids: Ids, units: Sequence[Unit | None], slots: Sequence[Ids], leads: Floats) -> list[Floats]:
        """log10 gain, 0 or less, of each candidate of each slot of one document.

        `ids` are what a first search chose, `leads` how far (log10) ahead of the next best. Only candidates with the
        bare letters of the chosen one are told apart; the others gain what the best of these gains, nothing."""
        text = self.names.text(ids, units)
        sizes = np.array([len(slot) for slot in slots], dtype=np.int64)
        offsets = np.cumsum(sizes) - sizes
        flat = np.concatenate([np.zeros(0, dtype=np.int32), *slots])
        gain = np.zeros(len(flat), dtype=np.float32)
        asked = np.flatnonzero((leads < SURE) & text.words & (sizes > 1))
        for start in range(0, len(asked), BATCH):
            places = asked[start : start + BATCH]
            size = sizes[places]
            row = np.repeat(np.arange(len(places)), size)
            candidate = np.arange(len(row)) + np.repeat(offsets[places] - (np.cumsum(size) - size), size)
            same = self.names.bare[flat[candidate]] == text.bare[places][row]
            gain[candidate[same]] = self._relative(text, places, row[same], flat[candidate[same]])
        return np.split(gain, offsets[1:])[: len(slots)]

    def _relative(self, text: Text, places: Places, row: Places, words: Ids) -> Floats:
        """log10 of the weighted chance of each word at `places[row]` over that of the likeliest there."""
        keys, present = contexts(text, places)
        which, context = np.nonzero(present[row])
        hits = self.table.find(key_of(keys[row[which], context], self.names.marked[words[which]]))
        weights = np.bincount(which[hits.which], self.table.chance(hits), minlength=len(row))
        score = self.names.base[words] + weights
        best = np.full(len(places), -np.inf)
        np.maximum.at(best, row, score)
        return np.asarray(TRUST * np.maximum((score - best[row]) / np.log(10), -WORST), dtype=np.float32)

    @classmethod
    def load(cls, folder: Path, language: LanguageModel) -> Adviser:
        """Map the model in `folder`. Raises ModelError where a file is missing or damaged."""
        small, *cells = (folder / name for name in FILES)
        try:
            marks, codes = (np.asarray(np.load(path, mmap_mode="r")) for path in cells)
            with np.load(small) as levels:
                table = Table(int(levels["segment"]), marks, codes, None, levels["weights"], np.zeros(0, np.float32))
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(f"advice in {folder} cannot be read ({error})", remedy="run `make models`") from None
        return cls(Names.of(language), table)

    @staticmethod
    def save(table: Table, folder: Path) -> None:
        """Write the files that `load` maps."""
        small, marks, codes = (folder / name for name in FILES)
        np.savez(small, segment=table.segment, weights=table.chances)
        np.save(marks, table.marks)
        np.save(codes, table.codes)


def advised(
    adviser: Adviser, stream: Sequence[Piece], found: Mapping[int, tuple[int, float]], new: Mapping[int, Piece]
) -> dict[int, Piece]:
    """`new`, the pieces changed since a first search by the old ones' identity, and what the adviser says besides.

    `stream` are all pieces in the document's order; `found` has the place of each one's best candidate and its lead."""
    pieces = [new.get(id(piece), piece) for piece in stream]
    ids = np.array([piece.options.slot.ids[found[id(piece)][0]] for piece in stream], dtype=np.int32)
    leads = np.array([found[id(piece)][1] for piece in stream], dtype=np.float32)
    slots = [piece.options.slot for piece in pieces]
    gains = adviser.gains(ids, [p.unit for p in pieces], [slot.ids for slot in slots], leads)
    changed = {
        id(old): piece._replace(options=piece.options.with_chances(slot.chances + gain))
        for old, piece, slot, gain in zip(stream, pieces, slots, gains, strict=True)
        if gain.any()
    }
    return {**new, **changed}
