"""The second witness: contexts, what it says of candidates, and how it learns."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import ModelError
from pipeline.resources import model_path
from pipeline.restore import restore_text
from pipeline.restore.advice import Adviser
from pipeline.restore.contexts import FIRST, LAST, NEAR, Names, Text, bounds, case_of, contexts, shape_of
from pipeline.restore.model import load_model
from pipeline.restore.ngram import LanguageModel
from pipeline.train.advice import Groups, encoded, lessons, weightiest
from pipeline.train.fuse import build_table
from pipeline.train.loglinear import Memory, learner
from pipeline.vietnamese import bare


@pytest.fixture(scope="module")
def language() -> LanguageModel:
    return load_model().lost.model


@pytest.fixture(scope="module")
def names(language: LanguageModel) -> Names:
    return Names.of(language)


def _text(language: LanguageModel, names: Names, *paragraphs: str) -> Text:
    ids = [i for p in paragraphs for i in (*(language.ids[w] for w in p.split()), names.end)]
    return names.text(np.array(ids, dtype=np.int32), [None] * len(ids))


def test_a_place_has_near_contexts_and_one_for_each_word_farther_off(language: LanguageModel, names: Names) -> None:
    text = _text(language, names, "tủ thuốc của khoa , phòng")
    keys, present = contexts(text, np.array([0, 3]))
    assert keys.shape == present.shape == (2, NEAR + 2 * (LAST - FIRST + 1))
    assert present[:, :NEAR].all()
    assert present[:, NEAR:].sum(1).tolist() == [3, 3]  # neither neighbours nor the pause nor the paragraph's end


def test_another_paragraph_changes_no_context(language: LanguageModel, names: Names) -> None:
    one, other = (_text(language, names, first, "thuốc của khoa") for first in ("tủ sách", "bản đồ"))
    found, again = (contexts(text, np.array([3, 4, 5])) for text in (one, other))
    assert (found[1] == again[1]).all()
    assert (found[0] == again[0])[found[1]].all()


def test_bare_letters_alone_make_the_near_contexts(language: LanguageModel, names: Names) -> None:
    marked, stripped = (_text(language, names, text) for text in ("tủ thuốc của", "tư thuộc cua"))
    ours, theirs = (contexts(text, np.array([1]))[0][0, :NEAR] for text in (marked, stripped))
    assert (ours == theirs).all()


@given(st.lists(st.booleans(), min_size=1, max_size=30))
def test_paragraphs_cover_the_text(ends: list[bool]) -> None:
    starts, stops = bounds(np.array(ends))
    for place, (start, stop) in enumerate(zip(starts, stops, strict=True)):
        assert start <= place < stop
        assert not any(ends[start : stop - 1])


@pytest.mark.parametrize(("text", "expected"), [("quận", 0), ("Quận", 1), ("QUẬN", 2), ("Ủ", 1)])
def test_letter_case(text: str, expected: int) -> None:
    assert case_of(text) == expected


def test_shapes_of_numbers() -> None:
    assert shape_of("2015") == shape_of("1999") != shape_of("15")
    assert shape_of("12.345.678,9") == 0


def _said(text: str, place: int, rivals: str) -> dict[str, float]:
    """What the adviser says of words at one place of a text whose first search was right but not sure."""
    model = load_model()
    language = model.lost.model
    ids = np.array([language.ids[w] for w in text.split()], dtype=np.int32)
    slots = [np.array([i], dtype=np.int32) for i in ids]
    slots[place] = np.array([language.ids[w] for w in rivals.split()], dtype=np.int32)
    leads = np.zeros(len(ids), dtype=np.float32)
    gains = model.adviser.gains(ids, [None] * len(ids), slots, leads)
    assert all((gain == 0).all() for i, gain in enumerate(gains) if i != place)
    return dict(zip(rivals.split(), gains[place].tolist(), strict=True))


def test_what_stands_on_the_right_tells() -> None:
    said = _said("cấp giấy phép sử dụng đất", 4, "dụng dùng đúng đứng")
    assert max(said, key=said.__getitem__) == "dụng"
    assert said["dụng"] == 0 > max(said["dùng"], said["đúng"], said["đứng"])


def test_other_letters_are_not_judged() -> None:
    said = _said("cấp giấy phép sử dụng đất", 4, "dụng dùng đơn")
    assert said["đơn"] == 0 > said["dùng"]


def test_a_sure_place_is_not_asked() -> None:
    model = load_model()
    ids = np.array([model.lost.model.ids[w] for w in ("sử", "dụng")], dtype=np.int32)
    slots = [ids[:1], np.array([model.lost.model.ids[w] for w in ("dụng", "dùng")], dtype=np.int32)]
    assert not model.adviser.gains(ids, [None, None], slots, np.full(2, 9, np.float32))[1].any()


def test_no_text_no_gains() -> None:
    assert load_model().adviser.gains(np.zeros(0, np.int32), [], [], np.zeros(0, np.float32)) == []


@pytest.mark.parametrize("missing", ["advice.npz", "advice-marks.npy", "advice-codes.npy"])
def test_a_missing_file_is_told(tmp_path: Path, language: LanguageModel, missing: str) -> None:
    for path in model_path("restore").glob("advice*"):
        if path.name != missing:
            (tmp_path / path.name).symlink_to(path)
    with pytest.raises(ModelError, match="advice"):
        Adviser.load(tmp_path, language)


@pytest.mark.parametrize("text", [
    "Bàn ghế, đồ chơi của lớp mẫu giáo phải phù hợp lứa tuổi.",
    "Nhãn hàng hóa phải ghi rõ nước sản xuất, không được tẩy xóa.",
    "Người lái tàu phải theo dõi hải đồ và ghi nhật ký.",
    "Con tàu rời cảng lúc nửa đêm, chở theo muối và cá khô.",
    "Lỗi của phần mềm kế toán đã được khắc phục.",
])  # fmt: skip
def test_words_that_their_surroundings_tell(text: str) -> None:
    assert restore_text(bare(text)) == text


@settings(deadline=None, max_examples=5)
@given(st.integers(1, 3))
def test_restoring_twice_says_the_same(times: int) -> None:
    text = "Uy ban nhan dan huyen giao phong Tai chinh theo doi, don doc. " * times
    assert restore_text(text) == restore_text(text)


def test_learning_tells_words_apart(language: LanguageModel, names: Names) -> None:
    texts = ["tủ thuốc của khoa", "hộ nghèo thuộc xã"] * 20
    (chunk,) = encoded(texts, language)
    groups = Groups.of(names, np.bincount(chunk.ids, minlength=len(language.words)).astype(np.int64))
    memory = Memory.of(12, groups.words.shape[1])
    learn = learner(lambda function: function)
    learnt = [learn(memory, lesson) for _ in range(3) for lesson in lessons(chunk, names, groups, 12)]
    assert learnt[0][1] > 5 * learnt[-1][1]
    assert learnt[-1][0] == 0
    adviser = Adviser(names, build_table(*weightiest(memory, groups, names, 1000), None))
    ids = chunk.ids[:4]
    slots = [
        np.array([language.ids[w] for w in ("thuốc", "thuộc")], dtype=np.int32) if i == 1 else ids[i : i + 1]
        for i in range(4)
    ]
    right, wrong = adviser.gains(ids, [None] * 4, slots, np.zeros(4, np.float32))[1]
    assert right == 0 > wrong
