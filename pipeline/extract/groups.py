"""Groups of bodies (`các sở, ngành`, `UBND các phường`) and the context that completes them."""

from __future__ import annotations

import re

__all__ = ["complete_group", "is_group"]

LEVELS = r"(?:tỉnh|thành phố|quận|huyện|thị xã|thị trấn|thị|phường|xã|đặc khu)"
MANY = re.compile(r"(?i)^(?:tất cả các|toàn thể các|toàn bộ các|các|những|từng|mỗi|mọi|toàn thể)\s+")
#: Bare plurals that need no `các` to be a group: `cơ quan, đơn vị`, `sở, ban, ngành`.
PLURAL = re.compile(
    r"(?i)^(?:cơ quan,? đơn vị|cơ quan thông tấn|sở, (?:ban|ngành)|phòng, ban|ban, ngành"
    r"|đơn vị(?: trực)? thuộc|chính quyền địa phương|đoàn thể|đơn vị (?:có )?liên quan)"
)
OF_LEVELS = re.compile(
    rf"(?i)^(?P<head>.*?)\s*(?P<many>các\s+)?(?P<levels>{LEVELS}(?:(?:,|/| và|(?= ))\s*{LEVELS})+"
    rf"|(?<=các )(?:phường|xã|quận|huyện|tỉnh))(?P<rest>$| thuộc .*"
    rf"| trên địa bàn.*| trực thuộc.*)"
)
#: What levels follow that name no places: `UBND cấp huyện, xã`, `bệnh viện tuyến tỉnh, huyện`.
LEVELLED = re.compile(r"(?i)(?<!\w)(?:cấp|tuyến)$")
UNBOUND = re.compile(
    r"(?i)\b(?:liên quan|hữu quan|chức năng|khác|địa phương|các cấp|chính trị|xã hội"
    r"|doanh nghiệp|bộ, |tổ dân phố|thông tấn)"
)
MEMBERS = re.compile(
    r"\b(Sở|Ban|Ngành|Phòng|Bộ|Cơ quan|Đơn vị|Đoàn thể|Huyện|Quận|Thị xã|Thành phố|Phường"
    r"|Xã)\b(?=,| và|$| ngành| chức năng| ban| thuộc| tỉnh| trực| của)"
)
UNITS = re.compile(
    r"(?i)^(?:các )?(?:cơ quan,? )*(?:đơn vị|cơ quan)(?: trong| thuộc| của)?(?: (?:quận|huyện|thị xã|tỉnh|sở))?$"
)
#: A group's owner, or the level that it is at, as its last word.
HINT = re.compile(
    r"(?i)(?<!^Các)(?:\s+(?P<link>(?:trực )?thuộc|của))?\s+(?<!cơ )(?P<tier>cấp |tuyến )?"
    r"(?P<level>sở|quận|huyện|tỉnh|thành phố|thị xã)$"
)


def is_group(name: str) -> bool:
    """Whether `name` stands for several bodies."""
    if MANY.match(name) or PLURAL.match(name):
        return True
    return bool(re.search(rf"(?i)(?<=\S )các {LEVELS}\b|{LEVELS}, {LEVELS}\b", name))


def complete_group(name: str, unit: str | None, place: str | None) -> str:
    """A group under one spelling, with the owner that the document means: issuer `unit`, or issuing `place`."""
    members = MEMBERS.sub(lambda m: m[0].lower(), MANY.sub("", name))
    members = re.sub(r"\bban ngành\b", "ban, ngành", members)
    members = re.sub(r"\bphòng ban\b", "phòng, ban", members)
    if match := OF_LEVELS.match(f"các {members}" if MANY.match(name) else name):
        return _of_levels(match, place)
    return _of_members(f"Các {members}", unit, place)


def _of_levels(match: re.Match[str], place: str | None) -> str:
    """`UBND các huyện, thị xã`, with the place they are under; `các huyện` of a province are not their committees.
    Communes with towns among them were under districts, so that a province's paper does not say whose they are."""
    head = re.sub(r"(?i)\s*\bcác$", "", match["head"]).strip()
    if LEVELLED.search(head):
        return f"{head} {match['levels'].lower()}{match['rest']}"
    levels = re.sub(r"\bthị(?=[, /]|$)(?! xã| trấn)", "thị xã", match["levels"].lower())
    levels = re.sub(r"\s*/\s*", ", ", levels)
    levels = re.sub(
        r"(?<=\w)(?<!thị)(?<!và) (?=(?:thành phố|quận|huyện|thị xã|thị trấn|phường|xã|đặc khu)(?!\w))", ", ", levels
    )
    province = (place or "").startswith(("tỉnh", "Thành phố"))
    committees = head or ("" if province and "huyện" in levels else "Ủy ban nhân dân")
    name = f"{committees} các {levels}" if committees else f"Các {levels}"
    owned = place and "tỉnh" not in levels and not (province and "thị trấn" in levels)
    return f"{name} thuộc {place}" if owned else name


def _of_members(name: str, unit: str | None, place: str | None) -> str:
    owner = unit or place
    if owner is None or owner in name or (place and name.endswith(place)):
        return name
    if name == "Các ngành" and not unit and not (place or "").startswith(("tỉnh", "Thành phố")):
        name = "Các phòng, ban, ngành"
    if UNITS.match(name) and "trực thuộc" not in name:
        return f"Các cơ quan, đơn vị thuộc, trực thuộc {unit}" if unit else f"Các cơ quan, đơn vị thuộc {place}"
    return _hinted(name, unit, owner, place) or _belonging(name, owner, place)


def _hinted(name: str, unit: str | None, owner: str, place: str | None) -> str | None:
    """A group that names its owner by a word: `các phòng chức năng Sở`, `các đoàn thể quận`, `các sở cấp tỉnh`; one
    at another level than the document's, or at several, is of no one place."""
    tail = HINT.search(name) if len(name.split()) > 2 else None
    if tail is None:
        return None
    if tail["tier"]:
        here = (place or "").lower().startswith(f"{tail['level'].lower()} ") and tail["tier"].lower() == "cấp "
        return f"{name[: tail.start()]} {place}" if here and "cấp " not in name[: tail.start()] else name
    link = (tail["link"] or ("thuộc" if unit else "")).strip()
    return " ".join(f"{name[: tail.start()]} {link} {owner}".split())


def _belonging(name: str, owner: str, place: str | None) -> str:
    low = name.lower()
    if (low.startswith("các sở") or name.endswith("trên địa bàn")) and not UNBOUND.search(low):
        return f"{name} {place}" if place else name
    if name.endswith("trực thuộc"):
        return f"{name} {owner}"
    if name.endswith("trên địa bàn") and place:
        return f"{name} {place}"
    owned = re.match(r"các (?:ban|phòng|ngành|cụm thi đua)\b", low) and not UNBOUND.search(low)
    return f"{name} thuộc {owner}" if owned else name
