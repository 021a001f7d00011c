"""Lists of communes as papers print them, made from the public lists and never kept.

Each layout draws districts (before the merger of 2025) and provinces (after it) anew, with a seed of its own.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pipeline.train.gazetteer import communes

__all__ = ["LAYOUTS", "Group", "documents", "groups"]

#: Groups of a document, and documents of a layout.
GROUPS, DOCUMENTS = 5, 8
#: The most communes of a group that are listed.
LISTED = 25


class Group(NamedTuple):
    """The communes of a district, or of a province without districts, with their types: `Xã Tân Thành`."""

    province: str
    district: str
    names: tuple[str, ...]

    @property
    def above(self) -> str:
        """The group's own name with its province: `huyện Vị Xuyên, tỉnh Hà Giang`."""
        return ", ".join(_inside(name) for name in (self.district, self.province) if name)


def _inside(full: str) -> str:
    return full[:1].lower() + full[1:]


def groups(folder: Path) -> list[Group]:
    """All groups in the public lists of `folder`."""
    rows = communes(folder)
    return [
        Group(*above, tuple(f"{r.type.capitalize()} {name}" for r in some for name in r.names.split("; ")))
        for above, some in groupby(rows, key=lambda r: (r.province, r.district))
    ]


def _addresses(some: Sequence[Group], rng: random.Random) -> Iterator[str]:
    """`Xã Tân Thành, huyện Vị Xuyên, tỉnh Hà Giang`."""
    lines = [f"{name}, {group.above}" for group in some for name in group.names]
    yield from rng.sample(lines, len(lines))


def _paragraphs(some: Sequence[Group], _: random.Random) -> Iterator[str]:
    """`Huyện Vị Xuyên, tỉnh Hà Giang: 1. Xã Tân Thành; 2. Xã Đạo Đức.`"""
    for group in some:
        items = "; ".join(f"{n}. {name}" for n, name in enumerate(group.names, 1))
        yield f"{group.above[:1].upper()}{group.above[1:]}: {items}."


def _rows(some: Sequence[Group], rng: random.Random) -> Iterator[str]:
    """A table with a line for each district and its communes below: `1 Xã Tân Thành 12,45 5.678`."""
    yield "STT Tên đơn vị hành chính Diện tích tự nhiên Quy mô dân số"
    for group in some:
        yield group.above.upper()
        for n, name in enumerate(group.names, 1):
            yield f"{n} {name} {rng.randint(3, 99)},{rng.randint(10, 99)} {rng.randint(2, 19)}.{rng.randint(100, 999)}"


def _plain(some: Sequence[Group], _: random.Random) -> Iterator[str]:
    """The names of a district one a line, without type or parent: `1. Tân Thành`."""
    for group in some:
        for n, name in enumerate(group.names, 1):
            yield f"{n}. {_untyped(name)}"


def _strewn(some: Sequence[Group], rng: random.Random) -> Iterator[str]:
    """Names with types from all over the country and no parent: nothing tells Tân Thành from Tân Thanh but custom."""
    names = [name for group in some for name in group.names]
    names = [_inside(name) for name in rng.sample(names, len(names))]
    yield from (f"- {', '.join(names[i : i + 6])};" for i in range(0, len(names), 6))


def _untyped(name: str) -> str:
    kind = next(kind for kind in ("Thị trấn ", "Đặc khu ", "Phường ", "Xã ") if name.startswith(kind))
    return name[len(kind) :]


LAYOUTS: dict[str, Callable[[Sequence[Group], random.Random], Iterator[str]]] = {
    "addresses": _addresses,
    "lists of districts": _paragraphs,
    "table rows": _rows,
    "names alone": _plain,
    "strewn, no parent": _strewn,
}


def documents(folder: Path) -> Iterator[tuple[str, str]]:
    """(layout, text) of lists drawn from the public lists in `folder`."""
    known = groups(folder)
    new, old = ([g for g in known if (g.district == "") is now] for now in (True, False))
    for layout, made in LAYOUTS.items():
        rng = random.Random(layout)
        for n in range(DOCUMENTS):
            size = 40 if made is _strewn else GROUPS
            drawn = rng.sample(old if n % 4 else new, min(size, 30))
            short = 3 if made is _strewn else LISTED
            some = [Group(g.province, g.district, tuple(rng.sample(g.names, min(short, len(g.names))))) for g in drawn]
            yield layout, "\n".join(made(some, rng))
