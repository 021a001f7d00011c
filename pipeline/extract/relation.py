"""How a document stands to one it cites, by the words before the citation in its block."""

from __future__ import annotations

import re

from pipeline.records import Relation

__all__ = ["LIST", "RELATIONS", "relation"]

#: (relation, words right before the citation, wording that needs it), bare; the first that matches wins.
RELATIONS: tuple[tuple[Relation, str, str], ...] = (
    (
        "mentions",
        r"(?:duoc|bi) (?:sua doi|bo sung|dinh chinh|thay the|bai bo)\b[^.;]{0,60}\b(?:tai|theo|boi)\s?$",
        "thủ tục được sửa đổi, bổ sung tại ",
    ),
    ("repeals", r"(?:bai bo|thay the|huy bo|het hieu luc)(?: [^.;]{0,60})?\s?$", "Quyết định này thay thế "),
    (
        "repeals",
        (
            r"(?:\bnay\b[^.;]{0,60} |(?:^|[.:;\n])\W*)(?<!duoc )(?<!bi )(?:bai bo|thay the|huy bo)\b[^.;]{0,200}"
            r"(?:duoc|da) (?:cong bo|ban hanh|quy dinh|phe duyet)[^.;]{0,20}\b(?:tai|theo|boi)\s?$"
        ),
        "Quyết định này thay thế Danh mục được công bố tại ",
    ),
    ("amends", r"(?:sua doi|bo sung|dinh chinh)[^.;]{0,60}$", "sửa đổi, bổ sung một số điều của "),
    ("mentions", r"(?:viet tat la|goi tat la|goi la|ten la)\s?$", "(sau đây gọi là "),
    ("basis", r"(?:^|[.:;\n(])\W*(?:can cu|thuc hien|theo|xet|thi hanh|tiep tuc thuc hien|trien khai)\b[^.]*$",
     "Căn cứ "),
    (
        "basis",
        (
            r"(?:can cu|thuc hien(?: [^\W\d]+){0,4}|theo(?: [^\W\d]+){0,5}|trien khai(?: [^\W\d]+){0,4}"
            r"|quan triet[^.;]*|thi hanh|dung quy dinh|tai|cua|nghiem|tot|hieu qua|day du|dong bo)\s?$"
        ),
        "thực hiện nghiêm ",
    ),
)  # fmt: skip
PATTERNS = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern, _ in RELATIONS)
#: Between a document and one named in its title: `Chỉ thị A về thực hiện Nghị quyết B`.
TITLE = re.compile(
    r"\s?,?\s?(?:ve|v/v|quy dinh|qui dinh|huong dan|phe duyet|ban hanh|sua doi|cong bo)\b[^.;:]*$", re.IGNORECASE
)
#: A paper in which somebody asks for what is done is its basis: `đề nghị của Giám đốc Sở Y tế tại Tờ trình`.
ASKED = re.compile(r"\b(?:de nghi|de xuat|yeu cau|y kien|chi dao|ket luan) cua [^.;]{3,80} tai\s?$", re.IGNORECASE)
#: The one cited before is what amends or replaces: `Nghị định A sửa đổi, bổ sung một số điều của Nghị định B`.
CITED_AMENDS = re.compile(r"\s(?:ve )?(?:sua doi|bo sung|thay the|bai bo)\b", re.IGNORECASE)
#: A title, then the next document of a list.
NEXT = re.compile(r"[^.:]*(?:,|;|\bva)\s?$")
LIST = re.compile(r"\s?(?:,|;|va|, va|; va|hoac)\s?(?:cac\s)?(?:(?:diem|khoan|dieu)\s[^.;:]{1,30})?$", re.IGNORECASE)


def relation(
    before: str, *, gap: str | None = None, before_gap: Relation | None = None, otherwise: Relation = "mentions"
) -> Relation:
    """The relation to a citation after the bare text `before`, from the beginning of its block.

    `gap` is the text between it and the citation before it in the document, `before_gap` that one's relation:
    documents in one list share it, and one that stands in another's title is but mentioned. `otherwise` is what a
    document is that no wording introduces.
    """
    if gap is not None and before_gap and "\n" not in gap:
        if CITED_AMENDS.match(gap):
            return "mentions"
        if LIST.fullmatch(gap):
            return before_gap
        if NEXT.fullmatch(gap) and before_gap == "basis":
            return before_gap
        if TITLE.fullmatch(gap) and not ASKED.search(gap) and _by_words(before) not in ("repeals", "amends"):
            return "mentions"
    return _by_words(before) or otherwise


def _by_words(before: str) -> Relation | None:
    return next((name for name, pattern in PATTERNS if pattern.search(before)), None)
