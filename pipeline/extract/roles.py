"""Who does what in a clause: the role of a body from the words on its left and right.

Bodies in one list (`A, B và C`) share a role. Each rule names wording of the office language; the first that fits
decides. A body that no rule covers has no role: it is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.actors import Actor, actors
from pipeline.extract.nametokens import begins_with_verb, may_act
from pipeline.extract.rolewords import (
    ADDRESSED,
    ADVERBIAL,
    AIM,
    APPLIES,
    ASIDE,
    ASKS,
    BETWEEN,
    CLAUSE_END,
    DIRECT_UP,
    DUTIES_OF,
    ENFORCES,
    GOVERNS,
    GRANT,
    GROUP,
    HELPS,
    HOLDER,
    INSERTED,
    INSIDE,
    LINKED,
    MONITORED,
    NOT_ACTING,
    ORDER,
    PASSIVE,
    SINGLED,
    SPEAKS,
    THROUGH,
    TOLD,
    UNKNOWN_MEMBER,
    UNKNOWN_TAIL,
    VAGUE,
    VIA_UP,
    WITH,
    WITH_UNKNOWN,
)
from pipeline.records import Role

__all__ = ["Part", "leading_list", "parts"]


class Part(NamedTuple):
    """A body with its role in a clause; `subject`: it is the one who acts, so that no heading's body does;
    `speaks`: it only orders others (`UBND tỉnh yêu cầu ...`), which is no task of the issuer's own."""

    actor: Actor
    role: Role
    subject: bool
    speaks: bool = False


def parts(text: str) -> Iterator[Part]:
    """The bodies of a leaf that have a role, in reading order."""
    named = list(_parts(text))
    if not any(p.subject for p in named) and (holder := HOLDER.match(text)):
        role: Role = "advise" if HELPS.match(text[holder.end() :]) else "lead"
        yield Part(Actor(*holder.span(1), holder[1]), role, subject=True)
    yield from named


def _parts(text: str) -> Iterator[Part]:
    aside = [m.span() for m in (*INSIDE.finditer(text), *AIM.finditer(text))]
    found = [a for a in actors(text) if not _inside(a, aside)]
    for listed in _lists(text, found):
        group = _singled(text, listed)
        right = ASIDE.sub("", text[group[-1].end :])
        shared = _role(text[_sentence_start(text, group[0].opens) : group[0].opens], right)
        if shared is None:
            group, shared = _subject_tail(text, group, right)
        for k in range(len(group)):
            own = _switch(text, group, k)
            shared = own or shared
            named = _limited(text, group, k)
            if shared is not None and not VAGUE.fullmatch(named.name):
                yield Part(named, *shared, speaks=shared[1] and SPEAKS.match(right) is not None)
        if shared and shared[0] == "report_to" and (desk := _desk(text, group[-1].end)):
            yield Part(desk, *shared)


def _singled(text: str, group: list[Actor]) -> list[Actor]:
    """The last of a list of subjects with what singles out some of it, where a duty follows that."""
    last = group[-1]
    match = SINGLED.match(text, last.end) if GROUP.search(last.name) else None
    if match is None or text[_sentence_start(text, group[0].opens) : group[0].opens].strip():
        return group
    return [*group[:-1], last._replace(end=match.end(), name=f"{last.name}{match[0]}")]


UNLIMITED = re.compile(
    r"(?i)(?:thủ trưởng |lãnh đạo )?(?:các )?(?:cơ quan,? )?đơn vị|các (?:tổ chức|doanh nghiệp|cơ sở)"
)
LIMIT = re.compile(r"(?:có )?liên quan$|(?:(?:đóng|hoạt động|đứng chân) )?trên địa bàn(?: \w.*)?$")


def _limited(text: str, group: list[Actor], at: int) -> Actor:
    """Units that share what limits the next of their list: `các đơn vị và cá nhân có liên quan`."""
    actor = group[at]
    if at + 1 == len(group) or not UNLIMITED.fullmatch(actor.name):
        return actor
    limit = LIMIT.search(group[at + 1].name)
    joined = text[actor.end : group[at + 1].start].strip() == "và"
    return actor._replace(name=f"{actor.name} {limit[0]}") if limit and joined else actor


def _desk(text: str, end: int) -> Actor | None:
    """Who receives it there, where a bracket after a name holds nothing else: `về Bộ Y tế (Cục Y tế dự phòng)`."""
    bracket = re.match(r"\s*\(([^()]{4,90})\)", text[end:])
    named = actors(bracket[1]) if bracket else ()
    if bracket is None or len(named) != 1 or named[0].start or named[0].end != len(bracket[1]):
        return None
    start = end + bracket.start(1)
    return Actor(start, end + bracket.end(1), named[0].name)


def _inside(actor: Actor, spans: list[tuple[int, int]]) -> bool:
    return any(start < actor.start < end for start, end in spans)


def _subject_tail(text: str, group: list[Actor], right: str) -> tuple[list[Actor], tuple[Role, bool] | None]:
    """The end of a list that is the subject where its beginning is not: `Căn cứ kế"
    " hoạch của A, các B có trách nhiệm`."""
    if re.search(r"(?i)(?<!\w)(?:được|bị|do|bởi)\s*$", text[: group[0].opens]) or right.lstrip().startswith(","):
        return group, None
    for k in range(1, len(group)):
        left = text[_sentence_start(text, group[k].opens) : group[k].opens]
        if left.rstrip().endswith(",") and _is_subject(left, right):
            return group[k:], ("lead", True)
    return group, None


def _switch(text: str, group: list[Actor], at: int) -> tuple[Role, bool] | None:
    """A word inside the list that changes the role: `báo cáo A, đồng thời gửi B`, `A (qua B)`."""
    if at and THROUGH.search(text[: group[at].start]):
        return "report_to", False
    return None


