"""Wording that every paper's head carries, recognised however badly it was read.

The national title and motto are prescribed word by word (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from rapidfuzz import fuzz

from pipeline.restore.units import Unit, cased, units
from pipeline.vietnamese import bare

__all__ = ["FORMS", "Formed", "forms"]

FORMS = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập Tự do Hạnh phúc",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
)
#: How alike, of 100, the bare letters must be; lines of the page's head that are looked at.
ALIKE, HEAD = 74, 12


class Formed(NamedTuple):
    """A unit of line `line`, token `token` that belongs to a prescribed form, and what it must read."""

    line: int
    token: int
    unit: Unit
    text: str


def forms(lines: Sequence[Sequence[str]]) -> Iterator[Formed]:
    """The units of the head's lines that belong to a prescribed form."""
    filled = [number for number, line in enumerate(lines) if line][:HEAD]
    for number in filled:
        found = [(k, u) for k, token in enumerate(lines[number]) for u in units(token) if u.kind != "number"]
        for form in FORMS:
            yield from _matched(number, found, form.split())


def _matched(number: int, found: Sequence[tuple[int, Unit]], words: Sequence[str]) -> Iterator[Formed]:
    """The likeliest run of units for a form, where it is alike enough and in the form's own case."""
    size = len(words)
    wanted = bare(" ".join(words)).lower()
    runs = [found[i : i + size] for i in range(len(found) - size + 1)]
    rated = [(fuzz.ratio(wanted, bare(" ".join(u.text for _, u in run)).lower()), i) for i, run in enumerate(runs)]
    if not rated or max(rated)[0] < ALIKE:
        return
    run = runs[max(rated)[1]]
    if (
        words[0].isupper() != cased("aa", run[0][1].text).isupper()
        or words[0][0].isupper() > run[0][1].text[0].isupper()
    ):
        return
    for (token, unit), word in zip(run, words, strict=True):
        yield Formed(number, token, unit, word)
