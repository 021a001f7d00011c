"""The title of a document: the type's name and the subject under it, and where the body begins."""

from __future__ import annotations

import re

from pipeline.extract.doctypes import by_name
from pipeline.extract.lines import TextLine
from pipeline.extract.numbering import markers
from pipeline.extract.shape import is_capital
from pipeline.vietnamese import fold

__all__ = ["OPENING", "title_and_body"]

Lines = tuple[TextLine, ...]
#: The first words of a body's paragraphs; they end a list of addressees and a subject.
OPENING = re.compile(
    r"(can cu|thuc hien|theo|xet|de (?!nghi)|nham|thi hanh|trien khai|tiep theo|trong|hien nay|thoi gian|qua|ngay|sau khi|so|uy ban"
    r"|ubnd|chu tich)\b"
)
#: Who decides, in capitals above the legal bases: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH`.
DECIDER = re.compile(
    r"(chinh phu|chu tich|uy ban|hoi dong|bo truong|giam doc|thu tuong|tong|cuc truong|truong|ban |quoc hoi|chanh|bo |so )"
)


def title_and_body(title: Lines, body: Lines) -> tuple[Lines, Lines]:
    """The title's own lines, and the body with what else stood in the title's zone: who decides, heads of annexes.

    Where layout found no title, a type's name among the body's first lines begins it.
    """
    if not title:
        return _recovered(body)
    own = tuple(ln for ln in title if ln.page == title[0].page)
    end = next(
        (n for n, ln in enumerate(own) if n > 1 and _decides(ln.text) and not is_capital(own[n - 1].text)), len(own)
    )
    rest = [ln for ln in title if ln not in own[:end]]
    return own[:end], tuple(sorted((*body, *rest), key=lambda ln: ln.number))


def _decides(text: str) -> bool:
    return is_capital(text) and bool(DECIDER.match(fold(text)))


def _recovered(body: Lines) -> tuple[Lines, Lines]:
    start = next((n for n, ln in enumerate(body[:5]) if _type_at_end(ln.text)), None)
    if start is None:
        return (), body
    end = start + 1
    while end < min(len(body), start + 8) and not _opens(body[end]):
        end += 1
    return body[start:end], (*body[:start], *body[end:])


def _opens(line: TextLine) -> bool:
    return line.gap or bool(OPENING.match(fold(line.text)) or markers(line.text)) or _decides(line.text)


def _type_at_end(text: str) -> bool:
    """Whether the line ends with a type's name in capitals; a stamp may stand before it."""
    words = text.split()
    ends = (" ".join(words[-n:]) for n in range(1, min(4, len(words)) + 1))
    return any(is_capital(end) and by_name(end, limit=86) for end in ends)
