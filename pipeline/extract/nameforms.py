"""The grammar of one body's name: a head (`Sở`), what it is for, whose it is, where it is.

A known field comes whole from the gazetteer (`Văn hóa, Thể thao và Du lịch`); else the name runs on to a boundary.
Functions take the text, its tokens and a position, and answer with the last token of the name or a count of tokens.
"""

from __future__ import annotations

import re
from functools import cache

from pipeline.extract.gazetteer import abbreviations, central, folded_phrases, key, kind_of, phrases
from pipeline.extract.namelexicon import (
    ALONE,
    BOARD,
    BRANCHES,
    COMPANY,
    FIELDED,
    LEVEL,
    MOVEMENT,
    NOUN,
    OFFICE,
    PLACE,
    PROJECT,
    SECOND,
    STARTER,
    STOP,
    TEAM,
    THERE,
    WHOLE,
    WORDS,
)
from pipeline.extract.nameplaces import level_words, levels, tail, with_place
from pipeline.extract.nametokens import Token, at_or_after, begins_with_verb, ends, next_capital, small_field_at, verbs
from pipeline.vietnamese import fold

__all__ = ["core_at", "extended", "head_at", "is_common", "phrase_at"]


def core_at(text: str, tokens: list[Token], at: int) -> int | None:
    """A name that begins with its head."""
    if told := TEAM.match(text, tokens[at].start) or _board(text, tokens, at):
        last = at_or_after(tokens, told.end()) - 1
        ends = told.re is TEAM or tokens[last].mark not in ("", "”", '"') or last + 1 == len(tokens)
        return last if ends else with_place(text, tokens, last)
    if place := PLACE.match(text, tokens[at].start):
        return _named_place(text, tokens, place.end())
    if size := phrase_at(tokens, at, central_only=True):
        return tail(text, tokens, at + size - 1)
    head = head_at(text, tokens, at)
    if head is None:
        return None
    if tokens[head].mark:
        return head if _stands_alone(tokens, at, head) else None
    grown = head if _builds(tokens, head) else max(extended(text, tokens, head), _dutied(text, tokens, at, head))
    last = tail(text, tokens, grown)
    return last if last > head or _stands_alone(tokens, at, head) else None


def _builds(tokens: list[Token], head: int) -> bool:
    """Whether `xây dựng`, a field too, is a verb after a head that needs no field: `Công an xây dựng kế hoạch`."""
    act = [t.text for t in tokens[head + 1 : head + 3]]
    return act == ["xây", "dựng"] and tokens[head].text not in FIELDED


#: A name in small letters is told by the duty after it: `Trung tâm thông tin có trách nhiệm`.
DUTY = re.compile(
    r"((?: (?!(?:sẽ|đã|phải|không) )[^\W\d_]+){1,6}?)(?<! và)"
    r" (?=(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì)(?!\w))"
)


def _dutied(text: str, tokens: list[Token], at: int, head: int) -> int:
    """The last token before the duty, where a sentence begins with a head that is no common word."""
    named = DUTY.match(text, tokens[head].end) if at == 0 else None
    common = key(" ".join(t.text for t in tokens[at : head + 1])) in WORDS
    return head if named is None or common else at_or_after(tokens, named.end(1)) - 1


def _board(text: str, tokens: list[Token], at: int) -> re.Match[str] | None:
    start = tokens[at].start
    return PROJECT.match(text, start) or MOVEMENT.match(text, start) if tokens[at].text[:1].isupper() else None


def _named_place(text: str, tokens: list[Token], end: int) -> int | None:
    """`Quận Tây Hồ`, `Thành phố`: an administrative unit that acts as one."""
    last = at_or_after(tokens, end) - 1
    while not tokens[last].mark and next_capital(tokens, last) and head_at(text, tokens, last + 1) is None:
        last += 1
    return last


def _stands_alone(tokens: list[Token], at: int, last: int) -> bool:
    """Whether a head is a whole name: `Sở`, `UBND`, and those named by their level (`Tỉnh ủy`, `Huyện đoàn`)."""
    name = key(" ".join(t.text for t in tokens[at : last + 1]))
    kind = kind_of(name)
    if kind is None or key(kind.head) != name:
        return name in ALONE
    branch = kind.kind in BRANCHES and len(name.split()) > 1
    return name in ALONE or kind.completed_by == "name" or branch


