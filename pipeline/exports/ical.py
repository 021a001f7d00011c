"""iCalendar (RFC 5545): a to-do a directive, an event an event, the same UIDs on every run."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from pipeline.exports.dataset import Dataset
from pipeline.exports.items import Due, Item, description, events, items, shortened
from pipeline.exports.needed import needed
from pipeline.schema import Row
from pipeline.whole import replacing

__all__ = ["export_ical"]

#: How long before the due day a calendar reminds.
REMINDER = timedelta(days=-7)
#: Stamp of what has no day of issue: the same on every run, as a calendar takes a newer stamp for a change.
NEVER = "2000-01-01"


def export_ical(dataset: Dataset, target: str) -> None:
    """Write the calendar `target`.

    A task that is due more than once is a to-do each. Raises StoreError where it cannot be written, MissingProgram
    where icalendar is not installed.
    """
    icalendar = needed("icalendar")
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//sohoa//dataset//VI")
    calendar.add("version", "2.0")
    with replacing(Path(target)) as file:
        for rows in dataset.documents():
            (document,) = rows["documents"]
            for item in items(rows):
                for n, due in enumerate(item.due or (Due(None, None, None, ""),)):
                    calendar.add_component(_todo(icalendar, item, due, n))
            for uid, due, text in events(rows):
                calendar.add_component(_event(icalendar, uid, due, text, document))
        file.write(calendar.to_ical())


def _todo(icalendar: Any, item: Item, due: Due, n: int) -> Any:
    todo = icalendar.Todo()
    _begin(todo, f"{item.uid}{f'~{n + 1}' if n else ''}", item.title, item.document)
    todo.add("description", description(item))
    if item.lead:
        todo.add("contact", "; ".join(item.lead))
        todo.add("categories", list(item.lead))
    todo.add("status", "NEEDS-ACTION")
    first = due.starts or due.ends or (_issued(item.document) if due.rule else None)
    if due.rule and first:
        todo.add("dtstart", date.fromisoformat(first))
        todo.add("rrule", icalendar.vRecur.from_ical(due.rule))
    elif due.starts and due.ends and due.starts < due.ends:
        todo.add("dtstart", date.fromisoformat(due.starts))
    if due.ends and not due.rule:
        todo.add("due", date.fromisoformat(due.ends))
        todo.add_component(_alarm(icalendar, item.title))
    return todo


def _alarm(icalendar: Any, title: str) -> Any:
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", REMINDER, parameters={"related": "END"})
    return alarm


def _event(icalendar: Any, uid: str, due: Due, text: str, document: Row) -> Any:
    event = icalendar.Event()
    _begin(event, uid, shortened(text), document)
    event.add("description", text)
    event.add("dtstart", date.fromisoformat(str(due.starts)))
    event.add("dtend", date.fromisoformat(str(due.ends)) + timedelta(days=1))  # the day after the last
    if due.rule:
        event.add("rrule", icalendar.vRecur.from_ical(due.rule))
    return event


def _begin(component: Any, uid: str, title: str, document: Row) -> None:
    component.add("uid", f"{uid}@sohoa")
    stamp = datetime.fromisoformat(_issued(document) or NEVER).replace(tzinfo=UTC)
    component.add("dtstamp", stamp)
    component.add("summary", title)


def _issued(document: Row) -> str | None:
    return str(document["issued_starts"]) if document["issued_starts"] else None
