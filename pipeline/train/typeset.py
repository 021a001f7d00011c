"""Setting text: styled tokens, line breaking, justification, and the page proofs that hold what was set where.

Positions are pixels of the page (floats, origin top left); a baseline is the y on which letters stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from pipeline.train.markup import INLINE
from pipeline.train.paper import Layout, Style, font
from pipeline.types import Zone

__all__ = [
    "Align", "CellPlace", "Ink", "Mark", "Proof", "Rule", "SetLine", "SetWord", "Setter", "TableProof", "Token",
    "tokens",
]  # fmt: skip

Align = Literal["left", "centre", "justify", "right"]
FLIPPED = {"regular": "bold", "bold": "regular", "italic": "bold_italic", "bold_italic": "italic", "hand": "hand"}
HAND_SIZE = 1.35  # handwriting is larger than the print around it
SLANTED = {"regular": "italic", "italic": "regular", "bold": "bold_italic", "bold_italic": "bold", "hand": "hand"}


class Token(NamedTuple):
    """One word to set: its pieces, each in one style. Handwriting keeps its brackets in `text` alone."""

    text: str
    pieces: tuple[tuple[str, Style], ...]


class Ink(NamedTuple):
    """Letters in one style, from `x` on, standing on `baseline`."""

    x: float
    baseline: float
    text: str
    style: Style


class Rule(NamedTuple):
    """A straight printed line."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class SetWord:
    """A word in its place. `text` is as gold writes it, with ⟦ ⟧ around handwriting."""

    text: str
    inks: tuple[Ink, ...]


class CellPlace(NamedTuple):
    """Row and column of a cell, its spans, its rectangle (x0, y0, x1, y1)."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class SetLine:
    """One printed line. `node` is the position of its block (-1: none); in a table, `row` is the row of its grid
    and `cell` the page's table with the cell's place."""

    zone: Zone
    words: tuple[SetWord, ...]
    node: int = -1
    row: int = -1
    cell: tuple[int, CellPlace] | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something put on the paper after printing: its kind, middle, and what it says."""

    kind: Literal["seal", "signature", "incoming", "urgency"]
    x: float
    y: float
    texts: tuple[str, ...] = ()


@dataclass(slots=True)
class TableProof:
    """The part of a table that stands on one page: `cells` in row order."""

    cells: list[CellPlace] = field(default_factory=list)


@dataclass(slots=True)
class Proof:
    """One page as set, before ink meets paper. Grows while it is being set."""

    lines: list[SetLine] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    tables: list[TableProof] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


def tokens(text: str, style: Style) -> list[Token]:
    """The words of marked-up `text`, set in `style` where the markup says nothing else."""
    made: list[Token] = []
    for word in _styled(text, style):
        shown = "".join(f"⟦{t}⟧" if s.face == "hand" else t for t, s in word)
        made.append(Token(shown, tuple(word)))
    return made


def _styled(text: str, style: Style) -> Iterator[list[tuple[str, Style]]]:
    bold = italic = hand = False
    word: list[tuple[str, Style]] = []
    at = 0
    for stop in (*INLINE.finditer(text), None):
        face = _face(style, bold, italic, hand)
        chunks = text[at : stop.start() if stop else len(text)].split(" ")
        for number, chunk in enumerate(chunks):
            if number and word:
                yield word
                word = []
            if chunk:
                word.append((chunk, face))
        if stop:
            at, sign = stop.end(), stop[0]
            bold, italic, hand = bold ^ (sign == "**"), italic ^ (sign == "*"), hand if sign[0] == "*" else sign == "⟦"
    if word:
        yield word


def _face(style: Style, bold: bool, italic: bool, hand: bool) -> Style:
    if hand:
        return Style("hand", style.size * HAND_SIZE)
    face = style.face
    face = FLIPPED[face] if bold else face  # type: ignore[assignment]
    return Style(SLANTED[face] if italic else face, style.size)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Setter:
    """Measures and sets words in one family at one resolution."""

    layout: Layout
    family: str
    hand: str
    dpi: int

    def mm(self, length: float) -> float:
        """Millimetres as pixels."""
        return length * self.dpi / 25.4

    def pixels(self, points: float) -> float:
        """Points as pixels."""
        return points * self.dpi / 72

    def length(self, text: str, style: Style) -> float:
        """The advance width of `text` in pixels."""
        pad = self.pixels(style.size) * 0.16 if style.face == "hand" else 0.0  # its strokes lean over the edges
        return font(self.family, self.hand, style.face, self.pixels(style.size)).getlength(text) + pad

    def width(self, token: Token) -> float:
        """The advance width of a whole word in pixels."""
        return sum(self.length(t, s) for t, s in token.pieces)

    def blank(self, style: Style) -> float:
        """The width of one blank in pixels."""
        return self.length(" ", style)

    def measure(self, row: Sequence[Token], style: Style) -> float:
        """The natural width of a line of words."""
        return sum(map(self.width, row)) + self.blank(style) * max(0, len(row) - 1)

    def broken(self, words: Sequence[Token], width: float, style: Style, indent: float = 0) -> list[list[Token]]:
        """`words` in lines that fit `width`, the first of them shorter by `indent`; `//` forces a break."""
        rows: list[list[Token]] = [[]]
        for word in words:
            room = width - (indent if len(rows) == 1 else 0)
            if word.text == "//":
                rows.append([])
            elif rows[-1] and self.measure([*rows[-1], word], style) > room:
                rows.append([word])
            else:
                rows[-1].append(word)
        return [r for r in rows if r]

    def set_row(
        self, row: Sequence[Token], x: float, width: float, baseline: float, style: Style, align: Align
    ) -> list[SetWord]:
        """The words of one line in their places between `x` and `x + width`."""
        spare = width - self.measure(row, style)
        blank = self.blank(style)
        if align == "justify" and len(row) > 1:
            blank += spare / (len(row) - 1)
        x += {"left": 0.0, "justify": 0.0, "centre": spare / 2, "right": spare}[align]
        placed = []
        for token in row:
            placed.append(self._set_word(token, x, baseline))
            x += self.width(token) + blank
        return placed

    def _set_word(self, token: Token, x: float, baseline: float) -> SetWord:
        inks = []
        for text, style in token.pieces:
            inks.append(Ink(x, baseline, text, style))
            x += self.length(text, style)
        return SetWord(token.text, tuple(inks))
