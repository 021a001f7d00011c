"""`sohoa evaluate`: figures of a dataset, the same as those of the measuring script, and mistakes told in a line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.progress import digitise_all

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "plan-74-ocr"
SCORE = ROOT.parent / "shared" / "tools" / "score.py"
GOLD = ROOT.parent / "shared" / "data" / "gold"


def evaluate(*args: object) -> Any:
    return CliRunner().invoke(app, ["evaluate", *map(str, args)])


@pytest.mark.slow
def test_the_script_and_the_command_agree(tmp_path: Path) -> None:
    if not SCORE.exists():
        pytest.skip("the measuring script is not here")
    folders = [SAMPLE, *(f for f in [GOLD / "seed"] if f.exists())]
    assert digitise_all(folders, tmp_path, workers=1) == 0
    theirs, ours = tmp_path / "theirs.json", tmp_path / "ours.json"
    command = [sys.executable, SCORE, *folders, "--dataset", tmp_path / "dataset.sqlite", "--json", theirs]
    subprocess.run([str(c) for c in command], check=True, capture_output=True)
    found = evaluate(*folders, "-o", tmp_path, "--json", ours, "--misses")
    assert found.exit_code == 0, found.output
    named = {name.lower(): figures for name, figures in json.loads(theirs.read_text("utf8")).items()}
    assert json.loads(ours.read_text("utf8")) == named


def gold(folder: Path, text: str = "Kế hoạch tưới tiêu\n", facts: str = "{}") -> Path:
    folder.mkdir()
    (folder / "source.txt").write_text("Ke hoach tuoi tieu\n", "utf8")
    (folder / "gold.txt").write_text(text, "utf8")
    (folder / "gold.json").write_text(facts, "utf8")
    return folder


def test_the_text_of_another_program(tmp_path: Path) -> None:
    (tmp_path / "read.txt").write_text("Kế hoach tưới tiêu", "utf8")
    found = evaluate(gold(tmp_path / "one"), "--text", tmp_path / "read.txt", "--json", tmp_path / "figures.json")
    assert found.exit_code == 0
    figures = json.loads((tmp_path / "figures.json").read_text("utf8"))["one"]
    assert (figures["wer"], figures["tone"]) == (0.25, 0.75)


def test_a_document_that_was_not_digitised_has_lost_its_words(tmp_path: Path) -> None:
    found = evaluate(gold(tmp_path / "one"), "-o", tmp_path / "none")
    assert found.exit_code == 1
    assert "not in" in found.stderr
    assert "digitise it there first" in found.stderr
    assert "100.00%" in found.stdout


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (shutil.rmtree, "holds neither scan.pdf nor source.txt"),
        (lambda f: (f / "gold.txt").unlink(), "gold.txt cannot be read"),
        (lambda f: (f / "gold.json").write_text("{", "utf8"), "is damaged"),
        (lambda f: (f / "gold.txt").write_bytes(b"\xff\xfe\xff"), "is damaged"),
    ],
)
def test_damaged_gold_is_told_and_the_rest_measured(tmp_path: Path, damage: Any, told: str) -> None:
    bad, good = gold(tmp_path / "bad"), gold(tmp_path / "good")
    damage(bad)
    (tmp_path / "read.txt").write_text("Kế hoạch tưới tiêu", "utf8")
    found = evaluate(bad, good, "--text", tmp_path / "read.txt")
    assert found.exit_code == 1
    assert told in found.stderr
    assert len(found.stderr.splitlines()) == 1
    assert "good" in found.stdout


def test_a_text_that_is_missing(tmp_path: Path) -> None:
    found = evaluate(gold(tmp_path / "one"), "--text", tmp_path / "none.txt")
    assert "none.txt cannot be read" in str(found.exception)
