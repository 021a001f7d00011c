"""A channel learns how this very document was misread: what a first search found with certainty is counted.

What a letter left is weighed by how often it came up against how often the channel expected it, first for all letters
with one base and mark (ề, ế, ể), then for the letter itself: the marginal model of a Poisson rate with a gamma prior.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.candidates import TRUST, Candidates, case_of
from pipeline.restore.channel import CASES, NOISY, SPAN, STEP, WORD, Case, Channel, Ints, spans_of
from pipeline.restore.pieces import Piece
from pipeline.vietnamese import TONES, nfc, tones_as_modern

__all__ = ["Seen", "adapted", "relearnt", "rescored", "seen"]

Weights = NDArray[np.float64]
#: Occurrences by which what came up leans on what was expected: for letters with one base and mark, for a letter.
LEAN_KIN, LEAN = 2.0, 1.0
#: Odds (log10) above which a word tells how the document was misread, and below which it is looked at again.
TELLING, OPEN = 2.0, 4.0
#: Words below which a document says too little of how it was misread.
LEAST = 500


class Seen(NamedTuple):
    """A word of the lexicon, the letter case in which it was printed, and what was read for it."""

    word: str
    case: Case
    noisy: str


def relearnt(
    candidates: Candidates, told: Sequence[tuple[Piece, int, float]], new: Mapping[int, Piece]
) -> dict[int, Piece]:
    """`new`, pieces that stand for others by the others' identity, and those that the document's own channel sees
    otherwise; `told`: what a search found, each piece with its candidate's place and odds."""
    own = adapted(candidates, seen((piece, place) for piece, place, lead in told if lead > TELLING))
    if own is candidates:
        return dict(new)
    now = {id(piece): new.get(id(piece), piece) for piece, _, lead in told if lead < OPEN}
    better = rescored(candidates, own, now.values())
    return {**new, **{key: better[id(piece)] for key, piece in now.items() if id(piece) in better}}


def seen(found: Iterable[tuple[Piece, int]]) -> Counter[Seen]:
    """What pieces and the places of their candidates chosen tell of the channel."""
    counts: Counter[Seen] = Counter()
    for piece, choice in found:
        if _is_plain(piece) and piece.unit is not None:
            text = piece.options.prints[choice]
            counts[Seen(tones_as_modern(text.lower()), case_of(text), piece.unit.text)] += 1
    return counts


def adapted(candidates: Candidates, counts: Mapping[Seen, int]) -> Candidates:
    """`candidates` whose channel is as `counts` show it; as it is where they are few."""
    channel = candidates.channel
    if sum(counts.values()) < LEAST:
        return candidates
    letters, names = _letters(channel)
    came = np.zeros((len(names), channel.costs.shape[1]))
    stood = np.zeros(len(channel.costs))
    for pair, count in counts.items():
        contexts = channel.lexicon.contexts[pair.case][candidates.places.get(pair.word, 0)]
        contexts = contexts[contexts > 0]
        spans = _cut(channel, contexts, pair.noisy) if pair.word in candidates.places else []
        np.add.at(came, (letters[contexts[: len(spans)]], spans), count)
        np.add.at(stood, contexts[: len(spans)], count)
    expected = np.zeros_like(came)
    np.add.at(expected, letters, np.power(10.0, channel.costs / -STEP) * stood[:, None])
    ratio = _ratio(came, expected, _kin(names))
    moved = channel.costs - np.round(STEP * np.log10(ratio))[letters]
    moved[0] = channel.costs[0]
    costs = np.clip(moved, 0, 255).astype(np.uint8)
    return Candidates(candidates.model, channel.with_costs(costs), candidates.native)


