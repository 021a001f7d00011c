"""Names with an office before them, and names of groups (`các sở, ngành`, `từng cơ quan, đơn vị`)."""

from __future__ import annotations

import re

from pipeline.extract.gazetteer import abbreviations, kind_of
from pipeline.extract.nameforms import core_at, extended, head_at, is_common, phrase_at
from pipeline.extract.namelexicon import (
    ASKING,
    CLOSED,
    LEVEL,
    LONE,
    MODIFIER,
    NOUN,
    OFFICE,
    PLURAL,
    STARTER,
    TRADE,
)
from pipeline.extract.nameplaces import levels, with_place
from pipeline.extract.nametokens import Token, at_or_after, begins_with_verb, ends, next_capital, small_field_at

__all__ = ["more_at", "name_at"]


#: One more level of a series: `các bệnh viện tuyến tỉnh, tuyến huyện`.
TIER = re.compile(r"(?i)tuyến (?:tỉnh|huyện|xã)(?!\w)")


def name_at(text: str, tokens: list[Token], at: int) -> int | None:
    """The last token of the name that begins at `at`, None where none does."""
    start = tokens[at].start
    if office := OFFICE.match(text, start):
        led = at_or_after(tokens, office.end())
        if led < len(tokens) and not tokens[led - 1].mark:
            last = (
                core_at(text, tokens, led) if not STARTER.match(text, tokens[led].start) else _group(text, tokens, led)
            )
            if last is not None:
                return last
            if plural := PLURAL.match(text, tokens[led].start) or NOUN.match(text, tokens[led].start):
                return _grown(text, tokens, at_or_after(tokens, plural.end()) - 1)
    if STARTER.match(text, start):
        return _group(text, tokens, at)
    if plural := PLURAL.match(text, start):
        return _grown(text, tokens, at_or_after(tokens, plural.end()) - 1)
    if tokens[at].text.lower() == "ngành" and at + 1 < len(tokens) and (size := _branch(text, tokens, at + 1)):
        last = at + size  # a branch of work that acts as one: `ngành Giáo dục và Đào tạo`, `ngành y tế`
        return last if tokens[last].mark or last + 1 == len(tokens) else with_place(text, tokens, last)
    return _one_at(text, tokens, at) or core_at(text, tokens, at)


def _one_at(text: str, tokens: list[Token], at: int) -> int | None:
    """A body told by what it is asked: in small letters (`phối hợp với đơn vị liên quan`, `yêu cầu chủ đầu tư`), or
    by its office alone (`trình Bộ trưởng`)."""
    if LONE.match(text, tokens[at].start) and ends(ASKING, text, tokens[at].start):
        return at + 1
    one = ONE.match(text, tokens[at].start)
    if one is None or not (ends(ASKED, text, tokens[at].start) or (one["which"] and tokens[at - 1].text == "và")):
        return None
    return at_or_after(tokens, one.end()) - 1


def _branch(text: str, tokens: list[Token], at: int) -> int:
    """How many tokens the field of a branch has; one in small letters only where the branch is told to act."""
    told = ends(PARTNER, text, tokens[at - 1].start)
    return 0 if tokens[at - 1].mark else phrase_at(tokens, at) or (small_field_at(tokens, at) if told else 0)


def _group(text: str, tokens: list[Token], at: int) -> int | None:
    """A group: `các sở, ban, ngành tỉnh`, `từng cơ quan, đơn vị`."""
    starter = STARTER.match(text, tokens[at].start)
    first = at_or_after(tokens, starter.end()) if starter else at
    if first >= len(tokens):
        return None
    if OFFICE.match(text, tokens[first].start):
        return name_at(text, tokens, first) or (first if NOUN.match(text, tokens[first].start) else None)
    series = PLURAL.match(text, tokens[first].start)  # `các cơ sở khám bệnh, chữa bệnh`: its comma is its own
    noun = series if series and re.match(r"(?i)cơ sở [^,]+,", series[0]) else NOUN.match(text, tokens[first].start)
    if noun is None:
        return None
    if (
        (head := head_at(text, tokens, first)) is not None
        and tokens[first].text[:1].isupper()
        and not tokens[head].mark
    ):
        longer = extended(text, tokens, head)
        if longer > head:
            return longer
    last = at_or_after(tokens, noun.end()) - 1
    if LEVEL.fullmatch(noun[0]):
        return max(_grown(text, tokens, last), levels(text, tokens, last))
    return _grown(text, tokens, last)


def more_at(text: str, tokens: list[Token], at: int) -> int | None:
    """The last token of a group whose `các` stands before another, None where there is none."""
    noun = NOUN.match(text, tokens[at].start) if tokens[at].text.islower() else None
    return _grown(text, tokens, at_or_after(tokens, noun.end()) - 1) if noun else None


def _grown(text: str, tokens: list[Token], last: int) -> int:
    """Members after the first, and what limits the group. `các A, B và C` is one series, `các A và B` is two."""
    commas = 0
    while last + 1 < len(tokens):
        mark, at = tokens[last].mark, last + 1
        series = tokens[at].text == "và" and commas > 0
        if mark == ",":
            step = _member(text, tokens, at) or _traded(text, tokens, at)
            commas += 1
        elif mark:
            break
        elif series and (step := _member(text, tokens, at + 1)):
            step += 1
        else:
            step = _group_step(text, tokens, at)
        if step == 0:
            break
        last += step
    return last


