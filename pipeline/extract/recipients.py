"""Who a document goes to: the addressees (`Kính gửi`) and the copies (`Nơi nhận`), one entry a bullet.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.9; Thông tư 01/2011/TT-BNV, Điều 14.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.actors import actors
from pipeline.extract.anatomy import anatomy
from pipeline.extract.bodies import Context, context_of, resolve
from pipeline.extract.lines import TextLine, joined, score_of
from pipeline.extract.shape import is_capital
from pipeline.records import Decree, Recipient
from pipeline.types import Document, Found, Span
from pipeline.vietnamese import bare, fold

__all__ = ["Entry", "entry_of", "extract_recipients"]

BULLET = re.compile(r"[-–—−+•~_¬=*·]\s?(?=[^\W_(“])")
#: `Nơi nhận:`, `Kính gửi:`, with what may stand on the same line.
LABEL = re.compile(r"\W*(?P<name>\w{2,5}\s+\w{3,6})\s*(?:[:;.,]+\s*|$)")
#: The head of the copies, a pen's stroke read for its colon: `Nơi nhận J2,`.
INKED = re.compile(r"\W*(?P<name>n[oơ]i nh[aậ]n)\s\W*\w{1,3}\W*$", re.IGNORECASE)
FORMS = ("noi nhan", "noi gui", "kinh gui", "kinh trinh")
#: Least likeness in percent of a misread label.
LIKE = 80
#: A parenthesis at an entry's end that says what the copy is for, bare: `(để báo cáo)`, `(b/c)`, `(đ/b)`.
PURPOSE = re.compile(
    r"[,;]?\s*\((?P<purpose>(?:d\W?[ec@]\W?\s|d/\s?b|b/?\s?c|p/?h\b|t/?h\b|thay b|bao ?cao|ban dien tu|dong bo|de\b)"
    r"[^()]*)[)\]}]\W*$",
    re.IGNORECASE,
)
END = re.compile(r"[\s.;:,/]+$")
#: Dirt before an entry, and behind its end mark.
DIRT = re.compile(r"^[\W_]+(?<!\()|(?<=[;.])\s*[\W_]*\w{0,2}[\W_]*$")
ARCHIVE = re.compile(r"luu\b")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as printed without dash and end mark, and the purpose printed in parentheses behind it."""

    text: str
    purpose: str | None


def extract_recipients(decree: Decree) -> Decree:
    """`decree` with its addressees, then its copies, each in print order."""
    doc = decree.document
    parts = anatomy(doc)
    context = context_of(decree.header.issuer.value if decree.header.issuer else None)
    to = _recipients(doc, parts.addressees, "to", context)
    copies = _recipients(doc, parts.foot_left, "copy", context)
    return replace(decree, recipients=(*to, *copies))


def entry_of(printed: str) -> Entry:
    """The entry that a bullet's text says: `- Sở Y tế (để b/c);` is `Sở Y tế`, purpose `để b/c`."""
    text = END.sub("", DIRT.sub("", BULLET.sub("", printed.strip(), count=1)))
    match = PURPOSE.search(bare(text))
    if match:
        return Entry(END.sub("", text[: match.start()]), text[slice(*match.span("purpose"))].strip())
    return Entry(text, None)


def _recipients(doc: Document, lines: Sequence[TextLine], role: str, context: Context) -> Iterator[Recipient]:
    for group in _groups(lines):
        span = Span(group[0].span.start, group[-1].span.end)
        label = _label(group[0])
        printed = joined(doc, span, skip=label.end() if label else 0)
        entry = entry_of(printed)
        name = any(c.isupper() for c in entry.text) and sum(c.isalpha() for c in entry.text) >= 2
        if name and not entry.text.startswith("("):
            found = Found(entry.text, span, round(score_of(doc, span) * 0.97, 3))
            yield Recipient("to" if role == "to" else "copy", found, entry.purpose, _body(entry.text, context))


def _body(entry: str, context: Context) -> str | None:
    """The canonical name of the body that is all an entry names; None for several, offices and rooms."""
    named = actors(entry)
    whole = len(named) == 1 and named[0].start == 0 and named[0].end == len(entry)
    return resolve(named[0].name, context) if whole else None


def _groups(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each entry: a bullet begins one, and so does any line after an entry that has ended."""
    groups: list[list[TextLine]] = []
    for line in lines:
        labelled = _label(line)
        if labelled and not line.text[labelled.end() :].strip(" .:"):
            continue
        if groups and _is_over(groups[-1], line):
            break
        if labelled or not groups or _begins(line, groups[-1]):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


def _is_note(text: str) -> bool:
    """Whether this says how the addressees are called below: `(sau đây gọi chung là các đơn vị)`."""
    return bool(re.match(r"\((sau day|duoi day|goi chung|goi tat)", fold(text)))


def _label(line: TextLine) -> re.Match[str] | None:
    """The label that begins a line, misread in a letter or two: `Nơi nhậm:`."""
    from rapidfuzz import fuzz

    match = LABEL.match(line.text) or INKED.match(line.text)
    return match if match and any(fuzz.ratio(fold(match["name"]), form) >= LIKE for form in FORMS) else None


def _is_over(entry: Sequence[TextLine], line: TextLine) -> bool:
    """Whether the list ended with its archive entry (`Lưu: VT.`), and this line is of a second signature."""
    archived = bool(ARCHIVE.match(fold(BULLET.sub("", entry[0].text, count=1))))
    return archived and not BULLET.match(line.text) and (is_capital(line.text) or entry[-1].text.endswith("."))


def _begins(line: TextLine, entry: Sequence[TextLine]) -> bool:
    if BULLET.match(line.text):
        return True
    if _is_note(line.text):
        return True
    ended = entry[-1].text.rstrip().endswith((";", "."))
    bulleted = bool(BULLET.match(entry[0].text))
    return (ended and not bulleted and line.text[0] != "(") or bool(ARCHIVE.match(fold(line.text)))
