"""Every written form of a time: its words, kind, bounds and rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outlines import outlined, when

from pipeline.extract.dategrammar import Time, times
from pipeline.extract.dateproof import proved
from pipeline.extract.dates import extract_dates
from pipeline.extract.deadlines import is_due
from pipeline.extract.passage import Passage
from pipeline.records import DateMention, Decree, Header
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
    ("05 ngày làm việc", [("05 ngày làm việc", "relative", None, None, None)]),
    ("Thời gian thực hiện: 18 tháng.", [("18 tháng", "relative", None, None, None)]),
    ("Sau đó 18 tháng nghỉ.", []),
    (
        "trước 15 tháng 12 hằng năm",
        [("trước 15 tháng 12 hằng năm", "recurring", None, None, "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=14")],
    ),
    ("tính đến 31 tháng 12", [("tính đến 31 tháng 12", "by", None, D(2021, 12, 31), None)]),
    ("từ 6 tháng đến 12 tháng tuổi", []),
    ("trước ngày 15/01 năm sau", [("trước ngày 15/01 năm sau", "by", None, D(2022, 1, 14), None)]),
    ("từ ngày 15/12 năm trước", [("từ ngày 15/12 năm trước", "range", D(2020, 12, 15), None, None)]),
    ("hạn cuối 20 tháng 6", [("hạn cuối 20 tháng 6", "by", None, D(2021, 6, 20), None)]),
    ("đến ngày 30 tháng 11 năm báo cáo", [("đến ngày 30 tháng 11", "by", None, D(2021, 11, 30), None)]),
    ("không muộn hơn ngày 30/6", [("không muộn hơn ngày 30/6", "by", None, D(2021, 6, 30), None)]),
    ("định kỳ một năm một lần", [("định kỳ một năm một lần", "recurring", None, None, "FREQ=YEARLY")]),
    (
        "ngày 10 tháng 1 và ngày 10 tháng 7 hằng năm",
        [
            ("ngày 10 tháng 1", "recurring", None, None, "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=10"),
            ("ngày 10 tháng 7 hằng năm", "recurring", None, None, "FREQ=YEARLY;BYMONTH=7;BYMONTHDAY=10"),
        ],
    ),
    ("kế hoạch hằng năm và năm (05) năm", [("hằng năm", "recurring", None, None, "FREQ=YEARLY")]),
    (
        "Trong thời hạn mười (10) ngày làm việc kể từ ngày nhận đơn, xã trả lời",
        [("Trong thời hạn mười (10) ngày làm việc kể từ ngày nhận đơn", "relative", None, None, None)],
    ),
    ("mời họp 05 ngày trước ngày khai mạc.", [("05 ngày trước ngày khai mạc", "relative", None, None, None)]),
    ("kể từ ngày ký.", [("kể từ ngày ký", "relative", None, None, None)]),
    ("tuyên truyền thường xuyên, liên tục", [("thường xuyên, liên tục", "ongoing", None, None, None)]),
    ("ngày 14 tháng 02 năm. 2019", [("ngày 14 tháng 02 năm. 2019", "date", D(2019, 2, 14), D(2019, 2, 14), None)]),
    ("báo cáo trước ngày 22/1 1/2019", [("trước ngày 22/1 1/2019", "by", None, D(2019, 11, 21), None)]),
    (
        "báo cáo hằng tháng, quý, 6 tháng, 9 tháng và năm",
        [
            ("hằng tháng", "recurring", None, None, "FREQ=MONTHLY"),
            ("quý", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3"),
            ("6 tháng", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=6"),
            ("9 tháng", "recurring", None, None, "FREQ=YEARLY;BYMONTH=9"),
            ("năm", "recurring", None, None, "FREQ=YEARLY"),
        ],
    ),
    (
        "số liệu tháng/quý/năm của",
        [
            ("tháng", "recurring", None, None, "FREQ=MONTHLY"),
            ("quý", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3"),
            ("năm", "recurring", None, None, "FREQ=YEARLY"),
        ],
    ),
    (
        "định kỳ quý, 6ó tháng, năm",
        [
            ("định kỳ", "recurring", None, None, None),
            ("quý", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3"),
            ("6ó tháng", "recurring", None, None, None),
            ("năm", "recurring", None, None, "FREQ=YEARLY"),
        ],
    ),
    (
        "sơ kết hằng quý, 6 tháng đầu năm 2019",
        [
            ("hằng quý", "recurring", None, None, "FREQ=MONTHLY;INTERVAL=3"),
            ("6 tháng đầu năm 2019", "period", D(2019, 1, 1), D(2019, 6, 30), None),
        ],
    ),
    (
        "từ chiều nay (5/9) đến hết ngày 07/9",
        [("từ chiều nay (5/9) đến hết ngày 07/9", "range", D(2021, 9, 5), D(2021, 9, 7), None)],
    ),
    # a slash or a dash that was not read, where the other end of a jubilee tells
    ("(7/51954 - 7/5/2024)", [("7/51954 - 7/5/2024", "range", D(1954, 5, 7), D(2024, 5, 7), None)]),
    ("(7/5/1954 7/5/2024)", [("7/5/1954 7/5/2024", "range", D(1954, 5, 7), D(2024, 5, 7), None)]),
    ("ngày … tháng 02 năm 2019", [("ngày … tháng 02 năm 2019", "month", D(2019, 2, 1), D(2019, 2, 28), None)]),
    # doubts: no bounds, nothing shifted
    ("ngày 31/02/2021", [("ngày 31/02/2021", "date", None, None, None)]),
    ("(19/121946)", [("19/121946", "date", None, None, None)]),
    ("ngày 22 tháng 1] năm 2019", [("ngày 22 tháng 1] năm 2019", "date", None, None, None)]),
    ("ngày 2l tháng 11 năm 2025", [("ngày 2l tháng 11 năm 2025", "date", None, None, None)]),
    ("ngày 4$ tháng03 năm 2025 của", [("ngày 4$ tháng03 năm 2025", "date", None, None, None)]),
    ("ngày 12 tháng 6 năm }{ của", [("ngày 12 tháng 6 năm", "date", None, None, None)]),
    ("ngày 20 0 tháng 1 năm 2017", [("ngày 20 0 tháng 1 năm 2017", "date", None, None, None)]),
    # the clock of a signature's banner
    ("Thời gian ký: 04.05.2019 14:21:14 +07:00", []),
    # no times: codes, shares, clock times, vague words, names of countries
    ("Nghị định số 30/2020/NĐ-CP, tỷ lệ 3/4, 12/15 xã, sớm, 1.846 hộ, Việt Nam 2021", []),
]


def found(text: str, *, year: int | None = 2021) -> list[Time]:
    return list(times(Passage(text, tuple(text[:i].count(" ") for i in range(len(text)))), year=year))


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_written_forms(text: str, expected: list[Row]) -> None:
    assert [(text[t.start : t.end], t.kind, t.first, t.last, t.rrule) for t in found(text)] == expected


#: (text, ends of the last date): what else the document says of a cited document proves its date, or denies it.
PROOFS = [
    ("Kết luận số 9-KL/TW ngày 21 tháng 11 năm 2019; Kết luận số 9-KL/TW ngày 2l tháng II năm 2019", "2019-11-21"),
    ("Kết luận số 9-KL/TW ngày 21 tháng 11 năm 2019; Kết luận số 8-KL/TW ngày 2l tháng II năm 2019", None),
    ("Nghị định số 7/2019/NĐ-CP ngày 02/3/2019; Nghị định số 7/2019/NĐ-CP ngày 02/3/2016", "2019-03-02"),
    ("Nghị định số 7/2019/NĐ-CP ngày 02/3/2019; Nghị định số 7/2019/NĐ-CP ngày 15/8/2016", None),
    ("Nghị định số 7/2019/NĐ-CP ngày 02/3/2016 của Chính phủ", None),
    ("Luật Thanh niên ngày 16/6/2020; Luật Thanh niên ngày 16 tháng 6 năm [J của", "2020-06-16"),
    ("Luật Thanh niên ngày 16/6/2020; Luật sửa đổi Luật Thanh niên ngày 16 tháng 6 năm [J của", None),
]


@pytest.mark.parametrize(("text", "expected"), PROOFS)
def test_dates_of_cited_documents_prove_each_other(text: str, expected: str | None) -> None:
    passage = Passage(text, tuple(text[:i].count(" ") for i in range(len(text))))
    last = proved(passage, found(text))[-1]
    assert (str(last.last) if last.last else None) == expected


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


@pytest.mark.parametrize(("issued", "starts"), [("2021-03", None), ("2021-03-16", "2021-03-16")])
def test_an_annex_knows_its_documents_day_no_better(
    make_document: Callable[[str], Document], issued: str, starts: str | None
) -> None:
    doc = make_document("(Ban hành kèm theo Quyết định số 209/QĐ-UBND ngày 16 tháng 03 năm 2021 của Ủy ban)")
    header = Header(issued=Found(issued, None, 0.6))
    assert [d.starts for d in extract_dates(Decree(doc, header=header)).dates] == [starts]


@pytest.mark.parametrize(
    ("text", "issued", "kind", "starts"),
    [
        ("Quyết định này có hiệu lực kể từ ngày ký.", "2021-03-16", "range", "2021-03-16"),
        ("Quyết định này có hiệu lực kể từ ngày ký ban hành.", "2021-03-16", "range", "2021-03-16"),
        ("Quyết định này có hiệu lực kể từ ngày ký.", "2021-03-1X", "relative", None),
        ("Bảo hành 12 tháng kể từ ngày ký hợp đồng.", "2021-03-16", "relative", None),
    ],
)
def test_the_day_of_signing_is_the_day_of_issue(
    make_document: Callable[[str], Document], text: str, issued: str, kind: str, starts: str | None
) -> None:
    decree = Decree(make_document(text), header=Header(issued=Found(issued, None, 0.9)))
    (row,) = extract_dates(decree).dates
    assert (row.kind, row.starts, row.ends) == (kind, starts, None)


def test_what_is_attached_was_signed_on_a_day_of_its_own() -> None:
    decree = outlined(("PL", None, "QUYẾT ĐỊNH"), ("PL/1", "1.", "Quyết định này có hiệu lực kể từ ngày ký."))
    assert [(d.kind, d.starts) for d in decree.dates] == [("relative", None)]


def test_the_date_line_is_the_headers_reading(make_document: Callable[[str], Document]) -> None:
    doc = make_document("Hà Nội, ngày 18 tháng 3 năm 2021\nCăn cứ Công văn số 15/SXD-VP ngày 02/3/2021 của Sở")
    header = Header(issued=Found("2021-03-1X", Span(2, 8), 0.6))
    first, second = extract_dates(Decree(doc, header=header)).dates
    assert (first.edtf, first.starts, first.ends, first.role) == ("2021-03-1X", "2021-03-10", "2021-03-19", "issued")
    assert (second.starts, second.role, second.text.value) == ("2021-03-02", "reference", "ngày 02/3/2021")


#: (words before `hằng năm` or `vào năm 2030`, whether the task falls due then)
DUE = [
    ("Tổ chức tập huấn", "recurring", True),
    ("Xây dựng kế hoạch công tác", "recurring", True),
    ("Đưa chỉ tiêu vào kế hoạch phát triển kinh tế - xã hội", "recurring", False),
    ("Hoàn thành việc số hóa vào", "year", True),
    ("Lập thành tích chào mừng Đại hội thi đua vào", "year", False),
    ("Quy chế này có hiệu lực thi hành", "relative", False),
    ("Nộp hồ sơ", "relative", True),
]


@pytest.mark.parametrize(("before", "kind", "expected"), DUE)
def test_a_time_inside_a_name_is_not_due(
    before: str, kind: Literal["recurring", "year", "relative"], expected: bool
) -> None:
    rule = "FREQ=YEARLY" if kind == "recurring" else None
    date = DateMention(Found("x", None, 1.0), kind, "other", None, None if rule else "2030-01-01", None, rule)
    assert is_due(date, f"{before} ", cell=False, covered=False) is expected


def test_a_time_in_a_lead_ins_order_serves_every_leaf_of_its_list() -> None:
    lead_in = "Kể từ ngày 01/7/2021, chợ phải có bóng mát. Yêu cầu các xã trước ngày 15/9/2021 làm xong các việc sau:"
    decree = outlined(("p1", None, lead_in), ("1", "1.", "Trồng cây quanh chợ."), ("2", "2.", "Quét vôi gốc cây."))
    assert [when(decree, t) for t in decree.tasks] == [["trước ngày 15/9/2021"]] * 2
    assert all(d.inherited for t in decree.tasks for d in t.deadlines)
