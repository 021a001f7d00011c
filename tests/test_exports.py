"""Every export read back by a foreign program gives the same rows."""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import openpyxl
import pandas as pd
import pytest
from frictionless import Package
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import ConfigError, MissingProgram, StoreError, UnreadableSource
from pipeline.exports import needed, xlsx
from pipeline.exports.copy import export_copy
from pipeline.exports.csv import export_csv, export_csv_for_excel
from pipeline.exports.dataset import Dataset
from pipeline.exports.jsonl import export_jsonl
from pipeline.exports.parquet import export_parquet
from pipeline.exports.sqlite import add_run, export_sqlite
from pipeline.exports.xlsx import export_xlsx
from pipeline.records import Decree
from pipeline.registry import names as parts
from pipeline.schema import TABLES, Row, columns, table
from pipeline.tables import decree_rows

Export = Callable[[Dataset, str], None]
RUN: Row = {
    "run_id": "r1", "started": "2021-03-18T08:00:00+07:00", "config": "{}", "versions": "{}", "pages_in": 6,
    "pages_out": 6, "seconds": 1.5, "errors": 0,
}  # fmt: skip


@pytest.fixture
def dataset(decree: Decree, tmp_path: Path) -> Dataset:
    """Three documents, written in another order than that of their ids, and a run."""
    path = tmp_path / "dataset.sqlite"
    for sha in ("c", "a", "b"):
        doc = replace(decree.document, sha256=sha * 64, id=sha * 12, source=f'"=1+1", {sha}\n.pdf')
        export_sqlite([decree_rows(replace(decree, document=doc), config="{}", version="1")], path)
    add_run(RUN, path)
    return Dataset(path)


def rows(dataset: Dataset, name: str) -> list[Row]:
    return list(dataset.rows(table(name)))


def test_rows_come_by_document_and_are_typed(dataset: Dataset) -> None:
    assert [r["document_id"] for r in rows(dataset, "documents")] == ["a" * 12, "b" * 12, "c" * 12]
    assert {type(r["is_group"]) for r in rows(dataset, "bodies")} == {bool}
    with closing(sqlite3.connect(dataset.path)) as db:
        for t in TABLES:
            (count,) = db.execute(f'SELECT count(*) FROM "{t.name}"').fetchone()
            assert len(rows(dataset, t.name)) == count


def test_documents_hold_the_same_rows_as_tables(dataset: Dataset) -> None:
    whole = list(dataset.documents())
    for t in TABLES:
        if t.name not in ("bodies", "runs"):
            assert [r for d in whole for r in d[t.name]] == rows(dataset, t.name)
    assert all(d["bodies"] == rows(dataset, "bodies") for d in whole)


def test_some_documents(dataset: Dataset) -> None:
    some = Dataset(dataset.path, f"document_id > '{'a' * 12}'")
    assert len(rows(some, "documents")) == 2
    assert {r["document_id"] for r in rows(some, "tasks")} == {"b" * 12, "c" * 12}
    none = Dataset(dataset.path, "issuer = 'Sở Y tế'")
    assert [rows(none, t.name) for t in TABLES if t.name != "runs"] == [[]] * (len(TABLES) - 1)
    assert list(none.documents()) == []


def test_a_citation_of_what_was_not_picked_points_to_nothing(dataset: Dataset, tmp_path: Path) -> None:
    with closing(sqlite3.connect(dataset.path)) as db, db:
        db.execute("UPDATE citations SET cited_document_id = ?", ("c" * 12,))
    some = Dataset(dataset.path, f"document_id = '{'a' * 12}'")
    assert {r["cited_document_id"] for r in rows(some, "citations")} == {None}
    assert {r["cited_document_id"] for r in rows(dataset, "citations")} == {"c" * 12}
    export_copy(some, str(tmp_path / "copy.sqlite"))
    assert rows(Dataset(tmp_path / "copy.sqlite"), "citations") == rows(some, "citations")


@pytest.mark.parametrize(("export", "encoding"), [(export_csv, "utf-8"), (export_csv_for_excel, "utf-8-sig")])
def test_csv(dataset: Dataset, tmp_path: Path, export: Export, encoding: str) -> None:
    export(dataset, str(tmp_path / "out"))
    assert (tmp_path / "out/bodies.csv").read_bytes().startswith(b"\xef\xbb\xbf") == (encoding == "utf-8-sig")
    for t in TABLES:
        read = pd.read_csv(tmp_path / "out" / f"{t.name}.csv", dtype=str, keep_default_na=False, encoding=encoding)
        assert tuple(read.columns) == columns(t.name)
        assert read.to_dict("records") == [
            {n: "" if v is None else str(v).lower() if isinstance(v, bool) else str(v) for n, v in row.items()}
            for row in rows(dataset, t.name)
        ]


