"""Canonical names of bodies: abbreviations expanded, spelling settled, completed by the document's own context.

A name is completed with what its reader would add: the issuing place (`UBND quận`), the issuer itself (`Sở`,
`Phòng Kế toán`), the province (`Sở Tài chính`). Groups stay groups. Central bodies stand alone.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pipeline.extract.context import TYPED, Context, Place, context_of, place_in
from pipeline.extract.gazetteer import (
    CAPITALS,
    PLACE_TYPES,
    abbreviation_pattern,
    abbreviations,
    central,
    fields,
    folded_phrases,
    key,
    kind_of,
    phrases,
    province_named,
    table,
)
from pipeline.extract.groups import complete_group, is_group
from pipeline.extract.owners import owned_by
from pipeline.records import Body
from pipeline.vietnamese import fold, nfc, tones_as_modern

__all__ = ["Context", "canonical_name", "context_of", "describe", "expand", "resolve", "spell"]

#: Offices in front of the body they lead; the body is completed, the office kept.
OFFICE = re.compile(
    r"(?i)^((?:đồng chí )?(?:các )?(?:phó chủ tịch|chủ tịch|phó giám đốc|tổng giám đốc"
    r"|giám đốc|thủ trưởng|phó trưởng|bộ trưởng|thứ trưởng"
    r"|cục trưởng|vụ trưởng|chánh|phó chánh|lãnh đạo|người đứng đầu|bộ trưởng, chủ nhiệm|trưởng(?! ban nhân)"
    r"|hiệu trưởng|viện trưởng|thống đốc|chỉ huy trưởng|thành viên|chi cục trưởng|chủ nhiệm"
    r"|thường trực|tổ trưởng|bí thư|tổng cục trưởng))\s+(.+)$"
)
OWNER = re.compile(
    r"(?<=\s)(?:Sở|Ủy ban nhân dân|Hội đồng nhân dân|Bộ|Tổng cục|Chi cục|Cục|Trung tâm|Ban Quản lý"
    r"|(?:Tỉnh|Thành|Quận|Huyện|Thị) ủy)(?= |$)"
)
OWNED = re.compile(r"(?:thuộc|của) ((?:Sở|Bộ|Cục|Chi cục|Trung tâm|Ban Quản lý) .+)$")
#: Ends of names that nothing is added to: a level, the regions that offices over several provinces are numbered by.
WHOLE = re.compile(
    rf"(?i)(?<!\w)(?:cấp|tuyến) (?:xã|huyện|tỉnh)$|(?:các|cùng) cấp$|\S (?:{'|'.join(PLACE_TYPES)})$"
    r"|khu vực (?:số )?[ivxl\d]+$|địa phương$"
)
CENTRAL = re.compile(r"(?i)(việt nam|trung ương|quốc gia|toàn quốc|nhà nước)$")


def canonical_name(printed: str, *, issuer: str | None = None) -> str:
    """The full name of a body as a document of `issuer` (its canonical name) means it.

    `Phòng Nội vụ` in a paper of `Ủy ban nhân dân quận Tây Hồ` is `Phòng Nội vụ quận Tây Hồ`. Idempotent.
    """
    return resolve(printed, context_of(issuer))


@lru_cache(maxsize=4096)
def resolve(printed: str, context: Context) -> str:
    """`printed` expanded, spelt and completed by `context`."""
    name = _complete(_settle_province(_nearest_central(_whole(spell(expand(_tidy(printed)))))), context)
    return name[:1].upper() + name[1:]


#: The central bank's short name, and how a branch of it is written after it.
STATE_BANK = re.compile(r"Ngân hàng Nhà nước(?! Việt Nam)")
BANK_BRANCH = re.compile(r"(?<=Ngân hàng Nhà nước Việt Nam)(?:,| -)? [Cc]hi nhánh(?= )")


def _whole(name: str) -> str:
    """The central bank's name in full, its branches in one form: `NHNN chi nhánh tỉnh Phú Thọ`."""
    return BANK_BRANCH.sub(" - Chi nhánh", STATE_BANK.sub(r"\g<0> Việt Nam", name))


def _settle_province(name: str) -> str:
    """`tỉnh <name>` with the province's own spelling."""
    typed = TYPED.search(name)
    if typed and typed[1].lower() == "tỉnh" and (known := province_named(typed[2].strip())):
        return f"{name[: typed.start(2)]} {known}"
    return name


