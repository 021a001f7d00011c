"""Marks behind a word that an engine was not sure of, and that what follows proves.

A stop in the middle of a sentence is a comma; what says by whose authority someone signs ends in a stop (`KT.`, `TM.`:
Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from pipeline.restore.confidence import Read
from pipeline.restore.guards import LABEL
from pipeline.vietnamese import is_syllable

__all__ = ["Point", "points"]

#: How near an engine's other reading, the same but for the mark, must come: what a prescribed form proves needs none.
NEAR = {",": 0.4, ".": 1.0}
#: The share of its longest neighbour's letters that a line has where its wording goes on in the next.
FULL = 0.8
AUTHORITIES = ("TM", "KT", "TL", "TUQ", "Q")


class Point(NamedTuple):
    """The mark that must end token `token` of line `line`."""

    line: int
    token: int
    mark: str


def points(lines: Sequence[Sequence[str]], reads: Mapping[tuple[int, int], Read]) -> Iterator[Point]:
    """The marks that what follows proves wrong, among those that an engine read the right way too."""
    sizes = [sum(map(len, line)) for line in lines]
    for number, line in enumerate(lines):
        full = sizes[number] >= FULL * max(sizes[max(number - 1, 0) : number + 2])
        after = lines[number + 1][:1] if full and number + 1 < len(lines) else ()
        for place, (token, following) in enumerate(zip(line, [*line[1:], *after], strict=False)):
            mark = _stop(token, following) if place == 0 else ""
            mark = mark or _comma(token, following)
            if mark and _is_read(token[:-1] + mark, reads.get((number, place))):
                yield Point(number, place, mark)


def _stop(token: str, following: str) -> str:
    return "." if token[:-1] in AUTHORITIES and token[-1] in ",;:" and following.isupper() else ""


def _comma(token: str, following: str) -> str:
    """A comma where a small letter follows a word and its stop."""
    stopped = token.endswith(".") and len(token) > 2 and is_syllable(token[:-1])
    return "," if stopped and following[0].islower() and not LABEL.match(following) else ""


def _is_read(text: str, read: Read | None) -> bool:
    if read is None:
        return False
    return any(other == text and read.score - score < NEAR[text[-1]] for other, score in read.others)
