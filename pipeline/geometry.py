"""Rectangles of pixels: the one coordinate system of the project."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

__all__ = ["Box", "union"]


@dataclass(frozen=True, slots=True, order=True)
class Box:
    """Half-open rectangle of pixels: x0 <= x < x1, y0 <= y < y1, origin top left. `a | b` is the union."""

    x0: int
    y0: int
    x1: int
    y1: int

    def __post_init__(self) -> None:
        if self.x1 < self.x0 or self.y1 < self.y0:
            raise ValueError(f"box is inside out: {self}")

    @property
    def width(self) -> int:
        return self.x1 - self.x0

    @property
    def height(self) -> int:
        return self.y1 - self.y0

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def centre(self) -> tuple[float, float]:
        """(x, y) of the middle."""
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def holds(self, other: Box) -> bool:
        """Whether the middle of `other` lies in this box."""
        x, y = other.centre
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    def __or__(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def __and__(self, other: Box) -> Box | None:
        """The intersection, None where the boxes share no pixel."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        x1, y1 = min(self.x1, other.x1), min(self.y1, other.y1)
        return Box(x0, y0, x1, y1) if x0 < x1 and y0 < y1 else None


def union(boxes: Iterable[Box | None]) -> Box | None:
    """The smallest box around all, None where there is none."""
    known = [b for b in boxes if b is not None]
    return reduce(Box.__or__, known) if known else None
