"""Letters aligned with what was read for them, by the cheapest way, learnt in a few rounds of hard EM."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from pipeline.restore.channel import NOISY, SPAN, WORD, context_of
from pipeline.vietnamese import bare

__all__ = ["Pairs", "align", "aligned"]

#: How often a word was read as something, by (word, what was read).
Pairs = Mapping[tuple[str, str], int]
ROUNDS = 3
#: Cost above which a word and what was read have nothing to do with one another.
FAR = 30.0


def _first_guess(letter: str, span: str) -> float:
    """Cost of a letter leaving a span before anything is learnt: same letter, same base letter, others."""
    if not span:
        return 2.5
    extra = 1.2 * (len(span) - 1)
    if letter == span[0]:
        return extra
    return extra + (0.3 if bare(letter).lower() == bare(span[0]).lower() else 1.6)


def align(word: str, noisy: str, costs: Mapping[tuple[str, str], float] | None) -> list[str] | None:
    """The span that each letter of `word` left in `noisy`, cheapest way; None where no way exists."""
    best: list[list[tuple[float, int]]] = [[(0.0, 0)] + [(math.inf, 0)] * len(noisy)]
    for letter in word:
        row = [(math.inf, 0)] * (len(noisy) + 1)
        for end in range(len(noisy) + 1):
            for length in range(min(SPAN, end) + 1):
                span = noisy[end - length : end]
                price = costs.get((letter, span), FAR / 3) if costs is not None else _first_guess(letter, span)
                total = best[-1][end - length][0] + price
                if total < row[end][0]:
                    row[end] = (total, length)
        best.append(row)
    if best[-1][-1][0] > FAR:
        return None
    return _traced(best, noisy)


def _traced(best: Sequence[Sequence[tuple[float, int]]], noisy: str) -> list[str]:
    found: list[str] = []
    end = len(noisy)
    for row in reversed(best[1:]):
        length = row[end][1]
        found.append(noisy[end - length : end])
        end -= length
    return found[::-1]


def aligned(pairs: Pairs) -> Counter[tuple[str, str, str]]:
    """Counts of (letter, class of its right neighbour, span) after a few rounds of hard EM."""
    costs: dict[tuple[str, str], float] | None = None
    counts: Counter[tuple[str, str, str]] = Counter()
    for _ in range(ROUNDS):
        counts = Counter()
        for (word, noisy), count in pairs.items():
            if len(word) > WORD or len(noisy) > NOISY or (spans := align(word, noisy, costs)) is None:
                continue
            for context, span in zip(context_of(word), spans, strict=True):
                counts[context[0], context[1:], span] += count
        costs = _letter_costs(counts)
    return counts


def _letter_costs(counts: Mapping[tuple[str, str, str], int]) -> dict[tuple[str, str], float]:
    letters: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    for (letter, _, span), count in counts.items():
        letters[letter, span] += count
        totals[letter] += count
    return {(letter, span): -math.log10(c / (totals[letter] + 1)) for (letter, span), c in letters.items()}
