"""Decrees of given blocks, made without reading anything, and what their tasks say: helpers of tests."""

from __future__ import annotations

from pipeline.extract.dates import extract_dates
from pipeline.extract.tasks import extract_tasks
from pipeline.records import Decree, Header, Section, SectionKind, Task
from pipeline.types import Cell, Document, Found, Line, Page, Span, Table, Word

ISSUER = "Ủy ban nhân dân huyện Lâm Thao"
#: (path, marker, text)
Node = tuple[str, str | None, str]


def outlined(
    *nodes: Node, rows: list[list[str]] | None = None, spans: dict[tuple[int, int], int] | None = None
) -> Decree:
    """A decree with the given blocks, and under the last of them a table whose first row is its head."""
    words: list[Word] = []
    lines: list[Line] = []
    sections: list[Section] = []
    at = {path: n for n, (path, _, _) in enumerate(nodes)}

    def add(text: str) -> Span:
        start = len(words)
        words.extend(Word(token, None, len(lines)) for token in text.split())
        lines.append(Line(1))
        return Span(start, len(words))

    for path, marker, text in nodes:
        span = add(f"{marker or ''} {text}")
        above = path.rpartition("/")[0]
        heading = text if any(other.startswith(path + "/") for other in at) or (rows and path == nodes[-1][0]) else None
        sections.append(Section(path, at.get(above), _kind(path), marker, marker, heading, text, span, 1))
    cells: list[Cell] = []
    for r, row in enumerate(rows or []):
        start = len(words)
        for c, text in enumerate(row):
            if text:
                add(text)
                cells.append(Cell(r, c, (spans or {}).get((r, c), 1), 1, None, (len(lines) - 1,)))
        if r:
            text = " | ".join(t for t in row[1:] if t)
            sections.append(
                Section(
                    f"{nodes[-1][0]}/r{r}",
                    len(nodes) - 1,
                    "row",
                    row[0],
                    row[0],
                    None,
                    text,
                    Span(start, len(words)),
                    1,
                )
            )
    tables = (Table(1, None, tuple(cells)),) if rows else ()
    doc = Document("d", "d", "test.txt", "text/plain", (Page(1),), tuple(lines), tuple(words), tables)
    header = Header(issuer=Found(ISSUER, None), issued=Found("2021-03-18", None))
    return extract_tasks(extract_dates(Decree(doc, header=header, sections=tuple(sections))))


def _kind(path: str) -> SectionKind:
    last = path.rpartition("/")[2]
    return (
        "annex"
        if last.startswith("PL")
        else "article"
        if last.startswith("Điều")
        else "bullet"
        if last.startswith("-")
        else "paragraph"
        if last[0] == "p"
        else "clause"
    )


def told(decree: Decree) -> list[tuple[str, str]]:
    return [(decree.sections[t.section].path, t.kind) for t in decree.tasks]


def who(task: Task) -> list[tuple[str, str, bool]]:
    return [(a.role, a.body, a.inherited) for a in task.assignments]


def when(decree: Decree, task: Task) -> list[str]:
    return [decree.dates[d.date].text.value for d in task.deadlines]
