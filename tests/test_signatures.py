"""Digital signatures bear witness: their times are read, and prove or narrow the day of issue, never invent it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from pipeline.engines.signatures import signing_time, with_signatures
from pipeline.extract.header import extract_header
from pipeline.extract.signed import narrowed, proven, signing_days
from pipeline.layout import layout
from pipeline.records import Decree, Header
from pipeline.sheet import open_source
from pipeline.types import Box, Document, Found, Line, Page, PageReading, Reading, Span, Word, assemble


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("D:20210105081524+07'00'", "2021-01-05T08:15:24+07:00"),
        ("D:20210105081524+07'00", "2021-01-05T08:15:24+07:00"),
        ("D:20210104201524Z", "2021-01-05T03:15:24+07:00"),
        ("D:20210104201524Z00'00'", "2021-01-05T03:15:24+07:00"),
        ("D:20210105081524", "2021-01-05T08:15:24+07:00"),
        ("D:20211305081524", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_times_of_signing(text: str, expected: str | None) -> None:
    assert signing_time(text) == expected


@pytest.mark.parametrize(
    ("value", "last", "expected"),
    [
        ("2021", "2021-01-05", "2021-01-0X"),
        ("2021", "2021-01-20", "2021-01"),
        ("2021", "2021-01-30", "2021"),  # the paper may be of February
        ("2018-04", "2018-04-04", "2018-04-0X"),
        ("2024-09", "2024-09-11", "2024-09"),
        ("2025-08", "2025-02-19", "2025"),  # a month misread
        ("2025-02-28", "2025-02-10", "2025-02"),
        ("2025-02-12", "2025-02-10", "2025-02-12"),  # a leader signed before the paper was dated
        ("2027", "2025-02-10", None),
        ("2025-02-03", "2025-02-10", "2025-02-03"),
        ("2024", "2025-02-10", "2024"),
    ],
)
def test_a_signature_ends_the_time_of_issue(value: str, last: str, expected: str | None) -> None:
    assert narrowed(value, last) == expected


def signed(path: Path) -> Path:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 800))
    made = pikepdf.Dictionary(Type=pikepdf.Name.Sig, M="D:20240911191421+07'00'")
    widget = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=[300, 700, 500, 790], V=made
    )
    blank = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, Rect=[0, 0, 9, 9]
    )
    fields = pikepdf.Array([pdf.make_indirect(widget), pdf.make_indirect(blank)])
    pdf.pages[0].Annots = fields
    pdf.Root.AcroForm = pikepdf.Dictionary(Fields=fields)
    pdf.save(path)
    return path


def test_a_signature_is_a_banner_where_it_is_drawn(tmp_path: Path) -> None:
    (sheet,) = open_source(signed(tmp_path / "a.pdf")).sheets()
    reading = with_signatures(PageReading(Page(1, 1200, 1600, 144)), sheet)
    assert [w.text for w in reading.words] == ["2024-09-11T19:14:21+07:00"]
    assert reading.lines == (Line(1, "banner", Box(600, 20, 1000, 200)),)
    assert with_signatures(reading, replace(sheet, number=2)) is reading


def paper(*words: Word, signature: str) -> Document:
    """A page with a line of place and date in its head, and a signature."""
    lines = (Line(1, "header_right", Box(600, 100, 1100, 130)), Line(1, "banner", None))
    banner = Word(signature, None, 1, readings=(Reading(signature, "signature", 1.0),))
    reading = PageReading(Page(1, 1200, 1600, 144), lines, (*words, banner))
    return assemble([reading], id="a", sha256="b", source="a.pdf", media_type="application/pdf")


def dated(day: Word) -> list[Word]:
    texts = ("ngày", "", "tháng", "9", "năm", "2024")
    words = [Word(text, Box(600 + 50 * n, 100, 640 + 50 * n, 130), 0) for n, text in enumerate(texts)]
    return [words[0], day, *words[2:]]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (Word("11", None, 0, 0.3), "2024-09-11"),
        (Word("M", None, 0, 0.3, readings=(Reading("11", "tesseract", 0.2),)), "2024-09-11"),
        (Word("07", None, 0, 0.3, readings=(Reading("11", "tesseract", 0.2),)), "2024-09"),
        (Word("44", None, 0, 0.3), "2024-09"),
    ],
)
def test_a_doubtful_day_is_proven_by_the_signature_of_that_day(day: Word, expected: str) -> None:
    doc = paper(*dated(day), signature="2024-09-11T19:14:21+07:00")
    assert signing_days(doc) == ("2024-09-11",)
    found = proven(Decree(doc, Header(issued=Found("2024-09", Span(0, 6), 0.8))))
    assert found.header.issued is not None
    assert found.header.issued.value == expected
    stages = {e.stage for w in found.document.words[:6] for e in w.edits}
    assert stages == ({"signature"} if expected != "2024-09" else set())
    assert [w.raw for w in found.document.words] == [w.text for w in doc.words]


def test_no_day_comes_from_a_signature_alone() -> None:
    doc = paper(Word("Kế", Box(600, 100, 640, 130), 0), signature="2024-09-11T19:14:21+07:00")
    assert extract_header(Decree(doc)).header.issued is None


def test_layout_leaves_signatures_alone() -> None:
    words = [Word(t, Box(100 + 90 * n, 500, 180 + 90 * n, 530), 0) for n, t in enumerate("Sở Y tế báo cáo".split())]
    doc = paper(*words, signature="2024-09-11T19:14:21+07:00")
    doc = replace(doc, lines=(Line(1, "body", Box(100, 500, 600, 530)), doc.lines[1]))
    laid = layout(doc)
    assert [line.zone for line in laid.lines] == ["body", "banner"]
    assert laid.text() == "Sở Y tế báo cáo"
