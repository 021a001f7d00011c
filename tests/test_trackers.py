"""Exports for calendars and task lists, read back by the programs' own libraries."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import icalendar
import openpyxl
import pytest

from pipeline.exports import trackers
from pipeline.exports.dataset import Dataset
from pipeline.exports.ical import export_ical
from pipeline.exports.items import Due, Item, items, shortened
from pipeline.exports.sqlite import export_sqlite
from pipeline.exports.trackers import export_gitlab, export_jira, export_openproject, export_sheet
from pipeline.records import DateMention, Decree
from pipeline.schema import Rows
from pipeline.tables import decree_rows
from pipeline.types import Found, Span

Export = Callable[[Dataset, str], None]
TEXT = "Phòng Nội vụ báo cáo trước ngày 05/4/2021"


def rows_of(decree: Decree, *, printed: str = "trước ngày 05/4/2021", **when: Any) -> Rows:
    """The rows of the small decree, its one due time as given."""
    due = replace(decree.dates[0], text=Found(printed, Span(10, 13)), **when)
    return decree_rows(replace(decree, dates=(due,)), config="{}", version="1")


def dataset(rows: Rows, folder: Path) -> Dataset:
    export_sqlite([rows], folder / "dataset.sqlite")
    return Dataset(folder / "dataset.sqlite")


def components(decree: Decree, folder: Path, **when: Any) -> dict[str, Any]:
    """The calendar's components by UID."""
    export_ical(dataset(rows_of(decree, **when), folder), str(folder / "out.ics"))
    calendar: Any = icalendar.Calendar.from_ical((folder / "out.ics").read_bytes())
    return {str(c["UID"]): c for c in calendar.subcomponents}


def test_an_item_tells_who_and_when_and_where(decree: Decree) -> None:
    (item,) = items(rows_of(decree))
    assert (item.uid, item.title, item.text) == ("0123456789ab:1", TEXT, TEXT)
    assert (item.lead, item.others) == (("Phòng Nội vụ quận X",), ())
    assert [(d.starts, d.ends, d.printed) for d in item.due] == [(None, "2021-04-04", "trước ngày 05/4/2021")]
    assert (item.source, item.path, item.page) == ("12/KH-UBND (2021-03-1X)", "1", 1)


@pytest.mark.parametrize(
    ("due", "days"),
    [
        ([("2021-04-01", "2021-04-30")], ("2021-04-01", "2021-04-30")),
        ([("2021-04-01", None)], (None, None)),
        ([("2021-04-10", "2021-04-30"), (None, "2021-04-05")], (None, "2021-04-05")),
    ],
)
def test_the_days_that_trackers_take(decree: Decree, due: list[tuple[Any, Any]], days: tuple[Any, Any]) -> None:
    (item,) = items(rows_of(decree))
    item = replace(item, due=tuple(Due(starts, ends, None, "") for starts, ends in due))
    assert (item.first, item.last) == days


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Nạo vét kênh.", "Nạo vét kênh"),
        ("Nạo vét kênh trước mùa mưa. Kinh phí từ ngân sách.", "Nạo vét kênh trước mùa mưa"),
        ("Giao Phòng Kinh tế: nạo vét kênh", "Giao Phòng Kinh tế"),
        ("kênh " * 60, "kênh " * 22 + "kênh…"),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert shortened(text) == title
    assert len(shortened(text)) <= 120


def test_a_task_is_a_to_do_with_its_due_day_and_an_alarm(decree: Decree, tmp_path: Path) -> None:
    (todo,) = components(decree, tmp_path).values()
    assert (todo.name, str(todo["UID"])) == ("VTODO", "0123456789ab:1@sohoa")
    assert todo["DUE"].dt == date(2021, 4, 4)
    assert todo["DTSTAMP"].dt.date() == date(2021, 3, 10)  # the first day that `2021-03-1X` can be
    assert "DTSTART" not in todo
    assert str(todo["CONTACT"]) == "Phòng Nội vụ quận X"
    assert "Căn cứ: 12/KH-UBND (2021-03-1X), mục 1, trang 1" in str(todo["DESCRIPTION"])
    (alarm,) = todo.subcomponents
    assert alarm["TRIGGER"].dt == timedelta(days=-7)


def test_what_recurs_has_a_rule_and_a_first_day(decree: Decree, tmp_path: Path) -> None:
    when = {"kind": "recurring", "ends": None, "rrule": "FREQ=MONTHLY;BYMONTHDAY=15", "printed": "ngày 15 hằng tháng"}
    (todo,) = components(decree, tmp_path, **when).values()
    assert todo["RRULE"] == {"FREQ": ["MONTHLY"], "BYMONTHDAY": [15]}
    assert todo["DTSTART"].dt == date(2021, 3, 10)
    assert "DUE" not in todo


def test_what_has_no_day_is_a_to_do_all_the_same(decree: Decree, tmp_path: Path) -> None:
    (todo,) = components(decree, tmp_path, kind="ongoing", ends=None, printed="thường xuyên").values()
    assert not {"DUE", "DTSTART", "RRULE"} & set(todo)
    assert "Thời hạn: thường xuyên" in str(todo["DESCRIPTION"])