def _member(text: str, tokens: list[Token], at: int) -> int:
    """How many tokens one more member of a series has at `at`; 0 where a name of its own begins, or none."""
    start = tokens[at].start if at < len(tokens) else len(text)
    noun = NOUN.match(text, start) or TIER.match(text, start)
    if noun is None or _own_name(text, tokens, at):
        return 0
    return at_or_after(tokens, noun.end()) - at


def _traded(text: str, tokens: list[Token], at: int) -> int:
    """How many tokens go on with what a group deals in, up to where it is or what it is told:
    `kinh doanh xăng dầu, khí đốt trên địa bàn`."""
    if at >= len(tokens) or not ends(DEALS, text, tokens[at].start) or begins_with_verb(text, tokens[at].start):
        return 0
    goods = GOODS.match(text, tokens[at].start)
    told = goods and (not goods[0].endswith(", ") or begins_with_verb(text, goods.end()))
    return at_or_after(tokens, goods.end()) - at if goods and told else 0


def _own_name(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a name of its own begins at `at`, not one more member of the series."""
    head = head_at(text, tokens, at) if tokens[at].text[:1].isupper() else None
    if head is None or BELONGS.match(text, tokens[head].end):
        return False
    return (
        head > at or tokens[at].text in abbreviations() or next_capital(tokens, at)
    )  # fmt: skip


def _group_step(text: str, tokens: list[Token], at: int) -> int:
    """What limits a group: `có liên quan`, `trực thuộc Sở Y tế`, `quận`, `có hoạt động về ...`."""
    start = tokens[at].start
    named = tokens[at].text[:1].isupper() and text.endswith("đơn vị ", 0, start)
    if named and (last := core_at(text, tokens, at)) is not None:
        return last - at + 1  # `các đơn vị Trung tâm Y tế dự phòng`
    if modifier := MODIFIER.match(text, start):
        end = at_or_after(tokens, modifier.end())
        return end - at if modifier.end() == tokens[end - 1].end else 0
    if places := _where(text, tokens, at):
        return places
    if (trade := TRADE.match(text, start)) and ends(TRADES, text, start):
        return at_or_after(tokens, trade.end()) - at
    having = HAVING.match(text, start)
    return len(having[0].split()) if having else phrase_at(tokens, at) or _group_word(text, tokens, at)


def _where(text: str, tokens: list[Token], at: int) -> int:
    """`tỉnh`, `quận Tây Hồ`; `các huyện, thị xã` after institutions: how many tokens say where a group is."""
    if LEVEL.match(text, tokens[at].start):
        return with_place(text, tokens, at - 1) - at + 1
    several = tokens[at].text == "các" and at + 1 < len(tokens) and LEVEL.match(text, tokens[at + 1].start)
    return levels(text, tokens, at + 1) - at + 1 if several else 0


def _group_word(text: str, tokens: list[Token], at: int) -> int:
    word, start = tokens[at].text, tokens[at].start
    if word == "và":
        return 2 if ends(ABOUT, text, start) else 0
    if word in abbreviations() and kind_of(abbreviations()[word]) and not ends(OF, text, start):
        return 0
    if ends(CLOSED, text, start - 1) and not (word[:1].isupper() and head_at(text, tokens, at) is not None):
        return 0
    return int(word[:1].isupper() or is_common(text, tokens, at))


TRADES = re.compile(r"(?i)(?:đơn vị|cơ sở|doanh nghiệp|công ty|tổ chức|hộ) $")
#: Single bodies in small letters: a noun that says all, or one with what says which.
ONE = re.compile(
    r"(?:chủ (?:đầu tư|rừng)|nhà (?:đầu tư|thầu))(?!\w)"
    r"|(?:cơ quan|đơn vị|tổ chức)(?:, (?:cơ quan|đơn vị|tổ chức|cá nhân))*(?: (?!là )[^\W\d]+){0,4}?"
    r"(?P<which> (?:có )?liên quan| có thẩm quyền| hữu quan| cùng cấp)(?!\w)"
)
ASKED = re.compile(
    r"(?i)(?:phối hợp|hợp tác|liên hệ|làm việc|thống nhất|trao đổi)(?:,? [^\W\d]+){0,3}? (?:với|cùng) $"
    r"|(?:^|[\s,;])(?:giao(?: cho)?|đề nghị|yêu cầu|chỉ đạo|đôn đốc) $"
)
PARTNER = re.compile(r"(?i)(?:(?<!đối )với|cùng|giao|đề nghị|yêu cầu|chỉ đạo) $")
DEALS = re.compile(r"(?:kinh doanh|sản xuất|cung cấp|cung ứng)(?: [^\W\d]+){1,6}, $")
GOODS = re.compile(r"[a-zà-ỹđ][^.,;:]{2,40}?(?: (?=trên địa bàn(?!\w))|, )")
#: What singles a group out: `các cơ sở có hoạt động về ...`, `khoa ... có giường bệnh`.
HAVING = re.compile(r"có (?:hoạt động về|giường|sử dụng|chức năng|thẩm quyền)(?!\w)")
ABOUT = re.compile(r"có hoạt động về \w+ $")
BELONGS = re.compile(r"\s*(?:trực )?thuộc ")
OF = re.compile(r"(?:thuộc|của) $")
