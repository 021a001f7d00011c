"""Files written whole or not at all: what was there before stays until all of the new is on the disk."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pipeline.errors import StoreError

__all__ = ["replacing", "replacing_files", "write_atomically", "writing"]


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell what goes wrong while writing to `path` in one line."""
    try:
        yield
    except BrokenPipeError:
        raise  # that is standard output
    except OSError as error:
        remedy = "free some space and run the same command again" if error.errno == 28 else "choose another folder"
        raise StoreError(f"{path} cannot be written ({error.strerror})", remedy=remedy) from None


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of `path` when the block ends well, even where the power fails; else
    `path` holds what it held before. Raises StoreError where it cannot."""
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".sohoa-", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            Path(name).chmod(0o644)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` so that `path` holds all of it or what it held before. Raises StoreError where it cannot."""
    with replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def replacing_files(folder: Path) -> Iterator[Path]:
    """An empty folder to write files into that take the places of those in `folder` when the block ends well; files
    of other names stay there. Raises StoreError where it cannot."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=".sohoa-", dir=folder))
        try:
            yield made
            for path in sorted(made.iterdir()):
                path.replace(folder / path.name)
        finally:
            shutil.rmtree(made, ignore_errors=True)
