"""Names of places in a document: where they stand, which of the ways to write one is meant, what their words gain.

A name is found by its bare letters behind a word like `xã` or `huyện`, or as an item of a list of names. Which of
`Tân Thành`, `Tân Thanh` and `Tân Thạnh` it is, the district and the province named nearby tell, and so do the other
names of the list.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import NamedTuple

from pipeline.restore.gazetteer import Gazetteer, Level, Name
from pipeline.vietnamese import bare

__all__ = ["MISREAD_CUES", "Gains", "Heard", "gains"]

#: Words before a name, bare, and the levels that they name; the longer first.
CUES: dict[tuple[str, ...], tuple[Level, ...]] = {
    ("thi", "tran"): ("commune",),
    ("thi", "xa"): ("district",),
    ("thanh", "pho"): ("district", "province"),
    ("xa",): ("commune",),
    ("phuong",): ("commune",),
    ("huyen",): ("district",),
    ("quan",): ("district",),
    ("tinh",): ("province",),
    ("tp",): ("district", "province"),
    ("tx",): ("district",),
    ("tt",): ("commune",),
}
FIRST = frozenset(words[0] for words in CUES)
#: What the words of a cue read where a name follows.
CUE_WORDS = {bare(word): word for word in "xã phường huyện quận tỉnh thị trấn thành phố".split()}
#: What a wrong OCR model makes of `xã`: a code by its look, but not before the name of a commune.
MISREAD_CUES = {"x4": "xa", "x43": "xa"}
AND = "va"
LEVELS: tuple[Level, ...] = ("province", "district", "commune")
#: Gain (log10) of a name's words behind a cue of its level, behind another, in a list, where letters were misread; of
#: the cue.
CUED, MISCUED, LISTED, MISREAD, CUE_GAIN = 7.0, 2.0, 6.0, 3.0, 5.0
#: Items of a list on each side that are looked at, how many of them must be names, and what share.
BESIDE, AMONG, SHARE = 4, 2, 0.5
#: Mentions on each side that say where a list is; weight of a group that nothing speaks for.
AROUND, FLOOR = 30, 0.002
#: Lines that a mention in between counts for; lines that what follows is farther; weight of all but the nearest.
STEP, AFTER, AFAR = 0.1, 2.0, 0.3

#: The gain (log10) of words in lower case, by the number of the unit.
Gains = dict[int, dict[str, float]]


class Heard(NamedTuple):
    """A unit of the document: its line, whether it begins with a capital, its bare letters as it stands and as a
    search found it, and whether a mark or a number parts it from the unit before; `others` gives the bare letters
    of all that it may be."""

    line: int
    title: bool
    forms: tuple[str, str]
    apart: bool
    others: Callable[[], frozenset[str]] = frozenset

    @classmethod
    def of(
        cls, line: int, text: str, word: str, *, apart: bool, others: Callable[[], frozenset[str]] = frozenset
    ) -> Heard:
        """The unit `text`, found to be `word`."""
        form = MISREAD_CUES.get(text.lower(), bare(text).lower())
        return cls(line, text[:1].isupper(), (form, bare(word).lower()), apart, others)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name at units `start` to `end`, its cue from `cue` on; the ways to write it and the gain of its words."""

    cue: int
    start: int
    end: int
    line: int
    names: tuple[Name, ...]
    gain: float

    def groups(self, level: Level) -> frozenset[int]:
        """The groups that the names of a level belong to."""
        return frozenset().union(*(name.groups for name in self.names if name.level == level))


def gains(gazetteer: Gazetteer, heard: Sequence[Heard], *, persons: Container[int] = ()) -> Gains:
    """What the words at the units of a document gain from being, or standing before, the name of a place.

    `persons` are the units of names of persons: no cue stands in one (Nguyễn Phương Thanh Hà)."""
    cued = list(_cued(gazetteer, heard, persons))
    mentions = sorted((*cued, *_listed(gazetteer, heard, cued)), key=lambda mention: mention.start)
    found: Gains = {}
    for number, mention in enumerate(mentions):
        chances = _chances(mentions, number)
        shares = [_share(chances, place) for place in range(mention.end - mention.start)]
        undecided = max(1, sum(len(share) > 1 for share in shares))
        for at, share in enumerate(shares, mention.start):
            some = {word: mention.gain + log10(part) / undecided for word, part in share.items()}
            found[at] = {word: gain for word, gain in some.items() if gain > 0}
        for at in range(mention.cue, mention.start):
            if words := [CUE_WORDS[form] for form in heard[at].forms if form in CUE_WORDS]:
                found[at] = {words[0]: CUE_GAIN}
    return found


