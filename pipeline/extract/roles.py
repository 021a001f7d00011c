"""Who does what in a clause: the role of a body from the words on its left and right.

Bodies in one list (`A, B và C`) share a role. Each rule names wording of the office language; the first that fits
decides. A body that no rule covers has no role: it is only mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.extract.actors import Actor, actors
from pipeline.extract.gazetteer import CAPITALS
from pipeline.extract.nametokens import begins_with_verb, may_act
from pipeline.records import Role

__all__ = ["Part", "leading_list", "parts"]


class Part(NamedTuple):
    """A body with its role in a clause; `subject`: it is the one who acts, so that no heading's body does;
    `speaks`: it only orders others (`UBND tỉnh yêu cầu ...`), which is no task of the issuer's own."""

    actor: Actor
    role: Role
    subject: bool
    speaks: bool = False


FROM_TOP = r"từ (?:trung ương|tỉnh|thành phố|huyện|quận) (?:đến|tới) (?:địa phương|cơ sở)"
BETWEEN = re.compile(
    rf"(?i)\s*(?:\([^)]*\)\s*)?(?:{FROM_TOP})?(?:[,;]|[,;]? ?và|[,;]? ?cùng(?: với)?|hoặc|/"
    rf"|[,;]? ?đồng thời(?= gửi))?\s*(?:với )?"
)
ASIDE = re.compile(rf"(?i)^\s*(?:\([^)]{{0,120}}\)|{FROM_TOP}|năm \d{{4}})")
INSIDE = re.compile(r"\((?!\s*(?:thông )?qua )[^)]*\)?")
VAGUE = re.compile(r"(?i)(?:các|từng|mỗi|những) (?:cấp|bộ phận|nước|trường hợp|tổ chức|ban)")
SPEAKS = re.compile(
    r"(?i)^\s*(?:trân trọng )?(?:đề nghị|yêu cầu|giao|kêu gọi|ban hành|xây dựng kế hoạch"
    r"|nhận được|chỉ thị|quyết định)(?!\w)"
)
WITH = re.compile(
    r"(?i)(?:phối hợp|hợp tác|liên hệ|ký kết|cùng|trao đổi|thống nhất|phối kết hợp|hiệp đồng)"
    r"(?:,? (?:chặt chẽ|hỗ trợ|thống nhất|đồng bộ|thường xuyên|tốt|kịp thời))*(?: và)?(?: với| cùng)?(?: lãnh đạo)?\s*$"
    r"|(?:phối hợp|hợp tác|ký kết)[^.;:]{0,60}(?<!\w)(?:với|cùng)\s*$|theo quy định của\s*$"
)
#: The first partner is a name the grammar does not know: `phối hợp với Hợp tác xã Sao Mai, <body>`.
WITH_UNKNOWN = re.compile(rf"(?:[Pp]hối hợp|[Hh]ợp tác)(?: chặt chẽ)? (?:với|cùng) [{CAPITALS}][^.;:,]{{2,60}},\s*$")
UP = (
    r"(?:báo cáo|trình|đề xuất|kiến nghị|tham mưu|giúp việc|tham mưu giúp|phản ánh"
    r"|điện thoại|gửi|nộp|đăng ký|xin ý kiến(?: của)?)"
)
DIRECT_UP = re.compile(
    rf"(?i)(?<!\w)(?:{UP}(?:,? (?:và )?{UP})*|tham mưu(?:,? (?:giúp|đề xuất|trình))?"
    rf"|báo cáo, đề xuất|đề xuất với|giúp việc cho|(?:trách nhiệm|nhiệm vụ) giúp)"
    r"(?:,? (?:ngay|kịp thời|cho|về|với|lên|tới|đến|kết quả (?:về|cho)))*\s*$"
)
#: What is drawn up may be sent without a verb of its own: `lập danh sách ... về Sở`.
VIA_UP = re.compile(
    rf"(?i)(?<!\w)(?:{UP}|lập danh sách|tổng hợp)(?!\w)[^.;:]*(?<!\w)(?:về|với|lên)\s*$"
    r"|(?<!\w)báo cáo[^.;:]{0,60} cho\s*$"
)
THROUGH = re.compile(r"(?i)[(\s](?:thông )?qua\s*$")
#: What links a body to the one it is reached through, or that works for it: `Sở A (qua Phòng B)`.
LINKED = re.compile(r"(?:\s*\(|,?\s)\s*(?:thông )?qua ")
ORDER = re.compile(
    r"(?i)(?:(?<!\w)(?:giao|giao trách nhiệm(?: cụ thể)?|giao nhiệm vụ|phân công|yêu cầu"
    r"|trân trọng đề nghị|đề nghị|chỉ thị|chỉ đạo|đôn đốc"
    r"|chỉ đạo(?:,? (?:và )?(?:hướng dẫn|kiểm tra|giám sát|đôn đốc|theo dõi)){1,4}"
    r"|hướng dẫn, chỉ đạo|hướng dẫn, đôn đốc|đôn đốc, hướng dẫn|giao cho|đề nghị lãnh đạo|mời)"
    r"(?: (?:cán bộ|đại diện|cho|đến|tới|trách nhiệm cho|đồng chí|các đồng chí))?)\s*$"
)
GRANT = re.compile(
    r"(?i)^\s*(?:xét|xem xét|tặng|khen thưởng|công nhận|phê duyệt|hỗ trợ|bổ sung|cho phép"
    r"|chấp thuận|trình|cho ý kiến(?! (?:góp|đóng góp|bằng văn bản))|cấp|giải quyết)(?!\w)"
)
#: Papers that ask a body for something: `lập hồ sơ đề nghị UBND tỉnh quyết định`.
APPLIES = re.compile(r"(?i)(?<!\w)(?:hồ sơ|văn bản|công văn|tờ trình|đơn|giấy|danh sách)(?: \w+){0,3} đề nghị\s*$")
HELPS = re.compile(
    r"(?i)^[,:]?\s*(?:(?:có trách nhiệm|có nhiệm vụ|chịu trách nhiệm"
    r"|chủ động)\s+)?(?:là cơ quan )?(?:tham mưu|giúp việc|giúp)(?!\w)"
)
NOT_ACTING = re.compile(
    r"(?i)^\s*(?:(?:phải |cần |chưa )?(?:được|bị)(?! (?:giao|phân công|ủy quyền|chỉ định))"
    r"|đã|của|về|tại|trong|đối với|ban hành (?:kèm|quy định)|quản lý trên|phát động"
    r"|kèm theo|làm (?:tổ|trưởng|phó|chủ tịch|ủy viên|thành viên|thư ký)"
    r"|tự giải thể)(?!\w)|^\s*[”\"]"
)
PASSIVE = re.compile(r"(?i)(?<!\w)(?:được|bị|do|bởi|của|mà)\s*$")
#: What may stand before a subject inside its sentence.
ADVERBIAL = re.compile(
    r"(?i)^(?:căn cứ|trên cơ sở|từ (?:ngày|nay)|kể từ|định kỳ|h[aằ]ng|hàng|sau (?:khi|đó"
    r"|\d)|trước|khi|đối với|để|trong|theo|nhằm|tùy|ngoài|đồng thời"
    r"|do (?:vậy|đó)|vì vậy|ngày|quý|năm|tháng|trường hợp|nếu|tuy nhiên|bên cạnh|cuối"
    r"|riêng|khi có|nhận được|tại|phát huy|qua|\d+%)(?!\w)"
)
#: The end of an enacting article, after names the grammar does not know.
ENFORCES = re.compile(
    r"(?i)[^.:]{0,400}?(?:chịu trách nhiệm (?:thi hành|thực hiện)|quyết định thi hành|căn cứ quyết định)"
)
#: Words that give a name before the end of an enacting article another part than acting.
GOVERNS = re.compile(
    r"(?i)(?<!\w)(?:căn cứ|theo|đề nghị|giao|yêu cầu|để|tại|khi|nếu|phối hợp|báo cáo|quyết định|nghị quyết)(?!\w)"
)
#: What may stand between a subject and its duty: `UBND xã trong thời hạn 05 ngày làm việc có trách nhiệm`.
INSERTED = re.compile(
    r"(?i)^\s*,?\s*(?:trong|theo|tùy theo|căn cứ|trên cơ sở|định kỳ|h[aằ]ng (?:năm|quý|tháng)|khi|sau khi|trước ngày)"
    r"(?!\w)[^.;:]{2,160}?[, ](?=(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|phải|tổ chức thực hiện)(?!\w))"
)
#: The subject goes on with a body that the grammar does not know: `Bộ A, cơ quan đại diện ở nước ngoài chủ trì`.
UNKNOWN_TAIL = re.compile(
    r"(?:, |và |hoặc )[a-zà-ỹđ][^.;:,]{3,80}? (?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì)(?!\w)"
)
ADDRESSED = re.compile(r"(?i)^(?:các )?(?:đồng chí|ông(?:, |/)bà|ông|bà)\s*[,:]?")
#: What may follow a body that is told to act, besides a verb.
TOLD = re.compile(
    r"(?i)\s*(?:$|[:.;,(]|làm |có |trong (?:việc|phạm vi)|căn cứ|theo |tùy |tiếp |vào "
    r"|định kỳ|h[aằ]ng |hàng |nhằm |để |chủ |rà |trên cơ sở)"
)
#: One who politely asks others does not act.
ASKS = re.compile(r"(?i)\s*(?:kính |trân trọng )?đề nghị(?!\w)")
CLAUSE_END = re.compile(rf"[.;…]\s+(?=\S)|[.;](?=[{CAPITALS}])|:\s+(?=[{CAPITALS}])")
MONITORED = re.compile(
    r"(?i)chịu sự (?:kiểm tra|giám sát)[^.;]{0,30} của\s*$|dưới sự (?:kiểm tra|giám sát)[^.;]{0,20} của\s*$"
)


