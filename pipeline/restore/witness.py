"""What a document itself bears witness to: a misreading stands alone, the right word stands elsewhere too."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.restore.decode import Verdict
from pipeline.restore.units import entry, is_caps, units
from pipeline.vietnamese import is_syllable, tones_as_modern

__all__ = ["in_name", "witnessed"]

#: The least odds (log10) that the language model must give by itself, the pairs of words that must read so elsewhere
#: in the document, and how many times more often than as they stand.
LEAST, OFTEN, TIMES = 0.5, 2, 4

Place = tuple[int, int, int]


def witnessed(lines: Sequence[Sequence[str]], found: Sequence[Verdict]) -> Iterator[Verdict]:
    """The changes whose word, beside one of its neighbours, reads elsewhere in the document as they want it.

    `Tây Hô` under the letterhead of `QUẬN TÂY HỒ` is one; a pair that the document knows in both readings is none.
    """
    pairs, beside = Counter[tuple[str, str]](), dict[Place, tuple[str, str, str]]()
    for number, line in enumerate(lines):
        row = [(token, u.start, entry(u)) for token, text in enumerate(line) for u in units(text)]
        words = ["", *(word for _, _, word in row), ""]
        pairs.update(pairwise(words[1:-1]))
        beside |= {(number, t, s): (words[k], words[k + 1], words[k + 2]) for k, (t, s, _) in enumerate(row)}
    for change in found:
        left, old, right = beside[change.line, change.token, change.start]
        new = tones_as_modern(change.text.lower())
        if change.margin >= LEAST and any(
            pairs[as_wanted] >= max(OFTEN, TIMES * pairs[as_read])
            for as_read, as_wanted in (((left, old), (left, new)), ((old, right), (new, right)))
        ):
            yield change


def in_name(lines: Sequence[Sequence[str]], change: Verdict) -> bool:
    """Whether the change is to a word that goes on with a name: `Hoà` in `Vũ Thị Hoà`, that none can prove wrong."""
    line = lines[change.line]
    before = units(line[change.token - 1]) if change.token else ()
    return bool(before) and all(
        _is_titled(text) for text in (before[-1].text, line[change.token][change.start : change.end])
    )


def _is_titled(text: str) -> bool:
    return text[0].isupper() and not is_caps(text) and is_syllable(text)
