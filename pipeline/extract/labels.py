"""Labelled attributes of an activity (`Thời gian: ...`, `Đơn vị chủ trì: ...`) and columns of tables of tasks.

A label and a column head are the same words; both are read by one table.
"""

from __future__ import annotations

import re
from typing import Literal

from pipeline.vietnamese import fold

__all__ = ["Attribute", "attribute_of", "column_of"]

Attribute = Literal["work", "lead", "coordinate", "report_to", "monitor", "due", "product", "number", "note"]
#: Order matters: `đơn vị phối hợp thực hiện` is read before `thực hiện`. Patterns match folded text.
NAMES: tuple[tuple[Attribute, str], ...] = (
    ("number", r"(?:stt|tt|so tt|so thu tu)$"),
    ("coordinate", r".*\b(?:phoi hop|tham gia|cung thuc hien)"),
    ("product", r".*\b(?:san pham|ket qua(?! thuc hien nam)|dau ra|van ban ban hanh|hinh thuc van ban)"),
    ("due", r".*\b(?:thoi gian|thoi han|tien do|thoi diem|ngay hoan thanh|han hoan thanh|hoan thanh truoc|lo trinh)"),
    ("monitor", r".*\b(?:giam sat|theo doi, don doc|kiem tra, don doc)"),
    ("report_to", r".*\b(?:cap trinh|trinh cap|cap phe duyet|co quan trinh|cap quyet dinh|noi nhan bao cao)"),
    ("lead", (
        r"(?!.*\bdia diem\b).*\b(?:chu tri|don vi thuc hien|co quan thuc hien|phu trach|dau moi|chiu trach nhiem"
        r"|trach nhiem|don vi tham muu|co quan tham muu"
        r"|to chuc thuc hien|nguoi thuc hien|ca nhan thuc hien|don vi to chuc|co quan soan thao|thuc hien$)"
    )),
    ("note", (
        r".*\b(?:ghi chu|kinh phi|dia diem|thanh phan|doi tuong|so luong|quy mo|hinh thuc"
        r"|du toan|nguon|muc tieu|chi tieu|don vi tinh)"
    )),
    ("work", (
        r".*\b(?:noi dung|nhiem vu|cong viec|hoat dong|ten (?:de an|chuong trinh|van ban)|viec"
        r"|giai phap|chuong trinh|de an)"
    )),
)  # fmt: skip
PATTERNS = tuple((name, re.compile(pattern)) for name, pattern in NAMES)
LABEL = re.compile(r"^\W*([^:.;]{3,60}):\s*")
#: Words with which a label begins; others before a colon are run-in titles or bodies.
OPENS = re.compile(
    r"(?:noi dung|thoi gian|thoi han|tien do|thoi diem|dia diem|don vi|co quan|chu tri"
    r"|phoi hop|kinh phi|san pham|ket qua|thanh phan|doi tuong|so luong"
    r"|hinh thuc|du toan|quy mo|nguoi|phan cong|nguon|lo trinh|muc tieu|han hoan thanh"
    r"|yeu cau|trach nhiem|to chuc thuc hien|bo phan)\b"
)


def column_of(head: str) -> Attribute | None:
    """What a column under `head` holds, None where the head does not tell."""
    flat = " ".join(re.findall(r"[\w,]+", fold(head)))
    return next((name for name, pattern in PATTERNS if pattern.match(flat)), None)


def attribute_of(text: str) -> tuple[Attribute, int] | None:
    """(attribute, where its value begins) of a labelled leaf: `Đơn vị chủ trì: Sở Y tế`; None for other text."""
    match = LABEL.match(text)
    if match is None or not OPENS.match(fold(match[1])):
        return None
    name = column_of(match[1])
    return (name, match.end()) if name else None
