"""The head of a document: issuing bodies, number and notation, place and date.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.2-4; Thông tư 01/2011/TT-BNV, Điều 7-9. On signed scans the
number and the day are mostly written by hand, and what OCR makes of a pen is seldom right: a doubtful digit is
left open (EDTF `X`), never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract import bodies
from pipeline.extract.gazetteer import phrases
from pipeline.extract.lines import TextLine, score_of
from pipeline.extract.shape import is_capital
from pipeline.types import Document, Found, Span, Word
from pipeline.vietnamese import fold

__all__ = ["Code", "code", "is_number_line", "issuers", "place_and_date"]

LAST = {"day": 31, "month": 12}
#: Dirt around a line.
EDGES = re.compile(r"^[\W_]+|[\W_]+$")
#: Digits of a scan's number and day under this score are taken for a pen's.
SURE = 0.85
#: A number printed in one with its notation is read with less than this score only where a pen wrote it.
SURE_GLUED = 0.75
LABEL = r"\W?[Ss5]\W?\S{0,2}?[oóòôốồỗổộơ06]\S{0,2}?\s?[:.;]?\s*"
NUMBER_LINE = re.compile(LABEL + r"(?P<number>.*?)\s*/\s*(?P<notation>(?:(?:19|20)\d\d\s?/)?\s?[A-ZĐƯ].*)$")
#: A pen that filled the blank ran over the slash: `Số: 21l KH-SYT`, `Số: 24 55 KH-SYT`.
NO_SLASH = re.compile(
    LABEL + r"(?P<number>\S{0,8}(?:\s\S{1,4}){0,2}?)\s(?P<notation>[A-ZĐƯ]{2,}\s?[-–]\s?[A-ZĐƯ]{2,})$"
)
#: The notation alone, where what a pen wrote before it, and `Số:`, could not be read.
NO_NUMBER = re.compile(r"\W{0,3}(?P<number>)/\s?(?P<notation>[A-ZĐƯ]{2,}\s?[-–]\s?[A-ZĐƯ]{2,})$")
#: `KH-UBND`, `2020/NĐ-CP`, `SYT-NVY`, `KH - UBND`.
NOTATION = re.compile(
    r"(?:(?:19|20)\d\d\s?/\s?)?[A-ZĐƯÔ][\wĐđƯư&.]*(?:\s?[-–]\s?[A-ZĐƯ0-9][\wĐđƯư&.]*)*|(?:19|20)\d\d/QH\d+"
)
#: The Party's form, and the state's before 1998: number and type before the slash, the body behind it.
PARTY = re.compile(r"(?P<number>\d+)(?:\s?[-–]\s?|\s)(?P<type>[A-ZĐ][A-Za-zĐđ]{1,3})\s?/\s?(?P<body>[A-ZĐ]\w+)")
#: First words of a body's name in a head.
BODY = re.compile(
    r"(ubnd|uy ban|hdnd|hoi dong|so|bo|cuc|tong cuc|chi cuc|phong|ban|trung tam|truong|benh vien|van phong|thanh tra"
    r"|chinh phu|thu tuong"
    r"|toa an|vien|cong an|cong ty|tong cong ty|ngan hang|dai|bao|lien doan|dang uy|huyen uy|quan uy|tinh uy"
    r"|thanh uy|mat tran|hoi|doan|quy"
    r"|kho bac|hoc vien|vu|quoc hoi|chu tich|tap doan|tram|doi|to|dang bo|chi bo)\b"
)
#: Units whose names say nothing without the body they belong to, which is no people's committee or council.
INNER = ("thanh tra", "van phong", "van phong so", "thanh tra so")
GOVERNS = re.compile(r"Ủy ban nhân dân|Hội đồng nhân dân|Chính phủ")
#: First words of a line that goes on with the name above it.
REST = re.compile(
    r"(tinh|thanh pho|tp|quan|huyen|thi xa|phuong|xa|thi tran|dac khu|nhan dan|va|khu vuc|viet nam|nha nuoc)\b"
)
DATE = re.compile(
    r"(?P<place>[^,.;:]{2,40}?)\s?[,.;]\s*ng[^\W\d_]{0,3}(?P<middle>.*?)n\S?m\s*(?P<year>\d{4})", re.IGNORECASE
)
DAY_MONTH = re.compile(r"\s*(?P<day>\S*(?:\s\S)??)\s*th\S{1,2}g\s?(?P<month>\S*)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Code:
    """A document's number and notation, `74` and `KH-UBND`; `code` joins them where both are known."""

    number: Found[str] | None
    notation: Found[str] | None

    @property
    def code(self) -> Found[str] | None:
        if self.number is None or self.notation is None:
            return None
        span = Span(self.number.span.start, self.notation.span.end) if self.number.span and self.notation.span else None
        joint = "-" if "/" in self.notation.value and not self.notation.value[:2].isdigit() else "/"
        score = min(self.number.score, self.notation.score)
        return Found(f"{self.number.value}{joint}{self.notation.value}", span, score)


