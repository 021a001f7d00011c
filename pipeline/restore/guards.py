"""What restoration must never touch: numbers, codes, numerals, labels, abbreviations, foreign words.

A guard looks at one unit in its line and says how free it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from pipeline.restore.units import INNER, LETTERLIKE, Unit, cased, is_caps
from pipeline.vietnamese import is_roman, is_syllable

__all__ = ["Freedom", "freedoms"]

#: `free`: any candidate; `title`: any, with one capital (`BO` among small letters is `Bộ`); `proof`, `title proof`: the
#: same, where the wording leaves no doubt (`một 56 nhiệm vụ`); `marks`: only marks of the same letters (HDND -> HĐND);
#: `frozen`: as it stands.
Freedom = Literal["free", "title", "proof", "title proof", "marks", "frozen"]

#: A list label at the head of a line: `1.`, `a)`, `II.`, `(3)`, `A.MỤC`, also as OCR leaves it (`IL.`, `l.`).
LABEL = re.compile(r"[(\[]?(?:[A-Za-zĐđ]|[IVXLCMHTUl1]{1,6}|\d{1,3}[a-zđ]?|[a-zđ]\d?)[.)\]/:]|[IVXLl1]{1,6}$")
#: Letters and digits together that mean something: A4, 2a, 30m2, H1N1, QH14, 19h30, 5G; not `16p`, `S6`, `1a` (là).
MEASURE = re.compile(
    r"\d+(?:m|m2|m3|km|km2|cm|mm|kg|g|ha|h|h\d\d|ml|MW|KW|kW|kV|tr|G|[A-E])|(?:m|km|cm)[23]|[A-Z]{1,4}\d{1,4}[A-Z]?\d*"
    r"|\d{2,3}[a-dđ]|[2-9][a-dđ]|1[b-dđ]"
)
#: Capitals among small letters: from this length on they are an abbreviation, not a word misread.
SHORT = 4
#: A capital with horn or circumflex reads as a G: `HGP` for HỢP, `SG` for SỞ.
MISREAD_O = re.compile("[A-ZĐ]{1,2}G[A-Z]?")
MISREAD_NUMERAL = re.compile(r"[IVX][IVXLl1]{1,5}")
#: Letters and signs that no Vietnamese word has and no OCR model of Latin letters makes: m², α, Ⅱ.
FOREIGN = re.compile(rf"[^A-Za-z0-9À-ÅÇ-ÖÙ-åç-öù-ỹ'’|{LETTERLIKE}{INNER}]|[²³¹]")
#: A sign among letters, which no OCR model that knows the language puts for one of them: `hội&`, `R&D`.
SIGN = re.compile(rf"[{LETTERLIKE}{INNER}]")
#: Capitals scattered in a word: dirt or a signature, not a word misread.
RAGGED = re.compile(r"[a-zà-ỹ].*[A-ZĐ].*[A-ZĐ]|[A-ZĐ]{2}.*[a-zà-ỹ]")
VOWELS = re.compile(rf"[AEIOUYÀ-ÝĨŨƠƯẠ-Ỹ0-9{LETTERLIKE}{INNER}]")


def freedoms(tokens: Sequence[str], cut: Sequence[Sequence[Unit]], *, lost: bool) -> list[list[Freedom]]:
    """How free each unit of a line is; `cut`: the units of each token, `lost`: the OCR model lacked the letters."""
    caps = [[is_caps(unit.text) for unit in found] for found in cut]
    flat = [c for row in caps for c in row]
    found: list[list[Freedom]] = []
    at = 0
    for number, (token, row) in enumerate(zip(tokens, cut, strict=True)):
        label = number == 0 and LABEL.match(token) is not None
        line: list[Freedom] = []
        for k, unit in enumerate(row):
            beside = any(flat[j] for j in (at - 1, at + 1) if 0 <= j < len(flat))
            line.append("frozen" if label and k == 0 else _freedom(unit, token, beside=beside, lost=lost))
            at += 1
        found.append(line)
    return found


@lru_cache(maxsize=200_000)
def _freedom(unit: Unit, token: str, *, beside: bool, lost: bool) -> Freedom:
    text = unit.text
    if unit.kind == "number" or _is_numeral(text):
        return "proof" if lost and _may_be_letters(unit, token, beside=beside) else "frozen"
    if unit.kind == "code" or FOREIGN.search(text) or _is_codelike(token, lost):
        return "frozen"
    if unit.kind == "mix":
        return _mixed(text, lost=lost)
    return _wording(unit, token, beside=beside, lost=lost)


def _wording(unit: Unit, token: str, *, beside: bool, lost: bool) -> Freedom:
    text = unit.text
    if len(text) == 1:
        return _single(unit, token) if lost else "frozen"
    if is_caps(text):
        return _capitals(text, beside=beside, lost=lost)
    if lost:
        return "title" if not beside and cased("aa", text) == "AA" else "free"
    return "frozen" if RAGGED.search(text) or SIGN.search(text) else "free"


def _mixed(text: str, *, lost: bool) -> Freedom:
    if MEASURE.fullmatch(text) and not (lost and _letter_and_six(text)):
        return "frozen"
    return "free" if lost or _is_syllable_but_for_i(text) else "frozen"


def _capitals(text: str, *, beside: bool, lost: bool) -> Freedom:
    """Capitals among capitals are a heading's words; alone they abbreviate, but short ones may be `Bộ` read as BO."""
    if not VOWELS.search(text) and not (lost and MISREAD_O.fullmatch(text)):
        return "title proof" if lost and len(text) == 2 and not beside else "marks"
    if beside:
        return "free"
    if not lost or len(text) >= SHORT:
        return "marks"
    return "title" if is_syllable(text) or len(text) == 2 else "title proof"


