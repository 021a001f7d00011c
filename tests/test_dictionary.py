"""docs/dataset.md says what the schema says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.exports.card import dictionary
from pipeline.schema import TABLES

TOLD = Path(__file__).parents[1] / "docs" / "dataset.md"


def test_the_data_dictionary_is_that_of_the_schema(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--regenerate"):
        TOLD.write_text(dictionary(), "utf8")
    assert TOLD.read_text("utf8") == dictionary(), "run pytest --regenerate tests/test_dictionary.py"


def test_every_table_and_column_is_described() -> None:
    assert all(t.description and all(len(c.description) > 2 for c in t.columns) for t in TABLES)
