"""Layout by wording: what a line is and in which order lines are read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from laid_out import told, zone

from pipeline.layout import forms, layout
from pipeline.types import Document, Line, Page, Word


# --- fixed forms, right and misread ---
@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (
            forms.likeness_right,
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CONG HOA XA H0I CHU NGHlA VIET NAM", "Dc lap - Tu do - Hanh phtic"],
            ["ỦY BAN NHÂN DÂN TỈNH", "Hạnh phúc"],
        ),
        (
            forms.is_place_date,
            ["Hà Nam, ngày 5 tháng 9 năm 2008", "Tdy Ninh, ngay1& thing 3 nam 2020", "Huế, ngày   tháng 4 năm 2019"],
            ["Căn cứ Luật ngày 5 tháng 9 năm 2008", "xã, ngày 5 tháng 9", "Hà Nam, tháng 9 năm 2008"],
        ),
        (forms.is_type_name, ["KẾ HOẠCH", "KE HOACH", "QUYÊT ĐỊNH"], ["Kế hoạch", "KẾ HOẠCH CÔNG TÁC", "TỔ CHỨC"]),
        (
            forms.is_authority,
            ["TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "TL.GIÁM ĐỐC", "KT CHỦ TỊCH"],
            ["TM. Ủy ban nhân dân", "KTNB", "QUYẾT ĐỊNH"],
        ),
        (forms.is_position, ["PHÓ CHỦ TỊCH", "CHfJ TICH", "GIÁM ĐÓC"], ["Chủ tịch", "CHỦ TRƯƠNG MỚI"]),
        (forms.is_recipients, ["Nơi nhận:", "Noi nhén: %/"], ["Nơi ở:", "nơi nhận hồ sơ"]),
        (
            forms.is_annex,
            ["PHỤ LỤC II", "Phụ lục", "Biểu mẫu 2"],
            ["phụ lục kèm theo", "Phụ lục I kèm theo Kế hoạch này"],
        ),
        (forms.is_name, ["Trần Văn An", "Lê Thị Thanh Trúc"], ["CHỦ TỊCH", "Các sở", "Phòng", "Trần Văn 2"]),
        (forms.is_page_number, ["3", "- 12 -"], ["2021", "3.", "a)"][:1]),
        (forms.is_dirt, ["~ ‘", "k:", "_"], ["a)", "1.", "II"]),
        (forms.is_urgency, ["HỎA TỐC", "KHẨN", "HÓA TỐC"], ["MỤC ĐÍCH", "hỏa tốc"]),
        (forms.is_banner, ["Ký bởi: Ủy ban", "Thời gian ký: 5/9"], ["Thời gian: từ tháng 3", "Người ký tên"]),
        (forms.is_gazette_head, ["CÔNG BÁO/Số 12/Ngày 5-9-2020"], ["Công báo đăng số", "CÔNG AN TỈNH"]),
    ],
)
def test_fixed_forms(test: Callable[[str], object], yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not test(text)] == []
    assert [text for text in no if test(text)] == []


# --- by wording ---
MERGED = """UY BAN NHAN DAN CONG HOA XA H0I CHU NGHIA VIET NAM
HUYEN BA BE . Dc lap - Tu do - Hanh phtic
S6: 12/KH-UBND Ba Bé, ngay 5 thang 9 nam 2020

UBND XA HA HIEU
DA NHAN| KE HOACH
CONG VAN DEN Phdng chdng rét nam 2020
$6:..... 7.... trén dia ban huyén
Ngay..... thang.... nam 20

