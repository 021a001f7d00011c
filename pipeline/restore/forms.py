"""Wording that every paper's head and foot carry, recognised however badly it was read.

The national title and motto are prescribed word by word (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.1); so is the
position of who signs, in capitals on a line of its own (mục II.7).
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
POSITIONS = (
    "CHỦ TỊCH", "PHÓ CHỦ TỊCH", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "THỦ TƯỚNG", "PHÓ THỦ TƯỚNG",
    "CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "CỤC TRƯỞNG", "CHI CỤC TRƯỞNG",
    "TỔNG CỤC TRƯỞNG", "VIỆN TRƯỞNG", "HIỆU TRƯỞNG", "BÍ THƯ", "PHÓ BÍ THƯ", "CHÁNH THANH TRA", "TRƯỞNG BAN",
)  # fmt: skip
#: How alike, of 100, the bare letters must be; lines of the page's head that are looked at.
ALIKE, HEAD = 74, 12
#: How alike a whole line must be to a position: it has few letters, and another position may be near.
ALIKE_POSITION = 80


class Formed(NamedTuple):
    """A unit of line `line`, token `token` that belongs to a prescribed form, and what it must read."""

    line: int
    token: int
    unit: Unit
    text: str


def forms(lines: Sequence[Sequence[str]]) -> Iterator[Formed]:
    """The units of the head's lines, and of lines that name a position, that belong to a prescribed form.

    Units that read as they must are among them: no other reading of theirs is to be looked for.
    """
    filled = [number for number, line in enumerate(lines) if line]
    for number in filled[:HEAD]:
        found = [(k, u) for k, token in enumerate(lines[number]) for u in units(token) if u.kind != "number"]
        for form in FORMS:
            yield from _matched(number, found, form.split())
    for number in filled[HEAD:]:
        yield from _position(number, lines[number])


def _position(number: int, line: Sequence[str]) -> Iterator[Formed]:
    """The units of a line that is a position in capitals and nothing else, some capitals misread: `CHfJ TICH`.

    Where all letters are capitals the wording decides, not likeness: `CHU TRI` is near `CHỦ TỊCH` and is not it.
    """
    found = [(k, u) for k, token in enumerate(line) for u in units(token)]
    text = " ".join(u.text for _, u in found)
    if len(found) not in (2, 3, 4) or cased("aa", text) != "AA" or text.isupper():
        return
    wanted = [form for form in POSITIONS if len(form.split()) == len(found)]
    form = max(wanted, key=lambda form: fuzz.ratio(bare(form), bare(text).upper()))
    if fuzz.ratio(bare(form), bare(text).upper()) >= ALIKE_POSITION:
        for (token, unit), word in zip(found, form.split(), strict=True):
            yield Formed(number, token, unit, word)


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
