"""Cited documents: every mention that has a number, a date or a proper title, one row each.

The text of a mention runs from the type to the issuer, without the `về việc ...` title. The document's own name is
none. Codes broken over a line are joined; the issuer is completed from the document's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.anatomy import anatomy
from pipeline.extract.bodies import canonical_name
from pipeline.extract.citation_forms import (
    AMENDING,
    BEHIND,
    CODE,
    CONGRESS,
    DATE,
    LAW,
    NAMED,
    PINPOINT,
    QUOTED,
    TITLE_END,
    YEARS,
    law_title,
    plain,
    type_before,
)
from pipeline.extract.codes import by_initials, by_siblings, by_type
from pipeline.extract.doctypes import by_name, type_of_notation
from pipeline.extract.issuing import issuer_after, issuer_before
from pipeline.extract.lines import score_of
from pipeline.extract.passage import Passage
from pipeline.extract.relation import relation
from pipeline.records import Citation, Decree, Relation
from pipeline.types import Document, Found
from pipeline.vietnamese import fold

__all__ = ["Mention", "extract_citations", "mentions"]

#: `Chỉ thị của UBND Thành phố về ...`: no number, but an issuer and a title.
ISSUED = re.compile(
    r"(?P<type>Nghi quyet|Quyet dinh|Chi thi|Ket luan|Thong bao|Cong van|Thong tu|Nghi dinh|Cong dien|Huong dan|Quy dinh|Ke hoach) cua (?=[A-Z])"
)
#: Strokes that are misread for digits in a printed date.
AS_DIGIT = str.maketrans("IlO|]", "11011")
ABOUT = re.compile(r"\s(?:ve|v/v)\b", re.IGNORECASE)
#: A document is handed out, not cited: `Ban hành kèm theo Quyết định số`.
WITH = re.compile(r"kem theo(?: van ban| cong van)?\s$", re.IGNORECASE)
MAKES = re.compile(r"(?:ban hanh|xay dung|lap|day la)(?: va \w+)?\s$", re.IGNORECASE)
FOLLOWS = re.compile(r"(?:tham muu|theo doi|trien khai|noi dung|hien|toan bo)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mention:
    """A cited document in a text, at characters `start` to `end`; `issued` is an ISO day or a bare year."""

    start: int
    end: int
    type: str | None
    code: str | None = None
    issued: str | None = None
    issuer: str | None = None
    score: float = 0.97


def extract_citations(decree: Decree) -> Decree:
    """`decree` with its citations in reading order: subject, body, annexes."""
    return replace(decree, citations=tuple(_citations(decree)))


def _citations(decree: Decree) -> Iterator[Citation]:
    passage = _passage(decree)
    text = plain(passage.text)
    issuer = decree.header.issuer.value if decree.header.issuer else None
    last: tuple[int, Relation] | None = None
    for m in (m for m in _repaired(mentions(passage.text)) if not _own(decree, text, m)):
        before = text[text.rfind("\n", 0, m.start) + 1 : m.start]
        inside = last is not None and m.start < last[0]
        gap = text[last[0] : m.start] if last and not inside else None
        how: Relation = "mentions" if inside else relation(before, gap=gap, before_gap=last[1] if last else None)
        last = last if inside else (m.end, how)
        point = PINPOINT.search(before)
        pinpoint = passage.text[m.start - len(point[0]) : m.start].strip(" ,") if point else None
        name = canonical_name(m.issuer, issuer=issuer) if m.issuer else None
        found = _found(decree, passage, m)
        yield Citation(found, m.type, m.code, m.issued, name, how, _without_of(pinpoint), _section(decree, found))


def _repaired(found: Sequence[Mention]) -> Iterator[Mention]:
    """The mentions with the letters of misread codes put right where something proves them."""
    typed = [by_initials(by_type(m.code, m.type), m.issuer) if m.code else "" for m in found]
    for m, code in zip(found, by_siblings(typed), strict=True):
        yield m if not m.code else replace(m, code=code, score=m.score * (1.0 if code == m.code else 0.8))


def _found(decree: Decree, passage: Passage, m: Mention) -> Found[str]:
    found = passage.found(m.start, m.end)
    assert found.span is not None  # noqa: S101 - a mention has words
    return replace(found, score=round(m.score * score_of(decree.document, found.span), 3))


def _without_of(pinpoint: str | None) -> str | None:
    return re.sub(r"\s+của$", "", pinpoint).strip(" ,") if pinpoint else None


def _section(decree: Decree, found: Found[str]) -> int | None:
    assert found.span is not None  # noqa: S101 - read from words
    start = found.span.start
    return next((n for n, s in enumerate(decree.sections) if s.span.start <= start < s.span.end), None)


# --- text --------------------------------------------------------------------------------------------------------------
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
    for n, line in ((n, ln) for ln in lines for n in range(ln.span.start, ln.span.end)):
        word = doc.words[n].text
        if last is not None:
            between = "\n" if n in starts else "" if _broken(doc, last, n) else " "
            chars.append(between)
            owner += [last] * len(between)
        chars.append(word)
        owner += [n] * len(word)
        last = n
        del line
    return Passage("".join(chars), tuple(owner))


def _broken(doc: Document, last: int, n: int) -> bool:
    """Whether a line's end breaks a token: after a hyphen or slash that follows a letter or digit."""
    word = doc.words[last]
    return word.line != doc.words[n].line and len(word.text) > 1 and word.text[-1] in "-/"


