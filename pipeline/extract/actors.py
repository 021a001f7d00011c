"""Bodies named in running text, found by grammar: an office, a head (`Sở`), what it is for, where it is.

Known names come whole from the gazetteer (`Sở Văn hóa, Thể thao và Du lịch`); a new name runs from its head to a
boundary: punctuation, a verb, a function word. Groups (`các sở, ngành`) are one actor each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from pipeline.extract.bodies import spell
from pipeline.extract.gazetteer import PLACE_TYPES, abbreviations, central, folded_phrases, key, kind_of, phrases, table
from pipeline.vietnamese import fold

__all__ = ["Actor", "actors", "begins_with_verb", "may_act"]

OFFICES = (
    "chủ tịch|phó chủ tịch|giám đốc|phó giám đốc|tổng giám đốc|thủ trưởng|trưởng|phó trưởng|bộ trưởng|thứ trưởng|cục trưởng|"
    "chi cục trưởng|vụ trưởng|chánh|phó chánh|lãnh đạo|người đứng đầu|hiệu trưởng|thành viên|thường trực|bí thư|tổ trưởng|"
    "chủ nhiệm|ban giám đốc|đại biểu|tổ đại biểu|đại diện|bộ phận giúp việc cho|bộ phận giúp việc|cơ quan thường trực|cơ quan giúp việc"
)
OFFICE = re.compile(rf"(?i)(?:các |từng |đồng chí )?(?:{OFFICES})(?= )")
STARTER = re.compile(r"(?i)(?:tất cả các|toàn thể các|toàn bộ các|các|những|từng|mỗi|toàn thể)(?= )")
NOUNS = (
    "sở|ban ngành|ban|ngành|phòng ban|phòng|bộ trưởng|bộ|cơ quan|đơn vị|địa phương|tổ chức|đoàn thể|hội|cấp ủy|cấp|chính quyền|"
    "phường|xã|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|trường|cơ sở|doanh nghiệp|lực lượng|khoa|bệnh viện|trung tâm|trạm|"
    "cụm thi đua|cá nhân|hộ gia đình|báo|đài|tổ dân phố|thôn|khu dân cư|ngân hàng|chi cục|thành viên|hiệp hội|phương tiện thông tin|công ty|"
    "ủy ban nhân dân|ubnd|hđnd|mặt trận|đội|tổ|chủ đầu tư|nhà trường|hội viên|vụ|cục|viện|học viện|cán bộ|tập đoàn|tổng công ty"
)
NOUN = re.compile(rf"(?i)(?:{NOUNS})(?!\w)")
#: Plurals without `các`: what follows must show that they are many.
PLURAL = re.compile(
    r"(?i)(?:cơ quan,? đơn vị|sở, (?:ban|ngành)|phòng, ban|ban, ngành|đơn vị (?:trực )?thuộc|chính quyền địa phương"
    r"|cơ quan thông tấn, báo chí|cơ quan (?:thuế|công an|tài chính|chức năng|có thẩm quyền)|cấp có thẩm quyền|phường thuộc|đoàn kiểm tra)(?!\w)"
)
LEVEL = re.compile(rf"(?i)(?:{'|'.join(PLACE_TYPES)}|thị|tp\.?|cấp (?:tỉnh|huyện|xã))(?!\w)")
OF_LEVEL = rf"(?=(?: toàn)? (?:{'|'.join(PLACE_TYPES)}))"
MODIFIER = re.compile(
    r"(?i)(?:(?:có )?(?:liên quan|hữu quan)(?: có liên quan)?|khác|chức năng|(?:thuộc,? )?trực thuộc|thuộc(?=,? )|trên địa bàn(?: toàn)?"
    rf"|trong{OF_LEVEL}|của(?= (?:tỉnh|quận|huyện|thành phố|xã|phường|sở|bộ|bệnh viện|trường|đơn vị))|chính trị(?: - xã hội)?|xã hội"
    r"|thông tấn|ngang bộ|báo chí|chuyên môn|nhà nước|đảng|trung ương|địa phương|tương đương)(?!\w)"
)
#: After these a group takes on only its owner.
CLOSED = re.compile(r"(?i)(?:liên quan|hữu quan|khác|chức năng|trên địa bàn|báo chí|chính trị - xã hội|ngang bộ|tương đương)$")
TEAM = re.compile(
    r"(?:Tổ|Đoàn|Nhóm|Đội)(?: công tác)?(?: (?:khảo sát|kiểm tra|giám sát|thanh tra|thẩm định|giúp việc|thư ký|phản ứng nhanh|công tác|xử lý))"
    r"(?: liên ngành)?(?!\w)"
)
PLACE = re.compile(r"(?:Quận|Huyện|Thành phố|Tỉnh|Thị xã|Phường|Xã)(?!\w)(?! (?:[đĐ]oàn|[ủỦ]y|[đĐ]ội)(?!\w))")
#: Heads that are common words too: what follows must be a name.
WORDS = frozenset("báo đội tổ ban hội bộ cục vụ viện quỹ đoàn trường phòng thuế sở thanh tra".split()) | {"thanh tra", "cơ quan", "chi nhánh"}
STOP = frozenset(
    "và với để theo tại khi hoặc cho đến từ qua do như nhằm về trên dưới sau trước mà thì nếu vì bởi rằng này đó nêu nói ở ngay cũng bằng"
    " trong của những các từng mỗi đối đồng năm ngày tháng quý có không ít hơn khoảng gì nào".split()
)
PUNCT = re.compile(r"[.,;:()“”\"/…!?]+$")


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


class Token(NamedTuple):
    start: int
    end: int
    text: str
    mark: str  # punctuation that closes it


def _tokens(text: str) -> list[Token]:
    out = []
    for match in re.finditer(r"\S+", text):
        tail = PUNCT.search(match[0])
        cut = len(match[0]) - (len(tail[0]) if tail and len(tail[0]) < len(match[0]) else 0)
        opened = len(match[0]) - len(match[0].lstrip("(“\"")) if cut > 1 else 0
        if opened and out:  # a bracket or quotation mark closes what stands before it
            out[-1] = out[-1]._replace(mark=out[-1].mark or "(")
        out.append(Token(match.start() + opened, match.start() + cut, match[0][opened:cut], match[0][cut:]))
    return out


@cache
def _verbs() -> frozenset[str]:
    return frozenset(r["verb"] for r in table("verbs"))


#: Small words with which no act begins.
FUNCTION = STOP | frozenset("cấp loại khác thuộc trực nêu vừa còn bao gồm gọi".split()) - {"cùng", "không"}


def may_act(text: str) -> bool:
    """Whether the words after a subject may be what it does: a verb of the lexicon, or a word that is no particle."""
    first = re.match(r"\s*([^\W\d_]+)", text)
    return begins_with_verb(text) or bool(first and first[1].islower() and first[1] not in FUNCTION)


def begins_with_verb(text: str) -> bool:
    """Whether `text` begins with a verb of the lexicon."""
    words = re.findall(r"\w+", text[:40].lower())
    return any(" ".join(words[:n]) in _verbs() for n in (3, 2, 1))


def actors(text: str) -> Iterator[Actor]:
    """The bodies named in `text`, left to right, none overlapping."""
    if text.isupper() and not (spelt := spell(text)).isupper() and len(spelt) == len(text):
        yield from (a._replace(name=a.name) for a in actors(spelt))
        return
    tokens = _tokens(text)
    at = 0
    while at < len(tokens):
        last = _match(text, tokens, at)
        if last is None:
            at += 1
            continue
        actor = Actor(tokens[at].start, tokens[last].end, text[tokens[at].start : tokens[last].end])
        named = list(_enumerated(text, tokens, at, last))
        yield from named or [actor]
        at = _at_or_after(tokens, (named or [actor])[-1].end)


def _at_or_after(tokens: list[Token], end: int) -> int:
    return next((i for i, t in enumerate(tokens) if t.start >= end), len(tokens))


def _match(text: str, tokens: list[Token], at: int) -> int | None:
    """The last token of the name that begins at `at`, None where none does."""
    start = tokens[at].start
    if office := OFFICE.match(text, start):
        led = _at_or_after(tokens, office.end())
        if led < len(tokens) and not tokens[led - 1].mark:
            last = _core(text, tokens, led) if not STARTER.match(text, tokens[led].start) else _group(text, tokens, led)
            if last is not None:
                return last
            if plural := PLURAL.match(text, tokens[led].start) or NOUN.match(text, tokens[led].start):
                return _extend_group(text, tokens, _at_or_after(tokens, plural.end()) - 1)
    if STARTER.match(text, start):
        return _group(text, tokens, at)
    if plural := PLURAL.match(text, start):
        return _extend_group(text, tokens, _at_or_after(tokens, plural.end()) - 1)
    return _core(text, tokens, at)


def _core(text: str, tokens: list[Token], at: int) -> int | None:
    """A name that begins with its head."""
    if team := TEAM.match(text, tokens[at].start):
        return _at_or_after(tokens, team.end()) - 1
    if place := PLACE.match(text, tokens[at].start):
        return _named_place(text, tokens, at, place.end())
    if size := _phrase(tokens, at, central_only=True):
        return _tail(text, tokens, at + size - 1)
    head = _head(text, tokens, at)
    if head is None:
        return None
    if tokens[head].mark:
        return head if _stands_alone(tokens, at, head) else None
    last = _tail(text, tokens, _extend(text, tokens, head))
    return last if last > head or _stands_alone(tokens, at, head) else None


def _named_place(text: str, tokens: list[Token], at: int, end: int) -> int | None:
    """`Quận Tây Hồ`, `Thành phố`: an administrative unit that acts as one."""
    last = _at_or_after(tokens, end) - 1
    while not tokens[last].mark and _next_capital(tokens, last) and _head(text, tokens, last + 1) is None:
        last += 1
    return last


def _stands_alone(tokens: list[Token], at: int, last: int) -> bool:
    """Heads that name a body by themselves: `Sở`, `UBND`, `Ủy ban nhân dân`, `Hội đồng`."""
    name = key(" ".join(t.text for t in tokens[at : last + 1]))
    kind = kind_of(name)
    return (kind is not None and key(kind.head) == name and kind.completed_by == "name") or name in {"sở", "ubnd", "hđnd", "mttq", "ủy ban nhân dân", "hội đồng nhân dân", "mặt trận tổ quốc", "tỉnh ủy", "thành ủy",
                    "quận ủy", "huyện ủy", "ban giám đốc", "văn phòng", "ban chỉ đạo", "hội đồng", "nhà trường", "công an", "đảng ủy"}  # fmt: skip


def _head(text: str, tokens: list[Token], at: int) -> int | None:
    """The last token of the head at `at`: `Sở`, `Đài Phát thanh và Truyền hình`, `UBND`, `TTYT`."""
    word = tokens[at].text
    short = re.split(r"[-–]", word)[0]
    expansion = abbreviations().get(word) or abbreviations().get(short)
    if expansion and kind_of(expansion):
        return at
    rest = text[tokens[at].start : tokens[at].start + 80]
    if fold(word) in ("so", "phong", "bo") and word[:1].isupper() and at + 1 < len(tokens) and _phrase(tokens, at + 1) > 1:
        return at  # `Sơ Y tế`: a lost mark, told by the field
    kind = kind_of(" ".join(re.split(r"[\s]+", re.sub(r"[,;:.()]", " ,", rest))))
    if kind is None or not (word[0].isupper() or (kind.head in ("Phòng", "Trung tâm") and _next_capital(tokens, at))):
        return None
    last = at + len(kind.head.split()) - 1
    alone = word == "Sở" and not text.startswith("Sở hữu", tokens[at].start)
    shown = alone or _next_capital(tokens, last) or tokens[last].mark or last + 1 == len(tokens) or LEVEL.match(text, tokens[last + 1].start)
    return last if shown or key(kind.head) not in WORDS else None


def _next_capital(tokens: list[Token], at: int) -> bool:
    return at + 1 < len(tokens) and not tokens[at].mark and tokens[at + 1].text[:1].isupper()


@cache
def _phrase_keys() -> tuple[frozenset[tuple[str, ...]], frozenset[tuple[str, ...]]]:
    every = frozenset(phrases())
    return every, frozenset(tuple(k.split()) for k in central())


def _phrase(tokens: list[Token], at: int, *, central_only: bool = False) -> int:
    """How many tokens the longest known name at `at` has, 0 where there is none."""
    if not tokens[at].text[:1].isupper():
        return 0
    keys = _phrase_keys()[central_only]
    for size in range(min(9, len(tokens) - at), 0, -1):
        inner = [key(t.text + (t.mark if t.mark == "," else "\0" if t.mark else "")) for t in tokens[at : at + size - 1]]
        words = " ".join([*inner, key(tokens[at + size - 1].text)]).replace("–", "-").replace("—", "-")
        words = re.sub(r"(?<=[^\W\d])-|-(?=[^\W\d])", " - ", words)
        if tuple(words.split()) in keys:
            return size
        if not central_only and size > 1 and tuple(fold(words).split()) in folded_phrases():
            return size
    return 0


def _extend(text: str, tokens: list[Token], last: int) -> int:
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
        if LEVEL.fullmatch(tokens[last].text) and not _next_capital(tokens, last):
            return _levels(text, tokens, last)
    return last


def _step(text: str, tokens: list[Token], last: int, named: int) -> int:
    """How many tokens the name takes on after `last`; 0 where it ends."""
    at = last + 1
    word, before = tokens[at].text, tokens[last].text
    if size := _phrase(tokens, at):
        return size
    if word in abbreviations() or any(part in abbreviations() for part in re.split(r"[-–]", word) if len(part) > 2):
        return 1
    if word in ("-", "–", "—", "&"):
        return 1 if _next_capital(tokens, at) else 0
    if word[:1].isupper() or (word[:1].isdigit() and named):
        return 1
    if word == "và":
        return _joined(text, tokens, at, named)
    if word in ("các", "cấp") and before.lower() not in ("và",):
        return _many(text, tokens, at)
    if LEVEL.match(text, tokens[at].start) or (word == "thị" and tokens[at].mark == ","):
        return _level_words(text, tokens, at)
    if word == "của" and at + 1 < len(tokens) and LEVEL.match(text, tokens[at + 1].start):
        return 1 + _level_words(text, tokens, at + 1)
    if word in ("ngành", "thuộc", "trực") and (named or word == "ngành"):
        return 1 if at + 1 < len(tokens) and (_next_capital(tokens, at) or LEVEL.match(text, tokens[at + 1].start)) else 0
    if _whole_field(tokens, last):
        return int(_misread_level(text, tokens, at))
    return int(_common(text, tokens, at))


def _misread_level(text: str, tokens: list[Token], at: int) -> bool:
    """`quan`, `quân` for `quận` after a whole name, where a boundary follows."""
    if fold(tokens[at].text) not in ("quan", "quen", "quy", "huyen", "tinh", "phuong"):
        return False
    return bool(tokens[at].mark) or at + 1 == len(tokens) or begins_with_verb(text[tokens[at + 1].start :])


def _whole_field(tokens: list[Token], last: int) -> bool:
    """Whether a known field ends at `last` (`Sở Y tế`): the name is whole, a verb may follow."""
    return any(_phrase(tokens, at) == last - at + 1 for at in range(max(0, last - 8), last + 1))


#: Kinds that have no body inside their name; a head after one is another body, its comma lost in reading.
WHOLE = frozenset(("ministry", "department", "people_committee", "people_council", "government"))


def _next_head_is_another(text: str, tokens: list[Token], head_end: int, last: int) -> bool:
    """Whether a new name begins after `last` where no name may hold another: `Bộ NN&MT Bộ Xây dựng`."""
    begin = next((i for i in range(max(0, head_end - 3), head_end + 1) if _head(text, tokens, i) == head_end), head_end)
    kind = kind_of(abbreviations().get(tokens[begin].text) or " ".join(t.text for t in tokens[begin : head_end + 1]))
    at = last + 1
    return kind is not None and kind.kind in WHOLE and tokens[at].text[:1].isupper() and _head(text, tokens, at) is not None


def _named_act(text: str, tokens: list[Token], last: int, named: int) -> int:
    """A verb inside a name, after a capital that is a verb too: `Hội đồng Xét công nhận Sáng kiến`."""
    capital = tokens[last].text[:1].isupper() and tokens[last].text.lower() in _verbs()
    if named != 1 or not capital or not begins_with_verb(text[tokens[last + 1].start :]):
        return 0
    return 2


def _level_words(text: str, tokens: list[Token], at: int) -> int:
    match = LEVEL.match(text, tokens[at].start)
    end = match.end() if match else tokens[at].end
    return _at_or_after(tokens, end) - at


def _joined(text: str, tokens: list[Token], at: int, named: int) -> int:
    """`và` inside a name: between two capitals that begin no other body (`Quản lý và Khai thác`)."""
    if named and re.match(r"và các (?:Khu|khu|KCN|Cụm)(?!\w)", text[tokens[at].start :]):
        return 3
    if not named or at + 1 >= len(tokens) or not tokens[at + 1].text[:1].isupper():
        return 0
    if tokens[at - 1].text == "HĐND" and tokens[at + 1].text == "UBND":
        return 2
    return 0 if _head(text, tokens, at + 1) is not None or OFFICE.match(text, tokens[at + 1].start) else 2


def _many(text: str, tokens: list[Token], at: int) -> int:
    """`các huyện, thị xã` after a head, `các cấp`; and `Ban Quản lý Khu kinh tế X và các Khu công nghiệp`."""
    if text.startswith(("các cấp", "các Khu", "cấp cơ sở", "cấp tỉnh", "cấp huyện", "cấp xã"), tokens[at].start):
        return 2 + text.startswith("cấp cơ sở", tokens[at].start)
    follows = at + 1 < len(tokens) and (LEVEL.match(text, tokens[at + 1].start) or tokens[at + 1].text in ("khoa", "phòng"))
    return int(bool(follows))


def _common(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a word in small letters still belongs to the name: no function word, no verb."""
    word = tokens[at].text.lower()
    return word.replace("/", "").isalpha() and word not in STOP and not begins_with_verb(text[tokens[at].start :])


