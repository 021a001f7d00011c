"""From a source to a decree: the parts named in a `Config`, put together.

    digitise = build(Config())
    decree = digitise("scan.pdf")

The same steps one by one, as a batch spreads them over processes: `read_page` for each sheet, then `finish`.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from importlib.metadata import version as distribution_version
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict

from pipeline.engines.signatures import with_signatures
from pipeline.errors import MissingProgram, ModelError, SohoaError
from pipeline.protocols import Engine, Extractor, Stage
from pipeline.records import Decree
from pipeline.registry import part
from pipeline.sheet import DPI, TEXT, Sheet, Source, open_source
from pipeline.types import Page, PageReading, ReadFrom, assemble

__all__ = ["Config", "build", "digitise", "failed", "fault", "finish", "read_page", "version"]


T = TypeVar("T")


class Config(BaseModel):
    """What a digitising is made of. Unknown settings are refused; parts are named as in pyproject.toml.

    `dpi`: resolution PDF pages are drawn at. `engines`: tried in order on pages with pixels, the first that can
    read a page wins. `stages` and `extractors` run in the order given; one that is off is not in the list.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dpi: int = DPI
    engines: tuple[str, ...] = ("text_layer", "tesseract")
    text_engine: str = "ocr_text"
    stages: tuple[str, ...] = ("layout", "restore")
    extractors: tuple[str, ...] = ("header", "outline", "dates", "citations", "recipients", "stamps", "tasks")

    def text(self) -> str:
        """The settings as JSON: the same settings give the same text."""
        return self.model_dump_json()


def build(config: Config) -> Callable[[str | Path], Decree]:
    """The function that turns the file at a path into a decree, page by page.

    It raises SourceError where the file cannot be opened; a page that cannot be read is a page with an error.
    """

    def run(path: str | Path) -> Decree:
        source = open_source(path)
        return finish(config, source, (read_page(config, sheet) for sheet in source.sheets()))

    return run


def digitise(path: str | Path, *, config: Config | None = None) -> Decree:
    """The scan, picture, PDF or OCR text at `path` as a typed decree.

    >>> decree = digitise("samples/plan-74/scan.pdf")            # doctest: +SKIP
    >>> decree.header.code.value, len(decree.tasks)              # doctest: +SKIP

    Raises SourceError for a file that cannot be opened, MissingProgram or ModelError where sohoa itself is not
    whole (see `sohoa doctor`). A page that could not be read is in `decree.document.pages` with its `error`.
    """
    return build(config or Config())(path)


def read_page(config: Config, sheet: Sheet) -> PageReading:
    """What the first engine that can read `sheet` reads; a page with an error where none can."""
    names = (config.text_engine,) if sheet.media_type == TEXT else config.engines
    if sheet.media_type != TEXT:
        sheet = replace(sheet, dpi=max(1, sheet.dpi * config.dpi // DPI))
    reasons = []
    for name in names:
        try:
            return with_signatures(_engine(name).read(sheet), sheet)
        except (MissingProgram, ModelError):
            raise
        except SohoaError as error:
            reasons.append(str(error))
    return failed(sheet, reasons[-1] if reasons else "no engine is set")


def failed(sheet: Sheet, reason: str) -> PageReading:
    """The reading of a page that could not be read: nothing but its number and why."""
    origin: ReadFrom = "ocr_text" if sheet.media_type == TEXT else "scan"
    return PageReading(Page(sheet.number, read_from=origin, error=reason))


def finish(
    config: Config, source: Source, readings: Iterable[PageReading], *, faults: list[str] | None = None
) -> Decree:
    """The decree of all its pages' readings, given in page order.

    A stage or extractor that fails by a fault of its own is left out where `faults` is given, and told there: the
    rest of the document is not lost. Without it, what goes wrong is raised.
    """
    doc = assemble(readings, id=source.id, sha256=source.sha256, source=str(source.path), media_type=source.media_type)
    for name in config.stages:
        doc = _careful(_stage(name), doc, faults)
    decree = Decree(doc)
    for name in config.extractors:
        decree = _careful(_extractor(name), decree, faults)
    return decree


def _careful(step: Callable[[T], T], value: T, faults: list[str] | None) -> T:
    try:
        return step(value)
    except SohoaError:
        raise
    except Exception as error:  # a fault nobody foresaw is told where it can be, and raised where it cannot
        if faults is None:
            raise
        faults.append(fault(error))
        return value


def fault(error: BaseException) -> str:
    """One line for a fault of the program: what and where."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"a fault in sohoa ({type(error).__name__}: {error}{where}), please report it".replace("\n", " ")


@cache
def _engine(name: str) -> Engine:
    engine: Engine = part("sohoa.engines", name)()
    return engine


def _stage(name: str) -> Stage:
    stage: Stage = part("sohoa.stages", name)
    return stage


def _extractor(name: str) -> Extractor:
    extractor: Extractor = part("sohoa.extractors", name)
    return extractor


@cache
def version() -> str:
    """The version of program and models together: it changes when a result could.

    A release number and eight hex digits over the code and the model files (these by name and size).
    """
    home = Path(__file__).parent
    models = [p for p in (home / "models", home.parent / "models") if p.is_dir()][:1]
    digest = hashlib.sha256()
    for path in sorted(home.rglob("*.py")):
        digest.update(path.read_bytes())
    for path in sorted(p for root in models for p in root.rglob("*") if p.is_file()):
        digest.update(f"{path.name} {path.stat().st_size}".encode())
    return f"{distribution_version('sohoa')}+{digest.hexdigest()[:8]}"
