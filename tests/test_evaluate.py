"""Error rates with known answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.evaluate import FoundCounts, TextCounts, count_found, count_text, normal


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hà  Nội ,ngày 5", "Hà Nội, ngày 5"),
        ("2021 – 2025", "2021-2025"),
        ("kế hoạch\n- 3 -\nsố", "kế hoạch số"),
        ("hoá, uỷ, quý, thuỷ", "hóa, ủy, quý, thủy"),
        ("ngày ⟦18⟧ tháng ⟦?⟧", "ngày 18 tháng"),
        ("“Dân vận khéo”…", '" Dân vận khéo" . . .'),
    ],
)
def test_normal(text: str, expected: str) -> None:
    assert normal(text) == expected


@pytest.mark.parametrize(
    ("true", "read", "cer", "wer", "tone"),
    [
        ("ban hành kế hoạch", "ban hành kế hoạch", 0, 0, 1),
        ("ban hành kế hoạch", "ban hanh kế hoạch", 1 / 17, 1 / 4, 3 / 4),
        ("ban hành kế hoạch", "ban kế hoạch", 5 / 17, 1 / 4, 1),
        ("ban hành", "bxn hành", 1 / 8, 1 / 2, 1),
        ("năm 2021", "năm 2012", 2 / 8, 1 / 2, 1),
        ("", "", 0, 0, 1),
    ],
)
def test_count_text(true: str, read: str, cer: float, wer: float, tone: float) -> None:
    counts = count_text(true, read)
    assert counts.cer == pytest.approx(cer)
    assert counts.wer == pytest.approx(wer)
    assert counts.tone_exact == pytest.approx(tone)


def test_decomposed_text_is_refused() -> None:
    with pytest.raises(ValueError, match="NFC"):
        count_text("kế", "kế".encode().decode().replace("ế", "ê\u0301"))


def test_counts_add_up() -> None:
    left, right = count_text("một hai ba", "một hai"), count_text("bốn", "bon")
    both = left + right
    assert both.words == 4
    assert both.wer == pytest.approx(2 / 4)
    assert both == right + left
    assert both + TextCounts() == both


@given(st.lists(st.sampled_from("a b c".split())), st.lists(st.sampled_from("a b c".split())))
def test_found_counts(true: list[str], said: list[str]) -> None:
    counts = count_found(true, said)
    assert 0 <= counts.precision <= 1
    assert 0 <= counts.recall <= 1
    assert counts.f1 == pytest.approx(count_found(said, true).f1) or not (true and said)
    assert counts + FoundCounts() == counts


@pytest.mark.parametrize(
    ("true", "said", "precision", "recall", "f1"),
    [
        ("ab", "ab", 1, 1, 1),
        ("ab", "a", 1, 0.5, 2 / 3),
        ("a", "aa", 0.5, 1, 2 / 3),
        ("", "a", 0, 1, 0),
        ("", "", 1, 1, 1),
        ("a", "", 0, 0, 0),
    ],
)
def test_precision_recall(true: str, said: str, precision: float, recall: float, f1: float) -> None:
    counts = count_found(true, said)
    assert (counts.precision, counts.recall) == (precision, recall)
    assert counts.f1 == pytest.approx(f1)