def test_the_data_package_is_valid_down_to_its_foreign_keys(dataset: Dataset, tmp_path: Path) -> None:
    export_csv(dataset, str(tmp_path / "out"))
    report = Package(str(tmp_path / "out/datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])
    described = json.loads((tmp_path / "out/datapackage.json").read_text("utf8"))
    assert all(f["description"] for r in described["resources"] for f in r["schema"]["fields"])


def test_frictionless_finds_a_row_that_points_nowhere(dataset: Dataset, tmp_path: Path) -> None:
    export_csv(dataset, str(tmp_path / "out"))
    path = tmp_path / "out/tasks.csv"
    with path.open(newline="") as file:
        found = list(csv.reader(file))
    found[1][columns("tasks").index("section_id")] = "nowhere"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows(found)
    report = Package(str(tmp_path / "out/datapackage.json")).validate()
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_parquet(dataset: Dataset, tmp_path: Path) -> None:
    export_parquet(dataset, str(tmp_path / "out"))
    for t in TABLES:
        read = duckdb.execute(f"SELECT * FROM '{tmp_path}/out/{t.name}.parquet'")
        names = tuple(d[0] for d in read.description or ())
        assert names == columns(t.name)
        assert [dict(zip(names, row, strict=True)) for row in read.fetchall()] == rows(dataset, t.name)
    card = (tmp_path / "out/README.md").read_text("utf8")
    assert card.startswith("---\nlanguage:\n- vi\n")
    assert "| `documents` | 3 |" in card


@pytest.mark.parametrize("export", [export_csv, export_parquet, export_jsonl])
def test_the_same_dataset_gives_the_same_bytes(dataset: Dataset, tmp_path: Path, export: Export) -> None:
    export(dataset, str(tmp_path / "one"))
    export(dataset, str(tmp_path / "two"))
    export(dataset, str(tmp_path / "two"))
    made = [{p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert made[0] == made[1]
    assert made[0]


def test_jsonl(dataset: Dataset, tmp_path: Path) -> None:
    export_jsonl(dataset, str(tmp_path / "out"))
    schema = json.loads((tmp_path / "out/documents.schema.json").read_text("utf8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    read = [json.loads(line) for line in (tmp_path / "out/documents.jsonl").read_text("utf8").splitlines()]
    for document in read:
        jsonschema.validate(document, schema)
    assert [d["document"] for d in read] == rows(dataset, "documents")
    assert [r for d in read for r in d["evidence"]] == rows(dataset, "evidence")
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**read[0], "pages": 3}, schema)


def test_xlsx(dataset: Dataset, tmp_path: Path) -> None:
    export_xlsx(dataset, str(tmp_path / "out.xlsx"))
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["columns", *(t.name for t in TABLES)]
    for t in TABLES:
        sheet = book[t.name]
        head, *read = sheet.iter_rows(values_only=True)
        assert head == columns(t.name)
        assert [dict(zip(head, row, strict=True)) for row in read] == rows(dataset, t.name)
        assert sheet.freeze_panes == "A2"
        assert all(8 <= d.width <= 62 for d in sheet.column_dimensions.values())


def test_text_like_a_formula_stays_text_in_a_workbook(dataset: Dataset, tmp_path: Path) -> None:
    with closing(sqlite3.connect(dataset.path)) as db, db:
        db.execute("UPDATE sections SET text = '=HYPERLINK(1)'")
    export_xlsx(dataset, str(tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["sections"]
    cell = sheet.cell(2, columns("sections").index("text") + 1)
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")


def test_a_table_too_long_for_a_sheet(dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 20)
    with pytest.raises(StoreError, match=r"more than 20 rows.*--where"):
        export_xlsx(dataset, str(tmp_path / "out.xlsx"))
    assert list(tmp_path.glob("*.xlsx")) == []


@pytest.fixture
def blocked(tmp_path: Path) -> Path:
    """A name under a file, where nothing can be made, whoever one is."""
    (tmp_path / "file").write_bytes(b"")
    return tmp_path / "file" / "out"


@pytest.mark.parametrize("export", [export_csv, export_parquet, export_jsonl, export_xlsx, export_copy])
def test_what_cannot_be_written_is_told(dataset: Dataset, blocked: Path, export: Export) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        export(dataset, str(blocked))


def test_what_fails_leaves_the_older_export(dataset: Dataset, tmp_path: Path) -> None:
    export_csv(dataset, str(tmp_path / "out"))
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    with closing(sqlite3.connect(dataset.path)) as db, db:
        db.execute("DROP TABLE table_cells")
        db.execute("DELETE FROM citations")
    with pytest.raises(StoreError, match="another version"):
        export_csv(dataset, str(tmp_path / "out"))
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


def test_a_condition_that_is_none(dataset: Dataset) -> None:
    with pytest.raises(ConfigError, match="no such column: isuer"):
        list(Dataset(dataset.path, "isuer = 1").documents())


def test_a_dataset_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="sohoa digitise"):
        list(Dataset(tmp_path / "none").documents())
    (tmp_path / "text").write_text("text\n" * 999)
    with pytest.raises(StoreError, match="not a database"):
        list(Dataset(tmp_path / "text").documents())


def test_a_library_that_is_not_installed() -> None:
    with pytest.raises(MissingProgram, match=r"sohoa\[exports\]"):
        needed.needed("no_such_library.part")


def export(*args: object) -> Any:
    return CliRunner().invoke(app, ["export", *map(str, args)])


@pytest.mark.parametrize("kind", [k for k in parts("sohoa.exports") if k not in {"postgresql", "redmine"}])
def test_the_command_writes_beside_the_dataset(dataset: Dataset, kind: str) -> None:
    found = export("--to", kind, "-o", dataset.path.parent, "--where", "pages = 2")
    assert found.exit_code == 0
    assert "3 documents ->" in found.stderr
    made = Path(found.stderr.split("-> ")[1].strip())
    assert made.is_dir() or made.stat().st_size


def test_an_export_that_is_none(dataset: Dataset) -> None:
    assert "one of csv" in str(export("--to", "word", "-o", dataset.path.parent).exception)
