"""Marks behind words: mended where what follows proves them and the engine read the right one too."""

from __future__ import annotations

import pytest

from pipeline.restore.confidence import Read
from pipeline.restore.points import points
from pipeline.restore.stage import restore_lines, rewritten

LONG = "Các cơ quan báo cáo kết quả về Văn phòng trước"


@pytest.mark.parametrize(
    ("rows", "at", "other", "expected"),
    [
        (["trang thiết bị. dây chuyền sản xuất"], (0, 2), "bị,", ","),
        ([f"{LONG} quý. hằng", "năm tổng hợp trình Chủ tịch"], (0, 11), "quý,", ","),
        (["KT, CHỦ TỊCH"], (0, 0), "KT.", "."),
        (["TUQ: CHỦ TỊCH"], (0, 0), "TUQ.", "."),
        # nothing proves these
        (["trang thiết bị. Dây chuyền sản xuất"], (0, 2), "bị,", ""),  # a sentence of its own
        (["trang thiết bị. dây chuyền sản xuất"], (0, 2), "bi.", ""),  # no comma was read
        (["theo quy định này.", "kiện kinh doanh của các hộ gia đình"], (0, 3), "này,", ""),  # a short line ends
        (["theo quy định này. a) Hồ sơ"], (0, 3), "này,", ""),  # a label follows
        (["tại TP. hồ sơ"], (0, 1), "TP,", ""),  # an abbreviation
        (["khoảng 1.500. tỷ đồng"], (0, 1), "1.500,", ""),  # figures
        (["KT, thay mặt"], (0, 0), "KT.", ""),
    ],
)
def test_points(rows: list[str], at: tuple[int, int], other: str, expected: str) -> None:
    lines = [row.split() for row in rows]
    found = list(points(lines, {at: Read(0.9, ((other, 0.6),))}))
    assert found == ([(*at, expected)] if expected else [])
    assert expected != "," or not list(points(lines, {at: Read(0.97, ((other, 0.1),))}))  # too far behind
    assert not list(points(lines, {}))


def test_a_word_and_its_mark_are_mended_together() -> None:
    line = "kiểm tra trang thiêt bị. dây chuyền sản xuất của các doanh nghiệp".split()
    reads = {(0, k): Read(0.97) for k in range(len(line))}
    reads[0, 3] = Read(0.7, (("thiết", 0.65),))
    reads[0, 4] = Read(0.8, (("bị,", 0.75),))
    assert rewritten([line], restore_lines([line], reads=reads).changes)[0][2:6] == ["trang", "thiết", "bị,", "dây"]
