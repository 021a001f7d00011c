"""Restoration of strings: blanks and line ends byte for byte, what is changed and how surely, what is held back."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.restore import TextEdit, edits_of, restore_text
from pipeline.restore.confidence import Read
from pipeline.restore.strings import restore_words
from pipeline.vietnamese import bare

TEXT = "Ủy ban nhân dân huyện yêu cầu các xã, thị trấn tổ chức thực hiện nghiêm túc kế hoạch này."
LOST = bare(TEXT)


@pytest.mark.parametrize(
    "frame",
    ["{}\n", "{}", "\n\n{}\n\n\n", "{}\r\n", "\r\n{}\r\n\r\n", "\t{}  \n", "{}\f{}\f", "{}\r{}\r",
     "\v{}\x85", "{}\u00a0\n"],
)  # fmt: skip
def test_what_is_between_words_survives(frame: str) -> None:
    assert restore_text(frame.format(LOST, LOST)) == frame.format(TEXT, TEXT)


BLANKS = st.text(st.sampled_from(" \t\n\r\f\v\u00a0\u2003\x1c"), max_size=4)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(BLANKS, st.sampled_from([*LOST.split(), "1.", "74/KH-UBND", "…"])), max_size=25))
def test_only_words_change_and_the_edits_tell_all_of_it(pieces: list[tuple[str, str]]) -> None:
    text = "".join(blank + word for blank, word in pieces)
    restored = restore_text(text)
    assert re.split(r"\S+", restored) == re.split(r"\S+", text)
    made = text
    for edit in reversed(edits_of(text)):
        assert made[edit.start : edit.end] == edit.was
        made = made[: edit.start] + edit.became + made[edit.end :]
    assert made == restored


def test_an_edit_says_where_what_and_how_surely() -> None:
    text = "Số: 74/KH-UBND\r\nthuc hién Ké hoach"
    found = edits_of(text)
    assert [(e.start, e.end, e.was, e.became) for e in found] == [
        (16, 20, "thuc", "thực"), (21, 25, "hién", "hiện"), (26, 28, "Ké", "Kế"), (29, 34, "hoach", "hoạch"),
    ]  # fmt: skip
    assert all(0.5 < e.score <= 1 for e in found)
    assert isinstance(found[0], TextEdit)


def test_decomposed_text_is_composed_and_that_is_no_edit() -> None:
    assert restore_text(unicodedata.normalize("NFD", TEXT)) == TEXT
    assert edits_of(unicodedata.normalize("NFD", TEXT)) == ()


def test_changes_that_are_not_sure_enough_are_held_back() -> None:
    found = {e.score for e in edits_of(LOST)}
    middle = sorted(found)[len(found) // 2]
    held = edits_of(LOST, min_score=middle)
    assert 0 < len(held) < len(edits_of(LOST))
    assert all(e.score >= middle for e in held)
    words = restore_words([LOST.split()], min_score=1.1)[0]
    assert [w.text for w in words] == LOST.split()
    assert [w.rival for w in words if w.rival] == [e.became for e in edits_of(LOST)]


def test_a_word_that_was_read_tells_its_rivals() -> None:
    """What the engine read besides decides; figures are no surer than it was."""
    line = "Ủy ban nhân dân huyện tổ chức thực hiên kế hoạch năm 2019".split()
    reads = {(0, k): Read(0.96) for k in range(len(line))} | {(0, 12): Read(0.6)}
    reads[0, 8] = Read(0.7, (("hiện", 0.68),))
    words = restore_words([line], reads=reads)[0]
    assert words[8].text == "hiện"
    assert words[12].score <= 0.6
