"""The values every part shares: boxes, words, lines, tables, pages, documents, and what is found in them.

All are frozen; a change makes a new value. One coordinate system everywhere: integer pixels of the page as
scanned (at `Page.dpi`), origin top left, x to the right, y down. All text is NFC.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, Literal, NamedTuple, TypeVar

from pipeline.geometry import Box, union

__all__ = [
    "PRINTED",
    "Box",
    "Cell",
    "Document",
    "Edit",
    "Evidence",
    "Found",
    "Line",
    "Page",
    "PageReading",
    "ReadFrom",
    "Reading",
    "Region",
    "Span",
    "Table",
    "Word",
    "Zone",
    "assemble",
    "union",
]

T = TypeVar("T")
ReadFrom = Literal["scan", "text_layer", "ocr_text"]
Zone = Literal[
    "header_left", "header_right", "title", "body", "table", "foot_left", "foot_right", "footnote",
    "page_number", "stamp", "seal", "signature", "banner", "margin", "figure",
]  # fmt: skip
#: Zones whose words are the printed text; the others are kept in the document but are no `lines` of the dataset.
PRINTED: frozenset[Zone] = frozenset(
    ("header_left", "header_right", "title", "body", "table", "foot_left", "foot_right", "footnote")
)


class Edit(NamedTuple):
    """One change a stage made to a word: what stood there before, who changed it, how sure it was (0..1)."""

    before: str
    stage: str
    score: float


class Reading(NamedTuple):
    """Another way an engine read a word, with its score in 0..1."""

    text: str
    engine: str
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """One blank-separated token as it reads now. `line` is an index into the document's (or page's) lines.

    `box` is None for words that came without pixels (OCR text). `edits` tell the word's history, oldest first;
    `readings` are the engines' alternatives, best first, for restoration to choose among.
    """

    text: str
    box: Box | None
    line: int
    score: float = 1.0
    edits: tuple[Edit, ...] = ()
    readings: tuple[Reading, ...] = ()

    def __post_init__(self) -> None:
        if not unicodedata.is_normalized("NFC", self.text):
            raise ValueError(f"word is not NFC: {self.text!r}")

    @property
    def raw(self) -> str:
        """The first reading, before any stage touched it."""
        return self.edits[0].before if self.edits else self.text

    def edit(self, text: str, *, stage: str, score: float) -> Word:
        """The word reading `text` from now on, its old reading kept."""
        if text == self.text:
            return self
        return replace(self, text=text, score=score, edits=(*self.edits, Edit(self.text, stage, score)))


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line on page `page` (from 1), in its zone. Its words say what it reads."""

    page: int
    zone: Zone = "body"
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; `lines` are indices of the document's lines inside it, top to bottom."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box | None
    lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells on the page (from 1) where it begins. Rows and columns count from 0, header rows included."""

    page: int
    box: Box | None
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Region:
    """Something seen in the pixels of a page that is no text: a seal, a stamp, a ruled table, a signature."""

    page: int
    kind: Zone
    box: Box


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the source. `error` tells why nothing could be read from it; None where it was read.

    Sizes are pixels at `dpi`. `rotation` is the clockwise turn in degrees (0, 90, 180, 270) and `skew` the
    remaining counter-clockwise turn in degrees that made the page upright. OCR text has no pixels: all 0.
    """

    number: int
    width: int = 0
    height: int = 0
    dpi: int = 0
    rotation: int = 0
    skew: float = 0.0
    engine: str = ""
    read_from: ReadFrom = "scan"
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PageReading:
    """What an engine read on one page: `Word.line` and `Cell.lines` index this page's own `lines`."""

    page: Page
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    regions: tuple[Region, ...] = ()


class Span(NamedTuple):
    """The words `document.words[start:end]` of the document that a decree holds."""

    start: int
    end: int