def _tidy(printed: str) -> str:
    text = (
        re.sub(r"\s*\([^)]*\)?", " ", tones_as_modern(nfc(printed)))
        .replace("–", "-")
        .replace("—", "-")
        .replace("|", " ")
    )
    return " ".join(text.split()).strip(" .,;:-/“”\"'*+")


def expand(text: str) -> str:
    """`text` with its abbreviations written out and blanks around hyphens: `Hội đồng TĐ-KT` is spelt in full."""
    full = abbreviation_pattern().sub(lambda m: abbreviations()[m[0]], text)
    return re.sub(r"(?<=[^\W\d_])\s*-\s*(?=[^\W\d_])", " - ", full)


def spell(text: str) -> str:
    """Known names inside `text` in their settled spelling; all capitals become normal writing."""
    shout = text.isupper() and len(text) > 5
    words = (text.lower() if shout else text).split()
    out: list[str] = []
    at = 0
    while at < len(words):
        size, name = _known(words, at, any_case=shout)
        if size == 1 and not shout:
            size, name = _small_field(words, at, " ".join(out)) or (size, name)
        out.append(name.capitalize() if shout and size == 1 and BEFORE_NAME.search(" ".join(out)) else name)
        at += size
    return " ".join(out)


#: What a name that no table knows follows: a kind of place and the name's words so far, or a head that a field follows.
BEFORE_NAME = re.compile(rf"(?:{'|'.join(PLACE_TYPES)})(?: [{CAPITALS}]\S*)*$|^(?:Bộ|Sở|Cục|Vụ|Tổng cục|Phòng)$")


def _small_field(words: list[str], at: int, before: str) -> tuple[int, str] | None:
    """A field in small letters right after a head: `Trung tâm y tế` is spelt `Trung tâm Y tế`."""
    head = kind_of(before) if before[:1].isupper() and words[at].islower() else None
    if head is None or key(head.head) != key(before.removesuffix(" ngành")):
        return None
    sizes = range(min(7, len(words) - at), 0, -1)
    return next(
        ((n, phrases()[w]) for n in sizes if (w := tuple(key(" ".join(words[at : at + n])).split())) in fields()), None
    )


#: Heads of one syllable that lose their mark in reading, told by the known field after them: `Sơ Y tế`.
LOST_MARK = {"so": "Sở", "phong": "Phòng", "bo": "Bộ"}


def _known(words: list[str], at: int, *, any_case: bool) -> tuple[int, str]:
    """(number of words, spelling) of the longest known name at `at`; the word itself where there is none."""
    if any_case or words[at][:1].isupper():
        for size in range(min(9, len(words) - at), 0, -1):
            part = " ".join(words[at : at + size])
            name = _spelling(part) or (_spelling(part.rstrip(",;")) if size > 1 else None)
            if name:
                return size, name + part[len(part.rstrip(",;")) :] * (not name.endswith(part[-1]))
        if (
            (head := LOST_MARK.get(fold(words[at])))
            and at + 1 < len(words)
            and _known(words, at + 1, any_case=any_case)[0] > 1
        ):
            return 1, head
    return 1, words[at].capitalize() if any_case and at == 0 else words[at]


def _spelling(part: str) -> str | None:
    return phrases().get(tuple(key(part).split())) or folded_phrases().get(tuple(fold(part).split()))


def _nearest_central(name: str) -> str:
    """A ministry's name that a letter or two of misreading made unknown, by edit distance (rapidfuzz)."""
    if key(name) in central() or not name.startswith(("Bộ ", "Tổng cục ", "Ban ", "Ủy ban ")) or len(name) < 14:
        return name
    from rapidfuzz import fuzz, process

    found = process.extractOne(fold(name), _folded_central(), scorer=fuzz.ratio, score_cutoff=94)
    return central()[found[2]]["name"] if found else name


@cache
def _folded_central() -> dict[str, str]:
    return {k: fold(row["name"]) for k, row in central().items()}


def _complete(name: str, context: Context) -> str:
    if name == "Bộ trưởng" and (context.issuer or "").startswith("Bộ "):
        return f"{name} {context.issuer}"
    if match := OFFICE.match(name):
        office = match[1]
        return f"{office} {_lower_group(_complete(match[2], context))}"
    if is_group(name):
        if context.issuer and (owner := OWNED.search(name)) and context.issuer.startswith(owner[1]):
            name = f"{name[: owner.start(1)]}{context.issuer}"
        return complete_group(name, context.unit, str(context.place) if context.place else None)
    bare = _placed(name, context)
    if bare != name or _finished(name):
        return bare
    return _owned(name, context)


