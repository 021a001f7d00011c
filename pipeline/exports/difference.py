"""What two datasets say differently of the same documents: header, sections, tasks, who, when, citations, bodies.

Rows are compared by what they say, not by their numbers: a date more at the head of a paper renumbers all that follow
and changes nothing. Scores do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from pipeline.exports.dataset import Dataset
from pipeline.schema import Row, Rows, columns, table

__all__ = ["Change", "changes"]

#: Header fields that tell how a document was made, not what it says.
MADE = ("document_id", "source", "sha256", "media_type", "score", "needs_review", "config", "version", "issuer_id")
Kind = Literal["document", "header", "section", "task", "assignment", "deadline", "citation", "body"]


class Fact(NamedTuple):
    """Something said: of what kind, of what (`key`), and what (`value`)."""

    kind: Kind
    key: str
    value: str


class Change(NamedTuple):
    """A difference: `old` None where something was added, `new` None where it was removed; both where it changed.

    `document` is the code or file of the document, empty for bodies."""

    document: str
    kind: Kind
    key: str
    old: str | None
    new: str | None


def changes(old: Dataset, new: Dataset) -> Iterator[Change]:
    """The differences from `old` to `new`, by document id, then by kind and key; bodies last.

    Raises as `Dataset.rows` does.
    """
    left, right = (_by_id(data) for data in (old, new))
    for document in sorted({*left, *right}):
        yield from _of(left.get(document), right.get(document), old, new)
    bodies = [Counter(map(_body, data.rows(table("bodies")))) for data in (old, new)]
    yield from (Change("", *c) for c in _paired(*bodies))


def _by_id(data: Dataset) -> Mapping[str, Row]:
    return {str(row["document_id"]): row for row in data.rows(table("documents"))}


def _of(before: Row | None, after: Row | None, old: Dataset, new: Dataset) -> Iterator[Change]:
    row = after or before
    if row is None:
        return
    name = str(row["code"] or row["source"])
    if before is None or after is None:
        gone, come = (None if r is None else str(r["source"]) for r in (before, after))
        yield Change(name, "document", str(row["document_id"]), gone, come)
        return
    where = f"document_id = '{row['document_id']}'"
    (one,), (other,) = (Dataset(data.path, where).documents() for data in (old, new))
    yield from (Change(name, *c) for c in _paired(Counter(_facts(one)), Counter(_facts(other))))


def _paired(before: Counter[Fact], after: Counter[Fact]) -> Iterator[tuple[Kind, str, str | None, str | None]]:
    """Facts that only one side has: of the same kind and key they are one that changed."""
    gone, come = (_grouped(c) for c in (before - after, after - before))
    for kind, key in sorted({*gone, *come}, key=lambda k: (ORDER.index(k[0]), k[1])):
        olds, news = gone.get((kind, key), []), come.get((kind, key), [])
        for n in range(max(len(olds), len(news))):
            yield kind, key, olds[n] if n < len(olds) else None, news[n] if n < len(news) else None


ORDER: tuple[Kind, ...] = ("document", "header", "section", "task", "assignment", "deadline", "citation", "body")


def _grouped(facts: Counter[Fact]) -> dict[tuple[Kind, str], list[str]]:
    found: dict[tuple[Kind, str], list[str]] = {}
    for fact in sorted(facts.elements()):
        found.setdefault((fact.kind, fact.key), []).append(fact.value)
    return found


def _facts(rows: Rows) -> Iterator[Fact]:
    (own,) = rows["documents"]
    yield from (
        Fact("header", name, str(value)) for name, value in own.items() if value is not None and name not in MADE
    )
    paths = {row["section_id"]: str(row["path"]) for row in rows["sections"]}
    yield from (Fact("section", str(s["path"]), str(s["text"] or s["heading"] or "")) for s in rows["sections"])
    names = {row["body_id"]: str(row["name"]) for row in rows["bodies"]}
    dates = {row["date_id"]: row for row in rows["dates"]}
    for t in rows["tasks"]:
        yield Fact("task", paths[t["section_id"]], _said(t["kind"], t["text"], t["product"]))
    for a in rows["assignments"]:
        yield Fact("assignment", _path(a["task_id"]), f"{a['role']}: {names[a['body_id']]}")
    for d in rows["deadlines"]:
        when = dates[d["date_id"]]
        yield Fact("deadline", _path(d["task_id"]), _said(*(when[c] for c in ("text", "starts", "ends", "rrule"))))
    for c in rows["citations"]:
        said = _said(*(c[n] for n in ("relation", "type", "issued", "issuer", "pinpoint")))
        yield Fact("citation", str(c["code"] or c["text"]), said)


def _body(row: Row) -> Fact:
    return Fact("body", str(row["name"]), _said(*(row[c] for c in columns("bodies")[2:])))


def _path(task_id: Any) -> str:
    return str(task_id).partition(":")[2]


def _said(*values: Any) -> str:
    return "; ".join(str(v) for v in values if v is not None)
