"""Many sources into one dataset: pages are the unit of work, results are kept document by document.

    with Workers(2) as executor:
        receipts = list(run(sources, Store(Path("outputs")), executor, slots=2))

The executor is processes here and may be a cluster elsewhere: anything with `submit` of concurrent.futures.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeAlias

from pipeline.errors import MissingProgram, ModelError, SohoaError, StoreError
from pipeline.exports.listing import recorded
from pipeline.exports.sqlite import export_sqlite
from pipeline.flow import Config, failed, fault, finish, read_page, version
from pipeline.sheet import Sheet, Source, open_source
from pipeline.store import Result, Store
from pipeline.tables import decree_rows
from pipeline.types import PageReading

__all__ = ["Receipt", "Watch", "conclude", "run"]

#: Told while a run goes on: pages that came in, and pages that are done.
Watch: TypeAlias = "Callable[[Literal['pages_in', 'pages_out'], int], None]"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of one source: `error` is None where all its pages were read and stored.

    `pages_out` counts the pages accounted for in the dataset; `skipped` says that they were there before.
    """

    source: str
    seconds: float = 0.0
    pages_in: int = 0
    pages_out: int = 0
    error: str | None = None
    skipped: bool = False


class _Page(NamedTuple):
    job: _Job
    sheet: Sheet


@dataclass(eq=False)
class _Job:
    """A document under way."""

    source: Source
    started: float = field(default_factory=time.monotonic)
    readings: dict[int, PageReading] = field(default_factory=dict)

    def complete(self) -> bool:
        return len(self.readings) == self.source.pages

    def lost(self, error: str) -> Receipt:
        """The receipt of a document that could not be stored."""
        return Receipt(str(self.source.path), self._seconds(), self.source.pages, 0, error)

    def receipt(self, faults: tuple[str, ...]) -> Receipt:
        """The receipt of a document that was stored, perhaps without some pages or parts."""
        pages = [f"page {n}: {r.page.error}" for n, r in sorted(self.readings.items()) if r.page.error]
        problems = [*pages, *faults]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        error = problems[0] + more if problems else None
        return Receipt(str(self.source.path), self._seconds(), self.source.pages, len(self.readings), error)

    def _seconds(self) -> float:
        return time.monotonic() - self.started


def run(
    sources: Iterable[Path],
    store: Store,
    executor: Executor,
    *,
    slots: int,
    config: Config | None = None,
    force: bool = False,
    watch: Watch | None = None,
) -> Iterator[Receipt]:
    """Digitise `sources` into `store`; yields a receipt a source, as each is done.

    At most `slots` pieces of work are under way, so memory does not grow with the number of pages. What the
    store and the dataset hold already, made from the same bytes with the same settings and version, is skipped
    unless `force`; a document with a page that failed is read again. Raises StoreError where results cannot be
    kept, MissingProgram or ModelError where sohoa is not whole: what was done before stays.
    """
    batch = _Batch(store, executor, slots, config or Config(), force, watch or _nobody)
    yield from batch.run(sources)


def _nobody(_event: str, _count: int) -> None:
    pass


@dataclass(eq=False)
class _Batch:
    """The state of one run."""

    store: Store
    executor: Executor
    slots: int
    config: Config
    force: bool
    watch: Watch
    receipts: deque[Receipt] = field(default_factory=deque)
    finishing: deque[_Job] = field(default_factory=deque)
    under_way: dict[Future[Any], _Page | _Job] = field(default_factory=dict)
    seen: dict[str, Path] = field(default_factory=dict)

    def run(self, sources: Iterable[Path]) -> Iterator[Receipt]:
        pages = self._pages(sources, recorded(self.store.dataset))
        more = True
        while more or self.under_way or self.finishing:
            more = self._top_up(pages)
            yield from self._told()
            if self.under_way:
                done, _ = wait(self.under_way, return_when=FIRST_COMPLETED)
                for future in done:
                    self._take(future, self.under_way.pop(future))
            yield from self._told()

    def _told(self) -> Iterator[Receipt]:
        while self.receipts:
            yield self.receipts.popleft()

    def _top_up(self, pages: Iterator[_Page]) -> bool:
        """Keep the workers busy, whole documents first; False where no page is left to begin."""
        while len(self.under_way) < self.slots:
            if self.finishing:
                self._finish(self.finishing.popleft())
            elif (page := next(pages, None)) is not None:
                self.under_way[self.executor.submit(read_page, self.config, page.sheet)] = page
            else:
                return False
        return True

    def _pages(self, sources: Iterable[Path], known: frozenset[tuple[str, str, str]]) -> Iterator[_Page]:
        """The pages to read, opened source by source as they are wanted."""
        for path in sources:
            try:
                source = open_source(path)
                if self._is_done(source, known):
                    continue
                job = _Job(source)
                self.watch("pages_in", source.pages)
                yield from (_Page(job, sheet) for sheet in source.sheets())
            except SohoaError as error:
                self.receipts.append(Receipt(str(path), error=str(error)))

    def _is_done(self, source: Source, known: frozenset[tuple[str, str, str]]) -> bool:
        """Whether nothing is left to read of `source`; its receipt is written then."""
        path, pages = str(source.path), source.pages
        if source.sha256 in self.seen:
            first = self.seen[source.sha256]
            self.receipts.append(Receipt(f"{path} (same file as {first})", 0.0, pages, pages, skipped=True))
            return True
        self.seen[source.sha256] = source.path
        made = (source.sha256, self.config.text(), version())
        if self.force or not self.store.has(*made):
            return False
        if made not in known:
            export(self.store, source.id)
        self.receipts.append(Receipt(path, 0.0, pages, pages, skipped=True))
        return True

    def _finish(self, job: _Job) -> None:
        readings = tuple(job.readings[n] for n in sorted(job.readings))
        self.under_way[self.executor.submit(conclude, self.config, job.source, readings, self.store)] = job

    def _take(self, future: Future[Any], work: _Page | _Job) -> None:
        error = future.exception()
        if isinstance(error, StoreError | MissingProgram | ModelError):
            raise error  # the next piece of work would end the same way
        if isinstance(work, _Job):
            self.receipts.append(work.lost(_reason(error)) if error else work.receipt(future.result()))
            return
        work.job.readings[work.sheet.number] = failed(work.sheet, _reason(error)) if error else future.result()
        self.watch("pages_out", 1)
        if work.job.complete():
            self.finishing.append(work.job)


def _reason(error: BaseException) -> str:
    """One line for what went wrong; a fault of the program is told as such, and the run goes on."""
    return str(error) if isinstance(error, SohoaError) else fault(error)


def conclude(config: Config, source: Source, readings: tuple[PageReading, ...], store: Store) -> tuple[str, ...]:
    """Make the decree of a document whose pages were read, keep it, and bring the dataset up to date.

    Returns the faults of parts that had to be left out.
    """
    faults: list[str] = []
    decree = finish(config, source, readings, faults=faults)
    store.save(Result(config.text(), version(), decree, tuple(faults)))
    export(store, source.id)
    return tuple(faults)


def export(store: Store, document_id: str) -> None:
    """Write the rows of one stored result to the dataset."""
    result = store.load(document_id)
    rows = decree_rows(result.decree, config=result.config, version=result.version)
    export_sqlite([rows], store.dataset)
