"""Pages of texts without pixels."""

from __future__ import annotations

import pytest

from pipeline.textpages import text_pages

TEXT = "\n".join(
    f"Dòng chữ thứ {word} của một trang." for word in "một hai ba bốn năm sáu bảy tám chín mười".split() * 2
)


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        ("một", ["một"]),
        ("", [""]),
        ("một\n\fhai\n\f", ["một\n", "hai\n"]),
        ("một\f\fba", ["một", "", "ba"]),
        ("một\r\nhai", ["một\nhai"]),
        (f"{TEXT}\n2\n{TEXT}\n- 3 -\n{TEXT}", [TEXT, f"2\n{TEXT}", f"- 3 -\n{TEXT}"]),
        (f"{TEXT}\n1\n{TEXT}\n2\n{TEXT}\n3", [f"{TEXT}\n1", f"{TEXT}\n2", f"{TEXT}\n3"]),
    ],
)
def test_pages_are_parted(text: str, pages: list[str]) -> None:
    assert list(text_pages(text)) == pages


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n2\nmột dòng\n3\n{TEXT}",  # cells of a table
        f"1\n{TEXT}\n2\n{TEXT}",  # numbers of a list
        f"{TEXT}\n2\n{TEXT}\n4\n{TEXT}",  # one was lost
        f"{TEXT}\n2",  # nothing after it
        f"{TEXT}\n15\n{TEXT}",
    ],
)
def test_where_it_is_not_sure_all_is_one_page(text: str) -> None:
    assert len(text_pages(text)) == 1
