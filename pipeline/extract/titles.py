"""The title of a document: the type's name and the subject under it, and where the body begins."""

from __future__ import annotations

import re

from pipeline.extract.doctypes import by_name
from pipeline.extract.lines import TextLine
from pipeline.extract.numbering import markers
from pipeline.extract.shape import is_capital
from pipeline.vietnamese import fold

__all__ = ["OPENING", "is_addressee", "title_and_body"]

Lines = tuple[TextLine, ...]
ADDRESSEE = re.compile(r"kinh (gui|trinh)\b")
#: Lines that a subject has at most.
LONGEST = 7
#: The first words of a body's paragraphs; they end a list of addressees and a subject.
OPENING = re.compile(
    r"(căn cứ|thực hiện|theo|xét|để (?!nghị)|nhằm|thi hành|triển khai|tiếp theo|trong|hiện nay|thời gian|qua|ngày"
    r"|sau khi|sở|ủy ban|uỷ ban|ubnd|chủ tịch)\b"
)
#: First words that no subject begins with.
BASIS = re.compile(r"(căn cứ|xét)\b")
#: Who decides, in capitals above the legal bases: `CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH`.
DECIDER = re.compile(
    r"(chinh phu|chu tich|uy ban|hoi dong|bo truong|giam doc|thu tuong|tong|cuc truong|truong|ban |quoc hoi|chanh"
    r"|bo |so )"
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
    end = next((n for n, ln in enumerate(own[:end]) if n and (is_addressee(ln.text) or _is_marked(ln.text))), end)
    rest = [ln for ln in title if ln not in own[:end]]
    body = tuple(sorted((*body, *rest), key=lambda ln: ln.number))
    if rest:
        return own[:end], body
    alone = end == 1 and _type_at_end(own[0].text)  # layout saw but the type's name
    subject = _subject_length(body, 0) if alone else _lower_length(body)
    return (*own[:end], *body[:subject]), body[subject:]


def is_addressee(text: str) -> bool:
    """Whether the line begins the list of addressees: `Kính gửi:`."""
    return bool(ADDRESSEE.match(fold(text).lstrip(" -—_.")))


def _is_marked(text: str) -> bool:
    """Whether the line begins with a clean number or letter of an outline; the V of `V/v` is none."""
    return not re.match(r"V ?/ ?v\b", text) and any(m.cost < 0.5 and m.value is not None for m in markers(text))


def _decides(text: str) -> bool:
    return is_capital(text) and bool(DECIDER.match(fold(text)))


def _recovered(body: Lines) -> tuple[Lines, Lines]:
    start = next((n for n, ln in enumerate(body[:5]) if _type_at_end(ln.text)), None)
    if start is None:
        return (), body
    end = start + 1 + _subject_length(body, start + 1)
    return body[start:end], (*body[:start], *body[end:])


def _subject_length(body: Lines, start: int) -> int:
    """How many of the body's lines from `start` on are a subject's: up to white space or a paragraph's first words."""
    end = start
    while end < min(len(body), start + LONGEST) and not _opens(body[end], first=end == start):
        end += 1
    return end - start


def _lower_length(body: Lines) -> int:
    """How many of the body's first lines go on with a subject in small letters."""
    end = 0
    while end < min(len(body), 3) and body[end].text[0].islower() and not body[end].gap:
        end += 1
    return end


def _opens(line: TextLine, *, first: bool) -> bool:
    marked = _is_marked(line.text) or line.text[0] in "-+"
    words = BASIS if first else OPENING
    opening = (line.text[0].isupper() and bool(words.match(line.text.lower()))) or is_addressee(line.text)
    return (line.gap and not first) or line.zone == "table" or opening or marked or _decides(line.text)


def _type_at_end(text: str) -> bool:
    """Whether the line ends with a type's name in capitals; a stamp may stand before it."""
    words = text.split()
    ends = (" ".join(words[-n:]) for n in range(1, min(4, len(words)) + 1))
    return any(is_capital(end) and by_name(end, limit=86) for end in ends)
