"""What a tracker tracks: the directives of a document, each with who, by when, and where it is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from pipeline.schema import Row, Rows

__all__ = ["Due", "Item", "by_task", "description", "events", "items", "shortened"]

#: Letters of a title: what a list of tasks shows, and every tracker takes.
TITLE = 120


@dataclass(frozen=True, slots=True)
class Due:
    """A due time: first and last day (ISO, inclusive, either None), the rule of what recurs, and its print."""

    starts: str | None
    ends: str | None
    rule: str | None
    printed: str


@dataclass(frozen=True, slots=True)
class Item:
    """A directive. `uid` is the same on every run; `document` its document's row, `page` where it is printed."""

    uid: str
    title: str
    text: str
    lead: tuple[str, ...]
    others: tuple[tuple[str, str], ...]
    due: tuple[Due, ...]
    product: str | None
    document: Row
    path: str
    page: int

    @property
    def source(self) -> str:
        """The document as people name it: code and day, else its file."""
        kind = self.document["type_name"] or "Văn bản"
        name = self.document["code"] or f"{kind} ({PurePath(str(self.document['source'])).name})"
        return f"{name} ({self.document['issued']})" if self.document["issued"] else str(name)

    @property
    def last(self) -> str | None:
        """The first of the days by which it is due (ISO); None where it recurs or has no day."""
        return min((d.ends for d in self.due if d.ends and not d.rule), default=None)

    @property
    def first(self) -> str | None:
        """The first day of a time that has a last one too; None where it is due before that."""
        starts = [d.starts for d in self.due if d.starts and d.ends and not d.rule]
        return min((day for day in starts if self.last and day <= self.last), default=None)

    def of(self, role: str) -> tuple[str, ...]:
        """The bodies in one role besides the lead."""
        return tuple(name for r, name in self.others if r == role)


def items(rows: Rows) -> Iterator[Item]:
    """The directives of one document, in reading order."""
    (document,) = rows["documents"]
    names = {row["body_id"]: str(row["name"]) for row in rows["bodies"]}
    paths = {row["section_id"]: str(row["path"]) for row in rows["sections"]}
    dates = {row["date_id"]: row for row in rows["dates"]}
    assigned, due = by_task(rows["assignments"]), by_task(rows["deadlines"])
    for task in rows["tasks"]:
        if task["kind"] != "directive":
            continue
        who = [(str(a["role"]), names[a["body_id"]]) for a in assigned.get(task["task_id"], ())]
        yield Item(
            uid=str(task["task_id"]),
            title=shortened(str(task["text"])),
            text=str(task["text"]),
            lead=tuple(name for role, name in who if role == "lead"),
            others=tuple((role, name) for role, name in who if role != "lead"),
            due=tuple(_due(dates[d["date_id"]]) for d in due.get(task["task_id"], ())),
            product=str(task["product"]) if task["product"] else None,
            document=document,
            path=paths[task["section_id"]],
            page=int(task["page"] or 1),
        )


def events(rows: Rows) -> Iterator[tuple[str, Due, str]]:
    """(uid, time, text of its block) of each event that has days."""
    texts = {row["section_id"]: str(row["text"] or row["heading"] or "") for row in rows["sections"]}
    for row in rows["dates"]:
        if row["role"] == "event" and row["starts"] and row["ends"] and row["section_id"]:
            yield str(row["date_id"]), _due(row), texts[row["section_id"]]


def by_task(rows: Sequence[Row]) -> Mapping[object, list[Row]]:
    """The rows of each task that has any, in their order."""
    found: dict[object, list[Row]] = {}
    for row in rows:
        found.setdefault(row["task_id"], []).append(row)
    return found


def _due(row: Row) -> Due:
    starts, ends, rule = (str(row[c]) if row[c] else None for c in ("starts", "ends", "rrule"))
    return Due(starts, ends, rule, str(row["text"]))


def shortened(text: str) -> str:
    """The beginning of a text that can stand for it: its first sentence or clause where that is short enough."""
    first = re.split(r"(?<=[.;:])\s", text, maxsplit=1)[0].rstrip(" .;:,")
    if len(first) <= TITLE:
        return first
    return first[: TITLE - 1].rsplit(" ", 1)[0].rstrip(" .;:,") + "…"


#: What the roles are called where people read them.
ROLES = {"coordinate": "Phối hợp", "advise": "Tham mưu", "report_to": "Báo cáo", "monitor": "Theo dõi"}


def description(item: Item) -> str:
    """All that is known of an item, one thing a line, in Vietnamese."""
    lines = [item.text, ""]
    if item.lead:
        lines.append(f"Chủ trì: {'; '.join(item.lead)}")
    lines += [f"{label}: {'; '.join(item.of(role))}" for role, label in ROLES.items() if item.of(role)]
    if item.due:
        lines.append(f"Thời hạn: {'; '.join(d.printed for d in item.due)}")
    if item.product:
        lines.append(f"Sản phẩm: {item.product}")
    lines.append(f"Căn cứ: {item.source}, mục {item.path}, trang {item.page}")
    return "\n".join(lines)