class Evidence(NamedTuple):
    """Where words stand and what was first read there: one item for each line the words run over."""

    page: int
    line: int
    box: Box | None
    score: float
    raw: str
    text: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found(Generic[T]):
    """A value read from words: what, where (None: decided by something else than words), how sure (0..1)."""

    value: T
    span: Span | None
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Document:
    """A source as words with boxes. Text is derived from the words, never stored beside them.

    `words` are in reading order, all words of a line together; `lines` are in reading order, all lines of a
    page together. A document may be empty of words; its pages are never missing.
    """

    id: str
    sha256: str
    source: str
    media_type: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    tables: tuple[Table, ...] = ()
    regions: tuple[Region, ...] = ()

    @property
    def span(self) -> Span:
        """All words."""
        return Span(0, len(self.words))

    @property
    def read_from(self) -> ReadFrom:
        """Where most pages came from."""
        kinds = [p.read_from for p in self.pages]
        return max(sorted(set(kinds)), key=kinds.count) if kinds else "scan"

    def printed(self, span: Span | None = None) -> Iterator[tuple[int, Word]]:
        """The words of the printed text in `span` with their indices: stamps, page numbers and dirt left out."""
        for i in range(*(span or self.span)):
            if self.lines[self.words[i].line].zone in PRINTED:
                yield i, self.words[i]

    def text(self, span: Span | None = None) -> str:
        """The printed text of `span` (default: all) as it reads now, words joined by single blanks."""
        return " ".join(w.text for _, w in self.printed(span))

    def line_spans(self) -> tuple[Span, ...]:
        """The words of each line; a line without words has an empty span."""
        spans, at = [], 0
        for number in range(len(self.lines)):
            start = at
            while at < len(self.words) and self.words[at].line == number:
                at += 1
            spans.append(Span(start, at))
        return tuple(spans)

    def page_of(self, span: Span) -> int | None:
        """The page (from 1) on which `span` begins, None for an empty span."""
        return self.lines[self.words[span.start].line].page if span.start < span.end else None

    def find(
        self, pattern: re.Pattern[str], span: Span | None = None, *, fold: Callable[[str], str] | None = None
    ) -> Iterator[tuple[Span, re.Match[str]]]:
        """Every match of `pattern` in the printed text, with the words it touches.

        `fold` is applied to each word before matching (for example `vietnamese.bare`); the match is of the
        folded text.
        """
        items = list(self.printed(span))
        texts = [fold(w.text) if fold else w.text for _, w in items]
        owner = [k for k, text in enumerate(texts) for _ in range(len(text) + 1)]  # the blank belongs to its left
        for match in pattern.finditer(" ".join(texts)):
            if match.start() < match.end():
                yield Span(items[owner[match.start()]][0], items[owner[match.end() - 1]][0] + 1), match

    def evidence(self, span: Span) -> Iterator[Evidence]:
        """Where the printed words of `span` stand, line by line; `raw` is what was read first."""
        groups: dict[int, list[Word]] = {}
        for _, word in self.printed(span):
            groups.setdefault(word.line, []).append(word)
        for number, words in groups.items():
            yield Evidence(
                page=self.lines[number].page,
                line=number,
                box=union(w.box for w in words),
                score=min(w.score for w in words),
                raw=" ".join(w.raw for w in words),
                text=" ".join(w.text for w in words),
                stages=tuple(sorted({e.stage for w in words for e in w.edits})),
            )


def assemble(readings: Iterable[PageReading], *, id: str, sha256: str, source: str, media_type: str) -> Document:
    """One document of all its pages' readings, given in page order; line numbers become the document's."""
    pages: list[Page] = []
    lines: list[Line] = []
    words: list[Word] = []
    tables, regions = list[Table](), list[Region]()
    for reading in readings:
        base = len(lines)
        pages.append(reading.page)
        lines += reading.lines
        words += (replace(w, line=w.line + base) for w in reading.words)
        tables += (_shifted(t, base) for t in reading.tables)
        regions += reading.regions
    return Document(
        id, sha256, source, media_type, tuple(pages), tuple(lines), tuple(words), tuple(tables), tuple(regions)
    )


def _shifted(table: Table, base: int) -> Table:
    cells = (replace(c, lines=tuple(n + base for n in c.lines)) for c in table.cells)
    return replace(table, cells=tuple(cells))