Thuc hién chi dao cua tinh, huyén ban hanh ké hoach nhu sau:
1. Céc x4 bao cao./. ¥ -
k:
Noi nhan: %/ TM. UY BAN NHAN DAN
- UBND tinh (b/c); KT. CHU TICH
- Céc xa; PHO CHU TICH
- Luu: VT. Ma Van Tinh
"""


def test_columns_merged_by_ocr_are_parted(make_document: Callable[[str], Document]) -> None:
    doc = layout(make_document(MERGED))
    assert told(doc) == [
        ("header_left", "UY BAN NHAN DAN"),
        ("header_left", "HUYEN BA BE ."),
        ("header_left", "S6: 12/KH-UBND"),
        ("header_right", "CONG HOA XA H0I CHU NGHIA VIET NAM"),
        ("header_right", "Dc lap - Tu do - Hanh phtic"),
        ("header_right", "Ba Bé, ngay 5 thang 9 nam 2020"),
        ("stamp", "UBND XA HA HIEU"),
        ("stamp", "DA NHAN|"),
        ("title", "KE HOACH"),
        ("title", "Phdng chdng rét nam 2020"),
        ("title", "trén dia ban huyén"),
        ("stamp", "CONG VAN DEN"),
        ("stamp", "$6:..... 7...."),
        ("stamp", "Ngay..... thang.... nam 20"),
        ("body", "Thuc hién chi dao cua tinh, huyén ban hanh ké hoach nhu sau:"),
        ("margin", "¥ -"),
        ("margin", "k:"),
        ("foot_left", "Noi nhan:"),
        ("margin", "%/"),
        ("foot_left", "- UBND tinh (b/c);"),
        ("foot_left", "- Céc xa;"),
        ("foot_left", "- Luu: VT."),
        ("foot_right", "TM. UY BAN NHAN DAN"),
        ("foot_right", "KT. CHU TICH"),
        ("foot_right", "PHO CHU TICH"),
        ("foot_right", "Ma Van Tinh"),
    ]


CLEAN = """SỞ Y TẾ
Số: 7/QĐ-SYT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Huế, ngày 5 tháng 9 năm 2020
QUYẾT ĐỊNH
Về việc kiểm tra việc thực hiện quy định của
Bộ Y tế về dược
GIÁM ĐỐC SỞ Y TẾ
Căn cứ Luật Dược;
Điều 1. Thành lập đoàn kiểm tra.
Nơi nhận:
- Như Điều 1;
GIÁM ĐỐC
Trần Văn An
\fPhụ lục
STT | Nội dung | Ghi chú
1 | Kiểm tra kho |
2 |  | quý III
- 2 -
"""


def test_clean_text_is_zoned_as_printed(make_document: Callable[[str], Document]) -> None:
    doc = layout(make_document(CLEAN))
    assert zone(doc, "title") == ["QUYẾT ĐỊNH", "Về việc kiểm tra việc thực hiện quy định của", "Bộ Y tế về dược"]
    assert zone(doc, "foot_right") == ["GIÁM ĐỐC", "Trần Văn An"]
    assert zone(doc, "page_number") == ["- 2 -"]
    (table,) = doc.tables
    spans = doc.line_spans()
    texts = {(c.row, c.column): " ".join(doc.text(spans[n]) for n in c.lines) for c in table.cells}
    assert texts[0, 1] == "Nội dung"
    assert texts[1, 2] == ""
    assert texts[2, 2] == "quý III"


@pytest.mark.parametrize(
    "text", ["", "\n", "một hai\n", "\f\f", "Số: 1\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Nơi nhận:"]
)
def test_any_text_gets_through(make_document: Callable[[str], Document], text: str) -> None:
    doc = make_document(text)
    assert sorted(w.text for w in layout(doc).words) == sorted(w.text for w in doc.words)


@given(st.lists(st.sampled_from([*MERGED.splitlines(), *CLEAN.replace("|", "").splitlines()]), max_size=30))
def test_no_word_is_lost_and_layout_is_idempotent(lines: list[str]) -> None:
    rows = [line.replace("\f", "").split() for line in lines]
    words = tuple(Word(text, None, n) for n, row in enumerate(rows) for text in row)
    doc = Document("a", "a", "a", "text/plain", (Page(1),), tuple(Line(1) for _ in rows), words)
    once = layout(doc)
    assert sorted(w.text for w in once.words) == sorted(w.text for w in words)
    if any(line.zone != "body" for line in once.lines):
        assert layout(once) == once