def _cued(gazetteer: Gazetteer, heard: Sequence[Heard], persons: Container[int]) -> Iterator[Mention]:
    """The names behind a word that says what they are, and those enumerated after them."""
    at = 0
    while at < len(heard):
        size, levels = _cue(heard, at) if not (at in persons and at - 1 in persons) else (0, ())
        found = _named(gazetteer, heard, at, at + size, levels) if size else None
        at = found.end if found else at + 1
        while found:
            yield found
            at = found.end
            found = _next(gazetteer, heard, at, levels)


def _next(gazetteer: Gazetteer, heard: Sequence[Heard], at: int, levels: Sequence[Level]) -> Mention | None:
    """The name that goes on with an enumeration at `at`: behind a mark or `và`, to the next word in small letters."""
    if at >= len(heard):
        return None
    start = at if heard[at].apart else at + 1 if AND in heard[at].forms else len(heard)
    size = _room(heard, start)
    names = _found(gazetteer, heard[start : start + size]) if 0 < size <= gazetteer.longest else ()
    fit = tuple(name for name in names if name.level in levels)
    return Mention(start, start, start + size, heard[start].line, fit, CUED) if fit else None


def _room(heard: Sequence[Heard], start: int) -> int:
    """How many units from `start` on begin with capitals, nothing but blanks between them."""
    end = start
    while end < len(heard) and heard[end].title and not (end > start and heard[end].apart):
        end += 1
    return end - start


def _cue(heard: Sequence[Heard], at: int) -> tuple[int, tuple[Level, ...]]:
    """(units of the cue at `at`, 0: none; its levels)."""
    if at < len(heard) and not FIRST.isdisjoint(heard[at].forms):
        for words, levels in CUES.items():
            some = heard[at : at + len(words)]
            same = len(some) == len(words) and all(w in unit.forms for w, unit in zip(words, some, strict=True))
            if same and not any(unit.apart for unit in some[1:]):
                return len(words), levels
    return 0, ()


def _named(
    gazetteer: Gazetteer, heard: Sequence[Heard], cue: int, start: int, levels: Sequence[Level]
) -> Mention | None:
    """The longest name at `start`, of one of the levels if there is one; it may stand on the next line.

    Behind a capital within wording, one word is no name: Ngân hàng Phương Đông."""
    within = heard[cue].title and cue > 0 and not _is_apart(heard, cue)
    room = 0 if heard[start : start + 1] and heard[start].apart else _room(heard, start)
    for size in range(min(room, gazetteer.longest), 0, -1):
        names = _found(gazetteer, heard[start : start + size])
        goes_on = size < room and not _cue(heard, start + size)[0]
        if names and not (size == 1 and (goes_on or within)):
            fit = tuple(name for name in names if name.level in levels)
            return Mention(cue, start, start + size, heard[start].line, fit or names, CUED if fit else MISCUED)
    near = _near(gazetteer, heard[start : start + room], levels)
    return Mention(cue, start, start + room, heard[start].line, near, MISREAD) if near else None


def _near(gazetteer: Gazetteer, units: Sequence[Heard], levels: Sequence[Level]) -> tuple[Name, ...]:
    """The names of these levels that the units may be, their letters misread; names of one word are like too many."""
    if len(units) < 2 or len(units) > gazetteer.longest:
        return ()
    forms = [unit.others().union(unit.forms) for unit in units]
    keys = (key for first in forms[0] for key in gazetteer.begun.get(first, ()) if len(key) == len(units))
    like = (key for key in keys if all(word in some for word, some in zip(key, forms, strict=True)))
    return tuple(name for key in like for name in gazetteer.names[key] if name.level in levels)