def test_an_event_ends_the_day_after_its_last(decree: Decree, tmp_path: Path) -> None:
    when = DateMention(
        Found("ngày 19/5/2021", Span(10, 13)), "date", "event", None, "2021-05-19", "2021-05-19", None, 0
    )
    other = replace(decree, tasks=(), dates=(when,))
    export_ical(
        dataset(decree_rows(other, config="{}", version="1"), tmp_path),
        str(tmp_path / "out.ics"),
    )
    found: list[Any] = icalendar.Calendar.from_ical((tmp_path / "out.ics").read_bytes()).subcomponents
    (event,) = found
    assert (event.name, event["DTSTART"].dt, event["DTEND"].dt) == ("VEVENT", date(2021, 5, 19), date(2021, 5, 20))
    assert str(event["UID"]) == "0123456789ab:date:1@sohoa"


@pytest.mark.parametrize("export", [export_ical, export_gitlab, export_openproject])
def test_twice_the_same(decree: Decree, tmp_path: Path, export: Export) -> None:
    data = dataset(rows_of(decree), tmp_path)
    for name in ("one", "two"):
        export(data, str(tmp_path / name))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file))


def test_gitlab_takes_title_description_and_due_date(decree: Decree, tmp_path: Path) -> None:
    export_gitlab(dataset(rows_of(decree), tmp_path), str(tmp_path / "out.csv"))
    (row,) = read(tmp_path / "out.csv")
    assert list(row) == ["title", "description", "due_date"]
    assert (row["title"], row["due_date"]) == (TEXT, "2021-04-04")
    assert row["description"].startswith(f"{TEXT}\n\nChủ trì: Phòng Nội vụ quận X\nThời hạn: trước ngày 05/4/2021\n")


def test_openproject_takes_the_columns_of_its_form(decree: Decree, tmp_path: Path) -> None:
    when = {"kind": "range", "starts": "2021-04-01", "printed": "từ 01/4 đến 04/4/2021"}
    export_openproject(dataset(rows_of(decree, **when), tmp_path), str(tmp_path / "out.csv"))
    (row,) = read(tmp_path / "out.csv")
    assert (row["Subject"], row["Start date"], row["Finish date"]) == (TEXT, "2021-04-01", "2021-04-04")


def test_jira_takes_so_many_rows_a_file(decree: Decree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "JIRA_ROWS", 2)
    tasks = decree.tasks * 5
    sections = tuple(replace(decree.sections[0], path=str(n)) for n in range(1, 6))
    many = replace(decree, sections=sections, tasks=tuple(replace(t, section=n) for n, t in enumerate(tasks)))
    export_jira(dataset(decree_rows(many, config="{}", version="1"), tmp_path), str(tmp_path / "jira"))
    files = sorted((tmp_path / "jira").iterdir())
    assert [len(read(f)) for f in files] == [2, 2, 1]
    every = [row for f in files for row in read(f)]
    assert [row["External issue ID"] for row in every] == [f"0123456789ab:{n}" for n in range(1, 6)]
    assert {row["Summary"] for row in every} == {TEXT}
    assert all(not set(name) & set(".,;:-_") for name in every[0])


@pytest.mark.parametrize(
    ("when", "due"),
    [
        ({}, date(2021, 4, 4)),
        ({"kind": "recurring", "ends": None, "rrule": "FREQ=YEARLY", "printed": "hằng năm"}, "hằng năm"),
        ({"kind": "ongoing", "ends": None, "printed": "thường xuyên"}, "thường xuyên"),
    ],
)
def test_the_sheet_of_an_office(decree: Decree, tmp_path: Path, when: dict[str, Any], due: object) -> None:
    export_sheet(dataset(rows_of(decree, **when), tmp_path), str(tmp_path / "out.xlsx"))
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").active
    head, row = sheet.iter_rows(values_only=True)
    assert head == ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Hạn", "Sản phẩm", "Căn cứ", "Trạng thái")
    said = row[4].date() if isinstance(due, date) else row[4]
    source = "12/KH-UBND (2021-03-1X), mục 1, trang 1"
    assert (*row[:4], said, *row[5:]) == (1, TEXT, "Phòng Nội vụ quận X", None, due, None, source, None)


def test_an_empty_dataset_gives_empty_lists(decree: Decree, tmp_path: Path) -> None:
    data = dataset(decree_rows(replace(decree, tasks=()), config="{}", version="1"), tmp_path)
    export_gitlab(data, str(tmp_path / "out.csv"))
    export_jira(data, str(tmp_path / "jira"))
    export_sheet(data, str(tmp_path / "out.xlsx"))
    assert read(tmp_path / "out.csv") == read(tmp_path / "jira/tasks-1.csv") == []
    found: list[Item] = [i for rows in data.documents() for i in items(rows)]
    assert found == []
