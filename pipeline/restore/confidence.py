"""How likely a word is misread: logistic models over what the engine, the language model and the document say.

Five models, the columns of `confidence.tsv`: `read` and `again` judge a word as an engine read it, before the
language model is asked and after the words around it are known to be right or wrong; `scan`, `lost` and `kept` judge
what restoration leaves: words from engines that score them, OCR text without its marks, other text.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import mul
from pathlib import Path
from typing import Literal

from pipeline.errors import ModelError
from pipeline.restore.units import DIGIT_SHAPES, QUOTES
from pipeline.vietnamese import bare, is_syllable

__all__ = ["COLUMNS", "FEATURES", "Column", "Confidence", "Read", "Surroundings", "features", "lift"]

Column = Literal["read", "again", "scan", "lost", "kept"]
COLUMNS: tuple[Column, ...] = ("read", "again", "scan", "lost", "kept")
#: Bounds of the score's steps: what an engine calls 0.92 need not be right more often than what it calls 0.9.
SCORES = (0.5, 0.7, 0.8, 0.87, 0.91, 0.93, 0.95, 0.965)
#: The odds (log10) over which leads are told apart, in three slopes.
LEADS = ((-1.0, 1.0), (1.0, 3.0), (3.0, 6.0))
EDGES = ".,;:!?()[]{}/-–…" + QUOTES
#: How far behind the first an engine's other reading says nothing any more.
FAR = 0.6
#: Words on either side that tell how well this part of the page was read.
NEAR = 30
#: log10 odds that a word is misread, which the channel's own chances stand for; the most by which they are moved.
USUAL, MOST = -1.9, 2.0

FEATURES = (
    "always", *(f"score>{bound}" for bound in SCORES), "no syllable", "no letters", "digits and letters", "number",
    "capitals", "one letter", "two letters", "long", "other marks about it", "other case", "other accents",
    "other letters", "other syllable", "changes near", "changes in all", "fixed", "changed",
    *(f"lead {low:g}..{high:g}" for low, high in LEADS),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """How an engine read a token: its score in 0..1 and its other readings with theirs, best first."""

    score: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """log10 shares of words that were surely misread, near the word and in the whole document."""

    near: float
    everywhere: float

    @classmethod
    def of(cls, wrong: Sequence[bool]) -> list[Surroundings]:
        """For each word of a document in reading order, itself left out."""
        sums = [0]
        for one in wrong:
            sums.append(sums[-1] + one)
        everywhere = math.log10((sums[-1] + 0.5) / (len(wrong) + 100))
        found = []
        for i, one in enumerate(wrong):
            low, high = max(i - NEAR, 0), min(i + NEAR + 1, len(wrong))
            found.append(cls(math.log10((sums[high] - sums[low] - one + 0.3) / (high - low + 15)), everywhere))
        return found


def features(
    token: str,
    read: Read | None = None,
    around: Surroundings | None = None,
    *,
    lead: float | None = None,
    changed: bool = False,
) -> list[float]:
    """The values of `FEATURES`; `lead`: odds (log10) of the word over the next best one, None where it has no rival."""
    slopes = [0.0 if lead is None else min(max(lead, low), high) - low for low, high in LEADS]
    near = (around.near, around.everywhere) if around else (0.0, 0.0)
    return [*_of_reading(token, read), *near, float(lead is None), float(changed), *slopes]


@lru_cache(maxsize=20_000)
def _of_reading(token: str, read: Read | None) -> tuple[float, ...]:
    """The features that need no other word; asked for three times a word."""
    core = token.strip(EDGES)
    letters = core.isalpha()
    steps = [0.0] * len(SCORES)
    if read and (step := bisect_right(SCORES, read.score)):
        steps[step - 1] = 1.0
    shape = (
        letters and not is_syllable(core) and not core.isupper(),
        not any(c.isalnum() for c in core),
        not letters and any(c.isalpha() for c in core) and any(c.isdigit() for c in core),
        core.isdigit(),
        letters and core.isupper(),
        len(core) == 1,
        letters and len(core) == 2,
        len(core) > 4,
    )
    return (1.0, *steps, *map(float, shape), *_differs(core, read))


def _differs(core: str, read: Read | None) -> list[float]:
    """How near (0..1) comes the best other reading that differs in the marks about the word, in case, accents,
    letters; and the best that is a syllable with other accents or letters."""
    found = [0.0] * 5
    for other, score in read.others if read else ():
        near = max(0.0, 1 - max(0.0, read.score - score) / FAR) if read else 0.0
        text = other.strip(EDGES)
        if core[:1].isdigit() and text.translate(DIGIT_SHAPES) == core:
            continue  # `1I` beside 11 says nothing else
        kind = 0 if text == core else 1 if text.lower() == core.lower() else 2 if _bared(text) == _bared(core) else 3
        found[kind] = max(found[kind], near)
        if kind > 1 and is_syllable(text):
            found[4] = max(found[4], near)
    return found


def _bared(text: str) -> str:
    return bare(text).lower()


def lift(wrong: float) -> float:
    """By how much (log10) the candidates for a word are likelier than the channel takes them to be."""
    wrong = min(max(wrong, 1e-4), 1 - 1e-4)
    return min(max(math.log10(wrong / (1 - wrong)) - USUAL, -MOST), MOST)


@dataclass(frozen=True, slots=True)
class Confidence:
    """The weights of `FEATURES` in each model; what they add up to is the log odds (natural) of a misread word."""

    weights: Mapping[Column, Sequence[float]]

    def wrong(self, column: Column, values: Iterable[float]) -> float:
        """The chance in 0..1 that a word with these features is misread."""
        total = sum(map(mul, self.weights[column], values))
        return 1 / (1 + math.exp(-max(min(total, 30), -30)))

    @classmethod
    def load(cls, path: Path) -> Confidence:
        """Read the table of weights. Raises ModelError where it is missing or of other features."""
        try:
            head, *rows = [line.split("\t") for line in path.read_text("utf8").splitlines()]
            if [row[0] for row in rows] != list(FEATURES) or head[1:] != list(COLUMNS):
                raise ValueError("other features")
            return cls({name: [float(row[k]) for row in rows] for k, name in enumerate(COLUMNS, start=1)})
        except (OSError, ValueError, IndexError) as error:
            raise ModelError(f"{path} cannot be read ({error})", remedy="run `make models`") from None

    def save(self, path: Path) -> None:
        """Write the table that `Confidence.load` reads."""
        rows = [("feature", *COLUMNS)]
        for k, name in enumerate(FEATURES):
            rows.append((name, *(f"{self.weights[column][k]:.3f}" for column in COLUMNS)))
        path.write_text("".join("\t".join(row) + "\n" for row in rows), "utf8")
