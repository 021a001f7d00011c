"""Paths of whole documents with gold: our samples, as printed and with markers misread, and real papers."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.extract.outline import extract_outline
from pipeline.layout import layout
from pipeline.records import Decree
from pipeline.types import Document

Make = Callable[[str], Document]


def test_paths_of_the_gold_text(gold_folders: list[Path], make_document: Make) -> None:
    hits = said = wanted = 0
    for folder in gold_folders:
        text = (folder / "gold.txt").read_text("utf8").translate({ord("⟦"): None, ord("⟧"): None})
        gold = [s["path"] for s in json.loads((folder / "gold.json").read_text("utf8"))["sections"]]
        found = [s.path for s in extract_outline(Decree(layout(make_document(text.replace("\n\f\n", "\f"))))).sections]
        hits += len(set(gold) & set(found))
        said, wanted = said + len(found), wanted + len(gold)
    assert 2 * hits / (said + wanted) >= 0.95


SAMPLES = Path(__file__).parents[1] / "samples"
MISREAD = {"I": "l", "1": "I", "2": "Z", "8": "§", ".": ",", "-": "~", "d": "đ", "đ": "d", "g": "ø"}


def damaged(line: str, rng: random.Random) -> str:
    """The line with one glyph of its marker misread, one time in eight."""
    match = re.match(r"([IVX]+\.|\d+(?:\.\d+)*\.?|[a-zđ]\)|[-+])(?=\s)", line)
    if not match or rng.random() > 1 / 8 or "|" in line:
        return line
    at = rng.randrange(len(match[1]))
    return line[:at] + MISREAD.get(line[at], line[at]) + line[at + 1 :]


@pytest.mark.parametrize("least", [1.0, 0.95], ids=["as printed", "markers misread"])
def test_paths_of_our_own_samples(make_document: Make, least: float) -> None:
    rng = random.Random(7)
    hits = wanted = 0
    for folder in sorted(p.parent for p in SAMPLES.glob("*/gold.json")):
        text = (folder / "gold.txt").read_text("utf8").translate({ord("⟦"): None, ord("⟧"): None})
        if least < 1:
            text = "\n".join(damaged(line, rng) for line in text.split("\n"))
        gold = [s["path"] for s in json.loads((folder / "gold.json").read_text("utf8"))["sections"]]
        found = [s.path for s in extract_outline(Decree(layout(make_document(text.replace("\n\f\n", "\f"))))).sections]
        hits, wanted = hits + len(set(gold) & set(found)), wanted + len(gold)
    assert hits / wanted >= least
