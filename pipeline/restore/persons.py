"""Names of persons: what their syllables gain from standing where family, middle and given names stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from math import log10
from pathlib import Path

from pipeline.resources import model_path
from pipeline.restore.places import Gains, Heard
from pipeline.vietnamese import bare

__all__ = ["Names", "load_names", "named"]

#: Syllables of a name; of one behind `ông` or `bà`.
SIZES, SHORTER = (3, 4), 2
TITLES = frozenset(("ong", "ba", "chi", "co"))
#: Gain (log10) of the likeliest syllable of its letters.
GAIN = 1.5

#: Share of each syllable among those of the same bare letters, by place and bare letters.
Names = Mapping[tuple[str, str], Mapping[str, float]]


def named(names: Names, heard: Sequence[Heard]) -> Gains:
    """What the words of names of persons gain."""
    found: Gains = {}
    for start, end in _runs(heard):
        places = ("family", *("middle" for _ in range(end - start - 2)), "given")
        shares = [_share(names, place, heard[at]) for at, place in enumerate(places, start)]
        if all(shares[:1]):
            for at, share in enumerate(shares, start):
                some = {word: GAIN + log10(part) for word, part in share.items()}
                found[at] = {word: gain for word, gain in some.items() if gain > 0}
    return found


def _share(names: Names, place: str, unit: Heard) -> Mapping[str, float]:
    return names.get((place, unit.forms[0])) or names.get((place, unit.forms[1])) or {}


def _runs(heard: Sequence[Heard]) -> Iterator[tuple[int, int]]:
    """Runs of capitalised units as long as a name, on one line, the title before it aside."""
    start = 0
    for at in range(1, len(heard) + 1):
        if at == len(heard) or _parted(heard, at):
            titled = not TITLES.isdisjoint(heard[start].forms)
            begin = start + (titled and at - start > 1)
            before = TITLES.isdisjoint(heard[start - 1].forms) if start else True
            least = SIZES[0] if before and not titled else SHORTER
            if heard[begin].title and least <= at - begin <= SIZES[1]:
                yield begin, at
            start = at


def _parted(heard: Sequence[Heard], at: int) -> bool:
    before, unit = heard[at - 1], heard[at]
    return unit.apart or unit.line != before.line or unit.title != before.title


@cache
def load_names() -> Names:
    """The names that travel with sohoa."""
    return read_names(model_path("restore/names.tsv"))


def read_names(path: Path) -> Names:
    """Read a table as `pipeline.train.names` writes it."""
    counts: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for line in path.read_text("utf8").splitlines():
        place, word, count = line.split("\t")
        counts[place, bare(word)][word] = int(count)
    return {key: {word: n / max(some.values()) for word, n in some.items()} for key, some in counts.items()}
