"""The fixed wording every administrative document has, and how to know it again when it is misread.

Forms are kept as keys (see `key`). Sources: Nghị định 30/2020/NĐ-CP, Phụ lục I and III (national title, motto,
place and date, type names, authority and positions of the signer, `Nơi nhận`); Công văn 425/VTLTNN-NVTW (stamps).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.types import Word
from pipeline.vietnamese import fold

__all__ = [
    "has_date",
    "is_about",
    "is_annex",
    "is_authority",
    "is_banner",
    "is_capital",
    "is_dirt",
    "is_gazette_head",
    "is_incoming",
    "is_issued_by",
    "is_name",
    "is_number",
    "is_page_number",
    "is_place_date",
    "is_position",
    "is_recipients",
    "is_signed",
    "is_type_name",
    "is_urgency",
    "key",
    "like",
    "likeness_right",
    "opens_body",
    "same",
    "split_at",
]

NATIONAL_TITLE = "cong hoa xa hoi chu nghia viet nam"
#: The motto, and the head of the Party's papers that stands in the same place.
MOTTOES = ("doc lap tu do hanh phuc", "dang cong san viet nam")
TYPE_NAMES = (
    "nghi quyet", "quyet dinh", "chi thi", "quy che", "quy dinh", "thong cao", "thong bao", "huong dan",
    "chuong trinh", "ke hoach", "phuong an", "de an", "du an", "bao cao", "bien ban", "to trinh", "hop dong",
    "cong dien", "ban ghi nho", "ban thoa thuan", "giay uy quyen", "giay moi", "giay gioi thieu",
    "giay nghi phep", "phieu gui", "phieu chuyen", "phieu bao", "thong tu", "thong tu lien tich", "nghi dinh",
    "luat", "phap lenh", "ket luan", "dieu le",
)  # fmt: skip
POSITIONS = (
    "chu tich", "pho chu tich", "pho chu tich thuong truc", "giam doc", "pho giam doc", "tong giam doc",
    "bo truong", "thu truong", "thu tuong", "pho thu tuong", "chanh van phong", "pho chanh van phong",
    "cuc truong", "pho cuc truong", "vu truong", "pho vu truong", "tong cuc truong", "chi cuc truong",
    "truong ban", "pho truong ban", "truong phong", "pho truong phong", "truong khoa", "chanh thanh tra",
    "pho chanh thanh tra", "vien truong", "hieu truong", "pho hieu truong", "bi thu", "pho bi thu", "tong thu ky",
    "chu nhiem", "pho chu nhiem", "truong doan", "to truong", "pho tong giam doc", "tong thanh tra", "thong doc",
)  # fmt: skip
ANNEXES = ("phu luc", "bieu mau", "mau so")
URGENCIES = ("hoa toc", "khan", "thuong khan", "toi khan", "mat", "toi mat", "tuyet mat")
OPENINGS = (
    "can cu", "thuc hien", "theo", "xet", "de", "nham", "thi hanh", "trien khai", "tiep theo", "trong", "hien nay",
    "kinh gui", "thoi gian qua", "sau khi", "qua", "ngay", "dieu", "chuong", "phan",
)  # fmt: skip
AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|Q|T/M|K/T|T/L)[.,:]|(TM|KT|TL|TUQ|T/M|K/T|T/L)\s")
NUMBER = re.compile(r"s[o06]\W?[:.;]|\bs[o06] ?\W*\d*\W*/")
NOTATION = re.compile(r"/\s?[A-ZĐƯ]{2}")
PAGE_NUMBER = re.compile(r"\W{0,3}\d{1,3}\W{0,3}")
#: The small rules that typists put under a title or the motto: `----o0o----`, `-----***-----`.
ORNAMENT = re.compile(r"(?=(?:.*[-–—_=*~]){3})[-–—_=*~.\s]*(?:[oO0*x]{0,5}[-–—_=*~.\s]+)+")
#: What a copy says where the original is signed.
SIGNED = ("da ky", "da ky va dong dau", "da ky ten dong dau")
ABOUT = re.compile(r"\W?(v ?/ ?v|ve viec)\b")
MARKER = re.compile(r"\W?([0-9]+|[IVX]+|[A-Za-zđĐ])[.)]")


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """What forms are compared by: folded text, letters and digits alone, single blanks."""
    return " ".join(re.sub(r"[^a-z0-9]", " ", fold(text)).split())


def like(text: str, form: str, *, limit: float = 76) -> bool:
    """Whether `text` is `form` but for some misread letters; `limit` is the least similarity in percent."""
    return fuzz.ratio(key(text), form, score_cutoff=limit) > 0


def _like_any(text: str, forms: Iterable[str], limit: float) -> bool:
    return any(like(text, form, limit=limit) for form in forms)


def split_at(words: Sequence[Word], test: Callable[[str], bool], *, first: int = 0) -> int | None:
    """The first position from `first` on after which the words' text, to the end, passes `test`."""
    return next((k for k in range(first, len(words)) if test(" ".join(w.text for w in words[k:]))), None)


