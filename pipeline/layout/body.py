"""What stands between head and foot: title, lines of the body, page numbers, dirt, short columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.layout import forms
from pipeline.layout.pieces import Piece, cut_at_gaps, joined
from pipeline.layout.rows import Row
from pipeline.types import Box, Word
from pipeline.vietnamese import is_syllable

__all__ = ["UNREAD", "Lines", "body_rows", "text_column", "title_length"]

Lines = list[list[Piece]]
#: A wide gap, in heights of print, that makes two columns of one level even in the body.
COLUMN_GAP = 4.0
#: A title's line pitch, in heights of print, after which something else begins.
TITLE_GAP = 1.35
#: The score from which a lone sign beside the column is print: a bullet that hangs out, the numeral of `Phụ lục I`.
SURE = 0.6
#: A line that is less sure as a whole was not read.
UNREAD = 0.1
MARKERS = frozenset("*•")
#: A line of words so much higher than wide is the edge of another sheet, or runs up the margin.
UPRIGHT = 3


def text_column(pieces: Sequence[Piece], width: int) -> Box:
    """The column that the lines of the body fill."""
    wide = [p.box for p in pieces if p.box.width > 0.5 * width]
    if not wide:
        return Box(round(0.12 * width), 0, round(0.92 * width), 1)
    lefts, rights = sorted(b.x0 for b in wide), sorted(b.x1 for b in wide)
    return Box(lefts[len(lefts) // 4], 0, rights[(3 * len(rights)) // 4], 1)


# --- title -----------------------------------------------------------------------------------------------------------
def title_length(lines: Lines, column: Box) -> tuple[int, int]:
    """Which of the lines are type name and subject: [start, end); (0, 0) where there is no type name."""
    whole = [joined(group) for group in lines]
    start = next((n for n, p in enumerate(whole[:6]) if forms.is_type_name(p.text)), None)
    if start is None:
        return 0, 0
    end = start + 1
    while end < len(whole) and end - start <= 8 and _goes_on(whole[start:end], whole[end], column):
        end += 1
    return start, end


def _goes_on(title: Sequence[Piece], line: Piece, column: Box) -> bool:
    """Whether `line` is one more line of the subject: centred, close, and no opening of the body."""
    last = title[-1]
    near = line.box.y0 - last.box.y1 < TITLE_GAP * last.height * (1.6 if len(title) == 1 else 1.0)
    left, right = line.box.x0 - column.x0, column.x1 - line.box.x1
    centred = abs(left - right) < 0.08 * column.width and left > -0.02 * column.width
    shouted = len(title) > 1 and forms.is_capital(line.text) and not forms.is_capital(title[1].text)
    opens = forms.opens_body(line.text) and len(title) > 1 and left < 0.1 * column.width
    return near and centred and not shouted and not opens


# --- body ------------------------------------------------------------------------------------------------------------
def body_rows(lines: Lines, column: Box, *, height: int) -> Iterator[Row]:
    """The lines' rows in reading order; short columns side by side are read one after the other."""
    at = 0
    while at < len(lines):
        block = _columns(lines[at:])
        if block:
            left = [group[0] for group in lines[at : at + block]]
            right = [joined(group[1:]) for group in lines[at : at + block] if len(group) > 1]
            for piece in (*left, *right):
                yield from _zoned(piece, column, height)
            at += block
        else:
            yield from _zoned(joined(lines[at]), column, height)
            at += 1


def _columns(lines: Lines) -> int:
    """How many of the first lines stand in two columns: wide gaps, one below the other."""
    count = 0
    for group in lines:
        parts = [part for piece in group for part in cut_at_gaps(piece, gap=COLUMN_GAP)]
        gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(parts)]
        solid = all(p.score > 0.5 and not forms.is_dirt(p.text) for p in parts)
        if len(parts) != 2 or not solid or gaps[0] < COLUMN_GAP * parts[0].height:
            break
        group[:] = parts
        count += 1
    return count


def _zoned(piece: Piece, column: Box, height: int) -> Iterator[Row]:
    """The row in its zone, specks at its ends apart as margin."""
    outer = piece.box.y0 < 0.1 * height or piece.box.y1 > 0.9 * height or _is_middle(piece, column)
    running = forms.is_gazette_head(piece.text) and piece.box.y0 < 0.12 * height
    if running or (forms.is_page_number(piece.text) and outer):
        yield piece.row.to("page_number")
    elif forms.is_banner(piece.text):
        yield piece.row.to("banner")
    elif _is_dirt(piece, column):
        yield piece.row.to("margin")
    else:
        first, last = _trim(piece, column)
        yield piece.row.cut(first)[0].to("margin")
        yield piece.row.cut(first)[1].cut(last - first)[0]
        yield piece.row.cut(last)[1].to("margin")


def _is_middle(piece: Piece, column: Box) -> bool:
    return abs(piece.box.centre[0] - column.centre[0]) < 0.06 * column.width


def _is_dirt(piece: Piece, column: Box) -> bool:
    """Whether a whole line is scanner dirt or scribble: no word in it, or outside the text and unlike words."""
    if forms.is_dirt(piece.text) or (len(piece.word_boxes) > 1 and piece.box.height > UPRIGHT * piece.box.width):
        return True
    if piece.score < UNREAD:
        return True
    outside = piece.box.centre[0] < column.x0 or piece.box.centre[0] > column.x1
    return not any(_reads(w.text) for w in piece.row.words) and (piece.score < 0.45 or outside)


def _reads(text: str) -> bool:
    bare = text.strip(".,;:()[]\"'“”-/")
    return (len(bare) > 1 and is_syllable(bare)) or any(c.isdigit() for c in bare)


def _trim(piece: Piece, column: Box) -> tuple[int, int]:
    """The words [first, last) of the line without specks far out at its ends."""
    words, boxes = piece.row.words, piece.word_boxes
    first, last = 0, len(words)
    slack = 0.03 * column.width
    while last - first > 1 and _is_speck(words[last - 1]):
        gap = (boxes[last - 1].x0 - boxes[last - 2].x1) / piece.height
        beyond = boxes[last - 1].x0 > column.x1 + slack
        if gap < (0.6 if beyond else 1.5) and not (beyond and words[last - 1].score < SURE):
            break
        last -= 1
    while last - first > 1 and _is_speck(words[first]) and boxes[first].x1 < column.x0 - slack / 3:
        if words[first].text in MARKERS and words[first].score >= SURE:
            break
        first += 1
    return first, last


def _is_speck(word: Word) -> bool:
    return sum(c.isalnum() for c in word.text) <= 1 and word.text not in ("./.", "-", "+")
