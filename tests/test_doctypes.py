"""Types of documents: names and the letters that stand for them."""

from __future__ import annotations

import pytest

from pipeline.extract.doctypes import by_code, by_name, document_types, type_of_notation


@pytest.mark.parametrize(
    ("name", "code"),
    [("KẾ HOẠCH", "KH"), ("KÉ HOẠCH", "KH"), ("Chí thị", "CT"), ("TỜ TRÌNH", "TTr"), ("Thông tư liên tịch", "TTLT")],
)
def test_a_name_is_known_though_misread(name: str, code: str) -> None:
    found = by_name(name)
    assert found is not None
    assert found.code == code


@pytest.mark.parametrize("name", ["", "DANH SÁCH", "CHỦ TỊCH", "Tổ chức xét công nhận"])
def test_other_titles_are_no_types(name: str) -> None:
    assert by_name(name) is None


@pytest.mark.parametrize(
    ("notation", "name"),
    [
        ("KH-UBND", "Kế hoạch"), ("QĐ-TTg", "Quyết định"), ("QD-UBND", "Quyết định"), ("2010/TT-BYT", "Thông tư"),
        ("CTr-UBND", "Chương trình"), ("KL/TW", "Kết luận"), ("SYT-NVY", None), ("UBND", None),
    ],
)  # fmt: skip
def test_a_notation_names_its_type(notation: str, name: str | None) -> None:
    found = type_of_notation(notation)
    assert (found.name if found else None) == name


def test_the_table_is_whole() -> None:
    assert sum(t.source == "ND30" for t in document_types()) == 32  # 29 types, 3 kinds of copies
    assert len({t.name for t in document_types()}) == len(document_types())
    assert all(by_code(t.code) for t in document_types())
