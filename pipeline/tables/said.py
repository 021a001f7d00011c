"""Rows of what a document says: bodies, sections, tasks and who and when, citations, recipients, stamps."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.records import Body
from pipeline.schema import Row
from pipeline.tables.keys import Keys, body_id, edges

__all__ = [
    "assignment_rows",
    "body_rows",
    "citation_rows",
    "date_rows",
    "deadline_rows",
    "recipient_rows",
    "section_rows",
    "stamp_rows",
    "task_rows",
]


def body_rows(keys: Keys) -> Iterator[Row]:
    """The decree's bodies, then those it names only as issuer, actor, recipient or parent."""
    known: dict[str, Body] = {}
    for body in keys.decree.bodies:
        known.setdefault(body_id(body.name), body)
    for name in _names(keys):
        known.setdefault(body_id(name), Body(name))
    for key, body in known.items():
        yield {
            "body_id": key, "name": body.name, "kind": body.kind, "level": body.level, "place": body.place,
            "parent_id": body_id(body.parent) if body.parent else None,
            "successor_id": body_id(body.successor) if body.successor else None,
            "valid_from": body.valid_from, "valid_to": body.valid_to, "is_group": body.is_group,
        }  # fmt: skip


def _names(keys: Keys) -> Iterator[str]:
    decree = keys.decree
    if decree.header.issuer:
        yield decree.header.issuer.value
    yield from (a.body for t in decree.tasks for a in t.assignments)
    yield from (r.body for r in decree.recipients if r.body)
    for body in decree.bodies:
        yield from (name for name in (body.parent, body.successor) if name)


def section_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `sections`."""
    for i, s in enumerate(keys.decree.sections):
        yield {
            "section_id": keys.sections[i], "document_id": keys.id, "parent_id": keys.section(s.parent),
            "path": s.path, "ordinal": i + 1, "kind": s.kind, "marker": s.marker, "marker_raw": s.marker_raw,
            "heading": s.heading, "text": s.text, "page": s.page, "score": s.score,
        }  # fmt: skip


def task_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `tasks`."""
    for task_id, t in zip(keys.tasks, keys.decree.tasks, strict=True):
        yield {
            "task_id": task_id, "document_id": keys.id, "section_id": keys.sections[t.section], "kind": t.kind,
            "text": t.text.value, "product": t.product.value if t.product else None,
            "page": keys.decree.sections[t.section].page, "score": t.text.score,
        }  # fmt: skip


def assignment_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `assignments`, task by task."""
    tasks = zip(keys.tasks, keys.decree.tasks, strict=True)
    pairs = ((task_id, a) for task_id, t in tasks for a in t.assignments)
    for n, (task_id, a) in enumerate(pairs, start=1):
        yield {
            "assignment_id": keys.number("assignment", n), "document_id": keys.id, "task_id": task_id,
            "body_id": body_id(a.body), "role": a.role, "inherited": a.inherited,
            "as_printed": a.as_printed.value, "score": a.as_printed.score,
        }  # fmt: skip


def date_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `dates`."""
    for n, d in enumerate(keys.decree.dates, start=1):
        yield {
            "date_id": keys.number("date", n), "document_id": keys.id, "section_id": keys.section(d.section),
            "text": d.text.value, "kind": d.kind, "role": d.role, "edtf": d.edtf, "starts": d.starts,
            "ends": d.ends, "rrule": d.rrule, "score": d.text.score,
        }  # fmt: skip


def deadline_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `deadlines`: tasks with the dates they are due."""
    tasks = zip(keys.tasks, keys.decree.tasks, strict=True)
    pairs = ((task_id, d) for task_id, t in tasks for d in t.deadlines)
    for n, (task_id, d) in enumerate(pairs, start=1):
        yield {
            "deadline_id": keys.number("deadline", n), "document_id": keys.id, "task_id": task_id,
            "date_id": keys.number("date", d.date + 1), "inherited": d.inherited,
        }  # fmt: skip


def citation_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `citations`; which document of the dataset is meant, the dataset finds out."""
    for n, c in enumerate(keys.decree.citations, start=1):
        yield {
            "citation_id": keys.number("citation", n), "document_id": keys.id, "section_id": keys.section(c.section),
            "text": c.text.value, "type": c.type, "code": c.code, "issued": c.issued, "issuer": c.issuer,
            "relation": c.relation, "pinpoint": c.pinpoint, "score": c.text.score,
        }  # fmt: skip


def recipient_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `recipients`, in print order."""
    for n, r in enumerate(keys.decree.recipients, start=1):
        yield {
            "recipient_id": keys.number("recipient", n), "document_id": keys.id, "ordinal": n, "role": r.role,
            "text": r.text.value, "purpose": r.purpose, "body_id": body_id(r.body) if r.body else None,
            "score": r.text.score,
        }  # fmt: skip


def stamp_rows(keys: Keys) -> Iterator[Row]:
    """The rows of `stamps`."""
    for n, s in enumerate(keys.decree.stamps, start=1):
        yield {
            "stamp_id": keys.number("stamp", n), "document_id": keys.id, "page": s.page, "kind": s.kind,
            "receiver": s.receiver, "number": s.number, "date": s.date, **edges(s.box), "score": s.score,
        }  # fmt: skip
