"""The public names: sorted, typed, documented, imported when used."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys

import pytest

import pipeline


def test_the_list_of_names_is_sorted_and_agrees_with_their_homes() -> None:
    assert pipeline.__all__ == sorted(pipeline.__all__)
    assert set(pipeline.__all__) == {n for names in pipeline.HOMES.values() for n in names}
    assert set(pipeline.__all__) <= set(dir(pipeline))


@pytest.mark.parametrize("name", pipeline.__all__)
def test_every_public_name_has_help(name: str) -> None:
    thing = getattr(pipeline, name)
    assert len(inspect.getdoc(thing) or "") > 40
    assert thing.__module__ in pipeline.HOMES


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = pipeline.nonsense


def modules() -> list[str]:
    return [m.name for m in pkgutil.walk_packages(pipeline.__path__, "pipeline.") if not m.name.endswith("__main__")]


@pytest.mark.parametrize("name", modules())
def test_every_module_says_what_it_is_for(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    assert all(hasattr(module, n) for n in getattr(module, "__all__", []))


HEAVY = ("numpy", "pandas", "cv2", "spacy", "pydantic", "PIL", "pikepdf", "matplotlib")


@pytest.mark.parametrize("code", ["import pipeline", "import pipeline.cli"])
def test_starting_up_imports_nothing_heavy(code: str) -> None:
    told = f"{code}; import sys; print([m for m in {HEAVY} if m in sys.modules])"
    assert subprocess.check_output([sys.executable, "-c", told], text=True).strip() == "[]"


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['sohoa', '--help']\n"
        "import pipeline.cli\n"
        "try: pipeline.cli.main()\n"
        f"except SystemExit: print([m for m in {HEAVY} if m in sys.modules])"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).splitlines()[-1] == "[]"
