"""Papers before Thông tư 01/2011: their heads, rules of hyphens, `V/v`, feet and codes, in text that kept its columns.

Sources: Thông tư liên tịch 55/2005/TTLT-BNV-VPCP; Nghị định 142-CP of 1963; what typists made of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from pipeline.extract.bodies import canonical_name
from pipeline.flow import Config, digitise
from pipeline.layout import forms
from pipeline.records import Decree
from pipeline.train.markup import parse
from pipeline.train.render import render

DECISION_1995 = """\
UỶ BAN NHÂN DÂN                    CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH NAM HÀ                             Độc lập - Tự do - Hạnh phúc
----o0o----                                    -----***-----
Số: 415 QĐ/UB                      Nam Hà, ngày 12 tháng 5 năm 1995

                         QUYẾT ĐỊNH
              CỦA UỶ BAN NHÂN DÂN TỈNH NAM HÀ
      V/v thành lập Ban chỉ đạo phòng chống lụt bão tỉnh
                   ----------

               UỶ BAN NHÂN DÂN TỈNH NAM HÀ

- Căn cứ Luật Tổ chức Hội đồng nhân dân và Uỷ ban nhân dân ngày 21/6/1994;
- Xét đề nghị của đồng chí Giám đốc Sở Thuỷ lợi tại tờ trình số 52/TT-TL ngày 03/5/1995,

                         QUYẾT ĐỊNH

Điều 1: Thành lập Ban chỉ đạo phòng chống lụt bão tỉnh gồm các đồng chí có tên sau đây.
Điều 2: Ban chỉ đạo có trách nhiệm kiểm tra đê điều trước ngày 15/6/1995 và báo cáo Uỷ ban nhân dân tỉnh.
Điều 3: Các ông Chánh văn phòng UBND tỉnh, Giám đốc Sở Thuỷ lợi, Chủ tịch UBND các huyện, thị xã căn cứ
quyết định thi hành./.

Nơi nhận:                              T/M UỶ BAN NHÂN DÂN TỈNH NAM HÀ
- Như điều 3                                    K/T CHỦ TỊCH
- TT Tỉnh uỷ, TT HĐND                           PHÓ CHỦ TỊCH
(để báo cáo)                                      (Đã ký)
- Lưu VP                                       Vũ Đình Khoát
"""
LETTER_2006 = """\
UỶ BAN NHÂN DÂN              CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÀO CAI                       Độc lập - Tự do - Hạnh phúc

Số: 1287/UBND-KT             Lào Cai, ngày 04 tháng 8 năm 2006
V/v tăng cường phòng
chống rét cho gia súc

              Kính gửi:
                  - Sở Nông nghiệp và Phát triển nông thôn;
                  - Uỷ ban nhân dân các huyện, thành phố.

Thực hiện Công điện số 12/CĐ-BNN ngày 01/8/2006 của Bộ Nông nghiệp và Phát triển nông thôn về việc phòng chống rét,
Uỷ ban nhân dân tỉnh yêu cầu các đơn vị thực hiện một số việc sau:
1. Sở Nông nghiệp và Phát triển nông thôn hướng dẫn nhân dân che chắn chuồng trại, dự trữ thức ăn
trước ngày 30/10/2006.
2. Uỷ ban nhân dân các huyện, thành phố chỉ đạo các xã kiểm tra, báo cáo hàng tháng về Sở Nông nghiệp và Phát triển
nông thôn.

                                   2

Yêu cầu các đơn vị nghiêm túc thực hiện./.

Nơi nhận:                                    TM. UỶ BAN NHÂN DÂN TỈNH
- Như trên;                                       KT. CHỦ TỊCH
- TT. Tỉnh uỷ, HĐND tỉnh;                         PHÓ CHỦ TỊCH
- Lưu: VT, NLN.
                                                  Giàng Seo Phử
"""
CIRCULAR_1988 = """\
BỘ NỘI THƯƠNG                  CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
                                    Độc Lập - Tự Do - Hạnh Phúc
Số : 23/NT-TT                      ------------------------
                               Hà Nội, ngày 17 tháng 3 năm 1988

                         THÔNG TƯ
       Hướng dẫn việc bán hàng theo giá kinh doanh thương nghiệp
                       ----ooOoo----

     Thi hành Quyết định số 217/HĐBT ngày 14-11-1987 của Hội đồng Bộ trưởng,
