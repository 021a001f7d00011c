"""Whose a body is, by its kind: the province's, the issuer's, the ministry's, or the place's whose name it bears."""

from __future__ import annotations

import re

from pipeline.extract.context import Context
from pipeline.extract.gazetteer import central, key

__all__ = ["owned_by"]


def owned_by(name: str, completed_by: str, context: Context) -> str:
    """`name` with the owner that its kind of body has in a document (`completed_by` of kinds.tsv), if there is one."""
    added: dict[str, object] = {
        "province": context.province,
        "unit": _unit_owner(name, context),
        "ministry": _ministry(context),
        "name": _party_place(name, context),
        "place": context.place or ("Việt Nam" if key(name) == "mặt trận tổ quốc" else None),
    }
    owner = added.get(completed_by)
    return f"{name} {owner}" if owner else name


def _ministry(context: Context) -> str | None:
    """The ministry that issues, or whose body does: its bureaus (`Vụ Pháp chế`) have namesakes elsewhere."""
    found = re.search(r"(?:^|\s)(Bộ [A-ZĐ].*)$", context.issuer or "")
    return found[1] if found and key(found[1]) in central() else None


def _unit_owner(name: str, context: Context) -> object:
    """Whose an internal unit is: the issuer's, else the district's; a team named by its purpose needs none."""
    if name.startswith("Tổ ") and len(name.split()) > 4:
        return None
    field = name.removeprefix("Phòng ")
    if field != name and f"{context.unit} ".startswith((f"Sở {field} ", f"Bộ {field} ")):
        return None  # `Phòng Y tế` in a paper of Sở Y tế is a district's, not its own
    local = context.place and (context.place.level != "province" or name.startswith("Trung tâm"))
    return context.unit or (context.place if local else None)


def _party_place(name: str, context: Context) -> str:
    """The bare name of the place of a committee or youth union named by its level: `Huyện ủy`, `Tỉnh đoàn`."""
    kinds = {"tỉnh": "tỉnh", "huyện": "huyện", "quận": "quận", "thành": "thành phố", "thị": "thị xã"}
    place = context.at(kinds.get(name.split()[0].lower(), ""))
    return place.name if place and not name.endswith(place.name) else ""
