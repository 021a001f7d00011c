"""Whether a leaf of the outline tells somebody to do something, and of which kind that is.

The headings above decide first (`Mục đích`, `Yêu cầu`, `Kinh phí`), the leaf's own wording then. Patterns match the
folded text (`vietnamese.fold`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
        r"^(?:\W*)(?:yeu cau|nguyen tac|quan diem|phuong cham|luu y|tieu chuan|tieu chi"
        r"|dieu kien)(?! cac|.*\bnop\b)"
        r"|\bchuc nang (?:cua )?(?:cac )?(?:he thong|phan mem|ung dung|module|phan he)\b|\bthong so ky thuat\b"
    )),
    ("aim", re.compile(r"^(?:\W*)(?:muc dich,? (?:va )?yeu cau|muc tieu,? (?:va )?yeu cau)")),
    ("target", re.compile(r"^(?:\W*)(?:muc tieu|chi tieu|cac chi tieu)")),
    ("inspected", re.compile(
        r"(?:noi dung|pham vi) (?:duoc )?(?:(?:thanh|tu),? (?:va )?)?(?:kiem tra|thanh tra|giam sat|khao sat|bao cao"
        r"|tham dinh|hau kiem|phuc tra|danh gia|kiem toan)"
        r"|^kiem tra ket qua"
    )),
    ("content", re.compile(r"^noi dung$")),
    ("objects", re.compile(r"^\W*(?:cac )?(?:doi tuong|thanh phan)\b")),
    ("form", re.compile(r"^(?:\W*)(?:bao cao|danh sach|mau|bieu|phieu|de cuong|nhan xet)\b(?!.*\bgui\b)")),
    ("statement", re.compile(

        r"^(?:\W*)(?:thuc trang|tinh hinh|ket qua dat duoc|dac diem|su can thiet|ton tai"
        r"|han che|nguyen nhan|can cu|co so (?:phap ly|thuc tien|khoa hoc)|pham vi"

        r"|kinh phi|nguon (?:von|kinh phi|luc)|du toan|thoi gian|dia diem"
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
    r"^\W*(?:\(.*\)\W*$|\((?:ban hanh )?kem theo|tren day la|kinh phi|nguon kinh phi|thoi gian\b.{0,30}:|dia diem\b"
    r"|thanh phan\b|doi tuong\b|ghi chu|luu y|mau so|phu luc|kinh gui|noi nhan"
    r"|tran trong cam on|chi phi|chi su nghiep|muc chi|tong so)"
)
#: What a paper is for: `Thông tư này quy định điều kiện ...`.
SCOPE = re.compile(
    r"^\W*(?:thong tu|quyet dinh|nghi dinh|nghi quyet|quy che|quy dinh|huong dan|ke hoach|phuong an|luat) nay"
    r" (?:quy dinh|huong dan|ap dung|duoc ap dung|dieu chinh)\b"
)
PAST = re.compile(r"^\W*(?:trong )?(?:nam \d{4}|thoi gian qua|nhung nam qua)\b[^.;]*?\bda (?!duoc)\w+")
#: What holds where a condition is met: `Đối với dự án ... thì xem như văn bản hết hiệu lực`.
REGARDED = re.compile(r"^\W*(?:doi voi|truong hop|neu)\b[^.;]*\bthi (?:duoc )?(?:xem|coi) (?:nhu|la)\b[^.;]*[.;]?\W*$")
ANNOUNCES = re.compile(
    r"(?:thuc hien|trien khai|tap trung|quan triet)[^.;]{0,70}(?:nhiem vu|noi dung"
    r"|cong viec|giai phap|bien phap|viec|quy dinh)[^.;,]{0,40}"
    r"(?:sau(?: day)?|cu the(?: nhu sau)?|nhu sau)\s*[:.]?\s*$"
)
ORDERS = re.compile(
    r"\b(?:yeu cau|(?<!theo )(?<!xet )de nghi|giao (?=cho |cac |so |phong |ubnd |uy ban "
    r"|chu tich |giam doc |thu truong |ban |hoi dong |van phong |cong an )|chi thi"
    r"|phan cong)\b.*\b(?:thuc hien|trien khai|to chuc|phoi hop|chi dao|bao cao|quan triet"
    r"|khan truong|nghien cuu|gop y|cho y kien|tham gia|gui|lap|ra soat|cung cap|kiem tra|chuan bi|dang ky|cu)\b"
)
OBLIGES = re.compile(
    r"\b(?:co trach nhiem|(?<!nguoi )chiu trach nhiem|co nhiem vu|phai (?:bao dam|dam bao|thuc hien"
    r"|bao cao|dat|co|xay dung|hoan thanh|to chuc|chap hanh))\b"
)
NOUN_PHRASE = re.compile(r"^\W*(?:cong tac|viec|hoat dong|tinh hinh|ket qua|noi dung|so luong|so lieu|muc do)\b")
FIGURE = re.compile(r"\d+(?:[.,]\d+)? ?%|tren \d|it nhat \d|\b\d+(?:\.\d+)? (?:nguoi|ho|xa|lop|mo hinh|tru|don vi)")
ABOUT = re.compile(r"\b(?:ve|noi dung|du lieu|so lieu|thong tin)\W*:\W*$")
LIST_OF = re.compile(r"(?:su kien|ngay le|bao gom|gom|nhu|thanh phan|doi tuong)\W*:?\W*$")
LISTS = re.compile(r"\b(?:bao gom|gom|gom co)\W*:?\W*$")
EVENT = re.compile(r"ky niem \d+ nam|dai hoi dai bieu|bau cu dai bieu")
#: `Căn cứ nhiệm vụ được giao để phối hợp với ...`: the order hides behind its basis.
PURPOSEFUL = re.compile(r"can cu\b.{0,200}?\bde (?:phoi hop|thuc hien|xay dung|to chuc|trien khai)\b")
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
    r"|thay the|bai bo|het hieu luc|\bnay\b[^;]{0,200}\bco hieu luc|\bgiao(?! duc| vien| thong| dich| luu| khoa)\b"
)


def duty(text: str, headings: Sequence[str], *, opening: bool, article: bool, lead_in: str | None) -> TaskKind | None:
    """The kind of task that a leaf with `text` is, None where it is none.

    `headings` are the texts above it, innermost first; `opening`: it stands before the first marked block;
    `article`: it is an article of a decision, or an unnumbered part of one; `lead_in`: its parent's text where that
    introduces its children.
    """
    leaf = Leaf(text, fold(text), _zone(headings), lead_in)
    if opening or leaf.closes:
        return "directive" if (_opens if opening else _concludes)(leaf) else None
    if _is_statement(leaf):
        return None
    if leaf.zone in ("purpose", "requirement", "target", "aim"):
        return _aim(leaf.zone, leaf.flat)
    if article and leaf.zone != "body":
        told = leaf.acts if leaf.zone == "statement" else leaf.tells
        return "directive" if told or ENACTS.search(leaf.flat) else None
    return _by_wording(leaf)


@dataclass(frozen=True)
class Leaf:
    """A leaf's text, folded text, zone, and its parent's introducing text; what its wording tells."""

    text: str
    flat: str
    zone: str | None
    lead_in: str | None

    @property
    def closes(self) -> bool:
        """Whether it is the paragraph that closes the document: `Trên đây là ...`."""
        return re.match(r"\W*tren day la", self.flat) is not None

    @cached_property
    def only_names(self) -> bool:
        """Whether it is nothing but names of bodies: one of a list of addressees."""
        named = leading_list(self.text)
        return bool(named) and not self.text[named[-1].end :].strip(" .,;:/") and not self.acts

    @cached_property
    def acts(self) -> bool:
        """Whether it says of a body that it acts, or to whom one reports."""
        return any(p.role in ("lead", "advise", "report_to") and not p.speaks for p in parts(self.text))

    @cached_property
    def tells(self) -> bool:
        """Whether it orders: by a body that acts, or a verb that opens it (after a run-in title, an adverbial)."""
        if self.acts or OBLIGES.search(self.flat) or PURPOSEFUL.match(self.flat):
            return True
        opened = RUN_IN.match(self.text)
        heads = (self.text, self.text[opened.end() :] if opened else "")
        return len(self.text.split()) > 2 and any(begins_with_verb(o) for h in heads if h for o in _openings(h))


def _is_basis(leaf: Leaf) -> bool:
    return BASIS.match(leaf.flat) is not None and (leaf.flat.endswith(";") or not leaf.acts)


def _opens(leaf: Leaf) -> bool:
    """Whether a paragraph before the first block orders something itself."""
    return leaf.acts and not _is_basis(leaf) and ORDERS.search(leaf.flat) is not None and not _only_announces(leaf.flat)


def _concludes(leaf: Leaf) -> bool:
    """Whether the closing paragraph tells somebody to act."""
    told = any(p.subject and not p.speaks for p in parts(leaf.text))
    return told or (leaf.acts and ORDERS.search(leaf.flat) is not None)


def _is_past(flat: str) -> bool:
    """What was done: `Trong năm 2024, Sở đã phối hợp với ...`, unless it goes on with an order."""
    return PAST.match(flat) is not None and ORDERED.search(flat) is None


def _is_statement(leaf: Leaf) -> bool:
    """Bases, announcements, sums, lists, attributes: they tell nobody to do anything."""
    flat = leaf.flat
    if (
        _is_basis(leaf)
        or _only_announces(flat)
        or MONEY.search(flat)
        or REGARDED.match(flat)
        or _is_past(flat)
        or SCOPE.match(flat)
    ):
        return True
    return (NO_TASK.match(flat) is not None and not leaf.acts) or (
        LISTS.search(flat) is not None and not OBLIGES.search(flat)
    )


#: Words that order; folded, `giáo` is `giao`, and a directive may be cited.
ORDERED = re.compile(
    r"(?<!theo )\b(?:yeu cau|de nghi|giao(?! duc| vien| thong| dich| luu| khoa)|chi thi(?! so| nay| \d))\b"
)


def _only_announces(flat: str) -> bool:
    """`yêu cầu ... thực hiện một số nhiệm vụ sau:` and no order of its own before that."""
    announced = ANNOUNCES.search(flat)
    if announced is None:
        return False
    ordered = ORDERED.search(flat[: announced.start()])
    return not re.search(
        r"\b(?:thuc hien|trien khai|quan triet|chap hanh)\b", flat[ordered.end() if ordered else 0 : announced.start()]
    )


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


def _by_wording(leaf: Leaf) -> TaskKind | None:
    """The kind by the leaf's own words, under headings that leave it open."""
    noun = NOUN_PHRASE.match(leaf.flat) is not None
    lead = fold(leaf.lead_in or "")
    if _only_lists(leaf, lead) or leaf.only_names:
        return None
    if _is_introduced(leaf, lead) and leaf.zone not in ("inspected", "statement"):
        return "directive"
    if leaf.zone in ("inspected", "content") and (noun or not leaf.tells):
        return "requirement" if noun else None
    if noun:
        told = leaf.acts or OBLIGES.search(leaf.flat) is not None
        return "directive" if told else None if leaf.zone == "statement" else "requirement"
    if (leaf.zone == "inspected" and not leaf.acts) or (not leaf.tells and ABOUT.search(lead)):
        return "requirement"
    return "directive" if _directs(leaf, lead) else None


