"""The candidates of a unit: words that a channel explains, the unit itself, and what engines read besides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

import numpy as np

from pipeline.restore.channel import NOISY, Case, Channel
from pipeline.restore.guards import Freedom
from pipeline.restore.lattice import Slot
from pipeline.restore.ngram import Floats, Ids, LanguageModel
from pipeline.restore.units import INNER, LETTERLIKE, cased, is_caps, unknown
from pipeline.vietnamese import bare, is_syllable, tones_as_modern

__all__ = ["TAILS", "Candidates", "Options", "Wish", "case_of", "lifted"]

#: Candidates kept for a unit, and the log10 distance behind the best at which one is dropped: lost marks, kept marks.
WIDTH, DEPTH = {False: 60, True: 30}, {False: 7.5, True: 5.5}
#: log10 chance of a word outside the vocabulary, to begin with and for each letter.
STRANGE, STRANGER = -1.2, -1.0
#: Weight of the channel beside the language model (lost marks, kept marks), and of a word's own frequency when
#: candidates are picked.
TRUST, FREQUENCY = {False: 0.7, True: 0.8}, 1.0


#: A unit's text and how free it is; a text may end in a mark that can be part of a letter (`tu'` for tư).
Wish = tuple[str, Freedom]
TAILS = "'’?"
VOWELS = "aeiouy"
#: A sign or digit beside a vowel's letter: the rest of its mark (`do6` for đó, `K¢é` for Kế), and the log10 chance.
DIRT = re.compile(rf"([^\W\d]+)[{LETTERLIKE}{INNER}368]([^\W\d]*)")
STRAY = -2.5
#: Units in which a first letter misread hides the word from the index, and a chance below all.
SHORT, NEVER = 5, -1e9
#: log10 chance that what hardly ever is a misread word is one all the same.
PROOF = -2.0
#: log10 chance that such a mark stands for itself; one that looks like a stroke above a letter, where marks are lost.
GENUINE, STROKE = -2.5, -5.0
#: log10 chance of a word that the channel did not offer.
ADDED = -1.0


@dataclass(frozen=True, slots=True)
class Options:
    """A slot and what each of its candidates would print; `kept` is the place of the unit as it stands, -1: none."""

    slot: Slot
    prints: tuple[str, ...]
    kept: int

    def with_chances(self, chances: Floats) -> Options:
        """The same candidates, otherwise likely."""
        return replace(self, slot=replace(self.slot, chances=chances))


def case_of(text: str) -> Case:
    """The letter case in which a unit's word was printed."""
    shown = cased("aa", text)
    return "upper" if shown.isupper() and len(text) > 1 else "title" if shown[0].isupper() else "lower"


def _case(text: str, freedom: Freedom) -> Case:
    return "title" if freedom.startswith("title") else case_of(text)


