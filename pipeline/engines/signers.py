"""What was read around seals at a closer look, put among a page's tokens: lines of positions and names.

The first look at a page often takes the foot's right column for a picture, or reads the seal into it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from pipeline.engines.merge import merge
from pipeline.engines.tokens import Token
from pipeline.types import Box

__all__ = ["relined"]

#: White so many times as high as a line parts it from what stands beside it.
GAP = 1.5
#: By how much a first reading must score more to be taken rather than the closer one.
CLOSER = 0.15
#: What a line read at a closer look must score in the mean, and how many letters it must have.
SURE, LETTERS = 0.6, 4


def relined(tokens: Sequence[Token], closer: Sequence[Token], *, left: int) -> tuple[Token, ...]:
    """`tokens` with each good line of `closer` in place of what was read there before, where that is no better.

    Boxes are in one coordinate system. What both read alike stays; other readings are kept as alternatives. Lines
    that begin left of `left` are of another column, and cut.
    """
    out = tuple(tokens)
    for piece in _pieces(closer):
        line = _trimmed(piece) if piece[0].box.x0 >= left else ()
        if line and _is_good(line):
            out = _with_line(out, line, _band(line))
    return out


def _band(line: Sequence[Token]) -> Box:
    """The box of the line's print: a sign that reaches into the line above does not count."""
    low, high = (round(median(v)) for v in ([t.box.y0 for t in line], [t.box.y1 for t in line]))
    return Box(min(t.box.x0 for t in line), low, max(t.box.x1 for t in line), high)


def _pieces(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The lines of the tokens, cut at wide gaps."""
    for _, run in groupby(tokens, key=lambda t: t.line):
        piece: list[Token] = []
        for token in sorted(run, key=lambda t: t.box.x0):
            if piece and token.box.x0 - piece[-1].box.x1 > GAP * token.box.height:
                yield piece
                piece = []
            piece.append(token)
        yield piece


def _with_line(tokens: tuple[Token, ...], line: Sequence[Token], box: Box) -> tuple[Token, ...]:
    inside = [t for t in tokens if box.holds(t.box)]
    if _worth(inside) > _worth(line):
        return tokens
    better = merge(line, [replace(t, score=max(t.score - CLOSER, 0.0)) for t in inside])[: len(line)]
    fresh = (-1 - len(tokens), line[0].box.x0, *line[0].line)
    taken = {id(t) for t in inside}
    rest = (t for t in tokens if id(t) not in taken)
    return (*rest, *(Token(t.text, t.box, t.score, fresh, t.others) for t in better))


def _trimmed(line: Sequence[Token]) -> Sequence[Token]:
    """The line without strokes of the pen before and behind it."""
    solid = [n for n, t in enumerate(line) if sum(c.isalpha() for c in t.text) > 1 and t.score > 0.3]
    return line[solid[0] : solid[-1] + 1] if solid else ()


def _is_good(line: Sequence[Token]) -> bool:
    letters = sum(c.isalpha() for t in line for c in t.text)
    return letters >= LETTERS and _worth(line) >= SURE * sum(len(t.text) for t in line)


def _worth(tokens: Sequence[Token]) -> float:
    return sum(t.score * len(t.text) for t in tokens if any(c.isalnum() for c in t.text))
