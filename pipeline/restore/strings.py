"""Restoration of strings: what becomes of each word, the text put together again, and what was changed in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.encodings import plain
from pipeline.restore.confidence import Column
from pipeline.restore.decode import Verdict
from pipeline.restore.model import Model, load_model
from pipeline.restore.scores import Place, Reads, scores
from pipeline.restore.stage import Restored, restore_lines, rewritten
from pipeline.vietnamese import nfc

__all__ = ["RestoredWord", "TextEdit", "edits_of", "restore_text", "restore_texts", "restore_words"]

#: A text without scores is restored until nothing changes any more, at most so many times.
ROUNDS = 3
#: Longer words are none (figures of a program, dots of a form): they stay, and the search sees a mark in their place.
LONGEST, SKIPPED = 100, "…"
WORD = re.compile(r"\S+")

Lines = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class RestoredWord:
    """What became of one blank-separated word: `was` as given, in NFC, and `text` as it reads now.

    `score` is the chance (0..1) that `text` is right. `rival` is the reading that restoration prefers to it, though not
    surely enough to change the word, "" where there is none.
    """

    was: str
    text: str
    score: float
    rival: str = ""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """One word that restoration changes: characters [start:end) of the text as given, what they read, what they read
    after, and the chance (0..1) that this is right."""

    start: int
    end: int
    was: str
    became: str
    score: float


def restore_text(text: str, *, min_score: float = 0.0, model: Model | None = None) -> str:
    """`text` in NFC with its lost marks and letters back; blanks, line ends, letter case and punctuation as they were.

    The whole text is one document. A change whose chance to be right is under `min_score` (0..1) is not made. Restoring
    what comes out again changes nothing.
    """
    words = iter(_words_of(text, min_score, model))
    return WORD.sub(lambda _: next(words).text, text)


def restore_texts(texts: Iterable[str], *, min_score: float = 0.0, model: Model | None = None) -> Iterator[str]:
    """Many texts, each a document of its own."""
    return (restore_text(text, min_score=min_score, model=model) for text in texts)


def edits_of(text: str, *, min_score: float = 0.0, model: Model | None = None) -> tuple[TextEdit, ...]:
    """What `restore_text` changes in `text`, word by word in reading order."""
    words = zip(WORD.finditer(text), _words_of(text, min_score, model), strict=True)
    return tuple(TextEdit(*m.span(), w.was, w.text, w.score) for m, w in words if w.text != w.was)


def _words_of(text: str, min_score: float, model: Model | None) -> list[RestoredWord]:
    rows = restore_words([line.split() for line in text.splitlines()], min_score=min_score, model=model)
    return [word for row in rows for word in row]


def restore_words(
    lines: Lines, *, reads: Reads | None = None, min_score: float = 0.0, model: Model | None = None
) -> list[list[RestoredWord]]:
    """What becomes of each word of one document, given as lines of words; a line without words parts paragraphs.

    `reads` tells of words, by (line, place in the line), how sure an engine was of them and what else it read. A change
    whose chance to be right is under `min_score` (0..1) is not made.
    """
    model = model or load_model()
    was = [[nfc(word) for word in line] for line in lines]
    now = [[SKIPPED if len(word) > LONGEST else plain(word) or word for word in line] for line in was]
    chance: dict[Place, float] = {}
    rivals: dict[Place, str] = {}
    held: set[Place] = set()
    for n in range(1 if reads else ROUNDS):
        step = _step(model, now, reads or {}, min_score, held)
        held |= step.held
        chance |= {at: score for at, score in step.chance.items() if not n or at in step.changed}
        rivals |= step.rivals if not n else {}
        now = rewritten(now, step.changes)
        if not step.changes:
            break

    def word(i: int, k: int) -> RestoredWord:
        old = was[i][k]
        new = old if len(old) > LONGEST else now[i][k]
        return RestoredWord(old, new, chance[i, k], rivals.get((i, k), "") if old == new else "")

    return [[word(i, k) for k in range(len(row))] for i, row in enumerate(now)]


@dataclass(frozen=True, slots=True)
class _Step:
    """One restoration: the changes made, the tokens whose changes were too doubtful, each token's chance to be right
    and the readings that are likelier but not surely enough."""

    changes: tuple[Verdict, ...]
    held: set[Place]
    chance: Mapping[Place, float]
    rivals: Mapping[Place, str]

    @property
    def changed(self) -> set[Place]:
        return {(v.line, v.token) for v in self.changes}


def _step(model: Model, lines: Lines, reads: Reads, min_score: float, held: set[Place]) -> _Step:
    restored = restore_lines(lines, reads=reads, model=model)
    column: Column = "lost" if restored.lost else "scan" if reads else "kept"

    def chances(changes: Sequence[Verdict]) -> dict[Place, float]:
        found = scores(model.confidence, column, lines, reads, restored.verdicts, changes)
        figures = (at for at in reads if any(c.isdigit() for c in lines[at[0]][at[1]]))  # never surer than the engine
        return found | {at: min(found[at], reads[at].score) for at in figures}

    changes = tuple(v for v in restored.changes if (v.line, v.token) not in held)
    chance = chances(changes)
    doubted = {at for v in changes if chance[at := (v.line, v.token)] < min_score}
    if doubted:
        changes = tuple(v for v in changes if (v.line, v.token) not in doubted)
        chance = chances(changes)
    return _Step(changes, doubted, chance, _rivals(lines, restored, changes))


def _rivals(lines: Lines, restored: Restored, made: Sequence[Verdict]) -> dict[Place, str]:
    """The readings of unchanged tokens that were preferred to them, or proved, without being taken."""
    changed = {(v.line, v.token) for v in made}
    wanted = {*restored.changes, *(v for v in restored.verdicts if v.margin > 0)}
    left = sorted((v for v in wanted if (v.line, v.token) not in changed), key=lambda v: (v.line, v.token, v.start))
    found = rewritten(lines, left)
    return {(v.line, v.token): found[v.line][v.token] for v in left}
