"""Whether a leaf of the outline tells somebody to do something, and of which kind that is.

The headings above decide first (`Mục đích`, `Yêu cầu`, `Kinh phí`), the leaf's own wording then. Patterns match the
folded text (`vietnamese.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.nametokens import begins_with_verb
from pipeline.extract.roles import leading_list, parts
from pipeline.records import TaskKind
from pipeline.vietnamese import fold

__all__ = ["duty"]

#: Headings over leaves that order nothing a tracker would track; the innermost that matches decides.
ZONES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("work", re.compile(
        r"to chuc thuc hien|phan cong|nhiem vu|giai phap|trach nhiem|trinh tu"
        r"|to chuc trien khai|phuong phap tien hanh"
    )),
    ("purpose", re.compile(r"^(?:\W*)(?:muc dich|y nghia)(?!.*yeu cau)|^muc dich, y nghia")),
    ("requirement", re.compile(
        r"^(?:\W*)(?:yeu cau|nguyen tac|quan diem|phuong cham|luu y|tieu chuan"
        r"|dieu kien)(?! cac|.*\bnop\b)"
    )),
    ("aim", re.compile(r"^(?:\W*)(?:muc dich,? (?:va )?yeu cau|muc tieu,? (?:va )?yeu cau)")),
    ("target", re.compile(r"^(?:\W*)(?:muc tieu|chi tieu|cac chi tieu)")),
    ("inspected", re.compile(
        r"(?:noi dung|doi tuong|pham vi) (?:kiem tra|thanh tra|giam sat|khao sat|bao cao)"
        r"|^kiem tra ket qua|noi dung bao cao|^noi dung$"
    )),
    ("form", re.compile(r"^(?:\W*)(?:bao cao|danh sach|mau|bieu|phieu|de cuong|nhan xet)\b(?!.*\bgui\b)")),
    ("statement", re.compile(

        r"^(?:\W*)(?:thuc trang|tinh hinh|ket qua dat duoc|dac diem|su can thiet|ton tai"
        r"|han che|nguyen nhan|can cu|co so|doi tuong|pham vi"


        r"|kinh phi|nguon (?:von|kinh phi|luc)|du toan|thoi gian|dia diem|thanh phan"
        r"|giai thich|hieu luc|hinh thuc|co cau|so luong|mau bieu"

        r"|ho so|danh sach|chu de|khau hieu)")),
)  # fmt: skip
BASIS = re.compile(
    r"^\W*(?:can cu (?:luat|phap lenh|nghi dinh|thong tu|quyet dinh|nghi quyet|cong van"
    r"|to trinh|chi thi|ke hoach so|huong dan|van ban)"
    r"|theo de nghi|xet (?:de nghi|to trinh)|tren co so ket qua)\b"
)
MONEY = re.compile(r":\s*[\d.,]+ (?:trieu |ty )?dong\W*$")
NO_TASK = re.compile(
    r"^\W*(?:\(.*\)\W*$|tren day la|kinh phi|nguon kinh phi|thoi gian\b.{0,30}:|dia diem\b"
    r"|thanh phan\b|doi tuong\b|ghi chu|luu y|mau so|phu luc|kinh gui|noi nhan"
    r"|tran trong cam on|chi phi|chi su nghiep|muc chi|tong so)"
)
ANNOUNCES = re.compile(
    r"(?:thuc hien|trien khai|tap trung|quan triet)[^.;]{0,70}(?:nhiem vu|noi dung"
    r"|cong viec|giai phap|bien phap|viec|quy dinh)[^.;,]{0,40}"
    r"(?:sau(?: day)?|cu the(?: nhu sau)?|nhu sau)\s*[:.]?\s*$"
)
ORDERS = re.compile(
    r"\b(?:yeu cau|(?<!theo )(?<!xet )de nghi|giao (?=cho |cac |so |phong |ubnd |uy ban "
    r"|chu tich |giam doc |thu truong |ban |hoi dong |van phong |cong an )|chi thi"
    r"|phan cong)\b.*\b(?:thuc hien|trien khai|to chuc|phoi hop|chi dao|bao cao|quan triet"
    r"|khan truong)"
)
OBLIGES = re.compile(
    r"\b(?:co trach nhiem|chiu trach nhiem|co nhiem vu|phai (?:bao dam|dam bao|thuc hien"
    r"|bao cao|dat|co|xay dung|hoan thanh|to chuc|chap hanh))\b"
)
NOUN_PHRASE = re.compile(r"^\W*(?:cong tac|viec|hoat dong|tinh hinh|ket qua|noi dung|so luong|so lieu|muc do)\b")
FIGURE = re.compile(r"\d+(?:[.,]\d+)? ?%|tren \d|it nhat \d|\b\d+(?:\.\d+)? (?:nguoi|ho|xa|lop|mo hinh|tru|don vi)")
ABOUT = re.compile(r"\b(?:ve|noi dung|du lieu|so lieu|thong tin)\W*:\W*$")
LIST_OF = re.compile(r"(?:su kien|ngay le|bao gom|gom|nhu|thanh phan|doi tuong)\W*:?\W*$")
LISTS = re.compile(r"\b(?:bao gom|gom|gom co)\W*:?\W*$")
EVENT = re.compile(r"ky niem \d+ nam|dai hoi dai bieu|bau cu dai bieu")
RUN_IN = re.compile(r"^[^.;:]{2,320}[:.]\s*(?=\S)")
ADVERB = re.compile(
    r"(?i)^\s*(?:(?:h[aằ]ng|hàng|từng) (?:năm|quý|tháng|tuần),? |định kỳ[^,]{0,25},? "
    r"|(?:trong|trước|từ|đến|sau|khi|để|căn cứ|trên cơ sở|đối với|theo|nhằm|ngoài ra"
    r"|đồng thời|kịp thời|năm|quý|tháng|ngày|tùy|bên cạnh đó|riêng|phát huy)[^:;]{0,200}?,\s*)"
)
ENACTS = re.compile(

        r"^\W*(?:ban hanh|phe duyet|thanh lap|kien toan|bai bo|huy bo|sua doi|bo sung"
        r"|cong nhan|tang|thuong|bo nhiem|giao|cho phep|dieu chinh|cong bo|thu hoi|chap thuan"
        r"|phan bo)\b"
        r"|thi hanh (?:quyet dinh|nghi quyet|nghi dinh|thong tu|chi thi)|chiu trach nhiem"
        r"|thay the|bai bo|het hieu luc|\bgiao\b"

)


def duty(text: str, headings: Sequence[str], *, opening: bool, article: bool, lead_in: str | None) -> TaskKind | None:
    """The kind of task that a leaf with `text` is, None where it is none.

    `headings` are the texts above it, innermost first; `opening`: it stands before the first marked block;
    `article`: it is an article of a decision, or an unnumbered part of one; `lead_in`: its parent's text where that
    introduces its children.
    """
    flat = fold(text)
    zone = _zone(headings)
    if BASIS.match(flat) and (flat.endswith(";") or not _acting(text)):
        return None
    if opening:
        return "directive" if _orders(flat) and _acting(text) else None
    if re.match(r"^\W*tren day la", flat):
        told = [p for p in parts(text) if p.subject and not p.speaks]
        return "directive" if told or (ORDERS.search(flat) and _acting(text)) else None
    if (NO_TASK.match(flat) and not _acting(text)) or (LISTS.search(flat) and not OBLIGES.search(flat)):
        return None
    if _only_announces(flat) or MONEY.search(flat):
        return None
    if zone in ("purpose", "requirement", "target", "aim"):
        return _aim(zone, flat)
    if article and zone != "body":
        return "directive" if ENACTS.search(flat) or _tells(text) else None
    return _by_wording(text, flat, zone, lead_in)


def _orders(flat: str) -> bool:
    """Whether a paragraph orders more than it announces."""
    return ORDERS.search(flat) is not None and not _only_announces(flat)


def _only_announces(flat: str) -> bool:
    """`yêu cầu ... thực hiện một số nhiệm vụ sau:` and no order of its own before that."""
    announced = ANNOUNCES.search(flat)
    if announced is None:
        return False
    ordered = re.search(r"\b(?:yeu cau|de nghi|giao|chi thi)\b", flat[: announced.start()])
    return not re.search(
        r"\b(?:thuc hien|trien khai|quan triet|chap hanh)\b", flat[ordered.end() if ordered else 0 : announced.start()]
    )


def _acting(text: str) -> list[object]:
    return [p for p in parts(text) if p.role in ("lead", "advise", "report_to") and not p.speaks]


def _zone(headings: Sequence[str]) -> str | None:
    for heading in headings:
        flat = fold(heading)
        if leading_list(heading):
            return "body"
        for name, pattern in ZONES:
            if pattern.search(flat):
                return name
    return None


def _aim(zone: str, flat: str) -> TaskKind:
    if zone == "target":
        return "target" if FIGURE.search(flat) else "purpose"
    if zone == "aim":
        return "requirement" if re.search(r"\b(?:phai|dam bao|bao dam|yeu cau)\b", flat) else "purpose"
    return "requirement" if zone == "requirement" else "purpose"


def _by_wording(text: str, flat: str, zone: str | None, lead_in: str | None) -> TaskKind | None:
    noun = NOUN_PHRASE.match(flat) is not None
    if lead_in is not None and LISTS.search(fold(lead_in)) and not _acting(text) and not OBLIGES.search(flat):
        return None
    if lead_in is not None and ABOUT.search(fold(lead_in)) and not _tells(text):
        return "requirement"
    if zone == "form" and not _acting(text):
        return None
    if zone == "inspected" and (noun or not _tells(text)):
        return "requirement" if noun else None
    if noun:
        return "directive" if OBLIGES.search(flat) or _acting(text) else "requirement" if zone != "statement" else None
    if EVENT.search(flat) and not _tells(text):
        return None
    if zone == "body":
        return "directive"
    if _tells(text):
        return None if zone == "statement" and not _acting(text) else "directive"
    if (
        lead_in is not None
        and len(text.split()) > 2
        and begins_with_verb(_after_adverbs(lead_in))
        and not LIST_OF.search(fold(lead_in))
    ):
        return "directive"
    return None


def _tells(text: str) -> bool:
    """Whether the leaf orders: by a verb that opens it (after a run-in title or an adverbial) or a body that acts."""
    if _acting(text) or OBLIGES.search(fold(text)):
        return True
    opened = RUN_IN.match(text)
    if re.match(r"can cu\b.{0,200}?\bde (?:phoi hop|thuc hien|xay dung|to chuc|trien khai)\b", fold(text)):
        return True
    if len(text.split()) < 3:
        return False
    heads = (text, text[opened.end() :] if opened else "")
    return any(begins_with_verb(o) for h in heads if h for o in _openings(h))


def _openings(text: str) -> list[str]:
    """Where the order may begin: at the head, and after each comma of an adverbial that opens the leaf."""
    head = text.lstrip(' -–+*•"“(')
    if not ADVERB.match(head):
        return [head]
    clause = re.split(r"[.;:]", head, maxsplit=1)[0]
    return [head, *(head[m.end() :] for m in re.finditer(r",\s+", clause))]


def _after_adverbs(text: str) -> str:
    rest = text.lstrip(' -–+*•"“(')
    while match := ADVERB.match(rest):
        rest = rest[match.end() :]
    return rest