def _lower_group(name: str) -> str:
    return name[:1].lower() + name[1:] if name.startswith(("Các ", "Từng ")) else name


def _placed(name: str, context: Context) -> str:
    """`name` with the place that its last word only hints at: `UBND quận`, `Công an TP`, `Sở Y tế Kiên Giang`."""
    if below := _below(name, context):
        return below
    for kind in PLACE_TYPES:
        hinted = key(name).endswith(" " + kind) and not key(name).endswith((" cấp " + kind, " tuyến " + kind))
        if hinted and (place := context.at(kind)):
            return f"{name[: -len(kind) - 1].removesuffix(' thuộc')} {place}"
    if key(name) in PLACE_TYPES and (place := context.at(key(name))):
        return f"{place}"
    if (level := _misread_level(name, context)) is not None:
        return level
    place = place_in(name)
    kind_ = kind_of(name)
    typed = TYPED.search(name)
    if (
        place
        and not typed
        and kind_
        and kind_.completed_by in ("place", "province")
        and kind_.kind not in ("press", "weather")
    ):
        return f"{name.removesuffix(place.name).strip()} {place}"
    return name


def _misread_level(name: str, context: Context) -> str | None:
    """`... Khen thưởng quan`, where the word after a whole known name can only be the misread level."""
    head, _, last = name.rpartition(" ")
    kind = kind_of(head)
    field = head[len(kind.head) :].strip() if kind else ""
    if kind is None or kind.completed_by not in ("place", "province") or not _spelling(field) or not last.islower():
        return None
    places = (p for p in (context.place, context.province) if p)
    return next((f"{head} {p}" for p in places if p.type[0] == last[0] and len(last) <= 6), None)


#: What a committee below the issuing place may be called there: `UBND phường` in a paper of a district.
BELOW = {"province": ("huyện", "quận", "thị xã", "phường", "xã", "thị trấn"), "district": ("phường", "xã", "thị trấn")}


def _below(name: str, context: Context) -> str | None:
    """`UBND phường`, `phường thuộc quận` in a paper of a district: all its wards."""
    levels = "|".join(BELOW.get(context.place.level, ()) if context.place and not context.unit else ())
    match = re.fullmatch(rf"(?i)(Ủy ban nhân dân )?({levels})(?: thuộc(?: \w+)?)?", name) if levels else None
    return f"Ủy ban nhân dân các {match[2].lower()} thuộc {context.place}" if match else None


def _finished(name: str) -> bool:
    """Whether `name` needs nothing: it ends with a place, or is a central body."""
    head = kind_of(name)
    rest = name[len(head.head) :] if head else name
    if WHOLE.search(name):
        return True
    return bool(key(name) in central() or place_in(name) or (rest and CENTRAL.search(rest)))


def _owned(name: str, context: Context) -> str:
    """`name` completed by its owner: one named inside it, the issuer, or the issuing place."""
    head = kind_of(name)
    issuer = context.issuer or ""
    own = re.search(rf"(?<!\S){re.escape(head.head)} .+", issuer) if head and key(name) == key(head.head) else None
    if own:
        return own[0]
    start = len(head.head) if head else 0
    if owner := OWNER.search(name, start):
        return f"{name[: owner.start()]}{_complete(name[owner.start() :], context)}"
    if head is None or issuer.startswith(name):
        return issuer if head else name
    return owned_by(name, head.completed_by, context)


def describe(name: str, *, parent: str | None = None) -> Body:
    """What a canonical name tells about its body: kind, level, place, validity."""
    row = central().get(key(name), {})
    first = re.sub(r"^Các ", "", name)
    head = kind_of(first) if first[:1].isupper() else None
    office = OFFICE.match(name)
    place = place_in(name)
    level = row.get("level") or (head.level if head else "") or (place.level if place else "")
    return Body(
        name=name,
        kind=row.get("kind") or ("office_holder" if office else head.kind if head else None) or None,
        level=level or None,
        place=str(place) if place else None,
        parent=row.get("parent") or parent,
        successor=row.get("successor") or None,
        valid_from=row.get("valid_from") or None,
        valid_to=row.get("valid_to") or _last_day(place),
        is_group=is_group(name),
    )


def _last_day(place: Place | None) -> str | None:
    """The day a place ended (districts and merged provinces: 2025-06-30), None where it did not."""
    if place is None:
        return None
    same = (r for r in table("places") if fold(r["name"]) == fold(place.name) and r["type"] == place.type)
    return next((r["valid_to"] for r in same if r["valid_to"]), None)
