"""Running text of a part of a document, with the way back from characters to words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from pipeline.records import Decree
from pipeline.types import Document, Found, Span
from pipeline.vietnamese import bare

__all__ = ["Passage", "block_starts", "passage_of"]


@dataclass(frozen=True)
class Passage:
    """The printed words of a span as text: joined by blanks, by a line break where a block or a cell ends.

    `owner[i]` is the word to which character `i` belongs; a separator belongs to the word on its left.
    """

    text: str
    owner: tuple[int, ...]

    @cached_property
    def lower(self) -> str:
        """The text in lower case with plain dashes; offsets agree with `text`."""
        low = self.text.lower().replace("–", "-").replace("—", "-").replace("⁄", "/")
        return low if len(low) == len(self.text) else self.text

    @cached_property
    def bare(self) -> str:
        """`lower` without Vietnamese marks; offsets agree with `text`."""
        return bare(self.lower)

    def span(self, start: int, end: int) -> Span:
        """The words that characters `start` to `end` touch."""
        return Span(self.owner[start], self.owner[end - 1] + 1)

    def found(self, start: int, end: int, *, score: float = 1.0) -> Found[str]:
        """The characters as a value read from its words."""
        return Found(self.text[start:end].replace("\n", " "), self.span(start, end), score)


def passage_of(doc: Document, span: Span, breaks: frozenset[int] = frozenset()) -> Passage:
    """The passage of `span`; before each word in `breaks` a new block begins."""
    parts: list[str] = []
    owner: list[int] = []
    for i, word in doc.printed(span):
        if parts:
            parts.append("\n" if i in breaks else " ")
            owner.append(owner[-1])
        parts.append(word.text)
        owner += [i] * len(word.text)
    return Passage("".join(parts), tuple(owner))


def block_starts(decree: Decree) -> frozenset[int]:
    """The first word of every section and of every table cell."""
    doc = decree.document
    spans = doc.line_spans()
    firsts = {cell.lines[0] for table in doc.tables for cell in table.cells if cell.lines}
    ends = {cell.lines[-1] for table in doc.tables for cell in table.cells if cell.lines}
    starts = {spans[n].start for n in firsts} | {spans[n].end for n in ends}
    return frozenset(starts | {s.span.start for s in decree.sections} | {s.span.end for s in decree.sections})
