"""Markup by the letter: tags, attributes and text with their places, so that all that is not a word stays as it is.

A parser would tell what the elements are, not where they stand, and would write quotes, entities and blanks anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Literal, NamedTuple
from xml.parsers import expat

from pipeline.restore.confidence import Read
from pipeline.restoring.parts import LIMIT, Hole, Part, Row, Slot

__all__ = ["PageRows", "Tag", "Text", "Value", "fault", "parts_of", "scan", "slots"]

TOKEN = re.compile(
    r"<!--.*?-->|<!\[CDATA\[.*?\]\]>|<\?.*?\?>|<![^>\[]*(?:\[[^\]]*\]\s*)?>"
    r"|<(?P<slash>/?)(?P<name>[A-Za-z_][^\s/>]*)(?P<inside>(?>[^>\"']|\"[^\"]*\"|'[^']*')*+)>"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL,
)
ATTRIBUTE = re.compile(r"""([^\s=/"']+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""")
BLANK = r"(?:\s|&(?:nbsp|#160|#[xX][aA]0|#32|#[xX]20);)"
PIECE = re.compile(rf"(?P<blank>{BLANK}+)|(?:(?!{BLANK}).)+", re.DOTALL)
ENTITY = re.compile(r"&#?\w+;")


class Value(NamedTuple):
    """An attribute: what it says, and the characters [start:end) that say it."""

    text: str
    start: int
    end: int


class Tag(NamedTuple):
    """`<a ...>` (open), `</a>` (close) or `<a .../>` (empty): its local name, its characters, its attributes."""

    name: str
    kind: Literal["open", "close", "empty"]
    start: int
    end: int
    attributes: Mapping[str, Value]

    def says(self, name: str) -> str:
        """The attribute's text, "" where there is none."""
        return self.attributes[name].text if name in self.attributes else ""


class Text(NamedTuple):
    """Characters [start:end) between tags."""

    start: int
    end: int


def scan(text: str) -> Iterator[Tag | Text]:
    """The tags and the text of a file in their order; comments, declarations and CDATA are passed over."""
    for found in TOKEN.finditer(text):
        if found["text"]:
            yield Text(*found.span())
        elif found["name"]:
            name, inside = found["name"].rpartition(":")[2], found["inside"]
            kind: Literal["open", "close", "empty"] = "open"
            if found["slash"] or inside.endswith("/"):
                kind = "close" if found["slash"] else "empty"
            yield Tag(name, kind, *found.span(), dict(_attributes(text, *found.span("inside"))))


def _attributes(text: str, start: int, end: int) -> Iterator[tuple[str, Value]]:
    for found in ATTRIBUTE.finditer(text, start, end):
        group = found.lastindex or 0
        yield found[1], Value(unescape(found[group]), *found.span(group))


def slots(text: str, nodes: Iterable[tuple[int, int]], read: Read | None = None) -> list[Slot]:
    """The words in some stretches of `text`, which follow each other without a blank unless they hold one."""
    words: list[list[tuple[int, int]]] = []
    parted = True
    for start, end in nodes:
        for piece in PIECE.finditer(text, start, end):
            if piece["blank"]:
                parted = True
            else:
                words += [[]] if parted else []
                words[-1].append(piece.span())
                parted = False
    return [_slot(text, spans, read) for spans in words]


def _slot(text: str, spans: Iterable[tuple[int, int]], read: Read | None) -> Slot:
    word, holes = "", []
    for start, end in spans:
        letters = unescape(text[start:end])
        holes.append(Hole(start, end, len(word), len(word) + len(letters)))
        word += letters
    return Slot(word, () if ENTITY.search(word) else tuple(holes), read)


def fault(text: str) -> str | None:
    """What keeps `text` from being well-formed XML, with its line; None where nothing does."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(text, True)
    except expat.ExpatError as error:
        return f"line {error.lineno}: {expat.ErrorString(error.code)}"
    return None


class PageRows(NamedTuple):
    """The rows of a page, which begins at character `start` of the file."""

    start: int
    rows: tuple[Row, ...]


def parts_of(text: str, pages: Iterable[PageRows]) -> Iterator[Part]:
    """The pages of a file as parts: one where they hold no more than LIMIT letters, else as many pages as do."""
    begin, rows, letters = 0, list[Row](), 0
    for page in pages:
        more = sum(len(slot.text) + 1 for row in page.rows for slot in row.slots)
        if rows and letters + more > LIMIT:
            yield Part(text[begin : page.start], tuple(rows), base=begin, markup=True)
            begin, rows, letters = page.start, [], 0
        rows += page.rows
        letters += more
    yield Part(text[begin:], tuple(rows), base=begin, markup=True)
