"""Lines joined to blocks: what each line looks like, decided as a whole by the decoder."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.anatomy import Anatomy, is_annex_head, without_ink
from pipeline.extract.annexes import annex_lines, attached_pages
from pipeline.extract.decoder import Clue, Decision, decode
from pipeline.extract.doctypes import by_name
from pipeline.extract.lines import Flow, TextLine, flow
from pipeline.extract.numbering import Marker, markers
from pipeline.extract.rows import tables_of
from pipeline.extract.shape import ends_block, is_capital, is_dirt, is_open, opens_parenthesis
from pipeline.types import Document, Span, Table
from pipeline.vietnamese import fold

__all__ = ["Block", "blocks_of"]

#: First words that begin a paragraph far more often than a line within one.
LEADS = re.compile(
    r"(can cu|thuc hien (nghi|chi thi|ke hoach|quyet dinh|cong van|thong|luat|ket luan|chuong trinh|huong dan)|xet"
    r"|theo de nghi|tren co so"
    r"|tren day|tran trong|yeu cau|tuy nhien|de (trien khai|thuc hien|chu dong)|kinh gui|trong qua trinh|nhan duoc"
    r"|doi voi"
    r"|muc tieu \d|(so|bo|cuc|chi cuc|thanh tra|phong|ban|truong|trung tam|benh vien|ubnd|uy ban nhan dan) .{2,60}?"
    r"(xay dung|ban hanh|trien khai|lap|de ra) (ke hoach|chuong trinh|phuong an|huong dan|chi thi))\b"
)
#: The line under an annex's title that says what it belongs to.
ENACTED = re.compile(r"\((kem|ban hanh|phu luc|dinh kem)\b")
#: A legal basis: the one before it ends with a semicolon, which may be read as a comma.
BASIS = re.compile(r"(can cu|xet|theo de nghi)\b")
#: The title lines of what is decided.
DECIDES = re.compile(r"(quyet dinh|quyet nghi|chi thi|thong tu|nghi quyet)\W*:$")
ABOUT = re.compile(r"(v\s?/\s?v|ve)\b")
FRESH = 6.0
#: Words of an annex's title in small letters.
TITLE = 12
#: Words that the end of a title in parentheses has at most.
LONGEST = 8
#: How far the middles of centred lines may lie apart, as a share of the wider one.
CENTRED = 0.08
#: Roman numbers of annexes as they are misread.
MISREAD = {"H": "II", "IL": "II", "LI": "II", "L": "I", "HI": "III", "IH": "III", "1V": "IV"}
#: White at the end of a line, as a share of the column, that says neither that the block ends nor that it goes on.
ROOM = 0.05
#: The share of the column right of a title from which on it stands for itself.
TITLE_ROOM = 0.2
#: The indent of a first line as a share of the column: 1 to 1.27 cm of 16 (Nghị định 30/2020/NĐ-CP, Phụ lục I).
FIRST_LINE = 0.065


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one block, or a table in its pieces, and how the decoder came to it."""

    span: Span
    page: int
    text: str
    decision: Decision
    tables: tuple[Table, ...] = ()

    @property
    def style(self) -> str | None:
        """The style of its marker, None where it has none."""
        return self.decision.marker.style if self.decision.marker else None

    @property
    def ends(self) -> bool:
        """Whether it ends as a sentence does; a heading does not."""
        return ends_block(self.text) and not self.text.endswith(":")


@dataclass(frozen=True, slots=True)
class _Item:
    """A line of running text, or a whole table."""

    line: TextLine
    tables: tuple[Table, ...] = ()


def blocks_of(doc: Document, parts: Anatomy) -> tuple[Block, ...]:
    """The blocks of the body and the annexes in reading order."""
    lines = (*parts.body, *annex_lines(parts.annexes))
    items = tuple(_items(doc, [ln for ln in lines if ln.zone == "table" or not is_dirt(ln.text)]))
    annexes = {ln.number for ln in parts.annexes}
    attached = attached_pages([ln for ln in parts.annexes if ln.zone != "table"])
    decisions = decode(_clues(items, annexes, attached))
    return tuple(_joined(items, decisions))


