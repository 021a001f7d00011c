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
#: log10 odds of a word that is none of the other readings of an engine that is sure, and the score from which it is
#: more and more so: the right word is most often among them, and where the paper has a misprint it never is.
ABSENT, DOUBTFUL = -2.5, 0.6
#: No Vietnamese word begins with an F: it is a T whose bar and stem touch.
NO_F = ("F", "T")


@dataclass(frozen=True, slots=True)
class Vote:
    """`lift`: log10 by which a token is likelier misread than the channel takes a word to be; `others`: its readings
    besides the first, best first, with their log10 odds against it; `absent`: log10 odds of a word not among them."""

    lift: float
    others: tuple[tuple[str, float], ...] = ()
    absent: float = 0.0

    @classmethod
    def of(cls, lift: float, read: Read) -> Vote:
        others = tuple((text, OTHER + BEHIND * max(0.0, read.score - score)) for text, score in read.others)
        sure = max(0.0, read.score - DOUBTFUL) / (1 - DOUBTFUL)
        return cls(lift, others, ABSENT * sure if others else 0.0)


#: Votes by (line, token).
Votes = Mapping[tuple[int, int], Vote]


def voted(options: Options, vote: Vote, others: Iterable[tuple[str, float]], model: LanguageModel) -> Options:
    """`options` with the vote counted: all candidates but the unit itself lifted, other readings among them."""
    ids, prints, kept = list(options.slot.ids), list(options.prints), options.kept
    known = [(text.lower(), text, odds) for text, odds in (*others, *_without_f(prints[kept]))]
    named = {lower for lower, _, _ in known}
    lowered = [p.lower() for p in prints]
    doubts = [0.0 if p in named else vote.absent for p in lowered]
    chances = [float(c) + (vote.lift + doubts[i]) * (i != kept) for i, c in enumerate(options.slot.chances)]
    for lower, text, odds in known:
        if lower in lowered:
            place = lowered.index(lower)
            if place != kept:
                chances[place] = max(chances[place], odds)
        elif (entry := model.ids.get(tones_as_modern(lower))) is not None and is_syllable(text):
            ids.append(np.int32(entry))
            prints.append(text)
            chances.append(odds)
            lowered.append(lower)
    slot = Slot(np.array(ids, dtype=np.int32), np.array(chances, dtype=np.float32))
    return Options(slot, tuple(prints), kept)


def _without_f(text: str) -> tuple[tuple[str, float], ...]:
    wrong, right = NO_F
    return ((right + text[1:], OTHER),) if text.startswith(wrong) and text[1:].islower() else ()
