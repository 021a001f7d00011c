"""Gold notes of a manuscript: what a block says, written beside it in one line each.

    directive: product            the block is a task of this kind; the product where the text names one
    lead Body = as printed        who acts, in one of the five roles; `lead^`: named in a heading above
    due text = kind span rule     a date of the block that is when the task is due; `due^`: its row is elsewhere
    date role text = kind span rule
    ref text = type; code; issued; issuer; relation
    heading, leaf                 the block is (no) heading whatever follows it

A span is `2021` (the year), `2021-05`, `2021-05-20`, or two of these, `..` where open: `../2017-11-15`, `2021/2025`.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args

from pipeline.errors import ConfigError
from pipeline.records import Role, TaskKind

__all__ = ["Notes", "bounds", "read_notes"]

Json = dict[str, Any]
PRINTED_DAY = re.compile(r"ngày (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4})")


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of one block, as rows of gold.json without their page."""

    kind: str | None = None
    product: str | None = None
    assignments: tuple[Json, ...] = ()
    due: tuple[Json, ...] = ()
    dates: tuple[Json, ...] = ()
    references: tuple[Json, ...] = ()
    flags: frozenset[str] = frozenset()


def read_notes(notes: Iterable[str]) -> Notes:
    """The meaning of a block's notes. Raises ConfigError where one is written wrong."""
    kind = product = None
    rows: dict[str, list[Json]] = {"assignments": [], "due": [], "dates": [], "references": []}
    flags = set()
    for note in notes:
        word, rest = (*note.split(" ", 1), "")[:2]
        name = word.rstrip(":^")
        if name in get_args(TaskKind):
            kind, product = name, rest or None
        elif name in ("heading", "leaf"):
            flags.add(name)
        else:
            _add(rows, name, rest, inherited=word.endswith("^"), note=note)
    return Notes(
        kind, product, tuple(rows["assignments"]), tuple(rows["due"]), tuple(rows["dates"]), tuple(rows["references"]),
        frozenset(flags),
    )  # fmt: skip


def _add(rows: dict[str, list[Json]], name: str, rest: str, *, inherited: bool, note: str) -> None:
    if name in get_args(Role):
        body, _, printed = rest.partition(" = ")
        rows["assignments"].append({"body": body, "as_printed": printed or body, "role": name, "inherited": inherited})
    elif name == "due":
        due = _time(rest, note)
        rows["due"].append(due)
        if not inherited:
            rows["dates"].append({**due, "role": "deadline"})
    elif name == "date":
        role, _, text = rest.partition(" ")
        rows["dates"].append({**_time(text, note), "role": role})
    elif name == "ref":
        rows["references"].append(_reference(rest, note))
        rows["dates"] += _days(rest.partition(" = ")[0])
    else:
        raise ConfigError(f"note {note!r} says nothing known")


def _time(rest: str, note: str) -> Json:
    text, sign, meaning = rest.partition(" = ")
    if not sign:
        raise ConfigError(f"note {note!r} gives no meaning", remedy="text = kind span rule")
    kind, *parts = meaning.split()
    rule = next((p for p in parts if p.startswith("FREQ")), None)
    span = next((p for p in parts if not p.startswith("FREQ")), None)
    start, end = bounds(span) if span else (None, None)
    return {"text": text, "kind": kind, "from": start, "to": end, "rrule": rule}


def _reference(rest: str, note: str) -> Json:
    text, _, meaning = rest.partition(" = ")
    fields = [f.strip() or None for f in meaning.split(";")]
    if len(fields) != 5:
        raise ConfigError(f"note {note!r} wants five fields", remedy="type; code; issued; issuer; relation")
    return {"text": text, **dict(zip(("type", "code", "issued", "issuer", "relation"), fields, strict=True))}


def _days(text: str) -> Iterator[Json]:
    """The full dates inside a citation: each is a date row of its own."""
    for match in PRINTED_DAY.finditer(text):
        day = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
        yield {"text": match[0], "kind": "date", "from": day, "to": day, "rrule": None, "role": "reference"}


def bounds(span: str) -> tuple[str | None, str | None]:
    """First and last day of a span, inclusive: `2021-02` gives 2021-02-01 and 2021-02-28."""
    first, sign, last = span.partition("/")
    last = last if sign else first
    return None if first == ".." else _edge(first, last=False), None if last == ".." else _edge(last, last=True)


def _edge(text: str, *, last: bool) -> str:
    parts = [int(p) for p in text.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (calendar.monthrange(year, month)[1] if last else 1)
    return f"{year:04}-{month:02}-{day:02}"
