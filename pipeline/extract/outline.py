"""The outline: every marked or unmarked block of the body and the annexes, with its path from the root.

The lines are decoded as a whole (see `decoder`); here the decisions become sections, tables become rows, and the
paragraphs that close the document are hung at the root.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import exp

from pipeline.extract.anatomy import anatomy
from pipeline.extract.blocks import Block, blocks_of
from pipeline.extract.closing import closing_blocks, concerns_all
from pipeline.extract.decoder import Decision
from pipeline.extract.lines import joined, score_of
from pipeline.extract.numbering import kind_of, markers
from pipeline.extract.rows import TableRow, rows_of
from pipeline.extract.shape import is_capital, is_run_in_heading
from pipeline.records import Decree, Section
from pipeline.types import Document

__all__ = ["extract_outline"]

#: Strokes of a pen or of the scan before a paragraph.
DIRT = re.compile(r"^[_|~¬ˆ`\\%°^«»<>=]+\s*")
#: Kinds of what a title for the whole document stands beside, not under.
ITEMS = ("clause", "subclause", "point", "bullet", "subbullet")
#: Strokes that a dash is misread as.
DASH = re.compile(r"[_~¬=]\s")


@dataclass(slots=True)
class _Tree:
    """The sections so far, the open marked blocks by depth, and how many of each sort a parent has."""

    doc: Document
    sections: list[Section] = field(default_factory=list)
    open: list[int] = field(default_factory=list)
    counts: dict[tuple[int | None, str], int] = field(default_factory=dict)

    def add(self, section: Section, segment: str) -> int:
        parent = section.parent
        path = segment if parent is None else f"{self.sections[parent].path}/{segment}"
        self.sections.append(replace(section, path=path))
        return len(self.sections) - 1

    def count(self, parent: int | None, sort: str) -> int:
        self.counts[parent, sort] = self.counts.get((parent, sort), 0) + 1
        return self.counts[parent, sort]


def extract_outline(decree: Decree) -> Decree:
    """`decree` with its sections in reading order."""
    doc = decree.document
    blocks = tuple(_with_first_dashes(blocks_of(doc, anatomy(doc))))
    closing = closing_blocks(blocks)
    tree = _Tree(doc)
    for n, block in enumerate(blocks):
        if block.tables:
            _add_rows(tree, block)
        elif block.decision.marker:
            _add_marked(tree, block)
        elif n and n not in closing and _is_lost_bullet(blocks[n - 1], block):
            _add_bullet(tree, block)
        else:
            _add_paragraph(tree, block, blocks[n - 1] if n else None, closes=n in closing)
    return replace(decree, sections=tuple(_headed(tree.sections)))


def _add_marked(tree: _Tree, block: Block) -> None:
    marker, depth = block.decision.marker, block.decision.depth
    assert marker is not None  # noqa: S101 - the caller asked
    del tree.open[depth:]
    parent = tree.open[-1] if tree.open else None
    segment = marker.segment
    if marker.value is None and marker.style != "annex":
        run_in = _run_in(tree, parent)
        parent = run_in if run_in is not None else parent
        segment = f"{marker.style}{tree.count(parent, marker.style)}"
    text = joined(tree.doc, block.span, skip=marker.length)
    section = Section(
        "", parent, kind_of(marker), marker.text or None, marker.raw or None, None, text, block.span, block.page,
        _score(tree.doc, block),
    )  # fmt: skip
    tree.open.append(tree.add(section, segment))


def _with_first_dashes(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks; a paragraph under a marked block that begins with a misread dash, and goes before dashes, is the
    first of their list."""
    for before, block, after in zip((None, *blocks), blocks, (*blocks[1:], None), strict=False):
        under = before is not None and before.decision.marker is not None and before.style != "-"
        listed = after is not None and after.style == "-" and not block.text.endswith(":")
        lost = not block.tables and block.decision.marker is None and DASH.match(block.text)
        dash = next((m for m in markers(block.text) if m.style == "-"), None) if under and listed and lost else None
        if dash and after:
            decision = Decision("marked", dash, after.decision.depth, dash.cost)
            yield replace(block, decision=decision)
        else:
            yield block


