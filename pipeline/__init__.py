"""Scanned Vietnamese administrative documents as data you can query and trust.

    from pipeline import digitise

    decree = digitise("samples/plan-74/scan.pdf")
    for task in decree.tasks:
        print(decree.sections[task.section].path, [a.body for a in task.assignments])

A `Decree` holds the `Document` it was read from; every value found in it is a `Found` whose span says which words,
and so which pixels, it came from. `Config` says what a digitising is made of, `build` makes a function of it,
`decree_rows` the rows of the dataset. Anything raised on purpose is a `SohoaError`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.errors import SohoaError
    from pipeline.flow import Config, build, digitise
    from pipeline.geometry import Box
    from pipeline.records import Decree
    from pipeline.sheet import open_source
    from pipeline.store import Store
    from pipeline.tables import decree_rows, frames
    from pipeline.types import Document, Found, Page, Span, Word

__all__ = [
    "Box",
    "Config",
    "Decree",
    "Document",
    "Found",
    "Page",
    "SohoaError",
    "Span",
    "Store",
    "Word",
    "build",
    "decree_rows",
    "digitise",
    "frames",
    "open_source",
]

HOMES = {
    "pipeline.errors": ("SohoaError",),
    "pipeline.flow": ("Config", "build", "digitise"),
    "pipeline.geometry": ("Box",),
    "pipeline.records": ("Decree",),
    "pipeline.sheet": ("open_source",),
    "pipeline.store": ("Store",),
    "pipeline.tables": ("decree_rows", "frames"),
    "pipeline.types": ("Document", "Found", "Page", "Span", "Word"),
}


def __getattr__(name: str) -> Any:
    """Public names are imported when they are first used (PEP 562), so that `sohoa --help` answers at once."""
    for home, names in HOMES.items():
        if name in names:
            return getattr(import_module(home), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
