"""Every written form of a time: its words, kind, bounds and rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dategrammar import Time, times
from pipeline.extract.dates import extract_dates
from pipeline.extract.passage import Passage
from pipeline.records import Decree, Header
from pipeline.types import Document, Found, Span

D = date
#: (text, year of the document, [(words, kind, first, last, rule)])
Row = tuple[str, str, date | None, date | None, str | None]
CASES: list[tuple[str, list[Row]]] = [
    ("họp ngày 07/4/2019 tại", [("ngày 07/4/2019", "date", D(2019, 4, 7), D(2019, 4, 7), None)]),
    ("họp ngày 8 tháng 3 năm 2019", [("ngày 8 tháng 3 năm 2019", "date", D(2019, 3, 8), D(2019, 3, 8), None)]),
    ("nộp trước 16/11/2019.", [("trước 16/11/2019", "by", None, D(2019, 11, 15), None)]),
    ("hạn chót 13/10/2019, theo mẫu", [("hạn chót 13/10/2019", "by", None, D(2019, 10, 13), None)]),
    ("xong trước 17 giờ 00 ngày 15/5/2019", [("trước 17 giờ 00 ngày 15/5/2019", "by", None, D(2019, 5, 15), None)]),
    ("từ 20/11 đến 15/12/2019", [("từ 20/11 đến 15/12/2019", "range", D(2019, 11, 20), D(2019, 12, 15), None)]),
    ("từ 22 đến 24/9/2019", [("từ 22 đến 24/9/2019", "range", D(2019, 9, 22), D(2019, 9, 24), None)]),
    ("(3/2/1930 - 3/2/2020)", [("3/2/1930 - 3/2/2020", "range", D(1930, 2, 3), D(2020, 2, 3), None)]),
    ("kể từ ngày 01/7/2019, các hộ", [("kể từ ngày 01/7/2019", "range", D(2019, 7, 1), None, None)]),
    ("trong quý II năm 2019", [("trong quý II năm 2019", "quarter", D(2019, 4, 1), D(2019, 6, 30), None)]),
    ("quý III/2019", [("quý III/2019", "quarter", D(2019, 7, 1), D(2019, 9, 30), None)]),
    ("quý IH/2019", [("quý IH/2019", "quarter", D(2019, 7, 1), D(2019, 9, 30), None)]),
    ("quý 1/2019", [("quý 1/2019", "quarter", D(2019, 1, 1), D(2019, 3, 31), None)]),
    ("tháng 2 năm 2020", [("tháng 2 năm 2020", "month", D(2020, 2, 1), D(2020, 2, 29), None)]),
    ("xong trong tháng 6", [("trong tháng 6", "month", D(2021, 6, 1), D(2021, 6, 30), None)]),
    ("giai đoạn 2016 - 2020", [("giai đoạn 2016 - 2020", "period", D(2016, 1, 1), D(2020, 12, 31), None)]),
    ("nhiệm kỳ 2020 – 2025", [("nhiệm kỳ 2020 – 2025", "period", D(2020, 1, 1), D(2025, 12, 31), None)]),
    ("năm 2018 và những năm tiếp theo", [("năm 2018 và những năm tiếp theo", "period", D(2018, 1, 1), None, None)]),
    ("9 tháng đầu năm 2019", [("9 tháng đầu năm 2019", "period", D(2019, 1, 1), D(2019, 9, 30), None)]),
    ("năm học 2019 - 2020", [("năm học 2019 - 2020", "period", None, None, None)]),
    ("phấn đấu đến năm 2025", [("đến năm 2025", "by", None, D(2025, 12, 31), None)]),
    ("Hằng năm tổ chức", [("Hằng năm", "recurring", None, None, "FREQ=YEARLY")]),
    ("họp hàng quý", [("hàng quý", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3")]),
    ("định kỳ 6 tháng báo cáo", [("định kỳ 6 tháng", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=6")]),
    ("báo cáo định kỳ", [("định kỳ", "recurring", None, None, None)]),
    ("trước ngày 15 hàng tháng", [("trước ngày 15 hàng tháng", "recurring", None, None, "FREQ=MONTHLY;BYMONTHDAY=14")]),
    (
        "trước ngày 01 tháng 3 hằng năm",
        [("trước ngày 01 tháng 3 hằng năm", "recurring", None, None, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28")],
    ),
    ("chậm nhất 10 ngày sau khi họp", [("chậm nhất 10 ngày sau khi họp", "relative", None, None, None)]),
    ("kể từ ngày ký.", [("kể từ ngày ký", "relative", None, None, None)]),
    ("tuyên truyền thường xuyên, liên tục", [("thường xuyên, liên tục", "ongoing", None, None, None)]),
    ("báo cáo trước ngày 22/1 1/2019", [("trước ngày 22/1 1/2019", "by", None, D(2019, 11, 21), None)]),
    # doubts: no bounds, nothing shifted
    ("ngày 31/02/2021", [("ngày 31/02/2021", "date", None, None, None)]),
    ("(19/121946)", [("19/121946", "date", None, None, None)]),
    ("ngày 22 tháng 1] năm 2019", [("ngày 22 tháng 1] năm 2019", "date", None, None, None)]),
    ("ngày 2l tháng 11 năm 2025", [("ngày 2l tháng 11 năm 2025", "date", None, None, None)]),
    # no times: codes, shares, clock times, vague words, names of countries
    ("Nghị định số 30/2020/NĐ-CP, tỷ lệ 3/4, 12/15 xã, sớm, 1.846 hộ, Việt Nam 2021", []),
]


def found(text: str, *, year: int | None = 2021) -> list[Time]:
    return list(times(Passage(text, tuple(text[:i].count(" ") for i in range(len(text)))), year=year))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_written_forms(text: str, expected: list[Row]) -> None:
    assert [(text[t.start : t.end], t.kind, t.first, t.last, t.rrule) for t in found(text)] == expected


def test_without_a_year_nothing_is_bounded() -> None:
    assert [(t.first, t.last) for t in found("họp ngày 20/11", year=None)] == [(None, None)]


PARTS = st.lists(
    st.sampled_from(
        "từ đến trước ngày tháng năm quý hàng 31/2 12/2020 5/6/2021 2021 - 2019 II 15 định kỳ 6 , . (".split()
    ),
    max_size=12,
)


@given(PARTS)
def test_bounds_are_ordered_and_rules_are_rules(words: list[str]) -> None:
    for time in found(" ".join(words)):
        assert time.first is None or time.last is None or time.first <= time.last
        assert time.rrule is None or all(
            part.partition("=")[0] in ("FREQ", "INTERVAL", "BYMONTH", "BYMONTHDAY") and part.partition("=")[2]
            for part in time.rrule.split(";")
        )
        assert time.start < time.end


def test_the_date_line_is_the_headers_reading(make_document: Callable[[str], Document]) -> None:
    doc = make_document("Hà Nội, ngày 18 tháng 3 năm 2021\nCăn cứ Công văn số 15/SXD-VP ngày 02/3/2021 của Sở")
    header = Header(issued=Found("2021-03-1X", Span(2, 8), 0.6))
    first, second = extract_dates(Decree(doc, header=header)).dates
    assert (first.edtf, first.starts, first.ends, first.role) == ("2021-03-1X", "2021-03-10", "2021-03-19", "issued")
    assert (second.starts, second.role, second.text.value) == ("2021-03-02", "reference", "ngày 02/3/2021")
