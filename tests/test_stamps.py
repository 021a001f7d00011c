"""Stamps and degrees: what is plain is taken, a pen's blanks stay open."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pipeline.extract.degrees import degree_at_start, degree_of
from pipeline.extract.stamps import extract_stamps
from pipeline.records import Decree
from pipeline.types import Document, Line

Make = Callable[[str], Document]


def stamped(make: Make, text: str) -> Decree:
    doc = make(text)
    return extract_stamps(Decree(replace(doc, lines=tuple(Line(ln.page, "stamp") for ln in doc.lines))))


def test_an_incoming_stamp(make_document: Make) -> None:
    (stamp,) = stamped(make_document, "PHÒNG NỘI VỤ\nCÔNG VĂN ĐẾN\nSố: 485\nNgày 21 tháng 3 năm 2018").stamps
    assert (stamp.kind, stamp.page, stamp.number, stamp.date) == ("incoming", 1, "485", "2018-03-21")
    assert stamp.receiver is not None
    assert stamp.receiver.startswith("Phòng Nội vụ")


@pytest.mark.parametrize("blanks", ["Số: 4d8X.......\nNgày..d tháng...S. năm20)", "Số:........\nNgày ... tháng ..."])
def test_a_pen_in_the_blanks_is_not_read(make_document: Make, blanks: str) -> None:
    (stamp,) = stamped(make_document, f"CÔNG VĂN ĐẾN\n{blanks}").stamps
    assert (stamp.number, stamp.date) == (None, None)


def test_an_impossible_date_is_none(make_document: Make) -> None:
    (stamp,) = stamped(make_document, "CÔNG VĂN ĐẾN\nNgày 31 tháng 2 năm 2018").stamps
    assert stamp.date is None


def test_urgency_and_copy(make_document: Make) -> None:
    assert [s.kind for s in stamped(make_document, "HỎA TỐC\nSAO Y BẢN CHÍNH").stamps] == ["copy", "urgency"]


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("HỎA TỐC", ("urgency", "Hỏa tốc")),
        ("HOẢ TỐC", ("urgency", "Hỏa tốc")),
        ("HÓA rốc]", ("urgency", "Hỏa tốc")),
        ("[nỏa xốc]", ("urgency", "Hỏa tốc")),
        ("[toàn tỉnh]", None),
        ("KHẨN", ("urgency", "Khẩn")),
        ("MẬT", ("secrecy", "Mật")),
        ("mật", None),
        ("Khẩn trương", None),
        ("HỌA SĨ", None),
    ],
)
def test_a_degree_is_a_line_of_its_own(text: str, degree: tuple[str, str] | None) -> None:
    assert degree_of(text) == degree


def test_a_degree_run_into_the_title() -> None:
    assert degree_at_start("HỎA TỐC KẾ HOẠCH") == 2
    assert degree_at_start("KẾ HOẠCH") == 0
