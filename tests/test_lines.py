"""How a line stands to the line before it, on pages of full lines and of short ones."""

from __future__ import annotations

from pipeline.extract.anatomy import Anatomy
from pipeline.extract.blocks import blocks_of
from pipeline.extract.lines import TextLine, flow, printed_lines
from pipeline.types import Box, Document, Line, Page, Span, Word


def line(n: int, page: int, text: str, x0: int, x1: int) -> TextLine:
    return TextLine(n, page, "body", Span(n, n + 1), text, Box(x0, 50 * n, x1, 50 * n + 30), gap=False)


def test_the_longest_line_of_a_page_of_short_ones_leaves_room() -> None:
    full = [line(n, 1, "Đề nghị các đơn vị trong toàn ngành góp ý dự thảo và gửi về", 200, 1500) for n in range(6)]
    short = [
        line(6, 2, "1. Các trung tâm y tế huyện", 200, 800),
        line(7, 2, "2. Các bệnh viện trong tỉnh và các phòng", 200, 1000),
        line(8, 2, "3. Các trường", 200, 480),
    ]
    after_longest = flow([*full, *short])[-1]
    assert after_longest.loose > 0.3
    assert all(how.loose < 0.05 for how in flow(full)[1:])


def test_dirt_at_the_edge_behind_a_centred_title_hides_no_paragraph() -> None:
    printed = (
        ("QUY ĐỊNH CHUNG VỀ TRỒNG CÂY", 600, 1100, 0),
        ("1p § Cây trồng hai bên đường lớn của các xã, phường do", 200, 1500, 50),
        ("các thôn trồng, chăm sóc và bảo vệ cho đến khi cây lớn.", 200, 1500, 100),
        ("Cây chết phải trồng lại.", 280, 800, 210),
    )
    boxes = [Box(x0, y, x1, y + 30) for _, x0, x1, y in printed]
    words = tuple(Word(text, box, n) for n, ((text, *_), box) in enumerate(zip(printed, boxes, strict=True)))
    rows = tuple(Line(1, "body", box) for box in boxes)
    doc = Document("a", "a", "a", "application/pdf", (Page(1, 1700, 2400, 200),), rows, words)
    blocks = blocks_of(doc, Anatomy(body=printed_lines(doc)))
    assert [block.text[:9] for block in blocks] == ["QUY ĐỊNH ", "1p § Cây ", "Cây chết "]
