"""Stamps put on the paper after printing: the receiver's `ĐẾN`, copies, degrees of urgency and secrecy.

An incoming stamp has blanks filled by pen: its number and date are taken only where every digit is plain.
Sources: Công văn 425/VTLTNN-NVTW of 2005 (the incoming stamp); Nghị định 30/2020/NĐ-CP, Điều 22 and Phụ lục I.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.edtf import bounds
from pipeline.extract.bodies import canonical_name
from pipeline.extract.degrees import degree_of, degrees
from pipeline.extract.gazetteer import table
from pipeline.extract.lines import printed_lines
from pipeline.extract.shape import is_capital
from pipeline.extract.strewn import marginal
from pipeline.records import Decree, Stamp
from pipeline.types import Box, Document, union
from pipeline.vietnamese import fold, legibility

__all__ = ["extract_stamps"]

#: Digits in a stamp under this score are taken for a pen's.
SURE = 0.9
INCOMING = re.compile(r"\b(cong van )?d?[pb]?en\b|\bcong van den\b|\bcv den\b")
COPY = re.compile(r"\b(sao y( ban chinh)?|sao luc|trich sao|ban sao|dung voi ban chinh)\b")
NUMBER = re.compile(r"s\S{0,2}\s?[:.]\s?\.*\s?(?P<number>\d{1,6})\s?\.*\s*$", re.IGNORECASE)
DATE = re.compile(
    r"ng\S{1,3}\s?[:.]?\s?\.*\s?(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})\s?[/.-]\s?(?P<year>(?:20)?\d{2})\b"
    r"|ng\S{1,3}\s?\.*\s?(?P<day2>\d{1,2})\.*\s?th\S{2,3}\s?\.*(?P<month2>\d{1,2})\.*\s?n\Sm\s?\.*(?P<year2>20\d\d)",
    re.IGNORECASE,
)
#: The words of an incoming stamp's blanks, where it was read in one with the text under it.
BLANKS = re.compile(r"\b(so|ngay|chuyen)\b")
DEN = re.compile(r"(CV|CÔNG VĂN)?\W*ĐẾN\b")
#: Units that keep a stamp, before their field.
UNITS = ("Phòng", "Sở", "Bộ")
#: A line that reads as Vietnamese so well is taken as it stands; others by a known name as like as this (percent).
LEGIBLE = 0.7
#: How sure a stamp is that was read in one with the text.
OVERPRINTED = 0.5
LIKE = 86
#: How sure a stamp is whose frame was seen.
SEEN = 0.9
BODY = re.compile(r"(ubnd|uy ban|so|phong|van phong|bo|cuc|chi cuc|trung tam|ban|truong|benh vien|hdnd|hoi)\b")


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line in a stamp."""

    page: int
    text: str
    box: Box | None
    score: float


def extract_stamps(decree: Decree) -> Decree:
    """`decree` with the stamps on its pages."""
    marks = _marks(decree.document)
    incoming = [*_incoming(decree, marks)] or [*_overprinted(decree.document)]
    found = [*incoming, *_copies(marks), *_degrees(decree.document)]
    return replace(decree, stamps=tuple(sorted(found, key=lambda s: (s.page, s.kind))))


def _marks(doc: Document) -> tuple[_Mark, ...]:
    """The lines in stamps."""
    spans = enumerate(doc.line_spans())
    return tuple(
        _Mark(
            doc.lines[n].page, " ".join(w.text for w in words), union(w.box for w in words), min(w.score for w in words)
        )
        for n, span in spans
        if doc.lines[n].zone == "stamp" and (words := doc.words[span.start : span.end])
    )


def _incoming(decree: Decree, marks: Sequence[_Mark]) -> Iterator[Stamp]:
    """The incoming stamps, by frames seen in the pixels (the engine knows them by their labels), else by wording."""
    frames = {r.page: r.box for r in decree.document.regions if r.kind == "stamp"}
    for page in sorted({*(m.page for m in marks), *frames}):
        own = [m for m in marks if m.page == page and not COPY.search(fold(m.text)) and not degree_of(m.text)]
        if page not in frames and not any(INCOMING.search(fold(m.text)) for m in own):
            continue
        score = max(sum(m.score for m in own) / max(len(own), 1), SEEN if page in frames else 0.0)
        box = frames.get(page) or union(m.box for m in own)
        yield Stamp("incoming", page, box, _receiver(decree, own), _number(own), _date(own), score)


def _overprinted(doc: Document) -> Iterator[Stamp]:
    """The incoming stamp that runs into the first page's text from the margin: `ĐẾN`, and blanks beside it. What its
    blanks hold cannot be told from the text under them."""
    lines = marginal(doc, printed_lines(doc))
    if any(DEN.match(ln.text) for ln in lines) and any(BLANKS.search(fold(ln.text)) for ln in lines):
        yield Stamp("incoming", 1, union(ln.box for ln in lines), score=OVERPRINTED)


def _receiver(decree: Decree, marks: Sequence[_Mark]) -> str | None:
    """The body whose name heads the stamp, completed by the document's issuer; None where it cannot be read."""
    heads = [m.text.strip(" .,:|") for m in marks if is_capital(m.text) and not INCOMING.search(fold(m.text))]
    named = [t for t in heads if BODY.match(fold(t)) and not any(c.isdigit() for c in t)]  # misread: names have none
    issuer = decree.header.issuer.value if decree.header.issuer else None
    name = _known(named[-1]) if named else None
    return canonical_name(name, issuer=issuer) if name else None


def _known(printed: str) -> str | None:
    """The known body that a stamp's line names, some letters misread: `PHONG GIAD DUC VA BAO TAO`."""
    from rapidfuzz import fuzz, process

    if legibility(printed) > LEGIBLE:
        return printed
    names = [f"{unit} {row['field']}" for unit in UNITS for row in table("fields")]
    best = process.extractOne(fold(printed), {name: fold(name) for name in names}, scorer=fuzz.ratio, score_cutoff=LIKE)
    return best[2] if best else None


def _number(marks: Sequence[_Mark]) -> str | None:
    for mark in marks:
        match = NUMBER.search(mark.text)
        if match and (mark.box is None or mark.score >= SURE):
            return match["number"]
    return None


def _date(marks: Sequence[_Mark]) -> str | None:
    for mark in marks:
        match = DATE.search(mark.text)
        if match and (mark.box is None or mark.score >= SURE):
            day, month, year = (match[k] or match[f"{k}2"] for k in ("day", "month", "year"))
            value = f"{int(year) % 100 + 2000}-{int(month):02}-{int(day):02}"
            return value if bounds(value)[0] else None
    return None


def _copies(marks: Sequence[_Mark]) -> Iterator[Stamp]:
    seen: set[int] = set()
    for mark in marks:
        if COPY.search(fold(mark.text)) and mark.page not in seen:
            seen.add(mark.page)
            yield Stamp("copy", mark.page, mark.box, score=mark.score)


def _degrees(doc: Document) -> Iterator[Stamp]:
    """Degrees of urgency and secrecy."""
    for degree in degrees(doc):
        box = union(w.box for w in doc.words[degree.span.start : degree.span.end])
        yield Stamp(degree.kind, degree.page, box, score=degree.score)
