"""Text files as parts: read as they come, so that memory does not grow with the file."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from pipeline.encodings import charset_of, to_unicode
from pipeline.errors import UnreadableSource
from pipeline.restoring.parts import LIMIT, Hole, Part, Row, Slot

__all__ = ["BLOCK", "decoded_blocks", "text_parts"]

#: Bytes read at once.
BLOCK = 1 << 20
#: Where a long text is cut, best first: between pages, paragraphs, lines, words.
CUTS = ("\f", "\n\n", "\n\r\n", "\n", " ", "\t")
WORD = re.compile(r"\S+")


def decoded_blocks(name: str, head: bytes, file: BinaryIO, coding: str) -> Iterator[str]:
    """The characters of a file that begins with `head`. Raises UnreadableSource where they are in another coding."""
    decoder = codecs.getincrementaldecoder(coding)("replace" if coding == "cp1252" else "strict")
    blocks = chain([head], iter(lambda: file.read(BLOCK), b""))
    try:
        yield from (decoder.decode(block) for block in blocks)
        yield decoder.decode(b"", True)
    except UnicodeDecodeError:
        remedy = "name its encoding with --encoding, or save it as UTF-8"
        raise UnreadableSource(f"{name} is not {coding.upper()} throughout", remedy=remedy) from None


def text_parts(blocks: Iterable[str], *, charset: str | None = None) -> Iterator[Part]:
    """The parts of a text: one where it is no longer than LIMIT, else cut between pages, paragraphs, lines or words.

    Lines in TCVN3 or VNI (`charset`, where it is known) are turned to Unicode, which the part's note says.
    """
    page, line = 1, 1
    for stretch in _cut(blocks):
        charset = charset or charset_of(stretch)
        text = to_unicode(stretch, charset=charset) if charset else stretch
        yield Part(text, tuple(_rows(text, page, line)), note=f"{charset}, turned to Unicode" if charset else "")
        page, line = page + text.count("\f"), line + text.count("\n")


def _cut(blocks: Iterable[str]) -> Iterator[str]:
    left = ""
    for block in blocks:
        left += block
        while len(left) > LIMIT:
            at = next((at for cut in CUTS if (at := left.rfind(cut, LIMIT // 2, LIMIT) + len(cut)) >= len(cut)), LIMIT)
            yield left[:at]
            left = left[at:]
    yield left


def _rows(text: str, page: int, line: int) -> Iterator[Row]:
    """The lines of `text`, which begins on page `page` and line `line` of its file."""
    at = 0
    for row in text.splitlines(keepends=True):
        slots = (Slot(m[0], (Hole(at + m.start(), at + m.end(), 0, len(m[0])),)) for m in WORD.finditer(row))
        yield Row(page, line, tuple(slots))
        at, page, line = at + len(row), page + row.count("\f"), line + row.count("\n")
