"""Pieces: rows with a box on the upright page, cut at wide gaps and joined again on one level."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from statistics import median

from pipeline.layout.rows import Row
from pipeline.types import Box, Page, union

__all__ = ["Piece", "cut_at_gaps", "joined", "levels", "pieces_of", "upright"]

#: A gap in a line, in heights of its print, from which on what follows may be another column.
GAP = 1.35


@dataclass(frozen=True, slots=True)
class Piece:
    """A row, or part of one, and where it stands on the page once that is upright and level."""

    row: Row
    box: Box
    word_boxes: tuple[Box, ...]

    @property
    def text(self) -> str:
        return self.row.text

    @property
    def score(self) -> float:
        """The mean score of the words."""
        return sum(w.score for w in self.row.words) / max(len(self.row.words), 1)

    @property
    def height(self) -> float:
        """The height of its print: most words have an ascender or descender, few have both and a stacked mark."""
        return float(median(b.height for b in self.word_boxes)) if self.word_boxes else 1.0

    @property
    def middle(self) -> float:
        """How far down it stands: a word whose box took in a signature or the line below does not move the row."""
        return float(median(b.centre[1] for b in self.word_boxes)) if self.word_boxes else self.box.centre[1]

    def cut_to(self, first: int, last: int) -> Piece:
        """The words [first, last)."""
        row = replace(self.row, words=self.row.words[first:last], shape=None)
        return _piece(row, self.word_boxes[first:last])

    def cut(self, at: int) -> tuple[Piece, Piece]:
        """The first `at` words, and the rest; both must have words."""
        left, right = self.row.cut(at)
        return _piece(left, self.word_boxes[:at]), _piece(right, self.word_boxes[at:])


def _piece(row: Row, boxes: Sequence[Box]) -> Piece:
    return Piece(row, union(boxes) or Box(0, 0, 0, 0), tuple(boxes))


def upright(page: Page) -> Callable[[Box], Box]:
    """The map of boxes from the page as scanned to the page turned by its rotation and skew, about its middle."""
    angle = math.radians(page.rotation - page.skew)  # y runs down: a positive angle turns clockwise
    cos, sin = math.cos(angle), math.sin(angle)
    turned = page.rotation % 180 == 90
    old = page.width / 2, page.height / 2
    new = (old[1], old[0]) if turned else old

    def move(box: Box) -> Box:
        x, y = box.centre[0] - old[0], box.centre[1] - old[1]
        x, y = x * cos - y * sin + new[0], x * sin + y * cos + new[1]
        width, height = (box.height, box.width) if turned else (box.width, box.height)
        x0, y0 = round(x - width / 2), round(y - height / 2)
        return Box(x0, y0, x0 + width, y0 + height)

    return move


def pieces_of(rows: Iterable[Row], page: Page) -> list[Piece]:
    """The rows that have words with boxes, as pieces, words left to right."""
    move = upright(page)
    pieces = []
    for row in rows:
        pairs = sorted(((move(w.box), w) for w in row.words if w.box), key=lambda pair: pair[0].x0)
        if pairs:
            words = tuple(w for _, w in pairs)
            pieces.append(_piece(replace(row, words=words), [b for b, _ in pairs]))
    return pieces


def cut_at_gaps(piece: Piece, *, gap: float = GAP) -> list[Piece]:
    """The piece cut wherever the white between two words is wider than `gap` heights of print."""
    limit = gap * piece.height
    end = piece.word_boxes[0].x1
    for at in range(1, len(piece.word_boxes)):
        box, text = piece.word_boxes[at], piece.row.words[at].text
        if box.x0 - end > limit:
            left, right = piece.cut(at)
            return [left, *cut_at_gaps(right, gap=gap)]
        # A wide box without a letter is a misread stroke: white as far as columns go.
        hollow = box.width > 1.5 * piece.height and not any(c.isalnum() for c in text)
        end = end if hollow else box.x1
    return [piece]


def levels(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Pieces side by side grouped, groups from top to bottom, each from left to right."""
    groups: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        last = groups[-1] if groups else []
        if last and _level(last, piece):
            last.append(piece)
        else:
            groups.append([piece])
    return [sorted(group, key=lambda p: p.box.x0) for group in groups]


def _level(group: Sequence[Piece], piece: Piece) -> bool:
    middle = sum(p.middle for p in group) / len(group)
    apart = all(p.box.x1 <= piece.box.x0 + 8 or piece.box.x1 <= p.box.x0 + 8 for p in group)
    height = min(piece.height, median(p.height for p in group))
    return apart and piece.middle - middle < 0.55 * height


def joined(group: Sequence[Piece]) -> Piece:
    """Pieces on one level as one, left to right."""
    pairs = [pair for piece in group for pair in zip(piece.word_boxes, piece.row.words, strict=True)]
    pairs.sort(key=lambda pair: pair[0].x0)
    row = replace(group[0].row, words=tuple(w for _, w in pairs))
    return _piece(row, [b for b, _ in pairs])
