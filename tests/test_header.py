"""The header and foot: what is printed is found, what cannot be read stays open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.extract.header import extract_header
from pipeline.layout import layout
from pipeline.records import Decree, Header
from pipeline.types import Box, Document, Line, Word

Make = Callable[[str], Document]
PLAN = """UBND TỈNH KIÊN GIANG
SỞ Y TẾ
Số: {number}/KH-SYT
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Kiên Giang, {date}
{type}
Về việc tiêm chủng cho trẻ em
năm 2021
1. Tiêm chủng cho trẻ em dưới một tuổi.
2. Báo cáo kết quả./.
Nơi nhận:
- Như trên;
- Lưu: VT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC
Trần Thị Lan
"""


def header_of(make: Make, text: str) -> Header:
    return extract_header(Decree(layout(make(text)))).header


def plan(number: str = "74", date: str = "ngày 05 tháng 3 năm 2021", type: str = "KẾ HOẠCH") -> str:
    return PLAN.format(number=number, date=date, type=type)


def test_every_element_of_a_plan(make_document: Make) -> None:
    header = header_of(make_document, plan())
    found = {name: getattr(header, name).value for name in Header.__dataclass_fields__ if getattr(header, name)}
    assert found == {
        "type_code": "KH", "type_name": "Kế hoạch", "number": "74", "notation": "KH-SYT", "code": "74/KH-SYT",
        "parent_issuer": "Ủy ban nhân dân tỉnh Kiên Giang", "issuer": "Sở Y tế tỉnh Kiên Giang", "place": "Kiên Giang",
        "issued": "2021-03-05", "subject": "Về việc tiêm chủng cho trẻ em năm 2021",
        "signing_authority": "KT. GIÁM ĐỐC",
        "signer_position": "PHÓ GIÁM ĐỐC", "signer_name": "Trần Thị Lan",
    }  # fmt: skip


@pytest.mark.parametrize("read", ["7l4 KH-SYT", "7 4 KH-SYT", "24 55 KH-SYT"])
def test_a_number_whose_pen_ran_over_the_slash_leaves_the_notation(make_document: Make, read: str) -> None:
    doc = make_document(plan().replace("74/KH-SYT", read))
    words = tuple(
        replace(w, box=Box(10 * n, 10 * w.line, 10 * n + 9, 10 * w.line + 9)) for n, w in enumerate(doc.words)
    )
    header = extract_header(Decree(replace(layout(doc), words=words))).header
    assert (header.number, header.notation and header.notation.value) == (None, "KH-SYT")


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("ngày 05 tháng 3 năm 2021", "2021-03-05"),
        ("ngày 1& tháng 3 năm 2021", "2021-03-1X"),
        ("ngay1& tháng 3 năm 2021", "2021-03-1X"),
        ("ngày ?? tháng 3 năm 2021", "2021-03"),
        ("ngày      tháng 3 năm 2021", "2021-03"),
        ("ngày 45 tháng 3 năm 2021", "2021-03"),
        ("ngày      tháng      năm 2021", "2021"),
    ],
)
def test_a_date_says_no_more_than_can_be_read(make_document: Make, date: str, issued: str) -> None:
    found = header_of(make_document, plan(date=date)).issued
    assert found is not None
    assert found.value == issued


@pytest.mark.parametrize("number", ["7a4", "", "{4", "..."])
def test_a_doubtful_number_is_open_and_the_notation_kept(make_document: Make, number: str) -> None:
    header = header_of(make_document, plan(number=number))
    assert header.number is None
    assert header.code is None
    assert header.notation is not None
    assert header.notation.value == "KH-SYT"


def test_the_notation_is_kept_where_a_pen_hid_all_before_it(make_document: Make) -> None:
    header = header_of(make_document, plan().replace("Số: 74/KH-SYT", "/KH-SYT"))
    assert (header.number, header.notation and header.notation.value) == (None, "KH-SYT")


def test_a_contradiction_lowers_the_score(make_document: Make) -> None:
    agreed = header_of(make_document, plan()).type_code
    against = header_of(make_document, plan(type="QUYẾT ĐỊNH")).type_code
    assert agreed is not None
    assert against is not None
    assert against.value == "QĐ"
    assert against.score < 0.5 < agreed.score


def test_an_official_letter_has_its_subject_under_the_number(make_document: Make) -> None:
    text = """BỘ Y TẾ
Số: 123/BYT-DP
V/v tiêm chủng cho
trẻ em
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nội, ngày 05 tháng 3 năm 2021
Kính gửi: Sở Y tế các tỉnh.
Bộ Y tế đề nghị các Sở Y tế tiêm chủng cho trẻ em./.
"""
    header = header_of(make_document, text)
    assert header.subject is not None
    assert header.subject.value == "V/v tiêm chủng cho trẻ em"
    assert header.type_name is not None
    assert header.type_name.value == "Công văn"
    assert header.issuer is not None
    assert header.issuer.value == "Bộ Y tế"


def scanned(doc: Document, scores: dict[str, float]) -> Document:
    """The document as if scanned: words with boxes, and the scores given for some of them."""
    words = tuple(
        Word(w.text, Box(10 * n, 50 * w.line, 10 * n + 9, 50 * w.line + 30), w.line, scores.get(w.text, 0.96))
        for n, w in enumerate(doc.words)
    )
    lines = tuple(Line(ln.page, ln.zone, Box(0, 50 * n, 900, 50 * n + 30)) for n, ln in enumerate(doc.lines))
    return replace(doc, words=words, lines=lines)


def test_a_pen_on_a_scan_is_not_believed(make_document: Make) -> None:
    doc = layout(make_document(plan()))
    sure = extract_header(Decree(scanned(doc, {}))).header
    assert sure.number is not None
    assert sure.issued is not None
    assert sure.issued.value == "2021-03-05"
    doubtful = extract_header(Decree(scanned(doc, {"74/KH-SYT": 0.4, "05": 0.5}))).header
    assert doubtful.number is None
    assert doubtful.notation is not None
    assert doubtful.notation.value == "KH-SYT"
    assert doubtful.issued is not None
    assert doubtful.issued.value == "2021-03"


def test_spans_give_evidence(make_document: Make) -> None:
    decree = extract_header(Decree(layout(make_document(plan()))))
    for name in Header.__dataclass_fields__:
        found = getattr(decree.header, name)
        if found is not None:
            assert list(decree.document.evidence(found.span))


def test_nothing_read_is_nothing_said(make_document: Make) -> None:
    assert header_of(make_document, "") == Header()
