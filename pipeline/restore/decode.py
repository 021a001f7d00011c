"""From lines of tokens to lines of restored tokens: cut, guard, search, put back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from pipeline.restore.candidates import TAILS, Candidates, Options, lifted
from pipeline.restore.gazetteer import load_gazetteer
from pipeline.restore.guards import Freedom, freedoms
from pipeline.restore.lattice import Bonus, Lattice, Slot, best_paths, rivals
from pipeline.restore.ngram import END, Floats, LanguageModel
from pipeline.restore.places import Heard, gains
from pipeline.restore.units import PAUSE, Unit, entry, is_caps, pauses, units, unknown
from pipeline.restore.votes import Vote, Votes, voted

__all__ = ["Piece", "Verdict", "verdicts"]

#: Slots of a sequence after which the next pause ends it, and the most it may hold.
SOFT, HARD = 40, 90
BATCH = 64
#: Odds (log10) above which the first search's word counts as seen in the document.
SURE = 1.0
#: Levels of the State: a paper of the people's committee of a district says `quận` on every page. Gain (log10) of the
#: level that the letterhead (capitals in the first lines) names, and of the level below it.
LEVELS = {"quận": "phường", "huyện": "xã", "tỉnh": "huyện", "xã": "thôn", "phường": "phố"}
HEAD, ISSUER, BELOW = 12, 2.0, 0.5
NO_VOTES: Votes = {}
#: What a slot prints whose token stays as it is.
FROZEN = ("",)


@dataclass(frozen=True, slots=True)
class Piece:
    """A slot of the stream: unit `unit` of token `token` of line `line`, None for a pause between units.

    `width` counts the token's letters that the options replace."""

    line: int
    token: int
    unit: Unit | None
    options: Options
    width: int = 0


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


def _fixed(model: LanguageModel, name: str) -> Options:
    slot = Slot(np.array([model.ids[name]], dtype=np.int32), np.zeros(1, dtype=np.float32))
    return Options(slot, FROZEN, 0)


def _frozen(model: LanguageModel, unit: Unit) -> Options:
    name = entry(unit)
    return _fixed(model, name if name in model.ids else unknown(unit.text))


def _wide(token: str, unit: Unit) -> str:
    """The unit's text with the mark behind it that may be a part of its last letter (`tu'` for tư)."""
    tail = token[unit.end : unit.end + 1]
    return unit.text + tail if tail and tail in TAILS and unit.kind == "word" else unit.text


def _stream(candidates: Candidates, lines: Sequence[Sequence[str]], votes: Votes) -> Iterator[list[Piece]]:
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
            if pauses(token, at, unit.start):
                yield Piece(number, place, None, pause)
            known = candidates.known[_wide(token, unit), state] if state != "frozen" else None
            if vote and known:
                known = voted(known, vote, _others(vote, len(found), k), candidates.model)
            width = len(_wide(token, unit)) if known else len(unit.text)
            yield Piece(number, place, unit, known or _frozen(candidates.model, unit), width)
            at = unit.end
        if pauses(token, at, len(token)):
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


def _sequences(lines: Sequence[Sequence[str]], pieces: Sequence[list[Piece]], end: Piece) -> list[list[Piece]]:
    """The pieces in runs of wording: paragraphs with `end` behind, long ones cut at pauses, pauses never doubled."""
    found: list[list[Piece]] = [[]]
    for number, row in enumerate(pieces):
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


def verdicts(
    candidates: Candidates, lines: Sequence[Sequence[str]], *, cache: float, votes: Votes = NO_VOTES
) -> list[Verdict]:
    """The likeliest reading of every unit that is free to change, in any order.

    `cache` weighs what the document itself says, `votes` are what engines say of its tokens."""
    model = candidates.model
    runs = _sequences(lines, list(_stream(candidates, lines, votes)), Piece(0, 0, None, _fixed(model, END)))
    stream = [piece for run in runs for piece in run]
    runs.sort(key=len, reverse=True)
    bonus = Bonus(
        np.zeros(len(model.words), dtype=np.float32), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    )
    if cache:
        searched = list(_searched(model, bonus, runs))
        bonus = _learnt(model, runs, searched, cache)
        runs = _placed(model, runs, stream, searched)
    found = (_verdict(piece, choice, score) for piece, choice, score in _searched(model, bonus, runs))
    return [verdict for verdict in found if verdict]


