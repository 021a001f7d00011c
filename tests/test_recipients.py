"""Addressees and copies: one entry a bullet, purposes apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.recipients import entry_of, extract_recipients
from pipeline.layout import layout
from pipeline.records import Decree, Header
from pipeline.types import Document, Found

Make = Callable[[str], Document]


@pytest.mark.parametrize(
    ("printed", "text", "purpose"),
    [
        ("- Thường trực Huyện ủy (b/c);", "Thường trực Huyện ủy", "b/c"),
        ("- Giám đốc (để báo cáo);", "Giám đốc", "để báo cáo"),
        ("- Ban Thi đua, (để b/cáo)", "Ban Thi đua", "để b/cáo"),
        ("- Các xã (đê thực hiện);", "Các xã", "đê thực hiện"),
        ("- Cục Kiểm lâm (bản điện tử);", "Cục Kiểm lâm", "bản điện tử"),
        ("-Lưu: VT, NV.", "Lưu: VT, NV", None),
        ("- Như trên;", "Như trên", None),
        ("- Bộ Tư pháp (Cục Kiểm tra);L]", "Bộ Tư pháp (Cục Kiểm tra)", None),
        ("- Phòng Thương mại (VCCI);", "Phòng Thương mại (VCCI)", None),
        ("Lưu VT", "Lưu VT", None),
    ],
)
def test_an_entry(printed: str, text: str, purpose: str | None) -> None:
    entry = entry_of(printed)
    assert (entry.text, entry.purpose) == (text, purpose)


def recipients_of(make: Make, text: str) -> list[tuple[str, str, str | None]]:
    decree = extract_recipients(Decree(layout(make(text))))
    return [(r.role, r.text.value, r.purpose) for r in decree.recipients]


def test_entries_over_two_lines_and_a_purpose_below(make_document: Make) -> None:
    text = """1. Các xã báo cáo kết quả./.
Nơi nhận:
- UBND các xã, thị trấn, các phòng và
đoàn thể của huyện;
(để thực hiện)
- Lưu: VT.
CHỦ TỊCH
"""
    assert recipients_of(make_document, text) == [
        ("copy", "UBND các xã, thị trấn, các phòng và đoàn thể của huyện", "để thực hiện"),
        ("copy", "Lưu: VT", None),
    ]


@pytest.mark.parametrize("head", ["Nơi nhận J2,", "Nơi nhận: 4", "Nơi nhận"])
def test_ink_behind_the_head_is_no_entry(make_document: Make, head: str) -> None:
    text = f"1. Các xã báo cáo kết quả./.\n{head}\n- Như Điều 3;\n- Lưu: VT.\nCHỦ TỊCH\n"
    assert [r[1] for r in recipients_of(make_document, text)] == ["Như Điều 3", "Lưu: VT"]


def test_addressees(make_document: Make) -> None:
    text = """SỞ Y TẾ
Số: 123/SYT-NVY
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hà Nam, ngày 05 tháng 3 năm 2021
Kính gửi:
- Các bệnh viện trong tỉnh;
- Trung tâm Kiểm nghiệm.
Sở Y tế đề nghị các đơn vị báo cáo./.
Nơi nhận:
- Như trên;
"""
    assert recipients_of(make_document, text) == [
        ("to", "Các bệnh viện trong tỉnh", None),
        ("to", "Trung tâm Kiểm nghiệm", None),
        ("copy", "Như trên", None),
    ]


def test_a_letter_that_names_no_addressee_begins_with_its_text(make_document: Make) -> None:
    text = """SỞ XÂY DỰNG
Số: 12/SXD-VP
V/v góp ý dự thảo
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Nam Định, ngày 05 tháng 3 năm 2021
Kính gửi:
Trong năm 2020, Sở Xây dựng đã phối hợp với các sở, ban, ngành, các huyện, thành phố
xây dựng dự thảo quy chế./.
Nơi nhận:
- Như trên;
-nn
- Lưu: VT.
"""
    assert [r[1] for r in recipients_of(make_document, text)] == ["Như trên", "Lưu: VT"]
    assert [r for r in recipients_of(make_document, text) if r[0] == "to"] == []


@pytest.mark.parametrize(
    ("entry", "body"),
    [
        ("UBND các huyện, thị xã, thành phố", "Ủy ban nhân dân các huyện, thị xã, thành phố thuộc tỉnh Bình Hà"),
        ("Thường trực HĐND tỉnh", "Thường trực Hội đồng nhân dân tỉnh Bình Hà"),
        ("Văn phòng Chính phủ", "Văn phòng Chính phủ"),
        ("Sở Tài chính, Sở Nội vụ", None),  # two
        ("CT, PCT UBND tỉnh", None),  # persons
        ("Lưu: VT, KTTH", None),
        ("Như trên", None),
    ],
)
def test_an_entry_that_is_one_body_is_resolved(make_document: Make, entry: str, body: str | None) -> None:
    issuer = Header(issuer=Found("Ủy ban nhân dân tỉnh Bình Hà", None))
    text = f"KẾ HOẠCH\nTưới tiêu\n1. Nạo vét kênh.\n\nNơi nhận:\n- {entry};\n- Lưu: VT."
    decree = extract_recipients(Decree(layout(make_document(text)), header=issuer))
    assert next(r.body for r in decree.recipients if r.text.value.startswith(entry[:6])) == body
