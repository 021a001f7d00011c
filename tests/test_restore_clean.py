"""Text that has its marks goes through untouched, whatever its kind; what was restored stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.restore import restore_text
from pipeline.restore.decode import Verdict
from pipeline.restore.guards import freedoms
from pipeline.restore.least import READ, WRITTEN, least_odds
from pipeline.restore.units import units
from pipeline.restore.witness import in_name, witnessed
from pipeline.vietnamese import bare

KINDS = {
    "plan": "Phòng Kinh tế chủ trì, phối hợp với các đơn vị liên quan kiểm tra việc thực hiện kế hoạch trong quý IV.",
    "law": "Điều 12. Người nào cản trở việc kê khai đất đai thì bị phạt tiền từ 2.000.000 đồng đến 5.000.000 đồng.",
    "news": "Chiều qua, mưa lớn khiến nhiều tuyến phố ngập sâu; người dân phải dắt xe lội nước suốt hai giờ.",
    "places": "Huyện Krông Bông, tỉnh Đắk Lắk\nHuyện Đăk Glei, tỉnh Kon Tum\nXã Ea M'Droh\nXã Ia Drăng\nXã Mường Ảng",
    "one a line": "Krông Nô\nKrông Búk\nBuôn Đôn\nCư M'gar\nĐắk R'lấp\nKbang\nChư Prông",
    "names": "Nguyễn Văn Hoà\nTrần Thị Thuý\nH'Yim Niê\nY Blơ Êban\nSiu Hơ Nga\nThào A Páo\nVàng Seo Phừ",
    "communes": "Xã Tân Hòa, Xã Tân Hóa, Xã Ân Hảo, Xã An Hảo, Xã Tản Hồng, Xã Tân Hồng, Xã Phúc Ứng, Xã Phú Ứng.",
    "old spelling": "Uỷ ban nhân dân huyện Hoà An qui định việc kí kết, quản lí công ti thuỷ sản; hi vọng hoà bình.",
    "dialect": "Bữa ni tui hổng đi mô, mưa dữ quá nghen; ổng biểu má chờ tới mai coi răng, đừng có vậy nữa.",
    "capitals": "QUYẾT ĐỊNH\nVỀ VIỆC BAN HÀNH QUY CHẾ LÀM VIỆC CỦA ỦY BAN NHÂN DÂN HUYỆN CƯ JÚT",
    "English": "Dự án Smart City do World Bank tài trợ dùng phần mềm Microsoft Excel, Zalo OA và R&D của công ty.",
    "chemistry": "Thuốc chứa Chlorpyrifos ethyl, Fipronil và natri clorid; uống Paracetamol 500mg, vitamin B1.",
    "species": "Voọc chà vá chân nâu, mang lớn, cu li nhỏ, đồi mồi, vích, bò tót và rắn hổ chúa được bảo vệ.",
    "table": "STT | Chỉ tiêu | ĐVT | Năm 2020\n1 | Sản lượng lúa | tấn | 12.345,6\n2 | Thu ngân sách | tr.đ | 1.234",
    "addresses": "Thư điện tử: vanthu@cujut.gov.vn; trang tin: https://www.cujut.gov.vn/web/guest; ĐT: 0261.3882345.",
    "scripts": "Đại Việt sử ký toàn thư (大越史記全書) và Αθήνα, Москва; góc α = 30°, β² + γ.",
    "entities": "Ban tổ chức lễ hội& và tòa thị chính& cùng các hộ dân đã dọn dẹp sạch sẽ khu vực chợ.",
    "a rare pair": "Các cơ sở y tế, cơ sở thú y, cơ sở đào tạo và cơ sở in nộp danh mục và cơ số thuốc theo từng quý.",
    "one slip": "Ban tổ chức đã tiếp đón chu đáo các vị khách, khiến ai nấy đều hài lòng với chuyền đi này.",
}  # fmt: skip


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_clean_text_stays(text: str) -> None:
    assert restore_text(text) == text


def test_clean_text_of_all_kinds_stays() -> None:
    text = "\n\n".join(KINDS.values())
    assert restore_text(text) == text


@pytest.mark.parametrize("text", KINDS.values(), ids=KINDS)
def test_what_was_restored_stays(text: str) -> None:
    once = restore_text(bare(text))
    assert restore_text(once) == once


LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạẩếệổớứ"
TOKENS = sorted({token for text in KINDS.values() for token in text.split()})


@st.composite
def misread(draw: st.DrawFn) -> str:
    """Words of all kinds, some without their marks, some with a letter misread, in lines."""
    rows = []
    for tokens in draw(st.lists(st.lists(st.sampled_from(TOKENS), max_size=8), max_size=4)):
        kinds = draw(st.lists(st.sampled_from(("as it is", "bare", "misread")), min_size=len(tokens), max_size=8))
        for k, (token, kind) in enumerate(zip(tokens, kinds, strict=False)):
            if kind == "bare":
                tokens[k] = bare(token)
            elif kind == "misread":
                at = draw(st.integers(0, len(token) - 1))
                tokens[k] = token[:at] + draw(st.sampled_from(LETTERS)) + token[at + 1 :]
        rows.append(" ".join(tokens))
    return "\n".join(rows)


@settings(max_examples=60, deadline=None)
@given(misread())
def test_restoring_again_changes_nothing(text: str) -> None:
    once = restore_text(text)
    assert restore_text(once) == once


def test_the_least_odds_follow_what_the_other_changes_say() -> None:
    alone = least_odds(400, [9.0], [False])
    assert alone == pytest.approx([WRITTEN], abs=0.3)  # never the change itself
    page = least_odds(400, [9.0, 6.0, 7.0, 1.0], [False] * 4)
    assert page == pytest.approx([READ] * 4, abs=0.3)
    assert least_odds(40_000, [9.0, 6.0, 7.0, 1.0], [False] * 4) == pytest.approx([WRITTEN] * 4, abs=0.2)


def test_changes_to_names_say_nothing() -> None:
    assert least_odds(2000, [9.0] * 4, [True, True, True, False]) == pytest.approx([WRITTEN] * 4, abs=0.2)


def test_a_neighbour_that_stands_beside_many_words_bears_no_witness() -> None:
    names = ("An", "An", "An", "An", "Bình", "Cát", "Đông", "Giang", "Hải", "Khê", "Lâm")
    lines = [["Xã", name] for name in names] + [["Xã", "Ân"]]
    change = Verdict(len(names), 1, 0, 2, "An", 1.0, 1.0)
    assert not list(witnessed(lines, [change]))
    few = [*lines[:5], lines[-1]]
    assert list(witnessed(few, [Verdict(5, 1, 0, 2, "An", 1.0, 1.0)]))


@pytest.mark.parametrize(
    ("line", "place", "named"),
    [
        ("huyện Krông", 1, True),  # no Vietnamese syllable
        ("huyện Cư Kuin", 2, True),
        ("Vũ Thị Hoà", 2, True),
        ("huyện Hoà", 1, False),
        ("KẾ HOẠCH", 1, False),
        ("Krông họp", 1, False),
    ],
)
def test_names(line: str, place: int, named: bool) -> None:
    tokens = line.split()
    assert in_name([tokens], Verdict(0, place, 0, len(tokens[place]), "x", 5.0, 5.0)) is named


@pytest.mark.parametrize(("token", "free"), [("R&D", "marks"), ("hội&", "frozen"), ("hội", "free")])
def test_a_sign_is_no_letter_where_marks_are_kept(token: str, free: str) -> None:
    assert freedoms([token], [units(token)], lost=False) == [[free]]
