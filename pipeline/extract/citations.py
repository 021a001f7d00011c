"""Cited documents: every mention that has a number, a date or a proper title, one row each.

The document's own name is none. Codes broken over a line are joined; the issuer is completed from the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.extract.anatomy import anatomy
from pipeline.extract.bodies import canonical_name
from pipeline.extract.citation_forms import PINPOINT, plain
from pipeline.extract.cited import Mention, mentions
from pipeline.extract.codes import by_initials, by_siblings, by_type
from pipeline.extract.lines import score_of
from pipeline.extract.passage import Passage
from pipeline.extract.relation import LIST, relation
from pipeline.extract.rows import tables_of
from pipeline.records import Citation, DateMention, Decree, Relation
from pipeline.types import Document, Found
from pipeline.vietnamese import fold

__all__ = ["extract_citations"]

#: Heads of columns that name the legal basis of each row.
GROUNDS = re.compile(r"(?:can cu|co so phap ly|van ban quy dinh)\b")
#: A document is handed out, not cited: `Ban hành kèm theo Quyết định số`. No such wording is longer, in letters.
NEAR = 120
WITH = re.compile(r"kem theo(?: van ban| cong van)?\s$|\(\W*ban hanh k[^()\n]{0,40}$", re.IGNORECASE)


def extract_citations(decree: Decree) -> Decree:
    """`decree` with its citations in reading order: subject, body, annexes."""
    return replace(decree, citations=tuple(_citations(decree)))


def _citations(decree: Decree) -> Iterator[Citation]:
    passage = _passage(decree)
    text, sections = plain(passage.text), _sections(decree)
    issuer = decree.header.issuer.value if decree.header.issuer else None
    cited = [d for d in decree.dates if d.kind == "date" and d.role == "reference"]
    dates = {d.text.span.start: d for d in reversed(cited) if d.text.span}
    grounds = _grounds(decree.document)
    last: tuple[int, Relation] | None = None
    for m in (m for m in _repaired(tuple(_shared(text, mentions(passage.text)))) if not _own(decree, text, m)):
        before = text[text.rfind("\n", 0, m.start) + 1 : m.start]
        inside = last is not None and m.start < last[0]
        gap = text[last[0] : m.start] if last and not inside else None
        found = _found(decree, passage, m)
        listed: Relation = "basis" if found.span and found.span.start in grounds else "mentions"
        how: Relation = (
            "mentions" if inside else relation(before, gap=gap, before_gap=last[1] if last else None, otherwise=listed)
        )
        last = last if inside else (m.end, how)
        point = PINPOINT.search(before)
        pinpoint = passage.text[m.start - len(point[0]) : m.start].strip(" ,") if point else None
        name = canonical_name(m.issuer, issuer=issuer) if m.issuer else None
        issued = _issued(dates, found, m)
        yield Citation(found, m.type, m.code, issued, name, how, _without_of(pinpoint), _section(sections, found))


def _shared(text: str, found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions; one of a list without an issuer has the next one's, where both are of one type and series:
    `Nghị định A ngày ... và Nghị định B ngày ... của Chính phủ`."""
    issuer: dict[int, str | None] = {}
    for n, m in reversed(list(enumerate(found))):
        after = found[n + 1] if n + 1 < len(found) else None
        same = after and m.code and after.code and m.type == after.type and _series(m.code) == _series(after.code)
        listed = same and after and LIST.fullmatch(text[m.end : after.start])
        issuer[n] = m.issuer or (issuer[n + 1] if listed else None)
    return (replace(m, issuer=issuer[n]) for n, m in enumerate(found))


def _series(code: str) -> str:
    """The letters of a code: `NĐ-CP` of `48/2013/NĐ-CP`."""
    return re.sub(r"^[\d/]*", "", code)