def is_capital(text: str, *, share: float = 0.7) -> bool:
    """Whether the letters are capitals, but for what a misreading may have changed."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= share * len(letters)


def likeness_right(text: str) -> float:
    """How much this is the national title or the motto, 0..100; 0 where it is neither."""
    return max(fuzz.ratio(key(text), form, score_cutoff=72) for form in (NATIONAL_TITLE, *MOTTOES))


def is_place_date(text: str) -> bool:
    """Whether this is `Place, ngày 18 tháng 3 năm 2021`, its blanks filled or not."""
    place, comma, rest = text.partition(",")
    if not comma or not 0 < len(place.split()) <= 5 or not place.strip()[0].isupper():
        return False
    words = [key(w) for w in rest.split()]
    return (
        bool(words)
        and fuzz.ratio(words[0][:4], "ngay") >= 70
        and any(fuzz.ratio(w[:5], "thang") >= 60 for w in words[1:])
    )


def has_date(text: str) -> bool:
    """Whether the line, however misread, looks like place and date: `Quảng Ngãi, ng4yQ4 thángg1 năm 2021`."""
    folded = fold(text)
    return bool(re.search(r"th[a-z]ng", folded) and re.search(r"n[a-z]m", folded) and re.search(r"\d{2}", folded))


def is_urgency(text: str) -> bool:
    """Whether this is an urgency or secrecy stamp: `HỎA TỐC`, `KHẨN`, `MẬT`."""
    return is_capital(text, share=0.5) and _like_any(text, URGENCIES, 72) and len(key(text)) > 3


def is_incoming(text: str) -> bool:
    """Whether this, as a key, is what an incoming stamp says."""
    parts = ("den", "so", "ngay", "chuyen", "luu ho so", "cong van", "cv")
    return bool(re.search(r"\bden\b|\bcong van\b|\bcv\b", text)) and sum(p in text for p in parts) >= 3


def is_gazette_head(text: str) -> bool:
    """Whether this is the running head of the official gazette: `CÔNG BÁO/Số 277/Ngày 16-05-2026`."""
    return fuzz.ratio(" ".join(key(text).split()[:2]), "cong bao") >= 85 and is_capital(text[:8])


def is_banner(text: str) -> bool:
    """Whether this is a line of a digital signature's banner: `Ký bởi: ...`, `Thời gian ký: ...`."""
    start = key(text)
    return ":" in text and any(fuzz.ratio(b, start[: len(b)]) >= 90 for b in ("ky boi", "thoi gian ky", "nguoi ky"))


def same(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two rows of cells, as keys, say the same but for misread letters."""
    return len(one) == len(two) and fuzz.ratio(" ".join(one), " ".join(two)) >= 80


def is_number(text: str) -> bool:
    """Whether this is the document's number, `Số: 74/KH-UBND`."""
    return bool(NUMBER.match(fold(text))) or bool(NOTATION.search(text) and len(text.split()) <= 4)


def is_type_name(text: str) -> bool:
    """Whether this is the name of a type of document, alone and in capitals: `KẾ HOẠCH`."""
    return is_capital(text) and _like_any(text, TYPE_NAMES, 86)


def is_authority(text: str) -> bool:
    """Whether this is in whose name somebody signs: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`."""
    return bool(AUTHORITY.match(text)) and is_capital(text) and 1 < len(text.split()) <= 12


def is_position(text: str) -> bool:
    """Whether this is a signer's position in capitals: `PHÓ CHỦ TỊCH`."""
    return text[:1].isupper() and is_capital(text) and _like_any(text, POSITIONS, 82)


def is_recipients(text: str) -> bool:
    """Whether the line begins with `Nơi nhận`, or says `Nơi gửi:` as papers before 2005 do."""
    words = key(text).split()
    if len(words) == 2 and words == ["noi", "gui"]:
        return text[:1].isupper()
    text = text.lstrip(" .,'`-_|:;")  # specks before it
    return len(words) >= 2 and text[:1].isupper() and fuzz.ratio(" ".join(words[:2]), "noi nhan") >= 80


def is_annex(text: str) -> bool:
    """Whether this heads an annex: `PHỤ LỤC II`, `Mẫu số 1`."""
    words = key(text).split()
    return len(words) <= 4 and text[:1].isupper() and _like_any(" ".join(words[:2]), ANNEXES, 86)


def is_name(text: str) -> bool:
    """Whether this can be a person's name: two to five words, each with one capital, at its start."""
    words = text.split()
    return 2 <= len(words) <= 5 and all(w.isalpha() and w[0].isupper() and w[1:].islower() for w in words)


def is_page_number(text: str) -> bool:
    """Whether this is a number of up to three digits alone, dashes around it or not."""
    return bool(PAGE_NUMBER.fullmatch(text.strip()))


def is_dirt(text: str) -> bool:
    """Whether there is nothing to read here: no letters or digits, or a single one that is no marker of a list."""
    return (sum(c.isalnum() for c in text) <= 1 and not MARKER.match(text)) or bool(ORNAMENT.fullmatch(text))


def is_signed(text: str) -> bool:
    """Whether a copy says here that the original is signed: `(Đã ký)`."""
    return text[:1] in "([" and key(text) in SIGNED


def is_about(text: str) -> bool:
    """Whether the line begins to say what a document is about: `V/v ...`, `Về việc ...`."""
    return bool(ABOUT.match(fold(text)))


def is_issued_by(text: str) -> bool:
    """Whether this is the line between type and subject that old papers have: `CỦA ỦY BAN NHÂN DÂN TỈNH NAM HÀ`."""
    return is_capital(text) and key(text).startswith("cua ") and len(text.split()) > 2


def opens_body(text: str) -> bool:
    """Whether the line opens the body: a legal basis, an addressee, a heading with its number."""
    return bool(MARKER.match(text)) or any(f"{key(text)} ".startswith(f"{form} ") for form in OPENINGS)
