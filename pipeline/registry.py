"""Parts by name. A part is one file and one line under `[project.entry-points]` in pyproject.toml."""

from __future__ import annotations

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from typing import Any

from pipeline.errors import ConfigError

__all__ = ["GROUPS", "names", "part"]

#: engine: class of an Engine; stage, extractor: function that returns one; export: function (Decrees, target).
GROUPS = ("sohoa.engines", "sohoa.stages", "sohoa.extractors", "sohoa.exports")


@cache
def _points(group: str) -> dict[str, EntryPoint]:
    return {p.name: p for p in entry_points(group=group)}


def names(group: str) -> tuple[str, ...]:
    """The names of a group's parts, sorted."""
    return tuple(sorted(_points(group)))


def part(group: str, name: str) -> Any:
    """The part `name` of `group`, imported now. Raises ConfigError where there is none."""
    try:
        return _points(group)[name].load()
    except KeyError:
        known = ", ".join(names(group)) or "none"
        raise ConfigError(
            f"no {group.removeprefix('sohoa.').rstrip('s')} called {name!r}", remedy=f"one of {known}"
        ) from None
