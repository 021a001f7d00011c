"""Rows of a decree: keys, evidence, doubts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.records import Decree, Header
from pipeline.schema import TABLES, Row, Rows, columns
from pipeline.tables import body_id, decree_rows, doubts, frames, section_ids
from pipeline.types import Box, Edit


@pytest.fixture
def rows(decree: Decree) -> Rows:
    return decree_rows(decree, config="{}", version="1")


def test_every_row_has_the_columns_of_its_table(rows: Rows) -> None:
    assert all(tuple(row) == columns(name) for name, some in rows.items() for row in some)


def test_only_what_is_not_the_decrees_is_empty(rows: Rows) -> None:
    assert {name for name, some in rows.items() if not some} == {"corrections", "runs"}


def test_a_path_printed_again_gets_a_number(decree: Decree) -> None:
    assert section_ids(decree) == (f"{decree.id}:1", f"{decree.id}:1~2")


def test_keys_are_the_documents_and_say_what_they_are(decree: Decree, rows: Rows) -> None:
    assert rows["tasks"][0]["task_id"] == rows["tasks"][0]["section_id"] == f"{decree.id}:1"
    assert rows["dates"][0]["date_id"] == rows["deadlines"][0]["date_id"] == f"{decree.id}:date:1"
    assert rows["assignments"][0]["assignment_id"] == f"{decree.id}:assignment:1"


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Sở Y tế tỉnh Kiên Giang", "so-y-te-tinh-kien-giang"),
        ("Ủy ban nhân dân quận 1", "uy-ban-nhan-dan-quan-1"),
        ("UỶ BAN  NHÂN DÂN", "uy-ban-nhan-dan"),
        ("Đoàn TNCS Hồ Chí Minh (Thành đoàn)", "doan-tncs-ho-chi-minh-thanh-doan"),
        ("…", "body"),
    ],
)
def test_the_key_of_a_body_is_its_name_in_plain_letters(name: str, key: str) -> None:
    assert body_id(name) == key


def test_every_body_that_is_named_has_a_row_parents_too(rows: Rows) -> None:
    assert {r["body_id"] for r in rows["bodies"]} == {"phong-noi-vu-quan-x", "uy-ban-nhan-dan-quan-x"}


def test_a_page_that_failed_keeps_its_row_and_its_reason(rows: Rows) -> None:
    assert [(r["page"], r["words"], r["error"]) for r in rows["pages"]] == [(1, 13, None), (2, 0, "is damaged")]


def test_an_uncertain_day_is_bounded(rows: Rows) -> None:
    document = rows["documents"][0]
    assert (document["issued_starts"], document["issued_ends"]) == ("2021-03-10", "2021-03-19")


def traced(rows: Rows, table: str, row_id: str, column: str | None = None) -> list[Row]:
    return [
        r
        for r in rows["evidence"]
        if (r["table_name"], r["row_id"], r["column_name"]) == (table, row_id, column)
    ]  # fmt: skip


def test_a_value_is_traced_to_its_pixels_and_its_first_reading(decree: Decree) -> None:
    word = decree.document.words[1]
    changed = replace(word, edits=(Edit("12/KH-UBNO", "restore", 0.7),))
    doc = replace(decree.document, words=(decree.document.words[0], changed, *decree.document.words[2:]))
    (row,) = traced(decree_rows(replace(decree, document=doc), config="", version=""), "documents", decree.id, "code")
    assert (row["x0"], row["y0"], row["x1"], row["y1"]) == (10, 0, 19, 20)
    assert (row["raw"], row["text"], row["stages"], row["page"], row["line"]) == (
        "12/KH-UBNO", "12/KH-UBND", "restore", 1, 1,
    )  # fmt: skip


def test_a_value_without_pixels_is_traced_to_page_and_line(decree: Decree, rows: Rows) -> None:
    (row,) = traced(rows, "tasks", f"{decree.id}:1")
    assert (row["page"], row["line"], row["x0"]) == (1, 2, None)


def test_every_row_that_says_something_is_traced(rows: Rows) -> None:
    known = {(r["table_name"], r["row_id"]) for r in rows["evidence"]}
    for name in ("sections", "tasks", "assignments", "dates", "citations", "recipients", "stamps"):
        key = columns(name)[0]
        assert all((name, row[key]) in known for row in rows[name])


def test_doubts_say_what_to_look_at(decree: Decree) -> None:
    told = doubts(decree)
    assert "page 2 was not read (is damaged)" in told
    assert "the day of issue is known only as 2021-03-1X" in told
    assert "issued is uncertain" in told
    assert "signer_position was not found" in told


def test_an_empty_decree_still_accounts_for_its_pages(decree: Decree) -> None:
    doc = replace(decree.document, words=(), lines=(), tables=())
    rows = decree_rows(Decree(doc, Header()), config="", version="")
    assert len(rows["pages"]) == 2
    assert rows["documents"][0]["needs_review"] is True
    assert not rows["evidence"]


def test_frames_have_the_types_of_the_schema(rows: Rows) -> None:
    made = frames(rows)
    assert set(made) == {t.name for t in TABLES}
    assert made["pages"]["width"].tolist()[0] == 100
    assert made["pages"]["width"].dtype == "Int64"
    assert made["documents"]["needs_review"].dtype == "boolean"
    assert made["runs"].empty


@given(st.integers(0, 500), st.integers(0, 500))
def test_boxes_are_written_as_they_are(x: int, y: int) -> None:
    from pipeline.tables.keys import edges

    assert tuple(edges(Box(x, y, x + 1, y + 2)).values()) == (x, y, x + 1, y + 2)
