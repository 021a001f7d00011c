"""Two readings of one page made one: the better word of each pair, and what only one of them saw.

The recogniser's errors change with the picture it is shown, its right answers do not: where two pictures of one
page agree the word is nearly always right, and where they differ both readings are kept for restoration.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from pipeline.engines.tokens import Token
from pipeline.types import Box, union
from pipeline.vietnamese import is_syllable

__all__ = ["SURE", "doubles", "merge", "replaced"]

#: Overlap (intersection over union) from which two boxes are one word's.
SAME = 0.5
#: The share of a box that may be covered before it counts as seen already.
COVERED = 0.25
#: A line so many times higher than the page's median is two lines taken for one; beyond MOST it is a drawing.
DOUBLE, MOST = 1.6, 4.0
#: What a word must score to count as read: one that only a second reading saw is taken, one that has not is read again.
SURE = 0.5
#: The side of the squares, in pixels, by which boxes are looked up.
SQUARE = 128


def merge(first: Sequence[Token], second: Sequence[Token]) -> tuple[Token, ...]:
    """`first` improved by `second`, boxes in one coordinate system; lines keep their order, new ones come last."""
    near, seen = _index(second), _index(first)
    chosen = [_better(token, _match(token, near)) for token in first]
    new = (t for t in second if t.score >= SURE and any(c.isalnum() for c in t.text) and not _is_seen(t, seen))
    return (*chosen, *(replace(t, line=(-1 - len(first), *t.line)) for t in new))


def _index(tokens: Iterable[Token]) -> dict[tuple[int, int], list[Token]]:
    index: dict[tuple[int, int], list[Token]] = defaultdict(list)
    for token in tokens:
        for square in _squares(token.box):
            index[square].append(token)
    return index


def _squares(box: Box) -> Iterator[tuple[int, int]]:
    for x in range(box.x0 // SQUARE, box.x1 // SQUARE + 1):
        for y in range(box.y0 // SQUARE, box.y1 // SQUARE + 1):
            yield x, y


def _around(token: Token, index: dict[tuple[int, int], list[Token]]) -> list[Token]:
    return [other for square in _squares(token.box) for other in index.get(square, ())]


def _match(token: Token, index: dict[tuple[int, int], list[Token]]) -> Token | None:
    """The token of the other reading at the same place."""
    best = max(_around(token, index), key=lambda other: _overlap(token.box, other.box), default=None)
    return best if best and _overlap(token.box, best.box) >= SAME else None


def _overlap(one: Box, two: Box) -> float:
    common = one & two
    return common.area / (one.area + two.area - common.area) if common else 0.0


def _is_seen(token: Token, index: dict[tuple[int, int], list[Token]]) -> bool:
    common = (token.box & other.box for other in _around(token, index))
    return any(box is not None and box.area > COVERED * token.box.area for box in common)


def _better(one: Token, other: Token | None) -> Token:
    """The reading that scores more, an ill-formed one counting half; what it could be else stays as alternatives."""
    if other is None:
        return one
    best, rest = (other, one) if _weight(other) > _weight(one) else (one, other)
    known = dict(sorted((*rest.others, *best.others, (rest.text, rest.score)), key=lambda reading: reading[1]))
    known.pop(best.text, None)
    others = sorted(known.items(), key=lambda reading: -reading[1])
    return replace(one, text=best.text, score=max(best.score, one.score * (one.text == best.text)), others=(*others,))


def _weight(token: Token) -> float:
    letters = token.text.strip(".,;:!?()[]\"'“”‘’/-…")
    formed = not letters.isalpha() or letters.isupper() or is_syllable(letters)
    return token.score * (1.0 if formed else 0.5)


def doubles(tokens: Sequence[Token], *, most: int = 6) -> list[tuple[Box, list[Token]]]:
    """Lines with words so high that they hold two lines of print taken for one, and the boxes around them."""
    runs = [list(run) for _, run in groupby(tokens, key=lambda t: t.line)]
    usual = median([t.box.height for t in tokens if len(t.text) > 1] or [0])
    tall = [[t for t in run if len(t.text) > 1 and t.box.height >= DOUBLE * usual] for run in runs]
    boxed = [(union(t.box for t in run), run) for run, high in zip(runs, tall, strict=True) if len(high) > 1]
    return [(box, run) for box, run in boxed if box and box.height <= MOST * usual][:most]


def replaced(tokens: Sequence[Token], old: Sequence[Token], new: Sequence[Token]) -> tuple[Token, ...]:
    """`tokens` with `new` in place of the run `old`, where that is more than one line and scores better."""
    rest = [t for t in tokens if t.line != old[0].line]
    seen = _index(rest)
    new = [t for t in new if not _is_seen(t, seen)]  # the crop cuts through the lines above and below
    if len({t.line for t in new}) < 2 or _mean(new) < _mean(old):
        return tuple(tokens)
    at = tokens.index(old[0])
    return (*rest[:at], *(replace(t, line=(*old[0].line, *t.line)) for t in new), *rest[at:])


def _mean(tokens: Sequence[Token]) -> float:
    letters = sum(len(t.text) for t in tokens)
    return sum(t.score * len(t.text) for t in tokens) / max(letters, 1)
