"""Search without marks, and saved questions."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ConfigError, StoreError, UnreadableSource
from pipeline.exports import search
from pipeline.exports.questions import ask, question, questions
from pipeline.exports.search import asked, searched
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Decree
from pipeline.tables import decree_rows

TEXT = "Đẩy mạnh phong trào thi đua, khen thưởng của quận"


@pytest.fixture
def dataset(decree: Decree, tmp_path: Path) -> Path:
    """Two documents; in the first, one section with `TEXT`."""
    path = tmp_path / "dataset.sqlite"
    for sha in "ab":
        save(decree, path, sha, TEXT if sha == "a" else "Nạo vét kênh mương")
    return path


def save(decree: Decree, path: Path, sha: str, text: str) -> None:
    doc = replace(decree.document, sha256=sha * 64, id=sha * 12)
    rows = dict(decree_rows(replace(decree, document=doc), config="{}", version="1"))
    first, *others = rows["sections"]
    rows["sections"] = [{**first, "text": text}, *others]
    export_sqlite([rows], path)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("khen thuong", True),
        ("khen thưởng", True),
        ("KHEN THUONG", True),
        ("day manh", True),
        ("đẩy mạnh", True),
        ('"thi dua khen thuong"', True),
        ('"khen thi dua"', False),
        ("thuong khen", True),
        ("thuon*", True),
        ("thuon", False),
        ("khen kenh", False),
        ("khen AND", False),  # no word is a command
        ("phong-trao", True),
        ("quận)", True),
    ],
)
def test_words_without_marks(dataset: Path, words: str, found: bool) -> None:
    assert [hit.text for hit in searched(dataset, words)] == ([TEXT] if found else [])


@given(st.text())
def test_whatever_is_typed_is_a_question_or_told(words: str) -> None:
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE search USING fts5(words)")
        try:
            db.execute("SELECT * FROM search WHERE search MATCH ?", (asked(words),))
        except ConfigError:
            assert True


def test_a_subject_is_found_too(dataset: Path) -> None:
    with closing(sqlite3.connect(dataset)) as db:
        (subject, code) = db.execute("SELECT subject, code FROM documents").fetchone()
    hits = list(searched(dataset, f'"{subject or code}"'))
    assert {hit.document_id[0] for hit in hits} == {"a", "b"}
    assert {hit.path for hit in hits} == {None}


def test_a_document_replaced_is_searched_anew(decree: Decree, dataset: Path) -> None:
    save(decree, dataset, "a", "Nghiệm thu đập")
    assert list(searched(dataset, "khen thuong")) == []
    assert [h.document_id[0] for h in searched(dataset, "nghiem thu dap")] == ["a"]
    assert [h.document_id[0] for h in searched(dataset, "kenh muong")] == ["b"]
    with closing(sqlite3.connect(dataset)) as db:
        (entries,) = db.execute("SELECT count(*) FROM search").fetchone()
        (spans,) = db.execute("SELECT sum(last - first + 1) FROM searched").fetchone()
    assert entries == spans


def test_a_dataset_of_an_older_version_gains_the_index(decree: Decree, dataset: Path) -> None:
    with closing(sqlite3.connect(dataset)) as db, db:
        db.execute("DROP TABLE search")
        db.execute("DROP TABLE searched")
    save(decree, dataset, "c", "Nghiệm thu đập")
    assert len(list(searched(dataset, "khen thuong"))) == 1


def test_nothing_to_search(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no word"):
        list(searched(dataset, '"" -'))
    with pytest.raises(UnreadableSource, match="sohoa digitise"):
        list(searched(tmp_path / "none", "khen"))
    (tmp_path / "text").write_text("text\n" * 999)
    with pytest.raises(StoreError, match="not a database"):
        list(searched(tmp_path / "text", "khen"))


@pytest.mark.parametrize("name", questions())
def test_every_saved_question_can_be_asked(dataset: Path, name: str) -> None:
    found = ask(dataset, questions()[name], questions()[name].values({}, date(2021, 5, 9)))
    assert len(found.columns) > 2
    assert all(len(row) == len(found.columns) for row in found.rows)


def test_answers(dataset: Path) -> None:
    due = questions()["due"]
    found = ask(dataset, due, due.values({"from": "2021-04-01", "to": "2021-04-30"}, date(2021, 5, 9)))
    assert {row[0] for row in found.rows} == {"2021-04-04"}
    none = ask(dataset, due, due.values({}, date(2022, 5, 9)))
    assert none.rows == ()
    twins = ask(dataset, questions()["twins"], {})
    assert [row[2] for row in twins.rows] == [2]


@pytest.mark.parametrize(
    ("day", "begins", "ends"),
    [
        (date(2021, 1, 1), "2021-01-01", "2021-03-31"),
        (date(2021, 5, 9), "2021-04-01", "2021-06-30"),
        (date(2021, 12, 31), "2021-10-01", "2021-12-31"),
    ],
)
def test_the_quarter_of_a_day(day: date, begins: str, ends: str) -> None:
    assert questions()["due"].values({}, day) == {"from": begins, "to": ends}


def run(*args: object) -> Any:
    return CliRunner().invoke(app, [str(a) for a in args])


def test_the_command_answers_in_each_form(dataset: Path) -> None:
    where = ("-o", dataset.parent)
    assert "overdue" in run("query").stdout
    table = run("query", "of", "body=nội vụ", *where).stdout
    assert "Phòng Nội" in table
    read = list(csv.DictReader(io.StringIO(run("query", "of", "body=nội vụ", "--format", "csv", *where).stdout)))
    told = json.loads(run("query", "of", "body=nội vụ", "--format", "json", *where).stdout)
    assert [r["task"] for r in read] == [r["task"] for r in told]
    assert read
    assert json.loads(run("query", "SELECT 1 AS one", "--format", "json", *where).stdout) == [{"one": 1}]
    assert json.loads(run("search", "khen thuong", "--format", "json", *where).stdout)[0]["text"] == TEXT


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("nonsense",), "one of due"),
        (("due", "till=2021"), "it takes from=..., to=..."),
        (("due", "2021"), "name=value"),
        (("SELECT none FROM documents",), "no such column"),
        (("SELECT 1; DROP TABLE tasks",), "one statement"),
        (("WITH x AS (SELECT 1) DELETE FROM tasks",), "readonly"),
    ],
)
def test_questions_that_cannot_be_asked(dataset: Path, args: tuple[str, ...], told: str) -> None:
    found = run("query", *args, "-o", dataset.parent)
    assert told in str(found.exception)
    assert question("due")


def test_words_that_stand_everywhere_are_found_all_the_same(dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WEIGHED", 1)
    assert {hit.document_id[0] for hit in searched(dataset, '"12/KH"')} == {"a", "b"}
    assert [hit.text for hit in searched(dataset, "khen thuong")] == [TEXT]
