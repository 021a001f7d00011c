"""`sohoa doctor`: is everything there that digitising needs, and what to do where it is not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rich.console import Console

from pipeline.engines.recognise import library_version, model
from pipeline.errors import SohoaError
from pipeline.flow import Config, build, version
from pipeline.programs import cores, program_version
from pipeline.registry import GROUPS, names, part
from pipeline.resources import model_path

__all__ = ["Check", "checks", "examine"]

#: Share of the letters of the test line that must be read right, marks included.
ENOUGH = 0.95


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: `advice` is what to do where it is not well."""

    name: str
    well: bool
    found: str
    advice: str = ""


def examine() -> int:
    """Print every check; 0 where all is well, else 1."""
    console = Console(emoji=False, highlight=False, markup=False, soft_wrap=True)
    all_well = True
    for check in checks():
        console.print(f"{'✓' if check.well else '✗'}  {check.name}: {check.found}")
        if not check.well:
            all_well = False
            console.print(f"   → {check.advice}")
    return int(not all_well)


def checks() -> Iterator[Check]:
    """Everything that is looked at, in the order in which to mend it."""
    yield Check("sohoa", True, f"{version()}, Python {platform.python_version()}, {cores()} cores")
    yield _program("pdftoppm", "-v", apt="poppler-utils", brew="poppler")
    yield _attempt("reading model", lambda: f"{model().stem}, Tesseract {library_version()}")
    for group in GROUPS:
        yield _parts(group)
    yield _attempt("charset self-test", _test_line)


def _install(apt: str, brew: str) -> str:
    return f"run `brew install {brew}`" if sys.platform == "darwin" else f"run `sudo apt install {apt}`"


def _program(name: str, option: str, *, apt: str, brew: str) -> Check:
    found = program_version(name, option=option)
    return Check(name, found is not None, found or "not installed", _install(apt, brew))


def _parts(group: str) -> Check:
    def load() -> str:
        for name in names(group):
            part(group, name)
        return ", ".join(names(group))

    return _attempt(group.removeprefix("sohoa."), load)


def _attempt(name: str, action: Callable[[], str]) -> Check:
    """What `action` returns, or what it fails with."""
    try:
        return Check(name, True, action())
    except SohoaError as error:
        return Check(name, False, error.problem, error.remedy or "reinstall sohoa")
    except (ImportError, AttributeError) as error:
        return Check(name, False, str(error), "reinstall sohoa")


def _test_line() -> str:
    """Read a printed line that has every kind of Vietnamese letter through the whole of the flow."""
    from rapidfuzz.distance import Levenshtein

    expected = model_path("selftest/line.txt").read_text("utf8").strip()
    decree = build(Config())(model_path("selftest/line.png"))
    for page in decree.document.pages:
        if page.error:
            raise SohoaError(page.error)
    read = " ".join(w.text for w in decree.document.words)
    share = 1 - Levenshtein.distance(expected, read) / len(expected)
    if share < ENOUGH:
        raise SohoaError(f"{share:.0%} of the letters read right: {read}", remedy="reinstall sohoa")
    return f"{share:.1%} of the letters read right"