@dataclass
class Candidates:
    """Options by unit, made once for each kind of unit and kept.

    `native`: only Vietnamese syllables are offered besides the unit itself, no foreign words."""

    model: LanguageModel
    channel: Channel
    native: bool = False
    known: dict[Wish, Options] = field(default_factory=dict)
    fixed: dict[str, Options] = field(default_factory=dict)  # of units that stay, by their entry
    places: dict[str, int] = field(init=False)
    entries: Ids = field(init=False)
    kin: dict[str, Ids] = field(init=False)  # words by their bare letters; lost marks need none, their index has them

    def __post_init__(self) -> None:
        words = self.channel.lexicon.words
        kin: dict[str, list[int]] = {}
        for i, word in enumerate(words if self.native else ()):
            kin.setdefault(bare(word), []).append(i)
        self.kin = {name: np.array(found, dtype=np.int32) for name, found in kin.items()}
        self.places = {word: i for i, word in enumerate(words)}
        self.entries = np.array([self.model.ids[word] for word in words], dtype=np.int32)

    def prepare(self, wanted: Iterable[Wish]) -> None:
        """Make the options of the units that are not known yet, all at once."""
        new = [w for w in dict.fromkeys(wanted) if w not in self.known]
        shown = [(text, _case(text, freedom)) for text, freedom in new]
        searched = [(stem, case) for text, case in shown for stem, _, _ in _stems(text, self.native)]
        searched = [pair for pair in dict.fromkeys(searched) if len(pair[0]) <= NOISY]
        near = [self._near(text) for text, _ in searched]
        found = dict(zip(searched, zip(near, self.scores(searched, near), strict=True), strict=True))
        for text, freedom in new:
            self.known[text, freedom] = self._options(text, freedom, self._explained(text, freedom, found))

    def _near(self, text: str) -> Ids:
        shapes = [text.lower(), *_guesses(text.lower())]
        kin = self.kin.get(bare(text.lower()), np.zeros(0, np.int32))
        found = np.unique(np.concatenate([kin, *(self.channel.lexicon.near(shape) for shape in shapes)]))
        own = self.places.get(tones_as_modern(text.lower()))
        return found if own is None or own in found else np.append(found, np.int32(own))

    def scores(self, searched: Sequence[tuple[str, Case]], near: Sequence[Ids]) -> list[Floats]:
        """The chances of each text's words; texts of one length at a time, since all take as long as the longest."""
        found: dict[int, Floats] = {}
        by_length = groupby(sorted(range(len(near)), key=lambda i: len(searched[i][0])), lambda i: len(searched[i][0]))
        for _, places in by_length:
            some = list(places)
            sizes = [len(near[i]) for i in some]
            which = np.repeat(np.arange(len(some), dtype=np.int32), sizes)
            texts, cases = zip(*(searched[i] for i in some), strict=True)
            words = np.concatenate([near[i] for i in some]).astype(np.int32)
            flat = self.channel.score(words, texts, cases, which)
            found |= zip(some, np.split(flat, np.cumsum(sizes)[:-1]), strict=True)
        return [found[i] for i in range(len(near))]

    def _explained(
        self, text: str, freedom: Freedom, found: Mapping[tuple[str, Case], tuple[Ids, Floats]]
    ) -> dict[str, tuple[int, float]]:
        """What may be printed -> (word's place in the lexicon, log10 chance), the likeliest words."""
        explained: dict[str, tuple[int, float]] = {}
        case = _case(text, freedom)
        for stem, kept, toll in _stems(text, self.native):
            words, score = found.get((stem, case), (np.zeros(0, np.int32), np.zeros(0, np.float32)))
            ranked = score + FREQUENCY * self.model.unigrams[self.entries[words]]
            order = np.argsort(-ranked, kind="stable")[: WIDTH[self.native]]
            for i in order[ranked[order] >= ranked[order[:1]] - DEPTH[self.native]]:
                name = self.channel.lexicon.words[words[i]]
                chance = TRUST[self.native] * (float(score[i]) + toll)
                if chance > explained.get(name + kept, (0, NEVER))[1]:
                    explained[name + kept] = (int(words[i]), chance)
        return explained

    def _options(self, text: str, freedom: Freedom, explained: Mapping[str, tuple[int, float]]) -> Options:
        lower = tones_as_modern(text.lower())
        found = {p: pair for p, pair in explained.items() if self._allowed(text, p, freedom)}
        own = self.places.get(lower.rstrip(TAILS))
        if own is not None and lower not in found:
            found[lower] = (own, 0.0)
        entries = [int(self.entries[word]) for word, _ in found.values()]
        toll = PROOF if freedom.endswith("proof") else 0.0
        chances = [chance + toll * (name != lower) for name, (_, chance) in found.items()]
        prints = [text if name == lower else printed(name, text, freedom) for name in found]
        if own is None:
            number = text.isdigit()
            entries.append(self.model.ids["<num>" if number else unknown(text)])
            prints.append(text)
            chances.append(0.0 if number else STRANGE + STRANGER * len(text))
        slot = Slot(np.array(entries, dtype=np.int32), np.array(chances, dtype=np.float32))
        return Options(slot, tuple(prints), prints.index(text) if text in prints else -1)

    def _allowed(self, text: str, name: str, freedom: Freedom) -> bool:
        """Whether a unit may become `name`: capitals that spell an abbreviation may only gain marks."""
        if freedom == "marks":
            return bare(name) == bare(text.lower())
        return not self.native or is_syllable(name.rstrip(TAILS))


def _stems(text: str, native: bool) -> Iterator[tuple[str, str, float]]:
    """(letters that a word left, the mark behind them, log10 chance): a mark may stand for itself, a sign be dirt."""
    yield text, "", 0.0
    if text[-1] in TAILS:
        yield text[:-1], text[-1], STROKE if text[-1] == "'" and not native else GENUINE
    if not native and len(text) > 2 and (dirt := DIRT.fullmatch(text)):
        yield dirt[1] + dirt[2], "", STRAY


def _guesses(text: str) -> Iterator[str]:
    """What a short unit without a vowel, with a sign for a letter or a P for Đ may be: `t&`, `x3`, `Hb`, `b`, `pé`."""
    if len(text) < SHORT and text[0] == "p" and text[1:2] not in ("", "h"):
        yield "d" + text[1:]
    signs = [i for i, c in enumerate(text) if not c.isalpha()]
    if len(signs) == 1 and len(text) < NOISY - 3:
        yield from (text[: signs[0]] + vowel + text[signs[0] + 1 :] for vowel in VOWELS)
    elif len(text) < 3 and not any(bare(c) in VOWELS for c in text):
        yield from (text[0] + vowel for vowel in VOWELS)


def printed(word: str, text: str, freedom: Freedom) -> str:
    """`word` in the letter case of the unit `text`; a capital I, J or G that stood for a small l or a vowel is none."""
    if freedom.startswith("title"):
        return word[:1].upper() + word[1:] if is_syllable(word) else word.upper()
    shown = cased(word, text)
    misread = (text[0] in "IJ" and word[0] == "l") or (text[0] == "G" and word[0] != "g")
    return word if misread and not is_caps(text) else shown


def lifted(options: Options, gain: Mapping[str, float], text: str, model: LanguageModel) -> Options:
    """`options` of the unit `text` with the gains of words counted; words that are no candidates yet become some."""
    ids, prints, chances = list(options.slot.ids), list(options.prints), list(options.slot.chances)
    places = {name.lower(): place for place, name in enumerate(prints)}
    for word, more in gain.items():
        if word in places:
            chances[places[word]] += np.float32(more)
        else:
            ids.append(np.int32(model.ids.get(word, model.ids[unknown(word)])))
            prints.append(_like(word, text))
            chances.append(np.float32(ADDED + more))
    slot = Slot(np.array(ids, dtype=np.int32), np.array(chances, dtype=np.float32))
    return Options(slot, tuple(prints), options.kept)


def _like(word: str, text: str) -> str:
    """`word` in the letter case of `text`, letter by letter where they are the same: `KBăng` like `KBang`."""
    if bare(word) != bare(text).lower():
        return cased(word, text)
    return "".join(new.upper() if old.isupper() else new for new, old in zip(word, text, strict=True))
