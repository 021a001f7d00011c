"""The seams: what a part must look like to take part. Each is one method, so that a test's fake is short."""

from __future__ import annotations

from typing import Protocol

from pipeline.records import Decree
from pipeline.sheet import Sheet
from pipeline.types import Document, PageReading

__all__ = ["Engine", "Extractor", "Stage"]


class Engine(Protocol):
    """Reads one page. Raises PageError (or another SohoaError) where it cannot; never returns a guess."""

    def read(self, sheet: Sheet) -> PageReading:
        """The words of `sheet` with boxes in pixels of the page as scanned, in the engine's own order."""
        ...


class Stage(Protocol):
    """Turns a document into a better one: layout, restoration. Pure; idempotent."""

    def __call__(self, doc: Document) -> Document: ...


class Extractor(Protocol):
    """Adds its records to a decree. Pure; runs after the extractors whose records it needs."""

    def __call__(self, decree: Decree) -> Decree: ...
