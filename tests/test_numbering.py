"""Markers: what a line's beginning can be read as, clean and misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.numbering import RANKS, kind_of, markers
from pipeline.vietnamese import to_roman

CLEAN = [
    ("I. Mục đích", "roman", "I", "I."),
    ("XIV. Kinh phí", "roman", "XIV", "XIV."),
    ("A.MỤC ĐÍCH", "letter", "A", "A."),
    ("1. Rà soát", "1.", "1", "1."),
    ("1.Rà soát", "1.", "1", "1."),
    ("12. Rà soát", "1.", "12", "12."),
    ("1/ Mục tiêu chung", "1/", "1", "1/"),
    ("2) Kinh phí", "1)", "2", "2)"),
    ("(3) Kinh phí", "(1)", "3", "(3)"),
    ("2.1 Ban hành", "dotted2", "2.1", "2.1"),
    ("1.2.3. Kiểm tra", "dotted3", "1.2.3", "1.2.3."),
    ("a) Lập dự toán", "a)", "a", "a)"),
    ("đ) Lập dự toán", "a)", "đ", "đ)"),
    ("b. Lập dự toán", "a.", "b", "b."),
    ("(ii) Lập dự toán", "(i)", "ii", "(ii)"),
    ("- Lập dự toán", "-", "-", "-"),
    ("-Lập dự toán", "-", "-", "-"),
    ("– Lập dự toán", "-", "-", "-"),
    ("+ Lập dự toán", "+", "+", "+"),
    ("* Ghi chú", "*", "*", "*"),
    ("• Ghi chú", "•", "•", "•"),
    ("Điều 3. Hiệu lực", "Điều", "Điều 3", "Điều 3."),
    ("Chương II", "Chương", "Chương II", "Chương II"),
    ("MỤC 1. QUY ĐỊNH", "Mục", "MỤC 1", "MỤC 1."),
    ("Phần thứ nhất", "Phần", "Phần thứ nhất", "Phần thứ nhất"),
    ("Mục tiêu 2: Giảm nghèo", "label", "Mục tiêu 2", "Mục tiêu 2:"),
]
MISREAD = [
    ("Cc. TỔ CHỨC THỰC HIỆN", "letter", "C"),
    ("c. TỔ CHỨC THỰC HIỆN", "letter", "C"),
    ("IL. Yêu cầu", "roman", "II"),
    ("H. Yêu cầu", "roman", "II"),
    ("IH. Yêu cầu", "roman", "III"),
    ("1. Yêu cầu", "roman", "I"),
    ("II. Yêu cầu", "roman", "III"),
    ("4, Yêu cầu", "1.", "4"),
    ("l. Yêu cầu", "1.", "1"),
    ("[. Yêu cầu", "1.", "1"),
    ("§. Yêu cầu", "1.", "8"),
    ("I1. Yêu cầu", "1.", "1"),
    ("d) Lập dự toán", "a)", "đ"),
    ("¡) Lập dự toán", "a)", "i"),
    ("ce) Lập dự toán", "a)", "c"),
    ("- d) Lập dự toán", "a)", "d"),
    ("a); Lập dự toán", "a)", "a"),
    ("“. a); Lập dự toán", "a)", "a"),
    ("..... 8. Lập dự toán", "1.", "8"),
    ("1.l. Lập dự toán", "dotted2", "1.1"),
    ("1,2. Lập dự toán", "dotted2", "1.2"),
    ("1.2.§. Lập dự toán", "dotted3", "1.2.8"),
    ("~ Lập dự toán", "-", "-"),
    ("¬- Lập dự toán", "-", "-"),
    ("| 3. Lập dự toán", "1.", "3"),
    ("_b) Lập dự toán", "a)", "b"),
    (".2. Lập dự toán", "1.", "2"),
    ("4) Lập dự toán", "a)", "d"),
]
NONE = [
    "Trong năm 2021",
    "2025). Thường xuyên",
    "1.846 tổ chức",
    "100% các đơn vị",
    "Mục tiêu chung",
    "Phần mềm kế toán",
]


@pytest.mark.parametrize(("line", "style", "segment", "text"), CLEAN)
def test_a_clean_marker_is_the_cheapest_reading(line: str, style: str, segment: str, text: str) -> None:
    first = markers(line)[0]
    assert (first.style, first.segment, first.text) == (style, segment, text)


@pytest.mark.parametrize(("line", "style", "segment"), MISREAD)
def test_a_misread_marker_is_among_the_readings(line: str, style: str, segment: str) -> None:
    found = {(m.style, m.segment): m.cost for m in markers(line)}
    assert found[style, segment] > 0


@pytest.mark.parametrize("line", NONE)
def test_running_text_has_no_cheap_marker(line: str) -> None:
    assert all(m.cost > 2 for m in markers(line))


@given(st.text(alphabet="IVXl1aAbđ.-)( Số1234:+*|§", max_size=12))
def test_a_marker_is_a_prefix_of_its_line(line: str) -> None:
    for marker in markers(line):
        assert line.startswith(marker.raw.rstrip()) or line.strip().startswith(marker.raw.strip())
        assert 0 < marker.length <= len(line)
        assert marker.style in RANKS
        assert kind_of(marker)


@given(st.integers(1, 39))
def test_every_roman_numeral_is_read(value: int) -> None:
    assert ("roman", value) in {(m.style, m.value) for m in markers(f"{to_roman(value)}. Mục")}
