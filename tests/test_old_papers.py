"""Papers before Thông tư 01/2011: their heads, rules of hyphens, `V/v`, feet and codes, in text that kept its columns.

Sources: Thông tư liên tịch 55/2005/TTLT-BNV-VPCP; Nghị định 142-CP of 1963; what typists made of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.bodies import canonical_name
from pipeline.flow import Config, digitise
from pipeline.layout import forms
from pipeline.records import Decree

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


def read(tmp_path: Path, text: str) -> Decree:
    (tmp_path / "old.txt").write_text(text, "utf8")
    return digitise(tmp_path / "old.txt", config=Config(stages=("layout",)))


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
