"""`sohoa digitise` on the terminal: a bar of pages, a receipt a document, a summary, an exit code."""

from __future__ import annotations

import json
import platform
import signal
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from pipeline.batch import Receipt, Watch, run
from pipeline.engines.recognise import library_version
from pipeline.errors import SourceError
from pipeline.exports.sqlite import add_run
from pipeline.flow import Config, version
from pipeline.folders import expand
from pipeline.programs import cores, program_version
from pipeline.store import Store
from pipeline.workers import Workers

__all__ = ["digitise_all", "receipt_line", "summary"]

STOPPED = 130


def digitise_all(sources: Iterable[Path], output: Path, *, workers: int | None = None, force: bool = False) -> int:
    """Digitise `sources` into `output`, telling how it goes.

    Returns 0 when all went well, 1 when a source or a page failed, 130 after Ctrl-C. Raises StoreError,
    MissingProgram or ModelError where the run could not go on.
    """
    console = Console(emoji=False, highlight=False, markup=False, soft_wrap=True)
    files, problems = expand(sources)
    started, clock = datetime.now(UTC), time.monotonic()
    receipts = _told(console, problems)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        with _bar(console) as watch, Workers(count := workers or cores()) as executor:
            for receipt in run(files, Store(output), executor, slots=2 * count, force=force, watch=watch):
                console.print(receipt_line(receipt))
                receipts.append(receipt)
    except KeyboardInterrupt:
        console.print("stopped: what is done is kept, run the same command again to go on")
        return STOPPED
    seconds = time.monotonic() - clock
    console.print(summary(receipts, seconds))
    if any(not r.skipped for r in receipts):
        add_run(_run_row(started, receipts, seconds), Store(output).dataset)
    return int(any(r.error for r in receipts))


def _told(console: Console, problems: Iterable[SourceError]) -> list[Receipt]:
    receipts = [Receipt(source="", error=str(problem)) for problem in problems]
    for receipt in receipts:
        console.print(receipt_line(receipt))
    return receipts


def receipt_line(receipt: Receipt) -> str:
    """One line for what became of a source."""
    if receipt.skipped:
        return f"=  {receipt.source}  {_counted(receipt.pages_in, 'page')}, done before"
    if not receipt.pages_in:
        return f"✗  {receipt.error}"
    made = f"{receipt.source}  {_counted(receipt.pages_in, 'page')}, {receipt.seconds:.1f} s"
    return f"✗  {made}, {receipt.error}" if receipt.error else f"✓  {made}"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def summary(receipts: Iterable[Receipt], seconds: float) -> str:
    """One line for a whole run; pages in and pages out are the same when nothing was lost."""
    receipts = list(receipts)
    read = [r for r in receipts if not r.skipped]
    pages_in, pages_out = sum(r.pages_in for r in receipts), sum(r.pages_out for r in receipts)
    worked = sum(r.pages_in for r in read)
    parts = [
        _counted(len(receipts), "document"),
        f"{_counted(pages_in, 'page')} in {'=' if pages_in == pages_out else '≠'} {_counted(pages_out, 'page')} out",
        f"{len(receipts) - len(read)} done before" if len(read) < len(receipts) else "",
        f"{failures} failed" if (failures := sum(r.error is not None for r in receipts)) else "",
        f"{seconds:.1f} s" + (f", {worked / seconds:.2f} pages/s" if worked and seconds else ""),
    ]
    return " · ".join(part for part in parts if part)


def _run_row(started: datetime, receipts: list[Receipt], seconds: float) -> dict[str, str | int | float]:
    versions = {
        "sohoa": version(),
        "python": platform.python_version(),
        "tesseract": library_version(),
        "poppler": program_version("pdftoppm", option="-v"),
    }
    return {
        "run_id": f"{started:%Y%m%dT%H%M%S.%fZ}",
        "started": started.isoformat(timespec="seconds"),
        "config": Config().text(),
        "versions": json.dumps(versions),
        "pages_in": sum(r.pages_in for r in receipts),
        "pages_out": sum(r.pages_out for r in receipts),
        "seconds": round(seconds, 3),
        "errors": sum(r.error is not None for r in receipts),
    }


class _Speed(ProgressColumn):
    """Pages a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.2f} pages/s" if task.speed else "")


@contextmanager
def _bar(console: Console) -> Iterator[Watch]:
    """A progress bar while the block runs; nothing where the output is no terminal."""
    columns = (TextColumn("pages"), BarColumn(), MofNCompleteColumn(), _Speed(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _watch(progress)


def _watch(progress: Progress) -> Callable[[str, int], None]:
    task = progress.add_task("pages", total=0)
    totals = {"pages_in": 0}

    def watch(event: str, count: int) -> None:
        if event == "pages_in":
            totals["pages_in"] += count
            progress.update(task, total=totals["pages_in"])
        else:
            progress.advance(task, count)

    return watch
