"""Markers of numbered and bulleted blocks: how they look in print, and as what they may be misread.

A line's beginning is read as every marker it could be, each with a cost: 0 for a marker as printed, more for one
that needs a misreading repaired (`IL.` for `II.`, `4,` for `4.`). The outline's decoder chooses among them.

Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.5 (parts, chapters, sections, articles, clauses `1.`, points
`a)` in the order of the Vietnamese alphabet); Thông tư 01/2011/TT-BNV, Điều 11; common practice for bullets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.extract.marker_forms import (
    ALPHABET,
    AS_DIGIT,
    AS_ROMAN,
    AS_STRANGE,
    BARE_NUMBER,
    BULLET,
    BULLETS,
    DASHED,
    DOTTED,
    KINDS,
    LABEL,
    LETTER,
    LOWER_ROMAN,
    MISREAD_BULLETS,
    NUMBER,
    ORDINALS,
    RANKS,
    ROMAN,
    RUN,
    SPECK,
    STRANGE,
    WORDED,
)
from pipeline.extract.shape import is_capital
from pipeline.records import SectionKind
from pipeline.vietnamese import bare, fold, from_roman, is_roman

__all__ = ["ALPHABET", "RANKS", "Marker", "kind_of", "markers"]


@dataclass(frozen=True, slots=True)
class Marker:
    """One reading of a line's beginning. `style` is a key of RANKS, `value` its place in the sequence (None for
    bullets, which have no order), `segment` the path's part, `text` the marker as it should read, `raw` as it
    reads now, `length` the letters of the line it takes; `prefix` are the numbers before a dotted marker's last."""

    style: str
    value: int | None
    segment: str
    text: str
    raw: str
    length: int
    cost: float = 0.0
    prefix: tuple[int, ...] = ()


def kind_of(marker: Marker) -> SectionKind:
    """The kind of section a marker opens."""
    return "subclause" if marker.style.startswith("dotted") else KINDS[marker.style]


@lru_cache(maxsize=4096)
def markers(text: str) -> tuple[Marker, ...]:
    """Every marker that `text` could begin with, cheapest first; none where it begins with none.

    >>> [(m.style, m.text, m.cost) for m in markers("IL. Yêu cầu")][0]
    ('roman', 'II.', 1.5)
    """
    speck = SPECK.match(text)
    if speck and (after := markers(text[speck.end() :])):
        end = speck.end()
        return tuple(replace(m, cost=m.cost + 0.7, raw=text[: end + m.length], length=end + m.length) for m in after)
    found: dict[tuple[str, str], Marker] = {}
    readers = (_dashed, _worded, _label, _dotted, _number, _roman, _letter, _lower_roman, _bullet)
    for marker in (m for reader in readers for m in reader(text)):
        key = (marker.style, marker.segment)
        if key not in found or marker.cost < found[key].cost:
            found[key] = marker
    return tuple(sorted(found.values(), key=lambda m: m.cost))


def _worded(text: str) -> Iterator[Marker]:
    """`Phần thứ nhất`, `Chương II`, `Mục 1`, `Điều 3.`; letters of the word may have lost their marks."""
    match = re.match(r"(?P<word>phan|chuong|tieu muc|muc|dieu)\s+", bare(text).lower())
    if not match:
        return
    words = {"phan": "Phần", "chuong": "Chương", "tieu muc": "Tiểu mục", "muc": "Mục", "dieu": "Điều"}
    word = words[match["word"]]
    printed = re.match(r"(?P<word>\S+(?:\s\S+)??)\s+" + WORDED.pattern.split(r"\s+", 1)[1], text, re.IGNORECASE)
    if not printed or fold(printed["word"]) != match["word"] or not text[0].isupper():
        return
    number, end = printed["number"], printed["end"].strip()
    value, shown = _worded_value(number)
    if value is None or (word == "Điều" and not shown[0].isdigit()):
        return
    loose = 0.0 if end in (".", ":") or printed.end() >= len(text) else 1.0 if end else 3.0
    segment = f"{printed['word']} {shown}"
    raw = printed[0].strip()
    yield Marker(
        word, value, segment if word != "Điều" else f"Điều {shown}", segment + (end and "."), raw, printed.end(), loose
    )


