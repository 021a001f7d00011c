"""What engines say of a word besides the letters they read: how sure they were, and what else it may read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from pipeline.restore.candidates import Options
from pipeline.restore.confidence import Read
from pipeline.restore.lattice import Slot
from pipeline.restore.ngram import LanguageModel
from pipeline.vietnamese import is_syllable, tones_as_modern

__all__ = ["Vote", "Votes", "voted"]

#: log10 odds of an engine's other reading against its first, where it is a well-formed word: equally scored, and for
#: each unit of score behind.
OTHER, BEHIND = -0.3, -2.6


@dataclass(frozen=True, slots=True)
class Vote:
    """`lift`: log10 by which a token is likelier misread than the channel takes a word to be; `others`: its readings
    besides the first, best first, with their log10 odds against it."""

    lift: float
    others: tuple[tuple[str, float], ...] = ()

    @classmethod
    def of(cls, lift: float, read: Read) -> Vote:
        return cls(lift, tuple((text, OTHER + BEHIND * max(0.0, read.score - score)) for text, score in read.others))


#: No Vietnamese word begins with an F: it is a T whose bar and stem touch.
NO_F = ("F", "T")


#: Votes by (line, token).
Votes = Mapping[tuple[int, int], Vote]


def voted(options: Options, vote: Vote, others: Iterable[tuple[str, float]], model: LanguageModel) -> Options:
    """`options` with the vote counted: all candidates but the unit itself lifted, other readings among them."""
    ids, prints = list(options.slot.ids), list(options.prints)
    chances = [float(c) + vote.lift * (i != options.kept) for i, c in enumerate(options.slot.chances)]
    lowered = [p.lower() for p in prints]
    for other, odds in (*others, *_without_f(options.prints[options.kept])):
        if other.lower() in lowered:
            place = lowered.index(other.lower())
            if place != options.kept:
                chances[place] = max(chances[place], odds)
        elif (entry := model.ids.get(tones_as_modern(other.lower()))) is not None and is_syllable(other):
            ids.append(np.int32(entry))
            prints.append(other)
            chances.append(odds)
            lowered.append(other.lower())
    slot = Slot(np.array(ids, dtype=np.int32), np.array(chances, dtype=np.float32))
    return Options(slot, tuple(prints), options.kept)


def _without_f(text: str) -> tuple[tuple[str, float], ...]:
    wrong, right = NO_F
    return ((right + text[1:], OTHER),) if text.startswith(wrong) and text[1:].islower() else ()
