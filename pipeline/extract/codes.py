"""Codes of cited documents whose letters were misread, repaired where the document itself proves the right ones.

Digits are never touched. Proofs: the type's own letters (`QD-UBND` of a Quyết định), an abbreviation known but for
its marks (`HDND`), the initials of the issuer named beside it, and the same number written whole elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from pipeline.extract.doctypes import by_code, document_types
from pipeline.extract.gazetteer import abbreviations
from pipeline.vietnamese import bare

__all__ = ["by_initials", "by_siblings", "by_type"]

#: A stroke read twice or for a letter: the National Assembly's terms with two digits are the tenth and on.
ASSEMBLY = re.compile(r"QH[Il|!](?:1)?([0-6])$")
#: Initials shorter than this prove nothing.
SHORTEST = 4
#: How many times as often the right form of a code stands in a document as a misreading of it.
OFTEN = 4


@cache
def _known() -> dict[str, str]:
    """Letters without marks -> how they are written: `HDND` -> `HĐND`, where there is but one way."""
    forms = {a for a in abbreviations() if re.fullmatch(r"[A-ZĐ]{3,}", a)}
    counts = Counter(bare(form) for form in forms)
    return {bare(form): form for form in forms if counts[bare(form)] == 1}


def by_type(code: str, type_name: str | None) -> str:
    """The code with the marks of its type's letters and of known abbreviations.

    >>> by_type("15/QD-HDND", "Quyết định")
    '15/QĐ-HĐND'
    """
    code = ASSEMBLY.sub(r"QH1\1", code.replace("Ð", "Đ"))  # eth, which looks the same
    letters = next((t.code for t in document_types() if t.name == type_name), None)
    parts = re.split(r"([/-])", code)
    first = next((n for n, part in enumerate(parts) if part[:1].isalpha()), -1)
    for n, part in enumerate(parts):
        if letters and n == first < len(parts) - 1 and _is_type(part, letters):
            parts[n] = letters
        elif bare(part) in _known():
            parts[n] = _known()[bare(part)]
    return "".join(parts)


def _is_type(part: str, letters: str) -> bool:
    """Whether a code's first letters are its type's, without marks or with one letter misread (`TT1`)."""
    same = bare(part).upper() == bare(letters).upper()
    more = len(part) > len(letters) and part[-1].isalpha() and bare(part[-1]) != bare(letters[-1])  # `CĐE` is printed
    return same or (letters != "CV" and not more and by_code(part) is None and _near(bare(part), bare(letters)))


def by_initials(code: str, issuer: str | None) -> str:
    """The code whose last part is the initials of its issuer but for one letter, with these.

    >>> by_initials("02/KH-HDTPKT", "Hội đồng Thi đua-Khen thưởng Thành phố Hà Nội")
    '02/KH-HĐTĐKT'
    """
    last = re.search(r"[A-ZĐƯ]+$", code)
    if not last or not issuer or len(last[0]) < SHORTEST:
        return code
    firsts = (w[0].upper() for w in re.findall(r"[^\W\d_]+", issuer))
    letters = "".join(c if c == "Đ" else bare(c) for c in firsts)[: len(last[0])]
    return code[: last.start()] + letters if _near(bare(last[0]), bare(letters)) else code


def by_siblings(codes: Sequence[str]) -> tuple[str, ...]:
    """The codes, each that lost or changed one letter of a commoner one with the same digits replaced by that."""
    counts = Counter(codes)
    kin: dict[tuple[str, ...], list[str]] = {}
    for code in counts:
        kin.setdefault(_digits(code), []).append(code)
    return tuple(_sibling(code, kin[_digits(code)], counts) for code in codes)


def _digits(code: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", code))


def _sibling(code: str, kin: Sequence[str], counts: Counter[str]) -> str:
    """The commoner code among its `kin`, those with the same digits, that this is a misreading of; else this."""
    same = (c for c in kin if c.count("-") >= code.count("-"))
    better = [c for c in same if counts[c] > counts[code] and (_near(code, c) or _is_same(code, c, counts))]
    return max(better, key=lambda c: counts[c]) if better else code


def _is_same(code: str, common: str, counts: Counter[str]) -> bool:
    """Whether a code is one that is often cited with two letters misread: all other letters in their places."""
    differ = sum(a != b for a, b in zip(code, common, strict=False))
    return len(code) == len(common) and differ <= 2 and counts[common] >= OFTEN * counts[code]


def _near(a: str, b: str) -> bool:
    """Whether one letter is changed, lost or added."""
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.distance(a, b, score_cutoff=1) <= 1
