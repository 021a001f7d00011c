"""Names of places get their marks back by the gazetteer and by the places named around them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.restore import restore_text
from pipeline.restore.candidates import lifted
from pipeline.restore.gazetteer import load_gazetteer
from pipeline.restore.model import load_model
from pipeline.restore.places import Heard, gains
from pipeline.vietnamese import bare


@pytest.mark.parametrize(
    "true",
    [
        "Ủy ban nhân dân xã Lùng Thẩn, huyện Si Ma Cai, tỉnh Lào Cai báo cáo tiến độ.",
        "Xã Tân Thanh, huyện Văn Lãng, tỉnh Lạng Sơn",
        "Xã Tân Thành, huyện Vụ Bản, tỉnh Nam Định",
        "Xã Tân Thạnh, huyện An Minh, tỉnh Kiên Giang",
        "DANH SÁCH THỊ TRẤN TRÂU QUỲ, HUYỆN GIA LÂM",
        "1. Phường Bưởi; 2. Phường Nhật Tân; 3. Phường Quảng An; 4. Phường Tứ Liên",
        "Huyện Gia Lâm\n1. Phù Đổng\n2. Bát Tràng\n3. Ninh Hiệp\n4. Yên Thường\n5. Đặng Xá",
        "1 Xã Ea H'leo 12,5\n2 Xã Ea Khăl 14,2\n3 Xã Cư Mốt 9,7",
        "Các xã Hố Mít, Pắc Ta, Trung Đồng và Phúc Khoa của huyện Tân Uyên",
    ],
)
def test_names_of_places_come_back(true: str) -> None:
    assert restore_text(bare(true)) == true


@pytest.mark.parametrize(
    "true",
    [
        "Chúng tôi làm việc với xã hội và phương án của quân đội.",
        "QUẢN LÝ XÃ HỘI VÀ PHƯƠNG PHÁP TÍNH TOÁN",
        "Tính Toán, Phương Án, Quản Lý",
    ],
)
def test_other_words_stay_what_they_are(true: str) -> None:
    heard = _heard(true)
    assert gains(load_gazetteer(), heard) == {}


@pytest.mark.parametrize(
    ("read", "true"),
    [
        ("1. X4 Tan Thanh, huyen Vu Ban; 2. Xa Lién Minh", "1. Xã Tân Thành, huyện Vụ Bản; 2. Xã Liên Minh"),
        ("xa Si Lé Lau, tinh Lai Chau", "xã Sì Lở Lầu, tỉnh Lai Châu"),
        ("Xe tai bien so X4 Tai Nan", "Xe tải biển số X4 Tai Nạn"),
    ],
)
def test_names_of_places_misread_by_the_wrong_model(read: str, true: str) -> None:
    assert restore_text(read) == true


def _heard(text: str) -> list[Heard]:
    words = text.replace(",", "").split()
    marks = [word.endswith(",") for word in ["x,", *text.split()]]
    return [Heard.of(0, word, word, apart=apart) for word, apart in zip(words, marks, strict=False)]


@given(st.lists(st.sampled_from("xã Tân Thành Huyện Vụ Bản, và Gia Lâm, 5 Thị trấn Tỉnh".split()), max_size=30))
def test_gains_have_the_letters_of_what_stands_there(words: list[str]) -> None:
    heard = _heard(" ".join(words))
    found = gains(load_gazetteer(), heard)
    assert all(bare(word) in heard[at].forms and gain > 0 for at, some in found.items() for word, gain in some.items())


def test_a_district_named_nearby_decides() -> None:
    known = load_gazetteer()
    ways = {name.words: name.groups for name in known.find(["tan", "thanh"]) if name.level == "commune"}
    assert len(ways) > 2
    assert all(not (a & b) or a != b for a, b in pairwise(ways.values()))


def test_a_word_that_no_channel_offered_is_printed_in_the_unit_s_case() -> None:
    model = load_model()
    model.lost.prepare([("KBang", "free")])
    options = lifted(model.lost.known["KBang", "free"], {"kbăng": 2.0}, "KBang", model.lost.model)
    assert options.prints[-1] == "KBăng"
    assert options.kept == model.lost.known["KBang", "free"].kept
