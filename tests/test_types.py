"""The shared values: boxes, words, documents, assembled pages, evidence."""

from __future__ import annotations

import pickle
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import LockedSource, SohoaError
from pipeline.types import Box, Cell, Document, Line, Page, PageReading, Span, Table, Word, Zone, assemble
from pipeline.vietnamese import bare

coordinates = st.integers(min_value=0, max_value=5000)
boxes = st.builds(
    lambda x, y, w, h: Box(x, y, x + w, y + h),
    coordinates,
    coordinates,
    st.integers(min_value=1, max_value=900),
    st.integers(min_value=1, max_value=900),
)


def page(number: int, *lines: tuple[Zone, str]) -> PageReading:
    """A reading of one page whose words stand 100 pixels apart on lines 50 pixels apart."""
    words = [
        Word(text, Box(100 * k, 50 * n, 100 * k + 90, 50 * n + 40), n, score=0.9)
        for n, (_, line) in enumerate(lines)
        for k, text in enumerate(line.split())
    ]
    return PageReading(Page(number, 2480, 3508, 300), tuple(Line(number, zone) for zone, _ in lines), tuple(words))


def document(*pages: PageReading) -> Document:
    return assemble(pages, id="0" * 12, sha256="0" * 64, source="plan.pdf", media_type="application/pdf")


TWO_PAGES = document(
    page(1, ("body", "Phòng Nội vụ tham mưu"), ("body", "kế hoạch năm")),
    page(2, ("page_number", "2"), ("body", "2021 và báo cáo")),
)


@given(boxes, boxes)
def test_union_holds_both_and_intersection_is_held_by_both(a: Box, b: Box) -> None:
    both, shared = a | b, a & b
    assert both.area >= max(a.area, b.area)
    assert (both & a) == a
    assert shared is None or ((shared & a) == shared and (shared & b) == shared)


def test_a_box_inside_out_is_refused() -> None:
    with pytest.raises(ValueError, match="inside out"):
        Box(5, 0, 4, 10)


def test_a_word_that_is_not_nfc_is_refused() -> None:
    with pytest.raises(ValueError, match="NFC"):
        Word(unicodedata.normalize("NFD", "thưởng"), None, 0)


def test_an_edit_keeps_the_first_reading() -> None:
    word = Word("thuéng", None, 0, score=0.4)
    twice = word.edit("thuông", stage="restore", score=0.6).edit("thưởng", stage="review", score=1.0)
    assert (twice.text, twice.raw, twice.score) == ("thưởng", "thuéng", 1.0)
    assert [e.before for e in twice.edits] == ["thuéng", "thuông"]


def test_an_edit_that_changes_nothing_is_none() -> None:
    word = Word("thưởng", None, 0, score=0.4)
    assert word.edit("thưởng", stage="restore", score=0.9) is word


def test_text_runs_over_the_page_break_without_the_page_number() -> None:
    assert TWO_PAGES.text() == "Phòng Nội vụ tham mưu kế hoạch năm 2021 và báo cáo"


def test_find_gives_the_words_a_match_touches() -> None:
    [(span, match)] = TWO_PAGES.find(re.compile(r"nam 2021"), fold=bare)
    assert match[0] == "nam 2021"
    assert TWO_PAGES.text(span) == "năm 2021"
    assert TWO_PAGES.page_of(span) == 1


def test_find_within_a_word_gives_the_whole_word() -> None:
    [(span, _)] = TWO_PAGES.find(re.compile("ham"))
    assert TWO_PAGES.text(span) == "tham"


@given(st.integers(0, 12), st.integers(0, 12))
def test_find_agrees_with_text_on_every_span(a: int, b: int) -> None:
    span = Span(min(a, b, 11), min(max(a, b), len(TWO_PAGES.words)))
    found = [TWO_PAGES.text(s) for s, _ in TWO_PAGES.find(re.compile(r"\S+"), span)]
    assert " ".join(found) == TWO_PAGES.text(span)


def test_evidence_is_one_item_a_line_with_raw_and_box() -> None:
    words = tuple(w.edit("mưu", stage="restore", score=0.7) if w.text == "mựu" else w for w in TWO_PAGES.words)
    doc = document(page(1, ("body", "tham mựu")), page(2, ("page_number", "2"), ("body", "báo cáo")))
    doc = Document(
        doc.id, doc.sha256, doc.source, doc.media_type, doc.pages, doc.lines,
        tuple(w.edit("mưu", stage="restore", score=0.7) if w.text == "mựu" else w for w in doc.words),
    )  # fmt: skip
    first, second = doc.evidence(doc.span)
    assert (first.page, first.raw, first.text, first.score, first.stages) == (
        1,
        "tham mựu",
        "tham mưu",
        0.7,
        ("restore",),
    )
    assert first.box == Box(0, 0, 190, 40)
    assert (second.page, second.line, second.text) == (2, 2, "báo cáo")
    assert words == TWO_PAGES.words


def test_assembling_renumbers_lines_of_words_and_cells() -> None:
    table = Table(1, None, (Cell(0, 0, 1, 1, None, (0,)),))
    first = page(1, ("body", "một"))
    second = PageReading(Page(2), (Line(2, "table"),), (Word("hai", None, 0),), (table,))
    doc = document(first, second)
    assert [w.line for w in doc.words] == [0, 1]
    assert doc.tables[0].cells[0].lines == (1,)
    assert doc.line_spans() == (Span(0, 1), Span(1, 2))


def test_a_failed_page_is_still_a_page() -> None:
    doc = document(PageReading(Page(1, error="no text")), page(2, ("body", "còn lại")))
    assert [p.number for p in doc.pages] == [1, 2]
    assert doc.text() == "còn lại"


def test_errors_are_one_line_and_survive_a_process_border() -> None:
    error = LockedSource("a.pdf asks for a password", remedy="remove it with qpdf --decrypt")
    again = pickle.loads(pickle.dumps(error))  # noqa: S301
    assert isinstance(again, SohoaError)
    assert (type(again), str(again)) == (LockedSource, "a.pdf asks for a password: remove it with qpdf --decrypt")