def _levels(text: str, tokens: list[Token], last: int) -> int:
    """The rest of a list of levels after `huyện`: `, thị xã, thành phố`, named ones too (`thị xã Đức Phổ`)."""
    while last + 1 < len(tokens):
        mark = tokens[last].mark
        joined = tokens[last + 1].text == "và" and not mark
        nxt = last + (2 if joined else 1)
        if not (mark in (",", "/") or joined) or nxt >= len(tokens) or not LEVEL.match(text, tokens[nxt].start):
            break
        last = nxt + _level_words(text, tokens, nxt) - 1
        while not tokens[last].mark and _next_capital(tokens, last):
            last += 1
    return _tail(text, tokens, last)


#: What may narrow a list of levels: `UBND các xã ven sông`.
KIND_OF_LEVEL = re.compile(r"(?:ven (?:biển|sông|đô)|vùng (?:cao|sâu|biên)|biên giới|miền núi|nội thành|ngoại thành|trọng điểm|đảo)(?!\w)")


def _tail(text: str, tokens: list[Token], last: int) -> int:
    """`thuộc <place>` and a place name after a finished name."""
    if tokens[last].mark or last + 1 >= len(tokens):
        return last
    if narrow := KIND_OF_LEVEL.match(text, tokens[last + 1].start):
        last = _at_or_after(tokens, narrow.end()) - 1
    if last + 1 < len(tokens) and tokens[last + 1].text == "thuộc" and last + 2 < len(tokens):
        return _place(text, tokens, last + 1)
    branch = re.match(r"(?:[-–] )?[Cc]hi nhánh (?=tỉnh|thành phố|khu vực)", text[tokens[last + 1].start :]) if last + 1 < len(tokens) else None
    if branch and not tokens[last].mark:
        return _place(text, tokens, last + len(branch[0].split()))
    return last