#: `Để ..., trình Bộ Y tế ban hành, Cục A đề nghị ...`: what is aimed at is no part of the order.
AIM = re.compile(
    rf"(?:^|(?<=[.;] ))Để [^.;]*?, "
    rf"(?=[{CAPITALS}][^.;,]*(?:, [^.;,]*)? (?:kính |trân trọng )?(?:đề nghị|yêu cầu)(?!\w))"
)


def parts(text: str) -> Iterator[Part]:
    """The bodies of a leaf that have a role, in reading order."""
    aside = [m.span() for m in (*INSIDE.finditer(text), *AIM.finditer(text))]
    found = [a for a in actors(text) if not _inside(a, aside)]
    for listed in _lists(text, found):
        group = listed
        right = ASIDE.sub("", text[group[-1].end :])
        shared = _role(text[_sentence_start(text, group[0].opens) : group[0].opens], right)
        if shared is None:
            group, shared = _subject_tail(text, group, right)
        for k, actor in enumerate(group):
            own = _switch(text, group, k)
            shared = own or shared
            if shared is not None and not VAGUE.fullmatch(text[actor.start : actor.end]):
                yield Part(_limited(text, group, k), *shared, speaks=shared[1] and SPEAKS.match(right) is not None)
        if shared and shared[0] == "report_to" and (desk := _desk(text, group[-1].end)):
            yield Part(desk, *shared)