Bộ Nội thương hướng dẫn như sau :
     I - NGUYÊN TẮC CHUNG
     1- Các Sở Thương nghiệp tổ chức bán hàng tại các cửa hàng quốc doanh.
     2- Các Công ty chuyên doanh báo cáo kết quả về Bộ trước ngày 25 hàng tháng.
     II - TỔ CHỨC THỰC HIỆN
     Các đồng chí Giám đốc Sở Thương nghiệp có trách nhiệm thi hành Thông tư này.

                                     K/T BỘ TRƯỞNG BỘ NỘI THƯƠNG
                                           THỨ TRƯỞNG
     Nơi gửi :                               (Đã ký)
     - Các Sở TN
     - Các Tổng công ty                    Nguyễn Thế Tiệm
     - Lưu HC-PC
"""
LETTER_A5 = """\
+++
layout = "a5"
family = "liberation"
mode = "mono"
nation = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
left = ["UỶ BAN NHÂN DÂN", "HUYỆN ĐÔNG SƠN"]
number = "Số: 312/UBND-VP"
about = "V/v mời họp giao ban // tháng 9 năm 2007"
place_date = "Đông Sơn, ngày 28 tháng 8 năm 2007"
to = ["Chủ tịch UBND các xã, thị trấn."]
copies = ["Như trên;", "Lưu: VT."]
sign = ["TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"]
name = "Lê Đình Thuận"
sealed = false
+++
Uỷ ban nhân dân huyện mời Chủ tịch UBND các xã, thị trấn dự họp giao ban tháng 9 năm 2007.
1. Thời gian: 8 giờ ngày 05/9/2007.
2. Địa điểm: Hội trường Uỷ ban nhân dân huyện.
Đề nghị các xã, thị trấn gửi báo cáo về Văn phòng trước ngày 03/9/2007./.
"""
TYPED_1991 = """\
+++
layout = "tt01"
family = "typewriter"
mode = "grey"
nation = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
left = ["ỦY BAN NHÂN DÂN", "TỈNH HÀ BẮC", "-----"]
number = "Số: 67/UB"
place_date = "Hà Bắc, ngày 15 tháng 2 năm 1991"
type = "CHỈ THỊ"
subject = "Về việc chống hạn cho lúa vụ xuân"
copies = ["Các huyện, thị;", "Sở Thủy lợi;", "Lưu VP."]
sign = ["T/M UBND TỈNH HÀ BẮC", "CHỦ TỊCH"]
name = "Nguyễn Thanh Quyến"
sealed = false
+++
Từ đầu tháng 1 đến nay trời không mưa, nhiều hồ đập cạn nước. Ủy ban nhân dân tỉnh chỉ thị:
1. Sở Thủy lợi chỉ đạo các trạm bơm chạy hết công suất, báo cáo kết quả trước ngày 28-2-1991.
2. Ủy ban nhân dân các huyện, thị xã huy động nhân dân nạo vét kênh mương.
Nhận được chỉ thị này, yêu cầu các ngành, các cấp thực hiện nghiêm túc.
"""


def read(tmp_path: Path, text: str) -> Decree:
    (tmp_path / "old.txt").write_text(text, "utf8")
    return digitise(tmp_path / "old.txt", config=Config(stages=("layout",)))


def scanned(tmp_path: Path, manuscript: str) -> Decree:
    page = render(parse(manuscript), seed=3, severity=2)[0]
    Image.fromarray(page.pixels).save(tmp_path / "old.png", dpi=(200, 200))
    return digitise(tmp_path / "old.png")


def zone(decree: Decree, name: str) -> list[str]:
    doc = decree.document
    spans = zip(doc.lines, doc.line_spans(), strict=True)
    return [" ".join(w.text for w in doc.words[span.start : span.end]) for line, span in spans if line.zone == name]


def header(decree: Decree, *names: str) -> list[str | None]:
    return [found.value if (found := getattr(decree.header, name)) else None for name in names]


def test_a_decision_of_1995(tmp_path: Path) -> None:
    decree = read(tmp_path, DECISION_1995)
    assert zone(decree, "header_left") == ["UỶ BAN NHÂN DÂN", "TỈNH NAM HÀ", "Số: 415 QĐ/UB"]
    assert zone(decree, "margin") == ["----o0o----", "-----***-----", "----------"]
    assert zone(decree, "foot_right")[2:] == ["PHÓ CHỦ TỊCH", "(Đã ký)", "Vũ Đình Khoát"]
    assert header(decree, "type_code", "number", "notation", "issuer", "place", "issued", "signer_name") == [
        "QĐ", "415", "QĐ/UB", "Ủy ban nhân dân tỉnh Nam Hà", "Nam Hà", "1995-05-12", "Vũ Đình Khoát"
    ]  # fmt: skip
    assert header(decree, "subject") == ["V/v thành lập Ban chỉ đạo phòng chống lụt bão tỉnh"]
    assert [(r.text.value, r.purpose) for r in decree.recipients] == [
        ("Như điều 3", None), ("TT Tỉnh uỷ, TT HĐND", "để báo cáo"), ("Lưu VP", None)
    ]  # fmt: skip


def test_a_letter_of_2006(tmp_path: Path) -> None:
    decree = read(tmp_path, LETTER_2006)
    assert zone(decree, "header_left")[2:] == ["Số: 1287/UBND-KT", "V/v tăng cường phòng", "chống rét cho gia súc"]
    assert header(decree, "code", "issued", "signer_position", "signer_name") == [
        "1287/UBND-KT", "2006-08-04", "PHÓ CHỦ TỊCH", "Giàng Seo Phử"
    ]  # fmt: skip
    assert header(decree, "subject") == ["V/v tăng cường phòng chống rét cho gia súc"]
    assert len(decree.recipients) == 5
    assert zone(decree, "page_number") == ["2"]


def test_a_typed_circular_of_1988(tmp_path: Path) -> None:
    decree = read(tmp_path, CIRCULAR_1988)
    assert header(decree, "type_code", "code", "issuer", "issued", "signer_position", "signer_name") == [
        "TT", "23/NT-TT", "Bộ Nội thương", "1988-03-17", "THỨ TRƯỞNG", "Nguyễn Thế Tiệm"
    ]  # fmt: skip
    assert [r.text.value for r in decree.recipients] == ["Các Sở TN", "Các Tổng công ty", "Lưu HC-PC"]
    assert [s.path for s in decree.sections] == ["p1", "I", "I/1", "I/2", "II", "II/p1"]


@pytest.mark.parametrize("text", ["----o0o----", "---***---", "-----o0o-----", "----ooOoo----", "--- * ---", "======"])
def test_small_rules_are_dirt(text: str) -> None:
    assert forms.is_dirt(text)


@pytest.mark.parametrize("text", ["- Lưu: VT", "-1-2-3", "1 - 2", "- 10 -", "a)", "2005 - 2010", "o 10 - 12 - 15"])
def test_text_with_dashes_is_not(text: str) -> None:
    assert not forms.is_dirt(text)


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("UỶ BAN NHÂN DÂN XÃ TRUNG MẦU", "Ủy ban nhân dân xã Trung Mầu"),
        ("BỘ NỘI THƯƠNG", "Bộ Nội thương"),
        ("SỞ THUỶ LỢI", "Sở Thủy lợi"),
    ],
)
def test_names_in_capitals_that_no_table_knows(printed: str, name: str) -> None:
    assert canonical_name(printed) == name


@pytest.mark.slow
def test_a_scanned_letter_on_half_a_sheet(tmp_path: Path) -> None:
    decree = scanned(tmp_path, LETTER_A5)
    assert header(decree, "type_name", "code", "issuer", "issued", "signing_authority", "signer_name") == [
        "Công văn", "312/UBND-VP", "Ủy ban nhân dân huyện Đông Sơn", "2007-08-28", "TL. CHỦ TỊCH", "Lê Đình Thuận"
    ]  # fmt: skip
    assert header(decree, "subject") == ["V/v mời họp giao ban tháng 9 năm 2007"]
    assert [s.path for s in decree.sections] == ["p1", "1", "2", "p2"]


@pytest.mark.slow
def test_a_scanned_page_of_a_typewriter(tmp_path: Path) -> None:
    decree = scanned(tmp_path, TYPED_1991)
    assert header(decree, "type_code", "code", "place", "issued", "signer_position", "signer_name") == [
        "CT", "67/UB", "Hà Bắc", "1991-02-15", "CHỦ TỊCH", "Nguyễn Thanh Quyến"
    ]  # fmt: skip
    assert {"1", "2"} < {s.path for s in decree.sections}
    assert len(decree.recipients) == 3
