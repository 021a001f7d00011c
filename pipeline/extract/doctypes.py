"""Types of documents and the letters that stand for them in a code: `KH` is `Kế hoạch`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pipeline.resources import model_path
from pipeline.vietnamese import fold

__all__ = ["DocumentType", "by_code", "by_name", "document_types", "type_of_notation"]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document: its name, its code, other letters in use for it, and the text that defines it."""

    name: str
    code: str
    others: tuple[str, ...]
    source: str


@cache
def document_types() -> tuple[DocumentType, ...]:
    """All types of models/gazetteers/document_types.tsv. Raises ModelError where the file is missing."""
    rows = model_path("gazetteers/document_types.tsv").read_text("utf8").splitlines()
    cells = (row.split("\t") for row in rows if row and not row.startswith("#"))
    next(cells)
    return tuple(
        DocumentType(name, codes.split()[0], tuple(codes.split()[1:]), source) for name, codes, source in cells
    )


@cache
def _by_code() -> dict[str, DocumentType]:
    found: dict[str, DocumentType] = {}
    for type_ in document_types():
        for code in (type_.code, *type_.others):
            found.setdefault(code, type_)
    return found


def by_code(code: str) -> DocumentType | None:
    """The type that `code` stands for, as written or in capitals, None where it is no type."""
    return _by_code().get(code) or _by_code().get(code.upper())


def by_name(name: str, *, limit: float = 84) -> DocumentType | None:
    """The type of this name, in any case, some letters misread; `limit` is the least similarity in percent."""
    from rapidfuzz import fuzz

    key = fold(name).strip(" .:")
    scored = ((fuzz.ratio(key, fold(t.name)), t) for t in document_types())
    score, best = max(scored, key=lambda pair: pair[0])
    return best if score >= limit else None


def type_of_notation(notation: str) -> DocumentType | None:
    """The type that a notation begins with, behind its year if it has one: `KH-UBND`, `2010/TT-BYT`, `CT/TW`."""
    parts = [p.strip() for p in re.split(r"[/-]", notation)]
    return by_code(next((p for p in parts if not p.isdigit()), ""))
