"""Learning of log-linear weights: one pass of AdaGrad (Duchi et al., 2011) over places and their contexts.

A context gets a row of weights, one for each word of its group, when it is met a second time where the model erred or
doubted; what is easy teaches nothing. The loops are written for a compiler (`numba.njit`), which tests do without.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeVar

import numpy as np

from pipeline.restore.contexts import Flags
from pipeline.restore.ngram import Codes, Floats, Ids, Keys, Places

__all__ = ["Lesson", "Memory", "learner"]

F = TypeVar("F", bound=Callable[..., Any])
#: Rate of learning, the squared gradients that a weight begins with, the chance of erring from which on a place
#: teaches, and the least gradient that moves a weight.
RATE, BEGINNING, DOUBT, LEAST = np.float32(0.4), np.float32(0.3), np.float32(0.02), np.float32(1e-3)
#: Contexts farther off are many and say little each: they learn as if their value were a fifth, not one.
FAR_RATE, FAR_BEGINNING, NOTHING = np.float32(0.08), np.float32(7.2), np.float32(0)
#: Share of rows that may be used.
FULL = 0.8


class Jit(Protocol):
    """A compiler of functions, or nothing but the function itself."""

    def __call__(self, function: F, /) -> F: ...


class Memory(NamedTuple):
    """Rows of weights by their contexts' keys, open addressing: `keys` (0: free), weights and sums of squared
    gradients (row, word), the group that a row is of, how many rows are used, and which contexts were met once."""

    keys: Keys
    weights: Floats
    squares: Floats
    groups: Ids
    used: Places
    met: Codes

    @classmethod
    def of(cls, bits: int, width: int) -> Memory:
        """Room for 2**bits rows of `width` words."""
        size = 1 << bits
        grown = np.full((size, width), BEGINNING, np.float32)
        rows = np.zeros((size, width), np.float32)
        return cls(
            np.zeros(size, np.uint64),
            rows,
            grown,
            np.zeros(size, np.int32),
            np.zeros(1, np.int64),
            np.zeros(4 * size, np.uint8),
        )


class Lesson(NamedTuple):
    """Places to learn from: keys of their contexts (place, context) and which there are, where a search of each key
    begins and where it is noted as met, how many contexts are near ones; the group of each place, the group's size,
    base scores (place, word), and which word is right."""

    keys: Keys
    present: Flags
    homes: Places
    notes: Places
    near: int
    groups: Ids
    sizes: Places
    base: Floats
    right: Places


def learner(jit: Jit) -> Callable[[Memory, Lesson], tuple[int, float]]:
    """The function that learns a lesson and returns (errors made before learning, their summed log loss)."""
    row_of = jit(_row_of)
    judged, created, moved = _judge(jit, row_of), _creator(jit, row_of), jit(_moved)

    @jit
    def learn(memory: Memory, lesson: Lesson) -> tuple[int, float]:
        rows = np.zeros(lesson.keys.shape[1], np.int64)
        chance = np.zeros(lesson.base.shape[1], np.float32)
        errors, loss = 0, 0.0
        for place in range(len(lesson.right)):
            judged(memory, lesson, place, rows, chance)
            size, right = lesson.sizes[place], lesson.right[place]
            errors += chance[:size].argmax() != right
            loss -= np.log(max(chance[right], np.float32(1e-9)))
            if chance[right] > 1 - DOUBT:
                continue
            chance[right] -= 1
            for context in range(len(rows)):
                row = rows[context]
                if row < 0 and lesson.present[place, context]:
                    row = created(memory, lesson, place, context)
                if row >= 0:
                    rate, more = (RATE, NOTHING) if context < lesson.near else (FAR_RATE, FAR_BEGINNING)
                    moved(memory, row, chance[:size], rate, more)
        return errors, loss

    return learn


def _row_of(keys: Keys, key: np.uint64, home: int) -> int:
    """The row of a key, or the free one that it would take."""
    row = home
    while keys[row] and keys[row] != key:
        row = (row + 1) & (len(keys) - 1)
    return row


def _judge(jit: Jit, row_of: Callable[..., int]) -> Callable[..., None]:
    @jit
    def judged(memory: Memory, lesson: Lesson, place: int, rows: Places, chance: Floats) -> None:
        """Fill in the row of each context (-1: none) and the chance of each word."""
        size = lesson.sizes[place]
        chance[:size] = lesson.base[place, :size]
        for context in range(len(rows)):
            rows[context] = -1
            if lesson.present[place, context]:
                row = row_of(memory.keys, lesson.keys[place, context], lesson.homes[place, context])
                if memory.keys[row]:
                    rows[context] = row
                    chance[:size] += memory.weights[row, :size]
        chance[:size] = np.exp(chance[:size] - chance[:size].max())
        chance[:size] /= chance[:size].sum()

    return judged


def _creator(jit: Jit, row_of: Callable[..., int]) -> Callable[..., int]:
    @jit
    def created(memory: Memory, lesson: Lesson, place: int, context: int) -> int:
        """A new row for a context that was met before; -1 where it was not, or no row is left."""
        note = lesson.notes[place, context]
        if not memory.met[note]:
            memory.met[note] = 1
            return -1
        if memory.used[0] > FULL * len(memory.keys):
            return -1
        row = row_of(memory.keys, lesson.keys[place, context], lesson.homes[place, context])
        if not memory.keys[row]:
            memory.used[0] += 1
            memory.keys[row] = lesson.keys[place, context]
            memory.groups[row] = lesson.groups[place]
        return row

    return created


def _moved(memory: Memory, row: int, gradient: Floats, rate: np.float32, more: np.float32) -> None:
    for word in range(len(gradient)):
        if abs(gradient[word]) > LEAST:
            memory.squares[row, word] += gradient[word] ** 2
            memory.weights[row, word] -= rate * gradient[word] / np.sqrt(memory.squares[row, word] + more)
