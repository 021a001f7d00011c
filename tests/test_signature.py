"""Who signs: positions that a seal or a pen clipped are whole again where but one fits; names are read, not guessed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.extract.lines import printed_lines
from pipeline.extract.signature import signature
from pipeline.types import Document


@pytest.mark.parametrize(
    ("foot", "authority", "position", "name"),
    [
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn An", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn An"),
        ("KT, CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn An", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn An"),
        ("KT. CHỦ TỊCH\nCHỦ TỊCH\nTrần Văn An.", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Trần Văn An"),
        ("KT. BỘ TRƯỞNG\nBỘ TRƯỞNG", "KT. BỘ TRƯỞNG", None, None),
        ("GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê An", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lê An"),
        ("PHÓ GIÁ MĐ\nLê An", None, "PHÓ GIÁM ĐỐC", "Lê An"),
        ("Ú TỊCH\nLê An", None, "CHỦ TỊCH", "Lê An"),
        ("GIÁM ĐỐC", None, "GIÁM ĐỐC", None),
        ("CHỦ TRÌ\nNguyễn ông Thanh", None, None, None),
    ],
)
def test_who_signs(
    make_document: Callable[[str], Document], foot: str, authority: str | None, position: str | None, name: str | None
) -> None:
    doc = make_document(foot)
    found = signature(doc, printed_lines(doc))
    values = [value and value.value for value in (found.authority, found.position, found.name)]
    assert values == [authority, position, name]
