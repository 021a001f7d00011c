"""Which files are meant where a folder is named: documents by their names, or by their first bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pipeline.errors import SourceError, UnreadableSource

__all__ = ["documents_under", "expand"]

KNOWN = frozenset((".pdf", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".txt"))
MAGIC = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"II*\0", b"MM\0*")
#: What lies beside documents and is none: answers to compare with, and words about the folder.
BESIDE = frozenset(("gold.txt", "aligned.txt", "licence.txt", "license.txt", "readme.txt", "requirements.txt"))


def expand(sources: Iterable[Path]) -> tuple[list[Path], list[SourceError]]:
    """The files that `sources` name, each once, in order, and what is wrong with the rest.

    A file is itself, there or not; a folder is the documents under it.
    """
    files: dict[Path, None] = {}
    problems: list[SourceError] = []
    for source in sources:
        try:
            files.update(dict.fromkeys(documents_under(source) if source.is_dir() else [source]))
        except SourceError as error:
            problems.append(error)
    return list(files), problems


def documents_under(
    folder: Path, *, fits: Callable[[Path], bool] | None = None, kinds: str = "PDF, PNG, JPEG, TIFF or .txt files"
) -> list[Path]:
    """The documents under `folder`, at any depth, by path. Hidden files and links to folders are passed over.

    `fits` says which files are meant, those to digitise by default, `kinds` what they are called. Raises
    UnreadableSource where there is none or the folder may not be read.
    """
    fits = fits or _is_document
    try:
        found = [p for p in _files(folder) if fits(p)]
    except OSError as error:
        remedy = f"run `chmod u+rx {error.filename}` or ask its owner"
        raise UnreadableSource(f"{error.filename} may not be looked into", remedy=remedy) from None
    if not found:
        raise UnreadableSource(f"{folder} holds no document", remedy=f"put {kinds} there")
    return found


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_file():
            yield path
        elif path.is_dir() and not path.is_symlink():
            yield from _files(path)


def _is_document(path: Path) -> bool:
    if path.suffix.lower() in KNOWN:
        return path.name.lower() not in BESIDE
    try:
        with path.open("rb") as file:
            return file.read(8).startswith(MAGIC)
    except OSError:
        return False
