"""Composing pages: header columns, title, body, tables and foot of a manuscript, in the places its layout sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Any

from pipeline.train.markup import Block, Manuscript
from pipeline.train.paper import LAYOUTS, Style
from pipeline.train.tabulate import set_grid
from pipeline.train.typeset import Align, Mark, Proof, Rule, SetLine, Setter, Token, tokens
from pipeline.types import Zone

__all__ = ["Press", "compose"]

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BOLD_KINDS = frozenset(("part", "chapter", "section", "annex"))


@dataclass(slots=True)
class Press:
    """The pages set so far and the place where the next line goes."""

    setter: Setter
    proofs: list[Proof] = field(default_factory=lambda: [Proof()])
    y: float = 0.0

    @property
    def left(self) -> float:
        return self.setter.mm(self.setter.layout.left)

    @property
    def width(self) -> float:
        layout = self.setter.layout
        return self.setter.mm(layout.width - layout.left - layout.right)

    @property
    def bottom(self) -> float:
        return self.setter.mm(self.setter.layout.height - self.setter.layout.bottom)

    @property
    def page(self) -> Proof:
        return self.proofs[-1]

    def turn(self) -> None:
        """A new page; its number is set at once."""
        self.proofs.append(Proof())
        self.y = self.setter.mm(self.setter.layout.top)
        _page_number(self, len(self.proofs))

    def need(self, height: float) -> None:
        """A new page where `height` pixels are no longer free."""
        if self.y + height > self.bottom and self.page.lines:
            self.turn()

    def text(
        self, text: str, style: Style, *, zone: Zone = "body", align: Align = "justify", x: float | None = None,
        width: float | None = None, indent: float = 0, node: int = -1, leading: float | None = None,
    ) -> None:  # fmt: skip
        """A paragraph from the present place on, over as many lines and pages as it takes."""
        x, width = self.left if x is None else x, self.width if width is None else width
        words = tokens(text, style)
        rows = self.setter.broken(words, width, style, indent)
        for number, row in enumerate(rows):
            inset = indent if number == 0 else 0
            short = align == "justify" and _ends(row, number == len(rows) - 1, words)
            self.row(row, x + inset, width - inset, style, "left" if short else align, zone, node, leading)

    def centred(self, text: str, style: Style, zone: Zone, column: tuple[float, float]) -> None:
        """Lines centred in a column given as (x, width)."""
        self.text(text, style, zone=zone, align="centre", x=column[0], width=column[1])

    def row(
        self, row: Sequence[Token], x: float, width: float, style: Style, align: Align, zone: Zone, node: int,
        leading: float | None = None,
    ) -> None:  # fmt: skip
        """One line at the present place."""
        height = self.setter.pixels(style.size) * (leading or self.setter.layout.leading)
        self.need(height)
        words = self.setter.set_row(row, x, width, self.y + height * 0.78, style, align)
        self.page.lines.append(SetLine(zone, tuple(words), node))
        self.y += height

    def space(self, mm: float) -> None:
        self.y += self.setter.mm(mm)

    def rule(self, centre: float, length: float) -> None:
        """A thin rule of `length` pixels around x = `centre`, just under the last line."""
        y = self.y + self.setter.mm(0.8)
        self.page.rules.append(Rule(centre - length / 2, y, centre + length / 2, y))


def _ends(row: Sequence[Token], last: bool, words: Sequence[Token]) -> bool:
    """Whether a line is not stretched: the last, or one that a forced break ends."""
    if last:
        return True
    after = next((i for i, w in enumerate(words) if w is row[-1]), len(words)) + 1
    return after < len(words) and words[after].text == "//"


def compose(manuscript: Manuscript, dpi: int) -> list[Proof]:
    """The pages of `manuscript`; nodes are numbered by position in its blocks."""
    front = manuscript.front
    layout = LAYOUTS[front.get("layout", "nd30")]
    press = Press(Setter(layout, front.get("family", "termes"), front.get("hand", "dkg"), dpi))
    press.y = press.setter.mm(layout.top)
    _header(press, front)
    _title(press, front)
    body = len(list(takewhile(lambda b: b.kind != "annex", manuscript.blocks)))
    _body(press, manuscript.blocks, 0, body)
    _foot(press, front)
    _body(press, manuscript.blocks, body, len(manuscript.blocks))
    return press.proofs


def _page_number(press: Press, number: int) -> None:
    setter, style = press.setter, Style("regular", press.setter.layout.body)
    top = setter.layout.page_number == "top"
    baseline = setter.mm(13) if top else setter.mm(setter.layout.height - 12)
    align: Align = "centre" if top else "right"
    words = setter.set_row(tokens(str(number), style), press.left, press.width, baseline, style, align)
    press.page.lines.append(SetLine("page_number", tuple(words)))


def _header(press: Press, front: dict[str, Any]) -> None:
    start, size = press.y, press.setter.layout.header
    left, right = _columns(press, 0.42)
    for number, line in enumerate(front["left"]):
        last = number == len(front["left"]) - 1
        press.centred(line, Style("bold" if last else "regular", size), "header_left", left)
    press.rule(left[0] + left[1] / 2, press.setter.mm(18))
    press.space(2.5)
    number_y = max(press.y, start + press.setter.mm(13.5))
    press.y = number_y
    press.centred(front["number"], Style("regular", size), "header_left", left)
    if "about" in front:
        press.space(1)
        press.centred(front["about"], Style("regular", 12), "header_left", left)
    end, press.y = press.y, start
    _nation(press, front, right, number_y)
    press.y = max(end, press.y)


def _nation(press: Press, front: dict[str, Any], column: tuple[float, float], number_y: float) -> None:
    x, width = column
    layout = press.setter.layout
    motto = Style("bold", layout.motto)
    press.centred(front.get("nation", NATION), Style("bold", layout.header - 0.5), "header_right", (x, width))
    press.centred(front.get("motto", MOTTO), motto, "header_right", (x, width))
    press.rule(x + width / 2, press.setter.measure(tokens(front.get("motto", MOTTO), motto), motto))
    press.y = max(press.y, number_y)
    press.centred(front["place_date"], Style("italic", layout.motto), "header_right", (x, width))


def _columns(press: Press, share: float) -> tuple[tuple[float, float], tuple[float, float]]:
    """(x, width) of the left and the right column; the right one may lean out into the margin as print does."""
    reach = press.setter.mm(6)
    cut = press.width * share
    return (press.left - reach, cut + reach), (press.left + cut, press.width - cut + reach)


def _title(press: Press, front: dict[str, Any]) -> None:
    style = Style("bold", press.setter.layout.body)
    press.space(front.get("title_gap", 8))
    inset = press.width * (1 - front.get("title_width", 0.8)) / 2
    for text in (front.get("type"), front.get("subject")):
        if text:
            press.text(text, style, zone="title", align="centre", x=press.left + inset, width=press.width - 2 * inset)
    if front.get("subject"):
        press.rule(press.left + press.width / 2, press.setter.mm(front.get("title_rule", 40)))
    press.space(6)
    if front.get("to"):
        for number, to in enumerate(front["to"]):
            lead = "Kính gửi: " if number == 0 else ""
            press.text(lead + to, Style("regular", press.setter.layout.body), align="centre")
        press.space(4)


def _body(press: Press, blocks: Sequence[Block], start: int, end: int) -> None:
    for number in range(start, end):
        block = blocks[number]
        if block.grid is not None:
            set_grid(press, block.grid, number)
            continue
        if block.kind == "annex":
            press.turn()
        _block(press, block, number, heads=number + 1 < end and blocks[number + 1].depth > block.depth)


def _block(press: Press, block: Block, node: int, *, heads: bool) -> None:
    layout = press.setter.layout
    titled = heads and block.kind in ("clause", "article") and len(block.text) < 60
    strong = block.kind in BOLD_KINDS or titled
    style = Style("bold" if strong else "regular", layout.body)
    text = block.text if block.marker is None else _marked(block)
    if block.kind == "article" and not strong:
        text = text.replace(str(block.marker), f"**{block.marker}**", 1)
    if heads:  # a heading never stands alone at the foot of a page
        press.need(press.setter.pixels(layout.body) * layout.leading * 2.5)
    if block.centred:
        press.space(1)
        press.text(text, style, align="centre", node=node)
    else:
        press.text(text, style, indent=press.setter.mm(layout.indent), node=node)
    press.space(layout.gap)


def _marked(block: Block) -> str:
    if block.kind in ("annex", "chapter"):
        return f"{block.marker} // {block.text}"
    return f"{block.marker} {block.text}".strip()


def _foot(press: Press, front: dict[str, Any]) -> None:
    layout, setter = press.setter.layout, press.setter
    press.space(3)
    copies: list[str] = front.get("copies", [])
    press.need(max(setter.mm(48), setter.pixels(layout.copies) * 1.25 * (len(copies) + 3)))
    start = press.y
    width = press.width * 0.48
    press.text("Nơi nhận:", Style("bold_italic", 12), zone="foot_left", align="left", width=width)
    for entry in copies:
        small = Style("regular", layout.copies)
        press.text(f"- {entry}", small, zone="foot_left", align="left", width=width, leading=1.12)
    end, press.y = press.y, start
    _signature(press, front)
    press.y = max(end, press.y)


def _signature(press: Press, front: dict[str, Any]) -> None:
    x, width = press.left + press.width * 0.5, press.width * 0.5
    for line in front["sign"]:
        press.centred(line, Style("bold", press.setter.layout.header), "foot_right", (x, width))
    middle, mm = x + width / 2, press.setter.mm
    if front.get("sealed", True):
        signed = Mark("signature", middle, press.y + mm(15))
        press.page.marks += [signed, Mark("seal", middle - mm(14), press.y + mm(17.5))]
    press.space(34)
    if front.get("name"):
        press.centred(front["name"], Style("bold", press.setter.layout.body), "foot_right", (x, width))
