"""Text from before Unicode, and odd Unicode: every letter of the old tables, mixed texts, what stays as it is."""

from __future__ import annotations

import subprocess
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.encodings import TCVN3, decoded, from_tcvn3, from_vni, is_capital_font, plain, to_unicode

MARKS = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
ROOF = {"": "â", "\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
BOWL = {"": "ê", "\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
SINGLE = dict(zip("íìỉĩịỵđơư", "íìæóòîñôö", strict=True))
LETTERS = "aăâeêioôơuưy"
TONES = ("", *MARKS)
BODY = (
    "Căn cứ đề nghị của Phòng Nội vụ, trường hợp người dưới mười tám tuổi được hướng dẫn trước.\n"
    "Đơn vị nào vướng mắc thì phản ánh về thư viện huyện để kịp thời giải quyết, như đã nêu ở trên."
)
UNICODE = "Ủy ban nhân dân huyện yêu cầu các xã, thị trấn thực hiện nghiêm kế hoạch này."


def in_tcvn3(text: str) -> str:
    back = {(v if isinstance(v, str) else chr(v)): chr(k) for k, v in TCVN3.items()}
    return "".join(back.get(c, c) for c in text)


def in_vni(text: str) -> str:
    return "".join(_vni(c) for c in text)


def _vni(letter: str) -> str:
    small = letter.lower()
    if small in SINGLE:
        made = SINGLE[small]
    else:
        base, *marks = tuple(unicodedata.normalize("NFD", small))
        tone = "".join(m for m in marks if m in MARKS)
        if "\u0302" in marks or "\u0306" in marks:
            made = base + (ROOF if "\u0302" in marks else BOWL)[tone]
        else:
            made = ({"o": "ô", "u": "ö"}[base] if "\u031b" in marks else base) + (MARKS[tone] if tone else "")
    return made.upper() if letter != small else made


def every_letter() -> list[str]:
    return [unicodedata.normalize("NFC", letter + tone) for letter in LETTERS for tone in TONES] + ["đ"]


def test_the_tables_have_every_letter() -> None:
    for letter in every_letter():
        assert from_tcvn3(in_tcvn3(letter)) == letter
        assert from_vni(in_vni(letter)) == letter
        assert from_vni(in_vni(letter.upper())) == letter.upper()


def test_tcvn3_is_the_standard_that_iconv_knows() -> None:
    codes = bytes(k for k in TCVN3)
    try:
        known = subprocess.run(
            ["iconv", "-f", "TCVN5712-1", "-t", "UTF-8"], input=codes, capture_output=True, check=True
        )
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("no iconv that knows TCVN 5712")
    assert unicodedata.normalize("NFC", known.stdout.decode()) == codes.decode("latin-1").translate(TCVN3)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Céng hoµ x· héi chñ nghÜa ViÖt Nam", "Cộng hoà xã hội chủ nghĩa Việt Nam"),
        ("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "Cộng hòa xã hội chủ nghĩa Việt Nam"),
        ("Uyû ban nhaân daân quaän Bình Thaïnh, ñöôøng Ñinh", "Uỷ ban nhân dân quận Bình Thạnh, đường Đinh"),
        ("§¬n vÞ tr-êng häc, th- viÖn, nh- Hµ-Néi n-íc ta", "Đơn vị trường học, thư viện, như Hà-Nội nước ta"),
        ("§éc lËp – Tù do – H¹nh phóc, thñ tr\xadëng ®¬n vÞ", "Độc lập – Tự do – Hạnh phúc, thủ trưởng đơn vị"),
    ],
)  # fmt: skip
def test_old_text_is_turned(old: str, new: str) -> None:
    assert to_unicode(old) == new


@pytest.mark.parametrize(
    "text",
    [
        UNICODE,
        "Số: 12/KH-UBND",
        "",
        "Kinh phí: 1.500.000 đồng – nguồn ngân sách xã §",
        "UY BAN NHAN DAN QUÂN TAY HÖ\nDôc lâp - Tu do\nThuc hiên chi dao cua Quân üy, UBND quân xây dung",
        "Café crème à la carte: naïve garçon, déjà vu, tête-à-tête",
        "São Paulo, Zürich, Århus, Kraków và Besançon",
    ],
)  # fmt: skip
def test_other_text_stays(text: str) -> None:
    assert to_unicode(text) == text


@pytest.mark.parametrize("old", [in_tcvn3, in_vni])
def test_a_text_may_be_old_in_parts(old: object) -> None:
    mixed = UNICODE + "\n" + old(BODY) + "\n" + UNICODE  # type: ignore[operator]
    assert to_unicode(mixed) == f"{UNICODE}\n{BODY}\n{UNICODE}"


@pytest.mark.parametrize(
    ("odd", "text"),
    [
        ("Ðộc lập", "Độc lập"),
        ("ðồng ðội", "đồng đội"),
        ("Ke\u0302\u0301 hoa\u0323ch", "Kế hoạch"),
        ("Kế\u200b hoạch\ufeff", "Kế hoạch"),
        ("ﬁle", "file"),
    ],
)
def test_odd_letters_are_put_right(odd: str, text: str) -> None:
    assert plain(odd) == to_unicode(odd) == text


@given(st.text(max_size=200))
def test_lines_and_words_keep_their_number(text: str) -> None:
    turned = to_unicode(text)
    assert unicodedata.is_normalized("NFC", turned)
    assert turned.count("\n") == text.count("\n")
    assert turned.count(" ") == text.count(" ")


@pytest.mark.parametrize(
    ("name", "capital"),
    [(".VnTimeH", True), ("ABCDEF+.VnArialH", True), (".VnTime", False), ("VnTimeH,Bold", True),
     (".VnHelvetInsH", True), (".VnTimeH Bold", True), ("VNI-Helve", False), ("TimesNewRomanPSMT", False)],
)  # fmt: skip
def test_fonts_of_capitals_are_known(name: str, capital: bool) -> None:
    assert is_capital_font(name) is capital


def tones_apart(text: str) -> bytes:
    """Windows-1258: letters with their own marks, tones behind them."""
    made = ""
    for letter in text:
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(m for m in marks if m in MARKS)
        made += unicodedata.normalize("NFC", "".join(m for m in marks if m not in MARKS)) + tone
    return made.encode("cp1258")


@pytest.mark.parametrize(
    "data",
    [
        BODY.encode(),
        b"\xef\xbb\xbf" + BODY.encode(),
        BODY.encode("utf-16"),
        unicodedata.normalize("NFD", BODY).encode(),
        in_tcvn3(BODY).encode("cp1252"),
        in_tcvn3(BODY).encode(),
        in_vni(BODY).encode("cp1252"),
        tones_apart(BODY),
    ],
    ids=["utf-8", "bom", "utf-16", "nfd", "tcvn3", "tcvn3 in utf-8", "vni", "windows-1258"],
)
def test_files_are_read_whatever_they_were_written_in(data: bytes) -> None:
    assert decoded(data) == BODY


@pytest.mark.parametrize("data", [bytes(range(256)), b"\xff\xd9\x80\x81", "Zürich, Århus".encode("cp1252"), b"a\0b"])
def test_what_is_no_vietnamese_text_is_not_guessed(data: bytes) -> None:
    assert decoded(data) is None
