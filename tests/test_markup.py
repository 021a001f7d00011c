"""The markup of our own documents, its gold notes, and the gold made of them."""

from __future__ import annotations

import pytest

from pipeline.errors import ConfigError
from pipeline.train.gold import nodes
from pipeline.train.markup import Manuscript, parse, plain
from pipeline.train.notes import bounds, read_notes

HEAD = "+++\n+++\n"

MARKERS = [
    ("A. MỤC ĐÍCH", "part", "A."),
    ("I. Mục đích", "section", "I."),
    ("C. TỔ CHỨC", "part", "C."),
    ("V. Kinh phí", "section", "V."),
    ("1. Việc", "clause", "1."),
    ("1) Việc", "clause", "1)"),
    ("2.1. Việc", "subclause", "2.1."),
    ("1.2.3 Việc", "subclause", "1.2.3"),
    ("a) Việc", "point", "a)"),
    ("đ) Việc", "point", "đ)"),
    ("- Việc", "bullet", "-"),
    ("* Việc", "bullet", "*"),
    ("+ Việc", "subbullet", "+"),
    ("Điều 2. Việc", "article", "Điều 2."),
    ("Phụ lục II // DANH MỤC", "annex", "Phụ lục II"),
    ("Căn cứ Luật", "paragraph", None),
    ("100% đơn vị", "paragraph", None),
]

SPANS = [
    ("2021", ("2021-01-01", "2021-12-31")),
    ("2024-02", ("2024-02-01", "2024-02-29")),
    ("2021-03-18", ("2021-03-18", "2021-03-18")),
    ("../2017-11-15", (None, "2017-11-15")),
    ("2021-05-01/..", ("2021-05-01", None)),
    ("2021/2025", ("2021-01-01", "2025-12-31")),
]


def written(body: str) -> Manuscript:
    return parse(HEAD + body)


@pytest.mark.parametrize(("line", "kind", "marker"), MARKERS)
def test_markers(line: str, kind: str, marker: str | None) -> None:
    (block,) = written(line).blocks
    assert (block.kind, block.marker) == (kind, marker)


@pytest.mark.parametrize(("span", "days"), SPANS)
def test_bounds(span: str, days: tuple[str | None, str | None]) -> None:
    assert bounds(span) == days


def test_paths_follow_indent_and_count_what_has_no_number() -> None:
    body = """Mở đầu
A. PHẦN
  I. Mục
    Đoạn
    1. Khoản
      - một
      - hai
        + ba
Kết
Phụ lục // BẢNG
  |= 10 90
  | TT | Việc
  |# I | Nhóm
  | 1 | Việc một
  | 2 | Việc hai
  |# II | Nhóm khác
  | 3 | Việc ba
"""
    assert [n.path for n in nodes(written(body))] == [
        "p1", "A", "A/I", "A/I/p1", "A/I/1", "A/I/1/-1", "A/I/1/-2", "A/I/1/-2/+1", "p2",
        "PL", "PL/r1", "PL/r1/r1", "PL/r1/r2", "PL/r2", "PL/r2/r1",
    ]  # fmt: skip
    assert [n.heading for n in nodes(written(body))][:3] == [None, "PHẦN", "Mục"]


def test_notes_become_rows_of_gold() -> None:
    notes = read_notes(
        (
            "directive: báo cáo",
            "lead Sở Y tế tỉnh Mẫu = Sở Y tế",
            "report_to^ Bộ Y tế",
            "due trước ngày 16/11/2017 = by ../2017-11-15",
            "due^ hằng năm = recurring FREQ=YEARLY",
            "ref Nghị định số 1/2020/NĐ-CP ngày 05 tháng 3 năm 2020 = Nghị định; 1/2020/NĐ-CP; 2020-03-05; ; basis",
        )
    )
    assert (notes.kind, notes.product) == ("directive", "báo cáo")
    assert [(a["body"], a["as_printed"], a["inherited"]) for a in notes.assignments] == [
        ("Sở Y tế tỉnh Mẫu", "Sở Y tế", False),
        ("Bộ Y tế", "Bộ Y tế", True),
    ]
    assert [d["to"] for d in notes.due] == ["2017-11-15", None]
    assert [(d["text"], d["role"]) for d in notes.dates] == [
        ("trước ngày 16/11/2017", "deadline"),
        ("ngày 05 tháng 3 năm 2020", "reference"),
    ]
    assert notes.references[0]["issuer"] is None


@pytest.mark.parametrize(
    "body",
    ["! directive", "A. X\n| 1 | hàng lẻ", "A. X\n|= 50 50\n| a | b | c", "A. X\n! đâu", "A. X\n! ref Luật = Luật"],
)
def test_wrong_markup_is_refused(body: str) -> None:
    with pytest.raises(ConfigError):
        nodes(written(body))


def test_header_is_needed() -> None:
    with pytest.raises(ConfigError, match=r"\+\+\+"):
        parse("A. Không có phần đầu")


def test_plain_drops_the_markup() -> None:
    assert plain("**Số:** ⟦74⟧/KH // *(kèm theo)* 2*3") == "Số: 74/KH (kèm theo) 2*3"
