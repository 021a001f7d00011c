"""Building of binary fuse maps (Graf and Lemire, 2022), the tables of `pipeline.restore.ngram`."""

from __future__ import annotations

from math import ceil, log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from pipeline.restore.ngram import Floats, Keys, Places, Table, places_of

__all__ = ["build_table"]

T = TypeVar("T", np.uint8, np.uint16)
Cells = tuple[Places, Places, Places]
Codes = NDArray[np.uint8]
#: Share of cells by which attempts grow, times their number squared: few keys may need many.
GROWTH, ATTEMPTS = 0.01, 80


def _coded(values: Floats) -> tuple[Codes, Floats]:
    """(codes, 256 levels): as many values in each level, a level's value their mean."""
    edges = np.unique(np.quantile(values, np.linspace(0, 1, 257))[1:-1])
    codes = np.searchsorted(edges, values, side="right").astype(np.uint8)
    sums = np.bincount(codes, values, minlength=256)
    counts = np.bincount(codes, minlength=256)
    return codes, (sums / np.maximum(counts, 1)).astype(np.float32)


def _shape(count: int, growth: float) -> tuple[int, int]:
    """(cells, length of a segment) for `count` keys."""
    count = max(count, 2)
    segment = 2 ** min(16, int(log(count) / log(3.33) + 2.25))
    cells = growth * count * max(1.125, 0.875 + 0.25 * log(1_000_000) / log(count))
    return (max(1, ceil(cells / segment) - 2) + 2) * segment, segment


Peeled = list[tuple[Places, Places]]


def _peeled(cells: Cells, size: int) -> Peeled | None:
    """Rounds of (keys, cells): each key with a cell that no key of its own or a later round has; None where some key
    never gets one."""
    count = len(cells[0])
    degree = np.zeros(size, dtype=np.int32)
    mixed = np.zeros(size, dtype=np.int64)
    for place in cells:
        np.add.at(degree, place, 1)
        np.bitwise_xor.at(mixed, place, np.arange(count))
    rounds: Peeled = []
    free = np.flatnonzero(degree == 1)
    while len(free):
        keys, at = np.unique(mixed[free], return_index=True)
        rounds.append((keys, free[at]))
        count -= len(keys)
        for place in cells:
            np.subtract.at(degree, place[keys], 1)
            np.bitwise_xor.at(mixed, place[keys], keys)
        touched = np.unique(np.concatenate([place[keys] for place in cells]))
        free = touched[degree[touched] == 1]
    return rounds if count == 0 else None


def _filled(rounds: Peeled, cells: Cells, size: int, values: NDArray[T]) -> NDArray[T]:
    """Cells such that the exclusive or of a key's three is its value."""
    a, b, c = cells
    filled = np.zeros(size, dtype=values.dtype)
    for keys, own in reversed(rounds):
        filled[own] = values[keys] ^ filled[a[keys]] ^ filled[b[keys]] ^ filled[c[keys]]
    return filled


def build_table(key: Keys, chance: Floats, weight: Floats | None) -> Table:
    """The table of one order from its keys, all different, log10 probabilities and log10 back-off weights.

    Raises ValueError where keys are the same."""
    for attempt in range(ATTEMPTS):
        size, segment = _shape(len(key), 1 + GROWTH * attempt**2)
        cells, marks = places_of(key, size, segment)
        if (rounds := _peeled(cells, size)) is not None:
            break
    else:
        raise ValueError("keys of n-grams are the same")
    codes, chances = _coded(chance)
    back, weights = (None, np.zeros(256, dtype=np.float32)) if weight is None else _coded(weight)
    return Table(
        segment,
        _filled(rounds, cells, size, marks),
        _filled(rounds, cells, size, codes),
        None if back is None else _filled(rounds, cells, size, back),
        chances,
        weights,
    )
