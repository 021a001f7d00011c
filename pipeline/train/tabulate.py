"""Ruled tables: cells wrapped into their columns, rows kept whole, the header repeated on every page."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

from pipeline.train.markup import Grid, Row
from pipeline.train.paper import Style
from pipeline.train.typeset import Align, CellPlace, Proof, Rule, SetLine, Setter, TableProof, Token, tokens

__all__ = ["set_grid"]

PADDING = 1.5  # mm between rule and letters


class Cursor(Protocol):
    """What a table needs of the press: the setter, the open page, the present place."""

    y: float

    @property
    def setter(self) -> Setter: ...
    @property
    def left(self) -> float: ...
    @property
    def width(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def page(self) -> Proof: ...
    def turn(self) -> None: ...
    def space(self, mm: float) -> None: ...


@dataclass(frozen=True, slots=True)
class _Laid:
    """A row broken into lines: for each cell its first column, column span, lines, style."""

    cells: tuple[tuple[int, int, list[list[Token]], Style], ...]
    height: float


def set_grid(press: Cursor, grid: Grid, node: int) -> None:
    """`grid` from the present place on; lines carry `node` and the number of their row in the grid."""
    edges = [press.left + press.width * w / sum(grid.widths) for w in accumulate(grid.widths, initial=0)]
    laid = [_laid(press.setter, row, edges, head=number == 0) for number, row in enumerate(grid.rows)]
    _open(press, laid[0], edges, node)
    for number, row in enumerate(laid[1:], start=1):
        follower = laid[number + 1].height if grid.rows[number].group and number + 1 < len(laid) else 0.0
        if press.y + row.height + follower > press.bottom:  # a group row goes with the first row of its group
            press.turn()
            _open(press, laid[0], edges, node)
        _set_row(press, row, edges, node, number)
    press.space(3)


def _laid(setter: Setter, row: Row, edges: list[float], *, head: bool) -> _Laid:
    size = setter.layout.table
    style = Style("bold" if head or row.group else "regular", size)
    last = len(row.cells) - 1
    cells = []
    for column, text in enumerate(row.cells):
        span = len(edges) - 1 - column if column == last else 1  # a short row's last cell takes the rest
        width = edges[column + span] - edges[column] - 2 * setter.mm(PADDING)
        cells.append((column, span, setter.broken(tokens(text, style), width, style), style))
    lines = max(len(rows) for _, _, rows, _ in cells)
    return _Laid(tuple(cells), lines * setter.pixels(size) * 1.18 + 2 * setter.mm(PADDING))


def _open(press: Cursor, head: _Laid, edges: list[float], node: int) -> None:
    """A table begins on this page: its upper rule and its header row."""
    press.page.tables.append(TableProof())
    press.page.rules.append(Rule(edges[0], press.y, edges[-1], press.y))
    _set_row(press, head, edges, node, 0)


def _set_row(press: Cursor, row: _Laid, edges: list[float], node: int, number: int) -> None:
    table = len(press.page.tables) - 1
    top, bottom = press.y, press.y + row.height
    on_page = 1 + max((c.row for c in press.page.tables[table].cells), default=-1)
    for column, span, rows, style in row.cells:
        place = CellPlace(on_page, column, 1, span, (edges[column], top, edges[column + span], bottom))
        press.page.tables[table].cells.append(place)
        _set_cell(press, place, rows, style, node, number)
        press.page.rules.append(Rule(edges[column], top, edges[column], bottom))
    press.page.rules += [Rule(edges[-1], top, edges[-1], bottom), Rule(edges[0], bottom, edges[-1], bottom)]
    press.y = bottom


def _set_cell(press: Cursor, place: CellPlace, rows: list[list[Token]], style: Style, node: int, number: int) -> None:
    align: Align = "centre" if place.column == 0 or number == 0 else "left"
    setter, table = press.setter, len(press.page.tables) - 1
    pad, height = setter.mm(PADDING), setter.pixels(style.size) * 1.18
    x0, top, x1, bottom = place.box
    y = top + (bottom - top - height * len(rows)) / 2
    for row in rows:
        words = setter.set_row(row, x0 + pad, x1 - x0 - 2 * pad, y + height * 0.78, style, align)
        press.page.lines.append(SetLine("table", tuple(words), node, number, (table, place)))
        y += height
