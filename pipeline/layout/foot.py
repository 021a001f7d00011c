"""The foot of a document: recipients left, authority, position and name of the signer right.

Nghị định 30/2020/NĐ-CP, Phụ lục I: ô 7a (authority, position), 7b (name), 9b (`Nơi nhận`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.layout import forms
from pipeline.layout.body import UNREAD
from pipeline.layout.pieces import Piece, cut_at_gaps, joined, levels
from pipeline.layout.rows import Row, core, trimmed
from pipeline.types import Box, Zone
from pipeline.vietnamese import is_syllable

__all__ = ["Foot", "find_foot"]


@dataclass(frozen=True, slots=True)
class Foot:
    """The rows of a foot in reading order, and the pieces of the page that are not in it."""

    rows: tuple[Row, ...]
    rest: tuple[Piece, ...]


def find_foot(pieces: Sequence[Piece], column: Box, seals: Sequence[Box], *, goes_on: bool) -> Foot | None:
    """The foot on this page, None where it has none. `column` is the body's column, `seals` are upright boxes.

    `goes_on`: the page before ended inside the foot, so that this one may begin with the rest of it.
    """
    parts = [part for piece in pieces for part in _parts(piece)]
    top = _foot_top(parts, column)
    if top is None and goes_on and _continues(parts):
        top = min(p.box.y0 for p in parts) - 1
    if top is None:
        return None
    end = _annex_top(parts, top)
    inside = [p for p in parts if top <= p.box.centre[1] < end]
    split = _split(inside, column)
    left = [p for p in inside if p.box.centre[0] < split]
    right = [p for p in inside if p.box.centre[0] >= split]
    rows = [_row(group, _left_zone(joined(group))) for group in levels(left)]
    rows += [row for group in levels(right) for row in _right_rows(joined(group), seals)]
    words = {word for p in inside for word in p.row.words}
    return Foot(tuple(rows), tuple(p for p in parts if not words.issuperset(p.row.words)))


def _parts(piece: Piece) -> list[Piece]:
    """The piece cut at gaps, and where authority or position begins right of the recipients."""
    out: list[Piece] = []
    for part in cut_at_gaps(piece):
        at = forms.split_at(part.row.words, lambda text: forms.is_authority(text) or forms.is_position(text), first=1)
        if at and not _signs(part):
            out += part.cut(at)
        else:
            out.append(part)
    return out


def _signs(piece: Piece) -> bool:
    return forms.is_authority(piece.text) or forms.is_position(piece.text)


def _foot_top(parts: Sequence[Piece], column: Box) -> float | None:
    """The top of `Nơi nhận` or, if higher or alone, of the signer's authority and position."""
    middle = column.x0 + 0.45 * column.width
    recipients = [p for p in parts if forms.is_recipients(p.text) and p.box.x0 < column.x0 + 0.3 * column.width]
    signing = [p for p in parts if _signs(p) and p.box.centre[0] > middle and _stands_apart(p, parts)]
    if not recipients:
        if not signing or not _below_text(signing[0], parts):
            return None
        return min(p.box.y0 for p in signing) - 1
    top = recipients[-1].box.y0
    near = [p.box.y0 for p in signing if abs(p.box.y0 - top) < 6 * recipients[-1].height]
    return min([top, *near]) - 0.3 * recipients[-1].height


def _stands_apart(piece: Piece, parts: Sequence[Piece]) -> bool:
    """Whether nothing but the left column stands on its level: a line of the body is no position."""
    return all(
        p is piece or p.box.x1 < piece.box.x0 - piece.height
        for p in parts
        if abs(p.box.centre[1] - piece.box.centre[1]) < 0.5 * piece.height
    )


def _below_text(piece: Piece, parts: Sequence[Piece]) -> bool:
    """Whether no line of the body follows: at most the signer's name, a page number, dirt, and recipients beside."""
    reach = piece.box.centre[0]
    below = [
        p for p in parts if p.box.y0 > piece.box.y1 and p.box.x1 > reach and p.score > 0.5 and len(p.row.words) > 6
    ]
    return len(below) < 3


def _continues(parts: Sequence[Piece]) -> bool:
    first = [p for p in sorted(parts, key=lambda p: p.box.y0) if not forms.is_page_number(p.text)]
    return bool(first) and (first[0].text.startswith("-") or forms.is_name(first[0].text))


def _annex_top(parts: Sequence[Piece], top: float) -> float:
    found = [p.box.y0 for p in parts if p.box.y0 > top and forms.is_annex(p.text)]
    return min(found, default=float("inf"))


def _split(parts: Sequence[Piece], column: Box) -> float:
    """Where the right column begins."""
    signing = [p.box.x0 for p in parts if _signs(p)]
    middle = column.x0 + 0.42 * column.width
    if not signing:
        return middle
    # The lines of the column are centred on one another: the next may begin well before the first.
    names = [p.box.x0 for p in parts if forms.is_name(p.text) and p.box.x0 > middle]
    return max(min(signing + names) - 0.08 * column.width, middle)


def _row(group: Sequence[Piece], zone: Zone) -> Row:
    return joined(group).row.to(zone)


def _left_zone(piece: Piece) -> Zone:
    if forms.is_page_number(piece.text):
        return "page_number"
    return "margin" if forms.is_dirt(piece.text) or piece.score < UNREAD else "foot_left"


def _right_rows(piece: Piece, seals: Sequence[Box]) -> Iterator[Row]:
    """The row in its zone, specks before and behind it as margin; what a seal or pen is read as before it apart."""
    at = forms.split_at(piece.row.words, lambda text: forms.is_authority(text) or forms.is_position(text), first=1)
    if at and not _signs(piece):
        before, piece = piece.cut(at)
        yield before.row.to(_right_zone(before, seals))
    first, last = core(piece.row)
    yield from trimmed(piece.row, _right_zone(piece.cut_to(first, last), seals))


def _right_zone(piece: Piece, seals: Sequence[Box]) -> Zone:
    """Text, or what signatures and seals are misread as."""
    if _signs(piece) or forms.is_name(piece.text):
        return "foot_right"
    if forms.is_page_number(piece.text):
        return "page_number"
    words = [w for w in piece.row.words if sum(c.isalpha() for c in w.text) > 1]
    good = [w for w in words if is_syllable(w.text.strip(".,;:()\"'")) and w.score > 0.3]
    if len(good) >= 2 and len(good) >= 0.6 * len(piece.row.words) and piece.score > 0.5:
        return "foot_right"
    return "seal" if any(piece.box & seal for seal in seals) else "signature"