def _may_be_letters(unit: Unit, token: str, *, beside: bool) -> bool:
    """Whether a number no longer than a word's misreading, or a numeral in a heading that is a syllable as well, may
    be a word: nothing but a stop or comma is about it (`56`, `161,` for số, tốt; `DON VI`)."""
    digits = token.rstrip(",.;:")
    if unit.kind == "number":
        return not beside and digits.isdigit() and len(digits) < SHORT
    return beside and token == unit.text and is_syllable(token)


def _is_numeral(text: str) -> bool:
    """A Roman numeral of two letters or more, also misread: `XVIII`, `IL`, `X1`."""
    return len(text) > 1 and (is_roman(text) or MISREAD_NUMERAL.fullmatch(text) is not None)


def _is_codelike(token: str, lost: bool) -> bool:
    """A code with a letter for a digit (`I16/NQ-CP`): no words, though its parts may look like some."""
    return not lost and "/" in token and any(c.isdigit() for c in token) and sum(c.isupper() for c in token) > 1


def _is_syllable_but_for_i(text: str) -> bool:
    """`g1a`, `Gia1`: a syllable in which a one stands for its i."""
    letters = text.replace("1", "i")
    return letters.isalpha() and len(letters) > 2 and letters[1:].islower() and is_syllable(letters)


def _letter_and_six(text: str) -> bool:
    """`S6`, `c6`: what the English model makes of `Số`, `có`; real codes of this shape are rarer in capitals."""
    return len(text) == 2 and text[0].isalpha() and text[1] == "6"


def _single(unit: Unit, token: str) -> Freedom:
    """A letter alone: labels and initials stay; a sign that stands for a letter may be read."""
    if unit.text in LETTERLIKE:
        return "free"
    if unit.text in INNER:
        return "proof"
    closed = token[unit.end : unit.end + 1] in (")", ".", "/") or token[unit.start - 1 : unit.start] == "("
    return "frozen" if closed or len(token) > unit.end - unit.start + 1 else "free"
