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
#: in the document, how many times more often than as they stand, and in which share of the neighbour's places: what
#: comes after `xã` in a list of communes is another name each time.
LEAST, OFTEN, TIMES, SHARE = 0.5, 2, 4, 0.5

Place = tuple[int, int, int]
Pair = tuple[str, str]


def witnessed(lines: Sequence[Sequence[str]], found: Sequence[Verdict]) -> Iterator[Verdict]:
    """The changes whose word, beside one of its neighbours, reads elsewhere in the document as they want it.

    `Tây Hô` under the letterhead of `QUẬN TÂY HỒ` is one; a pair that the document knows in both readings is none.
    """
    pairs, beside = Counter[Pair](), dict[Place, tuple[str, str, str]]()
    for number, line in enumerate(lines):
        row = [(token, u.start, entry(u)) for token, text in enumerate(line) for u in units(text)]
        words = ["", *(word for _, _, word in row), ""]
        pairs.update(pairwise(words[1:-1]))
        beside |= {(number, t, s): (words[k], words[k + 1], words[k + 2]) for k, (t, s, _) in enumerate(row)}
    first, second = Counter[str](), Counter[str]()
    for (left, right), count in pairs.items():
        first[left] += count
        second[right] += count
    for change in found:
        left, old, right = beside[change.line, change.token, change.start]
        new = tones_as_modern(change.text.lower())
        if change.margin >= LEAST and (
            _is_usual(pairs[left, new], pairs[left, old], first[left])
            or _is_usual(pairs[new, right], pairs[old, right], second[right])
        ):
            yield change


def _is_usual(wanted: int, read: int, neighbour: int) -> bool:
    """Whether a pair read `wanted` times as a change wants it, `read` times as it stands, proves the change, where
    its other word stands beside something `neighbour` times."""
    return wanted >= max(OFTEN, TIMES * read, SHARE * neighbour)


def in_name(lines: Sequence[Sequence[str]], change: Verdict) -> bool:
    """Whether the change is to a word that goes on with a name, or is one of another language.

    None can prove `Hoà` in `Vũ Thị Hoà` wrong, nor `Krông`."""
    line = lines[change.line]
    text = line[change.token][change.start : change.end]
    before = units(line[change.token - 1]) if change.token else ()
    if not _is_titled(text):
        return False
    return not is_syllable(text) or (bool(before) and _is_titled(before[-1].text) and is_syllable(before[-1].text))


def _is_titled(text: str) -> bool:
    return text[0].isupper() and not is_caps(text)