def _cell_starts(doc: Document) -> set[int]:
    spans = doc.line_spans()
    cells = [cell.lines for table in doc.tables for cell in table.cells if cell.lines]
    return {spans[lines[0]].start for lines in cells} | {spans[lines[-1]].end for lines in cells}


def _own(decree: Decree, text: str, m: Mention) -> bool:
    """Whether the mention is the document itself: its own code, or what an annex is handed out with."""
    header = decree.header
    if m.code and header.code and _key(m.code) == _key(header.code.value):
        return True
    own_type = header.type_name.value if header.type_name else None
    return bool(m.type == own_type and WITH.search(text[: m.start]))


def _key(code: str) -> str:
    return re.sub(r"\W", "", fold(code))


# --- mentions ----------------------------------------------------------------------------------------------------------
def mentions(text: str) -> tuple[Mention, ...]:
    """The documents that `text` cites, left to right; forms with a code first, then those that leave room."""
    flat = plain(text)
    found = list(_coded(text, flat))
    for form in (_amending, _laws, _congress, _quoted, _issued, _named):
        found += [m for m in form(text, flat) if not _taken(found, m)]
    return tuple(sorted(found, key=lambda m: (m.start, -m.end)))


def _taken(found: Sequence[Mention], new: Mention) -> bool:
    """Whether the place is taken; laws inside an amending law's title are mentioned, too."""
    clashes = [m for m in found if m.start < new.end and new.start < m.end]
    inside = all(m.start < new.start and new.end <= m.end and m.type == "Luật" and m.code is None for m in clashes)
    holds = all(new.start < m.start and m.end <= new.end and new.type == "Chương trình hành động" for m in clashes)
    return not (inside or holds)


def _coded(text: str, flat: str) -> Iterator[Mention]:
    for match in CODE.finditer(flat):
        note = text[match.start("note") : match.end("note")]
        before = type_before(flat[: match.start()])
        so = re.search(r"(?i:\bso)\s?:?\s?$", flat[: match.start()])
        if not (before or so or match["year"] or type_of_notation(note)) or not note[:2].strip("-")[:1].isupper():
            continue
        start = before.start() if before else so.start() if so else match.start()
        named = by_name(text[start : before.end("type")]) if before else None
        kind = named or type_of_notation(_first(note))
        code = re.sub(r"[\s']+", "", flat_dashes(text[match.start() : match.end()]))
        yield _dated(text, flat, Mention(start, match.end(), kind.name if kind else None, code))


def _first(note: str) -> str:
    return re.split(r"\s?[-/–]\s?", note)[0]


def flat_dashes(text: str) -> str:
    """`text` with plain hyphens for dashes."""
    return re.sub("[–—−]", "-", text)


def _dated(text: str, flat: str, m: Mention) -> Mention:
    """The mention with the date and the issuer that follow it."""
    match = DATE.match(flat, m.end)
    issued = _day(match) if match else None
    if match and issued:
        m = replace(m, end=match.end(), issued=issued)
    if issuer := issuer_after(text, flat, m.end):
        return replace(m, end=issuer.end, issuer=issuer.text)
    if issuer := issuer_before(text, flat, m.start):
        return replace(m, issuer=issuer.text)
    return m


