"""Vietnamese writing: each table is the spec of one function."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import vietnamese as vi


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Độc lập - Tự do", "Doc lap - Tu do"),
        ("ĐỐNG ĐA", "DONG DA"),
        ("Số: 74/KH-UBND", "So: 74/KH-UBND"),
        ("thưởng", "thuong"),
        ("½ × café", "½ × cafe"),
    ],
)
def test_bare_takes_marks_and_nothing_else(text: str, expected: str) -> None:
    assert vi.bare(text) == expected


def test_fold_is_one_key_for_spellings_of_a_word() -> None:
    assert vi.fold("  KHEN   thưởng ") == vi.fold("khen thuong")


@given(st.text(alphabet="aàạăẵâấđêểôỗơờuưựýỵABCĐƯ 0123456789-/.:"))
def test_bare_keeps_length_and_is_idempotent(text: str) -> None:
    assert len(vi.bare(text)) == len(unicodedata.normalize("NFC", text))
    assert vi.bare(vi.bare(text)) == vi.bare(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("thưởng", ("th", "ương", "hỏi")),
        ("nghiêm", ("ngh", "iêm", "ngang")),
        ("quận", ("qu", "ân", "nặng")),
        ("Quyết", ("qu", "yêt", "sắc")),
        ("gì", ("gi", "", "huyền")),
        ("gìn", ("g", "in", "huyền")),
        ("giữ", ("gi", "ư", "ngã")),
        ("hoá", ("h", "oa", "sắc")),
        ("hóa", ("h", "oa", "sắc")),
        ("kỵ", ("k", "y", "nặng")),
        ("HUYỆN", ("h", "uyên", "nặng")),
        ("anh", ("", "anh", "ngang")),
        ("yêu", ("", "yêu", "ngang")),
        ("khuỷu", ("kh", "uyu", "hỏi")),
    ],
)
def test_parse_syllable_reads_every_shape(text: str, expected: tuple[str, str, str]) -> None:
    assert vi.parse_syllable(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "tir", "phiic", "hql", "khac̀", "kà", "gê", "qa", "cat", "hàt", "UBND", "74", "thưở́ng", "w", "cê", "ngy"],
)
def test_parse_syllable_refuses_what_the_phonotactics_do_not_allow(text: str) -> None:
    assert vi.parse_syllable(text) is None


@pytest.mark.parametrize(
    ("syllable", "expected"),
    [("ma", "ngang"), ("mà", "huyền"), ("má", "sắc"), ("mả", "hỏi"), ("mã", "ngã"), ("mạ", "nặng"), ("ướ", "sắc")],
)
def test_tone_by_name(syllable: str, expected: str) -> None:
    assert vi.tone(syllable) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoá", "hóa"),
        ("UỶ BAN", "ỦY BAN"),
        ("Uỷ ban", "Ủy ban"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("tuỳ", "tùy"),
    ],
)
def test_tones_as_modern_moves_only_open_oa_oe_uy(text: str, expected: str) -> None:
    assert vi.tones_as_modern(text) == expected


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numerals_round_trip(value: int) -> None:
    assert vi.from_roman(vi.to_roman(value)) == value
    assert vi.is_roman(vi.to_roman(value))


@pytest.mark.parametrize("text", ["", "IL", "IIII", "VX", "A", "ii", "1"])
def test_is_roman_refuses(text: str) -> None:
    assert not vi.is_roman(text)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("Các phòng, ban chuyên môn phối hợp tổ chức hội nghị tổng kết phong trào.", 0.9, 1.0),
        ("Cac phong, ban chuyen mon phoi hop to chuc hoi nghi tong ket phong trao.", 0.0, 0.3),
        ("Cc phong, ban chuyén mén phéi hgp té chirc hdi nghi tdng két phong trio.", 0.0, 0.5),
        ("The quick brown fox jumps over the lazy dog", 0.0, 0.2),
        ("12/2020 34 - :", 0.0, 0.0),
        ("", 0.0, 0.0),
    ],
)
def test_legibility_tells_marked_text_from_lost_marks(text: str, low: float, high: float) -> None:
    assert low <= vi.legibility(text) <= high


@given(st.text())
def test_legibility_is_a_share(text: str) -> None:
    assert 0.0 <= vi.legibility(text) <= 1.0