def head_at(text: str, tokens: list[Token], at: int) -> int | None:
    """The last token of the head at `at`: `Sở`, `Đài Phát thanh và Truyền hình`, `UBND`, `TTYT`."""
    word = tokens[at].text
    short = re.split(r"[-–]", word)[0]
    expansion = abbreviations().get(word) or abbreviations().get(short)
    if expansion and kind_of(expansion):
        return at
    inside = word == "phòng" and at > 0 and tokens[at - 1].text == "Văn"
    if inside or (not word[0].isupper() and word not in ("phòng", "trung")):
        return None
    rest = text[tokens[at].start : tokens[at].start + 80].replace("–", "-").replace("—", "-")
    if (
        fold(word) in ("so", "phong", "bo")
        and word[:1].isupper()
        and at + 1 < len(tokens)
        and phrase_at(tokens, at + 1) > 1
    ):
        return at  # `Sơ Y tế`: a lost mark, told by the field
    kind = kind_of(" ".join(re.split(r"[\s]+", re.sub(r"[,;:.()]", " ,", rest))))
    if kind is None or not (word[0].isupper() or (kind.head in ("Phòng", "Trung tâm") and next_capital(tokens, at))):
        return None
    last = at + len(kind.head.split()) - 1
    alone = word == "Sở" and not text.startswith("Sở hữu", tokens[at].start)
    shown = (
        alone
        or next_capital(tokens, last)
        or (last + 1 < len(tokens) and small_field_at(tokens, last + 1) > 0)
        or tokens[last].mark
        or last + 1 == len(tokens)
        or LEVEL.match(text, tokens[last + 1].start)
    )
    return last if shown or key(kind.head) not in WORDS else None


@cache
def _phrase_keys() -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    every = frozenset(phrases())
    return every, frozenset(tuple(k.split()) for k in central())


def phrase_at(tokens: list[Token], at: int, *, central_only: bool = False) -> int:
    """How many tokens the longest known name at `at` has, 0 where there is none."""
    if not tokens[at].text[:1].isupper():
        return 0
    keys = _phrase_keys()[central_only]
    for size in range(min(9, len(tokens) - at), 0, -1):
        inner = [
            key(t.text + (t.mark if t.mark == "," else "\0" if t.mark else "")) for t in tokens[at : at + size - 1]
        ]
        words = " ".join([*inner, key(tokens[at + size - 1].text)]).replace("–", "-").replace("—", "-")
        words = re.sub(r"(?<=[^\W\d])-|-(?=[^\W\d])", " - ", words)
        if tuple(words.split()) in keys:
            return size
        if not central_only and size > 1 and tuple(fold(words).split()) in folded_phrases():
            return size
    return 0


def extended(text: str, tokens: list[Token], last: int) -> int:
    """The last token of a name whose head ends at `last`."""
    named, start = 0, last
    while last + 1 < len(tokens) and not tokens[last].mark:
        if named and _next_head_is_another(text, tokens, start, last):
            break
        step = _step(text, tokens, last, named) or _named_act(text, tokens, last, named)
        if step == 0:
            break
        named += 1
        last += step
        if LEVEL.fullmatch(tokens[last].text) and not next_capital(tokens, last):
            return levels(text, tokens, last)
    return last


def _step(text: str, tokens: list[Token], last: int, named: int) -> int:
    """How many tokens the name takes on after `last`; 0 where it ends."""
    at = last + 1
    return _content(text, tokens, at, named) or _relation(text, tokens, at, named)


def _content(text: str, tokens: list[Token], at: int, named: int) -> int:
    """A known phrase (after the head in small letters too), an abbreviation, a dash, a capital, `và` between those."""
    word = tokens[at].text
    if size := phrase_at(tokens, at) or (0 if named else small_field_at(tokens, at)):
        return size
    if word in abbreviations() or any(part in abbreviations() for part in re.split(r"[-–]", word) if len(part) > 2):
        return 1
    if word in ("-", "–", "—", "&"):
        return int(next_capital(tokens, at))
    if word == "và":
        return _joined(text, tokens, at, named)
    numbered = word[:1].isdigit() and (named > 0 or ends(BOARD, text, tokens[at].start))
    return int(word[:1].isupper() or numbered)


def _relation(text: str, tokens: list[Token], at: int, named: int) -> int:
    """Whose the body is and at what level: `các huyện`, `cấp xã`, `tỉnh`, `của quận`, `ngành Y tế`; small words."""
    word, follows = tokens[at].text, at + 1 < len(tokens)
    level_next = follows and LEVEL.match(text, tokens[at + 1].start) is not None
    if word in ("các", "cấp") or text.startswith("địa phương", tokens[at].start):
        return _many(text, tokens, at)
    if LEVEL.match(text, tokens[at].start) or (word == "thị" and tokens[at].mark == ","):
        return level_words(text, tokens, at)
    if word in ("của", "tuyến") and level_next:
        return 1 + level_words(text, tokens, at + 1)
    if word in ("ngành", "thuộc", "trực") and (named or word == "ngành"):
        small = small_field_at(tokens, at + 1) if word == "ngành" and follows else 0
        return 1 + small if small else int(follows and (next_capital(tokens, at) or level_next))
    if _whole_field(tokens, at - 1):
        return int(_misread_level(text, tokens, at))
    return int(word != "và" and (_act_of_two(tokens, at) or is_common(text, tokens, at)))


