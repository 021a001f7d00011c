"""How good a reading is: CER, WER, tone-exact words, words found.

Counts are kept and added, ratios are taken last, so that the figure of a pool is that of its parts' letters and
words, not a mean of means. Texts must be NFC: the same letter in two forms would count as an error that nobody made.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, fields
from typing import Self

from rapidfuzz.distance import Levenshtein

from pipeline.vietnamese import bare, tones_as_modern

__all__ = ["TextCounts", "count_text", "normal", "plain"]

SPELLINGS = str.maketrans(
    dict.fromkeys("–—−‐‑•", "-") | dict.fromkeys("“”„", '"') | dict.fromkeys("’‘", "'") | {"…": "...", "|": " "}
)
PAGE_NUMBER = re.compile(r"(?m)^\s*(?:-\s*)?\d{1,3}\s*(?:-\s*)?$")
EDGES = ".,;:\"'()"


def _refuse_decomposed(*texts: str) -> None:
    for text in texts:
        if not unicodedata.is_normalized("NFC", text):
            raise ValueError(f"text is not NFC: {text[:40]!r}")


def normal(text: str) -> str:
    """`text` as it is compared: one kind of dash and quote, one blank after marks, tones in the modern place.

    Brackets of handwriting and lines that hold only a page number are left out. Raises ValueError where `text` is
    not NFC.
    """
    _refuse_decomposed(text)
    text = text.replace("⟦?⟧", "").replace("⟦", "").replace("⟧", "").translate(SPELLINGS)
    text = PAGE_NUMBER.sub("", text.replace("\f", "\n"))
    text = re.sub(r"\s*([-/.,;:!?)\"'])\s*", r"\1 ", re.sub(r"\s+", " ", text))
    text = re.sub(r"\s+", " ", re.sub(r"([-/]) ", r"\1", text))
    return tones_as_modern(text).strip()


def plain(text: str) -> str:
    """The key under which two texts are compared loosely: lower case, marks and punctuation gone, single blanks."""
    return _key(normal(text))


def _key(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]", " ", bare(text).lower()).split())


@dataclass(frozen=True, slots=True)
class TextCounts:
    """Letters and words of a true text, and what a reading got wrong; `tone_*` count words with the
    same letters, `found_words` those that were read anywhere."""

    letters: int = 0
    letter_errors: int = 0
    words: int = 0
    word_errors: int = 0
    tone_words: int = 0
    tone_right: int = 0
    found_words: int = 0

    def __add__(self, other: Self) -> TextCounts:
        return TextCounts(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def cer(self) -> float:
        """Character error rate: edits of letters over the true letters, 0 for empty text; may exceed 1."""
        return self.letter_errors / self.letters if self.letters else 0.0

    @property
    def wer(self) -> float:
        """Word error rate, as `cer` by blank-separated words."""
        return self.word_errors / self.words if self.words else 0.0

    @property
    def tone_exact(self) -> float:
        """Of the words read with the right base letters, the share that has the right marks too."""
        return self.tone_right / self.tone_words if self.tone_words else 1.0

    @property
    def found(self) -> float:
        """The share of the true words that were read, wherever they stand: reading order does not count."""
        return self.found_words / self.words if self.words else 1.0


def count_text(true: str, read: str) -> TextCounts:
    """Compare a reading with the true text, both brought to `normal`. Raises ValueError where one is not NFC."""
    left, right = normal(true), normal(read)
    ours, theirs = left.split(), right.split()
    tone: Counter[bool] = Counter()
    for op in Levenshtein.opcodes([_key(w) for w in ours], [_key(w) for w in theirs]):
        if op.tag == "equal":
            pairs = zip(ours[op.src_start : op.src_end], theirs[op.dest_start : op.dest_end], strict=True)
            tone.update(a.lower().strip(EDGES) == b.lower().strip(EDGES) for a, b in pairs if _has_letters(a))
    return TextCounts(
        letters=len(left),
        letter_errors=Levenshtein.distance(left, right),
        words=len(ours),
        word_errors=Levenshtein.distance(ours, theirs),
        tone_words=tone.total(),
        tone_right=tone[True],
        found_words=(Counter(ours) & Counter(theirs)).total(),
    )


def _has_letters(word: str) -> bool:
    key = _key(word)
    return bool(key) and not key.isdigit()
