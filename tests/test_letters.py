"""Letters are held to where nothing in the document was misread, and not where OCR misread many."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.restore import restore_text
from pipeline.restore.candidates import Options
from pipeline.restore.lattice import Slot
from pipeline.restore.letters import held_to_letters
from pipeline.restore.model import load_model
from pipeline.restore.pieces import Piece
from pipeline.restore.units import units
from pipeline.vietnamese import bare


def _piece(text: str, *words: str) -> Piece:
    ids = np.array([load_model().lost.model.ids[word] for word in words], dtype=np.int32)
    return Piece(0, 0, units(text)[0], Options(Slot(ids, np.zeros(len(ids), np.float32)), words, -1), len(text))


def _tolls(misread: int, size: int = 200) -> list[float]:
    """What `thử`, `thư` and `thủy` lose for a doubtful `thu` in a document with so many words misread."""
    names = load_model().adviser.names
    doubtful = _piece("thu", "thử", "thư", "thủy")
    others = [_piece("dat" if n >= misread else "dot", "đất", "đắt") for n in range(size - 1)]
    found = {id(doubtful): (0, 1.0)} | {id(piece): (0, 9.0) for piece in others}
    new = held_to_letters(names, [doubtful, *others], found, {})
    return new[id(doubtful)].options.slot.chances.tolist() if id(doubtful) in new else [0.0, 0.0, 0.0]


def test_letters_never_misread_hold() -> None:
    same, also, other = _tolls(0)
    assert same == also == 0
    assert other < -1


def test_the_toll_falls_as_more_is_misread() -> None:
    tolls = [_tolls(misread)[2] for misread in (0, 5, 20, 60)]
    assert tolls == sorted(tolls)
    assert tolls[-1] == 0


@pytest.mark.parametrize("text", [
    "Cầu đường bộ, cống, hầm và bến phà do huyện quản lý.",
    "Khay thuốc đặt trên xe đẩy.",
    "Nhà để xe, phòng họp và cổng chính đã sửa xong.",
])  # fmt: skip
def test_text_without_its_marks_keeps_its_letters(text: str) -> None:
    assert bare(restore_text(bare(text))) == bare(text)
