"""Where a document speaks from: its issuer, and the places around it that complete the names it prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from pipeline.extract.gazetteer import CAPITALS, PLACE_TYPES, is_province_city, province_of, type_of

__all__ = ["TYPED", "Context", "Place", "context_of", "place_in"]

#: A place named with its type at the end of a name: `... tỉnh Kiên Giang`.
TYPED = re.compile(rf"\b((?i:{'|'.join(PLACE_TYPES)}))((?: (?:[{CAPITALS}]\S*|\d+|-))+)$")


class Place(NamedTuple):
    """An administrative unit: its type in lower case and its name."""

    type: str
    name: str

    def __str__(self) -> str:
        city = self.type == "thành phố" and is_province_city(self.name)
        return f"{'Thành phố' if city else self.type} {self.name}"

    @property
    def level(self) -> str:
        if self.type == "tỉnh" or (self.type == "thành phố" and is_province_city(self.name)):
            return "province"
        return "commune" if self.type in ("phường", "xã", "thị trấn", "đặc khu") else "district"


@dataclass(frozen=True, slots=True)
class Context:
    """What completes the names in a document: its issuer, and the places around it, each None where unknown."""

    issuer: str | None = None
    place: Place | None = None
    province: Place | None = None

    @property
    def unit(self) -> str | None:
        """The issuer where it is an agency with units of its own, not a people's committee or council."""
        governs = self.issuer and re.match(r"(?:Ủy ban|Hội đồng) nhân dân|Chủ tịch|Chính phủ|Thủ tướng", self.issuer)
        return None if governs else self.issuer

    def at(self, kind: str) -> Place | None:
        """The place of type `kind` around the document."""
        return next((p for p in (self.place, self.province) if p and p.type == kind), None)


@lru_cache(maxsize=256)
def context_of(issuer: str | None) -> Context:
    """The context that an issuer's canonical name gives: `Sở Y tế tỉnh Kiên Giang` is in tỉnh Kiên Giang."""
    place = place_in(issuer or "")
    if place is None:
        return Context(issuer)
    if place.level == "province":
        return Context(issuer, place, place)
    above = province_of(place.type, place.name) if place.level == "district" else None
    return Context(issuer, place, place_in(above or ""))


def place_in(name: str) -> Place | None:
    """The typed place that ends `name`; a province named without its type is one too."""
    if match := TYPED.search(name):
        return Place(match[1].lower(), match[2].strip())
    words = name.split()
    for size in (5, 4, 3, 2):
        tail = " ".join(words[-size:])
        if len(words) > size and (kind := type_of(tail)) and tail[0].isupper():
            return Place(kind, tail)
    return None