def _placed(
    model: LanguageModel, runs: Sequence[list[Piece]], stream: Sequence[Piece], searched: Iterable[Searched]
) -> list[list[Piece]]:
    """`runs` with the words of places lifted; `stream` are their pieces in the document's order."""
    words = {id(piece): piece.options.prints[choice] for piece, choice, _ in searched}
    wording: list[Piece] = []
    heard: list[Heard] = []
    apart = True
    for piece in stream:
        if piece.unit is None or piece.unit.kind in ("number", "code"):
            apart = True
            continue
        text = piece.unit.text
        heard.append(Heard.of(piece.line, text, words[id(piece)] or text, apart=apart))
        wording.append(piece)
        apart = False
    new = {
        id(piece): replace(piece, options=lifted(piece.options, gain, piece.unit.text, model))
        for piece, gain in ((wording[at], gain) for at, gain in gains(load_gazetteer(), heard).items())
        if piece.unit and piece.options.prints != FROZEN
    }
    return [[new.get(id(piece), piece) for piece in run] for run in runs]


Searched = tuple[Piece, int, Floats]


def _searched(model: LanguageModel, bonus: Bonus, runs: Sequence[Sequence[Piece]]) -> Iterator[Searched]:
    """Each piece with the place of its best candidate and all candidates' scores, one batch in memory at a time."""
    for start in range(0, len(runs), BATCH):
        some = runs[start : start + BATCH]
        lattice = Lattice.of([[piece.options.slot for piece in run] for run in some])
        paths = best_paths(model, bonus, lattice)
        scores = rivals(model, bonus, lattice, paths)
        for row, (run, path) in enumerate(zip(some, paths, strict=True)):
            yield from ((piece, int(path[k]), scores[row, k]) for k, piece in enumerate(run))


def _learnt(
    model: LanguageModel, runs: Sequence[Sequence[Piece]], searched: Iterable[Searched], weight: float
) -> Bonus:
    """The gains of words and pairs that the first search found with certainty, of the letterhead's above all."""
    counts: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    head: set[int] = set()
    before = -1
    for piece, choice, score in searched:
        word = int(piece.options.slot.ids[choice])
        sure = len(piece.options.prints) == 1 or _lead(score, choice) > SURE
        if sure and piece.unit:
            counts[word] += 1
            if piece.line < HEAD and is_caps(piece.unit.text):
                head.add(word)
            if before >= 0:
                pairs[before * len(model.words) + word] += 1
        before = word if sure else -1
    words = _word_gains(model, counts, weight * sum(map(len, runs)))
    for name, below in LEVELS.items():
        if model.ids.get(name, -1) in head:
            words[model.ids[name]] = ISSUER
            words[model.ids[below]] = max(words[model.ids[below]], BELOW)
    keys = np.array(sorted(k for k, c in pairs.items() if c > 1), dtype=np.int64)
    gains = [min(1.2, 0.35 * np.log2(pairs[int(k)])) + words[int(k) % len(words)] for k in keys]
    return Bonus(words, keys, np.array(gains, dtype=np.float32))


def _word_gains(model: LanguageModel, counts: Mapping[int, int], total: float) -> Floats:
    """The gain of a word seen more often in the document than in the language."""
    gains = np.zeros(len(model.words), dtype=np.float32)
    for word, count in counts.items():
        gains[word] = min(0.7, 0.3 * np.log10(1 + count / total / 10 ** float(model.unigrams[word])))
    return gains


def _lead(score: Floats, choice: int) -> float:
    others = np.delete(score, choice)
    return float(score[choice] - others.max()) if len(others) else 99.0


def _verdict(piece: Piece, choice: int, score: Floats) -> Verdict | None:
    options = piece.options
    if piece.unit is None or len(options.prints) == 1:
        return None
    lead = _lead(score, choice)
    margin = float(score[choice] - score[options.kept]) if options.kept >= 0 else lead
    end = piece.unit.start + piece.width
    return Verdict(piece.line, piece.token, piece.unit.start, end, options.prints[choice], margin, lead)
