"""Names of provinces, districts and communes by their bare letters, and which belong together."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pipeline.resources import model_path
from pipeline.vietnamese import bare

__all__ = ["Gazetteer", "Level", "Name", "load_gazetteer"]

Level = Literal["commune", "district", "province"]
TYPES = ("thành phố ", "thị xã ", "tỉnh ", "quận ", "huyện ")


class Name(NamedTuple):
    """One way to write a name, in lower case; `groups` are the districts that hold it, or that it holds."""

    words: tuple[str, ...]
    level: Level
    groups: frozenset[int]


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names by their bare words, and the bare words by the first of them; a group is a district, or a province since
    it has none."""

    names: dict[tuple[str, ...], tuple[Name, ...]]
    begun: dict[str, tuple[tuple[str, ...], ...]]
    longest: int

    @classmethod
    def load(cls, path: Path) -> Gazetteer:
        """Read a table as `pipeline.train.gazetteer` writes it."""
        groups: dict[tuple[str, str], int] = {}
        held: dict[tuple[tuple[str, ...], Level], set[int]] = {}
        with path.open(encoding="utf8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                group = groups.setdefault((row["province"], row["district"]), len(groups))
                for name, level in _leveled(row):
                    if words := _words(name):
                        held.setdefault((words, level), set()).add(group)
        names: dict[tuple[str, ...], list[Name]] = {}
        plain = {word: bare(word) for words, _ in held for word in words}
        for (words, level), some in held.items():
            names.setdefault(tuple(plain[w] for w in words), []).append(Name(words, level, frozenset(some)))
        begun: dict[str, list[tuple[str, ...]]] = {}
        for key in names:
            begun.setdefault(key[0], []).append(key)
        frozen = {key: tuple(found) for key, found in names.items()}
        return cls(frozen, {first: tuple(keys) for first, keys in begun.items()}, max(map(len, names)))

    def find(self, words: Sequence[str]) -> tuple[Name, ...]:
        """The names with these bare letters, in lower case."""
        return self.names.get(tuple(words), ())


def _leveled(row: dict[str, str]) -> Iterator[tuple[str, Level]]:
    """The names of a row of the table."""
    yield _untyped(row["province"]), "province"
    yield _untyped(row["district"]), "district"
    yield from ((name, "commune") for name in row["names"].split("; "))


def _untyped(full: str) -> str:
    return next((full[len(kind) :] for kind in TYPES if full.lower().startswith(kind)), full)


def _words(name: str) -> tuple[str, ...]:
    """The words of a name in lower case without the number behind them: `Mỹ Đình 1`."""
    return tuple(word for word in name.lower().split() if not word.isdigit() and word != "-")


@cache
def load_gazetteer() -> Gazetteer:
    """The gazetteer that travels with sohoa."""
    return Gazetteer.load(model_path("gazetteers/communes.tsv"))
