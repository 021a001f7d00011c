"""The Redmine export, on Redmine itself where Debian's package is installed, and on a server of ours that plays it.

What concerns lost networks, wrong keys and many pages is tried on the latter alone; see tests/redmine_servers.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from redmine_servers import KEY, Fake, People, fake, installed, redmine

from pipeline.errors import ConfigError, StoreError
from pipeline.exports.dataset import Dataset
from pipeline.exports.redmine import export_redmine
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Decree
from pipeline.schema import Rows
from pipeline.tables import decree_rows
from pipeline.types import Found, Span

TEXT = "Phòng Nội vụ báo cáo trước ngày 05/4/2021"


@pytest.fixture(autouse=True)
def key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOHOA_REDMINE_KEY", KEY)


@pytest.fixture
def played() -> Iterator[Fake]:
    with fake() as server:
        People(server.address).begin()
        server.writes = 0
        yield server


@pytest.fixture(scope="module")
def real() -> Iterator[str]:
    if not installed():
        pytest.skip("Redmine is not installed (apt-get install redmine-sqlite), or may not be read")
    with redmine() as address:
        yield address


@pytest.fixture(params=["played", pytest.param("real", marks=pytest.mark.slow)])
def people(request: pytest.FixtureRequest) -> People:
    """A new project of one server and of the other."""
    server = request.getfixturevalue(request.param)
    found = People(server if isinstance(server, str) else server.address)
    found.begin()
    return found


def rows_of(decree: Decree, number: int = 0, *, due: str | None = "2021-04-04", text: str = TEXT) -> Rows:
    """The rows of the small decree, as one of many."""
    sha256 = f"{number:012x}".ljust(64, "0")
    doc = replace(decree.document, id=sha256[:12], sha256=sha256)
    tasks = (replace(decree.tasks[0], text=Found(text, Span(5, 13))),)
    dates = (replace(decree.dates[0], ends=due),)
    return decree_rows(replace(decree, document=doc, tasks=tasks, dates=dates), config="{}", version="1")


def dataset(folder: Path, *rows: Rows) -> Dataset:
    (folder / "dataset.sqlite").unlink(missing_ok=True)
    export_sqlite(rows, folder / "dataset.sqlite")
    return Dataset(folder / "dataset.sqlite")


def test_an_issue_a_document_with_one_a_directive(people: People, decree: Decree, tmp_path: Path) -> None:
    table = tmp_path / "ai.csv"
    table.write_text("body,user_id\nphòng nội vụ  quận X,1\n", "utf-8-sig")
    export_redmine(dataset(tmp_path, rows_of(decree)), f"{people.target}?assignees={table}")
    document, task = people.issues()
    assert document["subject"] == "12/KH-UBND (2021-03-1X)"
    assert document["start_date"] is None  # Redmine reckons its due day from the issues below
    assert (task["subject"], task["parent"]["id"]) == (TEXT, document["id"])
    assert (task["start_date"], task["due_date"]) == (None, "2021-04-04")
    assert task["assigned_to"]["id"] == 1
    lines = task["description"].splitlines()
    assert "Chủ trì: Phòng Nội vụ quận X" in lines
    assert "Căn cứ: 12/KH-UBND (2021-03-1X), mục 1, trang 1" in lines
    assert lines[-1].startswith("sohoa: 000000000000:1 ")


def test_twice_writes_nothing(people: People, decree: Decree, tmp_path: Path) -> None:
    data = dataset(tmp_path, rows_of(decree), rows_of(decree, 1))
    export_redmine(data, people.target)
    before = people.issues()
    export_redmine(data, f"{people.target}/issues")
    assert len(before) == 4
    assert people.issues() == before


def test_what_people_changed_stays(people: People, decree: Decree, tmp_path: Path) -> None:
    export_redmine(dataset(tmp_path, rows_of(decree)), people.target)
    _, task = people.issues()
    said = "Đã gia hạn.\r\n" + task["description"] + "\r\nXem văn bản trả lời."
    mine = {"subject": "Báo cáo của Phòng", "due_date": "2021-05-01", "description": said}
    people.change(task["id"], status_id=5, assigned_to_id=1, **mine)
    changed = people.issues()
    export_redmine(dataset(tmp_path, rows_of(decree)), people.target)
    assert people.issues() == changed

    export_redmine(dataset(tmp_path, rows_of(decree, text=f"{TEXT} và 01/5/2021")), people.target)
    _, now = people.issues()
    assert now["subject"] == f"{TEXT} và 01/5/2021"  # changed in the dataset, so written
    assert (now["due_date"], now["status"]["id"], now["assigned_to"]["id"]) == ("2021-05-01", 5, 1)


def test_what_the_dataset_changed_is_written(people: People, decree: Decree, tmp_path: Path) -> None:
    export_redmine(dataset(tmp_path, rows_of(decree)), people.target)
    _, task = people.issues()
    people.change(task["id"], description=f"Ghi chú\n{task['description']}")
    later = dataset(tmp_path, rows_of(decree, due="2021-06-30"), rows_of(decree, 1, due=None))
    export_redmine(later, people.target)
    _, now, _, new = people.issues()
    assert (now["due_date"], new["due_date"]) == ("2021-06-30", None)
    assert now["description"].startswith("Ghi chú")
    before = people.issues()
    export_redmine(later, people.target)
    assert people.issues() == before


def test_a_refused_issue_does_not_hold_up_others(people: People, decree: Decree, tmp_path: Path) -> None:
    table = tmp_path / "ai.csv"
    table.write_text("body;user_id\nPhòng Nội vụ quận X;99\n", "utf8")
    data = dataset(tmp_path, rows_of(decree), rows_of(decree, 1))
    with pytest.raises(
        StoreError, match=r"“Phòng Nội vụ .*” \(Assignee is invalid\), and 1 more .*; 2 issues were"
    ) as told:
        export_redmine(data, f"{people.target}?assignees={table}")
    assert "\n" not in str(told.value)
    export_redmine(data, people.target)
    assert [("parent" in issue) for issue in people.issues()] == [False, False, True, True]


def test_wrong_keys_and_projects(
    people: People, decree: Decree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dataset(tmp_path, rows_of(decree))
    with pytest.raises(StoreError, match=r"404 .*check the address"):
        export_redmine(data, f"{people.address}/projects/khong-co")
    monkeypatch.setenv("SOHOA_REDMINE_KEY", "sai")
    with pytest.raises(StoreError, match=r"401 .*check SOHOA_REDMINE_KEY") as told:
        export_redmine(data, people.target)
    assert "sai" not in str(told.value)
    assert not people.issues()


def test_many_issues_are_listed_page_by_page(played: Fake, decree: Decree, tmp_path: Path) -> None:
    data = dataset(tmp_path, *(rows_of(decree, n) for n in range(130)))
    export_redmine(data, f"{played.address}/projects/nhiem-vu")
    assert len(played.issues) == played.writes == 260
    played.issues[7]["status"] = {"id": 5}
    export_redmine(data, f"{played.address}/projects/nhiem-vu/")
    assert played.writes == 260


@pytest.mark.parametrize("left", range(6))
def test_a_lost_network_loses_nothing(played: Fake, decree: Decree, tmp_path: Path, left: int) -> None:
    data = dataset(tmp_path, *(rows_of(decree, n) for n in range(3)))
    played.left = left
    with pytest.raises(StoreError, match=f"cannot be reached .*, after {left} issues were written: check network"):
        export_redmine(data, f"{played.address}/projects/nhiem-vu")
    played.left = None
    export_redmine(data, f"{played.address}/projects/nhiem-vu")
    assert len(played.issues) == played.writes == 6


def test_long_subjects_are_cut(played: Fake, decree: Decree, tmp_path: Path) -> None:
    header = replace(decree.header, subject=Found("về việc " * 60, Span(0, 2)))
    export_redmine(dataset(tmp_path, rows_of(replace(decree, header=header))), f"{played.address}/projects/nhiem-vu")
    assert len(played.issues[1]["subject"]) == 255
    assert "về việc " * 59 in played.issues[1]["description"]


def test_an_issue_copied_by_people_is_not_the_tasks(played: Fake, decree: Decree, tmp_path: Path) -> None:
    target = f"{played.address}/projects/nhiem-vu"
    export_redmine(dataset(tmp_path, rows_of(decree)), target)
    played.issues[3] = played.issues[2] | {"id": 3}
    export_redmine(dataset(tmp_path, rows_of(decree, due="2021-06-30")), target)
    assert [issue["due_date"] for issue in played.issues.values()] == [None, "2021-06-30", "2021-04-04"]


@pytest.mark.parametrize(
    ("target", "problem"),
    [
        ("outputs/redmine", "is no project"),
        ("https://redmine.example.vn", "is no project"),
        ("https://an:mat-khau@redmine.example.vn/projects/a", "is no project"),
        ("https://redmine.example.vn/projects/a?key=1", "is no project"),
        ("https://redmine.example.vn/projects/a?assignees=khong-co.csv", r"khong-co.csv cannot be read \(No such"),
    ],
)
def test_targets_that_are_none(decree: Decree, tmp_path: Path, target: str, problem: str) -> None:
    with pytest.raises(ConfigError, match=problem) as told:
        export_redmine(dataset(tmp_path, rows_of(decree)), target)
    assert "mat-khau" not in str(told.value)


@pytest.mark.parametrize("text", ["ten,so\na,1\n", "body,user_id\na,An\n", "body,user_id\na\n"])
def test_tables_of_assignees_that_are_none(decree: Decree, tmp_path: Path, text: str) -> None:
    (tmp_path / "ai.csv").write_text(text, "utf8")
    with pytest.raises(ConfigError, match=r"ai.csv is no table"):
        export_redmine(dataset(tmp_path, rows_of(decree)), f"https://a.vn/projects/a?assignees={tmp_path / 'ai.csv'}")


@pytest.mark.parametrize("value", ["", " ", "khoá", "a\nb"])
def test_keys_that_are_none(decree: Decree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOHOA_REDMINE_KEY", value)
    with pytest.raises(ConfigError, match="SOHOA_REDMINE_KEY is not set"):
        export_redmine(dataset(tmp_path, rows_of(decree)), "https://a.vn/projects/a")
