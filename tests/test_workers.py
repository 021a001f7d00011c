"""Worker processes: a death costs one piece of work, a stop leaves nothing behind."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import PageError
from pipeline.workers import Workers

LONG = 30.0


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise PageError("page 3 is damaged", remedy="scan it again")


def run_program(seconds: float) -> int:
    """Start a program, as an engine starts Tesseract, and wait for it."""
    return subprocess.run(["sleep", str(seconds)], check=False).returncode


def threads() -> tuple[str | None, int]:
    import cv2

    return os.environ.get("OMP_THREAD_LIMIT"), cv2.getNumThreads()


def scratch() -> str:
    return tempfile.mkdtemp()


@pytest.fixture(scope="module")
def pool() -> Iterator[Workers]:
    with Workers(2) as workers:
        yield workers


def children() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout


def test_answers_come_back(pool: Workers) -> None:
    assert [f.result() for f in [pool.submit(divmod, n, 7) for n in range(20)]] == [divmod(n, 7) for n in range(20)]


def test_a_worker_has_one_thread(pool: Workers) -> None:
    assert pool.submit(threads).result() == ("1", 1)


def test_temporary_files_go_with_the_workers() -> None:
    with Workers(1) as pool:
        folder = Path(pool.submit(scratch).result())
        assert folder.is_dir()
    assert not folder.parent.exists()


def test_what_goes_wrong_comes_back_as_it_was(pool: Workers) -> None:
    with pytest.raises(PageError, match="page 3 is damaged: scan it again"):
        pool.submit(fail).result()


def test_a_death_costs_that_piece_of_work_alone(pool: Workers) -> None:
    lost, kept = pool.submit(die), [pool.submit(divmod, n, 7) for n in (8, 9)]
    with pytest.raises(PageError, match="process died"):
        lost.result()
    assert [f.result() for f in kept] == [(1, 1), (1, 2)]


def test_what_takes_too_long_is_ended_with_what_it_started() -> None:
    with Workers(1, patience=1.0) as pool:
        with pytest.raises(PageError, match="took over 1 s"):
            pool.submit(run_program, 3141.5).result()
        assert pool.submit(divmod, 8, 7).result() == (1, 1)
    assert "sleep 3141.5" not in children()


def test_leaving_early_ends_everything_at_once() -> None:
    started = time.monotonic()
    pool = Workers(2)
    futures = [pool.submit(run_program, 2718.2) for _ in range(4)]
    while children().count("sleep 2718.2") < 2:
        time.sleep(0.05)
    pool.shutdown(cancel_futures=True)
    assert time.monotonic() - started < LONG
    assert "sleep 2718.2" not in children()
    assert all(f.cancelled() or f.exception() for f in futures)
