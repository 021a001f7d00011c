"""The channel's training: letters aligned with what was read for them, counted in context, smoothed, indexed."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

import numpy as np

from pipeline.restore.channel import (
    CASES,
    STEP,
    WORD,
    Case,
    Channel,
    Ints,
    Lexicon,
    context_of,
    deletions,
    pair_key,
)
from pipeline.train.alignment import Pairs, aligned
from pipeline.vietnamese import TONES, bare, nfc

__all__ = ["learn_channel", "learn_costs", "likely_misreadings"]

#: Occurrences by which a letter's context leans on the letter alone, and the letter on all letters.
LEAN = 6.0
#: Chance that a letter leaves a span never seen for it.
SURPRISE = 2e-3
#: Share of a letter's chance that letters with the same base and mark, and with the same base, lend it: a page may
#: lose or gain a tone in ways that its own letter was never seen to.
KINSHIP = (0.1, 0.05)
#: Share of a letter's chance that stays with what any letter may leave, however often it was counted in its context:
#: another scanner and face misread it otherwise.
STRANGE = 0.2
#: Signs that may come out for any vowel with marks.
SIGNS = "&@¢€{£3568"
PROTOTYPES = 24
#: log10 chance under which a misreading is not looked up.
UNLIKELY = 3.2


def cased_as(word: str, case: Case) -> str:
    """A lower-case word in a letter case."""
    return {"lower": word, "title": word[:1].upper() + word[1:], "upper": word.upper()}[case]


@dataclass(frozen=True, slots=True)
class Emissions:
    """Smoothed chances of spans by context: rows of `costs`, by name in `contexts`; columns by name in `spans`."""

    contexts: dict[str, int]
    spans: dict[str, int]
    costs: np.ndarray[tuple[int, int], np.dtype[np.uint8]]


def _alphabet(words: Iterable[str]) -> list[str]:
    """Every context that a word of the lexicon can ask for, in any letter case; position 0 pads."""
    names = {name for word in words for case in CASES for name in context_of(cased_as(word, case))}
    return ["", *sorted(names)]


def learn_costs(pairs: Pairs, words: Sequence[str], *, stripping: float) -> Emissions:
    """Learn `costs[context, span]`; `stripping` is the share of letters that only lose their marks."""
    counts = aligned(pairs)
    rare = Counter[str]()
    for (_, _, span), count in counts.items():
        rare[span] += count
    letters = {c for word in words for case in CASES for c in cased_as(word, case)}
    kept = {s for s, c in rare.items() if s and c >= 2} | letters | set(bare("".join(letters))) | set(SIGNS)
    spans = {span: i for i, span in enumerate(["", "\x00", *sorted(kept)])}
    names = _alphabet(words)
    chances = _letter_chances(counts, spans, sorted(letters), rare, stripping)
    rows = np.vstack([np.zeros(len(spans)), *(chances[name[0]] for name in names[1:])])
    rows = _in_context(rows, counts, spans, {name: i for i, name in enumerate(names)})
    costs = np.clip(np.round(-np.log10(np.maximum(rows, 1e-12)) * STEP), 0, 255).astype(np.uint8)
    costs[0] = 255
    costs[0, 0] = 0
    return Emissions({name: i for i, name in enumerate(names)}, spans, costs)


def _letter_chances(
    counts: Mapping[tuple[str, str, str], int],
    spans: Mapping[str, int],
    letters: Sequence[str],
    rare: Mapping[str, int],
    stripping: float,
) -> dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    """For each letter the chance of every span: its counts, mark loss, and a little for anything at all."""
    anything = np.array([rare.get(span, 0) + 0.2 for span in spans]) ** 0.5
    anything[0] = anything.max()
    anything /= anything.sum()
    found: dict[str, np.ndarray[tuple[int], np.dtype[np.float64]]] = {}
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for (letter, _, span), count in counts.items():
        seen[letter][span if span in spans else "\x00"] += count
    for letter in letters:
        prior = np.zeros(len(spans))
        prior[spans[letter]] += 0.5
        prior[spans[bare(letter)]] += 0.5
        found[letter] = _leaning(seen[letter], spans, prior)
    kin: dict[str, list[str]] = defaultdict(list)
    for letter in letters:
        for group in {toneless(letter), bare(letter)}:
            kin[group].append(letter)
    shared = {group: np.mean([found[letter] for letter in members], axis=0) for group, members in kin.items()}
    for letter in letters:
        row = found[letter] * (1 - sum(KINSHIP) - stripping - SURPRISE) + SURPRISE * anything
        row += KINSHIP[0] * shared[toneless(letter)] + KINSHIP[1] * shared[bare(letter)]
        row[spans[bare(letter)]] += stripping
        if bare(letter).lower() in "aeiouy":
            for sign in SIGNS:
                row[spans[sign]] += 1e-3 if bare(letter) != letter else 1e-4
        found[letter] = row
    return found


def _leaning(
    seen: Mapping[str, int], spans: Mapping[str, int], prior: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    row = np.zeros(len(spans))
    for span, count in seen.items():
        row[spans[span]] += count
    return np.asarray((row + LEAN * prior) / (row.sum() + LEAN))


def toneless(letter: str) -> str:
    """The letter without its tone, its other mark kept: `ậ` gives `â`."""
    parts = unicodedata.normalize("NFD", letter)
    return nfc("".join(c for c in parts if c not in TONES))


def _in_context(
    rows: np.ndarray[tuple[int, int], np.dtype[np.float64]],
    counts: Mapping[tuple[str, str, str], int],
    spans: Mapping[str, int],
    names: Mapping[str, int],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """The rows with what was counted in each context blended in."""
    own = np.zeros_like(rows)
    for (letter, after, span), count in counts.items():
        if (row := names.get(letter + after)) is not None:
            own[row, spans.get(span, 1)] += count
    seen = (own + LEAN * rows) / (own.sum(1, keepdims=True) + LEAN)
    return np.asarray((1 - STRANGE) * seen + STRANGE * rows)


def likely_misreadings(emissions: Emissions, word: str, *, count: int) -> list[str]:
    """The strings that a word is most likely read as, best first (beam search over its letters)."""
    beam = [(0.0, "")]
    for name in context_of(word):
        row = emissions.contexts[name]
        beam = sorted((cost + more, text + span) for cost, text in beam for more, span in _top(emissions, row))[:count]
    return [text for cost, text in beam if text and cost < UNLIKELY]


def _top(emissions: Emissions, row: int) -> list[tuple[float, str]]:
    return _top_spans(id(emissions), row, emissions=_Held(emissions))


class _Held:
    """Emissions that a cache may hold by identity."""

    def __init__(self, emissions: Emissions) -> None:
        self.emissions = emissions

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.emissions is self.emissions

    def __hash__(self) -> int:
        return id(self.emissions)


@lru_cache(maxsize=100_000)
def _top_spans(_: int, row: int, *, emissions: _Held) -> list[tuple[float, str]]:
    held = emissions.emissions
    names = list(held.spans)
    costs = held.costs[row].astype(np.float64) / STEP
    return [(float(costs[i]), names[i]) for i in np.argsort(costs, kind="stable")[:6] if i != 1]


def learn_channel(name: str, pairs: Pairs, words: Sequence[str], *, stripping: float) -> Channel:
    """The channel of one OCR model over the lexicon `words` (lower case, most frequent first or any fixed order)."""
    emissions = learn_costs(pairs, words, stripping=stripping)
    ids = {word: i for i, word in enumerate(words)}
    keys, counts, totals, heard = _word_counts(pairs, ids)
    near_keys, near_words = _index(emissions, words, heard)
    contexts = {case: _contexts(emissions, words, case) for case in CASES}
    lexicon = Lexicon(tuple(words), contexts, near_keys, near_words)
    return Channel(name, lexicon, emissions.spans, emissions.costs, keys, counts, totals)


def _contexts(emissions: Emissions, words: Sequence[str], case: Case) -> Ints:
    table = np.zeros((len(words), WORD), dtype=np.int32)
    for number, word in enumerate(words):
        names = context_of(cased_as(word, case))[:WORD]
        table[number, : len(names)] = [emissions.contexts[n] for n in names]
    return table


def _word_counts(
    pairs: Pairs, ids: Mapping[str, int]
) -> tuple[
    np.ndarray[tuple[int], np.dtype[np.uint64]],
    np.ndarray[tuple[int], np.dtype[np.uint32]],
    np.ndarray[tuple[int], np.dtype[np.uint32]],
    dict[int, set[str]],
]:
    """(sorted keys, counts of the pairs seen twice or more; occurrences of each word; what each was read as)."""
    seen: Counter[tuple[int, str]] = Counter()
    totals = np.zeros(len(ids), dtype=np.uint32)
    for (word, noisy), count in pairs.items():
        if (number := ids.get(word.lower())) is not None:
            seen[number, noisy.lower()] += count
            totals[number] += count
    heard: dict[int, set[str]] = defaultdict(set)
    table: dict[int, int] = {}
    for (number, noisy), count in seen.items():
        heard[number].add(noisy)
        if count > 1:
            table[pair_key(number, noisy)] = count
    keys = np.array(sorted(table), dtype=np.uint64)
    return keys, np.array([table[int(k)] for k in keys], dtype=np.uint32), totals, heard


def _index(
    emissions: Emissions, words: Sequence[str], heard: Mapping[int, set[str]]
) -> tuple[np.ndarray[tuple[int], np.dtype[np.uint32]], np.ndarray[tuple[int], np.dtype[np.uint16]]]:
    """The sorted (key of a deletion, word id) pairs of every word's likely misreadings."""
    found: set[tuple[int, int]] = set()
    for number, word in enumerate(words):
        shapes = {word, bare(word), *heard.get(number, ())}
        for case in ("lower", "upper"):
            shown = cased_as(word, case)
            shapes |= {s.lower() for s in likely_misreadings(emissions, shown[:WORD], count=PROTOTYPES)}
        found |= {(crc32(d.encode()), number) for shape in shapes for d in deletions(shape)}
    ordered = np.array(sorted(found), dtype=np.uint64)
    return ordered[:, 0].astype(np.uint32), ordered[:, 1].astype(np.uint16)
