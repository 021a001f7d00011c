"""Engines: tokens into words and cells, two readings into one, layers trusted or not, faults told in one line."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pikepdf
import pytest
from PIL import Image

from pipeline.engines.merge import doubles, merge, replaced
from pipeline.engines.ocrtext import OcrTextEngine
from pipeline.engines.recorded import RecordedEngine, record
from pipeline.engines.textlayer import TextLayerEngine
from pipeline.engines.tokens import Token, page_reading, sorted_into_cells
from pipeline.errors import ConfigError, PageError
from pipeline.sheet import PDF, TEXT, Sheet, open_source
from pipeline.types import Box, Cell, Page, Table


def token(text: str, x: int, y: int = 0, *, score: float = 0.9, line: int = 1, height: int = 20) -> Token:
    return Token(text, Box(x, y, x + 12 * len(text), y + height), score, (line,))


def texts(tokens: tuple[Token, ...]) -> list[str]:
    return [t.text for t in tokens]


# --- OCR text ---
@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n\nmột hai\n\n\n\nba\n\n", ["một hai", "", "ba"]),
        ("  a)\tmột  \n", ["a) một"]),
    ],
)
def test_ocr_text_keeps_one_empty_line_between_blocks(tmp_path: Path, text: str, lines: list[str]) -> None:
    (tmp_path / "a.txt").write_text(text or "\n", encoding="utf8")
    reading = OcrTextEngine().read(Sheet(tmp_path / "a.txt", 1, TEXT, 0))
    got = [" ".join(w.text for w in reading.words if w.line == n) for n in range(len(reading.lines))]
    assert got == lines
    assert reading.page.read_from == "ocr_text"


# --- merging ---
@pytest.mark.parametrize(
    ("one", "other", "best", "rest"),
    [
        (("kê", 0.8), ("kế", 0.9), "kế", "kê"),
        (("kế", 0.9), ("kê", 0.8), "kế", "kê"),
        (("kếh", 0.95), ("kế", 0.6), "kế", "kếh"),  # what cannot be a syllable counts half
        (("UBND", 0.7), ("UBNĐ", 0.6), "UBND", "UBNĐ"),
    ],
)
def test_the_better_reading_wins_and_the_other_is_kept(
    one: tuple[str, float], other: tuple[str, float], best: str, rest: str
) -> None:
    box = Box(0, 0, 40, 20)
    (word,) = merge([Token(one[0], box, one[1], (1,))], [Token(other[0], box, other[1], (1,))])
    assert (word.text, word.others[0][0]) == (best, rest)


def test_agreement_raises_the_score_and_leaves_no_alternative() -> None:
    (word,) = merge([token("năm", 0, score=0.5)], [token("năm", 1, score=0.9)])
    assert (word.score, word.others) == (0.9, ())


def test_what_only_the_second_saw_is_added_when_sure() -> None:
    first = [token("Số:", 0)]
    second = [token("Số:", 0), token("74", 100), token("rác", 300, score=0.2), token("~", 400)]
    assert texts(merge(first, second)) == ["Số:", "74"]


def test_a_double_line_is_replaced_by_its_two_lines_only_where_they_score_better() -> None:
    usual = [token("dòng", 80 * n, 200, line=9) for n in range(6)]
    double = [token("Giám", 0, 0, score=0.5, height=60), token("đốc", 80, 0, score=0.4, height=60)]
    ((box, run),) = doubles([*double, *usual])
    assert box == Box(0, 0, 116, 60)
    above, below = token("Nơi", 0, 0, line=1), token("Giám", 0, 35, line=2)
    assert texts(replaced([*double, *usual], run, [above, below]))[:2] == ["Nơi", "Giám"]
    worse = [replace(above, score=0.1), replace(below, score=0.1)]
    assert replaced([*double, *usual], run, worse) == (*double, *usual)
    assert replaced([*double, *usual], run, [above]) == (*double, *usual)


# --- tokens into a reading ---
def test_tokens_stand_in_the_cell_that_holds_their_middle() -> None:
    cells = (Cell(0, 0, 1, 1, Box(0, 0, 100, 100)), Cell(0, 1, 1, 1, Box(100, 0, 300, 100)))
    tokens = [token("II", 10, 5), token("xa", 110, 40), token("gần", 110, 5), token("ngoài", 10, 200, line=2)]
    loose, inside = sorted_into_cells(tokens, [Table(1, Box(0, 0, 300, 100), cells)])
    reading = page_reading(Page(1, 400, 400, 300), loose, [Table(1, None, cells)], inside, lambda box: box)
    assert [w.text for w in reading.words] == ["ngoài", "II", "gần", "xa"]
    assert [line.zone for line in reading.lines] == ["body", "table", "table", "table"]
    assert [c.lines for c in reading.tables[0].cells] == [(1,), (2, 3)]


# --- recorded ---
def test_recorded_readings_come_back_the_same(tmp_path: Path) -> None:
    cells = (Cell(0, 0, 1, 1, Box(0, 0, 9, 9), (0,)),)
    word = replace(token("kê", 0), others=(("kế", 0.5),))
    reading = page_reading(
        Page(2, 10, 10, 300, engine="t"), [word], [Table(2, Box(0, 0, 9, 9), cells)], {}, lambda box: box
    )
    record([reading], tmp_path / "a.json.gz")
    first = (tmp_path / "a.json.gz").read_bytes()
    engine = RecordedEngine(tmp_path / "a.json.gz")
    assert engine.read(Sheet(Path("a.pdf"), 2, PDF)) == reading
    with pytest.raises(PageError, match="page 1"):
        engine.read(Sheet(Path("a.pdf"), 1, PDF))
    record([reading], tmp_path / "a.json.gz")
    assert (tmp_path / "a.json.gz").read_bytes() == first


def test_a_damaged_recording_is_a_config_error(tmp_path: Path) -> None:
    (tmp_path / "a.json.gz").write_bytes(b"no")
    with pytest.raises(ConfigError, match=r"a\.json\.gz"):
        RecordedEngine(tmp_path / "a.json.gz").read(Sheet(Path("a.pdf"), 1, PDF))


def blank(path: Path) -> Sheet:
    Image.new("L", (600, 800), 255).save(path, dpi=(100, 100))
    return next(open_source(path).sheets())


# --- text layer ---
GOOD = "Thực hiện kế hoạch của Ủy ban nhân dân tỉnh về công tác phòng chống thiên tai năm học mới tại các đơn vị"


def layered(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str) -> Sheet:
    words = "".join(
        f'<word xMin="{40 + 20 * n}.0" yMin="50.0" xMax="{58 + 20 * n}.0" yMax="62.0">{word}</word>'
        for n, word in enumerate(text.split())
    )
    answer = SimpleNamespace(stdout=f'<line xMin="1" yMin="1" xMax="9" yMax="9">{words}</line>'.encode())
    monkeypatch.setattr(subprocess, "run", lambda *args, **options: answer)
    with pikepdf.new() as doc:
        doc.add_blank_page(page_size=(595, 842))
        doc.save(tmp_path / "a.pdf")
    return Sheet(tmp_path / "a.pdf", 1, PDF)


def test_a_layer_that_reads_as_vietnamese_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    sheet = layered(monkeypatch, tmp_path, GOOD)
    monkeypatch.setattr(Sheet, "pixels", lambda self: np.full((3509, 2480, 3), 255, np.uint8))
    reading = TextLayerEngine().read(sheet)
    assert " ".join(w.text for w in reading.words) == GOOD
    assert (reading.page.read_from, reading.page.engine, reading.page.dpi) == ("text_layer", "text_layer", 300)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "too few words"),
        ("Ký bởi: Ủy ban nhân dân tỉnh", "too few words"),
        ("Dieu 1. Cong bo kern theo Quyet dinh nay Danh muc va Quy trinh noi bo giai quyet", "Vietnamese"),
        ("x1 #@ lkj qwx zzt brr xkcd pqr mnb vvv rtl kjh gfd sdf", "Vietnamese"),
    ],
)
def test_a_bad_layer_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(PageError, match=reason):
        TextLayerEngine().read(layered(monkeypatch, tmp_path, text))


def test_a_layer_that_leaves_print_out_is_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import cv2

    sheet = layered(monkeypatch, tmp_path, GOOD)
    page = np.full((3509, 2480, 3), 255, np.uint8)
    for y in range(600, 3000, 120):
        cv2.putText(page, "cong tac thi dua khen thuong", (200, y), cv2.FONT_HERSHEY_COMPLEX, 2, (0, 0, 0), 4)
    monkeypatch.setattr(Sheet, "pixels", lambda self: page)
    with pytest.raises(PageError, match="leaves print out"):
        TextLayerEngine().read(sheet)


def test_pictures_have_no_layer(tmp_path: Path) -> None:
    with pytest.raises(PageError, match="no text layer"):
        TextLayerEngine().read(blank(tmp_path / "a.png"))


@pytest.mark.slow
@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_that_lies_on_its_side_or_head_is_read(tmp_path: Path, turn: int) -> None:
    from pipeline.engines.tesseract import TesseractEngine
    from pipeline.train.markup import Manuscript
    from pipeline.train.render import render

    source = Path(__file__).parents[1] / "samples" / "directive-forest-fire" / "source.md"
    page = render(Manuscript.load(source), seed=5, severity=0)[0]
    Image.fromarray(np.rot90(page.pixels, -turn)).save(tmp_path / "a.png", dpi=(200, 200))
    (sheet,) = open_source(tmp_path / "a.png").sheets()
    reading = TesseractEngine().read(sheet)
    assert reading.page.rotation == 360 - 90 * turn
    true = {w.text for w in page.truth.words}
    assert sum(w.text in true for w in reading.words) > 0.95 * len(reading.words)
