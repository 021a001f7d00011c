"""Where the files of models/ are: beside the package in a checkout, inside it in an installed wheel."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import ModelError

__all__ = ["model_path"]

HERE = Path(__file__).parent


def model_path(name: str) -> Path:
    """The path of `models/<name>`, for example `gazetteers/bodies.tsv`. Raises ModelError where it is missing."""
    for root in (HERE / "models", HERE.parent / "models"):
        if (root / name).exists():
            return root / name
    raise ModelError(f"model file {name} is missing", remedy="reinstall sohoa, or run `make models` in a checkout")
