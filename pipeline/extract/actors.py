"""Bodies named in running text, found by grammar: an office, a head (`Sở`), what it is for, where it is.

Known names come whole from the gazetteer (`Sở Văn hóa, Thể thao và Du lịch`); a new name runs from its head to a
boundary: punctuation, a verb, a function word. Groups (`các sở, ngành`) are one actor each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.bodies import spell
from pipeline.extract.gazetteer import abbreviations, kind_of
from pipeline.extract.nameforms import phrase_at
from pipeline.extract.namegroups import more_at, name_at
from pipeline.extract.nametokens import Token, at_or_after, tokens_of

__all__ = ["Actor", "actors"]


class Actor(NamedTuple):
    """A body at characters `start` to `end`; `name` is what to resolve (`Sở Tài chính` for `các Sở: Tài chính`)."""

    start: int
    end: int
    name: str
    #: Where the words before it are looked for: its start, or that of the head it is listed under.
    anchor: int = -1

    @property
    def opens(self) -> int:
        return self.start if self.anchor < 0 else self.anchor


@lru_cache(maxsize=4096)
def actors(text: str) -> tuple[Actor, ...]:
    """The bodies named in `text`, left to right, none overlapping."""
    spelt = spell(text) if text.isupper() else text
    return tuple(_actors(spelt if len(spelt) == len(text) else text))


def _actors(text: str) -> Iterator[Actor]:
    tokens = tokens_of(text)
    at = 0
    while at < len(tokens):
        if several := list(_strewn(text, tokens, at)):
            yield from several
            at = at_or_after(tokens, several[-1].end)
            continue
        last = name_at(text, tokens, at)
        if last is None:
            at += 1
            continue
        actor = Actor(tokens[at].start, tokens[last].end, text[tokens[at].start : tokens[last].end])
        named = list(_enumerated(text, tokens, at, last)) or [actor, *_second(text, tokens, at, last)]
        yield from named
        at = at_or_after(tokens, named[-1].end)


def _second(text: str, tokens: list[Token], at: int, last: int) -> Iterator[Actor]:
    """The other group behind one `các`: `các tổ chức và doanh nghiệp trên địa bàn` is two."""
    begin = last + 2
    if begin >= len(tokens) or tokens[last].mark or tokens[last + 1].text != "và" or tokens[at].text.lower() != "các":
        return
    if (end := more_at(text, tokens, begin)) is not None:
        printed = text[tokens[begin].start : tokens[end].end]
        yield Actor(tokens[begin].start, tokens[end].end, f"các {printed}")


SEVERAL = re.compile(
    r"((?:Giám đốc|Thủ trưởng|Bộ trưởng|Lãnh đạo|Trưởng) )?(?i:các)(?: (Bộ|Sở|Phòng|Ban)(?: ?[:;])? | ?: (?=[A-ZĐ]))"
)


def _strewn(text: str, tokens: list[Token], at: int) -> Iterator[Actor]:
    """Known fields one after another behind `Các Bộ`, their colon and commas printed or lost; and the heads of what
    follows `Giám đốc các:`."""
    head = SEVERAL.match(text, tokens[at].start)
    if head is None:
        return
    first = last = at_or_after(tokens, head.end())
    before = f"{head[1] or ''}{head[2] + ' ' if head[2] else ''}"
    found: list[Actor] = []
    while last < len(tokens):
        misread = last > first and tokens[last].mark == "," and last + 1 < len(tokens)  # one that could not be read
        last += int(misread and not _size(text, tokens, last, head[2]) and _size(text, tokens, last + 1, head[2]) > 0)
        if not (size := _size(text, tokens, last, head[2])):
            break
        start, end = tokens[last].start, tokens[last + size - 1].end
        found.append(Actor(start, end, f"{before}{text[start:end]}", tokens[at].start))
        last += size
        if tokens[last - 1].mark in (";", ":", "."):
            break
        last += int(last < len(tokens) and tokens[last].text == "và")
    if len(found) > 1 and first > at:
        yield from found


def _size(text: str, tokens: list[Token], at: int, kind: str | None) -> int:
    """How many tokens the next member has at `at`: a field of `kind`, else a body with a head of its own."""
    if kind is not None:
        return _field(tokens, at)
    last = name_at(text, tokens, at) if tokens[at].text[:1].isupper() else None
    return last - at + 1 if last is not None else 0


def _field(tokens: list[Token], at: int) -> int:
    short = tokens[at].text in abbreviations() and kind_of(abbreviations()[tokens[at].text]) is None
    return phrase_at(tokens, at) or int(short)


ENUMERATED = re.compile(
    r"(?i)(?:các )?(sở|bộ|phòng|ban|ủy ban nhân dân|ubnd|chi cục"
    r"|huyện ủy)(?: các)?(?: (phường|xã|huyện|quận|thành phố))?$"
)


def _enumerated(text: str, tokens: list[Token], at: int, last: int) -> Iterator[Actor]:
    """Names listed after one head and a colon: `các Sở: Tài chính, Xây dựng` is one body each."""
    head = ENUMERATED.fullmatch(text[tokens[at].start : tokens[last].end])
    if head is None or tokens[last].mark != ":":
        return
    prefix = f"{head[1]} {head[2].lower()}" if head[2] else head[1].capitalize()
    opened, at = tokens[at].start, last + 1
    while at < len(tokens) and (tokens[at].text[:1].isupper() or tokens[at].text in abbreviations()):
        size = phrase_at(tokens, at) or 1
        while not tokens[at + size - 1].mark and at + size < len(tokens) and tokens[at + size].text[:1].isupper():
            size += 1
        name = text[tokens[at].start : tokens[at + size - 1].end]
        yield Actor(tokens[at].start, tokens[at + size - 1].end, f"{prefix} {name}", opened)
        joined = tokens[at + size - 1].mark == "," or (at + size < len(tokens) and tokens[at + size].text == "và")
        at += size + int(at + size < len(tokens) and tokens[at + size].text == "và")
        if not joined:
            return