def _lists(text: str, found: list[Actor]) -> Iterator[list[Actor]]:
    group: list[Actor] = []
    for actor in found:
        last = group[-1].end if group else 0
        between = text[last : actor.opens if actor.opens >= last else actor.start] if group else ""
        if group and not (BETWEEN.fullmatch(between) or LINKED.fullmatch(between)):
            yield group
            group = []
        group.append(actor)
    if group:
        yield group


def _sentence_start(text: str, at: int) -> int:
    """Where the sentence or the semicolon clause around `at` begins."""
    ends = [m.end() for m in CLAUSE_END.finditer(text, 0, at + 1) if m.end() <= at]
    return ends[-1] if ends else 0


def _role(left: str, right: str) -> tuple[Role, bool] | None:
    if MONITORED.search(left):
        return "monitor", False
    if WITH.search(left) or WITH_UNKNOWN.search(left):
        return "coordinate", False
    if (
        left.rstrip().endswith("(qua")
        or re.search(r", (?:thông )?qua\s*$", left)
        or DIRECT_UP.search(left)
        or VIA_UP.search(left)
    ):
        return "report_to", False
    if ORDER.search(left):
        return _ordered(left, right)
    if _is_subject(left, right):
        return ("advise" if HELPS.match(right) else "lead"), True
    return None


def _ordered(left: str, right: str) -> tuple[Role, bool] | None:
    if re.search(r"(?i)đề nghị\s*$", left) and (GRANT.match(right) or APPLIES.search(left)):
        return "report_to", False
    if re.search(r"(?i)mời(?: (?:cán bộ|đại diện|lãnh đạo|chuyên gia))?\s*$", left):
        return "coordinate", False
    if re.search(r"(?i)(?<!\w)(?:đề nghị|yêu cầu|giao(?: cho)?)(?: lãnh đạo| đại diện)?\s*$", left):
        return "lead", False
    return ("lead", False) if TOLD.match(right) or begins_with_verb(right) else None


def _is_subject(left: str, right: str) -> bool:
    before, right = left.strip(), INSERTED.sub(" ", re.sub(r"^ (?:có )?liên quan(?= )", "", right))
    if NOT_ACTING.match(right) or ASKS.match(right) or PASSIVE.search(left):
        return False
    if ENFORCES.match(right) and _only_names(before):
        return True
    fronted = before.endswith((",", ":", " thì")) and (ADVERBIAL.match(before) or len(before.split()) <= 12)
    if before and not fronted and not _adverb(before):
        return False
    after = right.strip()
    if not before and UNKNOWN_TAIL.match(after):
        return True
    if after.startswith(", ") and not before and _told_after_unknown(after[2:]):
        return True
    return (after.startswith(":") and len(after) > 3) or (may_act(after) if not before else begins_with_verb(after))


def _told_after_unknown(right: str) -> bool:
    """Whether a duty follows, at once or after a few members in small letters that the grammar does not know."""
    pieces = right.split(", ", 3)[:3]
    first = next((n for n, piece in enumerate(pieces) if begins_with_verb(piece)), None)
    return first is not None and all(UNKNOWN_MEMBER.fullmatch(piece) for piece in pieces[:first])


def _only_names(before: str) -> bool:
    """Whether nothing but names, known to the grammar or not, stands in a list before the one that is asked about."""
    names = ADDRESSED.sub("", before).strip()
    return not names or (
        names.endswith((",", ";", " và")) and not re.search(r"[.:]", names) and not GOVERNS.search(names)
    )


def _adverb(text: str) -> bool:
    """A short adverb that opens a sentence: `Sau đó`, `Đồng thời`, `Hằng quý`, `100%`."""
    return bool(ADVERBIAL.match(text)) and len(text.split()) <= 3


#: What singles the bodies of a heading out: `Các cơ sở được kiểm tra:`.
PARTICIPLE = re.compile(r"(?:được|bị|chịu sự) [a-zà-ỹđ ,]{3,40}")


def leading_list(text: str) -> list[Actor]:
    """The bodies a heading names as those who act: `Sở Y tế, Sở Tài chính:`, `Đề nghị Mặt trận Tổ quốc tỉnh`."""
    opened = re.match(
        (
            r"(?i)\s*(?:trách nhiệm (?:của )?|nhiệm vụ (?:của )?|phân công (?:nhiệm vụ )?"
            r"|(?:trân trọng )?đề nghị |yêu cầu |giao (?:cho )?|đối với |các (?=ủy ban))?"
        ),
        text,
    )
    start = opened.end() if opened else 0
    for listed in _lists(text, list(actors(text))):
        group = _singled(text, listed)
        rest = ASIDE.sub("", text[group[-1].end :]).strip(" .:;")
        if PARTICIPLE.fullmatch(rest) or (re.fullmatch(r", [a-zà-ỹđ ]{3,40}", rest) and not begins_with_verb(rest[2:])):
            end = group[-1].end + text[group[-1].end :].index(rest) + len(rest)  # `Phòng Công tác học sinh, sinh viên:`
            group, rest = [*group[:-1], Actor(group[-1].start, end, text[group[-1].start : end])], ""
        if text[start : group[0].start].strip() == "" and _closes(rest):
            return group
    holder = DUTIES_OF.fullmatch(text.strip()) or HOLDER.match(text)
    return [Actor(*holder.span(1), holder[1])] if holder else []


def _closes(rest: str) -> bool:
    """What may follow the bodies of a heading: nothing, or that they have duties."""
    return not rest or bool(
        re.match(
            r"(?i)(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|thực hiện|tổ chức thực hiện|phối hợp)", rest
        )
    )
