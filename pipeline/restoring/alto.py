"""ALTO (versions 2 to 4): the words are the CONTENT of its Strings, https://www.loc.gov/standards/alto/.

A word parted at a line's end is one word for restoration, its halves (`SUBS_TYPE`) and its whole (`SUBS_CONTENT`) stay
the same; a half whose whole is not sure is left as it is. `WC` is how sure the engine was, an ALTERNATIVE what else it
read. Glyphs follow their word.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from pipeline.restore.confidence import Read
from pipeline.restoring.markup import PageRows, Tag, Text, Value, scan, slots
from pipeline.restoring.parts import Hole, Row, Slot

__all__ = ["alto_pages"]

#: How far behind the first reading one is taken to be that has no score.
BEHIND = 0.3
HYPHENS = "-‐\u00ad"
#: Elements after which a line ends: after a block too, so that an empty line parts paragraphs.
LINES = ("TextLine", "TextBlock")


@dataclass(eq=False)
class _String:
    """A String under way: its tag, other readings, the letters of its glyphs."""

    tag: Tag
    others: list[str] = field(default_factory=list)
    glyphs: list[Value] = field(default_factory=list)

    def slots(self, text: str) -> list[Slot]:
        content = self.tag.attributes.get("CONTENT")
        found = slots(text, [(content.start, content.end)], self._read()) if content else []
        return [self._with_glyphs(found[0])] if len(found) == 1 else [_without_others(s) for s in found]

    def _read(self) -> Read | None:
        try:
            score = float(self.tag.says("WC"))
        except ValueError:
            return None
        behind = max(score - BEHIND, 0.0)
        return Read(score, tuple((other, behind) for other in self.others if other and " " not in other))

    def _with_glyphs(self, slot: Slot) -> Slot:
        if "".join(glyph.text for glyph in self.glyphs) != slot.text:
            return slot
        holes, at = [], 0
        for glyph in self.glyphs:
            holes.append(Hole(glyph.start, glyph.end, at, at + len(glyph.text)))
            at += len(glyph.text)
        return replace(slot, holes=(*slot.holes, *holes))


def _without_others(slot: Slot) -> Slot:
    return replace(slot, read=slot.read and Read(slot.read.score))


def _joined(text: str, first: _String, second: _String) -> Slot | None:
    """The word that two Strings are the halves of; None where they do not say so, or not alike."""
    head, tail, whole = (*first.slots(text), *second.slots(text)), second.tag, first.tag.says("SUBS_CONTENT")
    if len(head) != 2 or tail.says("SUBS_CONTENT") != whole or not all(len(s.holes) == 1 for s in head):
        return None
    left, right = (s.text for s in head)
    kept = len(left.rstrip(HYPHENS))
    word = left[:kept] + right
    (a,), (b,) = (s.holes for s in head)
    plain = a.end - a.start == len(left)
    if not whole or not word.startswith(whole) or not plain:
        return None
    wholes = (tag.attributes["SUBS_CONTENT"] for tag in (first.tag, second.tag))
    holes = [
        Hole(a.start, a.start + kept, 0, kept),
        Hole(b.start, b.end, kept, len(word)),
        *(Hole(value.start, value.end, 0, len(whole)) for value in wholes),
    ]
    return Slot(word, tuple(holes), head[0].read and Read(head[0].read.score))


@dataclass(eq=False)
class _Page:
    """A page under way. `half` is the first half of a parted word, with the place in `rows` that it belongs to."""

    number: int
    start: int
    rows: list[list[Slot]] = field(default_factory=lambda: [[]])
    half: tuple[_String, int, int] | None = None

    def take(self, text: str, string: _String) -> None:
        if string.tag.says("SUBS_TYPE") == "HypPart2" and self.half:
            (first, row, place), self.half = self.half, None
            if word := _joined(text, first, string):
                self.rows[row][place] = word
                return
        found = string.slots(text)
        if string.tag.says("SUBS_TYPE") == "HypPart1" and len(found) == 1:
            self.half = string, len(self.rows) - 1, len(self.rows[-1])
        halved = string.tag.says("SUBS_TYPE").startswith("Hyp")
        self.rows[-1] += [Slot(slot.text) for slot in found] if halved else found

    def done(self) -> PageRows:
        rows, line = [], 0
        for row in self.rows:
            line += bool(row)
            rows.append(Row(self.number, line, tuple(row)))
        return PageRows(self.start, tuple(rows))


@dataclass(eq=False)
class _Walk:
    """Where in the file the walk is: the page, the String and the element under way."""

    text: str
    page: _Page = field(default_factory=lambda: _Page(1, 0))
    pages: int = 0
    string: _String | None = None
    inside: str = ""

    def takes(self, node: Text) -> None:
        if self.string and self.inside == "ALTERNATIVE":
            self.string.others += [slot.text for slot in slots(self.text, [node])]

    def passes(self, tag: Tag) -> None:
        self.inside = tag.name if tag.kind == "open" else ""
        if tag.name == "String":
            self._string(tag)
        elif tag.name == "Glyph" and self.string and "CONTENT" in tag.attributes:
            self.string.glyphs.append(tag.attributes["CONTENT"])
        elif tag.name in LINES and tag.kind == "close":
            self.page.rows.append([])

    def _string(self, tag: Tag) -> None:
        if tag.kind != "close":
            self.string = _String(tag)
        if self.string and tag.kind != "open":
            self.page.take(self.text, self.string)
            self.string = None

    def turn(self, tag: Tag) -> None:
        self.page = _Page(self.pages + 1, tag.start if self.pages else 0)
        self.pages += 1


def alto_pages(text: str) -> Iterator[PageRows]:
    """The pages of an ALTO file, which is well-formed XML."""
    walk = _Walk(text)
    for event in scan(text):
        if isinstance(event, Text):
            walk.takes(event)
        elif event.name == "Page" and event.kind != "close":
            if walk.pages:
                yield walk.page.done()
            walk.turn(event)
        else:
            walk.passes(event)
    yield walk.page.done()