def _worded_value(number: str) -> tuple[int | None, str]:
    if fold(number).startswith("thu "):
        rest = fold(number)[4:]
        return (ORDINALS.index(rest) + 1 if rest in ORDINALS else None), number
    if number[0].isdigit():
        return int(re.match(r"\d+", number)[0]), number  # type: ignore[index]
    roman = number.translate(AS_ROMAN) if len(number) > 1 or number in "Il|" else number
    if is_roman(roman):
        return from_roman(roman), roman
    return (ord(number) - ord("A") + 1, number) if re.fullmatch("[A-H]", number) else (None, number)


def _label(text: str) -> Iterator[Marker]:
    match = LABEL.match(text)
    if match:
        value = int(match["number"]) if match["number"].isdigit() else from_roman(match["number"])
        value = value if value is not None else ord(match["number"]) - ord("A") + 1
        segment = f"{match['label']} {match['number']}"
        yield Marker("label", value, segment, match[0], match[0], match.end(), 0.5)


def _dotted(text: str) -> Iterator[Marker]:
    match = DOTTED.match(text)
    if not match or not any(c.isdigit() for c in match["core"]):
        return
    read = match["core"]
    for strange in AS_STRANGE["§"] if "§" in read else ("",):
        core = read.replace("§", strange).replace(",", ".").translate(AS_DIGIT)
        *prefix, last = (int(n) for n in core.split("."))
        cost = (0.0 if match["end"] in ("", ".") else 1.0) + (0.0 if core == read else 1.5)
        ending = "." if match["end"] not in ("", ")") else match["end"]
        if last:
            style = f"dotted{len(prefix) + 1}"
            yield Marker(style, last, core, core + ending, match[0], match.end(), cost, tuple(prefix))


def _number(text: str) -> Iterator[Marker]:
    match = NUMBER.match(text)
    if match:
        core, end = match["core"].translate(AS_DIGIT), match["end"]
        repaired = 0.0 if core == match["core"] else 1.5
        if core.isdigit() and 0 < int(core) < 100:
            yield from _numbers(match, core, end, repaired)
        if core == "11" and match["core"] != "11":  # a stroke too many: `I1.` for `1.`
            yield from _numbers(match, "1", end, 2.5)
    elif strange := STRANGE.match(text):
        for value in range(1, 10):
            cost = 1.5 if str(value) in AS_STRANGE.get(strange["core"], "") else 2.5
            yield Marker("1.", value, str(value), f"{value}.", strange[0], strange.end(), cost)
    elif bare_number := BARE_NUMBER.match(text):
        core = bare_number["core"]
        yield Marker("1.", int(core), str(int(core)), f"{core}.", core, bare_number.end(), 3.5)


def _numbers(match: re.Match[str], core: str, end: str, repaired: float) -> Iterator[Marker]:
    value, raw = int(core), match[0]
    if end == ")":
        style = "(1)" if match["open"] else "1)"
        yield Marker(style, value, str(value), f"{match['open']}{core})", raw, match.end(), repaired)
    if end == "/":
        yield Marker("1/", value, str(value), f"{core}/", raw, match.end(), repaired)
    cost = {".": 0.0, ",": 1.0, ":": 1.0, "-": 1.0, ";": 1.5, ")": 2.0, "/": 9.0}[end]
    if not match["open"]:
        yield Marker("1.", value, str(value), f"{core}.", raw, match.end(), repaired + cost)


def _roman(text: str) -> Iterator[Marker]:
    match = ROMAN.match(text)
    if not match or match["open"]:
        return
    for core, repaired in _romans(match["core"]):
        value = from_roman(core)
        cost = {".": 0.0, "/": 0.0, "-": 0.5, "–": 0.5, ")": 0.5, ",": 1.0, ":": 0.5, ";": 1.5}[match["end"]]
        end = match["end"] if match["end"] in "./)" else "."
        yield Marker("roman", value, core, core + end, match[0], match.end(), repaired + cost)


