"""Tasks measured: which are found, who must do them, by when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pipeline.evaluate.counts import FoundCounts, Measure, compared, paired, pairs
from pipeline.evaluate.facts import same_body
from pipeline.schema import Row, Rows
from pipeline.vietnamese import nfc

__all__ = ["tasks"]

Fact = Mapping[str, Any]
Agrees = Callable[[Row, Fact], bool]
#: Letters of a task that a miss shows.
SHOWN = 50


def tasks(gold: Fact, said: Rows) -> Iterator[Measure]:
    """Directives by their text, then the assignments and due dates of each.

    A true task of another kind counts neither way. What is said of a task that is none counts as said in vain.
    """
    wanted = [t for t in gold["tasks"] if t["kind"] == "directive"]
    kept = _kept(gold, said, wanted)
    measure, found = paired("tasks", wanted, kept, _text)
    yield measure
    names = {row["body_id"]: str(row["name"]) for row in said["bodies"]}
    own = {id(true): read for true, read in found}
    paid = {read["task_id"] for _, read in found}
    for true in wanted:
        yield from _duties(true, own.get(id(true)), said, names)
    for read in kept:
        if read["task_id"] not in paid:
            yield from _duties({"assignments": [], "due": [], "text": read["text"]}, read, said, names)


def _text(task: Fact) -> str:
    return nfc(str(task["text"]))


def _kept(gold: Fact, said: Rows, wanted: list[Fact]) -> list[Row]:
    """The directives said, less those that are true tasks of another kind and no true directive."""
    texts = [_text(t) for t in said["tasks"]]
    others = [_text(t) for t in gold["tasks"] if t["kind"] != "directive"]
    spare = {j for _, j in pairs(others, texts)}
    taken = {j for _, j in pairs([_text(t) for t in wanted], texts)}
    return [t for j, t in enumerate(said["tasks"]) if t["kind"] == "directive" and (j in taken or j not in spare)]


def _duties(true: Fact, read: Row | None, said: Rows, names: Mapping[Any, str]) -> Iterator[Measure]:
    given = [
        {**a, "name": names[a["body_id"]]}
        for a in said["assignments"]
        if read is not None and a["task_id"] == read["task_id"]
    ]
    yield _assigned("assignments", true, given, _is_body)
    yield _assigned("assignments.resolved", true, given, lambda a, b: same_body(str(a["name"]), nfc(b["body"])))
    days = {d["date_id"]: d for d in said["dates"]}
    dues = [
        days[d["date_id"]]
        for d in said["deadlines"]
        if read is not None and d["task_id"] == read["task_id"] and d["date_id"] in days
    ]
    wanted = [when for d in true["due"] if any(when := _when(d["from"], d["to"], d.get("rrule")))]
    yield compared("deadlines", wanted, [w for d in dues if any(w := _when(d["starts"], d["ends"], d["rrule"]))])


def _is_body(said: Row, true: Fact) -> bool:
    """Whether a body's name, or how it is printed, is that of the true one."""
    ours = [nfc(n) for n in (true["body"], true["as_printed"]) if n]
    return any(same_body(str(p), q) for p in (said["name"], said["as_printed"]) if p for q in ours)


def _assigned(name: str, true: Fact, given: list[dict[str, Any]], agrees: Agrees) -> Measure:
    left = list(given)
    misses: list[str] = []
    for wanted in true["assignments"]:
        match = next((x for x in left if x["role"] == wanted["role"] and agrees(x, wanted)), None)
        if match is None:
            misses.append(f"- {wanted['role']} {wanted['body']} | {true['text'][:SHOWN]}")
        else:
            left.remove(match)
    misses += [f"+ {x['role']} {x['name']} | {true['text'][:SHOWN]}" for x in left]
    counts = FoundCounts(len(given) - len(left), len(given), len(true["assignments"]))
    return Measure(name, counts, tuple(misses))


def _when(start: Any, end: Any, rule: Any) -> tuple[Any, Any, str]:
    """A due date as it is compared: its days, and how often it comes again."""
    parts = (rule or "").upper().split(";")
    kept = (p for p in parts if p.startswith(("FREQ", "INTERVAL")) and p != "INTERVAL=1")
    return start, end, ";".join(kept)
