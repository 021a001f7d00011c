"""Which files are restored, and where each goes: mirrored under the output folder, never over a file that is read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError, SohoaError
from pipeline.folders import documents_under
from pipeline.restoring.files import MARKUP, markup_kind

__all__ = ["STDIN", "Job", "jobs"]

STDIN = "-"
#: Bytes of a file in which it shows whether it is hOCR or ALTO.
SAMPLE = 65536


class Job(NamedTuple):
    """A file to restore (None: standard input), what to call it, where it goes (None: standard output)."""

    source: Path | None
    name: str
    target: Path | None


def jobs(sources: Iterable[str], output: Path | None) -> tuple[list[Job], list[SohoaError]]:
    """What `sources` (files, folders, `-`) mean, and what is wrong with the rest.

    Raises ConfigError where several files go to standard output, or standard input to a folder.
    """
    found, problems = list[Job](), list[SohoaError]()
    for source in sources:
        try:
            found += _jobs(source, output)
        except SohoaError as error:
            problems.append(error)
    folders = any(Path(source).is_dir() for source in sources)
    if output is None and (len(found) > 1 or (found and folders)):
        raise ConfigError("several files cannot go to standard output", remedy="name a folder for them with --output")
    if output and any(job.source is None for job in found):
        raise ConfigError("standard input goes to standard output", remedy="leave --output out, or name files")
    return _apart(found, problems), problems


def _jobs(source: str, output: Path | None) -> Iterator[Job]:
    if source == STDIN:
        yield Job(None, "standard input", None)
        return
    path = Path(source)
    if not path.is_dir():
        yield Job(path, str(path), output and output / path.name)
        return
    beneath = output.resolve() if output else None
    for file in documents_under(path, fits=_fits, kinds="text, hOCR or ALTO (scans and PDFs: `sohoa digitise`)"):
        if not beneath or beneath not in file.resolve().parents:
            yield Job(file, str(file), output and output / file.relative_to(path))


def _fits(path: Path) -> bool:
    """Whether a file in a folder is meant: text and hOCR by name, other markup by its first characters too."""
    suffix = path.suffix.lower()
    if suffix in (".txt", ".hocr") or suffix not in MARKUP:
        return suffix in (".txt", ".hocr")
    try:
        with path.open("rb") as file:
            head = file.read(SAMPLE)
    except OSError:
        return True  # it is told of when it is opened
    return markup_kind(head) is not None


def _apart(found: list[Job], problems: list[SohoaError]) -> list[Job]:
    """The jobs that overwrite no file that is read and none that another makes; a file named twice is done once."""
    masters = {job.source.resolve() for job in found if job.source}
    taken: dict[Path, Job] = {}
    for job in found:
        if job.target is None:
            return found
        target = job.target.resolve()
        if target in masters:
            problems.append(_refused(job, "would be overwritten", "name another folder with --output"))
        elif (other := taken.setdefault(target, job)).source != job.source:
            problems.append(
                _refused(job, f"and {other.name} would become one file", "restore them into folders of their own")
            )
    return list(taken.values())


def _refused(job: Job, why: str, remedy: str) -> ConfigError:
    return ConfigError(f"{job.name} {why}", remedy=remedy)
