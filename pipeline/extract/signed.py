"""What digital signatures prove of the day of issue: a paper is numbered and dated before its office signs the scan.

Nghị định 30/2020/NĐ-CP, Điều 18-19: the office's signature is put on the dated and numbered paper at the latest on
the next working day. The day itself is proven only where a doubtful reading of the pen says the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from pipeline.edtf import bounds
from pipeline.records import Decree
from pipeline.types import Document, Edit, Found, Span, Word

__all__ = ["narrowed", "proven", "signing_days"]

#: The engine's name on words taken from a signature, and the stage's on words that one bore witness to.
SIGNATURE = "signature"
#: A leader may sign so many days before his office dates the paper.
SLACK = timedelta(days=3)
#: A printed date so many days after the last signature is another's signature, not a misread date.
APART = timedelta(days=15)
LAST = 31
#: How sure a day is that a doubtful reading and a signature agree on, and one that signatures alone narrow.
AGREED, NARROWED = 0.85, 0.7


def proven(decree: Decree) -> Decree:
    """`decree` with its day of issue as far as signatures prove it; the words they bear witness to tell so."""
    issued = decree.header.issued
    days = signing_days(decree.document)
    if issued is None or issued.span is None or not days:
        return decree
    read = next((day for day in days if _agrees(decree.document, issued, day)), None)
    value = read or narrowed(issued.value, days[-1])
    if value == issued.value:
        return decree
    score = AGREED if read else NARROWED
    header = replace(decree.header, issued=Found(value, issued.span, score) if value else None)
    return replace(decree, header=header, document=_witnessed(decree.document, issued.span, score))


def signing_days(doc: Document) -> tuple[str, ...]:
    """The days of the document's digital signatures, ISO 8601, in order."""
    times = (r.text for w in doc.words for r in w.readings if r.engine == SIGNATURE)
    return tuple(sorted({time[:10] for time in times}))


def narrowed(value: str, last: str) -> str | None:
    """What is left of an uncertain day of issue (EDTF) when the last signature was made on the day `last`.

    What cannot be, a month or day long after it, was misread and is open; None where even the year cannot be.
    """
    limit = date.fromisoformat(last)
    first, end = bounds(value)
    if first is None or end is None:
        return value
    if date.fromisoformat(first) > limit + APART:
        return next((part for part in (value[:7], value[:4]) if (bounds(part)[0] or "9") <= last), None)
    final = min(date.fromisoformat(end), limit + SLACK)
    if first == end or final.isoformat() >= end or final.isoformat()[:7] != first[:7]:
        return value
    return f"{first[:8]}{first[8]}X" if first[8] == final.isoformat()[8] else first[:7]


def _agrees(doc: Document, issued: Found[str], day: str) -> bool:
    """Whether the month is sure and the doubtful readings of the day, in the words of `issued`, are `day`: where one
    of them is another day, a paper of that day may have been signed later."""
    if len(issued.value) != 7 or issued.value != day[:7] or issued.span is None:
        return False
    read = {int(text) for text in _days(doc.words[issued.span.start : issued.span.end])}
    return {n for n in read if 1 <= n <= LAST} == {int(day[8:])}


def _days(words: tuple[Word, ...]) -> Iterator[str]:
    """The readings of what stands between `ngày` and `tháng` that are one or two figures."""
    for word in words:
        texts = [word.text, *(r.text for r in word.readings)]
        if any(re.match(r"th\S{1,2}g", text, re.IGNORECASE) for text in texts):
            return
        for text in texts:
            match = re.fullmatch(r"(?:ng\S{1,3}?)?(\d{1,2})", text)
            if match:
                yield match[1]


def _witnessed(doc: Document, span: Span, score: float) -> Document:
    """The document, signatures named in the history of the words in `span`."""
    told = tuple(replace(w, edits=(*w.edits, Edit(w.text, SIGNATURE, score))) for w in doc.words[span.start : span.end])
    return replace(doc, words=(*doc.words[: span.start], *told, *doc.words[span.end :]))