def _repaired(found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions with the letters of misread codes put right where something proves them."""
    typed = [by_initials(by_type(m.code, m.type), m.issuer) if m.code else "" for m in found]
    for m, code in zip(found, by_siblings(typed), strict=True):
        yield m if not m.code else replace(m, code=code, score=m.score * (1.0 if code == m.code else 0.8))


def _found(decree: Decree, passage: Passage, m: Mention) -> Found[str]:
    found = passage.found(m.start, m.end)
    assert found.span is not None  # noqa: S101 - a mention has words
    return replace(found, score=round(m.score * score_of(decree.document, found.span), 3))


def _issued(dates: Mapping[int, DateMention], found: Found[str], m: Mention) -> str | None:
    """The day of the date row (`dates`, by their first words) in or right behind the mention, which other mentions
    may have put right or into doubt; else what was read here."""
    assert found.span is not None  # noqa: S101 - a mention has words
    inside = range(found.span.start, found.span.end + (1 if m.code and not m.issued else 0))
    row = next((dates[n] for n in inside if n in dates), None)
    if row is None or (row.starts is None and not _is_whole(row.text.value)):
        return m.issued
    return row.starts


def _is_whole(date: str) -> bool:
    """Whether every digit of a date was read, so that only its contradiction to something else makes it a doubt."""
    return [len(n) <= 2 for n in re.findall(r"\d+", date)] == [True, True, False] and not re.search(r"[Il|\]]", date)


def _without_of(pinpoint: str | None) -> str | None:
    return re.sub(r"\s+của$", "", pinpoint).strip(" ,") if pinpoint else None


def _sections(decree: Decree) -> list[int | None]:
    """The section that each word belongs to, the first where there are several."""
    owner: list[int | None] = [None] * len(decree.document.words)
    for n, section in reversed(list(enumerate(decree.sections))):
        start, end = section.span
        owner[start:end] = [n] * (end - start)
    return owner


def _section(sections: Sequence[int | None], found: Found[str]) -> int | None:
    assert found.span is not None  # noqa: S101 - read from words
    return sections[found.span.start]


# --- text ---------------------------------------------------------------------------------------------------------
def _passage(decree: Decree) -> Passage:
    """Subject, body and annexes as running text: a line break between blocks, no blank inside a broken token."""
    doc = decree.document
    parts = anatomy(doc)
    lines = sorted((*parts.title, *parts.body, *parts.annexes), key=lambda ln: ln.number)
    starts = {s.span.start for s in decree.sections} | _cell_starts(doc)
    starts |= {parts.title[0].span.end} if parts.title else set()
    chars: list[str] = []
    owner: list[int] = []
    last = None
    for n in (n for line in lines for n in range(line.span.start, line.span.end)):
        word = doc.words[n].text
        if last is not None:
            between = "\n" if n in starts else "" if _broken(doc, last, n) else " "
            chars.append(between)
            owner += [last] * len(between)
        chars.append(word)
        owner += [n] * len(word)
        last = n
    return Passage("".join(chars), tuple(owner))


def _broken(doc: Document, last: int, n: int) -> bool:
    """Whether a line's end breaks a token: after a hyphen or slash that follows a letter or digit."""
    word = doc.words[last]
    return word.line != doc.words[n].line and len(word.text) > 1 and word.text[-1] in "-/"


def _cell_starts(doc: Document) -> set[int]:
    spans = doc.line_spans()
    cells = [cell.lines for table in doc.tables for cell in table.cells if cell.lines]
    return {spans[lines[0]].start for lines in cells} | {spans[lines[-1]].end for lines in cells}


def _grounds(doc: Document) -> frozenset[int]:
    """The words in columns headed `Căn cứ pháp lý`."""
    spans = doc.line_spans()
    words: set[int] = set()
    for pieces in tables_of(doc):
        heads = (c for c in pieces[0].cells if c.row == 0 and c.lines)
        columns = {c.column for c in heads if GROUNDS.match(fold(doc.text(spans[c.lines[0]])))}
        lines = (n for t in pieces for c in t.cells if c.column in columns for n in c.lines)
        words |= {i for n in lines for i in range(spans[n].start, spans[n].end)}
    return frozenset(words)


def _own(decree: Decree, text: str, m: Mention) -> bool:
    """Whether the mention is the document itself: its own code, or what an annex is handed out with."""
    header = decree.header
    if m.code and header.code and _key(m.code) == _key(header.code.value):
        return True
    own_type = header.type_name.value if header.type_name else None
    return bool(m.type == own_type and WITH.search(text, max(0, m.start - NEAR), m.start))


def _key(code: str) -> str:
    return re.sub(r"\W", "", fold(code))
