"""Many files restored: their parts are the pieces of work, each file is written whole or not at all.

Text goes to standard output or to files; everything that is told goes to standard error.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import time
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from pipeline.errors import ConfigError, ModelError, SohoaError, StoreError, UnreadableSource
from pipeline.programs import cores
from pipeline.restore.strings import RestoredWord, restore_words
from pipeline.restoring.files import Opened, known_encoding, opened
from pipeline.restoring.parts import Part, rendered
from pipeline.restoring.report import Sum, edits, shown, summary, table_head, table_rows
from pipeline.restoring.sources import Job, jobs
from pipeline.whole import replacing, writing
from pipeline.workers import Workers

__all__ = ["Options", "restore_all"]

STOPPED = 130
#: Bytes from which several processes are worth starting.
MANY = 1 << 20
#: Seconds a part may take.
PATIENCE = 1800.0


@dataclass(frozen=True, slots=True)
class Options:
    """`encoding`: of all files, None where each shows it; `edits`: file for a table of edits; `show`: tell them too."""

    encoding: str | None = None
    min_score: float = 0.0
    show: bool = False
    edits: Path | None = None
    workers: int | None = None


class _Step(NamedTuple):
    """A part of a file, or what is wrong with the file."""

    job: Job
    file: Opened | None = None
    part: Part | None = None
    problem: SohoaError | None = None


Restored = list[list[RestoredWord]]
#: A step and what becomes of its words.
Ahead = tuple[_Step, Future[Restored] | None]


def restore_all(sources: Sequence[str], output: Path | None, options: Options) -> int:
    """Restore `sources` (files, folders, `-`) into the folder `output`, or one of them to standard output.

    Returns 0 when all went well, 1 when a file failed, 130 after Ctrl-C. Raises ConfigError where the options do not
    fit, StoreError where results cannot be written; what was done before stays.
    """
    console = Console(stderr=True, emoji=False, highlight=False, markup=False, soft_wrap=True)
    encoding = known_encoding(options.encoding) if options.encoding else None
    wanted, problems = jobs(sources, output)
    if options.edits and options.edits.resolve() in {
        p.resolve() for job in wanted for p in (job.source, job.target) if p
    }:
        raise ConfigError(f"{options.edits} is a file to restore or a result", remedy="name another for --edits")
    for problem in problems:
        console.print(f"sohoa: {problem}")
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        total = _restored(console, wanted, options, encoding) + Sum(failed=len(problems))
    except KeyboardInterrupt:
        console.print("stopped: files that were done are kept, no other was touched")
        return STOPPED
    if total.files and (output or options.show or options.edits):
        console.print(summary(total, time.monotonic() - began))
    return int(total.failed > 0)


def _restored(console: Console, wanted: Sequence[Job], options: Options, encoding: str | None) -> Sum:
    size = sum(job.source.stat().st_size for job in wanted if job.source and job.source.is_file())
    count = options.workers or (cores() if size > MANY else 1)
    total = Sum()
    with (
        _bar(console, size) as bar,
        Workers(count, patience=PATIENCE) if count > 1 else _Here() as executor,
        replacing(options.edits) if options.edits else contextlib.nullcontext() as table,
    ):
        if table:
            table_head(table)
        steps = _ahead(executor, _steps(wanted, encoding), 2 * count if count > 1 else 0, options.min_score)
        for job, some in groupby(steps, key=lambda step: step[0].job):
            total += _Telling(console, bar, table, options.show).restore(job, some)
    return total


def _steps(wanted: Iterable[Job], encoding: str | None) -> Iterator[_Step]:
    """The parts of all files, each file opened when its turn comes."""
    for job in wanted:
        try:
            with _reading(job) as source:
                file = opened(job.name, source, encoding=encoding)
                yield from (_Step(job, file, part) for part in file.parts)
        except SohoaError as problem:
            yield _Step(job, problem=problem)


@contextlib.contextmanager
def _reading(job: Job) -> Iterator[BinaryIO]:
    """The file of a job. Raises UnreadableSource where it cannot be read."""
    try:
        if job.source is None:
            yield sys.stdin.buffer
        else:
            with job.source.open("rb") as file:
                yield file
    except FileNotFoundError:
        raise UnreadableSource(f"{job.name} does not exist", remedy="check the name") from None
    except PermissionError:
        raise UnreadableSource(f"{job.name} may not be read", remedy=f"run `chmod u+r {job.name}`") from None
    except OSError as error:
        raise UnreadableSource(f"{job.name} cannot be read ({error.strerror})", remedy="copy it again") from None


def _ahead(executor: Executor, steps: Iterable[_Step], most: int, min_score: float) -> Iterator[Ahead]:
    """The steps in their order with what becomes of them, at most so many under way beyond the one given out."""
    waiting: deque[Ahead] = deque()
    for step in steps:
        part = step.part
        work = part and executor.submit(restore_words, part.lines, reads=part.reads, min_score=min_score)
        waiting.append((step, work or None))
        if len(waiting) > most:
            yield waiting.popleft()
    yield from waiting


@dataclass(frozen=True, slots=True)
class _Telling:
    """Where it is told how it goes: lines for the user, the bar, the table of edits, whether edits are lines too."""

    console: Console
    bar: Progress
    table: BinaryIO | None
    show: bool

    def restore(self, job: Job, steps: Iterable[Ahead]) -> Sum:
        """Write what becomes of one file."""
        total, told = Sum(files=1), set[str]()
        try:
            with replacing(job.target) if job.target else _standard_output() as out:
                for number, (step, work) in enumerate(steps):
                    if step.problem or not work or not step.part or not step.file:
                        raise step.problem or UnreadableSource(f"{job.name} holds nothing")
                    words = work.result()
                    text = rendered(step.part, words)
                    out.write(step.file.encoded(text if number else step.file.mark + text))
                    self._note(job, {step.file.note, step.part.note} - told)
                    told |= {step.file.note, step.part.note}
                    total += self._tell(job, step.part, words)
        except (StoreError, ModelError):
            raise  # the next file would end the same way
        except SohoaError as problem:
            self.console.print(f"sohoa: {problem if job.name in str(problem) else f'{job.name}: {problem}'}")
            return Sum(failed=1)
        return total

    def _note(self, job: Job, notes: Iterable[str]) -> None:
        for note in filter(None, notes):
            self.console.print(f"sohoa: {job.name}: {note}")

    def _tell(self, job: Job, part: Part, words: Restored) -> Sum:
        found = list(edits(job.name, part, words))
        if self.table:
            table_rows(self.table, found)
        for edit in found if self.show else ():
            self.console.print(shown(edit))
        self.bar.advance(self.bar.task_ids[0], len(part.text.encode("utf-8", "replace")))
        changed = sum(edit.state == "changed" for edit in found)
        return Sum(words=sum(map(len, words)), changed=changed, doubtful=len(found) - changed)


@contextlib.contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    with writing(Path("standard output")):
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()


class _Here(Executor):
    """Work done at once, in this process."""

    def submit(self, work: Any, /, *args: Any, **options: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(work(*args, **options))
        return done


@contextlib.contextmanager
def _bar(console: Console, size: int) -> Iterator[Progress]:
    """A bar over `size` bytes while the block runs; nothing where standard error is no terminal or soon done."""
    columns = (TextColumn("restoring"), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    hidden = not console.is_terminal or size < MANY // 16
    with Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        bar.add_task("restoring", total=size)
        yield bar
