"""What engines have in common: recognised tokens, the lines they make, the cells of tables they stand in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.types import Box, Cell, Line, Page, PageReading, Reading, Table, Word, union

__all__ = ["InCells", "Token", "page_reading", "sorted_into_cells"]


@dataclass(frozen=True, slots=True)
class Token:
    """A word as recognised: its text (NFC), box in the picture's pixels, score in 0..1, the line it stands on.

    `others` are other readings of it with their scores.
    """

    text: str
    box: Box
    score: float
    line: tuple[int, ...]
    others: tuple[tuple[str, float], ...] = ()

    def moved(self, dx: int, dy: int) -> Token:
        """The token so many pixels to the right and down, cut at the picture's left and upper edge."""
        box = self.box
        corners = (box.x0 + dx, box.y0 + dy, box.x1 + dx, box.y1 + dy)
        return replace(self, box=Box(*(max(v, 0) for v in corners)))

    def shrunk(self, factor: float) -> Token:
        """The token in a picture that is `factor` times smaller."""
        box = self.box
        return replace(self, box=Box(*(round(v / factor) for v in (box.x0, box.y0, box.x1, box.y1))))


#: The tokens inside each (table, cell).
InCells = dict[tuple[int, int], list[Token]]


def page_reading(
    page: Page, tokens: Sequence[Token], grids: Sequence[Table], inside: InCells, to_scan: Callable[[Box], Box]
) -> PageReading:
    """The tokens as words of numbered lines: lines of print first, then those in cells of `grids`.

    `to_scan` maps boxes of the picture they were read in to the page as scanned.
    """
    runs = [list(run) for _, run in groupby(tokens, key=lambda t: t.line)]
    loose = len(runs)
    numbers: dict[tuple[int, int], tuple[int, ...]] = {}
    for place, found in sorted(inside.items()):
        lines = _level_lines(found)
        numbers[place] = tuple(range(len(runs), len(runs) + len(lines)))
        runs += lines
    words = tuple(_word(token, n, page.engine, to_scan) for n, run in enumerate(runs) for token in run)
    boxes = [union(to_scan(token.box) for token in run) for run in runs]
    lines_out = tuple(Line(page.number, "body" if n < loose else "table", box) for n, box in enumerate(boxes))
    tables = tuple(_placed(table, t, numbers, to_scan) for t, table in enumerate(grids))
    return PageReading(page, lines_out, words, tables)


def _word(token: Token, line: int, engine: str, to_scan: Callable[[Box], Box]) -> Word:
    readings = tuple(Reading(text, engine, round(score, 4)) for text, score in token.others)
    return Word(token.text, to_scan(token.box), line, round(token.score, 4), readings=readings)


def sorted_into_cells(tokens: Sequence[Token], grids: Sequence[Table]) -> tuple[list[Token], InCells]:
    """The tokens outside all tables, and those whose middle lies in a cell."""
    loose: list[Token] = []
    inside: InCells = {}
    cells = [((t, c), cell.box) for t, table in enumerate(grids) for c, cell in enumerate(table.cells)]
    for token in tokens:
        place = next((place for place, box in cells if box and box.holds(token.box)), None)
        if place is None:
            loose.append(token)
        else:
            inside.setdefault(place, []).append(token)
    return loose, inside


def _level_lines(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of a cell as lines of print, top to bottom, left to right in each."""
    lines: list[list[Token]] = []
    for token in sorted(tokens, key=lambda t: t.box.centre[1]):
        last = lines[-1] if lines else []
        middle = sum(t.box.centre[1] for t in last) / len(last) if last else 0.0
        height = max((t.box.height for t in (*last, token)), default=1)
        if last and token.box.centre[1] - middle < 0.5 * height:
            last.append(token)
        else:
            lines.append([token])
    return [sorted(line, key=lambda t: t.box.x0) for line in lines]


def _placed(
    table: Table, t: int, numbers: dict[tuple[int, int], tuple[int, ...]], to_scan: Callable[[Box], Box]
) -> Table:
    """The table with boxes on the page as scanned and the numbers of its cells' lines."""

    def placed(c: int, cell: Cell) -> Cell:
        return replace(cell, box=cell.box and to_scan(cell.box), lines=numbers.get((t, c), ()))

    cells = tuple(placed(c, cell) for c, cell in enumerate(table.cells))
    return replace(table, box=table.box and to_scan(table.box), cells=cells)
