"""Degrees of urgency and secrecy, as they are stamped or printed (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from pipeline.types import Document, Span
from pipeline.vietnamese import fold

__all__ = ["Degree", "degree_at_start", "degree_of", "degrees"]

Kind = Literal["urgency", "secrecy"]
#: Degrees by their letters without marks; the long ones may be misread in part.
DEGREES: dict[str, tuple[Kind, str]] = {
    "hoa toc hen gio": ("urgency", "Hỏa tốc hẹn giờ"),
    "hoa toc": ("urgency", "Hỏa tốc"),
    "thuong khan": ("urgency", "Thượng khẩn"),
    "khan": ("urgency", "Khẩn"),
    "tuyet mat": ("secrecy", "Tuyệt mật"),
    "toi mat": ("secrecy", "Tối mật"),
    "mat": ("secrecy", "Mật"),
}
#: Least similarity in percent of a misread degree, and of one that stands in a frame, as `HỎA TỐC` does.
LIKE, LIKE_FRAMED = 84, 70
#: Two words in a frame, whose sides are read as brackets.
FRAMED = re.compile(r"[\[|\](){}]\s?\w+ \w+\s?[\[|\](){}]")


class Degree(NamedTuple):
    """A degree, its words, the page it stands on, and how sure it is."""

    kind: Kind
    name: str
    page: int
    span: Span
    score: float


def degree_of(text: str) -> tuple[Kind, str] | None:
    """The degree that a stamp's line is, and nothing else: `HỎA TỐC`, `HÓA rốc]`; None where it is none."""
    from rapidfuzz import fuzz

    key = " ".join(re.sub(r"[^a-z ]", " ", fold(text)).split())
    if FRAMED.fullmatch(text) and fuzz.ratio(key, "hoa toc") >= LIKE_FRAMED:
        return DEGREES["hoa toc"]
    if key in DEGREES:
        return DEGREES[key] if text.upper() == text or len(key) > 5 else None
    if not any(c.isupper() for c in text) or not 6 <= len(key) <= 17:
        return None
    best = max((form for form in DEGREES if len(form) > 6), key=lambda form: fuzz.ratio(key, form))
    return DEGREES[best] if fuzz.ratio(key, best) >= LIKE else None


def degree_at_start(text: str) -> int:
    """How many words of a degree a line begins with, a stamp's line run into the title: `HỎA TỐC KẾ HOẠCH`."""
    words = text.split()
    return next((n for n in (4, 3, 2, 1) if n < len(words) and degree_of(" ".join(words[:n]))), 0)


def degrees(doc: Document) -> Iterator[Degree]:
    """Degrees on lines of their own, or before the title, outside running text and tables."""
    for number, span in enumerate(doc.line_spans()):
        line = doc.lines[number]
        if span.start == span.end or line.zone == "table":
            continue
        text = " ".join(w.text for w in doc.words[span.start : span.end])
        begin = degree_at_start(text) if line.page == 1 and number < TOP else 0
        whole = degree_of(text) if line.zone != "body" or line.page == 1 else None
        found = whole or (degree_of(" ".join(text.split()[:begin])) if begin else None)
        if found:
            part = span if whole else Span(span.start, span.start + begin)
            score = min(w.score for w in doc.words[part.start : part.end])
            yield Degree(*found, line.page, part, score * 0.9)


#: Lines of a first page that a stamp may be run into.
TOP = 14
