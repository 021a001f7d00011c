"""`sohoa view`: a document as one HTML file, the scan beside what was found in it."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from pipeline.errors import PageError, SourceError
from pipeline.exports.dataset import Dataset
from pipeline.exports.listing import find_document, listed
from pipeline.store import Store
from pipeline.viewer import page_of, pictures
from pipeline.whole import write_atomically

__all__ = ["view_document"]


def view_document(wanted: str, output: Path, target: Path | None) -> None:
    """Write the page of the document that `wanted` names, and print where it is.

    Where its source is gone, its lines stand for the scan. Raises UnreadableSource where `wanted` names no document,
    or several, StoreError where the page cannot be written.
    """
    dataset = Store(output).dataset
    document = find_document(wanted, listed(dataset))
    (rows,) = Dataset(dataset, f"document_id = '{document}'").documents()
    warn = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
    shown: dict[int, str | PageError] = {}
    try:
        shown.update(pictures(Path(str(rows["documents"][0]["source"]))))
    except SourceError as error:
        warn.print(f"sohoa: {error}; its text is shown instead", markup=False)
    target = target or output / "views" / f"{document}.html"
    write_atomically(target, page_of(rows, shown).encode())
    Console(emoji=False, highlight=False, soft_wrap=True).print(str(target), markup=False)
