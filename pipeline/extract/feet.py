"""The foot of a document: lines left in the body or in the wrong column, put where their wording belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.extract.lines import TextLine
from pipeline.extract.numbering import markers
from pipeline.extract.shape import is_capital, is_dirt
from pipeline.extract.signature import is_person
from pipeline.types import Box, Document, Span, union
from pipeline.vietnamese import fold

__all__ = ["columns", "signed_lines", "strays", "with_foot"]

Lines = tuple[TextLine, ...]
AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|T/M|K/T|T/L|Q)\s?[.,:]?\s?(?=[A-ZĐ])")
RECIPIENTS = re.compile(r"noi nhan\b")
#: Lines that may stand between the end mark and the rest of the foot.
MOST = 6
#: The end mark `./.`, a stroke of it lost, behind a word.
END = re.compile(r"(?<=[^\W\d_])\W?(?:\./\.?|/\.)")
#: At most so many words on a signature's line, lines in a foot, words on the line of `Nơi nhận`; its least likeness.
LONGEST, FARTHEST, SHORT, LIKE = 8, 60, 4, 80
#: White between two words that parts columns, in heights of the line.
WIDE = 2.5


def signed_lines(body: Lines) -> tuple[Lines, Lines]:
    """The body, and the lines of the signature left at its end, in capitals that head nothing: `TM. CHÍNH PHỦ`."""
    end = len(body)
    while end > 1 and _is_signature(body[end - 1]):
        end -= 1
    return body[:end], body[end:]


def _is_signature(line: TextLine) -> bool:
    text = line.text
    short = len(text.split()) <= LONGEST and line.zone == "body" and not text.endswith((":", ".", ";"))
    return is_capital(text) and (bool(AUTHORITY.match(text)) or (short and not markers(text)))


def with_foot(lines: Lines) -> tuple[Lines, int]:
    """The lines, and where among them the foot begins. One that layout did not see gets its zones: it begins at
    `Nơi nhận`, a letter of it misread, near the end, and goes to the end of its page."""
    seen = next((n for n, ln in enumerate(lines) if ln.zone.startswith("foot_")), None)
    if seen is not None:
        return lines, seen
    start = next((n for n in range(len(lines)) if n >= len(lines) - FARTHEST and _is_label(lines[n])), len(lines))
    page = lines[start].page if start < len(lines) else 0
    return tuple(_zoned(ln) if n >= start and ln.page == page else ln for n, ln in enumerate(lines)), start


def _is_label(line: TextLine) -> bool:
    from rapidfuzz import fuzz

    key = " ".join(fold(line.text).split()[:2]).strip(" :.;,")
    return line.zone == "body" and len(line.text.split()) <= SHORT and fuzz.ratio(key, "noi nhan") >= LIKE


def _zoned(line: TextLine) -> TextLine:
    signs = not line.text.startswith("-") and (is_capital(line.text) or is_person(line.text))
    return replace(line, zone="foot_right" if signs else "foot_left")


def strays(body: Lines) -> tuple[Lines, Lines]:
    """The body, and the lines of the foot that were left in it behind its end mark `./.`."""
    ends = [n for n, ln in enumerate(body) if END.search(ln.text)]
    after = body[ends[-1] + 1 :] if ends else ()
    foot = 0 < len(after) <= MOST and all(_is_foot(ln) for ln in after)
    return (body[: ends[-1] + 1], tuple(ln for ln in after if not is_dirt(ln.text))) if foot else (body, ())


def _is_foot(line: TextLine) -> bool:
    text = line.text
    foot = text.endswith(";") or RECIPIENTS.search(fold(text)) or is_capital(text) or is_dirt(text)
    return line.zone == "body" and bool(foot)


def columns(doc: Document, left: Sequence[TextLine], right: Sequence[TextLine]) -> tuple[Lines, Lines]:
    """The foot's columns, lines of the left one that stand to its right, or name an authority, moved over."""
    left = [piece for line in left for piece in _parted(doc, line)]
    ends = sorted(ln.box.x1 for ln in left if ln.box)
    edge = ends[len(ends) // 2] if ends else None
    over = [ln for ln in left if _is_right(ln, edge)]
    both = sorted((*right, *over), key=lambda ln: (ln.page, ln.box.y0 if ln.box else 0, ln.number))
    return tuple(ln for ln in left if ln not in over), tuple(_beside(both))


def _parted(doc: Document, line: TextLine) -> Iterator[TextLine]:
    """The line, cut where white as wide as several letters parts two columns that were read as one."""
    words = doc.words[line.span.start : line.span.end]
    cuts = [n for n in range(1, len(words)) if _gap(words[n - 1].box, words[n].box) > WIDE * _height(line)]
    for start, end in zip([0, *cuts], [*cuts, len(words)], strict=True):
        part = words[start:end]
        span = Span(line.span.start + start, line.span.start + end)
        yield replace(line, span=span, text=" ".join(w.text for w in part), box=union(w.box for w in part))


def _gap(left: Box | None, right: Box | None) -> int:
    return right.x0 - left.x1 if left and right else 0


def _height(line: TextLine) -> int:
    return line.box.height if line.box else 1


def _beside(lines: Sequence[TextLine]) -> Iterator[TextLine]:
    """The lines top to bottom, pieces that stand side by side as one: `PHÓ` `GIÁM ĐỐC`."""
    band: list[TextLine] = []
    for line in lines:
        if band and not _level(band[-1], line):
            yield _one(band)
            band = []
        band.append(line)
    if band:
        yield _one(band)


def _level(above: TextLine, below: TextLine) -> bool:
    if not above.box or not below.box or above.page != below.page:
        return False
    return abs(above.box.centre[1] - below.box.centre[1]) < min(above.box.height, below.box.height) / 2


def _one(band: Sequence[TextLine]) -> TextLine:
    """The pieces as one line, left to right, in the place of the longest."""
    longest = max(band, key=lambda ln: len(ln.text))
    inner = sorted(band, key=lambda ln: ln.box.x0 if ln.box else 0)
    return replace(longest, text=" ".join(ln.text for ln in inner)) if len(band) > 1 else longest


def _is_right(line: TextLine, edge: int | None) -> bool:
    beside = line.box is not None and edge is not None and line.box.x0 > edge
    return beside or (is_capital(line.text) and bool(AUTHORITY.match(line.text)))