def _only_lists(leaf: Leaf, lead: str) -> bool:
    """Members of a list, blanks of a form, and the objects of an inspection, where nobody is told to act."""
    obliged = OBLIGES.search(leaf.flat) is not None
    if leaf.zone == "objects":
        return not obliged
    return (LISTS.search(lead) is not None and not (leaf.acts or obliged)) or (leaf.zone == "form" and not leaf.acts)


def _directs(leaf: Leaf, lead: str) -> bool:
    if leaf.tells:
        return leaf.zone != "statement" or leaf.acts
    if EVENT.search(leaf.flat):
        return False
    return leaf.zone == "body" or _is_introduced(leaf, lead)


def _is_introduced(leaf: Leaf, lead: str) -> bool:
    """Whether the lead-in orders, so that what it lists is to be done: `Nắm chắc các dữ liệu về:`."""
    ordered = leaf.lead_in is not None and begins_with_verb(_after_adverbs(leaf.lead_in))
    return ordered and not LIST_OF.search(lead) and len(leaf.text.split()) > 2


def _openings(text: str) -> list[str]:
    """Where the order may begin: at the head, and after each comma of an adverbial that opens the leaf."""
    head = text.lstrip(' -–+*•"“(')
    if not ADVERB.match(head):
        return [head]
    clause = re.split(r"[.;:]", head, maxsplit=1)[0]
    return [head, _after_adverbs(head), *(head[m.end() :] for m in re.finditer(r",\s+", clause))]


def _after_adverbs(text: str) -> str:
    rest = text.lstrip(' -–+*•"“(')
    while match := ADVERB.match(rest):
        rest = rest[match.end() :]
    return rest