def _is_lost_bullet(before: Block, block: Block) -> bool:
    """Whether a paragraph is the next item of a list whose dash was not read: the item before ends with `;`."""
    listed = before.style in ("-", "+") and before.text.endswith(";")
    return listed and block.text[0].isupper() and not is_capital(block.text)


def _add_bullet(tree: _Tree, block: Block) -> None:
    """A list's next item under the parent of the one before it."""
    last = tree.sections[tree.open[-1]]
    style = last.marker or "-"
    segment = f"{style}{tree.count(last.parent, style)}"
    text = joined(tree.doc, block.span)
    section = Section(
        "", last.parent, last.kind, style, None, None, text, block.span, block.page, 0.7 * _score(tree.doc, block)
    )
    tree.open[-1] = tree.add(section, segment)


def _run_in(tree: _Tree, parent: int | None) -> int | None:
    """The run-in heading (`Sáng:`) right above a bullet, or above bullets that stand under it."""
    last = len(tree.sections) - 1
    while last >= 0 and tree.sections[last].kind in ("bullet", "subbullet"):
        last = tree.sections[last].parent if tree.sections[last].parent is not None else -1  # type: ignore[assignment]
    if last < 0 or tree.sections[last].kind != "paragraph" or tree.sections[last].parent != parent:
        return None
    return last if is_run_in_heading(tree.sections[last].text) else None


def _add_paragraph(tree: _Tree, block: Block, before: Block | None, *, closes: bool) -> None:
    text = DIRT.sub("", joined(tree.doc, block.span))
    heading = text if is_capital(text) or is_run_in_heading(text) else None
    beside = heading is not None and concerns_all(text) and (before is None or before.ends)
    while beside and tree.open and tree.sections[tree.open[-1]].kind in ITEMS:
        tree.open.pop()
    parent = _holder(tree, before, closes=closes)
    section = Section(
        "", parent, "paragraph", None, None, heading, text, block.span, block.page, _score(tree.doc, block)
    )
    added = tree.add(section, f"p{tree.count(parent, 'p')}")
    if beside:
        tree.open.append(added)


def _holder(tree: _Tree, before: Block | None, *, closes: bool) -> int | None:
    """Where an unmarked paragraph or a table hangs: under the open block, bullets and points that are sentences
    closed; closing ones at the root."""
    open_ = [n for n in tree.open if tree.sections[n].kind == "annex"][:1] if closes else list(tree.open)
    leads = before is not None and before.decision.marker is not None and before.text.endswith(":")
    while open_ and not leads and _is_closed(tree.sections[open_[-1]]):
        open_.pop()
    return open_[-1] if open_ else None


def _is_closed(section: Section) -> bool:
    """Whether no unmarked paragraph goes under this: a bullet, or a point that is a whole sentence."""
    sentence = section.kind == "point" and section.text.endswith((".", ";"))
    return sentence or section.kind in ("bullet", "subbullet")


def _add_rows(tree: _Tree, block: Block) -> None:
    parent = _holder(tree, None, closes=False)
    at: list[int] = []
    for row in rows_of(tree.doc, block.tables):
        above = parent if row.parent is None else at[row.parent]
        number = tree.count(above, "r")
        at.append(tree.add(_row_section(tree.doc, row, above), f"r{number}"))


def _row_section(doc: Document, row: TableRow, parent: int | None) -> Section:
    return Section(
        "", parent, "row", row.marker, row.marker_raw, None, row.text, row.span, row.page, score_of(doc, row.span)
    )


def _score(doc: Document, block: Block) -> float:
    """How sure: the words' scores, less where the marker had to be repaired or the order is odd."""
    return round(score_of(doc, block.span) * 0.98 * exp(-0.07 * block.decision.cost), 3)


def _headed(sections: Sequence[Section]) -> Iterator[Section]:
    """The sections, the text of those with children as their heading, too."""
    parents = {s.parent for s in sections}
    for n, section in enumerate(sections):
        heads = n in parents or section.kind == "annex"
        yield replace(section, heading=section.text or section.marker) if heads else section
