"""A document's lines as runs of pieces: cut into units, guarded, each with its candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from pipeline.restore.candidates import TAILS, Candidates, Options
from pipeline.restore.guards import Freedom, freedoms
from pipeline.restore.lattice import Slot
from pipeline.restore.ngram import END, LanguageModel
from pipeline.restore.units import PAUSE, Unit, entry, is_caps, pauses, units, unknown
from pipeline.restore.votes import Vote, Votes, voted

__all__ = ["FROZEN", "Piece", "Run", "runs"]

#: Slots of a run after which the next pause ends it, and the most it may hold.
SOFT, HARD = 40, 90
#: What a slot prints whose token stays as it is.
FROZEN = ("",)


class Piece(NamedTuple):
    """A slot of the stream: unit `unit` of token `token` of line `line`, None for a pause between units.

    `width` counts the token's letters that the options replace."""

    line: int
    token: int
    unit: Unit | None
    options: Options
    width: int = 0


Run = list[Piece]


def _fixed(model: LanguageModel, name: str) -> Options:
    slot = Slot(np.array([model.ids[name]], dtype=np.int32), np.zeros(1, dtype=np.float32))
    return Options(slot, FROZEN, 0)


def _frozen(candidates: Candidates, unit: Unit) -> Options:
    name = entry(unit)
    name = name if name in candidates.model.ids else unknown(unit.text)
    if name not in candidates.fixed:
        candidates.fixed[name] = _fixed(candidates.model, name)
    return candidates.fixed[name]


def _wide(token: str, unit: Unit) -> str:
    """The unit's text with the mark behind it that may be a part of its last letter (`tu'` for tư)."""
    tail = token[unit.end : unit.end + 1]
    return unit.text + tail if tail and tail in TAILS and unit.kind == "word" else unit.text


def _stream(candidates: Candidates, lines: Sequence[Sequence[str]], votes: Votes) -> Iterator[Run]:
    """The pieces of each line."""
    cut = [[units(token) for token in line] for line in lines]
    free = [freedoms(line, found, lost=not candidates.native) for line, found in zip(lines, cut, strict=True)]
    candidates.prepare(
        (_wide(token, unit), f)
        for line, row, states in zip(lines, cut, free, strict=True)
        for token, found, state in zip(line, row, states, strict=True)
        for unit, f in zip(found, state, strict=True)
        if f != "frozen"
    )
    pause = _fixed(candidates.model, PAUSE)
    for number, line in enumerate(lines):
        yield list(_pieces(candidates, pause, number, line, cut[number], free[number], votes))


def _pieces(
    candidates: Candidates,
    pause: Options,
    number: int,
    line: Sequence[str],
    cut: Sequence[Sequence[Unit]],
    free: Sequence[Sequence[Freedom]],
    votes: Votes,
) -> Iterator[Piece]:
    for place, (token, found, states) in enumerate(zip(line, cut, free, strict=True)):
        at = 0
        vote = votes.get((number, place))
        for k, (unit, state) in enumerate(zip(found, states, strict=True)):
            if at < unit.start and pauses(token, at, unit.start):
                yield Piece(number, place, None, pause)
            at = unit.end
            if state == "frozen":
                yield Piece(number, place, unit, _frozen(candidates, unit), len(unit.text))
                continue
            wide = _wide(token, unit)
            known = candidates.known[wide, state]
            if vote:
                known = voted(known, vote, _others(vote, len(found), k), candidates.model)
            yield Piece(number, place, unit, known, len(wide))
        if at < len(token) and pauses(token, at, len(token)):
            yield Piece(number, place, None, pause)


def _others(vote: Vote, size: int, k: int) -> Iterator[tuple[str, float]]:
    """What engines read besides for unit `k` of a token with `size` units, and the odds of it."""
    cut = ((units(other), odds) for other, odds in vote.others)
    return ((found[k].text, odds) for found, odds in cut if len(found) == size and found[k].kind == "word")


def _ends(line: Sequence[str], after: Sequence[str] | None) -> bool:
    """Whether a paragraph ends with `line`: a blank line follows, a closing mark, or the lines' case differs."""
    if not after or not line:
        return True
    if line[-1][-1] in ".:;!?":
        return True
    return all(is_caps(t) for t in line if len(t) > 1) != all(is_caps(t) for t in after if len(t) > 1)


def runs(candidates: Candidates, lines: Sequence[Sequence[str]], votes: Votes) -> list[Run]:
    """The pieces in runs of wording: paragraphs with the end's mark behind, long ones cut at pauses, pauses never
    doubled."""
    end = Piece(0, 0, None, _fixed(candidates.model, END))
    found: list[Run] = [[]]
    for number, row in enumerate(_stream(candidates, lines, votes)):
        for piece in row:
            run = found[-1]
            if piece.unit is None and run and run[-1].unit is None:
                continue
            run.append(piece)
            if len(run) >= HARD or (len(run) >= SOFT and piece.unit is None):
                found.append([])
        if _ends(lines[number], lines[number + 1] if number + 1 < len(lines) else None):
            if found[-1]:
                found[-1].append(end)
            found.append([])
    return [run for run in found if any(p.unit for p in run)]
