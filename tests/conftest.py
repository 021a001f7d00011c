"""What the tests share: one switch that regenerates golden files, documents made from text, the gold folders."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.records import (
    Assignment,
    Body,
    Citation,
    DateMention,
    Deadline,
    Decree,
    Header,
    Recipient,
    Section,
    Stamp,
    Task,
)
from pipeline.types import Box, Cell, Document, Found, Line, Page, Span, Table, Word

ROOT = Path(__file__).parents[1]
GOLD = ROOT.parent / "shared" / "data" / "gold"
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--regenerate", action="store_true", help="write the golden files anew instead of comparing")


def document(text: str) -> Document:
    """A document of OCR text: pages end with a form feed, lines with a line break; words have no boxes."""
    rows = [(n, row.split()) for n, page in enumerate(text.split("\f"), start=1) for row in page.splitlines()]
    pages = tuple(Page(n, engine="test", read_from="ocr_text") for n in range(1, text.count("\f") + 2))
    words = tuple(Word(token, None, at) for at, (_, row) in enumerate(rows) for token in row)
    sha256 = "0123456789ab".ljust(64, "0")
    return Document(sha256[:12], sha256, "test.txt", "text/plain", pages, tuple(Line(n) for n, _ in rows), words)


@pytest.fixture
def make_document() -> Callable[[str], Document]:
    """`make_document(text)`: a document of OCR text."""
    return document


@pytest.fixture
def decree() -> Decree:
    """A small decree with at least one record of every kind, two pages (one failed) and boxes on one line."""
    doc = document("Số: 12/KH-UBND ngày 1X/3/2021\n1. Phòng Nội vụ báo cáo trước ngày 05/4/2021\f")
    first = tuple(replace(w, box=Box(10 * i, 0, 10 * i + 9, 20), score=0.8) for i, w in enumerate(doc.words[:4]))
    words = (first[0].edit("Số:", stage="restore", score=0.9), *first[1:], *doc.words[4:])
    pages = (replace(doc.pages[0], width=100, height=200, dpi=200), replace(doc.pages[1], error="is damaged"))
    lines = (Line(1, "header_left", Box(0, 0, 39, 20)), Line(1))
    table = Table(1, None, (Cell(0, 0, 1, 1, None, (1,)), Cell(0, 1, 1, 1, None)))
    doc = replace(doc, pages=pages, lines=lines, words=words, tables=(table,))
    leaf = Section("1", None, "clause", "1.", "1.", None, "Phòng Nội vụ báo cáo trước ngày 05/4/2021", Span(4, 13), 1)
    lead = Assignment("Phòng Nội vụ quận X", "lead", Found("Phòng Nội vụ", Span(5, 8)))
    return Decree(
        doc,
        Header(code=Found("12/KH-UBND", Span(1, 2)), issued=Found("2021-03-1X", Span(2, 4), 0.4)),
        sections=(leaf, replace(leaf)),
        dates=(DateMention(Found("trước ngày 05/4/2021", Span(10, 13)), "by", "deadline", None, None, "2021-04-04"),),
        citations=(Citation(Found("12/KH-UBND", Span(1, 2)), "Kế hoạch", "12/KH-UBND", None, None, "mentions"),),
        bodies=(Body("Phòng Nội vụ quận X", "phòng", parent="Ủy ban nhân dân quận X"),),
        tasks=(Task(0, "directive", Found(leaf.text, Span(5, 13)), None, (lead,), (Deadline(0),)),),
        recipients=(Recipient("copy", Found("Phòng Nội vụ", Span(5, 8)), None, "Phòng Nội vụ quận X"),),
        stamps=(Stamp("incoming", 1, Box(1, 2, 3, 4), number="7"),),
    )


@pytest.fixture(scope="session")
def gold_folders() -> list[Path]:
    """The folders of gold documents beside the checkout; the test is skipped where there are none."""
    folders = sorted(p for p in GOLD.glob("*") if (p / "gold.json").exists()) if GOLD.is_dir() else []
    if not folders:
        pytest.skip("no gold documents beside the checkout")
    return folders


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Any], None]:
    """`golden(name, value)`: `value` is what tests/golden/<name> holds, as JSON or text; --regenerate writes it."""

    def compare(name: str, value: Any) -> None:
        path = GOLDEN / name
        text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1) + "\n"
        if request.config.getoption("--regenerate"):
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf8")
        assert path.exists(), f"tests/golden/{name} is missing: run pytest --regenerate and look at it"
        assert text == path.read_text("utf8"), "run pytest --regenerate and look at the change"

    return compare
