"""What a block of the outline inherits: the blocks above it, and the bodies these tell to act."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from pipeline.extract.assignments import Names, from_heading, from_text
from pipeline.extract.nametokens import begins_with_verb
from pipeline.extract.passage import Passage, passage_of
from pipeline.records import Assignment, Decree

__all__ = ["Lineage"]


@dataclass(frozen=True)
class Lineage:
    """The tree of a document's sections, by their positions, and the names its blocks print."""

    decree: Decree
    names: Names

    @cached_property
    def children(self) -> dict[int | None, list[int]]:
        out: dict[int | None, list[int]] = {}
        for i, section in enumerate(self.decree.sections):
            out.setdefault(section.parent, []).append(i)
        return out

    @cached_property
    def next_of(self) -> dict[int, int]:
        """The section after each under the same parent."""
        return {i: after for own in self.children.values() for i, after in pairwise(own)}

    @cached_property
    def elder(self) -> dict[int, int]:
        """The last unmarked block before each section under the same parent."""
        out: dict[int, int] = {}
        for own in self.children.values():
            for before, i in pairwise(own):
                if self.decree.sections[before].marker is None:
                    out[i] = before
                elif before in out:
                    out[i] = out[before]
        return out

    def passage(self, position: int) -> Passage:
        """A section's own text without its marker."""
        section = self.decree.sections[position]
        whole = passage_of(self.decree.document, section.span)
        first = section.text.split(maxsplit=1)[0] if section.text.split() else ""
        at = max(0, whole.text.find(first, 0, 24 + len(first)))
        return Passage(whole.text[at:], whole.owner[at:])

    def above(self, position: int) -> list[int]:
        """The sections above one, innermost first."""
        out, at = [], self.decree.sections[position].parent
        while at is not None:
            out.append(at)
            at = self.decree.sections[at].parent
        return out

    def bodies(self, position: int, *, led: bool) -> list[Assignment]:
        """The bodies of the nearest heading that names some, with those it tells to act on the way
        (`Chỉ đạo Chi cục Kiểm lâm:`); else, where the leaf names nobody (`led`), of an elder lead-in."""
        rows: list[Assignment] = []
        listed = not begins_with_verb(self.decree.sections[position].text)
        for at in self.above(position):
            if found := from_heading(self.passage(at), self.names):
                return [*found, *rows]
            if self.decree.sections[at].text.rstrip().endswith(":"):
                rows += self._ordered(at, listed=listed)
        if led or any(r.role in ("lead", "advise") for r in rows):
            return rows
        return [*self._from_sibling(position), *rows]

    def _ordered(self, at: int, *, listed: bool = False) -> list[Assignment]:
        """Bodies that a lead-in tells to act: `Giao Sở Tài chính thực hiện các việc sau:`; those it reports to
        where it only lists what (`listed`)."""
        rows, _ = from_text(self.passage(at), self.names)
        roles = ("lead", "advise", "coordinate", *(("report_to",) if listed else ()))
        return [replace(r, inherited=True) for r in rows if r.role in roles]

    def lead_ins(self, position: int) -> Iterator[int]:
        """The unmarked blocks that lead in the lists a section is of, innermost first: `Yêu cầu các xã ... sau:`."""
        for at in (position, *self.above(position)):
            section = self.decree.sections[at]
            if section.marker is None and section.heading is None:
                continue
            elder = self.elder.get(at)
            if elder is not None and self.decree.sections[elder].text.rstrip().endswith(":"):
                yield elder

    def _from_sibling(self, position: int) -> list[Assignment]:
        return next((rows for at in self.lead_ins(position) if (rows := self._ordered(at))), [])
