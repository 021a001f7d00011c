"""Readings kept in a file and given back: tests without Tesseract, and a way to share a page without its pixels."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from pipeline.errors import ConfigError, PageError
from pipeline.sheet import Sheet
from pipeline.types import PageReading

__all__ = ["RecordedEngine", "load_readings", "record"]


class RecordedEngine:
    """Gives back what was recorded in `path` (JSON, gzipped) for the sheet's page number."""

    name = "recorded"

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self, sheet: Sheet) -> PageReading:
        """The recorded reading. Raises PageError where the page was not recorded."""
        try:
            return load_readings(self.path)[sheet.number]
        except KeyError:
            raise PageError(f"{sheet} was not recorded in {self.path.name}", remedy="record it anew") from None


def record(readings: Sequence[PageReading], path: Path) -> None:
    """Write `readings` to `path`; the same readings give the same bytes."""
    from pydantic import TypeAdapter

    data = TypeAdapter(tuple[PageReading, ...]).dump_json(tuple(readings))
    path.write_bytes(gzip.compress(data, mtime=0))


@cache
def load_readings(path: Path) -> Mapping[int, PageReading]:
    """The readings in `path` by page number. Raises ConfigError where the file is missing or damaged."""
    from pydantic import TypeAdapter, ValidationError

    try:
        data = gzip.decompress(path.read_bytes())
        readings = TypeAdapter(tuple[PageReading, ...]).validate_json(data)
    except (OSError, EOFError, ValidationError) as error:
        raise ConfigError(f"{path} holds no recorded readings ({type(error).__name__})") from None
    return {reading.page.number: reading for reading in readings}