def _items(doc: Document, lines: Sequence[TextLine]) -> Iterator[_Item]:
    """The lines outside tables, and each table in the place of its first line."""
    groups = tables_of(doc)
    owner = {n: k for k, group in enumerate(groups) for t in group for c in t.cells for n in c.lines}
    seen: set[int] = set()
    for line in lines:
        group = owner.get(line.number)
        if group is None:
            yield _Item(line)
        elif group not in seen:
            seen.add(group)
            yield _Item(line, groups[group])


def _clues(items: Sequence[_Item], annexes: set[int], attached: frozenset[int]) -> tuple[Clue, ...]:
    running = [item.line for item in items if not item.tables]
    flows = dict(zip((ln.number for ln in running), flow(running), strict=True))
    gaps = any(ln.gap for ln in running)
    clues: list[Clue] = []
    for before, item in zip((None, *items), items, strict=False):
        if item.tables:
            clues.append(Clue(start=FRESH))
        elif before and before.line.page < item.line.page and item.line.page in attached:
            clues.append(_annex_clue())
        else:
            how = _shifted(flows[item.line.number], first=bool(clues) and _begins(clues[-1]), line=item.line)
            first = not any(c.reset for c in clues)
            clues.append(_clue(before, item.line, how, gaps=gaps, annex=item.line.number in annexes, first=first))
    return tuple(clues)


def _begins(clue: Clue) -> bool:
    return clue.start > 0 or (bool(clue.markers) and clue.start > -2)


def _shifted(how: Flow, *, first: bool, line: TextLine) -> Flow:
    """Without pixels: a first line before this one was narrower by its indent."""
    return replace(how, loose=how.loose - FIRST_LINE) if first and line.box is None else how


def _clue(before: _Item | None, line: TextLine, how: Flow, *, gaps: bool, annex: bool, first: bool) -> Clue:
    heads = is_annex_head(line.text)
    if heads and (annex or how.turned):
        return Clue(start=FRESH, markers=(_annex_marker(line.text, heads),), alone=True, reset=True)
    if annex and before is not None and not before.tables and _opens_annex(before.line, line, first=first):
        return _annex_clue()
    found = markers(line.text)
    rest = line.text[found[0].length :].lstrip() if found else line.text
    fresh = before is None or bool(before.tables)
    start = FRESH if fresh or before is None else _start(before.line, line, how, gaps=gaps, marked=bool(found))
    return Clue(start, found, small=rest[:1].islower(), alone=not rest, capital=is_capital(rest))


def _annex_clue() -> Clue:
    """The clue of the first line of an annex that has no head of its own."""
    return Clue(start=FRESH, markers=(Marker("annex", None, "PL", "", "", 0),), reset=True)


def _annex_marker(text: str, match: re.Match[str]) -> Marker:
    shown = without_ink(text).rstrip(" .:")
    printed = match["number"] and shown[-len(match["number"]) :]
    number = MISREAD.get(printed.upper(), printed) if printed else None
    return Marker("annex", None, f"PL {number}" if number else "PL", shown, text, len(text))


def _opens_annex(before: TextLine, line: TextLine, *, first: bool) -> bool:
    """Whether an annex without a head of its own begins: capitals on the page after the signature, or a title in
    small letters where it is the `first` of them."""
    apart = before.page < line.page and before.zone != "table" and not markers(line.text)
    titled = first and line.text[0].isupper() and not ends_block(line.text) and len(line.text.split()) <= TITLE
    return apart and (is_capital(line.text) or titled)