UNLIMITED = re.compile(r"(?i)(?:thủ trưởng |lãnh đạo )?(?:các )?(?:cơ quan,? )?đơn vị")


def _limited(text: str, group: list[Actor], at: int) -> Actor:
    """Units that share what limits the next of their list: `các đơn vị và cá nhân có liên quan`."""
    actor = group[at]
    if at + 1 == len(group) or not UNLIMITED.fullmatch(actor.name):
        return actor
    limit = re.search(r"(?:có )?liên quan$", group[at + 1].name)
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
        between = text[group[-1].end : actor.start] if group else ""
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
    before, right = left.strip(), INSERTED.sub(" ", right)
    if NOT_ACTING.match(right) or ASKS.match(right) or PASSIVE.search(left):
        return False
    if ENFORCES.match(right) and _only_names(before):
        return True
    fronted = before.endswith((",", ":")) and (ADVERBIAL.match(before) or len(before.split()) <= 12)
    if before and not fronted and not _adverb(before):
        return False
    after = right.strip()
    if not before and UNKNOWN_TAIL.match(after):
        return True
    if after.startswith(", ") and not before and begins_with_verb(after[2:]):
        return True
    return (after.startswith(":") and len(after) > 3) or (may_act(after) if not before else begins_with_verb(after))


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
        group = listed
        rest = ASIDE.sub("", text[group[-1].end :]).strip(" .:;")
        if PARTICIPLE.fullmatch(rest) or (re.fullmatch(r", [a-zà-ỹđ ]{3,40}", rest) and not begins_with_verb(rest[2:])):
            end = group[-1].end + text[group[-1].end :].index(rest) + len(rest)  # `Phòng Công tác học sinh, sinh viên:`
            group, rest = [*group[:-1], Actor(group[-1].start, end, text[group[-1].start : end])], ""
        if text[start : group[0].start].strip() == "" and _closes(rest):
            return group
    return []


def _closes(rest: str) -> bool:
    """What may follow the bodies of a heading: nothing, or that they have duties."""
    return not rest or bool(
        re.match(
            r"(?i)(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ|chủ trì|thực hiện|tổ chức thực hiện|phối hợp)", rest
        )
    )
