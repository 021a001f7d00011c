"""The signature: in whose name, as what, and who signs (Nghị định 30/2020/NĐ-CP, Phụ lục I, mục II.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.extract.lines import TextLine, score_of
from pipeline.extract.shape import is_capital
from pipeline.types import Document, Found, Span
from pipeline.vietnamese import fold

__all__ = ["AUTHORITY", "Signature", "signature"]

#: `TM.` thay mặt, `KT.` ký thay, `TL.` thừa lệnh, `TUQ.` thừa ủy quyền, `Q.` quyền.
AUTHORITY = re.compile(r"(TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[.,:]?\s?(?=[A-ZĐÀ-Ỹ])")
#: A misread point behind the abbreviation.
COMMA = re.compile(r"(?<!\w)(TM|KT|TL|TUQ|T/M|K/T|T/L)\s?[,:]")
#: Dirt around a line.
EDGES = re.compile(r"^[\W_]+|[^\w.)]+$")
#: Degrees and ranks before a name.
TITLES = re.compile(
    r"^((PGS|GS|TS|ThS|Ths|BS|BSCKI{1,2}|CKI{1,2}|KS|CN|Ls|Đại tá|Thượng tá|Trung tá|Thiếu tướng|Đại úy)\.?\s*)+"
)
#: Positions, and the bodies and words beside them in a signature, in capitals.
PLACES = (
    "CHỦ TỊCH", "GIÁM ĐỐC", "BỘ TRƯỞNG", "THỨ TRƯỞNG", "THỦ TƯỚNG", "CHÁNH VĂN PHÒNG", "CỤC TRƯỞNG", "VỤ TRƯỞNG",
    "TRƯỞNG PHÒNG", "TRƯỞNG BAN", "CHÁNH THANH TRA", "HIỆU TRƯỞNG", "VIỆN TRƯỞNG", "CHỦ NHIỆM", "BÍ THƯ",
    "TRƯỞNG KHOA", "TỔNG GIÁM ĐỐC",
)  # fmt: skip
OTHERS = (
    "PHÓ CHỦ TỊCH", "ỦY BAN NHÂN DÂN", "HỘI ĐỒNG NHÂN DÂN", "CHÍNH PHỦ", "THƯỜNG TRỰC", "BAN CHỈ ĐẠO", "PHÓ",
)  # fmt: skip
POSITIONS = {fold(p): p for p in (*PLACES, *OTHERS)}
#: Whose deputies have another name, or who have none.
NO_DEPUTY = ("BỘ TRƯỞNG", "THỨ TRƯỞNG")
#: All positions whole, their deputies too.
WHOLE = {fold(p): p for p in (*PLACES, *(f"PHÓ {p}" for p in PLACES if p not in NO_DEPUTY))}
#: `KT.`, in whose place somebody signs.
FOR = re.compile(r"k/?t\W+(?P<whom>.+)")
#: Who approves a paper below its signature.
APPROVAL = re.compile(r"(phe )?duyet\b|xac nhan\b")
#: The commonest surnames: they say which letter a seal or a pen took from the first one of a name.
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương",
    "Lý", "Đinh", "Trương", "Đoàn", "Đào", "Trịnh", "Lâm", "Mai", "Tô", "Hà", "Cao", "Tạ", "Lương", "Châu", "Thái",
    "Triệu", "Quách", "Văn", "La", "Từ", "Kiều",
)  # fmt: skip
#: Rarer ones, which are no misreadings of the others.
RARE = (
    "Âu", "Bạch", "Chu", "Cù", "Danh", "Diệp", "Doãn", "Đàm", "Đậu", "Điền", "Đồng", "Giang", "Giáp", "Hầu", "Hoa",
    "Hứa", "Khuất", "Khương", "Kim", "Lã", "Lại", "Lò", "Lỗ", "Lục", "Lư", "Lưu", "Lữ", "Lường", "Ma", "Mã", "Mạc",
    "Mạnh", "Nghiêm", "Ngọ", "Ninh", "Nông", "Ông", "Phí", "Phó", "Phùng", "Quản", "Quàng", "Sầm", "Sơn", "Tăng",
    "Thạch", "Thân", "Tiêu", "Tôn", "Tống", "Trà", "Ung", "Vi", "Viên", "Vương",
    # Hmong, Dao, Thái, Tày, Nùng, Giáy, Hà Nhì
    "Bàn", "Bế", "Cà", "Cầm", "Chảo", "Chẩu", "Cháng", "Cứ", "Đèo", "Giàng", "Hạng", "Hảng", "Hờ", "Khoàng", "Lầu",
    "Lèo", "Lù", "Lỳ", "Má", "Mùa", "Phàn", "Phùn", "Pờ", "Sùng", "Tẩn", "Thào", "Thền", "Tòng", "Vàng", "Vừ", "Xa",
)  # fmt: skip
#: Shorter words are no clipped positions.
SHORTEST = 6
HEADS = re.compile(
    r"(pho |quyen |q\. ?)?(chu tich|giam doc|tong giam doc|bo truong|thu truong|thu tuong|chanh|cuc truong|vu truong"
    r"|tong cuc truong"
    r"|chi cuc truong|truong|vien truong|hieu truong|bi thu|tong |chu nhiem|doi truong|to truong|uy vien|thong doc"
    r"|pho )"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands over and under a signature; None where it is not there or cannot be read."""

    authority: Found[str] | None = None
    position: Found[str] | None = None
    name: Found[str] | None = None