def _start(before: TextLine, line: TextLine, how: Flow, *, gaps: bool, marked: bool) -> float:
    """Evidence in nats that a block begins with `line`."""
    leads = LEADS.match(fold(line.text))
    evidence = (
        max(-2.0, min(4.0, 50 * (how.loose - ROOM))),
        1.5 if ends_block(before.text) else -1.5,
        _indented(before, line, how, marked=marked),
        2.0 if how.gap else -1.0 if gaps and not how.turned else 0.0,
        _letter(line.text, marked=marked),
        _capitals(before, line),
        1.5 if leads else 0.0,
        (-7.0 if ")" in line.text else -3.0) if opens_parenthesis(before.text) else 0.0,
        4.0 if ENACTED.match(fold(line.text)) or _is_aside(before.text) else 0.0,
        (-2.0 if marked else -4.0) if is_open(before.text) else 0.0,  # an item may be but `Các đơn vị thuộc Bộ`
        -6.0 if _is_added(before, line) else 0.0,
        4.0 if is_capital(line.text) and DECIDES.match(fold(line.text)) else 0.0,
        {"-": -4.0, "–": -4.0, "/": -4.0, ",": _comma(line, marked=marked or bool(leads))}.get(before.text[-1], 0.0),
    )
    return sum(evidence)


def _indented(before: TextLine, line: TextLine, how: Flow, *, marked: bool) -> float:
    """Lists may stand at the column's edge: there an item that follows a whole one lacks the indent of a first line.
    Behind a short title in capitals, dirt at the column's edge hides the indent of running text."""
    listed = marked and ends_block(before.text)
    titled = is_capital(before.text) and not is_capital(line.text) and how.loose > TITLE_ROOM
    edge = -0.5 if listed or titled else -3.0
    return {True: 2.5, False: edge, None: 0.0}[how.indent]


def _is_aside(text: str) -> bool:
    """Whether the line is one parenthesis: what an annex belongs to, a note."""
    return text.startswith("(") and text.endswith(")") and text.count("(") == 1


def _is_added(before: TextLine, line: TextLine) -> bool:
    """Whether this goes on with a centred title in small letters: `(Lĩnh vực: Xây dựng)`, what a `NGHỊ QUYẾT` under
    its own head is about."""
    text = line.text.lstrip("_. ")
    if not is_capital(before.text) or ENACTED.match(fold(text)):
        return False
    centred = _is_centred(before, line)
    if by_name(before.text):
        return centred or bool(ABOUT.match(fold(text)))
    alone = line.box is None and text.endswith(")") and len(text.split()) <= LONGEST
    return text.startswith("(") and (alone or centred)


def _comma(line: TextLine, *, marked: bool) -> float:
    """A comma ends no block, but before titles in capitals, and before list items where it is a misread semicolon."""
    if BASIS.match(fold(line.text)) and line.text[0].isupper():
        return 2.0
    return 0.0 if is_capital(line.text) else -2.0 if marked else -4.0


def _letter(text: str, *, marked: bool) -> float:
    if marked:
        return 0.0
    return -4.0 if text[0].islower() else 0.5 if text[0].isupper() else -0.5


def _capitals(before: TextLine, line: TextLine) -> float:
    """Headings in capitals stand apart from running text, and their lines belong together, the more so centred ones:
    their indents and the white beside them say nothing."""
    both = (is_capital(before.text), is_capital(line.text))
    together = -8.0 if _is_centred(before, line) else -4.0
    return 2.0 if both[0] != both[1] else together if all(both) else 0.0


def _is_centred(before: TextLine, line: TextLine) -> bool:
    """Whether two lines stand over each other, middle on middle, at a line's distance."""
    a, b = before.box, line.box
    if a is None or b is None or before.page != line.page:
        return False
    return abs(a.centre[0] - b.centre[0]) < CENTRED * max(a.width, b.width) and b.y0 - a.y1 < min(a.height, b.height)


def _joined(items: Sequence[_Item], decisions: Sequence[Decision]) -> Iterator[Block]:
    """The blocks: each begins with a line that does not go on."""
    starts = [
        n
        for n, (item, d) in enumerate(zip(items, decisions, strict=True))
        if d.what != "more" or item.tables or _after_table(items, n)
    ]
    for start, end in pairwise((*starts, len(items))):
        lines = [item.line for item in items[start:end]]
        span = Span(lines[0].span.start, lines[-1].span.end)
        yield Block(span, lines[0].page, " ".join(ln.text for ln in lines), decisions[start], items[start].tables)


def _after_table(items: Sequence[_Item], at: int) -> bool:
    return at == 0 or bool(items[at - 1].tables)
