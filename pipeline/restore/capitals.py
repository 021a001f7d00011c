"""Letter case that the line around a word proves: `cấp CƠ SỞ` for cấp cơ sở, `chính trỊ` for chính trị.

The small c, o, s, u, v, x and z have the shape of the capitals, so that an OCR model mistakes one for the other, and
then takes the letters after them for capitals too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.restore.confidence import Read
from pipeline.restore.units import Unit, is_caps, pauses, units
from pipeline.vietnamese import bare, is_syllable

__all__ = ["Cased", "capitals", "last_word"]

SHAPES = frozenset("cosuvxz")
#: How near an engine's other reading in small letters must come.
NEAR = 0.1
#: A place and what must stand there: (token of the line, unit, text).
Cased = tuple[int, Unit, str]


def capitals(line: Sequence[str], reads: Mapping[int, Read], *, before: str = "") -> Iterator[Cased]:
    """The units of one line whose letter case the words around them prove wrong.

    `reads` are by place in the line; `before` is the last word of the line before, where the wording goes on."""
    flat = [(place, unit) for place, token in enumerate(line) for unit in units(token)]
    for k, (place, unit) in enumerate(flat):
        after = next((u.text for _, u in flat[k + 1 :] if not _has_shape(u.text)), "")
        text = _lowered(unit.text, before, after, reads.get(place))
        if text != unit.text:
            yield place, unit, text
        before = text if _goes_on(line[place], unit) else ""


def last_word(line: Sequence[str]) -> str:
    """The last word of a line, empty where a mark or something else than a word ends it."""
    found = units(line[-1]) if line else ()
    return found[-1].text if found and _goes_on(line[-1], found[-1]) else ""


def _goes_on(token: str, unit: Unit) -> bool:
    return unit.kind == "word" and not pauses(token, unit.end, len(token))


def _is_broken(text: str) -> bool:
    """Whether capitals follow a small letter in one syllable: `trỊ`, `sỐ`."""
    return text[0].islower() and not text.islower() and is_syllable(text)


def _has_shape(text: str) -> bool:
    """Whether capitals throughout say nothing of a word, since its small letters look the same: `CƠ`, `SỞ`."""
    return len(text) > 1 and text.isupper() and bare(text) != text and set(bare(text).lower()) <= SHAPES


def _lowered(text: str, before: str, after: str, read: Read | None) -> str:
    """`text` in the case that the words before and after prove; other readings count as well."""
    if _is_broken(text):
        return text.lower()
    if not before or bare(text[0]).lower() not in SHAPES or not is_syllable(text) or is_caps(after):
        return text
    if is_caps(text) and bare(text) != text and before.islower():
        return text.capitalize() if after[:1].isupper() else text.lower()
    other = read is not None and text.lower() in (_core(o) for o, score in read.others if read.score - score < NEAR)
    if other and not is_caps(text) and (before.islower() or after.islower()):
        return text.lower()
    return text


def _core(token: str) -> str:
    found = units(token)
    return found[0].text if len(found) == 1 else ""