def _day(match: re.Match[str]) -> str | None:
    if match.groupdict().get("only"):
        return match["only"]
    day, month = (int(match[k].translate(AS_DIGIT)) for k in ("day", "month"))
    return f"{match['year']}-{month:02}-{day:02}" if 1 <= day <= 31 and 1 <= month <= 12 else None


def _law_date(flat: str, m: Mention) -> Mention:
    match = DATE.match(flat, m.end)
    return replace(m, end=match.end(), issued=_day(match)) if match and _day(match) else m


def _amending(text: str, flat: str) -> Iterator[Mention]:
    """`Luật sửa đổi, bổ sung một số điều của Luật X và Luật Y ngày ...`."""
    for match in AMENDING.finditer(flat):
        end = match.end()
        while (law := re.compile(r"(?:cac )?(?=(?:Bo luat|Luat) )").match(flat, end)) and (
            stop := law_title(flat, law.end())
        ):
            end = stop
            more = re.compile(r"(?:,| va|, va) (?=Luat |Bo luat )").match(flat, end)
            if not more:
                break
            end = more.end()
        yield _law_date(flat, Mention(match.start(), end, "Luật"))


def _laws(text: str, flat: str) -> Iterator[Mention]:
    titles = [(m.start, m.end) for m in _amending(text, flat)]
    for match in LAW.finditer(flat):
        end = law_title(flat, match.start())
        if end is not None:
            kind = by_name(match["type"]) or by_name("Luật")
            name = "Hiến pháp" if match["type"] == "Hien phap" else kind.name if kind else "Luật"
            m = Mention(match.start(), end, name, score=0.93)
            inside = any(a < match.start() < b for a, b in titles)  # the date is the amending law's
            yield m if inside else _law_date(flat, m)


def _congress(text: str, flat: str) -> Iterator[Mention]:
    for match in CONGRESS.finditer(flat):
        issuer = text[match.start("title") : match.end("title")]
        yield Mention(match.start(), match.end(), text[match.start() : match.end("type")], issuer=issuer, score=0.93)


def _quoted(text: str, flat: str) -> Iterator[Mention]:
    for match in QUOTED.finditer(flat):
        if match["type"] == "Phong trao":
            continue
        m = Mention(match.start(), match.end(), text[match.start() : match.end("type")], score=0.85)
        yield _dated(text, flat, m)


def _issued(text: str, flat: str) -> Iterator[Mention]:
    for match in ISSUED.finditer(flat):
        issuer = issuer_after(text, flat, match.end("type"))
        if issuer and ABOUT.match(flat, issuer.end) and not MAKES.search(flat[: match.start()]):
            yield Mention(
                match.start(), issuer.end, text[match.start() : match.end("type")], issuer=issuer.text, score=0.8
            )


def _named(text: str, flat: str) -> Iterator[Mention]:
    for match in NAMED.finditer(flat):
        end = _title_end(flat, match)
        title = flat[match.start("title") : end].strip()
        if len(title.split()) < 3 or MAKES.search(flat[: match.start()]) or not _is_proper(match, title):
            continue
        end = match.start("title") + len(flat[match.start("title") : end].rstrip())
        behind = BEHIND.match(flat, end)
        name = text[match.start() : match.end("type")]
        owner = re.compile(r"cua (?=[A-Z])").search(flat, match.start("title"), end)
        issuer = issuer_after(text, flat, owner.start() - 1) if owner else issuer_before(text, flat, match.start())
        yield Mention(
            match.start(),
            end,
            name,
            issued=_day(behind) if behind else None,
            issuer=issuer.text if issuer else None,
            score=0.75,
        )


def _title_end(flat: str, match: re.Match[str]) -> int:
    """Where a title ends: at its years where it has any, else where the sentence goes on."""
    start, end = match.span("title")
    stops = [m for m in TITLE_END.finditer(flat, start, end)]
    word = next((m.start() for m in stops if m[0] != ","), end)
    years = YEARS.search(flat, start, word)
    return years.end() if years else stops[0].start() if stops else end


def _is_proper(match: re.Match[str], title: str) -> bool:
    """Whether a plan's title names one plan: it has an issuer and a year, and is no plan in the making."""
    if match["type"] != "Ke hoach":
        return True
    named = re.search(r"\bcua [A-Z]", title) and re.search(r"\b(nam|giai doan) \d{4}", title)
    return bool(named) and not FOLLOWS.search(match.string[: match.start()])
