"""SQLite files, opened so that what goes wrong with them is told in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from pipeline.errors import StoreError, UnreadableSource

__all__ = ["connected", "demand", "reading", "told"]

#: Seconds to wait for another program that is writing.
PATIENCE = 20.0


def demand(path: Path) -> None:
    """Raises UnreadableSource where there is no dataset."""
    if not path.exists():
        raise UnreadableSource(f"there is no dataset {path}", remedy="make one with `sohoa digitise`")


def connected(path: Path) -> sqlite3.Connection:
    """A connection that writes and keeps references whole; it waits for others that write."""
    db = sqlite3.connect(path, timeout=PATIENCE)
    db.execute("PRAGMA foreign_keys = ON")
    return db


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. Raises UnreadableSource for no dataset, StoreError for a damaged one."""
    demand(path)
    with told(path, "read"), closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        yield db


@contextmanager
def told(target: Path, verb: str = "written") -> Iterator[None]:
    """Tell what goes wrong with the file in one line: raises StoreError for what SQLite and the disk refuse."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{target} cannot be {verb} ({error})", remedy=_remedy(str(error))) from None
    except OSError as error:
        raise StoreError(f"{target} cannot be {verb} ({error.strerror})", remedy="choose another folder") from None


def _remedy(problem: str) -> str:
    known = {
        "full": "free some space and run the same command again",
        "locked": "close the program that has it open and run the same command again",
        "readonly": "make it writable or choose another folder",
        "not a database": "move it away: it is no dataset",
        "unable to open": "check that the folder can be written",
    }
    return next((remedy for part, remedy in known.items() if part in problem), "move it away and run again")
