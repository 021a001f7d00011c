"""How a line stands to the line before it, on pages of full lines and of short ones."""

from __future__ import annotations

from pipeline.extract.lines import TextLine, flow
from pipeline.types import Box, Span


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
