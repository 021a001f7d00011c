"""From lines of tokens to verdicts on their units: cut, guard, search, judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

from pipeline.restore.adapt import relearnt
from pipeline.restore.advice import Adviser, advised
from pipeline.restore.candidates import Candidates
from pipeline.restore.contexts import case_of
from pipeline.restore.lattice import NEVER, Bonus, Lattice, Mask, best_paths, narrowed, rivals
from pipeline.restore.learnt import learnt, placed
from pipeline.restore.letters import held_to_letters
from pipeline.restore.ngram import Floats, LanguageModel, Places
from pipeline.restore.pieces import Piece, Run, runs
from pipeline.restore.votes import Votes

__all__ = ["Verdict", "verdicts"]

#: Runs searched at once.
BATCH = 128
#: Odds (log10) above which the first search's word counts as seen in the document.
SURE = 1.0
#: Odds (log10) above which a word stays out of the next search: as found (what the document says weighs less than
#: that), and as printed.
CLOSED, UNDOUBTED = 4.0, 4.0
#: The lead of what may be a name, as printed with its marks: nobody is asked.
NAMED = np.inf
NO_VOTES: Votes = {}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The likeliest reading of a unit: where it stands, what to print, and how sure.

    `margin` is its odds (log10) over the unit as it stands, `lead` those over the next best candidate; where
    nothing is to be changed, `margin` is 0."""

    line: int
    token: int
    start: int
    end: int
    text: str
    margin: float
    lead: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found in a lattice, arrays (sequence, slot): the places of the candidates chosen, their odds
    (log10) over the unit as it stands and over the next best candidate."""

    paths: Places
    margin: Floats
    lead: Floats


def _judged(scores: Floats, paths: Places, kept: Places) -> Found:
    """`scores` of all candidates put in odds; `kept`: the places of the units as they stand, -1: none."""
    chosen = np.take_along_axis(scores, paths[:, :, None], 2)[:, :, 0]
    others = scores.copy()
    np.put_along_axis(others, paths[:, :, None], NEVER, 2)
    lead = chosen - others.max(2)
    stands = np.take_along_axis(scores, np.maximum(kept, 0)[:, :, None], 2)[:, :, 0]
    return Found(paths, np.where(kept >= 0, chosen - stands, lead), lead)


class Batch(NamedTuple):
    """Runs to be searched together, longest first: their pieces, candidates, and the places of the units as they
    stand."""

    pieces: Sequence[Piece]
    lattice: Lattice
    kept: Places

    @classmethod
    def of(cls, some: Sequence[Run]) -> Batch:
        lattice = Lattice.of([[piece.options.slot for piece in run] for run in some])
        pieces = list(chain.from_iterable(some))
        kept = np.full(lattice.sizes.shape, -1, dtype=np.int64)
        kept[lattice.inside] = [piece.options.kept for piece in pieces]
        return cls(pieces, lattice, kept)

    @property
    def free(self) -> Mask:
        """The slots with a choice."""
        return np.asarray(self.lattice.sizes > 1)

    def marked(self, marks: Iterable[bool]) -> Mask:
        """The slots whose pieces are marked."""
        mask = np.zeros(self.kept.shape, dtype=np.bool_)
        mask[self.lattice.inside] = list(marks)
        return mask

    def rows(self, *arrays: Places | Floats) -> Iterator[tuple[Any, ...]]:
        """Each piece with its values of `arrays`, (sequence, slot)."""
        return zip(self.pieces, *(array[self.lattice.inside].tolist() for array in arrays), strict=True)


def _searched(model: LanguageModel, bonus: Bonus, batch: Batch) -> Found:
    """The best paths where every slot is open."""
    paths = best_paths(model, bonus, batch.lattice)
    return _judged(rivals(model, bonus, batch.lattice, paths, batch.free), paths, batch.kept)


def _printed(model: LanguageModel, bonus: Bonus, batch: Batch) -> Found:
    """The units as they stand; where one cannot, its likeliest candidate alone, led by less than nothing."""
    alone = batch.lattice.chances + model.unigrams[batch.lattice.ids]
    paths = np.where(batch.kept >= 0, batch.kept, alone.argmax(2))
    found = _judged(rivals(model, bonus, batch.lattice, paths, batch.free), paths, batch.kept)
    return Found(paths, found.margin, np.where(batch.kept >= 0, found.lead, NEVER))


def _again(model: LanguageModel, bonus: Bonus, batch: Batch, before: Found, open_: Mask) -> Found:
    """`before`, its `open_` slots searched again."""
    if not open_.any():
        return before
    small, rows, columns = narrowed(batch.lattice, before.paths, open_, model.order - 1)
    found = best_paths(model, bonus, small)
    paths = before.paths.copy()
    wide = small.sizes > 1
    paths[rows[wide], columns[wide]] = found[wide]
    stale = batch.free & (open_ | _near(paths != before.paths, model.order - 1))
    after = _judged(rivals(model, bonus, batch.lattice, paths, stale), paths, batch.kept)
    return Found(paths, np.where(stale, after.margin, before.margin), np.where(stale, after.lead, before.lead))


def _near(slots: Mask, reach: int) -> Mask:
    """`slots` and those up to `reach` before and behind them."""
    near = slots.copy()
    for step in range(1, reach + 1):
        near[:, step:] |= slots[:, :-step]
        near[:, :-step] |= slots[:, step:]
    return near


def verdicts(
    candidates: Candidates,
    lines: Sequence[Sequence[str]],
    *,
    cache: float,
    votes: Votes = NO_VOTES,
    adviser: Adviser | None = None,
) -> list[Verdict]:
    """The likeliest reading of every unit that is free to change, in any order.

    `cache` weighs what the document itself says, `votes` are what engines say of its tokens, `adviser` is asked what
    the first search leaves open."""
    model = candidates.model
    in_order = runs(candidates, lines, votes)
    stream = list(chain.from_iterable(in_order))
    ordered = sorted(in_order, key=len, reverse=True)
    chunks = [ordered[i : i + BATCH] for i in range(0, len(ordered), BATCH)]
    if not cache:
        return list(_proofread(model, adviser, stream, chunks))
    found, bonus, new = _first(candidates, adviser, stream, chunks, cache)
    judged: list[Verdict] = []
    for chunk, before in zip(chunks, found, strict=True):
        batch = _renewed(chunk, new)
        lifted = batch.marked(id(piece) in new for run in chunk for piece in run)
        open_ = batch.free & (lifted | (before.lead < CLOSED))
        judged += _verdicts(batch, _again(model, bonus, batch, before, open_))
    return judged


def _renewed(chunk: Sequence[Run], new: Mapping[int, Piece]) -> Batch:
    return Batch.of([[new.get(id(piece), piece) for piece in run] for run in chunk])


def _is_title(piece: Piece) -> bool:
    """Whether a piece may be a name, which its surroundings tell nothing about."""
    return piece.unit is not None and case_of(piece.unit.text) == 1


def _proofread(
    model: LanguageModel, adviser: Adviser | None, stream: Sequence[Piece], chunks: Sequence[Sequence[Run]]
) -> Iterator[Verdict]:
    """Verdicts on text that reads right but for a few words."""
    bonus = Bonus.none(model)
    found: list[Found] = []
    first: dict[int, tuple[int, float]] = {}
    for batch in map(Batch.of, chunks):
        found.append(_printed(model, bonus, batch))
        told = batch.rows(found[-1].paths, found[-1].lead)
        first |= {id(piece): (choice, NAMED if _is_title(piece) else lead) for piece, choice, lead in told}
    new = advised(adviser, stream, first, {}) if adviser else {}
    for chunk, before in zip(chunks, found, strict=True):
        batch = _renewed(chunk, new)
        yield from _verdicts(batch, _again(model, bonus, batch, before, batch.free & (before.lead < UNDOUBTED)))


def _first(
    candidates: Candidates,
    adviser: Adviser | None,
    stream: Sequence[Piece],
    chunks: Sequence[Sequence[Run]],
    cache: float,
) -> tuple[list[Found], Bonus, dict[int, Piece]]:
    """(what a first search finds, the gains that this tells, the pieces that it changes, by the old one's identity)."""
    model = candidates.model
    found: list[Found] = []
    told: list[tuple[Piece, int, float]] = []
    for batch in map(Batch.of, chunks):
        found.append(_searched(model, Bonus.none(model), batch))
        told += batch.rows(found[-1].paths, found[-1].lead)
    words = {id(piece): piece.options.prints[choice] for piece, choice, _ in told}
    new = relearnt(candidates, told, placed(model, stream, words))
    if adviser:
        first = {id(piece): (choice, lead) for piece, choice, lead in told}
        new = held_to_letters(adviser.names, stream, first, advised(adviser, stream, first, new))
    bonus = learnt(model, ((piece, choice, lead > SURE) for piece, choice, lead in told), cache)
    return found, bonus, new


def _verdicts(batch: Batch, found: Found) -> Iterator[Verdict]:
    for piece, choice, margin, lead in batch.rows(found.paths, found.margin, found.lead):
        if piece.unit and len(piece.options.prints) > 1:
            start = piece.unit.start
            text = piece.options.prints[choice]
            yield Verdict(piece.line, piece.token, start, start + piece.width, text, margin, lead)
