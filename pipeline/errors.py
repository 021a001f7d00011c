"""What can go wrong, as one tree::

SohoaError                 anything this package raises on purpose: one line for the user
├── SourceError            a source that cannot be digitised, with its remedy
│   ├── UnreadableSource   missing, empty, no permission, damaged
│   ├── LockedSource       a PDF that asks for a password
│   └── UnknownFormat      neither PDF, image nor text
├── PageError              one page that could not be read; the rest of the document goes on
├── MissingProgram         tesseract, poppler or a language pack is not installed
├── ModelError             a file of models/ is missing or damaged
├── ConfigError            an option or a part's name that does not exist
└── StoreError             results cannot be written: disk full, read-only, locked
"""

from __future__ import annotations

__all__ = [
    "ConfigError",
    "LockedSource",
    "MissingProgram",
    "ModelError",
    "PageError",
    "SohoaError",
    "SourceError",
    "StoreError",
    "UnknownFormat",
    "UnreadableSource",
]


class SohoaError(Exception):
    """The root: its message is one line that names the file and the remedy."""

    def __init__(self, problem: str, *, remedy: str = "") -> None:
        super().__init__(f"{problem}: {remedy}" if remedy else problem)
        self.problem = problem
        self.remedy = remedy

    def __reduce__(self) -> tuple[object, ...]:  # keyword-only arguments do not survive the default pickling
        return _rebuilt, (type(self), self.problem, self.remedy)


def _rebuilt(kind: type[SohoaError], problem: str, remedy: str) -> SohoaError:
    return kind(problem, remedy=remedy)


class SourceError(SohoaError):
    """A source that cannot be digitised."""


class UnreadableSource(SourceError):
    """A source that is missing, empty, without permission or damaged."""


class LockedSource(SourceError):
    """A PDF that asks for a password."""


class UnknownFormat(SourceError):
    """A file that is neither PDF, image nor text."""


class PageError(SohoaError):
    """One page that could not be read."""


class MissingProgram(SohoaError):
    """A program or language pack that is not installed."""


class ModelError(SohoaError):
    """A file of models/ that is missing or damaged."""


class ConfigError(SohoaError):
    """An option or a part's name that does not exist."""


class StoreError(SohoaError):
    """Results that cannot be written."""
