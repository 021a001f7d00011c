"""One document measured against its gold, and many pooled.

Gold is a folder with `gold.txt`, what is printed, and `gold.json`, what it says; the source beside them is `scan.pdf`
or `source.txt`. `aligned.txt`, where there is one, is the text in the order of the source's lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Any

from pipeline.errors import UnreadableSource
from pipeline.evaluate.counts import FoundCounts, Measure
from pipeline.evaluate.duties import tasks
from pipeline.evaluate.facts import citations, dates, evidence, header, outline, recipients, stamps, tables
from pipeline.evaluate.text import TextCounts, count_text
from pipeline.schema import Rows
from pipeline.vietnamese import nfc

__all__ = ["Gold", "Score", "load_gold", "pooled", "score_rows", "score_text"]

MEASURES = (header, outline, tasks, dates, citations, recipients, stamps, tables, evidence)
SOURCES = ("scan.pdf", "source.txt")


@dataclass(frozen=True, slots=True)
class Gold:
    """What a document truly says. `sha256` is that of its source, `aligned` its text in the source's line order."""

    name: str
    sha256: str
    text: str
    aligned: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """What was measured on one document or on a pool: its text, and its facts by name of the measure."""

    text: TextCounts
    measures: tuple[Measure, ...] = ()

    def __add__(self, other: Score) -> Score:
        return Score(self.text + other.text, (*self.measures, *other.measures))

    @property
    def counts(self) -> dict[str, FoundCounts]:
        """The counts of each measure, summed, by name; names with a dot are parts of others."""
        found: dict[str, FoundCounts] = {}
        for measure in self.measures:
            found[measure.name] = found.get(measure.name, FoundCounts()) + measure.counts
        return dict(sorted(found.items()))

    @property
    def misses(self) -> dict[str, list[str]]:
        """What was missed (`- `) and said in vain (`+ `), by name of the measure."""
        found: dict[str, list[str]] = {}
        for measure in self.measures:
            if measure.misses:
                found.setdefault(measure.name, []).extend(measure.misses)
        return dict(sorted(found.items()))


def load_gold(folder: Path) -> Gold:
    """Read a gold folder. Raises UnreadableSource where a file is missing or is not what it should be."""
    try:
        source = next((folder / name for name in SOURCES if (folder / name).exists()), None)
        if source is None:
            raise UnreadableSource(f"{folder} holds neither scan.pdf nor source.txt", remedy="name a gold folder")
        text = nfc((folder / "gold.txt").read_text("utf8"))
        aligned = folder / "aligned.txt"
        return Gold(
            name=folder.name,
            sha256=sha256(source.read_bytes()).hexdigest(),
            text=text,
            aligned=nfc(aligned.read_text("utf8")) if aligned.exists() else text,
            facts=json.loads((folder / "gold.json").read_text("utf8")),
        )
    except OSError as error:
        name = error.filename or folder
        raise UnreadableSource(f"{name} cannot be read ({error.strerror})", remedy="name a gold folder") from None
    except ValueError as error:
        raise UnreadableSource(f"the gold in {folder} is damaged ({error})", remedy="mend it or leave it out") from None


def score_text(gold: Gold, text: str) -> Score:
    """The text alone, of any program's output."""
    return Score(count_text(gold.aligned, nfc(text)))


def score_rows(gold: Gold, said: Rows) -> Score:
    """Everything that the dataset says of the document. Raises UnreadableSource where the gold lacks something."""
    lines = "\n".join(str(row["text"] or "") for row in sorted(said["lines"], key=lambda r: (r["page"], r["line"])))
    try:
        measures = tuple(chain.from_iterable(measure(gold.facts, said) for measure in MEASURES))
    except KeyError as error:
        raise UnreadableSource(f"gold.json of {gold.name} lacks {error}", remedy="add it, null where unknown") from None
    return Score(count_text(gold.text, lines), measures)


def pooled(scores: Iterable[Score]) -> Score:
    """The score of many documents as of one: counts are added, ratios taken last."""
    return reduce(Score.__add__, scores, Score(TextCounts()))