def _romans(core: str) -> Iterator[tuple[str, float]]:
    """Roman numerals that `core` could be, each with the cost of the misreading."""
    if is_roman(core) and set(core) <= set("IVX"):
        yield core, 0.0
    as_read = "".join("II" if c == "H" else c for c in core).translate(AS_ROMAN)
    if as_read != core and is_roman(as_read):
        yield as_read, 2.0 if core.isdigit() else 1.5
    if as_read == "II" and core != "II":  # a stroke too many: `1L.` for `I.`
        yield "I", 3.0
    if core in ("I", "II", "IV", "VI", "VII"):  # a stroke lost: `II.` for `III.`
        yield {"I": "II", "II": "III", "IV": "V", "VI": "VII", "VII": "VIII"}[core], 3.5


def _letter(text: str) -> Iterator[Marker]:
    match = LETTER.match(text)
    if not match:
        return
    core, end, cost = match["core"], match["end"], 0.3
    if len(core) == 2 and core[0].isupper() and core[1] == core[0].lower():  # a bold capital read double: `Cc.`
        core, cost = core[0], 1.3
    if end != ")" and (len(core) > 1 or not core.isalpha()):
        return
    if core in "ck" and end != ")" and is_capital(text[match.end() :]):  # a large letter looks like the small one
        core, cost = core.upper(), 0.8
    if core.isupper() and len(core) == 1:
        if not match["open"] and core in "ABCDĐEGHIKLM":
            order = "ABCDĐEGHIKLM" if core == "Đ" else "ABCDEFGHIKLM"
            yield Marker(
                "letter", order.index(core) + 1, core, core + ("." if end == ":" else end), match[0], match.end(), cost
            )
        return
    style = "a." if end == "." else "a)"
    for letter, cost in _points(core):
        yield Marker(style, ALPHABET.index(letter) + 1, letter, letter + end, match[0], match.end(), cost + 0.2)


def _points(core: str) -> Iterator[tuple[str, float]]:
    """The letters that `core` could be; a glyph of no Vietnamese list could be any."""
    if len(core) > 1:  # a stroke too many: `ce)` for `c)`
        yield from ((letter, 1.5) for letter in core.lower() if letter in ALPHABET)
    elif core in ALPHABET:
        yield core, 0.0
        near = {"d": "đ", "l": "i", "c": "e", "e": "c", "o": "c", "b": "h", "h": "b", "q": "g", "y": "g", "đ": "d"}.get(
            core, ""
        )
        yield from ((letter, 1.2) for letter in near)
    else:
        guess = {
            "ð": "đ",
            "ă": "a",
            "â": "a",
            "å": "a",
            "f": "e",
            "ê": "e",
            "é": "e",
            "ø": "g",
            "¡": "i",
            "í": "i",
            "ï": "i",
            "4": "d",
            "6": "b",
            "8": "ag",
            "9": "g",
        }
        yield from ((letter, 1.0 if letter in guess.get(core, "") else 2.0) for letter in ALPHABET)


def _dashed(text: str) -> Iterator[Marker]:
    """A marker behind a speck that reads as a dash: `- d) Củng cố`."""
    match = DASHED.match(text)
    if match:
        at = match.end()
        ordered = (m for m in markers(text[at:]) if m.value is not None and m.cost < 1)
        yield from (replace(m, cost=m.cost + 1.0, raw=text[: at + m.length], length=at + m.length) for m in ordered)


def _lower_roman(text: str) -> Iterator[Marker]:
    match = LOWER_ROMAN.match(text)
    if match and is_roman(match["core"].upper()):
        value = from_roman(match["core"].upper())
        cost = 0.0 if match["open"] or len(match["core"]) > 1 else 1.5
        yield Marker("(i)", value, match["core"], match[0], match[0], match.end(), cost)


def _bullet(text: str) -> Iterator[Marker]:
    run = RUN.match(text)
    if run:
        cost = 0.7 if set(run[0]) & set("-–—~¬") else 1.7
        yield Marker("-", None, "-", "-", run[0].strip(), run.end(), cost)
        return
    match = BULLET.match(text)
    if not match or (match["misread"] and is_capital(text)):  # dirt before a title
        return
    glyph = match[0]
    style = BULLETS.get(glyph) or MISREAD_BULLETS[glyph]
    cost = 0.0 if match["core"] else 1.6
    glued = 0.0 if text[match.end() : match.end() + 1] in (" ", "") else 0.3
    yield Marker(style, None, style, style, glyph, match.end(), cost + glued)
