"""The head of a first page: banner above it, two columns, stamps between, type name and subject below.

Positions are those of Nghị định 30/2020/NĐ-CP, Phụ lục I, mục IV: national title and motto top right (ô 1), issuer
top left (ô 2), number and the subject of an official letter below it (ô 3, 5b), place and date below the motto
(ô 4), type name and subject across the page (ô 5a), urgency stamp left (ô 10b).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.layout import forms
from pipeline.layout.pieces import Piece, cut_at_gaps, joined, levels
from pipeline.layout.rows import Row
from pipeline.types import Zone

__all__ = ["Head", "find_head"]


@dataclass(frozen=True, slots=True)
class Head:
    """The rows of a head in reading order, and the pieces below it."""

    rows: tuple[Row, ...] = ()
    rest: tuple[Piece, ...] = field(default=())


def find_head(pieces: Sequence[Piece], *, width: int, height: int) -> Head | None:
    """The head of the page that is `width` x `height` pixels upright; None where the page has none."""
    small = [part for piece in pieces if piece.box.y0 < 0.45 * height for part in _parts(piece)]
    anchor = _anchor(small)
    if anchor is None:
        return None
    top = min((p.box.y0 for p in small if _same_level(p, anchor)), default=anchor.box.y0)
    split = anchor.box.x0 - 0.4 * anchor.height
    right = _right_column([p for p in small if p.box.centre[0] > split and p.box.y1 > top], width)
    bottom = max(p.box.y1 for p in (anchor, *right))
    end = _title_top(small, bottom) or _addressee_top(small, bottom) or bottom + 2 * anchor.height
    left = [p for p in small if p.box.centre[0] < split and top - 0.9 * anchor.height < p.box.centre[1]]
    left = _left_column([p for p in left if p not in right and p.box.centre[1] < end], bottom)
    above = [p for p in small if p.box.centre[1] < top - 0.5 * anchor.height and p not in (*left, *right)]
    return _head(pieces, left, right, above)


def _anchor(pieces: Sequence[Piece]) -> Piece | None:
    """The national title, or the motto where that is all that can be read.

    A signature's banner may name the state too, in smaller print.
    """
    found = [p for p in pieces if forms.likeness_right(p.text)]
    large = [p for p in found if p.height > 0.65 * max(q.height for q in found)]
    return min(large, key=lambda p: p.box.y0, default=None)


def _parts(piece: Piece) -> list[Piece]:
    """The piece cut at gaps, and where a fixed form of the right column or a type name begins."""
    out: list[Piece] = []
    for part in cut_at_gaps(piece):
        at = _form_start(part)
        out += part.cut(at) if at else (part,)
    return out


def _form_start(piece: Piece) -> int:
    """The word at which the national title, motto or a type name begins inside the piece; 0 where none does."""
    inner = range(1, len(piece.row.words))
    at = max(inner, key=lambda k: forms.likeness_right(piece.cut(k)[1].text), default=0)
    if at and forms.likeness_right(piece.cut(at)[1].text) > max(forms.likeness_right(piece.text), 85):
        return at
    return 0 if forms.is_type_name(piece.text) else forms.split_at(piece.row.words, forms.is_type_name) or 0


def _same_level(piece: Piece, anchor: Piece) -> bool:
    return abs(piece.box.centre[1] - anchor.box.centre[1]) < 0.8 * anchor.height


def _right_column(pieces: Sequence[Piece], width: int) -> list[Piece]:
    """The national title, the motto, and the place and date, which may be in pieces around handwriting."""
    column: list[Piece] = []
    for group in levels(pieces):
        line = joined(group)
        if forms.likeness_right(line.text) or forms.is_place_date(line.text):
            column += group
            if forms.is_place_date(line.text):
                break
        elif len(column) > 0 and line.box.width > 0.15 * width and forms.has_date(line.text):
            column += group
            break
    return column


def _title_top(pieces: Sequence[Piece], bottom: float) -> int | None:
    found = [p.box.y0 for p in pieces if p.box.y0 > bottom - p.height and forms.is_type_name(p.text)]
    return min(found, default=None)


def _addressee_top(pieces: Sequence[Piece], bottom: float) -> int | None:
    found = [p.box.y0 for p in pieces if p.box.y1 > bottom and forms.key(p.text).startswith("kinh gui")]
    return min(found, default=None)


def _left_column(pieces: Sequence[Piece], bottom: float) -> list[Piece]:
    """The issuer, the number, and under it the subject of a letter; ends at a wide gap below the number."""
    column: list[Piece] = []
    for group in levels(pieces):
        line = joined(group)
        last = column[-1] if column else None
        if last and line.box.y0 > bottom and line.box.y0 - last.box.y1 > 2.2 * last.height:
            break
        column += group
    return column


def _head(pieces: Sequence[Piece], left: list[Piece], right: list[Piece], above: list[Piece]) -> Head:
    taken = {word for p in (*left, *right, *above) for word in p.row.words}
    rest = [part for piece in pieces for part in _parts(piece) if not taken.issuperset(part.row.words)]
    rows = [_row(above_group, _above_zone(above_group)) for above_group in levels(above)]
    rows += [_row(group, _left_zone(joined(group))) for group in levels(left)]
    rows += [_row(group, "header_right") for group in levels(right)]
    return Head(tuple(rows), tuple(rest))


def _row(group: Sequence[Piece], zone: Zone) -> Row:
    return joined(group).row.to(zone)


def _above_zone(group: Sequence[Piece]) -> Zone:
    text = joined(group).text
    if forms.is_dirt(text):
        return "margin"
    return "page_number" if forms.is_page_number(text) else "banner"


def _left_zone(piece: Piece) -> Zone:
    if forms.is_urgency(piece.text):
        return "stamp"
    return "margin" if forms.is_dirt(piece.text) else "header_left"
