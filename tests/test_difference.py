"""`sohoa diff`: what changed is told, what only moved or was renumbered is not."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.exports.dataset import Dataset
from pipeline.exports.difference import Change, changes
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Body, Decree
from pipeline.tables import decree_rows
from pipeline.types import Found

CODE = "12/KH-UBND"


def saved(path: Path, *decrees: Decree, version: str = "1") -> Dataset:
    export_sqlite([decree_rows(d, config="{}", version=version) for d in decrees], path)
    return Dataset(path)


def difference(decree: Decree, other: Decree, folder: Path) -> list[Change]:
    old = saved(folder / "old.sqlite", decree)
    return list(changes(old, saved(folder / "new.sqlite", other, version="2")))


def test_a_newer_run_that_says_the_same_changes_nothing(decree: Decree, tmp_path: Path) -> None:
    assert difference(decree, decree, tmp_path) == []


def test_a_date_more_at_the_head_changes_no_deadline(decree: Decree, tmp_path: Path) -> None:
    (due,) = decree.dates
    dates = (replace(due, role="reference", text=Found("ngày 1X/3/2021", due.text.span)), due)
    (task,) = decree.tasks
    later = replace(task, deadlines=(replace(task.deadlines[0], date=1),))
    assert difference(decree, replace(decree, dates=dates, tasks=(later,)), tmp_path) == []


def test_who_and_when(decree: Decree, tmp_path: Path) -> None:
    (task,) = decree.tasks
    lead = replace(task.assignments[0], body="Phòng Kinh tế quận X")
    due = replace(decree.dates[0], ends="2021-04-05")
    other = replace(
        decree,
        dates=(due,),
        tasks=(replace(task, assignments=(lead,)),),
        bodies=(*decree.bodies, Body("Phòng Kinh tế quận X", "phòng", parent="Ủy ban nhân dân quận X")),
    )
    when = "trước ngày 05/4/2021"
    found = difference(decree, other, tmp_path)
    assert Change(CODE, "assignment", "1", "lead: Phòng Nội vụ quận X", "lead: Phòng Kinh tế quận X") in found
    assert Change(CODE, "deadline", "1", f"{when}; 2021-04-04", f"{when}; 2021-04-05") in found
    assert [c.key for c in found if c.kind == "body"] == ["Phòng Kinh tế quận X"]
    assert len(found) == 3


def test_a_task_that_is_gone_takes_what_hangs_on_it(decree: Decree, tmp_path: Path) -> None:
    found = difference(decree, replace(decree, tasks=()), tmp_path)
    assert {(c.kind, c.new) for c in found} == {("task", None), ("assignment", None), ("deadline", None)}


def test_header_and_documents(decree: Decree, tmp_path: Path) -> None:
    code = replace(decree.header, code=Found("13/KH-UBND", decree.header.code.span if decree.header.code else None))
    assert [(c.kind, c.key, c.old, c.new) for c in difference(decree, replace(decree, header=code), tmp_path)] == [
        ("header", "code", CODE, "13/KH-UBND")
    ]
    doc = replace(decree.document, id="c" * 12, sha256="c" * 64, source="more.pdf")
    more = saved(tmp_path / "more.sqlite", decree, replace(decree, document=doc))
    assert list(changes(Dataset(tmp_path / "old.sqlite"), more)) == [
        Change(CODE, "document", "c" * 12, None, "more.pdf")
    ]


def test_the_command(decree: Decree, tmp_path: Path) -> None:
    for name, some in (("old", decree), ("new", replace(decree, tasks=()))):
        saved(tmp_path / name / "dataset.sqlite", some)
    found: Any = CliRunner().invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "new"), "--format", "json"])
    assert {row["kind"] for row in json.loads(found.stdout)} == {"task", "assignment", "deadline"}
    missing: Any = CliRunner().invoke(app, ["diff", str(tmp_path / "old"), str(tmp_path / "none")])
    assert "there is no dataset" in str(missing.exception)


@pytest.mark.parametrize("kind", ["sections", "citations"])
def test_every_kind_is_compared(decree: Decree, tmp_path: Path, kind: str) -> None:
    without: dict[str, Any] = {kind: (), "tasks": (), "dates": ()}
    found = difference(decree, replace(decree, **without), tmp_path)
    assert kind.rstrip("s") in {c.kind for c in found}
