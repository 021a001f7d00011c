"""Bullets and numbers before lines, read again where the recogniser passed them over."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.engines.tokens import Token
from pipeline.types import Box, union

if TYPE_CHECKING:
    from pipeline.imaging.raster import Raster

__all__ = ["MARK", "with_marks"]

#: `-`, `+`, `•`, `1.`, `2.1.`, `IV.`, `a)`, `(1)`.
MARK = re.compile(r"[-–+*•]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[a-zđ])[.):/]\)?")
#: Signs that are the rest of a mark whose figure was passed over.
RESTS = frozenset((".", ")", ":", "/", ",", "_"))
#: How sure a dash is by its shape, and how sure a mark must be read.
SHAPE, SURE = 0.85, 0.5
#: So many words of a line are shown with its mark; so many marks of a page are looked for.
SHOWN, MOST = 3, 60


def with_marks(raster: Raster, tokens: Sequence[Token], read: Callable[[Box], Sequence[Token]]) -> tuple[Token, ...]:
    """`tokens` with the marks before their lines that were passed over; `read` reads a box of the picture as a line."""
    from pipeline.imaging.hanging import hanging

    runs = [list(run) for _, run in groupby(tokens, key=lambda token: token.line)]
    bodies = [run[1:] if run[0].text in RESTS and len(run) > 1 else run for run in runs]
    marks = {mark.line: mark for mark in hanging(raster, [[t.box for t in body] for body in bodies])[:MOST]}
    out: list[Token] = []
    for n, (run, body) in enumerate(zip(runs, bodies, strict=True)):
        mark = marks.get(n)
        if mark and mark.is_dash:
            out += [Token("-", mark.box, SHAPE, body[0].line), *body]
        elif mark:
            box = union((mark.box, *(token.box for token in body[:SHOWN]))) or mark.box
            found = _before(read(box), body[0])
            out += [replace(found, line=body[0].line), *body] if found else run
        else:
            out += run
    return tuple(out)


def _before(tokens: Sequence[Token], first: Token) -> Token | None:
    """The mark among the tokens that end before `first` begins, where there is nothing else."""
    ahead = [token for token in tokens if token.box.x1 <= first.box.x0 + first.box.height // 4]
    if len(ahead) == 1 and ahead[0].score >= SURE and MARK.fullmatch(ahead[0].text):
        return ahead[0]
    return None
