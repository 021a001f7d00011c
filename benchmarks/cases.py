"""Documents to restore, with their true text, and what restoration made of them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, fields

from pipeline.evaluate import TextCounts, count_text
from pipeline.restore import restore_text

__all__ = ["Case", "Result", "measured", "pooled"]


@dataclass(frozen=True, slots=True)
class Case:
    """A document: its true text and what restoration is given."""

    source: str
    true: str
    noisy: str


@dataclass(frozen=True, slots=True)
class Result:
    """Counts before and after, words changed, seconds of processor time; results add up."""

    before: TextCounts
    after: TextCounts
    changed: int
    seconds: float

    def __add__(self, other: Result) -> Result:
        return Result(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def speed(self) -> float:
        """Words a second of one core."""
        return self.before.words / max(self.seconds, 1e-9)


def measured(case: Case) -> Result:
    """Restore the case and count."""
    began = time.process_time()
    restored = restore_text(case.noisy)
    seconds = time.process_time() - began
    changed = count_text(case.noisy, restored).word_errors
    return Result(count_text(case.true, case.noisy), count_text(case.true, restored), changed, seconds)


def pooled(cases: Iterable[Case]) -> dict[str, Result]:
    """The results by source."""
    results: dict[str, Result] = {}
    for case in cases:
        found = measured(case)
        results[case.source] = results[case.source] + found if case.source in results else found
    return results
