"""Uncertain days: the part of EDTF (ISO 8601-2) that the dataset uses, `2021-03-1X`, `2021-03`, `2021`, `202X`."""

from __future__ import annotations

import re
from calendar import monthrange
from functools import lru_cache
from itertools import product

__all__ = ["bounds"]

PATTERN = re.compile(r"([\dX]{4})(?:-([\dX]{2}))?(?:-([\dX]{2}))?[?~%]?")


@lru_cache(maxsize=4096)
def bounds(edtf: str | None) -> tuple[str | None, str | None]:
    """(first, last) day that `edtf` can stand for, ISO 8601; (None, None) where it stands for none.

    `2021-03-1X` gives 2021-03-10 and 2021-03-19, `2021-02` the first and the last of February.
    """
    match = PATTERN.fullmatch(edtf or "")
    if not match:
        return None, None
    year, month, day = (match[1], match[2] or "XX", match[3] or "XX")
    days = [
        f"{y}-{m}-{d}"
        for y in _ends(year)
        for m in _fitting(month, 12)
        for d in _fitting(day, monthrange(max(int(y), 1), int(m))[1])
    ]
    return (min(days), max(days)) if days else (None, None)


def _ends(year: str) -> set[str]:
    """The first and the last year of the form; years between bound nothing."""
    return {year.replace("X", "0"), year.replace("X", "9")}


def _fitting(form: str, last: int) -> list[str]:
    """Two-digit numbers from 01 to `last` of the form, X standing for any digit."""
    digits = ("0123456789" if c == "X" else c for c in form)
    return [n for n in map("".join, product(*digits)) if 1 <= int(n) <= last]
