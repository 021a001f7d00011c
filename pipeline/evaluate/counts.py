"""Precision, recall and F1 of what was found, as counts that add up over documents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self, TypeVar

from rapidfuzz import fuzz

from pipeline.evaluate.text import plain

__all__ = ["FoundCounts", "Measure", "compared", "count_found", "paired", "pairs"]

T = TypeVar("T")
#: Two texts are one from this share of agreeing letters on.
ALIKE = 0.85


@dataclass(frozen=True, slots=True)
class FoundCounts:
    """Right ones among the said and the true; counts add up over documents."""

    right: int = 0
    said: int = 0
    true: int = 0

    def __add__(self, other: Self) -> FoundCounts:
        return FoundCounts(self.right + other.right, self.said + other.said, self.true + other.true)

    @property
    def precision(self) -> float:
        """Right among said; where nothing was said, 1 if there was nothing to say, else 0."""
        return self.right / self.said if self.said else float(self.true == 0)

    @property
    def recall(self) -> float:
        """Right among true; 1 where there was nothing to find."""
        return self.right / self.true if self.true else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def count_found(true: Iterable[Hashable], said: Iterable[Hashable]) -> FoundCounts:
    """Compare two bags of hashable values: each said value pays for one equal true value."""
    wanted, given = Counter(true), Counter(said)
    return FoundCounts((wanted & given).total(), given.total(), wanted.total())


@dataclass(frozen=True, slots=True)
class Measure:
    """What one measure says of one document: counts, what was missed (`- `) and what was said in vain (`+ `)."""

    name: str
    counts: FoundCounts
    misses: tuple[str, ...] = ()


def compared(name: str, true: Iterable[Hashable], said: Iterable[Hashable]) -> Measure:
    """The measure of two bags of values that must be equal."""
    wanted, given = Counter(true), Counter(said)
    misses = (*(f"- {x}" for x in (wanted - given).elements()), *(f"+ {x}" for x in (given - wanted).elements()))
    return Measure(name, count_found(wanted.elements(), given.elements()), misses)


def pairs(true: Sequence[str], said: Sequence[str], *, least: float = ALIKE) -> list[tuple[int, int]]:
    """Places of texts that agree, one to one, the most alike first; of the equally alike the nearest first."""
    ours, theirs = [plain(t) for t in true], [plain(t) for t in said]
    scored = (
        (fuzz.ratio(a, b, score_cutoff=100 * least) / 100, i, j)
        for i, a in enumerate(ours)
        for j, b in enumerate(theirs)
    )
    ranked = sorted((-ratio, abs(i - j), i, j) for ratio, i, j in scored if ratio >= least)
    left: set[int] = set()
    right: set[int] = set()
    found: list[tuple[int, int]] = []
    for _, _, i, j in ranked:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((i, j))
    return found


def paired(
    name: str, true: Sequence[T], said: Sequence[T], text: Callable[[T], str], *, least: float = ALIKE
) -> tuple[Measure, list[tuple[T, T]]]:
    """The measure of texts that must agree, and the (true, said) pairs that do."""
    found = pairs([text(x) for x in true], [text(x) for x in said], least=least)
    left, right = {i for i, _ in found}, {j for _, j in found}
    misses = (
        *(f"- {text(x)}" for i, x in enumerate(true) if i not in left),
        *(f"+ {text(x)}" for j, x in enumerate(said) if j not in right),
    )
    counts = FoundCounts(len(found), len(said), len(true))
    return Measure(name, counts, misses), [(true[i], said[j]) for i, j in found]
