"""What counts as right: each measure on small gold with known answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

import pytest

from pipeline.evaluate import FoundCounts, Measure
from pipeline.evaluate.duties import tasks
from pipeline.evaluate.facts import citations, dates, evidence, header, outline, recipients, stamps, tables
from pipeline.schema import TABLES

Rows = Mapping[str, Sequence[Mapping[str, Any]]]


def said(**rows: list[dict[str, Any]]) -> Rows:
    return {t.name: rows.get(t.name, []) for t in TABLES}


def counts(measures: Any, name: str) -> tuple[int, int, int]:
    """(right, said, true) of one measure."""
    kept: list[Measure] = [m for m in measures if m.name == name]
    total = reduce(FoundCounts.__add__, (m.counts for m in kept), FoundCounts())
    return total.right, total.said, total.true


@pytest.mark.parametrize(
    ("name", "true", "read", "right"),
    [
        ("number", "74", "74", 1),
        ("number", "74", "47", 0),
        ("notation", "KH-UBND", "kh - ubnd", 1),
        ("issuer", "Sở Y tế tỉnh An Phú", "Sở Y tế An Phú tỉnh", 1),
        ("issuer", "Sở Y tế tỉnh An Phú", "Sở Nội vụ tỉnh An Phú", 0),
        ("subject", "Phòng, chống dịch bệnh mùa hè năm 2021", "Phòng chống dịch bệnh mùa hè năm 2021", 1),
        ("subject", "Phòng, chống dịch bệnh mùa hè", "Tổ chức hội thi", 0),
        ("issued", "2021-03-18", "2021-03", 0),
    ],
)
def test_a_header_field(name: str, true: str, read: str, right: int) -> None:
    found = list(header({"document": {name: true}}, said(documents=[{name: read}])))
    assert counts(found, "header") == (right, 1, 1)
    assert counts(found, f"header.{name}") == (right, 1, 1)


@pytest.mark.parametrize(
    ("read", "handwritten", "as_header"),
    [
        ("2021-03-18", (1, 1, 1), (1, 1, 1)),  # read
        (None, (1, 1, 1), (0, 0, 0)),  # left open: fair, and no field of the header
        ("2021-03-1X", (1, 1, 1), (0, 0, 0)),
        ("2021-03", (1, 1, 1), (0, 0, 0)),
        ("2021-03-17", (0, 1, 1), (0, 1, 1)),  # wrong
        ("2021-04", (0, 1, 1), (0, 1, 1)),
    ],
)
def test_ink_in_a_blank_is_read_or_left_open(
    read: str | None, handwritten: tuple[int, ...], as_header: tuple[int, ...]
) -> None:
    gold = {"document": {"issued": "2021-03-18", "handwritten": ["issued"]}}
    found = list(header(gold, said(documents=[{"issued": read}])))
    assert counts(found, "handwritten") == handwritten
    if read != "2021-03-18":
        assert counts(found, "header.issued") == as_header


def test_blocks_and_their_paths() -> None:
    gold = {"sections": [{"path": "I", "text": "Mục đích"}, {"path": "I/1", "text": "Nâng cao chất lượng tưới tiêu"}]}
    read = [
        {"path": "I", "text": "Mục đích", "heading": None},
        {"path": "1", "text": "Nâng cao chất lượng tưới tiêu", "heading": None},
        {"path": "2", "text": "Chữ đóng dấu", "heading": None},
    ]
    found = list(outline({"sections": [{**s, "heading": None} for s in gold["sections"]]}, said(sections=read)))
    assert counts(found, "blocks") == (2, 3, 2)
    assert counts(found, "outline") == (1, 3, 2)
    assert [m.misses for m in found] == [("+ Chữ đóng dấu",), ("I/1 read as 1",)]


TASK = "Phòng Nội vụ tổng hợp, báo cáo kết quả trước ngày 05/4/2021."
ASSIGNED = {"body": "Phòng Nội vụ quận Bến Sậy", "as_printed": "Phòng Nội vụ", "role": "lead"}


def one_task(kind: str = "directive") -> dict[str, Any]:
    due = [{"from": None, "to": "2021-04-04", "rrule": None}]
    return {"tasks": [{"kind": kind, "text": TASK, "assignments": [ASSIGNED], "due": due}]}


def read_task(name: str = "Phòng Nội vụ quận Bến Sậy", role: str = "lead", ends: str = "2021-04-04") -> Rows:
    return said(
        tasks=[{"task_id": "t", "kind": "directive", "text": TASK}],
        bodies=[{"body_id": "b", "name": name}],
        assignments=[
            {"assignment_id": "a", "task_id": "t", "body_id": "b", "role": role, "as_printed": "Phòng Nội vụ"}
        ],
        dates=[{"date_id": "d", "starts": None, "ends": ends, "rrule": None}],
        deadlines=[{"task_id": "t", "date_id": "d"}],
    )


@pytest.mark.parametrize(
    ("gold", "read", "expected"),
    [
        (one_task(), read_task(), ((1, 1, 1), (1, 1, 1), (1, 1, 1), (1, 1, 1))),
        (one_task(), read_task(name="Phòng Nội vụ"), ((1, 1, 1), (1, 1, 1), (0, 1, 1), (1, 1, 1))),
        (one_task(), read_task(role="monitor"), ((1, 1, 1), (0, 1, 1), (0, 1, 1), (1, 1, 1))),
        (one_task(), read_task(ends="2021-04-05"), ((1, 1, 1), (1, 1, 1), (1, 1, 1), (0, 1, 1))),
        (one_task(), said(), ((0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1))),
        # a true requirement that is said to be a directive counts neither way
        (one_task("requirement"), read_task(), ((0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0))),
        # what is no task at all is said in vain, and all that hangs on it
        ({"tasks": []}, read_task(), ((0, 1, 0), (0, 1, 0), (0, 1, 0), (0, 1, 0))),
    ],
)
def test_tasks_and_what_hangs_on_them(gold: Any, read: Rows, expected: tuple[tuple[int, ...], ...]) -> None:
    found = list(tasks(gold, read))
    names = ("tasks", "assignments", "assignments.resolved", "deadlines")
    assert tuple(counts(found, name) for name in names) == expected


@pytest.mark.parametrize(
    ("true", "read", "right"),
    [
        ("FREQ=MONTHLY;INTERVAL=1", "FREQ=MONTHLY", 1),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=14", 1),
        ("FREQ=MONTHLY;INTERVAL=6", "FREQ=MONTHLY", 0),
        ("FREQ=YEARLY", "FREQ=MONTHLY", 0),
    ],
)
def test_how_often_a_task_is_due(true: str, read: str, right: int) -> None:
    gold = {"tasks": [{**one_task()["tasks"][0], "due": [{"from": None, "to": None, "rrule": true}]}]}
    rows = {**read_task(), "dates": [{"date_id": "d", "starts": None, "ends": None, "rrule": read}]}
    assert counts(tasks(gold, rows), "deadlines") == (right, 1, 1)


def test_dates_without_days_do_not_count() -> None:
    gold = {"dates": [{"from": "2021-01-01", "to": "2021-12-31"}, {"from": None, "to": None}]}
    read: list[dict[str, Any]] = [{"starts": "2021-01-01", "ends": "2021-12-31"}, {"starts": None, "ends": None}]
    assert counts(dates(gold, said(dates=read)), "dates") == (1, 1, 1)


def test_a_document_cited_twice_counts_once() -> None:
    one = {"code": "34-CT/TW", "text": "Chỉ thị số 34-CT/TW", "issued": None}
    two = {"code": None, "text": "Luật Thủy lợi", "issued": None}
    again = {"code": "34 - CT/TW", "text": "Chỉ thị 34", "issued": None}
    assert counts(citations({"references": [one, two]}, said(citations=[one, again, two])), "citations") == (2, 2, 2)


def test_only_copies_are_recipients() -> None:
    read = [{"role": "to", "text": "Các trường học"}, {"role": "copy", "text": "Như trên"}]
    assert counts(recipients({"recipients": [{"text": "Như trên"}]}, said(recipients=read)), "recipients") == (1, 1, 1)


@pytest.mark.parametrize(
    ("number", "expected"), [("112", (1, 1, 1)), (None, (1, 1, 1)), ("11X", (1, 1, 1)), ("121", (0, 1, 1))]
)
def test_a_wrong_number_takes_a_stamp_away(number: str | None, expected: tuple[int, ...]) -> None:
    gold = {"stamps": [{"kind": "incoming", "page": 1, "number": "112", "date": None}]}
    read = [{"kind": "incoming", "page": 1, "number": number, "date": None}]
    assert counts(stamps(gold, said(stamps=read)), "stamps") == expected


def test_cells_by_their_neighbours() -> None:
    gold = {"tables": [{"rows": [["TT", "Việc"], ["a", "Nạo vét kênh"]]}]}
    cells = [("0", "0", "TT"), ("0", "1", "Việc"), ("1", "0", "a"), ("1", "1", "Gieo mạ")]
    read = [{"table": 0, "row": int(r), "column": int(c), "text": t} for r, c, t in cells]
    assert counts(tables(gold, said(table_cells=read)), "tables") == (2, 4, 4)


def test_what_is_not_traced_is_told() -> None:
    read = said(
        documents=[{"document_id": "x", "number": "74"}],
        dates=[{"date_id": "x:date:1"}],
        evidence=[{"table_name": "documents", "row_id": "x", "column_name": "number"}],
    )
    (measure,) = evidence({}, read)
    assert measure.counts == FoundCounts(1, 2, 2)
    assert measure.misses == ("- dates x:date:1",)