def signature(doc: Document, lines: Sequence[TextLine]) -> Signature:
    """What the lines of the right foot say. Of two signers the fields take the last, the right-hand one."""
    lines = [replace(ln, text=_named(EDGES.sub("", ln.text).rstrip(" ."))) for ln in _above_approval(lines)]
    authority = [ln for ln in lines if AUTHORITY.match(ln.text) and is_capital(ln.text)]
    after = [ln for ln in lines if not authority or ln.number > authority[-1].number]
    shouted = [replace(ln, text=_whole(ln.text)) for ln in after if is_capital(ln.text)]
    stood_for = None if authority else _stood_for(shouted)
    position = _run([ln for ln in shouted if ln is not stood_for])
    name = next((ln for ln in reversed(after) if is_person(ln.text)), None)
    said = _for(_found(doc, [stood_for])) if stood_for else _found(doc, authority)
    return Signature(_pointed(said), _deputy(_found(doc, position), authority), _name(doc, name))


def _stood_for(lines: Sequence[TextLine]) -> TextLine | None:
    """The line right above a deputy's that names the head alone: its `KT.` was written by hand and is not read."""
    for above, below in pairwise(lines):
        if fold(above.text) in WHOLE and fold(below.text) == f"pho {fold(above.text)}":
            return above
    return None


def _pointed(said: Found[str] | None) -> Found[str] | None:
    """The authority with the point of its abbreviation, misread or not: `KT, CHỦ TỊCH`."""
    return said and replace(said, value=COMMA.sub(r"\1.", said.value))


def _for(head: Found[str] | None) -> Found[str] | None:
    """The head as whom a deputy signs for: the form has `KT.` before it, printed or written."""
    return head and replace(head, value=f"KT. {head.value}", score=0.7 * head.score)


def _deputy(position: Found[str] | None, authority: Sequence[TextLine]) -> Found[str] | None:
    """The position, `PHÓ` added where a seal took it: who signs `KT. CHỦ TỊCH` is never the chairman himself."""
    stands_for = FOR.match(fold(authority[-1].text)) if authority else None
    if not position or not stands_for or fold(position.value) != stands_for["whom"]:
        return position
    deputy = WHOLE.get(f"pho {stands_for['whom']}")
    return replace(position, value=deputy, score=0.7 * position.score) if deputy else None


def _run(lines: Sequence[TextLine]) -> list[TextLine]:
    """The position's lines: the first that begins like a position, and the ones right under it."""
    start = next((n for n, ln in enumerate(lines) if HEADS.match(fold(ln.text))), None)
    if start is None:
        return []
    run = [lines[start]]
    for line in lines[start + 1 :]:
        if line.number != run[-1].number + 1 or HEADS.match(fold(line.text)):
            break
        run.append(line)
    return run


def _above_approval(lines: Sequence[TextLine]) -> Sequence[TextLine]:
    """The lines of the signature proper: what stands under `PHÊ DUYỆT` is another's, who approves."""
    end = next((n for n, ln in enumerate(lines) if n and APPROVAL.match(fold(ln.text))), len(lines))
    return lines[:end]


def _whole(text: str) -> str:
    """A position that a pen or a seal clipped, whole where it can be but one: `PHÓ GIÁM`, `HỦ TỊCH`."""
    from rapidfuzz.distance import Levenshtein

    key = fold(text).strip(" .,")
    if key in WHOLE or len(key) < SHORTEST:
        return text
    most = 1 if HEADS.match(key) and " " in key else 2
    solid = key.replace(" ", "")
    rated = sorted((Levenshtein.distance(solid, k.replace(" ", "")), p) for k, p in WHOLE.items())
    near = [p for distance, p in rated if distance <= most and distance == rated[0][0]]
    part = [p for k, p in WHOLE.items() if k.replace(" ", "").startswith(solid) or k.endswith(f" {key}")]
    part = part if " " in key else []
    found = near or [p for p in part if not any(p != q and q in p for q in part)]
    return found[0] if len(found) == 1 else text


def _named(text: str) -> str:
    """A name whose surname lost or changed its first letter, or its marks, mended where but one surname fits:
    `rần Văn An`, `Nguyên Văn An`."""
    from rapidfuzz.distance import Levenshtein

    first, _, rest = text.partition(" ")
    if is_person(text) and first not in (*SURNAMES, *RARE):
        same = [s for s in (*SURNAMES, *RARE) if fold(s) == fold(first)]
        return f"{same[0]} {rest}" if len(same) == 1 else text
    if (first.isalpha() and first[0].isupper()) or not is_person(f"A {rest}"):
        return text
    near = [s for s in SURNAMES if Levenshtein.distance(first.lower(), s.lower()) == 1]
    return f"{near[0]} {rest}" if len(near) == 1 else text


def is_person(text: str) -> bool:
    """Whether this can be a signer's name: two to five capitalised words, degrees before them or not."""
    words = TITLES.sub("", text).split()
    return 2 <= len(words) <= 5 and all(
        w.isalpha() and w[0].isupper() and (w[1:].islower() or len(w) == 1) for w in words
    )


def _found(doc: Document, lines: Sequence[TextLine]) -> Found[str] | None:
    if not lines:
        return None
    span = Span(lines[0].span.start, lines[-1].span.end)
    text = " ".join(ln.text.strip(" .,;|") for ln in lines)
    return Found(_respelled(text), span, score_of(doc, span))


def _respelled(text: str) -> str:
    """The text with the positions in it as they are spelt, their marks misread or not: `GIÁM ĐÓC`."""
    low = fold(text)
    if len(low) != len(text):
        return text
    for key, position in POSITIONS.items():
        for match in re.finditer(rf"(?<![a-z]){key}(?![a-z])", low):
            text = text[: match.start()] + position + text[match.end() :]
    return text


def _name(doc: Document, line: TextLine | None) -> Found[str] | None:
    return Found(line.text, line.span, score_of(doc, line.span)) if line else None
