"""Results on disk: round trips, whole or not at all."""

from __future__ import annotations

import errno
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.errors import StoreError
from pipeline.records import Decree
from pipeline.store import Result, Store
from pipeline.whole import write_atomically


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "outputs")


def test_a_result_comes_back_as_it_was(store: Store, decree: Decree) -> None:
    store.save(Result("{}", "1", decree))
    assert store.load(decree.id) == Result("{}", "1", decree)
    assert store.ids() == (decree.id,)


def test_done_means_same_bytes_settings_version_and_no_failed_page(store: Store, decree: Decree) -> None:
    sha256 = decree.document.sha256
    store.save(Result("{}", "1", decree))
    assert not store.has(sha256, "{}", "1"), "a page failed"
    pages = tuple(replace(p, error=None) for p in decree.document.pages)
    store.save(Result("{}", "1", replace(decree, document=replace(decree.document, pages=pages))))
    assert store.has(sha256, "{}", "1")
    assert not store.has(sha256, "{}", "2")
    assert not store.has(sha256, '{"dpi": 200}', "1")
    assert not store.has("f" * 64, "{}", "1")


def test_half_a_file_is_no_result(store: Store, decree: Decree) -> None:
    store.save(Result("{}", "1", decree))
    path = store.path(decree.id)
    path.write_bytes(path.read_bytes()[:-10])
    assert not store.has(decree.document.sha256, "{}", "1")
    with pytest.raises(StoreError, match="is damaged: digitise its source again"):
        store.load(decree.id)


def test_a_missing_result_is_told(store: Store) -> None:
    with pytest.raises(StoreError, match="cannot be read"):
        store.load("no")


def test_a_full_disk_leaves_the_older_file_and_no_litter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.json"
    write_atomically(path, b"old")

    def full(_: int) -> Any:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreError, match=r"No space left on device.*free some space"):
        write_atomically(path, b"new")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]
    assert path.read_bytes() == b"old"


def test_a_folder_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        write_atomically(tmp_path / "outputs" / "documents" / "a.json", b"")


def test_names_may_be_as_long_as_a_file_may_be_called(tmp_path: Path) -> None:
    path = tmp_path / ("kế hoạch " * 19 + "x" * 8)
    assert len(path.name.encode()) == 255
    write_atomically(path, b"whole")
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
