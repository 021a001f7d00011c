"""The files of models/restore as one value, loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.resources import model_path
from pipeline.restore.candidates import Candidates
from pipeline.restore.channel import Channel
from pipeline.restore.ngram import LanguageModel

__all__ = ["Model", "load_model"]


@dataclass(frozen=True, slots=True)
class Model:
    """The candidates under both channels: `lost`, read by a model without Vietnamese letters; `kept`, with them."""

    lost: Candidates
    kept: Candidates

    @classmethod
    def load(cls, folder: Path) -> Model:
        """Read the files of `folder`. Raises ModelError where one is missing or damaged."""
        language = LanguageModel.load(folder)
        lost, kept = (Channel.load(folder / f"{name}.npz") for name in ("lost", "kept"))
        return cls(Candidates(language, lost, strict=False), Candidates(language, kept, strict=True))


@cache
def load_model() -> Model:
    """The model that travels with sohoa."""
    return Model.load(model_path("restore"))
