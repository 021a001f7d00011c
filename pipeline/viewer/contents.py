"""What the page shows: the values of a document in groups, each with the places it was read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.exports.items import by_task
from pipeline.schema import Row, Rows

__all__ = ["LABELS", "Mark", "Shown", "groups"]

#: Values below this chance stand out.
SURE = 0.8
LABELS = {
    "type_name": "type", "code": "code", "issuer": "issued by", "parent_issuer": "under", "place": "at", "issued": "on",
    "subject": "about", "signing_authority": "authority", "signer_position": "signed by", "signer_name": "name",
    "secrecy": "secrecy", "urgency": "urgency",
}  # fmt: skip
ROLES = {"lead": "does it", "coordinate": "with", "advise": "advised by", "report_to": "to", "monitor": "watched by"}

Key = tuple[str, Any, str | None]
Traces = Mapping[Key, list[Row]]


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on paper: a box in pixels of the page as scanned, origin top left; or, of text, a line of the page."""

    page: int
    line: int | None
    box: tuple[int, int, int, int] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """A value: `raw` as first read where that differs, `depth` its step in the outline, `doubt`: look at it."""

    id: str
    label: str
    text: str
    raw: str | None
    score: float | None
    doubt: bool
    marks: tuple[Mark, ...]
    depth: int = 0


def groups(rows: Rows) -> list[dict[str, Any]]:
    """The groups of values as the page's script reads them; groups without values are left out."""
    traces = _traces(rows["evidence"])
    made: dict[str, tuple[str, Iterable[Shown]]] = {
        "header": ("Header", _header(rows, traces)),
        "outline": ("Outline", _outline(rows, traces)),
        "tasks": ("Tasks", _tasks(rows, traces)),
        "dates": ("Dates", _dates(rows, traces)),
        "citations": (
            "Citations",
            (_shown("citations", r, str(r["relation"]), r["text"], traces) for r in rows["citations"]),
        ),
        "recipients": ("Recipients", (_shown("recipients", r, "", r["text"], traces) for r in rows["recipients"])),
        "stamps": ("Stamps", map(_stamp, rows["stamps"])),
    }
    return [
        {"id": name, "label": label, "values": listed}
        for name, (label, shown) in made.items()
        if (listed := [asdict(one) for one in shown])
    ]


def _traces(evidence: Sequence[Row]) -> Traces:
    found: dict[Key, list[Row]] = {}
    for row in evidence:
        column = None if row["column_name"] is None else str(row["column_name"])
        found.setdefault((str(row["table_name"]), row["row_id"], column), []).append(row)
    return found


def _shown(
    table: str,
    row: Row,
    label: str,
    text: Any,
    traces: Traces,
    *,
    column: str | None = None,
    depth: int = 0,
) -> Shown:
    """A row, or one column of it, by the lines it was read from."""
    key = row["document_id"] if table == "documents" else row[f"{table[:-1]}_id"]
    lines = traces.get((table, key, column), [])
    raw, now = (" ".join(str(t[c] or "") for t in lines) for c in ("raw", "text"))
    scores = [float(t["score"]) for t in lines if t["score"] is not None]
    own = row["score"] if column is None else min(scores, default=None)
    score = None if own is None else float(own)
    doubt = score is not None and score < SURE
    first = raw if raw != now else None
    return Shown(f"{key}/{column or table}", label, str(text), first, score, doubt, tuple(map(_mark, lines)), depth)


def _mark(trace: Row) -> Mark:
    box = tuple(int(trace[c]) for c in ("x0", "y0", "x1", "y1")) if trace["x0"] is not None else None  # type: ignore[arg-type]
    line = None if trace["line"] is None else int(trace["line"])
    return Mark(int(trace["page"] or 1), line, box)  # type: ignore[arg-type]


def _header(rows: Rows, traces: Traces) -> Iterator[Shown]:
    (own,) = rows["documents"]
    for name, label in LABELS.items():
        if own[name]:
            yield _shown("documents", own, label, own[name], traces, column=name)


def _outline(rows: Rows, traces: Traces) -> Iterator[Shown]:
    for row in rows["sections"]:
        text = row["text"] or row["heading"] or ""
        yield _shown("sections", row, str(row["marker"] or ""), text, traces, depth=str(row["path"]).count("/"))


def _tasks(rows: Rows, traces: Traces) -> Iterator[Shown]:
    """Each directive, and under it who and when."""
    names = {row["body_id"]: row["name"] for row in rows["bodies"]}
    dates = {row["date_id"]: row for row in rows["dates"]}
    assigned, due = by_task(rows["assignments"]), by_task(rows["deadlines"])
    for task in rows["tasks"]:
        if task["kind"] != "directive":
            continue
        yield _shown("tasks", task, "", task["text"], traces)
        for a in assigned.get(task["task_id"], ()):
            yield _shown("assignments", a, ROLES[str(a["role"])], names[a["body_id"]], traces, depth=1)
        for when in (dates[d["date_id"]] for d in due.get(task["task_id"], ())):
            yield _shown("dates", when, "by", _when(when), traces, depth=1)


def _dates(rows: Rows, traces: Traces) -> Iterator[Shown]:
    return (_shown("dates", row, str(row["role"]), _when(row), traces) for row in rows["dates"])


def _when(row: Row) -> str:
    days = " to ".join(str(row[c]) for c in ("starts", "ends") if row[c])
    if row["starts"] == row["ends"] and row["starts"]:
        days = str(row["starts"])
    known = "; ".join(str(v) for v in (days, row["rrule"]) if v)
    return f"{row['text']} ({known})" if known else str(row["text"])


def _stamp(row: Row) -> Shown:
    text = "; ".join(f"{name} {row[name]}" for name in ("receiver", "number", "date") if row[name]) or "not legible"
    box = None if row["x0"] is None else tuple(int(row[c]) for c in ("x0", "y0", "x1", "y1"))  # type: ignore[arg-type]
    score = None if row["score"] is None else float(row["score"])
    mark = Mark(int(row["page"] or 1), None, box)  # type: ignore[arg-type]
    return Shown(str(row["stamp_id"]), str(row["kind"]), text, None, score, False, (mark,))