def _place(text: str, tokens: list[Token], last: int) -> int:
    """A level word with its name after `last`, where there is one."""
    if not LEVEL.match(text, tokens[last + 1].start):
        return last
    last += _level_words(text, tokens, last + 1)
    while not tokens[last].mark and _next_capital(tokens, last):
        last += 1
    return last


def _group(text: str, tokens: list[Token], at: int) -> int | None:
    """A group: `các sở, ban, ngành tỉnh`, `từng cơ quan, đơn vị`."""
    starter = STARTER.match(text, tokens[at].start)
    first = _at_or_after(tokens, starter.end()) if starter else at
    if first >= len(tokens):
        return None
    if OFFICE.match(text, tokens[first].start):
        return _match(text, tokens, first) or (first if NOUN.match(text, tokens[first].start) else None)
    noun = NOUN.match(text, tokens[first].start)
    if noun is None:
        return None
    if (head := _head(text, tokens, first)) is not None and tokens[first].text[:1].isupper() and not tokens[head].mark:
        longer = _extend(text, tokens, head)
        if longer > head:
            return longer
    return _extend_group(text, tokens, _at_or_after(tokens, noun.end()) - 1)


def _extend_group(text: str, tokens: list[Token], last: int) -> int:
    """Members after the first, and what limits the group. `các A, B và C` is one series, `các A và B` is two."""
    commas = 0
    while last + 1 < len(tokens):
        mark, nxt = tokens[last].mark, last + 1
        if mark == ",":
            member = NOUN.match(text, tokens[nxt].start)
            if member is None or (tokens[nxt].text[:1].isupper() and _next_capital(tokens, nxt)):
                break
            if _own_name(text, tokens, nxt):
                break
            commas, last = commas + 1, _at_or_after(tokens, member.end()) - 1
        elif mark:
            break
        elif tokens[nxt].text == "và" and commas and nxt + 1 < len(tokens) and (m := NOUN.match(text, tokens[nxt + 1].start)):
            if _own_name(text, tokens, nxt + 1):
                break
            last = _at_or_after(tokens, m.end()) - 1
        elif step := _group_step(text, tokens, nxt):
            last += step
        else:
            break
    return last


