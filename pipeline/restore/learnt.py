"""What a document says of itself after a first search: words and pairs that are certain, its office, its places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from pipeline.restore.candidates import Options, lifted
from pipeline.restore.gazetteer import load_gazetteer
from pipeline.restore.lattice import Bonus
from pipeline.restore.ngram import Floats, LanguageModel
from pipeline.restore.persons import load_names, named
from pipeline.restore.pieces import FROZEN, Piece
from pipeline.restore.places import MISREAD_CUES, Heard, gains
from pipeline.restore.units import is_caps
from pipeline.vietnamese import bare

__all__ = ["learnt", "placed"]

#: Levels of the State: a paper of the people's committee of a district says `quận` on every page. Gain (log10) of the
#: level that the letterhead (capitals in the first lines) names, and of the level below it.
LEVELS = {"quận": "phường", "huyện": "xã", "tỉnh": "huyện", "xã": "thôn", "phường": "phố"}
#: log10 chance behind the best up to which a candidate may be a part of a name.
LIKELY = 3.0
#: Share of words with marks among those that lost them, above which letters were misread.
ODD = 0.01
HEAD, ISSUER, BELOW = 12, 2.0, 0.5


def learnt(model: LanguageModel, found: Iterable[tuple[Piece, int, bool]], weight: float) -> Bonus:
    """The gains of what `found` tells: pieces in order, the places of their candidates chosen, and how surely."""
    counts: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    head: set[int] = set()
    before = -1
    total = 0
    for piece, choice, sure in found:
        total += 1
        word = int(piece.options.slot.ids[choice])
        if sure and piece.unit:
            counts[word] += 1
            if piece.line < HEAD and is_caps(piece.unit.text):
                head.add(word)
            if before >= 0:
                pairs[before * len(model.words) + word] += 1
        before = word if sure else -1
    words = _word_gains(model, counts, weight * total)
    for name, below in LEVELS.items():
        if model.ids.get(name, -1) in head:
            words[model.ids[name]] = ISSUER
            words[model.ids[below]] = max(words[model.ids[below]], BELOW)
    keys = np.array(sorted(k for k, c in pairs.items() if c > 1), dtype=np.int64)
    gains = [min(1.2, 0.35 * np.log2(pairs[int(k)])) + words[int(k) % len(words)] for k in keys]
    return Bonus(words, keys, np.array(gains, dtype=np.float32))


def _word_gains(model: LanguageModel, counts: Mapping[int, int], total: float) -> Floats:
    """The gain of a word seen more often in the document than in the language."""
    gains = np.zeros(len(model.words), dtype=np.float32)
    for word, count in counts.items():
        gains[word] = min(0.7, 0.3 * np.log10(1 + count / total / 10 ** float(model.unigrams[word])))
    return gains


def placed(model: LanguageModel, stream: Sequence[Piece], words: Mapping[int, str]) -> dict[int, Piece]:
    """The pieces, by their identity, whose candidates gain as words of a name of a place or person; `stream`: all, in
    the document's order, `words`: what a search found each to print, by their identity."""
    wording: list[Piece] = []
    heard: list[Heard] = []
    apart, misread = True, _is_misread(stream)
    for piece in stream:
        if piece.unit is None or piece.unit.kind in ("number", "code"):
            apart = True
            continue
        text = piece.unit.text
        others = partial(_likely, piece.options) if misread else frozenset
        heard.append(Heard.of(piece.line, text, words[id(piece)] or text, apart=apart, others=others))
        wording.append(piece)
        apart = False
    persons = named(load_names(), heard)
    found = persons | gains(load_gazetteer(), heard, persons=persons)
    new: dict[int, Piece] = {}
    for piece, gain in ((wording[at], gain) for at, gain in found.items()):
        text = piece.unit.text if piece.unit else ""
        if piece.options.prints != FROZEN or text.lower() in MISREAD_CUES:
            new[id(piece)] = piece._replace(options=lifted(_opened(piece.options, text), gain, text, model))
    return new


def _opened(options: Options, text: str) -> Options:
    """The options of the unit `text`, those of a frozen one with what it prints."""
    return replace(options, prints=(text,)) if options.prints == FROZEN else options


def _is_misread(stream: Iterable[Piece]) -> bool:
    """Whether letters were misread, not only marks lost: some have marks that a model without Vietnamese has (`Lé`)."""
    texts = [piece.unit.text for piece in stream if piece.unit and piece.unit.kind == "word"]
    return sum(bare(text) != text for text in texts) > ODD * len(texts)


def _likely(options: Options) -> frozenset[str]:
    """The bare letters of the candidates that the channel does not find far less likely than the best."""
    least = options.slot.chances.max() - LIKELY
    pairs = zip(options.prints, options.slot.chances, strict=True)
    return frozenset(bare(name).lower() for name, chance in pairs if chance >= least)
