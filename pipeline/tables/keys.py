"""Keys of rows: stable, readable, of the source file alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from statistics import fmean

from pipeline.records import Decree
from pipeline.schema import Value
from pipeline.types import PRINTED, Box, Span, Word
from pipeline.vietnamese import fold

__all__ = ["Keys", "body_id", "edges", "mean_score", "section_ids"]


def body_id(name: str) -> str:
    """The key of a body, its full name in plain letters: `Sở Y tế tỉnh X` gives `so-y-te-tinh-x`."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "body"


def section_ids(decree: Decree) -> tuple[str, ...]:
    """`document_id:path` of each section; a path printed again gets ~2, ~3 ..."""
    return _unique(f"{decree.id}:{s.path}" for s in decree.sections)


def _unique(keys: Iterable[str]) -> tuple[str, ...]:
    """The keys, the second and later of a kind numbered ~2, ~3 ..."""
    seen: dict[str, int] = defaultdict(int)
    unique = []
    for key in keys:
        seen[key] += 1
        unique.append(f"{key}~{seen[key]}" if seen[key] > 1 else key)
    return tuple(unique)


def edges(box: Box | None) -> dict[str, Value]:
    """The four columns of a box; all null where there is none."""
    return {"x0": box.x0, "y0": box.y0, "x1": box.x1, "y1": box.y1} if box else {}


def mean_score(words: Sequence[Word]) -> float | None:
    """How sure the reading of `words` is on average, None for no words."""
    return round(fmean(w.score for w in words), 4) if words else None


@dataclass(frozen=True)
class Keys:
    """A decree with what its rows are called."""

    decree: Decree

    @property
    def id(self) -> str:
        """The document id."""
        return self.decree.id

    @cached_property
    def sections(self) -> tuple[str, ...]:
        """The id of each section."""
        return section_ids(self.decree)

    @cached_property
    def tasks(self) -> tuple[str, ...]:
        """The id of each task: that of its leaf."""
        return _unique(self.sections[t.section] for t in self.decree.tasks)

    @cached_property
    def line_spans(self) -> tuple[Span, ...]:
        """The words of each line."""
        return self.decree.document.line_spans()

    @cached_property
    def line_numbers(self) -> dict[int, int]:
        """Place on its page, from 1, of each printed line that has words."""
        count: dict[int, int] = defaultdict(int)
        numbers = {}
        for i, (line, span) in enumerate(zip(self.decree.document.lines, self.line_spans, strict=True)):
            if line.zone in PRINTED and span.start < span.end:
                count[line.page] += 1
                numbers[i] = count[line.page]
        return numbers

    def number(self, kind: str, n: int) -> str:
        """The key of the n-th row, from 1, of a kind of row that has no better name."""
        return f"{self.id}:{kind}:{n}"

    def section(self, position: int | None) -> str | None:
        """The id of the section at `position`, None for no section."""
        return None if position is None else self.sections[position]

    def words(self, line: int) -> Sequence[Word]:
        """The words of a line."""
        span = self.line_spans[line]
        return self.decree.document.words[span.start : span.end]
