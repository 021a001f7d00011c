"""The changes that a form proves, whatever a language model thinks: codes, titles, labels, numerals, case, marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pipeline.restore.capitals import capitals, last_word
from pipeline.restore.codes import lettered, repaired_code
from pipeline.restore.decode import Verdict
from pipeline.restore.forms import forms
from pipeline.restore.numerals import numerals
from pipeline.restore.points import points
from pipeline.restore.scores import Place, Reads
from pipeline.restore.units import units
from pipeline.vietnamese import tones_as_modern

__all__ = ["PROVEN", "proofs"]

#: Odds (log10) of such a change.
PROVEN = 2.0


def proofs(
    lines: Sequence[Sequence[str]], reads: Reads, abbreviations: Mapping[str, str], *, lost: bool
) -> tuple[list[Verdict], set[Place]]:
    """(the changes that forms prove, the tokens that no other change may touch)."""
    formed = list(forms(lines))
    found = [*_coded(lines, abbreviations), *_labelled(lines)]
    found += [
        _proven(f.line, f.token, f.unit.start, f.unit.end, f.text)
        for f in formed
        if f.unit.text != f.text and tones_as_modern(f.unit.text) != f.text
    ]
    taken = {(v.line, v.token) for v in found} | {(f.line, f.token) for f in formed}
    if not lost:
        found += (v for v in _cased(lines, reads) if (v.line, v.token) not in taken)
    taken |= {(v.line, v.token) for v in found}
    return [*found, *_pointed(lines, reads, taken)], taken


def _proven(line: int, token: int, start: int, end: int, text: str) -> Verdict:
    return Verdict(line, token, start, end, text, PROVEN, PROVEN)


def _coded(lines: Sequence[Sequence[str]], abbreviations: Mapping[str, str]) -> Iterator[Verdict]:
    for number, line in enumerate(lines):
        for place, token in enumerate(line):
            for unit in units(token):
                if unit.kind == "code" and (text := repaired_code(unit.text, abbreviations)) != unit.text:
                    yield _proven(number, place, unit.start, unit.end, text)


def _labelled(lines: Sequence[Sequence[str]]) -> Iterator[Verdict]:
    lists = set(lettered(lines))
    for number in lists:
        at = lines[number][0].index("d")
        yield _proven(number, 0, at, at + 1, "đ")
    for numeral in numerals(lines):
        if numeral.token or numeral.line not in lists:
            yield _proven(*numeral)


def _cased(lines: Sequence[Sequence[str]], reads: Reads) -> Iterator[Verdict]:
    for number, line in enumerate(lines):
        known = {place: read for place in range(len(line)) if (read := reads.get((number, place)))}
        for place, unit, text in capitals(line, known, before=last_word(lines[number - 1]) if number else ""):
            yield _proven(number, place, unit.start, unit.end, text)


def _pointed(lines: Sequence[Sequence[str]], reads: Reads, taken: set[Place]) -> Iterator[Verdict]:
    for line, token, mark in points(lines, reads):
        if (line, token) not in taken:
            end = len(lines[line][token])
            yield _proven(line, token, end - 1, end, mark)
