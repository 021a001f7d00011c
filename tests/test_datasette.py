"""The dataset as a site: Datasette itself is asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import UnreadableSource
from pipeline.exports.dataset import Dataset
from pipeline.exports.datasette import export_datasette
from pipeline.exports.questions import questions
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Decree
from pipeline.tables import decree_rows


@pytest.fixture
def site(decree: Decree, tmp_path: Path) -> Path:
    export_sqlite([decree_rows(decree, config="{}", version="1")], tmp_path / "dataset.sqlite")
    export_datasette(Dataset(tmp_path / "dataset.sqlite"), str(tmp_path))
    return tmp_path


def get(site: Path, path: str) -> str:
    command = [sys.executable, "-m", "datasette", str(site), "--get", path]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_tables_are_described_and_have_facets(site: Path) -> None:
    page = get(site, "/dataset/documents")
    assert "One row a digitised document" in page
    assert "First 12 hex digits of the sha256" in page
    told: Any = json.loads(get(site, "/dataset/documents.json"))
    assert set(told["facet_results"]) == {"type_name", "issuer", "read_from", "needs_review"}


@pytest.mark.slow
def test_text_is_found_without_its_marks(site: Path) -> None:
    for words in ("phong noi vu", "phòng+nội+vụ"):
        told: Any = json.loads(get(site, f"/dataset/search_text.json?_shape=array&words={words.replace(' ', '+')}"))
        assert "Phòng Nội vụ báo cáo trước ngày 05/4/2021" in {row["text"] for row in told}


@pytest.mark.slow
def test_saved_questions_are_there(site: Path) -> None:
    page = get(site, "/dataset")
    assert all(q.title in page for q in questions().values() if "&" not in q.title)
    told: Any = json.loads(get(site, "/dataset/due.json?_shape=array&from=2021-01-01&to=2021-12-31"))
    assert {row["due"] for row in told} == {"2021-04-04"}


def test_no_dataset_no_site(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSource, match="sohoa digitise"):
        export_datasette(Dataset(tmp_path / "dataset.sqlite"), str(tmp_path))
    assert list(tmp_path.iterdir()) == []
