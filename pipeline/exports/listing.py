"""What a dataset holds, by what people call it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import UnreadableSource
from pipeline.exports.sqlite_file import reading
from pipeline.vietnamese import fold

__all__ = ["Listed", "find_document", "listed", "recorded"]


class Listed(NamedTuple):
    """A document of the dataset by what people call it."""

    document_id: str
    source: str
    code: str | None


def listed(target: Path) -> tuple[Listed, ...]:
    """Every document in `target`; none where there is no dataset yet. Raises StoreError where it is no dataset."""
    return tuple(Listed(*row) for row in _asked(target, "SELECT document_id, source, code FROM documents"))


def recorded(target: Path) -> frozenset[tuple[str, str, str]]:
    """(sha256, config, version) of every document in `target`. Raises StoreError where it is no dataset."""
    return frozenset(_asked(target, "SELECT sha256, config, version FROM documents"))


def _asked(target: Path, question: str) -> list[Any]:
    if not target.exists():
        return []
    with reading(target) as db:
        return db.execute(question).fetchall()


def find_document(wanted: str, known: Sequence[Listed]) -> str:
    """The id of the one document whose id, file or code is `wanted`, or whose id or path so begins or ends.

    Raises UnreadableSource where there is none, or several.
    """
    for fits in (_is, _so_begins, _so_ends):
        found = [d for d in known if fits(d, wanted)]
        if len(found) == 1:
            return found[0].document_id
        if found:
            several = ", ".join(f"{d.document_id} ({d.source})" for d in found[:5])
            raise UnreadableSource(f"{wanted} names {len(found)} documents", remedy=f"name one of {several}")
    remedy = "digitise it first (`sohoa digitise`)" if known else "nothing was digitised there yet (`sohoa digitise`)"
    raise UnreadableSource(f"no digitised document is called {wanted}", remedy=remedy)


def _is(document: Listed, wanted: str) -> bool:
    same_file = Path(document.source).absolute() == Path(wanted).absolute()
    return same_file or document.document_id == wanted or fold(document.code or "") == fold(wanted)


def _so_begins(document: Listed, wanted: str) -> bool:
    return document.document_id.startswith(wanted.lower())


def _so_ends(document: Listed, wanted: str) -> bool:
    path, parts = Path(document.source), Path(wanted).parts
    return path.parts[-len(parts) :] == parts or path.stem == wanted or path.parent.name == wanted
