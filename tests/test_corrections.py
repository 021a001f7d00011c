"""What people put right wins over every later reading, and what was read stays on record."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ConfigError, StoreError, UnreadableSource
from pipeline.exports.corrections import Correction, correct
from pipeline.exports.questions import ask, questions
from pipeline.exports.search import searched
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Decree
from pipeline.tables import decree_rows

DATE, TASK = "0123456789ab:date:1", "0123456789ab:1"


@pytest.fixture
def dataset(decree: Decree, tmp_path: Path) -> Path:
    return read_again(decree, tmp_path / "dataset.sqlite")


def read_again(decree: Decree, path: Path) -> Path:
    export_sqlite([decree_rows(decree, config="{}", version="2")], path)
    return path


def put(dataset: Path, table: str, row: str, column: str, new: str | None, day: int = 1) -> str | None:
    return correct(
        dataset, Correction(table, row, column, new, "Hoa", "đối chiếu bản giấy"), datetime(2022, 1, day, tzinfo=UTC)
    )


def value(dataset: Path, table: str, row: str, column: str) -> Any:
    key = {"documents": "document_id"}.get(table, f"{table[:-1]}_id")
    with closing(sqlite3.connect(dataset)) as db:
        return db.execute(f"SELECT {column} FROM {table} WHERE {key} = ?", (row,)).fetchone()[0]


@pytest.mark.parametrize(
    ("table", "row", "column", "new", "kept"),
    [
        ("dates", DATE, "ends", "2021-04-05", "2021-04-05"),
        ("dates", DATE, "role", "event", "event"),
        ("tasks", TASK, "kind", "requirement", "requirement"),
        ("documents", "0123456789ab", "issued", None, None),
        ("documents", "0123456789ab", "needs_review", "false", 0),
        ("sections", TASK, "page", "2", 2),
        ("assignments", "0123456789ab:assignment:1", "body_id", "uy-ban-nhan-dan-quan-x", "uy-ban-nhan-dan-quan-x"),
    ],
)
def test_a_correction_is_made_and_outlives_a_newer_reading(
    decree: Decree, dataset: Path, table: str, row: str, column: str, new: str | None, kept: object
) -> None:
    before = value(dataset, table, row, column)
    assert put(dataset, table, row, column, new) == (None if before is None else str(before))
    assert value(dataset, table, row, column) == kept
    read_again(decree, dataset)
    assert value(dataset, table, row, column) == kept
    with closing(sqlite3.connect(dataset)) as db:
        (entry,) = db.execute("SELECT who, table_name, row_id, column_name, old, new, note FROM corrections").fetchall()
    assert entry == ("Hoa", table, row, column, None if before is None else str(before), new, "đối chiếu bản giấy")


def test_the_latest_correction_wins(decree: Decree, dataset: Path) -> None:
    for day, new in ((3, "2021-04-07"), (2, "2021-04-06")):
        put(dataset, "dates", DATE, "ends", new, day)
    read_again(decree, dataset)
    assert value(dataset, "dates", DATE, "ends") == "2021-04-07"


def test_a_correction_whose_row_is_gone_is_told_of(decree: Decree, dataset: Path) -> None:
    put(dataset, "tasks", TASK, "product", "Báo cáo")
    assert ask(dataset, questions()["lost"], {}).rows == ()
    read_again(replace(decree, tasks=(), sections=()), dataset)
    assert [row[:2] for row in ask(dataset, questions()["lost"], {}).rows] == [(TASK, "product")]
    read_again(decree, dataset)
    assert value(dataset, "tasks", TASK, "product") == "Báo cáo"


def test_corrected_text_is_searched(decree: Decree, dataset: Path) -> None:
    put(dataset, "sections", TASK, "text", "Phòng Nội vụ khen thưởng")
    assert len(list(searched(dataset, "khen thuong"))) == 1
    read_again(decree, dataset)
    assert len(list(searched(dataset, "khen thuong"))) == 1


@pytest.mark.parametrize(
    ("table", "row", "column", "new", "told"),
    [
        ("words", TASK, "text", "x", "one of documents"),
        ("evidence", TASK, "text", "x", "one of documents"),
        ("tasks", "none", "text", "x", "no row none"),
        ("tasks", TASK, "task_id", "x", "no column 'task_id'"),
        ("tasks", TASK, "document_id", "x", "no column"),
        ("tasks", TASK, "kind", "order", "one of directive"),
        ("sections", TASK, "page", "two", "type integer"),
        ("documents", "0123456789ab", "needs_review", "perhaps", "type boolean"),
    ],
)
def test_what_cannot_be_right_is_told(dataset: Path, table: str, row: str, column: str, new: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told):
        put(dataset, table, row, column, new)
    with closing(sqlite3.connect(dataset)) as db:
        assert db.execute("SELECT count(*) FROM corrections").fetchone() == (0,)


def test_a_body_that_is_none_leaves_the_dataset_as_it_was(dataset: Path) -> None:
    with pytest.raises(StoreError, match="FOREIGN KEY"):
        put(dataset, "assignments", "0123456789ab:assignment:1", "body_id", "nobody")
    assert value(dataset, "assignments", "0123456789ab:assignment:1", "body_id") == "phong-noi-vu-quan-x"


def test_no_dataset(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="sohoa digitise"):
        put(tmp_path / "none", "dates", DATE, "ends", "2021-04-05")


def test_the_command(dataset: Path) -> None:
    args = ["correct", "dates", DATE, "ends", "2021-04-05", "--who", "Hoa", "-o", str(dataset.parent)]
    found: Any = CliRunner().invoke(app, args)
    assert found.stdout.strip() == f"{DATE} ends: 2021-04-04 -> 2021-04-05"
    found = CliRunner().invoke(app, [*args[:4], "--who", "Hoa", "-o", str(dataset.parent)])
    assert found.stdout.strip() == f"{DATE} ends: 2021-04-05 -> nothing"
