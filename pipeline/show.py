"""`sohoa show`: one document on the terminal as a person would read it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from pipeline.exports.listing import find_document, listed
from pipeline.records import Assignment, DateMention, Decree, Task
from pipeline.store import Store
from pipeline.tables import SURE, doubts, header_fields
from pipeline.viewer.contents import LABELS

__all__ = ["show_document", "view"]

DOUBT = "bold yellow"
ROLES = {"lead": "", "coordinate": "with ", "advise": "advised by ", "report_to": "to ", "monitor": "watched by "}


def show_document(wanted: str, output: Path) -> None:
    """Print the document that `wanted` names. Raises UnreadableSource where it names none, or several."""
    store = Store(output)
    decree = store.load(find_document(wanted, listed(store.dataset))).decree
    Console(emoji=False, highlight=False).print(view(decree))


def view(decree: Decree) -> RenderableType:
    """The whole document: header table, doubts, outline, tasks."""
    title = Text(f"{decree.document.source} · {decree.id}", style="dim")
    return Group(title, _header(decree), *_doubts(decree), _outline(decree), _tasks(decree), _counts(decree))


def _doubtful(text: str, score: float) -> Text:
    return Text(text) if score >= SURE else Text(f"{text} ?", style=DOUBT)


def _header(decree: Decree) -> Table:
    table = Table(show_header=False, box=None, padding=(0, 1))
    found = header_fields(decree.header)
    for name, label in LABELS.items():
        if name in found:
            table.add_row(Text(label, style="dim"), _doubtful(found[name].value, found[name].score))
    for label, role in (("to", "to"), ("copies", "copy")):
        names = [r.text.value for r in decree.recipients if r.role == role]
        if names:
            table.add_row(Text(label, style="dim"), Text("; ".join(names)))
    return table


def _outline(decree: Decree) -> Tree:
    tree = Tree(Text("Outline", style="bold"), guide_style="dim")
    _grow(tree, decree, None)
    return tree


def _grow(tree: Tree, decree: Decree, parent: int | None) -> None:
    for i in decree.children(parent):
        section = decree.sections[i]
        label = _doubtful(f"{section.marker or ''} {section.text}".strip(), section.score)
        label.stylize("bold" if section.heading else "")
        label.truncate(160, overflow="ellipsis")
        _grow(tree.add(label), decree, i)


def _tasks(decree: Decree) -> Table:
    orders = [t for t in decree.tasks if t.kind == "directive"]
    table = Table(title=f"Tasks ({len(orders)})", title_style="bold", title_justify="left", expand=True)
    table.box, table.show_lines = SIMPLE, True
    table.add_column("where", style="dim", ratio=2, overflow="fold")
    table.add_column("what", ratio=9)
    table.add_column("who", ratio=6)
    table.add_column("when", ratio=4)
    for task in orders:
        who = Text("\n").join(_actor(a) for a in task.assignments) or Text("nobody is named", style="dim")
        what = _doubtful(task.text.value, task.text.score)
        what.truncate(160, overflow="ellipsis")
        table.add_row(decree.sections[task.section].path, what, who, "\n".join(_due(decree, task)))
    return table


def _actor(assignment: Assignment) -> Text:
    label = f"{ROLES[assignment.role]}{assignment.body}"
    return _doubtful(label, assignment.as_printed.score)


def _due(decree: Decree, task: Task) -> Iterator[str]:
    for deadline in task.deadlines:
        yield _when(decree.dates[deadline.date])


def _when(date: DateMention) -> str:
    days = [day for day in dict.fromkeys((date.starts, date.ends)) if day]
    return f"{date.text.value} ({' – '.join(days)})" if days else date.text.value


def _doubts(decree: Decree) -> Iterator[Text]:
    for doubt in doubts(decree):
        yield Text(f" ? {doubt}", style=DOUBT)


def _counts(decree: Decree) -> Text:
    counted = {"citations": decree.citations, "dates": decree.dates, "stamps": decree.stamps, "bodies": decree.bodies}
    parts = [f"{len(decree.document.pages)} pages", *(f"{len(rows)} {name}" for name, rows in counted.items())]
    return Text(" · ".join(parts), style="dim")