def _act_of_two(tokens: list[Token], at: int) -> bool:
    """The second syllable of an act that a name joins: `Khoa học Công nghệ và Đào tạo`."""
    act = f"{tokens[at - 1].text} {tokens[at].text}"
    return tokens[at - 2].text == "và" and act[:1].isupper() and act.lower() in verbs()


def _misread_level(text: str, tokens: list[Token], at: int) -> bool:
    """`quan`, `quân` for `quận` after a whole name, where a boundary follows."""
    if fold(tokens[at].text) not in ("quan", "quen", "quy", "huyen", "tinh", "phuong"):
        return False
    return bool(tokens[at].mark) or at + 1 == len(tokens) or begins_with_verb(text, tokens[at + 1].start)


def _whole_field(tokens: list[Token], last: int) -> bool:
    """Whether a known field ends at `last` (`Sở Y tế`): the name is whole, a verb may follow."""
    return any(phrase_at(tokens, at) == last - at + 1 for at in range(max(0, last - 8), last + 1))


def _next_head_is_another(text: str, tokens: list[Token], head_end: int, last: int) -> bool:
    """Whether a new name begins after `last` where no name may hold another: `Bộ NN&MT Bộ Xây dựng`."""
    begin = next(
        (i for i in range(max(0, head_end - 3), head_end + 1) if head_at(text, tokens, i) == head_end), head_end
    )
    kind = kind_of(abbreviations().get(tokens[begin].text) or " ".join(t.text for t in tokens[begin : head_end + 1]))
    at = last + 1
    return (
        kind is not None
        and kind.kind in WHOLE
        and tokens[at].text[:1].isupper()
        and head_at(text, tokens, at) is not None
    )


def _named_act(text: str, tokens: list[Token], last: int, named: int) -> int:
    """A verb inside a name, after a capital that is a verb too: `Hội đồng Xét công nhận Sáng kiến`."""
    capital = tokens[last].text[:1].isupper() and tokens[last].text.lower() in verbs()
    if named != 1 or not capital or not begins_with_verb(text, tokens[last + 1].start):
        return 0
    return 2


#: Zones that a board for one has besides: `Ban Quản lý Khu kinh tế X và các Khu công nghiệp`.
ZONES = re.compile(r"và các (?:Khu|khu|KCN|Cụm)(?!\w)")


def _joined(text: str, tokens: list[Token], at: int, named: int) -> int:
    """`và` inside a name: between two capitals that begin no other body (`Quản lý và Khai thác`)."""
    if named and ZONES.match(text, tokens[at].start):
        return 3
    if not named or at + 1 >= len(tokens):
        return 0
    if not tokens[at + 1].text[:1].isupper():
        return _trade(text, tokens, at)
    if (tokens[at - 1].text, tokens[at + 1].text) in (("HĐND", "UBND"), ("ĐBQH", "HĐND")):
        return 2
    return 0 if head_at(text, tokens, at + 1) is not None or OFFICE.match(text, tokens[at + 1].start) else 2


def _trade(text: str, tokens: list[Token], at: int) -> int:
    """How many tokens `và` and a company's second trade in small letters have, 0 where another body may begin."""
    second = SECOND.match(text, tokens[at].start) if ends(COMPANY, text, tokens[at].start) else None
    if second is None or STARTER.match(text, tokens[at + 1].start) or NOUN.match(text, tokens[at + 1].start):
        return 0
    small = begins_with_verb(text, tokens[at + 1].start) or tokens[at + 1].text in STOP
    return 0 if small else len(second[0].split())


def _many(text: str, tokens: list[Token], at: int) -> int:
    """`các huyện, thị xã` after a head, `các cấp`; and `Ban Quản lý Khu kinh tế X và các Khu công nghiệp`."""
    if there := THERE.match(text, tokens[at].start):
        return len(there[0].split())
    if text.startswith(("các cấp", "các Khu", "cấp cơ sở", "cấp tỉnh", "cấp huyện", "cấp xã"), tokens[at].start):
        return 2 + text.startswith("cấp cơ sở", tokens[at].start)
    follows = at + 1 < len(tokens) and (
        LEVEL.match(text, tokens[at + 1].start) or tokens[at + 1].text in ("khoa", "phòng")
    )
    return int(bool(follows))


def is_common(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a word in small letters still belongs to the name: no function word, no verb."""
    word = tokens[at].text.lower()
    return word.replace("/", "").isalpha() and word not in STOP and not begins_with_verb(text, tokens[at].start)
