"""Whose papers a file holds: the document's own issuer, and those of documents attached to it with heads of their own.

A letter passes on a ministry's decision: what that calls `Giám đốc Sở Y tế` is not the one of the letter's province.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract.anatomy import anatomy
from pipeline.extract.annexes import heads_of_attached
from pipeline.extract.bodies import canonical_name, describe
from pipeline.extract.gazetteer import type_of
from pipeline.extract.head import is_number_line, issuers
from pipeline.extract.lines import TextLine
from pipeline.records import Decree
from pipeline.types import Document

__all__ = ["papers"]

#: What stands beside or under the issuer's name: the national title where two columns were read as one, `DỰ THẢO`.
BESIDE = re.compile(r"(?i)\s*(?:cộng h\S+ xã hội|độc lập|\(?dự thảo).*$")


def papers(decree: Decree) -> dict[str | None, frozenset[int]]:
    """The positions in `decree.sections` of each issuer's papers; annexes without a head belong to what is before them.

    An attached head whose issuer is unknown is a form's, and belongs to the document.
    """
    doc, own = decree.document, _issuer(decree)
    heads = heads_of_attached([ln for ln in anatomy(doc).annexes if ln.zone != "table"])
    found: dict[str | None, set[int]] = {own: set()}
    current = own
    for position, section in enumerate(decree.sections):
        if section.kind == "annex" and section.parent is None and section.page in heads:
            current = _named(doc, heads[section.page]) or own
        found.setdefault(current, set()).add(position)
    return {issuer: frozenset(positions) for issuer, positions in found.items()}


def _named(doc: Document, head: Sequence[TextLine]) -> str | None:
    """The issuer that an attached document's head names, None where it names none that is known."""
    end = next((n for n, ln in enumerate(head) if is_number_line(ln.text)), len(head))
    lines = [replace(ln, text=text) for ln in head[:end] if len(text := BESIDE.sub("", ln.text)) > 1]
    parent, issuer = issuers(doc, lines)
    known = issuer and describe(issuer.value, parent=parent.value if parent else None).kind
    return issuer.value if issuer and known else None


def _issuer(decree: Decree) -> str | None:
    """The issuer's name, completed by the parent issuer or the place of the date line where the header could not."""
    header = decree.header
    if header.issuer is None:
        return None
    if header.parent_issuer:
        return canonical_name(header.issuer.value, issuer=header.parent_issuer.value)
    kind = type_of(header.place.value) if header.place else None
    return canonical_name(header.issuer.value, issuer=f"{kind} {header.place.value}" if kind and header.place else None)
