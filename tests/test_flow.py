"""The parts put together; a page that fails is a page with an error."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from pipeline import flow
from pipeline.errors import ConfigError, MissingProgram, PageError
from pipeline.flow import Config, build, read_page
from pipeline.sheet import Sheet
from pipeline.types import Line, Page, PageReading, Word


class Recorded:
    """An engine that says what it is told to, or fails where it is told to."""

    def __init__(self, said: dict[int, str], error: Exception | None = None) -> None:
        self.said, self.error = said, error

    def read(self, sheet: Sheet) -> PageReading:
        if sheet.number not in self.said:
            raise self.error or PageError(f"{sheet} cannot be read")
        words = tuple(Word(w, None, 0) for w in self.said[sheet.number].split())
        return PageReading(Page(sheet.number, dpi=sheet.dpi, engine="recorded"), (Line(sheet.number),), words)


BARE = Config(stages=(), extractors=(), engines=("first", "second"), text_engine="first")
SHEET = Sheet(Path("scan.pdf"), 1, "application/pdf", 300)


@pytest.fixture
def engines(monkeypatch: pytest.MonkeyPatch) -> dict[str, Recorded]:
    known: dict[str, Recorded] = {}
    monkeypatch.setattr(flow, "_engine", known.__getitem__)
    return known


def test_the_first_engine_that_can_read_a_page_wins(engines: dict[str, Recorded]) -> None:
    engines.update(first=Recorded({2: "hai"}), second=Recorded({1: "một", 2: "không"}))
    assert [w.text for w in read_page(BARE, SHEET).words] == ["một"]
    assert [w.text for w in read_page(BARE, Sheet(SHEET.path, 2, SHEET.media_type)).words] == ["hai"]


def test_a_page_no_engine_can_read_keeps_its_place_and_the_reason(engines: dict[str, Recorded], tmp_path: Path) -> None:
    engines["first"] = Recorded({1: "một", 3: "ba"})
    (tmp_path / "a.txt").write_text("một\fhai\fba")
    pages = build(BARE)(tmp_path / "a.txt").document.pages
    assert [(p.number, p.error) for p in pages] == [(1, None), (2, "a.txt, page 2 cannot be read"), (3, None)]


def test_what_would_fail_on_every_page_stops_the_run(engines: dict[str, Recorded]) -> None:
    engines["first"] = Recorded({}, MissingProgram("tesseract is not installed"))
    with pytest.raises(MissingProgram):
        read_page(BARE, SHEET)


def test_the_resolution_is_a_setting(engines: dict[str, Recorded]) -> None:
    engines["first"] = Recorded({1: "một"})
    assert read_page(BARE.model_copy(update={"dpi": 150}), SHEET).page.dpi == 150


def test_unknown_settings_and_parts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="extra"):
        Config(colour=True)  # type: ignore[call-arg]
    (tmp_path / "a.txt").write_text("một")
    with pytest.raises(ConfigError, match="no stage called 'polish'"):
        build(Config(stages=("polish",)))(tmp_path / "a.txt")


def test_the_same_settings_give_the_same_text() -> None:
    assert Config().text() == Config().text() != Config(dpi=200).text()


def test_a_document_without_a_word_goes_through_every_part(tmp_path: Path) -> None:
    (tmp_path / "blank.txt").write_text("\n\f\n")
    decree = build(Config())(tmp_path / "blank.txt")
    assert len(decree.document.pages) == 1
    assert not decree.tasks


def test_the_version_names_program_and_models() -> None:
    assert flow.version().startswith("0.1.0+")
