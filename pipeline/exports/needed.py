"""Libraries that only some exports want."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from pipeline.errors import MissingProgram

__all__ = ["needed"]


def needed(module: str) -> Any:
    """The module, imported now. Raises MissingProgram where its library is not installed."""
    try:
        return import_module(module)
    except ModuleNotFoundError:
        library = module.partition(".")[0]
        raise MissingProgram(f"this export wants {library}", remedy="pip install 'sohoa[exports]'") from None
