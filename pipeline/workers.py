"""Worker processes that may die: a worker that is killed costs the one piece of work it had, not the run.

Each worker is one process in a process group of its own, so that stopping it stops the programs it started too
(Tesseract, poppler). Work goes to it one piece at a time, so a death is always somebody's.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, ParamSpec, TypeVar

from pipeline.errors import PageError

__all__ = ["Workers"]

P = ParamSpec("P")
T = TypeVar("T")
#: Processes start afresh, the same way on every system; nothing of the parent's threads leaks in.
SPAWN = multiprocessing.get_context("spawn")
#: One thread a worker: those of Tesseract, OpenCV and BLAS gain nothing and fight each other.
ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OPENCV_FOR_THREADS_NUM": "1", "OPENBLAS_NUM_THREADS": "1"}


class Workers(Executor):
    """`count` processes behind the interface of concurrent.futures.

    A piece of work that takes over `patience` seconds, or whose worker dies, ends with PageError; the worker is
    replaced. Leaving the `with` block early (an exception, Ctrl-C) kills what is running.
    """

    def __init__(self, count: int, *, patience: float = 600.0) -> None:
        self._patience = patience
        self._threads = ThreadPoolExecutor(count, thread_name_prefix="sohoa")
        self._scratch = tempfile.TemporaryDirectory(prefix="sohoa-", ignore_cleanup_errors=True)
        self._idle: SimpleQueue[_Worker] = SimpleQueue()
        self._all = [_Worker(self._scratch.name) for _ in range(count)]
        self._stopped = False
        for worker in self._all:
            self._idle.put(worker)

    def submit(self, work: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> Future[T]:
        """Have `work` done by the next idle worker; it and its arguments must be picklable."""
        return self._threads.submit(self._done, work, args, options)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stop the workers, at once and with what they started where `cancel_futures` is set."""
        self._stopped = cancel_futures
        if cancel_futures:
            for worker in self._all:
                worker.kill()
        self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for worker in self._all:
            worker.kill()
        self._scratch.cleanup()

    def __exit__(self, kind: object, error: object, trace: object) -> bool | None:
        self.shutdown(cancel_futures=kind is not None)
        return None

    def _done(self, work: Callable[..., T], args: tuple[Any, ...], options: dict[str, Any]) -> T:
        worker = self._idle.get()
        try:
            if self._stopped:
                raise PageError("the run was stopped", remedy="run the same command again")
            answer: T = worker.ask((work, args, options), self._patience)
            return answer
        finally:
            self._idle.put(worker)


class _Worker:
    """One process, started when first asked and again after it died; it leaves temporary files in `scratch`."""

    def __init__(self, scratch: str) -> None:
        self._scratch = scratch
        self._process: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, work: object, patience: float) -> Any:
        """The answer of the process to `work`. Raises PageError where it dies or takes too long."""
        pipe = self._started()
        try:
            pipe.send(work)
            if not pipe.poll(patience):
                raise PageError(f"reading took over {patience:.0f} s", remedy="scan the page again at 300 dpi")
            ok, value = pipe.recv()
        except PageError:
            self.kill()
            raise
        except (EOFError, OSError):
            self.kill()
            remedy = "see that memory suffices and run the same command with --force"
            raise PageError("the reading process died", remedy=remedy) from None
        if not ok:
            raise value
        return value

    def kill(self) -> None:
        """End the process and all it started, at once."""
        process, self._process = self._process, None
        if process is None or process.pid is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()  # where it had no time to make its own group
        process.join()

    def _started(self) -> Connection:
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self.kill()
            ours, theirs = SPAWN.Pipe()
            self._process = SPAWN.Process(target=_serve, args=(theirs, os.getpid(), self._scratch), daemon=True)
            self._process.start()
            theirs.close()
            self._pipe = ours
        return self._pipe


def _serve(pipe: Connection, parent: int, scratch: str) -> None:
    """The life of a worker: one answer for each piece of work until the pipe closes."""
    os.setpgid(0, 0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ.update(ONE_THREAD, TMPDIR=scratch)
    tempfile.tempdir = scratch
    threading.Thread(target=_follow, args=(parent,), daemon=True).start()
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        while True:
            work, args, options = pipe.recv()
            pipe.send(_answer(work, args, options))


def _answer(work: Callable[..., Any], args: tuple[Any, ...], options: dict[str, Any]) -> tuple[bool, Any]:
    try:
        return True, work(*args, **options)
    except Exception as error:  # noqa: BLE001 the parent raises it again where the work was asked for
        return False, error


def _follow(parent: int) -> None:
    """Die with the parent, and take along what was started: nothing reads on for nobody."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os.killpg(0, signal.SIGKILL)
