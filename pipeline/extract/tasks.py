"""Tasks at leaf grain, with who does them, by when, and what comes of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile

from pipeline.extract.actors import actors
from pipeline.extract.assignments import Names, established, from_list, from_text, own_units, settled
from pipeline.extract.attached import papers
from pipeline.extract.bodies import Context, context_of, describe
from pipeline.extract.columns import RowDuty, row_duties
from pipeline.extract.deadlines import ORDERS, is_due, words_before
from pipeline.extract.doctypes import by_name
from pipeline.extract.duties import duty
from pipeline.extract.labels import Attribute, attribute_of
from pipeline.extract.lineage import Lineage
from pipeline.extract.mentions import known_bodies
from pipeline.extract.passage import Passage, passage_of
from pipeline.extract.products import product_of
from pipeline.records import Assignment, DateMention, Deadline, Decree, Role, Section, Task
from pipeline.types import Found, Span

__all__ = ["extract_tasks", "one_place"]

ROLES: dict[Attribute, Role] = {
    "lead": "lead",
    "coordinate": "coordinate",
    "report_to": "report_to",
    "monitor": "monitor",
}


#: The end of a paragraph that only says whose the duties after it are.
LEADS_IN = re.compile(r"(?i)(?:có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?: sau(?: đây)?)?\s*:$")


def extract_tasks(decree: Decree) -> Decree:
    """`decree` with its `tasks` and all `bodies`; dates that fall due get the role `deadline`.

    Needs header (issuer), sections and dates.
    """
    found = (t for issuer, own in papers(decree).items() for t in _Reader(decree, issuer, own).tasks())
    tasks = tuple(sorted(found, key=lambda t: t.section))
    due = {d.date for t in tasks for d in t.deadlines}
    dates = tuple(replace(d, role="deadline") if i in due else d for i, d in enumerate(decree.dates))
    names = [a.body for t in tasks for a in t.assignments]
    header = decree.header
    names += [f.value for f in (header.issuer, header.parent_issuer) if f]
    names += [r.body for r in decree.recipients if r.body]
    names += [found.value for found in known_bodies(decree.document)]
    parent = header.issuer.value if header.issuer else None
    known = {b.name for b in decree.bodies}
    added = (
        describe(n, parent=parent if parent and n.endswith(f" {parent}") else None)
        for n in dict.fromkeys(names)
        if n not in known
    )
    return replace(decree, tasks=tasks, dates=dates, bodies=(*decree.bodies, *added))


@dataclass(frozen=True)
class _Reader:
    """The tasks of one issuer's papers, `positions` in the sections: what leaves inherit from the blocks above them."""

    decree: Decree
    issuer: str | None
    positions: frozenset[int]

    @cached_property
    def rows(self) -> dict[int, RowDuty]:
        return row_duties(self.decree)

    @cached_property
    def lineage(self) -> Lineage:
        return Lineage(self.decree, self.names)

    @cached_property
    def names(self) -> Names:
        names = Names(context_of(self.issuer), {})
        texts = [s.text for i, s in enumerate(self.decree.sections) if i in self.positions]
        full = {names.of(a) for text in texts for a in actors(text)}
        longer = {n.partition(" - ")[0]: n for n in full if " - Bộ " in n or " - Sở " in n}
        longer |= one_place(full, names.context)
        told = [r.body or r.text.value for r in self.decree.recipients if r.role == "to" and 0 in self.positions]
        told = told if len(told) == 1 and actors(told[0]) and len(told[0].split()) <= 15 else []
        whole = established("\n".join(texts))
        return Names(names.context, longer, whole, told[0] if told else None)

    @cached_property
    def covered(self) -> frozenset[tuple[str | None, str | None]]:
        return frozenset((d.starts, d.ends) for d in self.decree.dates if d.role == "period")

    def tasks(self) -> Iterator[Task]:
        for position in sorted(self.positions):
            section = self.decree.sections[position]
            if position in self.rows:
                yield self._row_task(position, self.rows[position])
            elif self._is_activity(position):
                yield self._activity(position)
            elif position not in self.lineage.children and section.kind != "row" and not self._is_attribute(position):
                yield from self._leaf(position, section)

    def _leaf(self, position: int, section: Section) -> Iterator[Task]:
        above = self.lineage.above(position)
        headings = [self.decree.sections[i].text for i in above]
        article = any(self.decree.sections[i].kind == "article" for i in (position, *above))
        opening = section.parent is None and section.kind == "paragraph" and position < self.first_marked
        lead_in = headings[0] if above and headings[0].rstrip().endswith(":") else None
        kind = duty(section.text, headings, opening=opening, article=article, lead_in=lead_in)
        if (
            kind is None
            or self._introduces(position)
            or _goes_on(section)
            or self._is_title(position)
            or (section.heading is not None and section.kind != "article")
        ):
            return
        passage = self.lineage.passage(position)
        own, acts = from_text(passage, self.names)
        led = any(a.role in ("lead", "advise") for a in own)
        inherited = [] if acts else self.lineage.bodies(position, led=led)
        own = own_units(own, [*inherited, *own])
        text = Found(section.text, section.span, section.score * 0.9)
        yield Task(position, kind, text, product_of(passage), settled((*inherited, *own)), self._due(position))

    def _introduces(self, position: int) -> bool:
        """Whether an unmarked paragraph only leads in the marked ones after it: `Sở Y tế có trách nhiệm:`."""
        section = self.decree.sections[position]
        after = self.lineage.next_of.get(position)
        listed = after is not None and self.decree.sections[after].marker is not None
        return section.marker is None and listed and LEADS_IN.search(section.text) is not None

    @cached_property
    def first_marked(self) -> int:
        """The first marked block: what stands before it opens the document. A letter without markers opens
        with its first paragraph, whatever is attached to it."""
        body = takewhile(lambda s: s.kind != "annex", self.decree.sections)
        return next((i for i, s in enumerate(body) if s.marker is not None), 1)

    def _is_title(self, position: int) -> bool:
        """Whether an unmarked paragraph is what an attached document is about: it stands under `QUYẾT ĐỊNH`."""
        section, before = self.decree.sections[position], self.decree.sections[position - 1 : position]
        named = any(s.heading and by_name(s.text) for s in before)
        return section.marker is None and named and not section.text.rstrip().endswith((".", ";", ":"))

    def _due(self, position: int, *, cell: Span | None = None) -> tuple[Deadline, ...]:
        own = [Deadline(i) for i in self._due_in(position, cell)]
        inherited = [i for at in self.lineage.above(position) for i in self._due_in(at, None) if not self._heads(at, i)]
        inherited += [i for at in self.lineage.lead_ins(position) for i in self._due_in(at, None, ordered=True)]
        return (*own, *(Deadline(i, inherited=True) for i in inherited))

    def _heads(self, position: int, date: int) -> bool:
        """Whether a day stands in an annex's head: it dates the annex."""
        return self.decree.sections[position].kind == "annex" and self.decree.dates[date].kind == "date"

    def _due_in(self, position: int, cell: Span | None, *, ordered: bool = False) -> Iterator[int]:
        """The due times that a section states; `ordered`: only those its order states."""
        section = self.decree.sections[position]
        for i, at in self._dates_in(section.span):
            date = self.decree.dates[i]
            if self._is_past(date) or at in self.cited:
                continue
            inside = cell is not None and cell.start <= at < cell.end
            before = words_before(self.decree.document, section.span, at)
            before = before.removeprefix(section.marker or "").lstrip()
            if ordered and not ORDERS.search(before):
                continue
            if is_due(date, before, cell=inside, covered=(date.starts, date.ends) in self.covered):
                yield i

    @cached_property
    def _dates(self) -> list[tuple[int, int]]:
        """The first word of each date that has words, and the date's position, in reading order."""
        return sorted((d.text.span.start, i) for i, d in enumerate(self.decree.dates) if d.text.span)

    def _dates_in(self, span: Span) -> list[tuple[int, int]]:
        """The position and the first word of each date that begins in `span`."""
        first, end = (bisect_left(self._dates, (at, -1)) for at in (span.start, span.end))
        return sorted((i, at) for at, i in self._dates[first:end])

    def _is_past(self, date: DateMention) -> bool:
        """Whether a day lies before the document's own: no task falls due before it is given."""
        issued = self.decree.header.issued
        return bool(issued and date.kind == "date" and date.ends and date.ends < issued.value[:10].replace("X", "0"))

    @cached_property
    def cited(self) -> frozenset[int]:
        """The words of citations: a date among them is the cited document's."""
        return frozenset(n for c in self.decree.citations if c.text.span for n in range(*c.text.span))

    def _row_task(self, position: int, row: RowDuty) -> Task:
        doc = self.decree.document
        rows = [
            a
            for name, role in ROLES.items()
            for span in _joined(row.attributes.get(name, ()))
            for a in from_list(passage_of(doc, span), role, self.names)
        ]
        work = passage_of(doc, row.work)
        own, _ = from_text(work, self.names)
        rows += [a for a in own if a.role == "report_to"]
        product = _first_found(doc_text=[passage_of(doc, s) for s in row.attributes.get("product", ())]) or product_of(
            work
        )
        dates = [Deadline(i) for span in row.attributes.get("due", ()) for i, _ in self._dates_in(span)]
        text = Found(doc.text(row.work), row.work, self.decree.sections[position].score * 0.9)
        return Task(position, "directive", text, product, settled(rows), tuple(dates))

    def _is_attribute(self, position: int) -> bool:
        """Whether a leaf is a labelled attribute of the activity above it."""
        parent = self.decree.sections[position].parent
        return parent is not None and self._is_activity(parent)

    def _is_activity(self, position: int) -> bool:
        """Whether the children of a section are all labelled attributes and say who or when."""
        children = self.lineage.children.get(position, [])
        names = [attribute_of(self.decree.sections[c].text) for c in children]
        told = {n[0] for n in names if n}
        whole = attribute_of(self.decree.sections[position].text + ":") is not None
        return bool(children) and all(names) and bool(told & {"lead", "coordinate"} or ("due" in told and not whole))

    def _activity(self, position: int) -> Task:
        section = self.decree.sections[position]
        rows: list[Assignment] = []
        dates: list[Deadline] = []
        product = product_of(self.lineage.passage(position))
        for child in self.lineage.children[position]:
            passage = self.lineage.passage(child)
            name, at = attribute_of(passage.text) or ("note", 0)
            value = Passage(passage.text[at:], passage.owner[at:])
            if name in ROLES and value.text:
                rows += from_list(value, ROLES[name], self.names)
            elif name == "due" and value.text:
                dates += [Deadline(i) for i in self._due_in(child, Span(value.owner[0], value.owner[-1] + 1))]
            elif name == "product" and value.text.strip(" ."):
                product = value.found(0, len(value.text.rstrip(" .;")))
        if not rows:
            rows = self.lineage.bodies(position, led=False)
        text = Found(section.text, section.span, section.score * 0.9)
        return Task(position, "directive", text, product, settled(rows), (*dates, *self._due(position)))


def one_place(names: set[str], context: Context) -> dict[str, str]:
    """A unit printed with its place (`Trung tâm X tỉnh`) and without is one body, under the name with the place."""
    unit, place = context.unit, context.place
    if unit is None or place is None:
        return {}
    placed = {n: f"{n.removesuffix(unit)}{place}" for n in names if n.endswith(f" {unit}")}
    return {n: full for n, full in placed.items() if full in names}


def _goes_on(section: Section) -> bool:
    """Whether an unmarked block goes on with a sentence that began before it, so that it is no task of its own."""
    return section.kind == "paragraph" and section.marker is None and section.text[:1].islower()


def _joined(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Adjacent spans (the lines of one cell) as one."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].end == span.start:
            out[-1] = Span(out[-1].start, span.end)
        else:
            out.append(span)
    return tuple(out)


def _first_found(*, doc_text: list[Passage]) -> Found[str] | None:
    passage = next((p for p in doc_text if p.text.strip(" .-")), None)
    return passage.found(0, len(passage.text)) if passage else None
