"""Many rows, some at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

__all__ = ["batches"]

T = TypeVar("T")


def batches(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Lists of `size` rows in their order, the last one shorter; `itertools.batched` from Python 3.12 on."""
    left = iter(rows)
    while some := list(islice(left, size)):
        yield some
