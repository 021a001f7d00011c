"""Lines among the body's that are none of it: marks in the margin, stamps over the text, banners over the head.

Reading parts most of them from the text by colour and place; what it cannot part (a black stamp across the first
paragraph) is told here by where it stands to the column of text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median

from pipeline.extract.lines import TextLine
from pipeline.types import Box, Document
from pipeline.vietnamese import fold

__all__ = ["marginal", "marks", "without_specks", "without_strewn"]

Lines = tuple[TextLine, ...]
#: The national title and the motto, as they are misread.
NATIONAL = re.compile(r"cong ho.{1,2}a? xa ho. chu ngh")
MOTTO = re.compile(r"doc l.{1,3}\W+tu do\W")
#: A line that begins so far left of the column, and so near the paper's edge, begins in a mark (shares of its
#: width). The margin is 30 to 35 mm of 210 (Nghị định 30/2020/NĐ-CP, Phụ lục I).
MARGIN, EDGE = 0.05, 0.06
#: A mark's own lines are narrower than this share of the page; a speck is lower than this share of a line.
NARROW, LOW = 0.35, 0.4
#: Lines of running text from which a column can be told.
FEWEST = 8


def without_strewn(doc: Document, body: Lines, head: Sequence[TextLine]) -> Lines:
    """The body without marks, specks, the head's own lines, and what stands over the head."""
    strewn = {ln.number for ln in marks(doc, body)} | {ln.number for ln in body if _is_of_head(ln, head)}
    return without_specks([ln for ln in body if ln.number not in strewn])


def without_specks(lines: Sequence[TextLine]) -> Lines:
    """The lines without those that are far lower than a line of print and hold a letter or two."""
    tall = median([ln.box.height for ln in lines if ln.box] or [1])
    return tuple(ln for ln in lines if not _is_speck(ln, tall))


def marks(doc: Document, body: Sequence[TextLine]) -> Lines:
    """The lines in the margin left of the first page's column, or that begin in it and end early, and the scraps
    beside them."""
    width = _width(doc)
    outside = marginal(doc, body)
    own = [ln for ln in outside if ln.box and ln.box.width < NARROW * width]
    short = (ln for ln in body if ln not in outside and len(ln.text.split()) == 1 and ln.zone == "body")
    scraps = [ln for ln in short if any(_beside(ln, m) for m in own)]
    return tuple(sorted((*own, *scraps), key=lambda ln: ln.number))


def marginal(doc: Document, body: Sequence[TextLine]) -> Lines:
    """The lines that begin in the margin left of the first page's column, however far they go."""
    width = _width(doc)
    lines = [ln for ln in body if ln.page == 1 and ln.box and ln.zone == "body"]
    wide = sorted(ln.box.x0 for ln in lines if ln.box and ln.box.width > NARROW * width)
    if len(wide) < FEWEST:
        return ()
    edge = wide[len(wide) // 4]
    return tuple(ln for ln in lines if ln.box and _begins_outside(ln.box, edge, width))


def _width(doc: Document) -> int:
    return next((p.width for p in doc.pages if p.number == 1), 0)


def _begins_outside(box: Box, edge: float, width: int) -> bool:
    return box.x0 < min(edge - MARGIN * width, EDGE * width)


def _beside(line: TextLine, mark: TextLine) -> bool:
    a, b = line.box, mark.box
    return a is not None and b is not None and min(a.y1, b.y1) - max(a.y0, b.y0) > 0.5 * min(a.height, b.height)


def _is_of_head(line: TextLine, head: Sequence[TextLine]) -> bool:
    """Whether the line is the national title or motto of the head's page, or stands over all of the head."""
    if not head or line.page != head[0].page or line.zone == "table":
        return False
    top = min((ln.box.y0 for ln in head if ln.box), default=0)
    text = fold(line.text)
    return bool(NATIONAL.match(text) or MOTTO.match(text)) or (line.box is not None and line.box.y1 <= top)


def _is_speck(line: TextLine, tall: float) -> bool:
    return line.box is not None and line.box.height < LOW * tall and len(line.text) <= 3
