"""Every time a document states, with its bounds, its rule and its role: one row an occurrence in print."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from datetime import date

from pipeline.edtf import bounds
from pipeline.extract.dategrammar import Time, times
from pipeline.extract.dateproof import proved
from pipeline.extract.passage import Passage, block_starts, passage_of
from pipeline.records import DateMention, DateRole, Decree
from pipeline.types import Found, Span

__all__ = ["extract_dates"]

#: The date of a cited document follows its code (`số 34-CT/TW ngày ...`) or the name of a law.
CITED = re.compile(
    r"(?:\d[\w.]*(?:/\d{4})?\s?[-/]\s?[A-ZĐ][\w&Đ/§-]*(?:\s?-\s?\w+)?|(?:Luật|Pháp lệnh"
    r"|Hiến pháp|Bộ luật)[^.;:\n]{0,90}),? $"
)
#: An annex names the document that it goes with: `(Kèm theo Quyết định số 5/QĐ-UBND ngày ...)`.
OWN = re.compile(r"(?i)(?:kèm theo|\(\W*ban hành k)[^()]*$")
#: A document's day of issue is the day it is signed (Nghị định 30/2020/NĐ-CP, Điều 9, khoản 4).
SIGNED = re.compile(r"(?i)(?:kể )?từ ngày (?:ký|ban hành)(?: ban hành)?$")
FULL = len("2021-03-18")
ANNIVERSARY = 5 * 365


def extract_dates(decree: Decree) -> Decree:
    """`decree` with its `dates`. Needs header (issued, subject) and sections."""
    passage = passage_of(decree.document, decree.document.span, block_starts(decree))
    found = proved(passage, list(times(passage, year=_context_year(decree))))
    starts = [s.span.start for s in decree.sections]
    covered = _covered(decree, passage, found)
    rows = [_mention(decree, passage, t, starts, covered) for t in found]
    issued = _issued(decree)
    rows = [row for row in rows if not _in_date_line(decree, row)]
    return replace(decree, dates=tuple(sorted((*issued, *rows), key=lambda r: r.text.span or Span(0, 0))))


def _context_year(decree: Decree) -> int | None:
    """The year that days without one lie in: the only year of the subject, else the year of issue."""
    subject = decree.header.subject.value if decree.header.subject else ""
    years = set(re.findall(r"(?i)năm (20\d\d)", subject))
    if len(years) == 1 and not re.search(r"20\d\d ?[-–] ?20\d\d", subject):
        return int(years.pop())
    issued = decree.header.issued.value if decree.header.issued else ""
    return int(issued[:4]) if issued[:4].isdigit() else None


def _covered(decree: Decree, passage: Passage, found: list[Time]) -> frozenset[tuple[object, object]]:
    """Bounds of the times in the subject line: what the document covers."""
    subject = decree.header.subject
    if subject is None or subject.span is None:
        return frozenset()
    inside = (t for t in found if _within(passage.span(t.start, t.end), subject.span))
    return frozenset((t.first, t.last) for t in inside)


def _within(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _mention(
    decree: Decree, passage: Passage, time: Time, starts: list[int], covered: frozenset[tuple[object, object]]
) -> DateMention:
    time = _own(decree, passage, time)
    text = passage.found(time.start, time.end, score=0.95 if time.sure else 0.3)
    at = bisect_right(starts, text.span.start) - 1 if text.span else -1
    section = at if at >= 0 and text.span and text.span.start < decree.sections[at].span.end else None
    if section is None or not decree.sections[section].path.startswith("PL"):  # what is attached has a day of its own
        time = _signed(decree, passage, time)
    return DateMention(
        text, time.kind, _role(decree, passage, time, covered), time.edtf, _iso(time.first), _iso(time.last),
        time.rrule, section,
    )  # fmt: skip


def _own(decree: Decree, passage: Passage, time: Time) -> Time:
    """The day that an annex gives its document, a doubt where the date line's cannot be read: a pen wrote both."""
    issued = decree.header.issued
    own = time.kind == "date" and issued and OWN.search(passage.text[max(0, time.start - 120) : time.start])
    if not own or not issued or (len(issued.value) == FULL and "X" not in issued.value):
        return time
    return replace(time, first=None, last=None, edtf=None, sure=False)


def _signed(decree: Decree, passage: Passage, time: Time) -> Time:
    """The range that begins on the day of issue, where that is known whole: `có hiệu lực kể từ ngày ký`."""
    issued = decree.header.issued
    first, last = bounds(issued.value) if issued else (None, None)
    if not first or first != last or not SIGNED.match(passage.text[time.start : time.end]):
        return time
    day = date.fromisoformat(first)
    return replace(time, kind="range", first=day, last=None, edtf=f"{day}/..")


def _iso(day: object) -> str | None:
    return None if day is None else str(day)


def _role(decree: Decree, passage: Passage, time: Time, covered: frozenset[tuple[object, object]]) -> DateRole:
    before = passage.text[max(0, time.start - 120) : time.start]
    issued = decree.header.issued
    if time.kind == "date" and issued and _iso(time.first) == issued.value and OWN.search(before):
        return "issued"
    if time.kind == "date" and CITED.search(before):
        return "reference"
    if time.first and time.last and (time.last - time.first).days > ANNIVERSARY and time.kind == "range":
        return "event"
    return "period" if (time.first, time.last) in covered else "other"


def _issued(decree: Decree) -> tuple[DateMention, ...]:
    """The date line takes what the header made of it, uncertain digits included."""
    issued = decree.header.issued
    if issued is None or issued.span is None:
        return ()
    first, last = bounds(issued.value)
    text = Found(decree.document.text(issued.span), issued.span, issued.score)
    return (DateMention(text, "date", "issued", issued.value, first, last),)


def _in_date_line(decree: Decree, row: DateMention) -> bool:
    """Whether the row is of the header's date line, which only the header may read: its digits are often ink."""
    doc, span, issued = decree.document, row.text.span, decree.header.issued
    if span is None or row.section is not None:
        return False
    if issued and issued.span and max(issued.span.start, span.start) < min(issued.span.end, span.end):
        return True
    return doc.lines[doc.words[span.start].line].zone == "header_right"
