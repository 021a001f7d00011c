"""The foot of a document: lines left in the body or in the wrong column, put where their wording belongs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.lines import TextLine
from pipeline.extract.shape import is_capital
from pipeline.vietnamese import fold

__all__ = ["columns", "signed_lines", "strays"]

Lines = tuple[TextLine, ...]
AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s?[.,:]?\s?(?=[A-ZĐ])")
RECIPIENTS = re.compile(r"noi nhan\b")
#: Lines that may stand between the end mark and the rest of the foot.
MOST = 6


def signed_lines(body: Lines) -> tuple[Lines, Lines]:
    """The body, and the lines of the signature that were left at its end: `TM. CHÍNH PHỦ`."""
    end = len(body)
    while end and AUTHORITY.match(body[end - 1].text) and is_capital(body[end - 1].text):
        end -= 1
    return body[:end], body[end:]


def strays(body: Lines) -> tuple[Lines, Lines]:
    """The body, and the lines of the foot that were left in it behind its end mark `./.`."""
    ends = [n for n, ln in enumerate(body) if "./." in ln.text]
    after = body[ends[-1] + 1 :] if ends else ()
    foot = 0 < len(after) <= MOST and all(_is_foot(ln) for ln in after)
    return (body[: ends[-1] + 1], after) if foot else (body, ())


def _is_foot(line: TextLine) -> bool:
    text = line.text
    return line.zone == "body" and bool(text.endswith(";") or RECIPIENTS.search(fold(text)) or is_capital(text))


def columns(left: Sequence[TextLine], right: Sequence[TextLine]) -> tuple[Lines, Lines]:
    """The foot's columns, lines of the left one that stand to its right, or name an authority, moved over."""
    ends = sorted(ln.box.x1 for ln in left if ln.box)
    edge = ends[len(ends) // 2] if ends else None
    over = [ln for ln in left if _is_right(ln, edge)]
    moved = {ln.number for ln in over}
    both = sorted((*right, *over), key=lambda ln: (ln.page, ln.box.y0 if ln.box else 0, ln.number))
    return tuple(ln for ln in left if ln.number not in moved), tuple(both)


def _is_right(line: TextLine, edge: int | None) -> bool:
    beside = line.box is not None and edge is not None and line.box.x0 > edge
    return beside or (is_capital(line.text) and bool(AUTHORITY.match(line.text)))
