"""Assignments of a task: the bodies of its own words, of its labels and cells, and of the headings above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.extract.actors import Actor, actors
from pipeline.extract.bodies import Context, resolve
from pipeline.extract.passage import Passage
from pipeline.extract.roles import leading_list, parts
from pipeline.records import Assignment, Role

__all__ = ["Names", "from_heading", "from_list", "from_text", "settled"]


@dataclass(frozen=True, slots=True)
class Names:
    """Resolves printed names: by the document's context, then by the longer names it prints elsewhere."""

    context: Context
    longer: dict[str, str]

    def of(self, actor: Actor) -> str:
        """The canonical name of an actor."""
        name = resolve(actor.name, self.context)
        return self.longer.get(name, name)


def from_text(passage: Passage, names: Names) -> tuple[list[Assignment], bool]:
    """Assignments that running text states, and whether it names who acts."""
    found = list(parts(passage.text))
    rows = [_assignment(passage, p.actor, p.role, names, inherited=False) for p in found]
    return rows, any(p.subject for p in found)


def from_list(passage: Passage, role: Role, names: Names) -> Iterator[Assignment]:
    """Every body of a cell or a labelled value, in one role."""
    found = list(actors(passage.text))
    if not found and (whole := passage.text.strip(" .;-")) and whole[:1].isupper() and len(whole) < 80:
        start = passage.text.index(whole)
        found = [Actor(start, start + len(whole), whole)]
    return (_assignment(passage, a, role, names, inherited=False) for a in found)


def from_heading(passage: Passage, names: Names) -> list[Assignment]:
    """The bodies that a heading names as those who act, inherited by what stands under it."""
    return [_assignment(passage, a, "lead", names, inherited=True) for a in leading_list(passage.text)]


def _assignment(passage: Passage, actor: Actor, role: Role, names: Names, *, inherited: bool) -> Assignment:
    printed = passage.found(actor.start, actor.end, score=0.8 if inherited else 0.85)
    return Assignment(names.of(actor), role, printed, inherited)


def settled(rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Each body once in each role; a short second mention (`các đơn vị`) of a body named in full is left out."""
    out: list[Assignment] = []
    for row in rows:
        same = [r for r in out if r.role == row.role]
        printed = row.as_printed.value.lower()
        if any(r.body == row.body or r.as_printed.value.lower().startswith(printed + " ") for r in same):
            continue
        out.append(row)
    return tuple(out)
