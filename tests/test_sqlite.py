"""The dataset as SQLite: replaced document by document, whole or not at all."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.errors import StoreError
from pipeline.exports import sqlite_file
from pipeline.exports.listing import listed, recorded
from pipeline.exports.sqlite import add_run, export_sqlite
from pipeline.records import Decree
from pipeline.schema import TABLES, Rows, columns
from pipeline.tables import decree_rows


def rows_of(decree: Decree, *, sha256: str | None = None, version: str = "1") -> Rows:
    if sha256:
        decree = replace(decree, document=replace(decree.document, sha256=sha256, id=sha256[:12]))
    return decree_rows(decree, config="{}", version=version)


def everything(target: Path, where: str = "") -> dict[str, list[tuple[object, ...]]]:
    db = sqlite3.connect(target)
    return {
        t.name: db.execute(f'SELECT * FROM "{t.name}" {where if "document_id" in columns(t.name) else ""}').fetchall()
        for t in TABLES
    }


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out" / "dataset.sqlite"


def test_what_goes_in_comes_out(decree: Decree, target: Path) -> None:
    rows = rows_of(decree)
    export_sqlite([rows], target)
    found = everything(target)
    for name, some in rows.items():
        assert sorted(map(str, found[name])) == sorted(
            str(tuple(int(v) if isinstance(v, bool) else v for v in row.values())) for row in some
        )


def test_references_are_enforced_and_whole(decree: Decree, target: Path) -> None:
    export_sqlite([rows_of(decree)], target)
    assert sqlite3.connect(target).execute("PRAGMA foreign_key_check").fetchall() == []


def test_writing_again_changes_nothing(decree: Decree, target: Path) -> None:
    export_sqlite([rows_of(decree)], target)
    once = everything(target)
    export_sqlite([rows_of(decree)], target)
    assert everything(target) == once


def test_a_document_is_replaced_and_no_other(decree: Decree, target: Path) -> None:
    other = "f" * 64
    export_sqlite([rows_of(decree), rows_of(decree, sha256=other)], target)
    before = everything(target, f"WHERE document_id = '{other[:12]}'")
    export_sqlite([rows_of(replace(decree, tasks=(), dates=()), version="2")], target)
    assert everything(target, f"WHERE document_id = '{other[:12]}'") == before
    assert len(everything(target)["tasks"]) == 1
    assert {v for _, _, v in recorded(target)} == {"1", "2"}


def test_bodies_nobody_names_any_more_are_gone_with_their_parents(decree: Decree, target: Path) -> None:
    export_sqlite([rows_of(decree)], target)
    assert len(everything(target)["bodies"]) == 2
    export_sqlite([rows_of(replace(decree, tasks=(), recipients=(), bodies=()))], target)
    assert everything(target)["bodies"] == []


def test_a_body_keeps_what_another_document_knew_of_it(decree: Decree, target: Path) -> None:
    bare_bodies = replace(decree, bodies=())
    export_sqlite([rows_of(decree), rows_of(bare_bodies, sha256="f" * 64)], target)
    kinds = {row[0]: row[2] for row in everything(target)["bodies"]}
    assert kinds["phong-noi-vu-quan-x"] == "phòng"


def test_corrections_and_runs_outlive_a_document(decree: Decree, target: Path) -> None:
    export_sqlite([rows_of(decree)], target)
    with sqlite3.connect(target) as db:
        db.execute("INSERT INTO corrections (correction_id, document_id) VALUES ('c', ?)", (decree.id,))
    add_run(dict.fromkeys(columns("runs")) | {"run_id": "r"}, target)
    export_sqlite([rows_of(decree, version="2")], target)
    assert len(everything(target)["corrections"]) == len(everything(target)["runs"]) == 1


def test_a_citation_means_the_document_with_its_code_and_day(decree: Decree, target: Path) -> None:
    issued = replace(decree.citations[0], issued="2021-03-1X")
    export_sqlite([rows_of(replace(decree, citations=(issued, decree.citations[0])))], target)
    found = [row[-2] for row in everything(target)["citations"]]
    assert found == [decree.id, None]


def test_an_older_dataset_gets_the_columns_it_lacks(decree: Decree, target: Path) -> None:
    export_sqlite([rows_of(decree)], target)
    with sqlite3.connect(target) as db:
        db.execute("ALTER TABLE pages DROP COLUMN error")
    export_sqlite([rows_of(decree)], target)
    assert ("is damaged",) in sqlite3.connect(target).execute("SELECT error FROM pages").fetchall()


def test_documents_are_listed_by_what_people_call_them(decree: Decree, target: Path) -> None:
    assert listed(target) == ()
    export_sqlite([rows_of(decree)], target)
    assert listed(target) == ((decree.id, "test.txt", "12/KH-UBND"),)


def test_a_locked_dataset_is_told_and_stays_as_it_was(
    decree: Decree, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_sqlite([rows_of(decree)], target)
    before = everything(target)
    monkeypatch.setattr(sqlite_file, "PATIENCE", 0.05)
    with sqlite3.connect(target) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"locked.*close the program"):
            export_sqlite([rows_of(decree, version="2")], target)
    assert everything(target) == before


def test_a_failure_half_way_leaves_the_dataset_as_it_was(decree: Decree, target: Path) -> None:
    export_sqlite([rows_of(decree)], target)
    before = everything(target)
    broken = dict(rows_of(decree, sha256="f" * 64))
    broken["lines"] = [*broken["lines"], broken["lines"][0]]
    with pytest.raises(StoreError, match="UNIQUE"):
        export_sqlite([broken], target)
    assert everything(target) == before


def test_a_file_that_is_no_dataset_is_not_touched(decree: Decree, target: Path) -> None:
    target.parent.mkdir()
    target.write_text("a diary, longer than the header of a database file is" * 20)
    before = target.read_bytes()
    for action in (lambda: export_sqlite([rows_of(decree)], target), lambda: recorded(target)):
        with pytest.raises(StoreError, match="move it away"):
            action()
    assert target.read_bytes() == before


def test_a_citation_means_the_one_document_with_its_code_and_day(decree: Decree, target: Path) -> None:
    def write(sha: str, code: str, cites: str) -> None:
        rows = {name: [dict(r) for r in some] for name, some in rows_of(decree, sha256=sha * 64).items()}
        rows["documents"][0] |= {"code": code, "issued": "2021-03-18"}
        rows["citations"][0] |= {"code": cites, "issued": "2021-03-18"}
        export_sqlite([rows], target)

    def cited() -> list[tuple[str, str | None]]:
        query = "SELECT substr(document_id, 1, 1), substr(cited_document_id, 1, 1) FROM citations ORDER BY 1"
        return sqlite3.connect(target).execute(query).fetchall()

    write("a", "1/KH", "2/KH")
    assert cited() == [("a", None)]
    write("b", "2/KH", "1/KH")
    assert cited() == [("a", "b"), ("b", "a")]
    write("c", "2/KH", "9/KH")  # two of one code and day: which is meant is not told
    assert cited() == [("a", None), ("b", "a"), ("c", None)]
    write("c", "3/KH", "9/KH")
    assert cited() == [("a", "b"), ("b", "a"), ("c", None)]
