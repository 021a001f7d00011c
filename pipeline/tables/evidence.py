"""Rows of `evidence`: where every value stands on paper, one row for each printed line it runs over."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

from pipeline.schema import Row
from pipeline.tables.keys import Keys, edges
from pipeline.tables.printed import header_fields
from pipeline.types import Span

__all__ = ["evidence"]


class _Trace(NamedTuple):
    """A value (column None: the row as a whole), the words it was read from, and its own chance to be right where
    the row holds none for it."""

    table: str
    row_id: str
    column: str | None
    span: Span | None
    score: float = 1.0


def evidence(keys: Keys) -> Iterator[Row]:
    """The rows of `evidence`: header fields, sections, tasks, assignments, dates, citations, recipients, stamps."""
    number = count(1)
    for trace in _traces(keys):
        for row in _lines(keys, trace):
            yield {
                "evidence_id": keys.number("evidence", next(number)), "document_id": keys.id,
                "table_name": trace.table, "row_id": trace.row_id, "column_name": trace.column, **row,
            }  # fmt: skip
    for n, stamp in enumerate(keys.decree.stamps, start=1):
        yield {
            "evidence_id": keys.number("evidence", next(number)), "document_id": keys.id, "table_name": "stamps",
            "row_id": keys.number("stamp", n), "page": stamp.page, **edges(stamp.box), "score": stamp.score,
        }  # fmt: skip


def _traces(keys: Keys) -> Iterator[_Trace]:
    decree = keys.decree
    for name, found in header_fields(decree.header).items():
        yield _Trace("documents", keys.id, name, found.span, found.score)
    for section_id, section in zip(keys.sections, decree.sections, strict=True):
        yield _Trace("sections", section_id, None, section.span)
    yield from _task_traces(keys)
    texts = {
        "date": [d.text for d in decree.dates],
        "citation": [c.text for c in decree.citations],
        "recipient": [r.text for r in decree.recipients],
    }
    for kind, values in texts.items():
        for n, value in enumerate(values, start=1):
            yield _Trace(f"{kind}s", keys.number(kind, n), None, value.span)


def _task_traces(keys: Keys) -> Iterator[_Trace]:
    assignments = count(1)
    for task_id, task in zip(keys.tasks, keys.decree.tasks, strict=True):
        yield _Trace("tasks", task_id, None, task.text.span)
        if task.product:
            yield _Trace("tasks", task_id, "product", task.product.span)
        for a in task.assignments:
            yield _Trace("assignments", keys.number("assignment", next(assignments)), None, a.as_printed.span)


def _lines(keys: Keys, trace: _Trace) -> Iterator[Row]:
    if trace.span is None:
        return
    for item in keys.decree.document.evidence(trace.span):
        yield {
            "page": item.page, "line": keys.line_numbers.get(item.line), **edges(item.box),
            "score": min(item.score, trace.score), "raw": item.raw, "text": item.text,
            "stages": " ".join(item.stages) or None,
        }  # fmt: skip
