"""Tesseract in this process: runners-up as other readings, models found, what is slow or damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from pipeline.engines import recognise as module
from pipeline.engines.recognise import BLOCK, LINE, PAGE, alternatives, model, recognise
from pipeline.engines.tesseract import TesseractEngine
from pipeline.errors import MissingProgram, ModelError, PageError
from pipeline.imaging.raster import Raster, from_scan
from pipeline.sheet import PDF, Sheet, open_source
from pipeline.vietnamese import nfc

SHEET = Sheet(Path("a.pdf"), 1, PDF)


def has_model() -> bool:
    try:
        return bool(model())
    except MissingProgram:
        return False


needs_model = pytest.mark.skipif(not has_model(), reason="no Vietnamese model")


def drawn(*lines: str) -> Raster:
    image = Image.new("L", (1000, 60 + 70 * len(lines)), 255)
    for n, line in enumerate(lines):
        ImageDraw.Draw(image).text((40, 30 + 70 * n), line, font=ImageFont.load_default(40), fill=0)
    return from_scan(np.asarray(image), 300)


# --- other readings ---
@pytest.mark.parametrize(
    ("text", "letters", "others"),
    [
        # what comes first is what was read; the nearest runner-up is the best other reading
        ("đê", [[("đ", 1.0)], [("ê", 2.5), ("ể", 4.5), ("ề", 5.0)]], (("để", 0.7), ("đề", 0.675))),
        # a blank before the word is no letter of it
        ("có", [[(" ", 1.0), (",", 9.0)], [("c", 1.0)], [("ó", 1.0), ("ò", 3.0)]], (("cò", 0.7),)),
        # two letters in doubt: the most likely pairs first
        ("2l", [[("2", 1.0), ("Z", 9.0)], [("l", 2.0), ("1", 3.0)]], (("21", 0.75), ("Zl", 0.4), ("Z1", 0.35))),
        # the dictionary chose other letters than the best ones: what it weighed is not known
        ("số", [[("s", 1.0)], [("ó", 1.0), ("ố", 2.0)]], ()),
        # a runner-up whose score falls to nothing is none
        ("ai", [[("a", 1.0), ("o", 17.1)], [("i", 1.0)]], ()),
        ("", [], ()),
    ],
)
def test_runners_up_are_other_readings(
    text: str, letters: list[list[tuple[str, float]]], others: tuple[tuple[str, float], ...]
) -> None:
    found = alternatives(text, 0.8, letters)
    assert [t for t, _ in found] == [t for t, _ in others]
    assert [s for _, s in found] == pytest.approx([s for _, s in others])


@given(st.lists(st.lists(st.tuples(st.sampled_from("aáeo"), st.floats(0, 20)), min_size=1, max_size=4), max_size=6))
def test_other_readings_are_few_sorted_and_new(letters: list[list[tuple[str, float]]]) -> None:
    letters = [sorted(choices, key=lambda c: c[1]) for choices in letters]
    text = "".join(choices[0][0] for choices in letters)
    scores = [score for _, score in alternatives(text, 0.9, letters)]
    assert len(scores) <= module.MOST
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 0.9 for score in scores)
    assert all(other != text and other == nfc(other) for other, _ in alternatives(text, 0.9, letters))


# --- reading ---
@needs_model
def test_lines_are_numbered_and_boxes_stand_on_the_ink() -> None:
    tokens = recognise(drawn("Ban hanh Ke hoach", "nam 2021"), SHEET, mode=BLOCK, timeout=60)
    assert [t.text for t in tokens][-2:] == ["nam", "2021"]
    assert [t.line for t in tokens] == [(0,)] * 4 + [(1,)] * 2
    assert all(40 <= t.box.x0 < t.box.x1 < 500 and 30 <= t.box.y0 < t.box.y1 < 170 for t in tokens)


@needs_model
def test_what_was_read_before_changes_nothing() -> None:
    first, second = drawn("trien khai thuc hien"), drawn("bao cao ket qua", "so 1234")
    alone = recognise(first, SHEET, mode=PAGE, timeout=60)
    recognise(second, SHEET, mode=LINE, timeout=60)
    assert recognise(first, SHEET, mode=PAGE, timeout=60) == alone


@needs_model
def test_a_picture_that_takes_too_long_is_a_page_error() -> None:
    with pytest.raises(PageError, match=r"a\.pdf, page 1 took too long"):
        recognise(drawn(*["trien khai thuc hien nhiem vu"] * 12), SHEET, mode=PAGE, timeout=0.001)


@needs_model
@pytest.mark.parametrize("size", [(1, 1), (3, 400), (400, 3)])
def test_the_smallest_pictures_hold_nothing(size: tuple[int, int]) -> None:
    assert recognise(from_scan(np.full(size, 255, np.uint8), 300), SHEET, mode=PAGE, timeout=60) == ()


@needs_model
def test_an_empty_page_is_read_as_empty(tmp_path: Path) -> None:
    Image.new("L", (600, 800), 255).save(tmp_path / "a.png", dpi=(100, 100))
    reading = TesseractEngine().read(next(open_source(tmp_path / "a.png").sheets()))
    assert (reading.words, reading.tables, reading.regions) == ((), (), ())
    assert (reading.page.width, reading.page.height, reading.page.engine) == (600, 800, "tesseract")


# --- models ---
@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """No model of our own, none of the system's, TESSDATA_PREFIX an empty folder."""

    def none(name: str) -> Path:
        raise ModelError(f"no {name}")

    monkeypatch.setattr(module, "model_path", none)
    monkeypatch.setattr(module, "FOLDERS", ())
    monkeypatch.setattr(module, "model", model.__wrapped__)
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    return tmp_path


def test_the_line_to_install_is_told(elsewhere: Path) -> None:
    with pytest.raises(MissingProgram, match=r"sudo apt install .*tesseract-ocr-vie"):
        recognise(drawn(), SHEET, mode=PAGE, timeout=60)


def test_a_damaged_model_is_a_model_error(elsewhere: Path) -> None:
    (elsewhere / "vie.traineddata").write_bytes(b"no model")
    with pytest.raises(ModelError, match=r"vie\.traineddata"):
        recognise(drawn(), SHEET, mode=PAGE, timeout=60)


def test_our_own_model_comes_first(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (elsewhere / "vie.traineddata").touch()
    assert module.model() == elsewhere / "vie.traineddata"
    own = elsewhere / "reading"
    own.mkdir()
    (own / "papers.traineddata").touch()
    monkeypatch.setattr(module, "model_path", lambda name: elsewhere / name)
    assert module.model() == own / "papers.traineddata"
