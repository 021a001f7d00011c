"""From misread pages to pairs of a printed unit and what was read for it."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from pipeline.restore.candidates import TAILS
from pipeline.restore.units import Unit, units
from pipeline.vietnamese import bare

__all__ = ["pairs_of_page", "pairs_of_pages", "token_pairs"]


def token_pairs(printed: list[str], read: list[str]) -> Iterator[tuple[str, str]]:
    """Tokens that stand for each other, found by aligning the letters of the whole page; merges are left out."""
    left, right = " ".join(printed), " ".join(read)
    places = _places(bare(left).lower(), bare(right).lower())
    starts = [0]
    for token in read:
        starts.append(starts[-1] + len(token) + 1)
    owned: list[set[int]] = []
    at = 0
    for token in printed:
        owned.append({bisect_right(starts, places[k]) - 1 for k in range(at, at + len(token))})
        at += len(token) + 1
    claims = Counter(owner for owners in owned for owner in owners)
    for token, owners in zip(printed, owned, strict=True):
        if len(owners) == 1 and claims[owner := min(owners)] == 1 and owner < len(read):
            yield token, read[owner]


def _places(left: str, right: str) -> list[int]:
    """For each letter of `left` the place in `right` where its reading begins."""
    places = [0] * (len(left) + 1)
    for op in Levenshtein.opcodes(left, right):
        width = op.src_end - op.src_start
        for k in range(width):
            places[op.src_start + k] = min(op.dest_start + k, max(op.dest_start, op.dest_end - 1))
    return places


def pairs_of_page(printed: Iterable[str], read: Iterable[str]) -> Iterator[tuple[str, str]]:
    """(printed unit, read unit) of every token whose units match one to one; wild guesses left out."""
    for true, noisy in token_pairs(" ".join(printed).split(), " ".join(read).split()):
        ours, theirs = units(true), units(noisy)
        if len(ours) != len(theirs):
            continue
        for a, b in zip(ours, theirs, strict=True):
            if a.kind == "word" and _alike(a, b):
                tail = noisy[b.end : b.end + 1]
                lost = bool(tail) and tail in TAILS and true[a.end : a.end + 1] != tail
                yield a.text, b.text + tail if lost else b.text


def _alike(true: Unit, noisy: Unit) -> bool:
    """Whether one may be a reading of the other: half of the letters agree, or both are very short."""
    distance = Levenshtein.distance(bare(true.text).lower(), bare(noisy.text).lower())
    return distance <= max(2, 0.6 * len(true.text))


def pairs_of_pages(path: Path, language: str) -> Counter[tuple[str, str]]:
    """How often each (printed unit, read unit) came up on the pages of one language (JSON lines)."""
    counts: Counter[tuple[str, str]] = Counter()
    with path.open(encoding="utf8") as lines:
        for line in lines:
            page = json.loads(line)
            if page["language"] == language:
                counts.update(pairs_of_page(page["printed"], page["read"]))
    return counts
