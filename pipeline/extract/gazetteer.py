"""The tables of `models/gazetteers`, read once: kinds of bodies, abbreviations, fields, places, central bodies."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from typing import NamedTuple

from pipeline.resources import model_path
from pipeline.vietnamese import fold, tones_as_modern

__all__ = [
    "CAPITALS",
    "PLACE_TYPES",
    "Kind",
    "abbreviation_pattern",
    "abbreviations",
    "central",
    "fields",
    "folded_phrases",
    "is_province_city",
    "key",
    "kind_of",
    "phrases",
    "province_named",
    "province_of",
    "table",
    "type_of",
]

PLACE_TYPES = ("tỉnh", "thành phố", "quận", "huyện", "thị xã", "thị trấn", "phường", "xã", "đặc khu")
#: Every capital letter with or without marks, for character classes: ranges of code points mix both cases.
CAPITALS = "".join(c for c in map(chr, range(0x41, 0x1EFA)) if c.isupper() and c.isalpha())


class Kind(NamedTuple):
    """The head of a name (`Sở`), what kind of body it names, its level, and what completes a bare name."""

    head: str
    kind: str
    level: str
    completed_by: str


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `models/gazetteers/<name>.tsv`. Raises ModelError where the file is missing."""
    with model_path(f"gazetteers/{name}.tsv").open(encoding="utf8", newline="") as file:
        return tuple(csv.DictReader(file, delimiter="\t"))


def key(text: str) -> str:
    """Under which spellings of one name meet: lower case, tones in the modern place, marks kept."""
    return tones_as_modern(text).lower()


Heads = dict[str, tuple[tuple[str, Kind], ...]]


@cache
def _kinds() -> tuple[Heads, Heads]:
    """Kinds by the first word of their head, longest first: as spelt, and folded (heads of several words)."""
    kinds = [Kind(r["head"], r["kind"], r["level"], r["completed_by"]) for r in table("kinds")]
    spelt = [(f"{key(k.head)} ", k) for k in kinds]
    flat = [(f"{fold(k.head)} ", k) for k in kinds if " " in k.head]
    return _by_first_word(spelt), _by_first_word(flat)


def _by_first_word(heads: list[tuple[str, Kind]]) -> Heads:
    out: Heads = {}
    for text, kind in sorted(heads, key=lambda h: -len(h[0])):
        first = text.split()[0]
        out[first] = (*out.get(first, ()), (text, kind))
    return out


@lru_cache(maxsize=8192)
def kind_of(name: str) -> Kind | None:
    """The kind with the longest head that begins `name`, in any case."""
    spelt, flat = _kinds()
    exact = _longest(spelt, f"{key(name)} ")
    if (exact and " " in exact.head) or not name[:1].isupper():
        return exact
    # A mark lost in reading: only heads of several words are then sure (`Hội đông` is no `Hội`).
    return _longest(flat, f"{fold(name)} ") or exact


def _longest(heads: Heads, text: str) -> Kind | None:
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    return next((kind for head, kind in heads.get(first, ()) if text.startswith(head)), None)


@cache
def abbreviations() -> dict[str, str]:
    """Abbreviation -> expansion: `UBND` -> `Ủy ban nhân dân`."""
    return {r["abbreviation"]: r["expansion"] for r in table("abbreviations")}


@cache
def abbreviation_pattern() -> re.Pattern[str]:
    """Any abbreviation as a whole word, longest first; `HĐND-UBND` is two."""
    forms = "|".join(re.escape(a) for a in sorted(abbreviations(), key=len, reverse=True))
    return re.compile(rf"(?<![\w&])(?:{forms})(?![\w&])")


@cache
def phrases() -> dict[tuple[str, ...], str]:
    """Words of a known name in lower case -> its settled spelling: heads, fields, central bodies, places."""
    names = [r["head"] for r in table("kinds")] + [r["field"] for r in table("fields")]
    names += [r["name"] for t in ("central", "agencies", "places") for r in table(t)]
    return {tuple(key(n).split()): n for n in names}


@cache
def fields() -> frozenset[tuple[str, ...]]:
    """What bodies are for (`Y tế`), as words in lower case: after a head they name it however they are written."""
    return frozenset(tuple(key(r["field"]).split()) for r in table("fields"))


@cache
def folded_phrases() -> dict[tuple[str, ...], str]:
    """Known names of two words or more by their folded words, those that only one name has."""
    out: dict[tuple[str, ...], set[str]] = {}
    for words, name in phrases().items():
        if len(words) > 1:
            out.setdefault(tuple(fold(" ".join(words)).split()), set()).add(name)
    return {words: names.pop() for words, names in out.items() if len(names) == 1}


@cache
def central() -> dict[str, dict[str, str]]:
    """Central bodies by key."""
    return {key(r["name"]): r for r in table("central")}


@cache
def _places(level: str) -> dict[str, dict[str, str]]:
    return {fold(r["name"]): r for r in table("places") if r["level"] == level}


def is_province_city(name: str) -> bool:
    """Whether `thành phố <name>` is a city under the central government (Hà Nội), not one of a province."""
    row = _places("province").get(fold(name))
    return row is not None and row["type"] == "thành phố"


def type_of(name: str) -> str | None:
    """The type of a province by its bare name: `Kiên Giang` -> `tỉnh`; None where there is no such province."""
    row = _places("province").get(fold(name))
    return row["type"] if row else None


def province_named(name: str) -> str | None:
    """The settled spelling of a province's bare name: `Thạnh Hóa` after `tỉnh` is `Thanh Hóa`."""
    row = _places("province").get(fold(name))
    return row["name"] if row else None


@cache
def province_of(kind: str, name: str) -> str | None:
    """The province of a district where its type and name say which: (`quận`, `Tây Hồ`) -> `Thành phố Hà Nội`."""
    same = [r for r in table("places") if r["level"] == "district" and fold(r["name"]) == fold(name)]
    parents = {r["parent"] for r in same if r["type"] == kind}
    return parents.pop() if len(parents) == 1 else None
