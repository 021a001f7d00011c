"""Pages of a text: form feeds part them, as tesseract and pdftotext write, else page numbers where they are sure."""

from __future__ import annotations

import re
from itertools import pairwise

__all__ = ["text_pages"]

#: A page number alone on its line, dashes around it or not.
NUMBER = re.compile(r"[-–—.\s]*(\d{1,3})[-–—.\s]*")
#: Page numbers stand at least so many lines of text apart, and are the last of a page within so many.
APART, LAST = 12, 2


def text_pages(text: str) -> tuple[str, ...]:
    """The pages of `text` in order, at least one. The form feed that ends the last page begins no other."""
    text = text.replace("\r\n", "\n")
    if "\f" in text:
        pages = text.split("\f")
        return tuple(pages[:-1] if not pages[-1].strip() else pages)
    lines = text.split("\n")
    edges = [0, *_breaks(lines), len(lines)]
    return tuple("\n".join(lines[a:b]) for a, b in pairwise(edges))


def _breaks(lines: list[str]) -> list[int]:
    """The lines at which new pages begin.

    Sure are numbers that count up by one, far apart, with no other lone number in the text: from 2 on they head their
    pages (the first has none, Nghị định 30/2020/NĐ-CP), from 1 on with one at the very end they close them.
    """
    places = [(n, int(m[1])) for n, line in enumerate(lines) if (m := NUMBER.fullmatch(line))]
    numbers = [number for _, number in places]
    filled = [n for n, line in enumerate(lines) if line.strip()]
    if not places or numbers != list(range(numbers[0], numbers[0] + len(numbers))) or not _far(places, filled):
        return []
    left = sum(n > places[-1][0] for n in filled)
    if numbers[0] == 2 and left >= LAST:
        return [n for n, _ in places]
    return [n + 1 for n, _ in places[:-1]] if numbers[0] == 1 and left == 0 else []


def _far(places: list[tuple[int, int]], filled: list[int]) -> bool:
    """Whether as much text as a page's stands before each number."""
    edges = [-1, *(n for n, _ in places)]
    return all(sum(a < n < b for n in filled) >= APART for a, b in pairwise(edges))
