"""What was read wrong on a page: an alignment of its true words with those that were read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from pipeline.evaluate import normal
from pipeline.vietnamese import bare

__all__ = ["Misread", "misread"]


class Misread(NamedTuple):
    """`true` was read as `read`; `kind`: marks, case, signs, letters, lost, added. `before` are the words before it."""

    kind: str
    true: str
    read: str
    before: str


def misread(true: str, read: str) -> Iterator[Misread]:
    """The differences of two texts, word by word, in the order of the page."""
    left, right = normal(true).split(), normal(read).split()
    for op in Levenshtein.opcodes(left, right):
        if op.tag == "equal":
            continue
        ours, theirs = left[op.src_start : op.src_end], right[op.dest_start : op.dest_end]
        before = " ".join(left[max(op.src_start - 3, 0) : op.src_start])
        if len(ours) == len(theirs):
            yield from (Misread(_kind(a, b), a, b, before) for a, b in zip(ours, theirs, strict=True))
        else:
            yield Misread(_kind(" ".join(ours), " ".join(theirs)), " ".join(ours), " ".join(theirs), before)


def _kind(true: str, read: str) -> str:
    if not true or not read:
        return "lost" if true else "added"
    if true.lower() == read.lower():
        return "case"
    if _letters(true) == _letters(read):
        return "signs"
    return "marks" if bare(_letters(true)) == bare(_letters(read)) else "letters"


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())
