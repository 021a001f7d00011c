"""The paragraphs that close a document: they hang at the root, not under the last item above them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.blocks import Block
from pipeline.vietnamese import fold

__all__ = ["CLOSINGS", "closes", "closing_blocks", "concerns_all"]

#: First words of closing paragraphs, folded, with wording each was made for.
CLOSINGS: tuple[tuple[str, str], ...] = (
    (r"tren day l[a-z1]?\b", "Trên đây là Kế hoạch kiểm tra năm 2020."),
    (r"\((phu luc|kem theo|co |dinh kem)", "(Phụ lục chi tiết kèm theo)"),
    (r"(yeu cau|de nghi|giao|kinh de nghi|tran trong|rat mong)\b", "Yêu cầu Thủ trưởng các đơn vị thực hiện."),
    (r"(nhan duoc|trong qua trinh (to chuc |trien khai )?(thuc hien|trien khai))", "Trong quá trình thực hiện, nếu có"),
    (r"can cu (cac )?(noi dung )?(chi thi|ke hoach|quyet dinh|cong van|huong dan) nay", "Căn cứ Chỉ thị này, các sở"),
    (r"(chi thi|ke hoach|nghi quyet|thong tu|cong van) nay\b", "Chỉ thị này có hiệu lực từ ngày ký."),
    (
        (
            r"(uy ban nhan dan|ubnd|chu tich|so|phong|giam doc|thu truong|ban chi dao)\b.{0,60}?"
            r"(yeu cau|de nghi|kinh de nghi|chi dao|kinh trinh|bao cao)\b"
        ),
        "UBND huyện yêu cầu các xã báo cáo kết quả.",
    ),
    (r"(kinh trinh|kinh mong|kinh bao cao)", "Kính trình Hội đồng nhân dân tỉnh xem xét."),
    (
        r"(van phong|chanh van phong|thu truong|cac (so|co quan|don vi|phong))\b.{0,200}chiu trach nhiem",
        "Các đơn vị chịu trách nhiệm thi hành.",
    ),
    (r"noi nhan", "Nơi nhận:"),
)
PATTERN = re.compile("|".join(pattern for pattern, _ in CLOSINGS))
SURE = re.compile(CLOSINGS[0][0])


#: Unmarked titles of what holds for all items above, folded: `Chế độ thông tin, báo cáo:`, `Tổ chức thực hiện:`.
FOR_ALL = re.compile(
    r"(ve )?(che do|cong tac|thoi gian|thoi han) (thong tin,? )?bao cao\b"
    r"|to chuc (trien khai )?thuc hien\b|(dieu khoan|hieu luc) thi hanh\b"
)


def concerns_all(title: str) -> bool:
    """Whether an unmarked title heads what holds for the whole document, not for the item above it."""
    return bool(FOR_ALL.match(fold(title)))


def closes(text: str) -> bool:
    """Whether a paragraph reads as one that closes a document."""
    return bool(PATTERN.match(fold(text)))


def closing_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Positions of the paragraphs that close the document: after its last marked block, from the first that closes."""
    end = next((n for n, b in enumerate(blocks) if b.style == "annex"), len(blocks))
    last = max((n for n in range(end) if blocks[n].decision.marker), default=-1)
    tail = [n for n in range(last + 1, end) if not blocks[n].tables]
    article = last >= 0 and blocks[last].style == "Điều"  # whose own paragraphs follow
    start = next((n for n in tail if _closes_here(blocks, n, article=article)), None)
    return frozenset(n for n in tail if start is not None and n >= start)


def _closes_here(blocks: Sequence[Block], at: int, *, article: bool) -> bool:
    before = blocks[at - 1] if at else None
    if article:
        return bool(SURE.match(fold(blocks[at].text)))
    under_heading = before is not None and before.decision.marker is not None and not before.ends
    return bool(SURE.match(fold(blocks[at].text))) if under_heading else closes(blocks[at].text)