def _own_name(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a name of its own begins at `at`, not one more member of the series."""
    return tokens[at].text[:1].isupper() and (head := _head(text, tokens, at)) is not None and (
        head > at or tokens[at].text in abbreviations() or _next_capital(tokens, at)
    )  # fmt: skip


def _group_step(text: str, tokens: list[Token], at: int) -> int:
    """What limits a group: `có liên quan`, `trực thuộc Sở Y tế`, `quận`, `có hoạt động về ...`."""
    start = tokens[at].start
    if modifier := MODIFIER.match(text, start):
        end = _at_or_after(tokens, modifier.end())
        return end - at if modifier.end() == tokens[end - 1].end else 0
    if LEVEL.match(text, start):
        return _place(text, tokens, at - 1) - at + 1
    if size := _phrase(tokens, at):
        return size
    word = tokens[at].text
    if having := re.match(r"có (?:hoạt động về|giường|sử dụng|chức năng|thẩm quyền)(?!\w)", text[start:]):
        return len(having[0].split())
    if word == "và":
        about = re.search(r"có hoạt động về \w+ $", text[:start])
        return 2 if about else 0
    if word in abbreviations() and kind_of(abbreviations()[word]) and not re.search(r"(?:thuộc|của) $", text[:start]):
        return 0
    if CLOSED.search(text[: start - 1]) and not (word[:1].isupper() and _head(text, tokens, at) is not None):
        return 0
    return int(word[:1].isupper() or _common(text, tokens, at))


ENUMERATED = re.compile(r"(?i)(?:các )?(sở|bộ|phòng|ban|ủy ban nhân dân|ubnd|chi cục|huyện ủy)(?: các)?(?: (phường|xã|huyện|quận|thành phố))?$")


def _enumerated(text: str, tokens: list[Token], at: int, last: int) -> Iterator[Actor]:
    """Names listed after one head and a colon: `các Sở: Tài chính, Xây dựng` is one body each."""
    head = ENUMERATED.fullmatch(text[tokens[at].start : tokens[last].end])
    if head is None or tokens[last].mark != ":":
        return
    prefix = f"{head[1]} {head[2].lower()}" if head[2] else head[1].capitalize()
    opened, at = tokens[at].start, last + 1
    while at < len(tokens) and (tokens[at].text[:1].isupper() or tokens[at].text in abbreviations()):
        size = _phrase(tokens, at) or 1
        while not tokens[at + size - 1].mark and at + size < len(tokens) and tokens[at + size].text[:1].isupper():
            size += 1
        name = text[tokens[at].start : tokens[at + size - 1].end]
        yield Actor(tokens[at].start, tokens[at + size - 1].end, f"{prefix} {name}", opened)
        joined = tokens[at + size - 1].mark == "," or (at + size < len(tokens) and tokens[at + size].text == "và")
        at += size + int(at + size < len(tokens) and tokens[at + size].text == "và")
        if not joined:
            return
