"""Many sources into one dataset: resumable, one receipt a source, no page lost."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from pipeline import batch, flow
from pipeline.batch import Receipt, run
from pipeline.errors import MissingProgram, PageError, StoreError
from pipeline.flow import Config, read_page
from pipeline.sheet import Sheet, Source
from pipeline.store import Store
from pipeline.types import PageReading
from pipeline.workers import Workers

CONFIG = Config(stages=(), extractors=())


class Inline(Executor):
    """Does the work when it is asked for, here."""

    def __init__(self) -> None:
        self.most = 0
        self.open: list[Future[Any]] = []

    def submit(self, work: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        future: Future[Any] = Future()
        try:
            future.set_result(work(*args, **options))
        except Exception as error:
            future.set_exception(error)
        return future


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "outputs")


def written(folder: Path, **texts: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text)
    return [folder / f"{name}.txt" for name in texts]


def digitised(sources: list[Path], store: Store, **options: Any) -> list[Receipt]:
    return list(run(sources, store, Inline(), slots=2, config=CONFIG, **options))


def pages(store: Store) -> list[tuple[str, int, str | None]]:
    query = "SELECT source, page, error FROM pages JOIN documents USING (document_id) ORDER BY source, page"
    return [(Path(s).stem, n, e) for s, n, e in sqlite3.connect(store.dataset).execute(query)]


def test_every_page_of_every_source_is_in_the_dataset(tmp_path: Path, store: Store) -> None:
    receipts = digitised(written(tmp_path, a="một\fhai\fba", b="bốn"), store)
    assert pages(store) == [("a", 1, None), ("a", 2, None), ("a", 3, None), ("b", 1, None)]
    assert sorted((r.pages_in, r.pages_out, r.error) for r in receipts) == [(1, 1, None), (3, 3, None)]


def test_what_is_done_is_skipped_and_only_that(tmp_path: Path, store: Store) -> None:
    digitised(written(tmp_path, a="một"), store)
    receipts = digitised(written(tmp_path, a="một", b="hai"), store)
    assert [(Path(r.source).stem, r.skipped) for r in receipts] == [("a", True), ("b", False)]


def test_force_reads_again(tmp_path: Path, store: Store) -> None:
    sources = written(tmp_path, a="một")
    digitised(sources, store)
    assert not digitised(sources, store, force=True)[0].skipped


def test_a_dataset_that_was_lost_is_made_again_from_the_results(tmp_path: Path, store: Store) -> None:
    sources = written(tmp_path, a="một")
    digitised(sources, store)
    store.dataset.unlink()
    assert digitised(sources, store)[0].skipped
    assert pages(store) == [("a", 1, None)]


def test_other_settings_read_again(tmp_path: Path, store: Store) -> None:
    sources = written(tmp_path, a="một")
    digitised(sources, store)
    (receipt,) = run(sources, store, Inline(), slots=1, config=CONFIG.model_copy(update={"dpi": 200}))
    assert not receipt.skipped


def test_the_same_file_twice_is_told_and_read_once(tmp_path: Path, store: Store) -> None:
    receipts = digitised(written(tmp_path, a="một", b="một"), store)
    assert [r.source for r in receipts if r.skipped] == [f"{tmp_path / 'b.txt'} (same file as {tmp_path / 'a.txt'})"]
    assert pages(store) == [("a", 1, None)]


def test_a_source_that_cannot_be_opened_costs_nothing_else(tmp_path: Path, store: Store) -> None:
    receipts = digitised([tmp_path / "missing.pdf", *written(tmp_path, a="một")], store)
    assert [r.error for r in receipts] == [f"{tmp_path / 'missing.pdf'} does not exist: check the name", None]


def page_two_fails(config: Config, sheet: Sheet) -> PageReading:
    if sheet.number == 2:
        raise PageError("page 2 is torn")
    return read_page(config, sheet)


def test_a_page_that_fails_is_accounted_for_and_tried_again(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = written(tmp_path, a="một\fhai\fba")
    with monkeypatch.context() as patch:
        patch.setattr(batch, "read_page", page_two_fails)
        (receipt,) = digitised(sources, store)
    assert (receipt.pages_in, receipt.pages_out, receipt.error) == (3, 3, "page 2: page 2 is torn")
    assert pages(store) == [("a", 1, None), ("a", 2, "page 2 is torn"), ("a", 3, None)]
    assert digitised(sources, store)[0].error is None
    assert pages(store) == [("a", 1, None), ("a", 2, None), ("a", 3, None)]


@pytest.mark.parametrize("error", [StoreError("disk full"), MissingProgram("tesseract is not installed")])
def test_what_would_end_every_page_the_same_way_ends_the_run(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object) -> None:
        raise error

    digitised(written(tmp_path, a="một"), store)
    monkeypatch.setattr(batch, "read_page", fail)
    with pytest.raises(type(error)):
        digitised(written(tmp_path, b="hai"), store)
    assert pages(store) == [("a", 1, None)]


def a_part_that_fails(_: object) -> Any:
    raise ZeroDivisionError("division by zero")


def test_a_part_that_fails_is_left_out_and_told_and_the_pages_are_kept(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flow, "_extractor", lambda name: a_part_that_fails)
    config = CONFIG.model_copy(update={"extractors": ("header",)})
    sources = written(tmp_path, a="một")
    (receipt,) = run(sources, store, Inline(), slots=1, config=config)
    assert receipt.pages_out == 1
    assert receipt.error is not None
    assert "ZeroDivisionError: division by zero at test_batch.py:" in receipt.error
    assert pages(store) == [("a", 1, None)]
    assert not next(run(sources, store, Inline(), slots=1, config=config)).skipped


def test_a_document_that_cannot_be_stored_is_told_and_the_run_goes_on(
    tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conclude(config: Config, source: Source, *rest: Any) -> tuple[str, ...]:
        if source.path.stem == "a":
            a_part_that_fails(source)
        return original(config, source, *rest)

    original = batch.conclude
    monkeypatch.setattr(batch, "conclude", conclude)
    receipts = digitised(written(tmp_path, a="một", b="hai"), store)
    assert {Path(r.source).stem: r.pages_out for r in receipts} == {"a": 0, "b": 1}


def test_the_watcher_is_told_of_pages_coming_and_done(tmp_path: Path, store: Store) -> None:
    told: list[tuple[str, int]] = []
    digitised(written(tmp_path, a="một\fhai"), store, watch=lambda event, n: told.append((event, n)))
    assert told == [("pages_in", 2), ("pages_out", 1), ("pages_out", 1)]


class Counting(Inline):
    """Answers only when waited for; remembers how much was under way."""

    def submit(self, work: Callable[..., Any], /, *args: Any, **options: Any) -> Future[Any]:
        self.open = [f for f in self.open if not f.taken]  # type: ignore[attr-defined]
        future = super().submit(work, *args, **options)
        future.taken = False  # type: ignore[attr-defined]
        original = future.exception

        def exception(timeout: float | None = None) -> BaseException | None:
            future.taken = True  # type: ignore[attr-defined]
            return original(timeout)

        future.exception = exception  # type: ignore[method-assign]
        self.open.append(future)
        self.most = max(self.most, len(self.open))
        return future


def test_no_more_than_the_slots_are_under_way(tmp_path: Path, store: Store) -> None:
    executor = Counting()
    sources = written(tmp_path, a="\f".join(str(n) for n in range(60)))
    assert [r.error for r in run(sources, store, executor, slots=3, config=CONFIG)] == [None]
    assert executor.most <= 3
    assert len(pages(store)) == 60


def killed_on_page_two(config: Config, sheet: Sheet) -> PageReading:
    """As the kernel does when memory runs out."""
    if sheet.number == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return read_page(config, sheet)


def test_a_worker_that_is_killed_costs_its_page(tmp_path: Path, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "read_page", killed_on_page_two)
    with Workers(2) as executor:
        (receipt,) = run(written(tmp_path, a="một\fhai\fba"), store, executor, slots=2, config=CONFIG)
    assert receipt.error is not None
    assert receipt.error.startswith("page 2: the reading process died")
    assert [(n, e is None) for _, n, e in pages(store)] == [(1, True), (2, False), (3, True)]
