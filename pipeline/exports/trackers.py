"""Task lists as trackers import them: CSV for GitLab, Jira and OpenProject, and the sheet that provinces keep.

GitLab takes the columns `title`, `description`, `due_date` (docs.gitlab.com, Import issues from a CSV file). Jira takes
`Summary` and maps others by their names, 250 rows a file for those who do not administer it; `External issue ID` keeps
it from importing one twice (support.atlassian.com, Import data from a CSV file). OpenProject takes the columns of its
own Excel form (openproject.org, Excel synchronization).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from pipeline.exports.dataset import Dataset
from pipeline.exports.items import Item, description, items
from pipeline.exports.needed import needed
from pipeline.whole import replacing, replacing_files

__all__ = ["export_gitlab", "export_jira", "export_openproject", "export_sheet"]

Columns = Mapping[str, Callable[[Item], str]]


GITLAB: Columns = {"title": lambda i: i.title, "description": description, "due_date": lambda i: i.last or ""}
JIRA: Columns = {
    "Summary": lambda i: i.title,
    "Issue Type": lambda _: "Task",
    "Description": description,
    "Due Date": lambda i: i.last or "",
    "External issue ID": lambda i: i.uid,
}
OPENPROJECT: Columns = {
    "ID": lambda _: "",
    "Type": lambda _: "Task",
    "Subject": lambda i: i.title,
    "Description": description,
    "Start date": lambda i: i.first or "",
    "Finish date": lambda i: i.last or "",
}
JIRA_ROWS = 250
#: The columns of the sheet by which offices follow what was ordered, with their widths in letters.
SHEET = {
    "TT": 6, "Nhiệm vụ": 70, "Chủ trì": 35, "Phối hợp": 35, "Hạn": 18, "Sản phẩm": 30, "Căn cứ": 35, "Trạng thái": 18
}  # fmt: skip
#: What may be chosen as the state of a task: no document tells it.
STATES = ("Chưa thực hiện", "Đang thực hiện", "Hoàn thành", "Quá hạn")


def export_gitlab(dataset: Dataset, target: str) -> None:
    """Write the CSV file `target` for GitLab's issues. Raises StoreError where it cannot be written."""
    _file(Path(target), _items(dataset), GITLAB)


def export_openproject(dataset: Dataset, target: str) -> None:
    """Write the CSV file `target` for OpenProject's work packages. Raises StoreError where it cannot be written."""
    _file(Path(target), _items(dataset), OPENPROJECT)


def export_jira(dataset: Dataset, target: str) -> None:
    """Write tasks-1.csv and on for Jira to the folder `target`. Raises StoreError where it cannot be written."""
    left = _items(dataset)
    with replacing_files(Path(target)) as folder:
        number = 0
        while (some := list(islice(left, JIRA_ROWS))) or not number:
            number += 1
            with (folder / f"tasks-{number}.csv").open("w", encoding="utf8", newline="") as file:
                _rows(file, some, JIRA)


def _file(target: Path, some: Iterable[Item], columns: Columns) -> None:
    with replacing(target) as file:
        text = io.TextIOWrapper(file, "utf8", newline="")
        _rows(text, some, columns)
        text.detach()


def _rows(file: Any, some: Iterable[Item], columns: Columns) -> None:
    out = csv.writer(file, lineterminator="\n")
    out.writerow(columns)
    out.writerows([cell(item) for cell in columns.values()] for item in some)


def export_sheet(dataset: Dataset, target: str) -> None:
    """Write the workbook `target`: TT, Nhiệm vụ, Chủ trì, Phối hợp, Hạn, Sản phẩm, Căn cứ, Trạng thái.

    Raises StoreError where it cannot be written, MissingProgram where openpyxl is not installed.
    """
    book = needed("openpyxl").Workbook()
    sheet = book.active
    sheet.title = "Nhiệm vụ"
    styles, cells = needed("openpyxl.styles"), needed("openpyxl.utils")
    sheet.append(list(SHEET))
    for number, item in enumerate(_items(dataset), start=1):
        sheet.append([number, *_cells(item)])
        for cell in sheet[sheet.max_row]:
            cell.alignment = styles.Alignment(wrap_text=True, vertical="top")
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    for n, (cell, width) in enumerate(zip(sheet[1], SHEET.values(), strict=True), start=1):
        cell.font = styles.Font(bold=True)
        sheet.column_dimensions[cells.get_column_letter(n)].width = width
    choice = needed("openpyxl.worksheet.datavalidation").DataValidation("list", formula1=f'"{",".join(STATES)}"')
    choice.add(f"H2:H{max(sheet.max_row, 2)}")
    sheet.add_data_validation(choice)
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = needed("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
    with replacing(Path(target)) as file:
        book.save(file)


def _cells(item: Item) -> list[Any]:
    """What follows the number. The last day as a date where that is all there is to say, else as printed."""
    printed = "; ".join(d.printed for d in item.due)
    one = item.due[0] if len(item.due) == 1 else None
    due = date.fromisoformat(one.ends) if one and one.ends and not one.rule else printed
    source = f"{item.source}, mục {item.path}, trang {item.page}"
    return [item.text, "; ".join(item.lead), "; ".join(item.of("coordinate")), due, item.product, source, None]


def _items(dataset: Dataset) -> Iterator[Item]:
    return (item for rows in dataset.documents() for item in items(rows))
