"""`sohoa view`: one HTML file; values and boxes light each other, tried in a real browser by hover and click."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Decree
from pipeline.schema import Rows
from pipeline.tables import decree_rows
from pipeline.viewer import groups, page_of

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")


def rows_of(decree: Decree, source: str = "gone.pdf") -> Rows:
    doc = replace(decree.document, source=source)
    return decree_rows(replace(decree, document=doc), config="{}", version="1")


def stored(page: str) -> Any:
    """What the page holds for its script."""
    return json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)[0])


def test_values_come_in_groups_with_their_marks(decree: Decree) -> None:
    found = {g["id"]: g["values"] for g in groups(rows_of(decree))}
    assert list(found) == ["header", "outline", "tasks", "dates", "citations", "recipients", "stamps"]
    (code,) = (v for v in found["header"] if v["label"] == "code")
    assert code["text"] == "12/KH-UBND"
    assert [m["box"] for m in code["marks"]] == [(10, 0, 19, 20)]
    task, who, when = found["tasks"]
    assert (task["depth"], who["depth"], when["depth"]) == (0, 1, 1)
    assert (who["label"], who["text"]) == ("does it", "Phòng Nội vụ quận X")
    assert when["text"] == "trước ngày 05/4/2021 (2021-04-04)"
    assert [(m["page"], m["line"], m["box"]) for m in task["marks"]] == [(1, 2, None)]


def test_doubts_stand_out(decree: Decree) -> None:
    found = {v["label"]: v for g in groups(rows_of(decree)) for v in g["values"] if g["id"] == "header"}
    assert found["on"]["doubt"]
    assert found["on"]["score"] == pytest.approx(0.4)


def test_no_text_ends_the_script_that_holds_it(decree: Decree) -> None:
    evil = rows_of(decree, source="</script><script>alert(1)</script>.pdf")
    page = page_of(evil, {})
    assert page.count("</script>") == 2
    assert "</script>" in stored(page)["about"]


def test_the_page_asks_for_nothing_elsewhere(decree: Decree) -> None:
    page = page_of(rows_of(decree), {1: "data:image/jpeg;base64,"})
    assert set(re.findall(r"https?://[^\s\"']+", page)) == {"http://www.w3.org/2000/svg"}
    assert not re.search(r"<link|<script src|@import|url\(", page)


@pytest.fixture
def output(decree: Decree, tmp_path: Path) -> Path:
    """Results of a document whose source is a picture of its own size."""
    scan = tmp_path / "scan.png"
    Image.new("RGB", (100, 200), "white").save(scan, dpi=(200, 200))
    export_sqlite([rows_of(decree, source=str(scan))], tmp_path / "dataset.sqlite")
    return tmp_path


def run(*args: object) -> Any:
    return CliRunner().invoke(app, ["view", *map(str, args)])


def test_the_command_writes_one_file(output: Path) -> None:
    found = run("12/KH-UBND", "-o", output)
    assert found.exit_code == 0
    written = Path(found.stdout.strip())
    assert written == output / "views" / "0123456789ab.html"
    first, second = stored(written.read_text("utf8"))["pages"]
    assert first["picture"].startswith("data:image/jpeg;base64,")
    assert second["error"] == "is damaged"


def test_where_the_scan_is_gone_its_text_stands_for_it(output: Path) -> None:
    (output / "scan.png").unlink()
    found = run("12/KH-UBND", output / "page.html", "-o", output)
    assert found.exit_code == 0
    assert "its text is shown instead" in found.stderr
    first = stored((output / "page.html").read_text("utf8"))["pages"][0]
    assert first["picture"] is None
    assert first["lines"][1] == [2, "1. Phòng Nội vụ báo cáo trước ngày 05/4/2021"]


def test_a_document_that_is_none(output: Path) -> None:
    assert "names" in str(run("99/KH-UBND", "-o", output).exception) or run("99/KH-UBND", "-o", output).exit_code == 1


@pytest.fixture(scope="module")
def browser() -> Iterator[webdriver.Chrome]:
    if not (CHROMIUM and DRIVER):
        pytest.skip("no Chromium with its driver is installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in ("headless=new", "no-sandbox", "disable-gpu", "disable-dev-shm-usage", "window-size=1400,900"):
        options.add_argument(f"--{flag}")
    with webdriver.Chrome(options, webdriver.ChromeService(DRIVER)) as driver:
        yield driver


def lit(browser: webdriver.Chrome) -> set[str]:
    """What is lit: values by their ids, boxes by where they stand, lines by their text."""
    shapes = browser.find_elements(By.CSS_SELECTOR, ".lit")
    return {s.get_attribute("data-id") or s.get_attribute("x") or s.text for s in shapes}


@pytest.mark.slow
def test_pointing_at_a_value_lights_its_box_and_back(output: Path, browser: webdriver.Chrome) -> None:
    written = Path(run("12/KH-UBND", "-o", output).stdout.strip())
    browser.get(written.as_uri())
    pointer = webdriver.ActionChains(browser)
    code = "0123456789ab/code"
    assert lit(browser) == set()
    pointer.move_to_element(browser.find_element(By.CSS_SELECTOR, f'[data-id="{code}"]')).perform()
    assert lit(browser) == {code, "10"}
    pointer.move_to_element(browser.find_element(By.TAG_NAME, "h1")).perform()
    assert lit(browser) == set()
    box = browser.find_element(By.CSS_SELECTOR, 'rect[x="10"]')
    pointer.move_to_element(box).perform()
    assert {code, "10"} <= lit(browser)


@pytest.mark.slow
def test_a_click_brings_the_other_into_sight(output: Path, browser: webdriver.Chrome) -> None:
    (output / "scan.png").unlink()  # the lines of the text stand on the left, the second page far below
    browser.get(Path(run("12/KH-UBND", "-o", output).stdout.strip()).as_uri())
    browser.set_window_size(1400, 300)
    values = browser.find_element(By.ID, "values")
    line = next(p for p in browser.find_elements(By.CSS_SELECTOR, ".page p") if p.text.startswith("1. Phòng"))
    assert browser.execute_script("return arguments[0].scrollTop", values) == 0
    webdriver.ActionChains(browser).move_to_element(line).click().perform()
    assert browser.execute_script("return arguments[0].scrollTop", values) > 0
    task = browser.find_element(By.CSS_SELECTOR, '[data-id="0123456789ab:1/tasks"]')
    browser.execute_script("arguments[0].focus()", task)
    assert "1. Phòng Nội vụ báo cáo trước ngày 05/4/2021" in lit(browser)
    task.send_keys(Keys.ENTER)
    assert not browser.get_log("browser")  # type: ignore[no-untyped-call]
