"""The noisy channel: how likely an OCR model leaves a word's letters as they stand on the paper's copy.

Each true letter, in the context of its right neighbour, leaves a span of 0 to 3 letters; a word's chance is that of
the best way to cut the noisy unit into such spans. Words often misread the same way have counts of their own, into
which the letters' chance is blended. Chances are log10; costs are their negatives in steps of 1/25, in one byte.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ModelError
from pipeline.vietnamese import bare

__all__ = ["CASES", "Case", "Channel", "Lexicon", "context_of", "deletions", "pair_key", "spans_of"]

Ints = NDArray[np.int32]
Floats = NDArray[np.float32]
Case = Literal["lower", "title", "upper"]

CASES: tuple[Case, ...] = ("lower", "title", "upper")
STEP = 25.0
IMPOSSIBLE = 4000
#: Longest word, longest noisy unit and longest span of letters that the channel handles.
WORD, NOISY, SPAN = 8, 11, 3
#: Weight of the letters' chance against a word's own counts, in occurrences.
BLEND = 60.0
#: Share of a word's chance that stays with its letters however often it was counted: another scanner and face
#: misread it otherwise.
DOUBT = 0.4
NOTHING, OTHER = 0, 1


def context_of(word: str) -> list[str]:
    """Each letter with the bare class of its right neighbour (`$` at the end), the context that decides its cost."""
    after = [*bare(word[1:]).lower(), "$"]
    return [letter + right for letter, right in zip(word, after, strict=True)]


def deletions(text: str) -> set[str]:
    """`text` and every string that one deletion makes of it: two strings that share one are alike.

    Deletions keep two letters at least; what is left of shorter strings would be like too many others.
    """
    return {text, *(text[:i] + text[i + 1 :] for i in range(len(text)))} if len(text) > 2 else {text}


def pair_key(word: int, noisy: str) -> int:
    """The key of a word's id and a noisy unit in the tables of counts."""
    return (crc32(noisy.encode()) << 16) | word