def _found(gazetteer: Gazetteer, units: Sequence[Heard]) -> tuple[Name, ...]:
    """The names with the bare letters of these units, as they stand or as the search found them."""
    return gazetteer.find([u.forms[0] for u in units]) or gazetteer.find([u.forms[1] for u in units])


def _listed(gazetteer: Gazetteer, heard: Sequence[Heard], cued: Sequence[Mention]) -> Iterator[Mention]:
    """The names without a cue: whole items of a list, others of the kind around."""
    behind = {mention.cue for mention in cued}
    items: list[Mention | None] = []
    for start, end in _items(heard):
        names = _found(gazetteer, heard[start:end]) if end - start <= gazetteer.longest else ()
        items.append(Mention(start, start, end, heard[start].line, names, LISTED) if names else None)
        if start in behind:
            items[-1] = Mention(start, start, start, 0, (), 0.0)
    for number, item in enumerate(items):
        beside = items[max(0, number - BESIDE) : number] + items[number + 1 : number + 1 + BESIDE]
        among = sum(other is not None for other in beside)
        if item and item.names and among >= max(AMONG, SHARE * len(beside)):
            yield item


def _items(heard: Sequence[Heard]) -> Iterator[tuple[int, int]]:
    """Runs of units in capitals with nothing between them; one that is cued may begin with a small letter."""
    start = 0
    for at in range(1, len(heard) + 1):
        if at == len(heard) or _is_apart(heard, at) or AND in heard[at].forms or AND in heard[at - 1].forms:
            if all(unit.title for unit in heard[start:at]) or _cue(heard, start)[0]:
                yield start, at
            start = at


def _is_apart(heard: Sequence[Heard], at: int) -> bool:
    return heard[at].apart or heard[at].line != heard[at - 1].line


def _share(chances: Mapping[tuple[str, ...], float], place: int) -> dict[str, float]:
    """The chances of the words at one place of a name, the best 1."""
    share: defaultdict[str, float] = defaultdict(float)
    for words, chance in chances.items():
        share[words[place]] += chance
    return {word: part / max(share.values()) for word, part in share.items()}


def _chances(mentions: Sequence[Mention], number: int) -> Mapping[tuple[str, ...], float]:
    """How likely each way is to write a mention: by the groups that have it and what the others say for those."""
    names = mentions[number].names
    ways = {name.words for name in names}
    if len(ways) == 1:
        return dict.fromkeys(ways, 1.0)
    said = _said(mentions, number)
    chances: defaultdict[tuple[str, ...], float] = defaultdict(float)
    for name in names:
        for group in name.groups:
            weight = 1.0 if name.level == "commune" else 1 / len(name.groups)
            for votes in said:
                weight *= FLOOR + votes.get(group, 0.0)
            chances[name.words] += weight
    return chances


def _said(mentions: Sequence[Mention], number: int) -> tuple[Mapping[int, float], ...]:
    """What the mentions around say for each group: provinces, districts, communes."""
    near = range(max(0, number - AROUND), min(len(mentions), number + AROUND + 1))
    others = sorted((_distance(mentions, number, other), other) for other in near if other != number)
    return tuple(_votes(level, [(d, mentions[other]) for d, other in others]) for level in LEVELS)


def _votes(level: Level, others: Iterable[tuple[float, Mention]]) -> Mapping[int, float]:
    """The votes of mentions, nearest first: the nearest province or district counts most, communes by what few
    groups they may belong to."""
    votes: defaultdict[int, float] = defaultdict(float)
    for distance, mention in others:
        if groups := mention.groups(level):
            weight = 1.0 if level != "commune" and not votes else AFAR / (1 + distance)
            for group in groups:
                votes[group] += weight / (len(groups) if level == "commune" else 1)
    return votes


def _distance(mentions: Sequence[Mention], number: int, other: int) -> float:
    """How far a mention is from another; what comes on a later line is farther than what came before."""
    lines = mentions[other].line - mentions[number].line
    return STEP * abs(other - number) + abs(lines) + (AFTER if lines > 0 else 0)
