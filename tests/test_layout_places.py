"""Layout by places on the page: columns, levels, margins, tables and turned pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from laid_out import told, zone

from pipeline.engines.recorded import load_readings
from pipeline.layout import layout
from pipeline.layout.pieces import cut_at_gaps, pieces_of, upright
from pipeline.layout.rows import Row, document_of, rows_of
from pipeline.types import Box, Cell, Document, Line, Page, Table, Word, assemble

RECORDED = Path(__file__).parent / "recorded"


def placed(*lines: tuple[str, int, int], skew: float = 0.0, page: Page | None = None) -> Document:
    """A page of lines (text, x, y), letters 16 wide and 40 high; double blanks are gaps of ten letters."""
    words, boxes = [], []
    for n, (text, x, y) in enumerate(lines):
        at = x
        for part in text.replace("  ", " \0 ").split():
            if part == "\0":
                at += 16 * 10
                continue
            words.append(Word(part, Box(at, y, at + 16 * len(part), y + 40), n))
            at += 16 * len(part) + 16
        boxes.append(Line(1, "body", Box(x, y, max(at, x), y + 40)))
    page = page or Page(1, 2000, 2800, 300, skew=skew)
    return Document("a", "a", "a", "application/pdf", (page,), tuple(boxes), tuple(words))


PAGE = (
    ("Ký bởi: Ủy ban nhân dân", 1500, 40),
    ("ỦY BAN NHÂN DÂN  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 250, 200),
    ("TỈNH SƠN LA  Độc lập - Tự do - Hạnh phúc", 300, 260),
    ("Số: 5/KH-UBND", 300, 340),
    ("Sơn La, ngày 5 tháng 9 năm 2020", 900, 342),
    ("KẾ HOẠCH", 930, 480),
    ("Phòng, chống rét năm 2020", 800, 540),
    ("Thực hiện chỉ đạo của cấp trên, tỉnh ban hành kế hoạch phòng, chống rét như sau các sở", 300, 700),
    ("ngành và huyện tổ chức thực hiện báo cáo kết quả về tỉnh trước ngày hội và các việc khác", 250, 760),
    ("Nơi nhận:", 250, 1000),
    ("- Các sở;", 250, 1050),
    ("TM. ỦY BAN NHÂN DÂN", 1200, 1045),
    ("- Lưu: VT.", 250, 1100),
    ("KT. CHỦ TỊCH", 1250, 1100),
    ("Lò Văn Xuân", 1260, 1300),
    ("3", 1000, 2700),
)


def test_columns_are_read_one_after_the_other() -> None:
    rows = told(layout(placed(*PAGE)))
    assert [r for r in rows if r[0] != "body"] == [
        ("banner", "Ký bởi: Ủy ban nhân dân"),
        ("header_left", "ỦY BAN NHÂN DÂN"),
        ("header_left", "TỈNH SƠN LA"),
        ("header_left", "Số: 5/KH-UBND"),
        ("header_right", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("header_right", "Độc lập - Tự do - Hạnh phúc"),
        ("header_right", "Sơn La, ngày 5 tháng 9 năm 2020"),
        ("title", "KẾ HOẠCH"),
        ("title", "Phòng, chống rét năm 2020"),
        ("foot_left", "Nơi nhận:"),
        ("foot_left", "- Các sở;"),
        ("foot_left", "- Lưu: VT."),
        ("page_number", "3"),
        ("foot_right", "TM. ỦY BAN NHÂN DÂN"),
        ("foot_right", "KT. CHỦ TỊCH"),
        ("foot_right", "Lò Văn Xuân"),
    ]


def test_a_laid_out_document_comes_back_as_it_is() -> None:
    once = layout(placed(*PAGE))
    assert layout(once) == once
    assert sorted(w.text for w in once.words) == sorted(w.text for w in placed(*PAGE).words)


def test_short_columns_in_the_body_are_read_one_after_the_other() -> None:
    rows = (("ĐƠN VỊ:  Phụ đính", 250, 300), ("KHOA:  Số hai", 250, 360), ("DANH SÁCH NHÂN VIÊN", 700, 450))
    assert [r.text for r in rows_of(layout(placed(*rows)))] == [
        "ĐƠN VỊ:", "KHOA:", "Phụ đính", "Số hai", "DANH SÁCH NHÂN VIÊN",
    ]  # fmt: skip


def test_a_word_whose_box_took_in_a_signature_does_not_move_its_line() -> None:
    doc = placed(
        ("Quá trình thực hiện có khó khăn thì các đơn vị báo cáo", 350, 700),
        ("về tỉnh để xem xét giải quyết trước ngày họp giao ban", 250, 760),
    )
    tall = replace(doc.words[2], box=Box(510, 690, 600, 960))
    told_twice = [layout(d) for d in (doc, replace(doc, words=(*doc.words[:2], tall, *doc.words[3:])))]
    assert [r.text for r in rows_of(told_twice[0])] == [r.text for r in rows_of(told_twice[1])]


def test_signs_beside_the_column_are_print_where_they_were_read_well() -> None:
    rows = (
        ("Phụ lục I", 1490, 300),
        ("* Đánh giá kết quả chung của các khoa trong một năm qua tại đơn vị", 170, 700),
        *(("Các khoa đã sử dụng hết số giường được giao trong kế hoạch năm ngoái", 250, y) for y in (760, 820, 880)),
    )
    doc = placed(*rows)
    assert zone(layout(doc), "margin") == []
    doubtful = tuple(replace(w, score=0.3) if w.text in "I*" else w for w in doc.words)
    assert sorted(zone(layout(replace(doc, words=doubtful)), "margin")) == ["*", "I"]


def test_words_one_above_the_other_are_the_edge_of_another_sheet() -> None:
    doc = placed(*((f"Các khoa đã sử dụng hết số giường được giao trong năm {n}", 250, 600 + 60 * n) for n in range(5)))
    edge = [
        Word(text, Box(1900, 100 + 80 * n, 1930, 170 + 80 * n), len(doc.lines))
        for n, text in enumerate("nam hai".split())
    ]
    both = replace(doc, lines=(*doc.lines, Line(1, "body", Box(1900, 100, 1930, 250))), words=(*doc.words, *edge))
    assert zone(layout(both), "margin") == ["nam hai"]


def cells(*texts: str, page: int = 1, at: int = 0, top: int = 300) -> tuple[list[Line], list[Word], Table]:
    """A table of three columns whose cells hold one line each, lines numbered from `at`."""
    lines, words, out = [], [], []
    for n, text in enumerate(texts):
        row, column = divmod(n, 3)
        box = Box(200 + 400 * column, top + 100 * row, 600 + 400 * column, top + 100 + 100 * row)
        lines.append(Line(page, "table", box))
        words += [Word(w, Box(box.x0 + 9, box.y0 + 9, box.x0 + 60, box.y0 + 49), at + n) for w in text.split()]
        out.append(Cell(row, column, 1, 1, box, (at + n,)))
    return lines, words, Table(page, Box(200, top, 1400, top + 300), tuple(out))


def test_a_table_over_pages_is_one_and_its_cut_row_too() -> None:
    one = cells("STT", "Việc", "Ai", "1", "Rà soát", "Sở A")
    two = cells("STT", "Việc", "Ai", "", "danh mục", "", "2", "Báo cáo", "Sở B", page=2, at=6)
    pages = (Page(1, 2000, 2800, 300), Page(2, 2000, 2800, 300))
    doc = Document("a", "a", "a", "a", pages, (*one[0], *two[0]), (*one[1], *two[1]), (one[2], two[2]))
    laid = layout(doc)
    (table,) = laid.tables
    spans = laid.line_spans()
    grid = {(c.row, c.column): " ".join(laid.text(spans[n]) for n in c.lines) for c in table.cells}
    assert grid[1, 1] == "Rà soát danh mục"
    assert [grid[2, k] for k in range(3)] == ["2", "Báo cáo", "Sở B"]
    assert (2, 0) in grid
    assert (3, 0) not in grid


def test_the_frame_of_a_stamp_is_no_table() -> None:
    lines, words, table = cells("CÔNG", "VĂN", "ĐẾN", "Số: 7", "Ngày: 5/9", "Chuyển: VP")
    doc = Document("a", "a", "a", "a", (Page(1, 2000, 2800, 300),), tuple(lines), tuple(words), (table,))
    laid = layout(doc)
    assert laid.tables == ()
    assert {line.zone for line in laid.lines} == {"stamp"}


def test_turned_pages_are_laid_out_upright() -> None:
    page = Page(1, 2800, 2000, 300, rotation=90)
    move = upright(page)
    assert move(Box(0, 1960, 40, 2000)) == Box(0, 0, 40, 40)
    assert move(Box(100, 1000, 140, 1200)) == Box(800, 100, 1000, 140)


def test_gaps_part_columns_and_hollow_strokes_do_not_join_them() -> None:
    doc = placed(("Công an tỉnh  Nguyễn Văn An", 200, 100))
    (piece,) = pieces_of(rows_of(doc), doc.pages[0])
    assert [p.text for p in cut_at_gaps(piece)] == ["Công an tỉnh", "Nguyễn Văn An"]
    stroke = Word("—", Box(420, 110, 520, 120), 0)
    words = (*doc.words[:3], stroke, *doc.words[3:])
    (piece,) = pieces_of([Row(1, words)], doc.pages[0])
    assert [p.text for p in cut_at_gaps(piece)][-1] == "Nguyễn Văn An"


def test_rows_make_the_document_again() -> None:
    doc = placed(*PAGE)
    assert document_of(doc, rows_of(doc)).words == doc.words


# --- recorded pages of the samples ---
def recorded(name: str) -> Document:
    readings = load_readings(RECORDED / f"{name}.json.gz")
    return layout(assemble(readings.values(), id="a", sha256="a", source="a", media_type="application/pdf"))


def test_a_page_with_a_stamp_and_a_table() -> None:
    doc = recorded("plan-2008")
    assert any("ĐẾN" in text for text in zone(doc, "stamp"))
    assert zone(doc, "header_right")[0] == "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert zone(doc, "title")[1:] == ["Kiếm tra công tác y tế trường học", "năm học 2008 - 2009"]
    (table,) = doc.tables
    assert len(table.cells) == 20


def test_an_annex_table_over_two_pages() -> None:
    doc = recorded("plan-digital-skills")
    (table,) = doc.tables
    assert table.page == 3
    assert max(c.row for c in table.cells) == 15
    assert zone(doc, "foot_right")[-1].startswith("Lê Thị Thanh Tr")


def test_every_recorded_word_is_kept() -> None:
    readings = load_readings(RECORDED / "plan-2008.json.gz")
    before = sorted(w.text for r in readings.values() for w in r.words)
    assert sorted(w.text for w in recorded("plan-2008").words) == before
    assert replace(recorded("plan-2008"), lines=(), words=(), tables=()).pages == tuple(
        r.page for r in readings.values()
    )


def test_letters_far_smaller_than_the_print_are_strokes_unless_they_were_read_well() -> None:
    doc = placed(*((f"Các khoa đã sử dụng hết số giường được giao trong năm {n}", 250, 600 + 60 * n) for n in range(5)))

    def with_stroke(score: float) -> Document:
        stroke = Word("và", Box(1100, 1000, 1110, 1024), len(doc.lines), score=score)
        return replace(doc, lines=(*doc.lines, Line(1, "body", stroke.box)), words=(*doc.words, stroke))

    assert zone(layout(with_stroke(0.3)), "margin") == ["và"]
    assert zone(layout(with_stroke(0.9)), "margin") == []


def test_a_line_of_which_nothing_was_read_is_margin() -> None:
    doc = placed(*((f"Các khoa đã sử dụng hết số giường được giao trong năm {n}", 250, 600 + 60 * n) for n in range(5)))
    unread = tuple(replace(w, score=0.02) if w.line == 4 else w for w in doc.words)
    assert zone(layout(replace(doc, words=unread)), "margin") == [
        "Các khoa đã sử dụng hết số giường được giao trong năm 4"
    ]
