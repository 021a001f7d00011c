"""The small parts of extraction: shapes of text, closings, signatures, titles, feet, annexes, issuers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.extract.anatomy import anatomy, is_annex_head
from pipeline.extract.annexes import annex_lines, attached_pages
from pipeline.extract.citation_forms import plain
from pipeline.extract.closing import CLOSINGS, closes
from pipeline.extract.issuing import issuer_after
from pipeline.extract.lines import joined, measure, printed_lines
from pipeline.extract.shape import ends_block, is_capital, is_dirt, is_run_in_heading, opens_parenthesis
from pipeline.extract.signature import is_person, signature
from pipeline.layout import layout
from pipeline.types import Document, Line

Make = Callable[[str], Document]


@pytest.mark.parametrize("wording", [example for _, example in CLOSINGS])
def test_each_closing_is_known_by_its_wording(wording: str) -> None:
    assert closes(wording)


def test_a_closing_paragraph_closes_where_its_verb_lost_a_letter() -> None:
    assert closes("Trên đây l Kế hoạch trồng cây của huyện.")


@pytest.mark.parametrize("wording", ["Phòng Tài chính lập dự toán.", "Trên địa bàn huyện có hai mươi xã."])
def test_other_paragraphs_do_not_close(wording: str) -> None:
    assert not closes(wording)


@pytest.mark.parametrize(
    ("test", "yes", "no"),
    [
        (is_capital, ["MỤC ĐÍCH, YÊU CẦU", "TỔ CHứC THỰC HIỆN"], ["Mục đích", "1.2.", ""]),
        (ends_block, ["Báo cáo kết quả.", "gồm:", "theo mẫu).", "Kết thúc./."], ["các đơn vị", "ngày 5,"]),
        (is_run_in_heading, ["Sáng:", "Địa điểm thực hiện:"], ["bao gồm:", "như sau:", "Sáng: đón khách", "Sáng"]),
        (opens_parenthesis, ["theo mẫu (Phụ lục", "phong trào “Cả nước"], ["theo mẫu (I)", "“Cả nước”"]),
        (is_dirt, ["L7. _—: 1S", "~", "`  ¬"], ["Sau đại học", "CNTT", "10"]),
        (is_person, ["Nguyễn Văn Bình", "ThS. Trần Thị Lan"], ["CHỦ TỊCH", "Sở Y tế tỉnh", "Bình"]),
    ],
)
def test_shapes(test: Callable[[str], bool], yes: list[str], no: list[str]) -> None:
    assert [text for text in yes if not test(text)] == []
    assert [text for text in no if test(text)] == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Phụ lục", None),
        ("PHỤ LỤC II", "ii"),
        ("Phụ lục số 01", "01"),
        ("Mẫu số 2", "2"),
        ("Phụ lục I.", "i"),
        ("Z7 PHỤ LỤC", None),
    ],
)
def test_annex_heads(text: str, number: str | None) -> None:
    match = is_annex_head(text)
    assert match is not None
    assert match["number"] == number


@pytest.mark.parametrize(
    "text", ["phụ lục I", "Phụ lục I kèm theo Kế hoạch này", "Mẫu đơn", "3. PHỤ LỤC", "(PHỤ LỤC I)"]
)
def test_a_mention_of_an_annex_is_no_head(text: str) -> None:
    assert not is_annex_head(text)


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        (" của Bộ Y tế về việc kiểm tra", "Bộ Y tế"),
        (" của Chính phủ quy định về hóa đơn", "Chính phủ"),
        (" của Sở Kế hoạch và Đầu tư;", "Sở Kế hoạch và Đầu tư"),
        (" của Ủy ban nhân dân thị xã Sơn Tây về đất đai", "Ủy ban nhân dân thị xã Sơn Tây"),
        (" của Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ hướng dẫn", "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ"),
        (" của Thủ tướng Chính phủ và các văn bản khác", "Thủ tướng Chính phủ"),
        (" Sở Y tế về việc lập dự toán", "Sở Y tế"),
        (" về việc lập dự toán", None),
    ],
)
def test_an_issuer_ends_before_what_the_document_is_about(text: str, issuer: str | None) -> None:
    found = issuer_after(text, plain(text), 0)
    assert (found.text if found else None) == issuer


@pytest.mark.parametrize(
    ("foot", "authority", "position", "name"),
    [
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn An", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn An"),
        ("TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\nLê Văn An", "TM. CHÍNH PHỦ KT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG",
         "Lê Văn An"),
        ("KT.GIÁM ĐÓC\nPHÓ GIÁM ĐÓC", "KT.GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", None),
        ("__ CHỦ TỊCH\nLê Văn An", None, "CHỦ TỊCH", "Lê Văn An"),
        ("KT. GIÁM ĐỐC\nPHÓ GIẢM\n“rần Văn An", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn An"),
        ("CHfJ TÍCH\nLê Văn An", None, "CHỦ TỊCH", "Lê Văn An"),
        ("HỦ TỊCH\n1ê Văn An", None, "CHỦ TỊCH", "Lê Văn An"),
        ("CHỦ TỊCH\nHuynh Văn An", None, "CHỦ TỊCH", "Huỳnh Văn An"),
        ("CHỦ TỊCH\nLưu Văn An", None, "CHỦ TỊCH", "Lưu Văn An"),
        ("CHỦ TỊCH\nKsor Lan", None, "CHỦ TỊCH", "Ksor Lan"),
        ("THANH TRA\nLê Văn An\nPHÊ DUYỆT GIÁM ĐỐC\nPhan Thị Lan", None, "CHÁNH THANH TRA", "Lê Văn An"),
        ("PHÓ TRƯỞNG\nam Văn An", None, "PHÓ TRƯỞNG", None),
        ("", None, None, None),
    ],
)  # fmt: skip
def test_signatures(
    make_document: Make, foot: str, authority: str | None, position: str | None, name: str | None
) -> None:
    doc = make_document(foot)
    doc = replace(doc, lines=tuple(Line(1, "foot_right") for _ in doc.lines))
    found = signature(doc, printed_lines(doc))
    values = [f.value if f else None for f in (found.authority, found.position, found.name)]
    assert values == [authority, position, name]


def test_form_heads_and_feet_of_annexes_are_left_out(make_document: Make) -> None:
    text = "ĐƠN VỊ:\nPhụ lục I\nBÁO CÁO KẾT QUẢ\nNhận xét chung của đơn vị.\nTHỦ TRƯỞNG ĐƠN VỊ\n(Ký, ghi rõ họ tên)"
    kept = [ln.text for ln in annex_lines(printed_lines(make_document(text)))]
    assert kept == ["Phụ lục I", "BÁO CÁO KẾT QUẢ", "Nhận xét chung của đơn vị."]


def test_the_head_of_an_attached_document_is_left_out(make_document: Make) -> None:
    text = """BỘ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 3 năm 2021