def _ratio(came: Weights, expected: Weights, kin: Ints) -> Weights:
    """How much likelier than expected each letter leaves each span, a letter's chances adding up as before."""
    group_came, group_expected = (np.zeros((int(kin.max()) + 1, came.shape[1])) for _ in range(2))
    np.add.at(group_came, kin, came)
    np.add.at(group_expected, kin, expected)
    of_kin = ((group_came + LEAN_KIN) / (group_expected + LEAN_KIN))[kin]
    ratio = (came + LEAN * of_kin) / (expected + LEAN)
    total = expected.sum(1, keepdims=True)
    share = (expected * ratio).sum(1, keepdims=True) / np.maximum(total, 1e-9)
    return np.asarray(np.where(total > 0, ratio / np.maximum(share, 1e-9), 1.0))


def _letters(channel: Channel) -> tuple[Ints, list[str]]:
    """(the letter of each context by its place among the names, the names; the empty one pads)."""
    letters = np.zeros(len(channel.costs), dtype=np.uint32)
    for case in CASES:
        shown = np.array([_cased(word, case)[:WORD] for word in channel.lexicon.words], dtype=f"U{WORD}")
        codes = shown.view(np.uint32).reshape(-1, WORD)
        letters[channel.lexicon.contexts[case].ravel()] = codes.ravel()
    letters[0] = 0
    codes, places = np.unique(letters, return_inverse=True)
    return places.astype(np.int32), [chr(int(code)) if code else "" for code in codes]


def _cased(word: str, case: Case) -> str:
    return {"lower": word, "title": word[:1].upper() + word[1:], "upper": word.upper()}[case]


def _kin(names: Sequence[str]) -> Ints:
    """The place of each letter's group: letters that differ only in tone."""
    groups = [nfc("".join(c for c in unicodedata.normalize("NFD", name) if c not in TONES)) for name in names]
    places = {group: i for i, group in enumerate(dict.fromkeys(groups))}
    return np.array([places[group] for group in groups], dtype=np.int32)


def _cut(channel: Channel, contexts: Ints, noisy: str) -> list[int]:
    """The spans that letters with these contexts most likely left in `noisy`; none where there is no way."""
    if len(noisy) > NOISY:
        return []
    cuts = spans_of(noisy, channel.spans).tolist()
    size = len(noisy) + 1
    before: list[float] = [0.0, *[np.inf] * (size - 1)]
    widths: list[list[int]] = []
    for row in channel.costs[contexts].tolist():
        ways = [
            [(before[end - n] + row[cuts[end - n][n]], n) for n in range(min(SPAN, end) + 1)] for end in range(size)
        ]
        best = [min(way) for way in ways]
        before, widths = [cost for cost, _ in best], [*widths, [n for _, n in best]]
    if before[-1] == np.inf:
        return []
    spans: list[int] = []
    end = size - 1
    for width in reversed(widths):
        spans.append(cuts[end - width[end]][width[end]])
        end -= width[end]
    return spans[::-1]


def _is_plain(piece: Piece) -> bool:
    return piece.unit is not None and len(piece.options.prints) > 1 and piece.width == len(piece.unit.text)


def rescored(old: Candidates, new: Candidates, pieces: Iterable[Piece]) -> dict[int, Piece]:
    """The pieces, by their identity, with the chances that the channel of `new` gives their candidates."""
    plain = [piece for piece in pieces if _is_plain(piece)]
    texts = {id(piece.options): piece for piece in plain}
    searched, near, places = [], [], []
    for piece in texts.values():
        lowered = [tones_as_modern(text.lower()) for text in piece.options.prints]
        known = [i for i, name in enumerate(lowered) if name in old.places and i != piece.options.kept]
        places.append(known)
        near.append(np.array([old.places[lowered[i]] for i in known], dtype=np.int32))
        searched.append((cast("str", piece.unit and piece.unit.text), case_of(piece.options.prints[0])))
    moved = {}
    gains = zip(new.scores(searched, near), old.scores(searched, near), strict=True)
    for key, known, (now, before) in zip(texts, places, gains, strict=True):
        chances = texts[key].options.slot.chances.copy()
        chances[known] += np.float32(TRUST[old.native]) * (now - before)
        moved[key] = texts[key].options.with_chances(chances)
    return {id(piece): piece._replace(options=moved[id(piece.options)]) for piece in plain}
