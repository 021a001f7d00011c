"""How sure a word is: features, votes of engines, the models' file, scores after restoration, their fitting."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ModelError
from pipeline.restore import restore
from pipeline.restore.confidence import COLUMNS, FEATURES, Confidence, Read, Surroundings, features, lift
from pipeline.restore.model import load_model
from pipeline.restore.scores import votes
from pipeline.restore.stage import restore_lines, rewritten
from pipeline.restore.votes import OTHER, Vote
from pipeline.train.confidence import calibration_error, fitted, truths
from pipeline.types import Box, Document, Line, Page, Reading, Word

LINE = "Sở Y tế chủ trì, phối hợp với các đơn vị liên quan triển khai thực hiện kế hoạch này".split()


def value(name: str, token: str, read: Read | None = None) -> float:
    return features(token, read)[FEATURES.index(name)]


@pytest.mark.parametrize(
    ("name", "token", "read", "expected"),
    [
        ("no syllable", "tiêệp", None, 1.0),
        ("no syllable", "UBND", None, 0.0),
        ("number", "2021,", None, 1.0),
        ("digits and letters", "34-CT/TW", None, 1.0),
        ("no letters", "-", None, 1.0),
        ("score>0.9", "và", Read(0.92), None),
        ("other accents", "đê", Read(0.9, (("để", 0.9),)), 1.0),
        ("other accents", "đê", Read(0.9, (("để", 0.2),)), 0.0),
        ("other case", "Và", Read(0.9, (("và", 0.6),)), 0.5),
        ("other marks about it", "công;", Read(0.9, (("công:", 0.9),)), 1.0),
        ("other letters", "11", Read(0.9, (("1I", 0.9),)), 0.0),
        ("other letters", "13", Read(0.9, (("43", 0.9),)), 1.0),
    ],
)
def test_features(name: str, token: str, read: Read | None, expected: float | None) -> None:
    if expected is not None:
        assert value(name, token, read) == pytest.approx(expected)
    assert len(features(token, read)) == len(FEATURES)


@settings(deadline=None)
@given(st.text(max_size=8), st.floats(0, 1), st.lists(st.tuples(st.text(max_size=4), st.floats(0, 1)), max_size=3))
def test_a_chance_is_a_chance(token: str, score: float, others: list[tuple[str, float]]) -> None:
    values = features(token, Read(score, tuple(others)), lead=1.0)
    assert all(0 <= load_model().confidence.wrong(column, values) <= 1 for column in COLUMNS)


def test_surroundings_leave_the_word_out() -> None:
    alone, beside = Surroundings.of([True, False])
    assert alone.near < beside.near
    assert alone.everywhere == beside.everywhere


def test_lift_is_bounded_and_grows() -> None:
    assert lift(0.0) == -2.0 < lift(0.01) < lift(0.5) < 2.0 == lift(1.0)


def test_doubtful_words_are_lifted_more() -> None:
    confidence = load_model().confidence
    found = votes(confidence, [["để", "để"]], {(0, 0): Read(0.97), (0, 1): Read(0.6, (("đề", 0.55),))})
    assert found[0, 0].lift < found[0, 1].lift
    assert Vote.of(0.0, Read(0.9, (("đề", 0.9),))).others == (("đề", OTHER),)


def test_a_runner_up_decides_where_the_wording_allows_both() -> None:
    line = "Phòng Nội vụ chuyền hồ sơ đến các đơn vị liên quan".split()
    sure, doubtful = Read(0.97), Read(0.7, (("chuyển", 0.65), ("chuyên", 0.3)))
    place = (0, 3)
    rest = {(0, k): Read(0.97) for k in range(len(line))}
    text = rewritten([line], restore_lines([line], reads=rest | {place: doubtful}).changes)[0]
    assert text == [*line[:3], "chuyển", *line[4:]]
    alone = restore_lines([line], reads=rest | {place: sure}).verdicts
    voted = restore_lines([line], reads=rest | {place: doubtful}).verdicts
    assert max(v.margin for v in alone) < max(v.margin for v in voted)


def scanned(tokens: list[str], scores: dict[int, float]) -> Document:
    words = tuple(
        Word(token, Box(10 * k, 0, 10 * k + 9, 9), 0, scores.get(k, 0.97), readings=(Reading("x", "y", 0.1),))
        for k, token in enumerate(tokens)
    )
    return Document("0" * 12, "0" * 64, "x.pdf", "application/pdf", (Page(1),), (Line(1),), words)


def test_scores_are_chances() -> None:
    doc = restore(scanned([*LINE, "ngày", "14"], {4: 0.3, 5: 0.93}))
    scores = [word.score for word in doc.words]
    assert all(0 <= score <= 1 for score in scores)
    assert min(scores[:-1]) == scores[4]
    assert scores[-1] <= 0.97  # a figure is never surer than the engine was


def test_an_edit_has_the_score_of_its_word() -> None:
    doc = restore(scanned([*LINE[:12], "quạn", *LINE[13:]], {12: 0.5}))
    assert doc.words[12].text == "quan"
    assert doc.words[12].edits[-1].score == doc.words[12].score


def test_text_without_scores_has_chances_too() -> None:
    doc = scanned(LINE, {})
    page = replace(doc.pages[0], read_from="ocr_text")
    words = tuple(replace(w, box=None, score=1.0, readings=()) for w in doc.words)
    assert all(0.5 < w.score <= 1 for w in restore(replace(doc, pages=(page,), words=words)).words)


def test_the_file_of_weights(tmp_path: Path) -> None:
    confidence = Confidence({column: [float(k) for k in range(len(FEATURES))] for column in COLUMNS})
    confidence.save(tmp_path / "c.tsv")
    assert Confidence.load(tmp_path / "c.tsv") == confidence
    (tmp_path / "c.tsv").write_text("feature\tread\nalways\t1\n")
    with pytest.raises(ModelError):
        Confidence.load(tmp_path / "c.tsv")


def test_fitting_finds_the_slope() -> None:
    rng = np.random.default_rng(1)
    x = np.column_stack([np.ones(4000), rng.normal(size=4000)])
    y = (rng.random(4000) < 1 / (1 + np.exp(1 - 2 * x[:, 1]))).astype(float)
    assert fitted(x, y) == pytest.approx([-1, 2], abs=0.25)
    chance = 1 / (1 + np.exp(-x @ fitted(x, y)))
    assert calibration_error(chance, y) < 0.04 < calibration_error(chance * 0.5, y)


def test_truths_stand_beside_what_was_read() -> None:
    found = dict(truths("Sở Y tế chủ trì".split(), "Sơ Y tê | chủ trì".split()))
    assert found == {0: "Sở", 1: "Y", 2: "tế", 4: "chủ", 5: "trì"}


def test_what_an_engine_never_saw_is_less_likely() -> None:
    line = "bảo đảm phát triền hạ tầng".split()

    def wanted(*others: tuple[str, float]) -> float:
        reads = {(0, k): Read(0.97) for k in range(len(line))} | {(0, 3): Read(0.9, others)}
        found = restore_lines([line], reads=reads).verdicts
        return next(v.margin for v in found if v.token == 3)

    assert wanted(("triển", 0.2), ("triên", 0.1)) > wanted(("trièn", 0.2), ("triên", 0.1))
