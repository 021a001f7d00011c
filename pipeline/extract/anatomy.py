"""The parts of a document, in lines: head, title, addressees, body, foot, annexes.

Layout says on which part of a page a line stands; what the part is for, its wording says. Sources: Nghị định
30/2020/NĐ-CP, Phụ lục I, mục II; Thông tư 01/2011/TT-BNV, Điều 6-15.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.feet import columns, signed_lines, strays, with_foot
from pipeline.extract.lines import TextLine, printed_lines
from pipeline.extract.strewn import without_strewn
from pipeline.extract.titles import OPENING, is_addressee, title_and_body
from pipeline.types import Document
from pipeline.vietnamese import fold

__all__ = ["Anatomy", "anatomy", "is_annex_head", "without_ink"]

ANNEX = re.compile(
    r"(phu luc|bieu mau|mau so|bieu so|bang so)\b[\s.:]*(so\b\s*)?(?P<number>[0-9]{1,2}[a-z]?|[ivxlh1]{1,5}|[a-h])?\W*$"
)
#: What a seal's rim or a pen reads as before the centred line.
INK = re.compile(r"^[^\w\s(“\"–-]{0,2}\s?(?:[^\W_]{1,2}\s)?(?=PHỤ LỤC(?!\w))")
#: First words of a letter's text that no addressee's name begins with, and the words of a short entry.
BEGINS = re.compile(r"(căn cứ|thực hiện|theo|để|trong|hiện nay|thời gian|vừa qua|ngày|sau khi|nhằm|triển khai)\b")
ENTRY = 5


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A document's printed lines by part, each in reading order. `body` ends where the foot begins; `annexes` are
    the lines after it."""

    head_left: tuple[TextLine, ...] = ()
    head_right: tuple[TextLine, ...] = ()
    title: tuple[TextLine, ...] = ()
    addressees: tuple[TextLine, ...] = ()
    body: tuple[TextLine, ...] = ()
    foot_left: tuple[TextLine, ...] = ()
    foot_right: tuple[TextLine, ...] = ()
    annexes: tuple[TextLine, ...] = ()


def is_annex_head(text: str) -> re.Match[str] | None:
    """The match of a line that heads an annex (`Phụ lục II`, `PHỤ LỤC`, `Mẫu số 01`), else None."""
    text = without_ink(text)
    return ANNEX.match(fold(text)) if text[:1].isupper() else None


def without_ink(text: str) -> str:
    """An annex's head without what ink before it was read as: `Z7 PHỤ LỤC`."""
    return INK.sub("", text)


def anatomy(doc: Document) -> Anatomy:
    """The parts of `doc`. Lines in a head's zone on later pages belong to annexes, or are form heads of them."""
    lines = printed_lines(doc)
    lines, end = with_foot(lines)
    first, rest = lines[:end], lines[end:]
    page = next((ln.page for ln in first if ln.zone.startswith("header_")), 1)
    zone = {z: tuple(ln for ln in first if ln.zone == z and ln.page == page) for z in ("header_left", "header_right")}
    printed = tuple(ln for ln in first if ln.zone == "title")
    body = tuple(ln for ln in first if ln.zone in ("body", "table", "footnote"))
    body = without_strewn(doc, body, (*zone["header_left"], *zone["header_right"]))
    title, body = title_and_body(printed, body)
    body, left_over = strays(body)
    to, body = _addressees(body)
    body, signed = signed_lines(body)
    run = next((n for n, ln in enumerate(rest) if not ln.zone.startswith("foot_")), len(rest))
    feet, annexes = rest[:run], rest[run:]
    left, right = (tuple(ln for ln in feet if ln.zone == z) for z in ("foot_left", "foot_right"))
    left, right = columns(doc, (*left_over, *left), (*signed, *right))
    return Anatomy(zone["header_left"], zone["header_right"], title, to, body, left, right, annexes)


def _addressees(body: tuple[TextLine, ...]) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
    """The lines of `Kính gửi` with its list, and the body without them."""
    start = next((n for n, ln in enumerate(body[:12]) if is_addressee(ln.text)), None)
    if start is None:
        return (), body
    end = start + 1
    while end < len(body) and _goes_on(body, end):
        end += 1
    return body[start:end], (*body[:start], *body[end:])


def _goes_on(body: Sequence[TextLine], at: int) -> bool:
    """Whether the line is still of the list: a bullet, a parenthesis, or the rest of an entry."""
    text, before = body[at].text, body[at - 1].text
    if BEGINS.match(text.lower()) and len(text.split()) > ENTRY:  # nobody is addressed: `Kính gửi:` was left open
        return False
    if text[0] in "-–+(" or before.rstrip().endswith(":"):
        return not (text[0] in "-–+" and before.endswith("."))
    ended = before[-1] in ".;:)/"
    return not ended and not body[at].gap and not OPENING.match(text.lower()) and text[0].islower()