# --- issuing bodies --------------------------------------------------------------------------------------------------
def issuers(doc: Document, lines: Sequence[TextLine]) -> tuple[Found[str] | None, Found[str] | None]:
    """(parent, issuer) as full canonical names, from the left column's lines above the number."""
    groups = _bodies([ln for ln in lines if is_capital(ln.text)])
    names: list[Found[str]] = []
    for group in groups:
        printed = " ".join(EDGES.sub("", ln.text) for ln in group)
        span = Span(group[0].span.start, group[-1].span.end)
        above = names[-1].value if names else None
        name = canonical(printed, issuer=above)
        if above and fold(printed) in INNER and not GOVERNS.match(above):
            name = f"{printed.capitalize()} {above}"
        names.append(Found(name, span, score_of(doc, span)))
    parent = names[-2] if len(names) > 1 else None
    return parent, names[-1] if names else None


def canonical(printed: str, *, issuer: str | None) -> str:
    """The full name of a body printed in capitals, its abbreviations among them."""
    shout = is_capital(printed)
    return bodies.canonical_name(_respelled(bodies.expand(printed)) if shout else printed, issuer=issuer)


#: Heads of one syllable, by their letters without marks.
SHORT_HEADS = {"so": "SỞ", "bo": "BỘ", "cuc": "CỤC", "vu": "VỤ", "phong": "PHÒNG", "vien": "VIỆN", "truong": "TRƯỜNG"}


@cache
def _spellings() -> dict[str, str]:
    """Known names by their key without marks."""
    return {fold(name): name for name in phrases().values() if " " in name}


def _respelled(printed: str) -> str:
    """A name in capitals whose marks may be misread, with the known names in it as they are spelt; else in capitals.

    `SƠ Y TE` gives `Sở Y tế`.
    """
    words = printed.strip().upper().split()
    out: list[str] = []
    if words and fold(words[0]) in SHORT_HEADS:
        words[0] = SHORT_HEADS[fold(words[0])]
    while words:
        size = next((n for n in range(len(words), 1, -1) if fold(" ".join(words[:n])) in _spellings()), 1)
        run = " ".join(words[:size])
        out.append(_spellings()[fold(run)].upper() if size > 1 else run)
        del words[:size]
    return " ".join(out)