THÔNG TƯ
Quy định về tiêm chủng"""
    assert [ln.text for ln in annex_lines(printed_lines(make_document(text)))] == ["THÔNG TƯ", "Quy định về tiêm chủng"]


@pytest.mark.parametrize(
    "under", ["Căn cứ Luật Lâm nghiệp ngày 15 tháng 11 năm 2017;", "Kính gửi: Các xã", "QUYẾT ĐỊNH"]
)
def test_a_head_ends_where_the_text_under_it_begins(make_document: Make, under: str) -> None:
    text = f"""BỘ Y TẾ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Hà Nội, ngày tháng năm 2021
DỰ THẢO 2
{under}
Theo Nghị định số 12/2017/NĐ-CP ngày 08 tháng 6 năm 2017 của Chính phủ."""
    lines = printed_lines(make_document(text))
    assert attached_pages(lines) == {1}
    assert [ln.text for ln in annex_lines(lines)][:-1] == [under]


def test_a_title_that_layout_missed_is_found(make_document: Make) -> None:
    doc = make_document("KẾ HOẠCH\nTrồng cây đầu năm\ntrên địa bàn huyện\nCăn cứ Luật Lâm nghiệp;\n1. Chọn giống.")
    parts = anatomy(doc)
    assert [ln.text for ln in parts.title] == ["KẾ HOẠCH", "Trồng cây đầu năm", "trên địa bàn huyện"]
    assert parts.body[0].text == "Căn cứ Luật Lâm nghiệp;"


def test_addressees_are_no_body(make_document: Make) -> None:
    doc = make_document("Kính gửi:\n- Các xã;\n- Các phòng.\nỦy ban nhân dân huyện đề nghị báo cáo.")
    parts = anatomy(layout(doc))
    assert len(parts.addressees) == 3
    assert [ln.text for ln in parts.body] == ["Ủy ban nhân dân huyện đề nghị báo cáo."]


def test_wide_letters_make_wide_lines() -> None:
    assert measure("MMM") > measure("mmm") > measure("iii")
    assert measure("") == 0


def test_lines_are_joined_but_broken_tokens_closed(make_document: Make) -> None:
    doc = make_document("Quyết định số 15/QĐ-\nUBND của huyện - \ngiai đoạn 2021 -\n2025")
    assert joined(doc, doc.span) == "Quyết định số 15/QĐ-UBND của huyện - giai đoạn 2021 - 2025"
