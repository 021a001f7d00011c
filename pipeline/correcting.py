"""`sohoa correct`: a value put right by a person."""

from __future__ import annotations

import getpass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from pipeline.exports.corrections import Correction, correct
from pipeline.store import Store

__all__ = ["correct_value"]


def correct_value(
    table: str, row: str, column: str, value: str | None, *, note: str | None, who: str | None, output: Path
) -> None:
    """Record a correction, make it, and print what it changed. Raises as `correct` does."""
    made = Correction(table, row, column, value, who or getpass.getuser(), note)
    old = correct(Store(output).dataset, made, datetime.now(UTC))
    shown = (text if text is not None else "nothing" for text in (old, value))
    Console(emoji=False, highlight=False, soft_wrap=True).print(f"{row} {column}: {' -> '.join(shown)}", markup=False)
