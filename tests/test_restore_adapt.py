"""A document's own way of being misread: what it shows counts, for words it never showed too; nothing else moves."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.restore.adapt import Seen, adapted, rescored, seen
from pipeline.restore.candidates import Candidates
from pipeline.restore.guards import freedoms
from pipeline.restore.model import load_model
from pipeline.restore.pieces import runs
from pipeline.restore.units import units

SHOWN = {Seen("quận", "lower", "quin"): 300, Seen("dân", "lower", "din"): 200, Seen("nhân", "lower", "nhan"): 100}


@pytest.fixture(scope="module")
def lost() -> Candidates:
    return load_model().lost


def chance(candidates: Candidates, word: str, noisy: str) -> float:
    return float(candidates.scores([(noisy, "lower")], [np.array([candidates.places[word]], dtype=np.int32)])[0][0])


@pytest.mark.parametrize(
    ("word", "noisy", "rises"),
    [("vận", "vin", True), ("bậc", "bic", True), ("bận", "ban", False), ("mực", "muc", False), ("hội", "hdi", False)],
)
def test_letters_are_misread_as_the_document_shows(lost: Candidates, word: str, noisy: str, rises: bool) -> None:
    new = adapted(lost, SHOWN)
    gain = chance(new, word, noisy) - chance(lost, word, noisy)
    assert gain > 0.3 if rises else gain < 0.1


def test_a_short_text_says_too_little(lost: Candidates) -> None:
    assert adapted(lost, {Seen("quận", "lower", "quin"): 20}) is lost


def test_a_channel_that_expects_what_came_stays(lost: Candidates) -> None:
    usual = {Seen("nhân", "lower", "nhan"): 400, Seen("dân", "lower", "dan"): 400}
    assert chance(adapted(lost, usual), "nhân", "nhan") == pytest.approx(chance(lost, "nhân", "nhan"), abs=0.1)


def test_pieces_gain_by_their_candidates_alone(lost: Candidates) -> None:
    lines = [["vin", "dung", "34-CT/TW", "tu'"]]
    assert [len(row) for row in freedoms(lines[0], [units(t) for t in lines[0]], lost=True)] == [1, 1, 1, 1]
    pieces = [piece for run in runs(lost, lines, {}) for piece in run]
    better = rescored(lost, adapted(lost, SHOWN), pieces)
    first = pieces[0]
    after = better[id(first)].options
    assert after.prints == first.options.prints
    place = after.prints.index("vận")
    assert after.slot.chances[place] > first.options.slot.chances[place]
    assert after.slot.chances[after.kept] == first.options.slot.chances[first.options.kept]
    assert [piece.unit.text for piece in pieces if piece.unit and id(piece) in better] == ["vin", "dung"]


def test_only_free_units_tell(lost: Candidates) -> None:
    pieces = [piece for run in runs(lost, [["quin", "34-CT/TW", "tu'"]], {}) for piece in run]
    found = [(piece, piece.options.prints.index("quận") if "quận" in piece.options.prints else 0) for piece in pieces]
    assert dict(seen(found)) == {Seen("quận", "lower", "quin"): 1}
