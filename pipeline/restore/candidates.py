"""The candidates of a unit: words that a channel explains, the unit itself, and what engines read besides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from pipeline.restore.channel import NOISY, Case, Channel
from pipeline.restore.lattice import Slot
from pipeline.restore.ngram import LanguageModel
from pipeline.restore.units import cased, is_caps, unknown
from pipeline.vietnamese import bare, tones_as_modern

__all__ = ["Candidates", "Options", "case_of"]

#: Candidates kept for a unit, and the log10 distance behind the best at which one is dropped.
WIDTH, DEPTH = 14, 5.5
#: log10 chance of a word outside the vocabulary, to begin with and for each letter.
STRANGE, STRANGER = -1.2, -1.0
#: Weight of the channel beside the language model, and of a word's own frequency when candidates are picked.
TRUST, FREQUENCY = 0.75, 0.6


@dataclass(frozen=True, slots=True)
class Options:
    """A slot and what each of its candidates would print; `kept` is the place of the unit as it stands, -1: none."""

    slot: Slot
    prints: tuple[str, ...]
    kept: int


def case_of(text: str) -> Case:
    """The letter case in which a unit's word was printed."""
    shown = cased("aa", text)
    return "upper" if shown.isupper() and len(text) > 1 else "title" if shown[0].isupper() else "lower"


@dataclass
class Candidates:
    """Options by unit, made once for each kind of unit and kept."""

    model: LanguageModel
    channel: Channel
    strict: bool
    known: dict[tuple[str, bool], Options] = field(default_factory=dict)
    places: dict[str, int] = field(init=False)
    entries: np.ndarray[tuple[int], np.dtype[np.int32]] = field(init=False)

    def __post_init__(self) -> None:
        words = self.channel.lexicon.words
        self.places = {word: i for i, word in enumerate(words)}
        self.entries = np.array([self.model.ids[word] for word in words], dtype=np.int32)

    def prepare(self, wanted: Iterable[tuple[str, bool]]) -> None:
        """Make the options of (unit, only its marks may change) that are not known yet, all at once."""
        new = [w for w in dict.fromkeys(wanted) if w not in self.known]
        searched = [w for w in new if len(w[0]) <= NOISY]
        near = [self._near(text) for text, _ in searched]
        scores = self._scores([text for text, _ in searched], near)
        for wish, words, score in zip(searched, near, scores, strict=True):
            self.known[wish] = self._options(*wish, words, score)
        empty = np.zeros(0, dtype=np.int32)
        for wish in new:
            if wish not in self.known:
                self.known[wish] = self._options(*wish, empty, empty.astype(np.float32))

    def _near(self, text: str) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
        found = self.channel.lexicon.near(text.lower())
        own = self.places.get(tones_as_modern(text.lower()))
        return found if own is None or own in found else np.append(found, np.int32(own))

    def _scores(
        self, texts: Sequence[str], near: Sequence[np.ndarray[tuple[int], np.dtype[np.int32]]]
    ) -> list[np.ndarray[tuple[int], np.dtype[np.float32]]]:
        if not texts:
            return []
        sizes = [len(n) for n in near]
        which = np.repeat(np.arange(len(texts), dtype=np.int32), sizes)
        flat = self.channel.score(np.concatenate(near).astype(np.int32), texts, [case_of(t) for t in texts], which)
        return np.split(flat, np.cumsum(sizes)[:-1])

    def _options(
        self,
        text: str,
        marks: bool,
        words: np.ndarray[tuple[int], np.dtype[np.int32]],
        score: np.ndarray[tuple[int], np.dtype[np.float32]],
    ) -> Options:
        lower = tones_as_modern(text.lower())
        ids = self.entries[words] if len(words) else words
        ranked = score + FREQUENCY * self.model.unigrams[ids]
        order = np.argsort(-ranked, kind="stable")[:WIDTH]
        order = order[ranked[order] >= ranked[order[0]] - DEPTH] if len(order) else order
        names = self.channel.lexicon.words
        found = {names[words[i]]: TRUST * float(score[i]) for i in order if self._allowed(text, names[words[i]], marks)}
        own = self.places.get(lower)
        if own is not None and lower not in found:
            hit = np.flatnonzero(words == own)
            found[lower] = TRUST * float(score[hit[0]]) if len(hit) else 0.0
        entries = [self.model.ids[w] for w in found]
        prints = [text if w == lower else cased(w, text) for w in found]
        chances = list(found.values())
        if own is None:
            entries.append(self.model.ids[unknown(text)])
            prints.append(text)
            chances.append(STRANGE + STRANGER * len(text))
        kept = prints.index(text) if text in prints else -1
        slot = Slot(np.array(entries, dtype=np.int32), np.array(chances, dtype=np.float32))
        return Options(slot, tuple(prints), kept)

    def _allowed(self, text: str, word: str, marks: bool) -> bool:
        """Whether a unit may become `word`: capitals that spell an abbreviation may only gain marks."""
        return not marks or (bare(word) == bare(text.lower()) and is_caps(text))
