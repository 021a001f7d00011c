"""Mentions of documents in running text: with a code, by a law's title, by a congress, by issuer or title alone.

The text of a mention runs from the type to the issuer, without the `về việc ...` title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.citation_forms import (
    AMENDING,
    BEHIND,
    CODE,
    CONGRESS,
    DATE,
    LAW,
    MADE,
    NAMED,
    QUOTED,
    TITLE_END,
    YEARS,
    law_title,
    plain,
    type_before,
)
from pipeline.extract.doctypes import by_name, type_of_notation
from pipeline.extract.issuing import issuer_after, issuer_before

__all__ = ["Mention", "mentions"]

#: `Chỉ thị của UBND Thành phố về ...`: no number, but an issuer and a title.
ISSUED = re.compile(
    r"(?P<type>Nghi quyet|Quyet dinh|Chi thi|Ket luan|Thong bao|Cong van|Thong tu|Nghi dinh|Cong dien|Huong dan"
    r"|Quy dinh|Ke hoach) cua (?=[A-Z])"
)
#: Legal texts are numbered within their year: `57/2024/TT-BYT`.
NUMBERED_BY_YEAR = ("NĐ", "TT", "TTLT", "QH")
YEAR = re.compile(r"(?:19|20)\d\d")
#: Strokes that are misread for digits in a printed date.
AS_DIGIT = str.maketrans("IlO|]", "11011")
ABOUT = re.compile(r"\s(?:ve|v/v)\b", re.IGNORECASE)
#: No wording before a mention that is asked for is longer, in letters.
NEAR = 60
NUMBER = re.compile(r"(?i:\bso)\s?:?\s?$")
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
        before = type_before(flat, match.start())
        so = NUMBER.search(flat, max(0, match.start() - NEAR), match.start())
        if not (before or so or match["year"] or type_of_notation(note)) or not note[:2].strip("-")[:1].isupper():
            continue
        if not match["year"] and YEAR.fullmatch(match["number"]) and _first(note) in NUMBERED_BY_YEAR:
            continue  # the number before the year was not read
        start = before.start() if before else so.start() if so else match.start()
        named = by_name(text[start : before.end("type")]) if before else None
        kind = named or type_of_notation(_first(note))
        code = re.sub(r"[\s']+", "", re.sub("[–—−]", "-", text[match.start("number") : match.end()]))
        yield _dated(text, flat, Mention(start, match.end(), kind.name if kind else None, code))


def _first(note: str) -> str:
    return re.split(r"\s?[-/–]\s?", note)[0]


def _dated(text: str, flat: str, m: Mention) -> Mention:
    """The mention with the date and the issuer that follow it."""
    if match := DATE.match(flat, m.end):
        m = replace(m, end=match.end(), issued=_day(match))
    if issuer := issuer_after(text, flat, m.end):
        return replace(m, end=issuer.end, issuer=issuer.text)
    if issuer := issuer_before(text, flat, m.start):
        return replace(m, issuer=issuer.text)
    return _made(text, flat, m)


def _made(text: str, flat: str, m: Mention) -> Mention:
    """The mention with the date and the issuer that lead to it."""
    base = max(0, m.start - 140)
    match = MADE.search(flat[base : m.start])
    if match is None or m.issued:
        return m
    issuer = text[base + match.start("issuer") : base + match.end("issuer")]
    return replace(m, issued=_day(match), issuer=issuer)


def _day(match: re.Match[str]) -> str | None:
    if match.groupdict().get("only"):
        return match["only"]
    day, month = (int(match[k].translate(AS_DIGIT)) for k in ("day", "month"))
    return f"{match['year'].replace(' ', '')}-{month:02}-{day:02}" if 1 <= day <= 31 and 1 <= month <= 12 else None


def _law_date(flat: str, m: Mention) -> Mention:
    match = DATE.match(flat, m.end)
    return replace(m, end=match.end(), issued=_day(match)) if match and _day(match) else m


def _amending(_text: str, flat: str) -> Iterator[Mention]:
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
        if issuer and ABOUT.match(flat, issuer.end) and not _closes(MAKES, match):
            yield Mention(
                match.start(), issuer.end, text[match.start() : match.end("type")], issuer=issuer.text, score=0.8
            )


def _named(text: str, flat: str) -> Iterator[Mention]:
    for match in NAMED.finditer(flat):
        end = _title_end(flat, match)
        title = flat[match.start("title") : end].strip()
        if len(title.split()) < 3 or _closes(MAKES, match) or not _is_proper(match, title):
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


def _closes(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether wording that `pattern` tells stands right before the match."""
    return pattern.search(match.string, max(0, match.start() - NEAR), match.start()) is not None


def _title_end(flat: str, match: re.Match[str]) -> int:
    """Where a title ends: at its years where it has any, else where the sentence goes on."""
    start, end = match.span("title")
    stops = list(TITLE_END.finditer(flat, start, end))
    word = next((m.start() for m in stops if m[0] != ","), end)
    years = YEARS.search(flat, start, word)
    return years.end() if years else stops[0].start() if stops else end


def _is_proper(match: re.Match[str], title: str) -> bool:
    """Whether a plan's title names one plan: it has an issuer and a year, and is no plan in the making."""
    if match["type"] != "Ke hoach":
        return True
    named = re.search(r"\bcua [A-Z]", title) and re.search(r"\b(nam|giai doan) \d{4}", title)
    return bool(named) and not _closes(FOLLOWS, match)
