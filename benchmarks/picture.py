"""Draws the README's picture: a page with the boxes of its tasks, and beside it the tasks with who and when.

python benchmarks/picture.py samples/plan-74/scan.pdf docs/plan-74.png
"""

from __future__ import annotations

import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from pipeline import Decree, digitise, open_source
from pipeline.records import Task
from pipeline.train.paper import font

#: Height of the picture in pixels; the page fills it.
HEIGHT = 1400
COLUMN, MARGIN, LEADING = 1100, 40, 30
COLOURS = ("#0b6e4f", "#1d4e89", "#8d3b72", "#b5651d", "#5b5f97", "#a4243b", "#33658a", "#6b8e23")
INK, FAINT = "#222222", "#777777"


def busiest_page(decree: Decree) -> int:
    """The page with the most tasks that name who acts."""
    pages = Counter(decree.sections[t.section].page for t in orders(decree) if t.assignments)
    return pages.most_common(1)[0][0]


def orders(decree: Decree) -> Iterator[Task]:
    """The tasks that a tracker would track."""
    return (t for t in decree.tasks if t.kind == "directive")


def picture(path: Path) -> Image.Image:
    """The page and its tasks side by side."""
    decree = digitise(path)
    page = busiest_page(decree)
    tasks = [t for t in orders(decree) if decree.sections[t.section].page == page]
    scan = next(s for s in open_source(path).sheets() if s.number == page)
    left = Image.fromarray(scan.pixels())
    for n, task in enumerate(tasks):
        _outline(left, decree, task, page, COLOURS[n % len(COLOURS)])
    left = left.resize((left.width * HEIGHT // left.height, HEIGHT), Image.Resampling.LANCZOS)
    sheet = Image.new("RGB", (left.width + COLUMN, HEIGHT), "white")
    sheet.paste(left)
    _list(ImageDraw.Draw(sheet), decree, tasks, left.width + MARGIN)
    return sheet


def _outline(scan: Image.Image, decree: Decree, task: Task, page: int, colour: str) -> None:
    draw = ImageDraw.Draw(scan, "RGBA")
    if task.text.span is None:
        return
    for item in decree.document.evidence(task.text.span):
        if item.box and item.page == page:
            corners = (item.box.x0 - 6, item.box.y0 - 4, item.box.x1 + 6, item.box.y1 + 4)
            draw.rectangle(corners, outline=colour, width=5, fill=f"{colour}22")


def _list(draw: ImageDraw.ImageDraw, decree: Decree, tasks: list[Task], x: int) -> None:
    y = MARGIN
    for n, task in enumerate(tasks):
        lines = list(_told(decree, task))
        if y + len(lines) * LEADING > HEIGHT - MARGIN:
            draw.text((x, y), f"… and {len(tasks) - n} more on this page", FAINT, _font("italic"))
            return
        draw.rectangle((x, y, x + 8, y + len(lines) * LEADING - 8), fill=COLOURS[n % len(COLOURS)])
        for text, face, colour in lines:
            draw.text((x + 24, y), text, colour, _font(face))
            y += LEADING
        y += 14


def _told(decree: Decree, task: Task) -> Iterator[tuple[str, str, str]]:
    """The lines told of a task: text, face, colour."""
    path = decree.sections[task.section].path
    text = textwrap.shorten(f"{path}  {task.text.value}", 210, placeholder=" …")
    yield from ((line, "regular", INK) for line in textwrap.wrap(text, 88))
    for a in task.assignments:
        yield f"{a.role}: {a.body}", "bold", INK
    for deadline in task.deadlines:
        date = decree.dates[deadline.date]
        days = " – ".join(dict.fromkeys(d for d in (date.starts, date.ends) if d))
        yield f"when: {date.text.value}" + (f" ({days})" if days else ""), "italic", FAINT


def _font(face: str) -> ImageFont.FreeTypeFont:
    return font("termes", "dkg", face, 25)


def main() -> None:
    """Draw the document that is named first into the file that is named second."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    target.parent.mkdir(exist_ok=True)
    picture(source).quantize(64).save(target, optimize=True)
    print(f"drawn to {target}")


if __name__ == "__main__":
    main()
