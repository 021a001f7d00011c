"""Parts by name, and where the files of models/ are."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline import registry
from pipeline.errors import ConfigError, ModelError
from pipeline.resources import model_path

PROJECT = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf8"))["project"]


@pytest.mark.parametrize("group", registry.GROUPS)
def test_every_part_named_in_pyproject_is_installed_and_loads(group: str) -> None:
    assert set(PROJECT["entry-points"][group]) <= set(registry.names(group)), "run `make` again: entry points are stale"
    for name in registry.names(group):
        assert callable(registry.part(group, name))


def test_an_unknown_part_is_answered_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match=r"no engine called 'abbyy': one of .*tesseract"):
        registry.part("sohoa.engines", "abbyy")


def test_a_missing_model_file_is_named_with_its_remedy() -> None:
    with pytest.raises(ModelError, match=r"restore/none.bin is missing: .*make models"):
        model_path("restore/none.bin")
