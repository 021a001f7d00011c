"""Who issued a cited document: the body named right after its number and date, or before `tại`."""

from __future__ import annotations

import re
from typing import NamedTuple

__all__ = ["Issuer", "issuer_after", "issuer_before"]

#: First words of bodies and offices that issue documents, bare with their capital.
HEADS = (
    "Bo Chinh tri|Bo truong|Bo|Ban|Ban Bi thu|Ban Chap hanh|Chinh phu|Thu tuong|Quoc hoi|Uy ban|UBND|UBTVQH|Hoi dong"
    "|HDND|Chu tich|Pho Chu tich"
    "|So|Cuc|Tong cuc|Chi cuc|Vu|Vien|Phong|Van phong|Giam doc|Trung uong|Dang uy|Tinh uy|Thanh uy|Huyen uy|Quan uy"
    "|Thi uy|Thuong truc|Ban Thuong vu"
    "|Thanh tra|Kiem toan|Toa an|Ngan hang|Thong doc|Bao hiem|Lien doan|Tong Lien doan|Hoi|Doan|Trung tam|Mat tran"
    "|Lien Bo|Tong Giam doc|Tong cong ty"
    "|Cuc truong|Doan Thanh nien|Tap doan|Benh vien|Truong|Kho bac|Cong an|Quan khu|Bo Tu lenh|Thanh pho|Tinh|Quan"
    "|Huyen"
)
#: Letters that a name has at most.
LONGEST = 120
OPENS = re.compile(rf"\s?[,.]?\s(?:cua\s|do\s)?(?P<head>{HEADS})(?=[\s,;.)]|$)")
#: Words that end a name: what the document is about, or what the sentence goes on with. With their marks, because
#: `từ` ends a name and `tư` does not (`Sở Kế hoạch và Đầu tư`), `thì` does and `thị` does not.
STOPS = re.compile(
    r"[,;.:()“”|\n]|\s(?:về|v/v|[Qq]uy định|[Qq]ui định|[Hh]ướng dẫn|[Bb]an hành|[Pp]hê duyệt|sửa đổi|triển khai"
    r"|thực hiện|giao|công bố|kiện toàn|tăng cường|đảm bảo|bảo đảm|chỉ đạo|đẩy mạnh|đối với|tại"
    r"|trong|cho|để|do|được|là|có|nhằm|năm"
    r"|ngày|tháng|khóa|khoá|lần|thì|này|từ|đến|theo|với|tiếp tục|bổ sung|thay thế|bãi bỏ|thông qua|xây dựng|tổ chức"
    r"|đạt|của|và phát động|yêu cầu|phát động|như|đã|ra|ghi|xử lý|quản lý (?=nhà nước|chất)|ký|hết|lên|một số|các"
    r"|những)(?![^\W_])"
)
#: Commas and `và` inside names of bodies.
INSIDE = re.compile(
    r"(?:Van hoa|Bo truong|Kham|Phong|Thi dua|Khoa hoc|Lao dong|Cong nghe|The thao|Ung pho|Thiet bi"
    r"|Chinh sach), (?=the thao|The thao|Chu nhiem|chua benh"
    r"|chong|Chong|khen thuong|Khen thuong|Cong nghe|Thuong binh|Chien luoc|su co)",
    re.IGNORECASE,
)
#: What `và` leads to when it does not go on with the name: a small word, another body or document.
OTHER = re.compile(rf"[^A-Z]|(?:{HEADS}|Nghi|Quyet|Thong tu|Luat|Chi thi|Ke hoach|Cong van|Ket luan)\b(?! tao)")
#: The body before `tại`, which `của` leads to.
BEFORE = re.compile(rf"\bcua\s(?P<name>(?:{HEADS})\b(?:(?![.;:()]).){{0,60}}?)\s(?:tai|trong|theo)\s(?:cac\s)?$")


class Issuer(NamedTuple):
    """The body as printed, and where it ends in the text."""

    text: str
    end: int


def issuer_after(text: str, flat: str, at: int) -> Issuer | None:
    """The body that follows position `at` (`của Bộ Y tế về việc ...`), its end before what the document is about.

    `flat` is `text` without marks, letter for letter.
    """
    match = OPENS.match(flat, at)
    if not match:
        return None
    end = _end(text, flat, match.start("head"))
    name = re.sub(r"(?: và| của|[\s–-])+$", "", text[match.start("head") : end])
    return Issuer(name, match.start("head") + len(name)) if name else None


def issuer_before(text: str, flat: str, at: int) -> Issuer | None:
    """The body whose paper this is by the words before: `chỉ đạo của Chủ tịch UBND tỉnh tại Chỉ thị số ...`."""
    base = max(0, at - 120)
    found = [BEFORE.match(flat[base:at], m.start()) for m in re.finditer(r"\bcua\b", flat[base:at])]
    match = next((m for m in reversed(found) if m), None)
    if not match:
        return None
    start = base + match.start("name")
    return Issuer(text[start : start + len(match["name"])], at)


def _end(text: str, flat: str, start: int) -> int:
    """Where the name that begins at `start` ends."""
    inside = [m.span() for m in INSIDE.finditer(flat, start, start + LONGEST)]
    stops = (m.start() for m in STOPS.finditer(text, start, start + LONGEST))
    end = next((s for s in stops if not any(a <= s < b for a, b in inside)), min(len(flat), start + LONGEST))
    other = (m.start() for m in re.finditer(r"\sva\s", flat[start:end]) if OTHER.match(flat, start + m.end()))
    return start + next(other, end - start)
