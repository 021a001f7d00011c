"""Lines that stand among the body's and are none of it: stamps and marks by where they stand to the column."""

from __future__ import annotations

import pytest

from pipeline.extract.anatomy import anatomy
from pipeline.extract.header import extract_header
from pipeline.extract.outline import extract_outline
from pipeline.extract.stamps import extract_stamps
from pipeline.records import Decree
from pipeline.types import Box, Document, Line, Page, PageReading, Word, Zone, assemble

#: A page of 2480 pixels, its text between 300 and 2200: zone, box, text.
Row = tuple[Zone, tuple[int, int, int, int], str]
HEAD: tuple[Row, ...] = (
    ("header_left", (340, 180, 840, 230), "ỦY BAN NHÂN DÂN"),
    ("header_left", (340, 240, 840, 300), "TỈNH PHÚ THỌ"),
    ("header_left", (340, 340, 830, 390), "Số: 31 /CT-UBND"),
    ("header_right", (1270, 240, 1930, 290), "Độc lập - Tự do - Hạnh phúc"),
    ("header_right", (1200, 340, 2070, 390), "Phú Thọ, ngày 04 tháng 3 năm 2021"),
    ("title", (1130, 430, 1360, 490), "CHỈ THỊ"),
    ("title", (410, 500, 2080, 560), "Về việc trồng cây đầu năm"),
)
TEXT: tuple[Row, ...] = tuple(
    ("body", (300, 900 + 70 * n, 2200, 955 + 70 * n), "các xã trồng cây hai bên đường và chăm sóc cây")
    for n in range(9)
)


def page(*rows: Row, read_from: str = "scan") -> Document:
    lines = tuple(Line(1, zone, Box(*box)) for zone, box, _ in rows)
    words = tuple(Word(w, Box(*box), n) for n, (_, box, text) in enumerate(rows) for w in text.split())
    sheet = Page(1, 2480, 3508, 300, read_from=read_from)  # type: ignore[arg-type]
    reading = PageReading(sheet, lines, words)
    return assemble([reading], id="x", sha256="x", source="x.pdf", media_type="application/pdf")


def body(doc: Document) -> list[str]:
    return [ln.text for ln in anatomy(doc).body if not ln.text.startswith("các xã")]


@pytest.mark.parametrize(
    "row",
    [
        ("body", (0, 640, 620, 700), "VĂN PHÒNG HUYỆN"),
        ("body", (0, 690, 200, 760), "ĐẾN"),
        ("body", (1250, 180, 2160, 230), "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("body", (1350, 60, 2020, 100), "Ký bởi: Văn phòng"),
        ("body", (470, 870, 500, 882), "lẻ"),
    ],
)
def test_what_is_none_of_the_body_is_left_out(row: Row) -> None:
    assert body(page(*HEAD, row, *TEXT)) == []


@pytest.mark.parametrize(
    "row",
    [("body", (300, 1600, 420, 1655), "cây."), ("body", (200, 1600, 600, 1655), "cây con trong vườn.")],
)
def test_a_short_line_of_the_column_stays(row: Row) -> None:
    assert body(page(*HEAD, *TEXT, row)) == [row[2]]


def test_a_scrap_beside_a_mark_goes_with_it() -> None:
    mark: Row = ("body", (0, 640, 620, 700), "VĂN PHÒNG HUYỆN")
    assert body(page(*HEAD, ("body", (640, 645, 700, 695), "HA"), mark, *TEXT)) == []


def test_an_incoming_stamp_printed_over_the_text_is_one_without_number_and_date() -> None:
    stamp: tuple[Row, ...] = (
        ("body", (0, 700, 2200, 760), "ĐẾN | 12 trồng cây hai bên đường"),
        ("body", (40, 790, 560, 850), "Chuyển: các xã"),
    )
    found = extract_stamps(Decree(page(*HEAD, *stamp, *TEXT))).stamps
    assert [(s.kind, s.page, s.number, s.date) for s in found] == [("incoming", 1, None, None)]
    assert not extract_stamps(Decree(page(*HEAD, *TEXT))).stamps


def test_a_subject_goes_on_under_a_misplaced_national_title() -> None:
    national: Row = ("body", (1250, 180, 2160, 230), "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    rest: Row = ("body", (500, 570, 2000, 630), "trên địa bàn tỉnh")
    header = extract_header(Decree(page(*HEAD[:5], national, *HEAD[5:], rest, *TEXT))).header
    assert header.subject is not None
    assert header.subject.value == "Về việc trồng cây đầu năm trên địa bàn tỉnh"


@pytest.mark.parametrize(("read_from", "number"), [("text_layer", "31"), ("scan", None)])
def test_white_before_the_slash_is_a_pens_blank_on_paper_alone(read_from: str, number: str | None) -> None:
    found = extract_header(Decree(page(*HEAD, *TEXT, read_from=read_from))).header.number
    assert (found.value if found else None) == number


def test_the_lines_of_a_centred_title_are_one() -> None:
    title: tuple[Row, ...] = (
        ("body", (700, 1700, 1800, 1760), "DANH MỤC CÂY TRỒNG; CÂY GIỐNG;"),
        ("body", (900, 1775, 1600, 1835), "CỦA HUYỆN LÂM THAO"),
        ("body", (300, 1900, 2200, 1955), "Cây được chọn là cây dễ trồng ở các xã."),
    )
    sections = extract_outline(Decree(page(*HEAD, *TEXT, *title))).sections
    assert sections[-2].text == "DANH MỤC CÂY TRỒNG; CÂY GIỐNG; CỦA HUYỆN LÂM THAO"
