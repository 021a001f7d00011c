"""The header and foot of a document: what it is, who issued it, when, about what, who signed.

The elements are those of Nghị định 30/2020/NĐ-CP, Điều 8, and, for papers before 2020, of Thông tư 01/2011/TT-BNV.
Contradictions between them (a notation of decisions under the title `KẾ HOẠCH`) lower the score of both.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.anatomy import Anatomy, anatomy
from pipeline.extract.degrees import degree_of, degrees
from pipeline.extract.doctypes import DocumentType, by_code, by_name, type_of_notation
from pipeline.extract.head import Code, code, is_number_line, issuers, place_and_date
from pipeline.extract.lines import TextLine, joined, score_of
from pipeline.extract.shape import is_capital
from pipeline.extract.signature import signature
from pipeline.extract.signed import proven
from pipeline.records import Decree, Header
from pipeline.types import Document, Found, Span
from pipeline.vietnamese import fold

__all__ = ["extract_header"]

ABOUT = re.compile(r"(v\s?/\s?v|ve viec)\b")

#: Our own key of the official letter: Nghị định 30/2020/NĐ-CP, Phụ lục III gives that type no code.
LETTER = "CV"


def extract_header(decree: Decree) -> Decree:
    """`decree` with its header. What is not printed, or cannot be read, stays None."""
    doc = decree.document
    parts = anatomy(doc)
    above, under = _split(parts.head_left)
    number = code(doc, parts.head_left)
    titled = _titled(parts.title[0].text) if parts.title else None
    if titled and number.notation:
        number = replace(number, notation=_like_type(number.notation, titled))
    parent, issuer = issuers(doc, above)
    place, issued = place_and_date(doc, (*parts.head_right, *parts.head_left))
    type_, subject = _type_and_subject(doc, parts, under, number)
    signed = signature(doc, parts.foot_right)
    header = Header(
        type_code=replace(type_, value=type_.value.code) if type_ and type_.value.code != LETTER else None,  # type: ignore[arg-type]
        type_name=replace(type_, value=type_.value.name) if type_ else None,  # type: ignore[arg-type]
        number=number.number, notation=number.notation, code=number.code, issuer=issuer, parent_issuer=parent,
        place=place, issued=issued, subject=subject, signing_authority=signed.authority,
        signer_position=signed.position, signer_name=signed.name, secrecy=_degree(doc, "secrecy"),
        urgency=_degree(doc, "urgency"),
    )  # fmt: skip
    return proven(replace(decree, header=header))


def _split(lines: Sequence[TextLine]) -> tuple[Sequence[TextLine], Sequence[TextLine]]:
    """The left column's lines above and under the number."""
    at = next((n for n, ln in enumerate(lines) if is_number_line(ln.text)), len(lines))
    return lines[:at], lines[at + 1 :]


def _type_and_subject(
    doc: Document, parts: Anatomy, under: Sequence[TextLine], number: Code
) -> tuple[Found[DocumentType] | None, Found[str] | None]:
    """The type by title, else by notation; the subject under it, else under the number of an official letter."""
    noted = type_of_notation(number.notation.value) if number.notation else None
    titled = _titled(parts.title[0].text) if parts.title else None
    if titled and parts.title:
        found = Found(titled, parts.title[0].span, _agreed(doc, parts.title[0].span, titled, noted))
        return found, _text(doc, _after_issuer(parts.title[1:]))
    if noted and number.notation and noted.code != LETTER:
        return Found(noted, number.notation.span, 0.6 * number.notation.score), _text(doc, parts.title)
    about = next((n for n, ln in enumerate(under) if ABOUT.match(fold(ln.text))), None)
    letter = by_code(LETTER) if about is not None or parts.addressees else None
    subject = _text(doc, under[about:]) if about is not None else _text(doc, parts.title)
    span = number.notation.span if number.notation else None
    return (Found(letter, span, 0.85) if letter and span else None), subject


def _after_issuer(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The subject's lines without whose paper it is, which old ones put before them: `CỦA ỦY BAN NHÂN DÂN TỈNH`."""
    about = next((n for n, ln in enumerate(lines) if ABOUT.match(fold(ln.text))), 0)
    issued_by = about and fold(lines[0].text).startswith("cua ") and all(is_capital(ln.text) for ln in lines[:about])
    return lines[about:] if issued_by else lines


def _titled(text: str) -> DocumentType | None:
    """The type that a title's first line names, alone or behind what a stamp left on the line."""
    words = text.split()
    ends = (" ".join(words[-n:]) for n in range(min(4, len(words)), 0, -1))
    return by_name(text) or next((t for end in ends if is_capital(end) and (t := by_name(end, limit=86))), None)


def _like_type(notation: Found[str], type_: DocumentType) -> Found[str]:
    """The notation with the letters of the title's type where one of them was misread: `QĐÐ-UBND`."""
    from rapidfuzz.distance import Levenshtein

    first, dash, rest = notation.value.replace("Ð", "Đ").partition("-")
    near = Levenshtein.distance(first, type_.code) == 1 and not by_code(first) and rest != type_.code  # `23/NT-TT`
    return replace(notation, value=f"{type_.code}{dash}{rest}", score=0.8 * notation.score) if near else notation


def _agreed(doc: Document, span: Span, titled: DocumentType, noted: DocumentType | None) -> float:
    """How sure the type is: a notation that names another type contradicts the title."""
    score = score_of(doc, span)
    return score * (0.98 if noted == titled else 0.9 if noted is None else 0.4)


def _degree(doc: Document, kind: str) -> Found[str] | None:
    return next((Found(d.name, d.span, d.score) for d in degrees(doc) if d.kind == kind), None)


def _text(doc: Document, lines: Sequence[TextLine]) -> Found[str] | None:
    lines = [ln for ln in lines if not degree_of(ln.text)]
    if not lines:
        return None
    span = Span(lines[0].span.start, lines[-1].span.end)
    return Found(joined(doc, span).rstrip(" ./"), span, score_of(doc, span))
