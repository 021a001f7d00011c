"""hOCR (http://kba.github.io/hocr-spec/1.2/): the words are the text of `ocrx_word`, where there is none of a page.

`x_wconf` is how sure the engine was, a `del` of `alternatives` what else it read. Where each letter has an `ocrx_cinfo`
with its box, the letters of a changed word are shared out among them.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.errors import UnreadableSource
from pipeline.restore.confidence import Read
from pipeline.restoring.markup import PageRows, Tag, Text, scan, slots
from pipeline.restoring.parts import Row, Slot

__all__ = ["hocr_pages"]

LINES = frozenset(("ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"))
#: Classes within a line that part no words.
INLINE = frozenset(("ocr_dropcap", "ocr_glyph", "ocr_glyphs", "ocr_chem", "ocr_math", "ocrx_cinfo"))
#: Elements of HTML that part lines, that have no end tag, whose text is none.
BREAKS = frozenset("address blockquote br dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre table td th tr ul".split())
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
HIDDEN = frozenset(("script", "style", "template"))
WCONF, NLP = re.compile(r"\bx_wconf\s+(-?[\d.]+)"), re.compile(r"\bnlp\s+(-?[\d.]+)")
#: How far behind the first reading one is taken to be that has no score.
BEHIND = 0.3


def _role(tag: Tag) -> str:
    """What an element is: page, block, line, word, letter, info, other, hidden, break, or nothing of interest."""
    classes, name = set(tag.says("class").split()), tag.name.lower()
    if "ocrx_cinfo" in classes:
        return "letter" if re.search(r"\bx_(?:bboxes|conf)\b", tag.says("title")) else "info"
    for role, known in (("page", {"ocr_page"}), ("word", {"ocrx_word"}), ("line", LINES)):
        if classes & known:
            return role
    if any(c.startswith(("ocr_", "ocrx_")) for c in classes - INLINE):
        return "block"
    return "other" if name == "del" else "hidden" if name in HIDDEN else "break" if name in BREAKS else ""


@dataclass(eq=False)
class _Word:
    """An ocrx_word under way: its text, the text of its letters, other readings with how sure they are."""

    read: Read | None = None
    nodes: list[tuple[int, int]] = field(default_factory=list)
    letters: list[tuple[int, int]] = field(default_factory=list)
    others: list[tuple[str, float]] = field(default_factory=list)

    def slots(self, text: str) -> list[Slot]:
        found = slots(text, self.nodes) or slots(text, self.letters)
        if not self.read:
            return found
        read = Read(self.read.score, tuple(self.others) if len(found) == 1 else ())
        return [Slot(slot.text, slot.holes, read) for slot in found]


@dataclass(eq=False)
class _Walk:
    """Where in the file the walk is: the open elements, the page, the line and the word under way."""

    text: str
    open: list[tuple[str, str, Tag]] = field(default_factory=list)
    page: int = 0
    start: int = 0
    rows: list[Row] = field(default_factory=list)
    line: list[Slot] = field(default_factory=list)
    loose: list[tuple[int, int]] = field(default_factory=list)
    word: _Word | None = None
    number: int = 0

    def roles(self) -> list[str]:
        return [role for _, role, _ in self.open]

    def end_line(self, *, block: bool = False) -> None:
        self.end_run()
        if self.line:
            self.number += 1
            self.rows.append(Row(self.page, self.number, tuple(self.line)))
        if block and self.rows and self.rows[-1].slots:
            self.rows.append(Row(self.page, self.number))
        self.line = []

    def end_run(self) -> None:
        self.line += slots(self.text, self.loose)
        self.loose = []

    def done(self) -> PageRows:
        self.end_line(block=True)
        page = PageRows(self.start, tuple(self.rows))
        self.rows, self.number = [], 0
        return page

    def begins(self, role: str, tag: Tag) -> None:
        if role == "word":
            self.end_run()
            sure = WCONF.search(tag.says("title"))
            self.word = _Word(Read(min(max(float(sure[1]) / 100, 0.0), 1.0)) if sure else None)
        elif role in ("page", "block", "line", "break"):
            self.end_line(block=role in ("page", "block"))

    def ends(self, role: str) -> None:
        if role == "word" and self.word:
            self.line += self.word.slots(self.text)
            self.word = None
        elif role in ("page", "block", "line", "break"):
            self.end_line(block=role in ("page", "block"))

    def takes(self, node: Text) -> None:
        roles = self.roles()
        if "page" not in roles or "hidden" in roles:
            return
        if "other" in roles or "info" in roles:
            if self.word and self.word.read and "other" in roles:
                score = _sure(self.open[roles.index("other")][2], self.word.read)
                self.word.others += [(slot.text, score) for slot in slots(self.text, [node])]
        elif self.word is None:
            self.loose.append(node)
        else:
            (self.word.letters if "letter" in roles else self.word.nodes).append(node)


def _sure(tag: Tag, read: Read) -> float:
    """How sure a reading is whose `nlp` is its negative log probability."""
    if nlp := NLP.search(tag.says("title")):
        return min(math.exp(-float(nlp[1])), read.score)
    return max(read.score - BEHIND, 0.0)


def hocr_pages(name: str, text: str) -> Iterator[PageRows]:
    """The pages of the hOCR file `name`. Raises UnreadableSource where an element of it has no end."""
    walk = _Walk(text)
    for event in scan(text):
        if isinstance(event, Text):
            walk.takes(event)
            continue
        role = _role(event) if event.kind != "close" else ""
        if role == "page":
            if walk.page:
                yield walk.done()
            walk.start = event.start if walk.page else 0
            walk.page += 1
        if event.kind == "close":
            _close(walk, event.name)
        else:
            walk.begins(role, event)
            if event.kind == "open" and event.name.lower() not in VOID:
                walk.open.append((event.name, role, event))
    if {"page", "word"} & set(walk.roles()):
        raise UnreadableSource(f"{name} ends in the midst of a page", remedy="it was cut off: copy or make it again")
    yield walk.done()


def _close(walk: _Walk, name: str) -> None:
    """End the last element called `name` and what was left open in it; nothing where there is none."""
    if name not in [known for known, _, _ in walk.open]:
        return
    while True:
        last, role, _ = walk.open.pop()
        walk.ends(role)
        if last == name:
            return
