"""Layout of pages read from pixels or from a text layer: what a line is, its place on the page tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from pipeline.layout import forms
from pipeline.layout.banners import banners
from pipeline.layout.body import body_rows, text_column, title_length
from pipeline.layout.foot import find_foot
from pipeline.layout.head import find_head
from pipeline.layout.pieces import Piece, cut_at_gaps, levels, pieces_of, upright
from pipeline.layout.rows import Grid, Row, trimmed
from pipeline.layout.scraps import scraps
from pipeline.layout.tables import grids_of, is_frame, is_stamp, merged
from pipeline.types import Box, Document, Page

__all__ = ["lay_out_pages"]

#: The share of a line's box that lies in a stamp's frame where the line is the stamp's.
STAMPED = 0.8


def lay_out_pages(doc: Document, rows: Sequence[Row]) -> tuple[Row | Grid, ...]:
    """The document's rows in zones and reading order, page by page; tables as grids where they begin."""
    grids = grids_of(doc, rows)
    kept = [table for table, grid in zip(doc.tables, grids, strict=True) if is_stamp(grid) or not is_frame(grid)]
    inside = {n for table in kept for cell in table.cells for n in cell.lines}
    outside = [row for n, row in enumerate(rows) if n not in inside and row.zone != "banner"]
    loose = [row.to("body") for row in outside if not _stamped(row, doc)]
    marks = [row.to("stamp") for row in outside if _stamped(row, doc)]
    by_page = {page: list(group) for page, group in groupby(loose, key=lambda row: row.page)}
    items: list[Row | Grid] = []
    goes_on = headed = False
    for page in doc.pages:
        own = [grid for grid in grids if grid.table.page == page.number]
        stamps = [row.to("stamp") for grid in own if is_stamp(grid) for row in grid.flat()]
        stamps += [row for row in marks if row.page == page.number]
        tables = [grid for grid in own if not is_stamp(grid) and not is_frame(grid)]
        seals = [r.box for r in doc.regions if r.page == page.number and r.kind == "seal"]
        laid = _page(by_page.get(page.number, []), page, seals, headed=headed, goes_on=goes_on)
        headed = headed or any(row.zone == "header_right" for row in laid)
        goes_on = any(row.zone in ("foot_left", "foot_right") for row in laid)
        items += stamps
        items += _with_tables(laid, tables, page)
        items += [row for row in rows if row.page == page.number and row.zone == "banner"]
    return tuple(_merged(items, {page.number: page for page in doc.pages}))


def _stamped(row: Row, doc: Document) -> bool:
    """Whether the row stands in a stamp's frame: a line of the text under it reaches out of it."""
    frames = (r.box for r in doc.regions if r.page == row.page and r.kind == "stamp")
    box = row.box
    return box is not None and any((box & f or Box(0, 0, 0, 0)).area > STAMPED * box.area for f in frames)


def _page(rows: Sequence[Row], page: Page, seals: Sequence[Box], *, headed: bool, goes_on: bool) -> list[Row]:
    """One page's loose rows in reading order."""
    turned = page.rotation % 180 == 90
    width, height = (page.height, page.width) if turned else (page.width, page.height)
    pieces: Sequence[Piece] = pieces_of(rows, page)
    signed = banners(pieces, height=height)
    pieces = [p for p in pieces if p not in signed]
    dirt = scraps(pieces)
    pieces = [p for p in pieces if p not in dirt]
    column = text_column(pieces, width)
    head = None if headed else find_head(pieces, width=width, height=height)
    pieces = head.rest if head else pieces
    move = upright(page)
    foot = find_foot(pieces, column, [move(seal) for seal in seals], goes_on=goes_on)
    lines = levels(foot.rest if foot else pieces)
    start, end = title_length(lines, column) if head else (0, 0)
    out = list(head.rows) if head else []
    out += body_rows(lines[:start], column, height=height)
    out += [row for group in lines[start:end] for row in _title(group)]
    out += body_rows(lines[end:], column, height=height)
    out += foot.rows if foot else ()
    out += [piece.row.to("margin") for piece in dirt]
    out += [piece.row.to("banner") for piece in signed]
    return [row for row in out if row.words]


def _title(group: Sequence[Piece]) -> Iterator[Row]:
    """A line of the title; an urgency stamp beside it apart."""
    for piece in group:
        for part in cut_at_gaps(piece):
            if forms.is_urgency(part.text):
                yield part.row.to("stamp")
            elif forms.is_dirt(part.text):
                yield part.row.to("margin")
            else:
                yield from trimmed(part.row, "title")


def _with_tables(rows: Sequence[Row], grids: Sequence[Grid], page: Page) -> list[Row | Grid]:
    """The rows with each grid before the first body row that begins below it."""
    move = upright(page)
    items: list[Row | Grid] = list(rows)
    for grid in sorted(grids, key=lambda g: move(g.table.box).y0 if g.table.box else 0):
        top = move(grid.table.box).y0 if grid.table.box else 0
        at = next((n for n, item in enumerate(items) if _follows(item, top, page)), len(items))
        items.insert(at, grid)
    return items


def _follows(item: Row | Grid, top: int, page: Page) -> bool:
    if isinstance(item, Grid):
        return False
    if item.zone in ("foot_left", "foot_right"):
        return True
    return item.zone == "body" and item.box is not None and upright(page)(item.box).y0 > top


def _merged(items: Sequence[Row | Grid], pages: dict[int, Page]) -> Iterator[Row | Grid]:
    """The items, with grids that have nothing printed between them merged where one goes on with the other."""
    waiting: list[Grid] = []
    between: list[Row] = []
    for item in items:
        if isinstance(item, Grid):
            waiting.append(item)
        elif waiting and item.zone in ("page_number", "margin", "banner", "seal", "signature", "stamp"):
            between.append(item)
        else:
            yield from merged(waiting, pages)
            yield from between
            yield item
            waiting, between = [], []
    yield from merged(waiting, pages)
    yield from between
