"""Days of cited documents, proved by what else the document says of them.

A cited document has one date, however often it is cited, and the year of a legal text stands in its code, too
(Nghị định 30/2020/NĐ-CP, Điều 8: numbered within the year). So a misread day is put right where the same code or
law is dated readably elsewhere and no more than one digit differs; a day outside its code's year is a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from pipeline.extract.dategrammar import Time
from pipeline.extract.passage import Passage
from pipeline.vietnamese import fold

__all__ = ["proved"]

#: What a date belongs to: a code, else a law's title, right before it.
CODE = re.compile(r"(?<![\w/.])\d{1,6}[a-z]?(?:/(?P<year>(?:19|20)\d\d))?\s?[-/]\s?[A-ZĐ][\w&Đ/-]*(?:\s?-\s?\w+)?,? $")
AMENDING = re.compile(r"(?i:sửa đổi)[^.;\n\d]{5,160},? $")
LAW = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh) (?:(?!Luật |luật )[^.;:,\n\d]){6,90},? $")
#: Strokes that readers take for letters where digits are printed.
STROKES = str.maketrans("lI|]!iOoØ", "111111000")


def proved(passage: Passage, found: Sequence[Time]) -> list[Time]:
    """The times, those of cited documents put right, or into doubt, by the others."""
    cited = [_cited(passage, time) for time in found]
    known: dict[str, set[date]] = {}
    for time, (key, year) in zip(found, cited, strict=True):
        if key and time.first and time.first.year == (year or time.first.year):
            known.setdefault(key, set()).add(time.first)
    return [
        _settled(passage, time, known.get(key, set()), year) for time, (key, year) in zip(found, cited, strict=True)
    ]


def _cited(passage: Passage, time: Time) -> tuple[str, int | None]:
    """What the day belongs to, and the year that its code names; an empty key where it belongs to nothing."""
    before = passage.text[max(0, time.start - 180) : time.start]
    match = next((m for p in (CODE, AMENDING, LAW) if (m := p.search(before))), None) if time.kind == "date" else None
    year = match.groupdict().get("year") if match else None
    return re.sub(r"\W", "", fold(match[0])) if match else "", int(year) if year else None


def _settled(passage: Passage, time: Time, known: set[date], year: int | None) -> Time:
    odd = time.first is not None and time.first.year != (year or time.first.year)
    if time.kind != "date" or (time.first and not odd):
        return time
    witness = next(iter(known)) if len(known) == 1 else None
    if witness and _near(passage.text[time.start : time.end], witness):
        return replace(time, first=witness, last=witness, edtf=witness.isoformat())
    return replace(time, first=None, last=None, edtf=None, sure=False) if odd else time


def _near(read: str, day: date) -> bool:
    """Whether what was read is `day` but for strokes taken for letters and at most one digit."""
    numbers = re.findall(r"\d+", re.sub(r"(?i)ngày|tháng|năm", " ", read).translate(STROKES))
    printed = f"{day.day:02} {day.month:02} {day.year}"
    said = " ".join(n.zfill(2) for n in numbers)
    if len(numbers) == 2 and printed.startswith(f"{said} "):
        return True  # the year alone was not read
    return len(said) == len(printed) and sum(a != b for a, b in zip(said, printed, strict=True)) <= 1
