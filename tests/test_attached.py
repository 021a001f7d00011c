"""Documents attached to another: whose papers they are, and whom they mean by their short names."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.attached import papers
from pipeline.extract.dates import extract_dates
from pipeline.extract.header import extract_header
from pipeline.extract.outline import extract_outline
from pipeline.extract.tasks import extract_tasks
from pipeline.layout import layout
from pipeline.records import Decree
from pipeline.types import Document

LETTER = """SỞ XÂY DỰNG TỈNH PHÚ THỌ
Số: 15/SXD-VP
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Phú Thọ, ngày 05 tháng 3 năm 2021
Kính gửi: Các đơn vị trực thuộc
Sở Xây dựng gửi các đơn vị Quyết định của Bộ Xây dựng để thực hiện./.
Nơi nhận:
- Như trên;
- Lưu: VT.
GIÁM ĐỐC
Trần Văn An
\f
"""
DECISION = """{head}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 28/QĐ-BXD
Hà Nội, ngày 02 tháng 3 năm 2021
QUYẾT ĐỊNH
Ban hành hướng dẫn chăm sóc cây xanh
Điều 1. Ban hành kèm theo Quyết định này hướng dẫn chăm sóc cây xanh.
Điều 2. Chánh Văn phòng Bộ, Giám đốc Sở Xây dựng chịu trách nhiệm thi hành Quyết định này./.
"""


@pytest.mark.parametrize(
    ("head", "issuer", "bodies"),
    [
        ("BỘ XÂY DỰNG", "Bộ Xây dựng", ["Chánh Văn phòng Bộ Xây dựng", "Giám đốc Sở Xây dựng"]),
        ("ĐƠN VỊ: ............", None, ["Chánh Văn phòng Bộ", "Giám đốc Sở Xây dựng tỉnh Phú Thọ"]),
    ],
)
def test_an_attached_paper_means_its_own_issuers_bodies(
    make_document: Callable[[str], Document], head: str, issuer: str | None, bodies: list[str]
) -> None:
    doc = layout(make_document(LETTER + DECISION.format(head=head)))
    decree = extract_tasks(extract_dates(extract_outline(extract_header(Decree(doc)))))
    assert [k for k, own in papers(decree).items() if own] == [
        "Sở Xây dựng tỉnh Phú Thọ",
        *([issuer] if issuer else []),
    ]
    assert [a.body for a in decree.tasks[-1].assignments] == bodies