def _bodies(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each body's name."""
    groups: list[list[TextLine]] = []
    for line in lines:
        begins = BODY.match(fold(line.text)) and not REST.match(fold(line.text))
        open_ = groups and (
            groups[-1][-1].text.rstrip().endswith((",", "-", "–")) or fold(groups[-1][-1].text).endswith(" va")
        )
        if not groups or (begins and not open_):
            groups.append([line])
        else:
            groups[-1].append(line)
    return groups


# --- number and notation ---------------------------------------------------------------------------------------------
def is_number_line(text: str) -> bool:
    """Whether the line holds the document's number: `Số: 74/KH-UBND`, its blank filled or not."""
    return bool(_formed(text) or (PARTY.search(text) and len(text.split()) <= 4))


def _formed(text: str) -> re.Match[str] | None:
    """The number and notation of a line that holds them, some of it not read."""
    return NUMBER_LINE.match(text) or NO_SLASH.match(text) or NO_NUMBER.match(text)


def code(doc: Document, lines: Sequence[TextLine]) -> Code:
    """Number and notation from the left column's lines."""
    line = next((ln for ln in lines if is_number_line(ln.text)), None)
    if line is None:
        return Code(None, None)
    words = doc.words[line.span.start : line.span.end]
    party = PARTY.search(line.text)
    if party:
        number, notation = party["number"], f"{party['type']}/{party['body']}"
        return Code(_number(number, words, line), _notation(notation, words, line))
    match = _formed(line.text)
    if match is None:
        return Code(None, None)
    form = NOTATION.match(match["notation"])
    notation = re.sub(r"\s*[-–]\s*", "-", form[0]).strip(" .,-") if form else ""
    inked = not any(p.number == line.page and p.read_from == "text_layer" for p in doc.pages)
    blank = inked and (" /" in line.text or "/" not in line.text)  # in a text layer no pen filled it
    return Code(_number(match["number"], words, line, blank=blank), _notation(notation, words, line))


def _number(printed: str, words: Sequence[Word], line: TextLine, *, blank: bool = False) -> Found[str] | None:
    """The number where its digits are sure: all digits, read with a high score, no pen's gap before the slash."""
    digits = printed.strip(" .:")
    at = next((n for n, w in enumerate(words) if digits and digits in w.text), None)
    if not digits.isdigit() or not int(digits) or at is None:
        return None
    word = words[at]
    if word.box is not None and (word.score < SURE_GLUED or blank):
        return None
    span = Span(line.span.start + at, line.span.start + at + 1)
    return Found(digits, span, word.score * 0.97)


def _notation(notation: str, words: Sequence[Word], line: TextLine) -> Found[str] | None:
    if not notation:
        return None
    at = next((n for n, w in enumerate(words) if "/" in w.text), None)
    if at is None:
        at = next((n for n, w in enumerate(words) if w.text.startswith(notation[:2])), 0)
    span = Span(line.span.start + at, line.span.end)
    return Found(notation, span, min(w.score for w in words[at:]) * 0.5 + 0.45)


# --- place and date --------------------------------------------------------------------------------------------------
def place_and_date(doc: Document, lines: Sequence[TextLine]) -> tuple[Found[str] | None, Found[str] | None]:
    """(place, date of issue as EDTF) from the right column's lines."""
    for line in lines:
        match = DATE.search(line.text)
        if match:
            return _place(doc, line, match), _issued(doc, line, match)
    return None, None


def _words_at(line: TextLine, start: int, end: int) -> Span:
    """The words of `line` that its letters from `start` to `end` touch."""
    first = line.text[:start].count(" ")
    last = line.text[: max(start, end - 1)].count(" ")
    return Span(line.span.start + first, line.span.start + last + 1)


def _place(doc: Document, line: TextLine, match: re.Match[str]) -> Found[str] | None:
    words = match["place"].split()
    while words and not words[0][0].isupper():
        del words[0]
    place = " ".join(words)
    if not place:
        return None
    end = match.end("place")
    span = _words_at(line, end - len(place), end)
    return Found(place, span, score_of(doc, span))


def _issued(doc: Document, line: TextLine, match: re.Match[str]) -> Found[str] | None:
    year = match["year"]
    if not 1945 <= int(year) <= 2100:
        return None
    span = _words_at(line, match.start("middle"), match.end("year"))
    inner = DAY_MONTH.match(match["middle"])
    month = _two_digits(doc, line, match.start("middle"), inner, "month") if inner else None
    day = _two_digits(doc, line, match.start("middle"), inner, "day") if inner and month else None
    value = "-".join(part for part in (year, month, day) if part)
    return Found(value, span, score_of(doc, span) * (0.97 if day and day.isdigit() else 0.8))


def _two_digits(doc: Document, line: TextLine, at: int, match: re.Match[str], part: str) -> str | None:
    """Two digits for a day or month that is sure; in OCR text a digit and `X` for a half-legible day; else None.

    `at` is where the matched text begins in the line.
    """
    text = match[part].strip(".,")
    span = _words_at(line, at + match.start(part), at + match.end(part))
    words = doc.words[span.start : span.end]
    inked = any(w.box for w in words)
    if text.isdigit() and 0 < int(text) <= LAST[part] and len(text) <= 2:
        return f"{int(text):02}" if not inked or min(w.score for w in words) >= SURE else None
    half = part == "day" and len(text) == 2 and text[0] in "0123" and not text[1].isalnum()
    return f"{text[0]}X" if half and not inked else None
