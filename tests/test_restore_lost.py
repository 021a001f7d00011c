"""Text left by an OCR model without Vietnamese letters: what it puts for a word, and what must stay all the same."""

from __future__ import annotations

import re

import pytest

from pipeline.restore import restore_text
from pipeline.restore.initials import initials


@pytest.mark.parametrize(
    ("noisy", "expected"),
    [
        # digits and signs in the place of a word
        ("xay dung 16 trinh cu thé dé thuc hién", "xây dựng lộ trình cụ thể để thực hiện"),
        ("cac co quan chuyén mén 6 dia phuong", "các cơ quan chuyên môn ở địa phương"),
        ("cac co quan chuyén mén & dia phuong", "các cơ quan chuyên môn ở địa phương"),
        # capitals that are the second letter of a word
        ("Chu tich HS Chi Minh", "Chủ tịch Hồ Chí Minh"),
        ("dai biéu HDi ding nhan dan", "đại biểu Hội đồng nhân dân"),
        # a G for Ợ, Ơ, Ộ
        ("TRUONG HGP KHAN CAP", "TRƯỜNG HỢP KHẨN CẤP"),
        ("CO SG KHAM BENH", "CƠ SỞ KHÁM BỆNH"),
        # what is left of a mark, stands before the letter as a bracket, or made a P of a Đ
        ("hoan thanh thi dua, qua do6 kip thdi phat hién", "hoàn thành thi đua, qua đó kịp thời phát hiện"),
        ("thuc hién K¢é hoach nam 2021", "thực hiện Kế hoạch năm 2021"),
        ("day manh (ing dung cong nghé thong tin", "đẩy mạnh ứng dụng công nghệ thông tin"),
        ("Pé cao vai trd cla ngudi ding dau", "Đề cao vai trò của người đứng đầu"),
        # a Roman numeral that is none
        ("TRU SO CUA DON VI HOAT DONG", "TRỤ SỞ CỦA ĐƠN VỊ HOẠT ĐỘNG"),
    ],
)
def test_words_behind_other_signs(noisy: str, expected: str) -> None:
    assert restore_text(noisy) == expected


@pytest.mark.parametrize(
    "kept",
    [
        # numbers where numbers may stand
        "tai khoan 6 Diéu 16 Luat Dau tu", "trong 16 ngay lam viéc", "gém 56 dai biéu va 13 khach moi",
        "Diéu 6. Hiéu luc thi hanh", "phu luc 6", "cap 1", "15 dia phuong", "1 6 16 56 13", "Téng s6 161 13 80 56 06 6",
        "STT 1 2 3 4 5 6", "thang 6 nam 2021", "ngay 06 thang 13", "lan 6", "hang 1", "mau sé 06",
        "ndng dé 5 (mg) trong 10 ml",
        # numerals
        "CHUONG VI", "PHAN VI", "CHUONG XI QUAN LY", "DAI HOI LAN THU VI", "MUC VI CHUONG XI",
        # abbreviations among small letters and in codes
        "truong THPT va THCS", "canh bao ADR cua thudc", "bao hiém BHXH, BHYT", "tiéu chuan ISO va GMP", "dan sé KT1",
        "7.3.NĐ.1.31.", "H&M", "TP HCM", "TS. KTS", "GS TS",
    ],
)  # fmt: skip
def test_what_stays(kept: str) -> None:
    stays = re.findall(r"\d+|\b(?:[VX]I|THPT|THCS|ADR|BH..|ISO|GMP|KT1|7.*|H&M|TP|HCM|TS|KTS|GS|STT)(?!\w)", kept)
    assert [token for token in re.findall(r"[\w&.]+", restore_text(kept)) if token.rstrip(".") in stays] == [
        token for token in re.findall(r"[\w&.]+", kept) if token.rstrip(".") in stays
    ]


SPELLED = "Hội đồng Thi đua - Khen thưởng họp về thi đua, khen thưởng; Hội đồng Thi đua - Khen thưởng giao các phòng"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("TPKT", "TĐKT"),
        ("TDKT", "TĐKT"),
        ("02/KH-HDTPKT", "02/KH-HĐTĐKT"),
        ("TPKT-Sở", "TĐKT-Sở"),
        # said nowhere, said as it reads, too short, or more letters than the words have
        ("GPMB", "GPMB"),
        ("TĐKT", "TĐKT"),
        ("TPK", "TPK"),
        ("TPKTQ", "TPKTQ"),
    ],
)
def test_abbreviations_that_the_document_spells_out(token: str, expected: str) -> None:
    found = list(initials([SPELLED.split(), [token]]))
    for i in found:
        token = token[: i.start] + i.text + token[i.end :]
    assert token == expected


def test_words_said_once_spell_nothing() -> None:
    assert not list(initials(["phòng đào tạo khoa thú y và khoa đào tạo".split(), ["PDTK"]]))


def test_an_abbreviation_is_whole_in_a_text() -> None:
    said = "Hdi déng thi dua, khen thuong quan hop vé thi dua, khen thudng; hdi déng thi dua khen thuong quan giao"
    assert "TĐKT" in restore_text(f"{said} Phong\nThuong truc TPKT quan chuan bi").split()


@pytest.mark.parametrize(
    ("noisy", "expected"), [("Pai hoi dai biéu toan quéc lan thir X111 cua Pang", "XIII"), ("X111", "X111")]
)
def test_a_numeral_with_ones_for_strokes(noisy: str, expected: str) -> None:
    assert expected in restore_text(noisy).split()