def spans_of(noisy: str, spans: dict[str, int]) -> Ints:
    """(NOISY+1, SPAN+1) ids of the spans that begin at each place with each length; OTHER where none is known."""
    found = np.full((NOISY + 1, SPAN + 1), OTHER, dtype=np.int32)
    found[:, 0] = NOTHING
    for start in range(len(noisy)):
        for length in range(1, min(SPAN, len(noisy) - start) + 1):
            found[start, length] = spans.get(noisy[start : start + length], OTHER)
    return found


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words that may stand on paper, in the order of the language model's vocabulary, and how to find them.

    `contexts[case]` is (words, WORD) context ids, padded by 0; `near_keys`/`near_words` list, sorted by key, the
    words whose likely misreadings share a deletion with a unit.
    """

    words: tuple[str, ...]
    contexts: dict[Case, Ints]
    near_keys: NDArray[np.uint32]
    near_words: NDArray[np.uint16]

    def near(self, noisy: str) -> Ints:
        """Ids of the words worth scoring for a lower-case noisy unit, sorted, each once."""
        keys = np.array([crc32(d.encode()) for d in deletions(noisy)], dtype=np.uint32)
        starts = np.searchsorted(self.near_keys, keys, "left")
        ends = np.searchsorted(self.near_keys, keys, "right")
        runs = [self.near_words[a:b] for a, b in zip(starts, ends, strict=True) if a < b]
        return np.unique(np.concatenate(runs)).astype(np.int32) if runs else np.zeros(0, dtype=np.int32)


@dataclass(frozen=True, slots=True)
class Channel:
    """One OCR model's way of misreading: `costs[context, span]`, and counts of whole words misread."""

    name: str
    lexicon: Lexicon
    spans: dict[str, int]
    costs: NDArray[np.uint8]
    pair_keys: NDArray[np.uint64]
    pair_counts: NDArray[np.uint32]
    totals: NDArray[np.uint32]

    def letters(self, contexts: Ints, noisy: Sequence[str], which: Ints) -> Floats:
        """log10 chance that words with these letter contexts (pairs, WORD) are read as `noisy[which]`."""
        cuts = np.stack([spans_of(n, self.spans) for n in noisy])
        longest = max(map(len, noisy)) + 1
        cost = np.full((len(which), longest), IMPOSSIBLE, dtype=np.int16)
        cost[:, 0] = 0
        for place in range(int((contexts > 0).sum(1).max(initial=0))):
            cost = self._step(cost, contexts[:, place], cuts[:, :longest], which)
        ends = np.array([len(n) for n in noisy])[which]
        return np.asarray(cost[np.arange(len(which)), ends] / np.float32(-STEP))

    def _step(self, cost: NDArray[np.int16], context: Ints, cuts: Ints, which: Ints) -> NDArray[np.int16]:
        """The costs after one more true letter has left its span; letters past the word's end leave nothing."""
        longest = cost.shape[1]
        best = np.full_like(cost, IMPOSSIBLE)
        for length in range(min(SPAN, longest - 1) + 1):
            kept = longest - length
            moved = cost[:, :kept] + self.costs[context[:, None], cuts[which, :kept, length]]
            np.minimum(best[:, length:], moved, out=best[:, length:])
        return np.minimum(best, IMPOSSIBLE)

    def counted(self, words: Ints, noisy: Sequence[str], which: Ints) -> tuple[Floats, Floats]:
        """(times each word was read as `noisy[which]`, times it was read at all) in training, letter case aside."""
        crcs = np.array([crc32(n.encode()) for n in noisy], dtype=np.uint64)[which]
        keys = (crcs << np.uint64(16)) | words.astype(np.uint64)
        place = np.minimum(np.searchsorted(self.pair_keys, keys), len(self.pair_keys) - 1)
        hits = np.where(self.pair_keys[place] == keys, self.pair_counts[place], 0)
        return hits.astype(np.float32), self.totals[words].astype(np.float32)

    def score(self, words: Ints, noisy: Sequence[str], cases: Sequence[Case], which: Ints) -> Floats:
        """log10 P(noisy[which] | word) of each pair (flat arrays), `cases` the letter case of each noisy unit."""
        contexts = np.zeros((len(words), WORD), dtype=np.int32)
        kinds = np.array([CASES.index(c) for c in cases], dtype=np.int32)[which]
        for number, case in enumerate(CASES):
            mask = kinds == number
            contexts[mask] = self.lexicon.contexts[case][words[mask]]
        chance = self.letters(contexts, noisy, which)
        hits, total = self.counted(words, [n.lower() for n in noisy], which)
        letters = np.power(np.float32(10), chance)
        counted = (hits + BLEND * letters) / (total + BLEND)
        return np.log10((1 - DOUBT) * counted + DOUBT * letters).astype(np.float32)

    def with_costs(self, costs: NDArray[np.uint8]) -> Channel:
        """The same channel, letters otherwise misread."""
        return replace(self, costs=costs)

    @classmethod
    def load(cls, path: Path) -> Channel:
        """Read a channel's file. Raises ModelError where it is missing or damaged."""
        try:
            with np.load(path) as stored:
                words = tuple(str(stored["words"]).split("\n"))
                contexts = {case: stored[f"contexts_{case}"].astype(np.int32) for case in CASES}
                lexicon = Lexicon(words, contexts, stored["near_keys"], stored["near_words"])
                spans = {span: i for i, span in enumerate(str(stored["spans"]).split("\n"))}
                rest = (stored[name] for name in ("costs", "pair_keys", "pair_counts", "totals"))
                return cls(path.stem, lexicon, spans, *rest)
        except (OSError, KeyError, ValueError) as error:
            raise ModelError(f"channel {path} cannot be read ({error})", remedy="run `make models`") from None

    def save(self, path: Path) -> None:
        """Write the file that `Channel.load` reads."""
        contexts = {f"contexts_{case}": self.lexicon.contexts[case].astype(np.uint16) for case in CASES}
        np.savez_compressed(
            path,
            words=np.array("\n".join(self.lexicon.words)),
            spans=np.array("\n".join(self.spans)),
            near_keys=self.lexicon.near_keys,
            near_words=self.lexicon.near_words,
            costs=self.costs,
            pair_keys=self.pair_keys,
            pair_counts=self.pair_counts,
            totals=self.totals,
            **contexts,  # type: ignore[arg-type]
        )
