"""Restoration as a user meets it: text in, text out; documents with their edits; nothing touched that must stay."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.restore import restore, restore_text, restore_texts
from pipeline.types import Document, Line, Page, Word
from pipeline.vietnamese import bare

CLEAN = (
    "ỦY BAN NHÂN DÂN",
    "HUYỆN TÂN PHÚ ĐÔNG",
    "Số: 45/KH-UBND",
    "",
    "KẾ HOẠCH",
    "Về việc kiểm tra công tác phòng cháy, chữa cháy tại các chợ trên địa bàn huyện năm 2019",
    "",
    "Thực hiện Chỉ thị số 17/CT-UBND ngày 05/6/2018 của Chủ tịch Ủy ban nhân dân tỉnh về tăng cường",
    "công tác bảo đảm an toàn thực phẩm, Phòng Kinh tế và Hạ tầng phối hợp với Công an huyện tổ chức",
    "kiểm tra định kỳ mỗi quý một lần, báo cáo kết quả trước ngày 25 của tháng cuối quý.",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Nâng cao ý thức của tiểu thương; phát hiện và xử lý kịp thời các trường hợp vi phạm.",
    "a) Kiểm tra phải đúng pháp luật, không gây phiền hà.",
)
TEXT = "\n".join(CLEAN)


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.parametrize(
    ("noisy", "expected"),
    [
        # marks gone, letters whole
        ("Uy ban nhan dan huyen to chuc kiem tra dinh ky", "Ủy ban nhân dân huyện tổ chức kiểm tra định kỳ"),
        ("MUC DICH, YEU CAU", "MỤC ĐÍCH, YÊU CẦU"),
        ("cac co quan, don vi co lien quan", "các cơ quan, đơn vị có liên quan"),
        # letters of the wrong model
        ("Can ctr Luat T6 chirc chinh quyén dia phuong", "Căn cứ Luật Tổ chức chính quyền địa phương"),
        ("theo quy dinh ctia phap luat hién hanh", "theo quy định của pháp luật hiện hành"),
        ("Chu tich Uy ban nhan dan tinh quyét dinh", "Chủ tịch Ủy ban nhân dân tỉnh quyết định"),
        ("MUC PICH, YEU CAU", "MỤC ĐÍCH, YÊU CẦU"),
        ("trién khai thuc hién nhiém vu duoc giao", "triển khai thực hiện nhiệm vụ được giao"),
        ("tao diéu kién thuan loi dé ngudi dan tham gia", "tạo điều kiện thuận lợi để người dân tham gia"),
        # parts of one token
        ("kinh té-xa hdi;van hoa,giao duc", "kinh tế-xã hội;văn hóa,giáo dục"),
        ("phuong/xa", "phường/xã"),
        # the national title and motto, however read
        ("CQNG HOA XA HQI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Péc lap - Tu do - Hanh phic", "Độc lập - Tự do - Hạnh phúc"),
        # codes
        ("Nghi dinh sé 30/2020/ND-CP ctia Chinh phu", "Nghị định số 30/2020/NĐ-CP của Chính phủ"),
    ],
)
def test_lost_marks(noisy: str, expected: str) -> None:
    assert restore_text(noisy) == expected


@pytest.mark.parametrize(
    "kept",
    [
        "1234", "07/4/2014", "2.500.000", "34-CT/TW", "74/KH-UBND", "12/2020/QH14", "XVIII", "IL.", "II.", "a)", "1.",
        "-", "+", "MTTQ", "UBND", "PCCC", "A4", "30m2", "H1N1", "80%", "...", "……", "info@tayho.gov.vn", "www.gov.vn",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "{} thuc hién nhiém vu", "thuc hién nhiém vu {} trong nam"])
def test_guarded(kept: str, frame: str) -> None:
    assert kept in words(restore_text(frame.format(kept)))


def test_an_abbreviation_gains_only_its_marks() -> None:
    assert "HĐND" in restore_text("Thuong truc HDND va UBND huyen").split()


def test_labels_of_a_list() -> None:
    noisy = "c) kinh phi thuc hién;\nd) thoi gian thuc hién;\nd) dia diém thuc hién;\ne) ché d6 bao cao."
    assert [row.split()[0] for row in restore_text(noisy).splitlines()] == ["c)", "d)", "đ)", "e)"]


def test_a_correct_label_stays() -> None:
    noisy = "d) thoi gian thuc hién;\n\nd) dia diém thuc hién;\ne) ché d6 bao cao."
    assert [row.split()[0] for row in restore_text(noisy).splitlines() if row] == ["d)", "d)", "e)"]


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("kiêm tra công tác tô chức thực hiện", "kiểm tra công tác tổ chức thực hiện"),
        ("trình cấp có thâm quyền phê duyệt", "trình cấp có thẩm quyền phê duyệt"),
    ],
)
def test_misread_tones(read: str, expected: str) -> None:
    assert restore_text(f"{TEXT}\n{read}").splitlines()[-1] == expected


def test_clean_text_is_untouched() -> None:
    assert restore_text(TEXT) == TEXT


def test_stripped_text_comes_back() -> None:
    restored = restore_text(bare(TEXT))
    wrong = [(a, b) for a, b in zip(words(TEXT), words(restored), strict=True) if a != b]
    assert len(wrong) <= 3, wrong


def test_letterhead_says_district() -> None:
    head = "UY BAN NHAN DAN\nQUAN LE CHAN\n\n"
    assert restore_text(head + "cac phong, ban cua quan va cac phuong thuoc quan").endswith(
        "các phòng, ban của quận và các phường thuộc quận"
    )


def test_idempotent() -> None:
    once = restore_text(bare(TEXT))
    assert restore_text(once) == once


@settings(max_examples=40, deadline=None)
@given(st.text(st.sampled_from("aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạ ẩ\n\t.,;-/()0123456789AĐQ&¢'?"), max_size=80))
def test_blanks_and_digits_survive(text: str) -> None:
    restored = restore_text(text)
    assert re.sub(r"\S+", "x", restored) == re.sub(r"\S+", "x", text)
    numbers = [t for t in text.split() if t.isdigit()]
    assert [t for t in restored.split() if t.isdigit()][: len(numbers)] == numbers or not numbers
    assert restore_text(restored) == restored


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(words(TEXT)), max_size=30))
def test_well_formed_words_keep_their_punctuation(some: list[str]) -> None:
    text = bare(" ".join(some))
    restored = restore_text(text)
    assert re.findall(r"[.,;:/()-]", restored) == re.findall(r"[.,;:/()-]", text)
    assert len(restored.split()) == len(some)


def test_many_texts_are_documents_of_their_own() -> None:
    assert list(restore_texts(["dia phuong", "", "2021"])) == [restore_text("dia phuong"), "", "2021"]


def document(*rows: str, zone: str = "body") -> Document:
    lines = tuple(Line(page=1, zone=zone) for _ in rows)  # type: ignore[arg-type]
    found = tuple(Word(token, None, number) for number, row in enumerate(rows) for token in row.split())
    return Document("0" * 12, "0" * 64, "x.txt", "text/plain", (Page(1, read_from="ocr_text"),), lines, found)


def test_document_words_keep_their_history() -> None:
    doc = restore(document("thuc hién Ké hoach", "sé 45/KH-UBND cua huyén"))
    assert doc.text() == "thực hiện Kế hoạch số 45/KH-UBND của huyện"
    word = doc.words[1]
    assert word.raw == "hién"
    assert [edit.stage for edit in word.edits] == ["restore"]
    assert 0.5 < word.score <= 1
    assert [w.line for w in doc.words] == [0, 0, 0, 0, 1, 1, 1, 1]


def test_document_is_restored_once() -> None:
    doc = restore(document("thuc hién Ké hoach cua huyén"))
    assert restore(doc) is doc


@pytest.mark.parametrize("zone", ["stamp", "page_number", "signature"])
def test_words_that_are_no_text_stay(zone: str) -> None:
    doc = document("thuc hién Ké hoach", zone=zone)
    assert restore(doc) == doc


def test_document_without_words() -> None:
    doc = replace(document(), lines=())
    assert restore(doc) == doc
