"""The files of models/restore as one value, loaded once a process."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pipeline.resources import model_path
from pipeline.restore.advice import Adviser
from pipeline.restore.candidates import Candidates
from pipeline.restore.channel import Channel
from pipeline.restore.codes import load_abbreviations
from pipeline.restore.confidence import Confidence
from pipeline.restore.ngram import LanguageModel

__all__ = ["Model", "load_model"]


@dataclass(frozen=True, slots=True)
class Model:
    """The candidates under both channels: `lost`, read by a model without Vietnamese letters; `kept`, with them.

    `abbreviations` have the marks without which they never stand in a code, by their bare letters; `confidence`
    tells how likely a word is misread, `adviser` which of the words with the same bare letters is meant."""

    lost: Candidates
    kept: Candidates
    abbreviations: dict[str, str]
    confidence: Confidence
    adviser: Adviser

    @classmethod
    def load(cls, folder: Path) -> Model:
        """Read the files of `folder`. Raises ModelError where one is missing or damaged."""
        language = LanguageModel.load(folder)
        lost, kept = (Channel.load(folder / f"{name}.npz") for name in ("lost", "kept"))
        abbreviations = load_abbreviations(folder / "abbreviations.txt")
        confidence = Confidence.load(folder / "confidence.tsv")
        adviser = Adviser.load(folder, language)
        free, native = Candidates(language, lost), Candidates(language, kept, native=True)
        return cls(free, native, abbreviations, confidence, adviser)


@cache
def load_model() -> Model:
    """The model that travels with sohoa."""
    return Model.load(model_path("restore"))
