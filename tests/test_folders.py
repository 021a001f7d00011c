"""Which files are meant where a folder is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import UnreadableSource
from pipeline.folders import documents_under, expand

FILES = {
    "a.pdf": True,
    "b.PNG": True,
    "c.tif": True,
    "deep/er/d.jpeg": True,
    "source.txt": True,
    "README.txt": False,
    "gold.txt": False,
    "aligned.txt": False,
    "gold.json": False,
    "notes.md": False,
    "table.csv": False,
    ".hidden.pdf": False,
    ".git/e.pdf": False,
    "scan without suffix": True,
    "binary.dat": False,
}
CONTENT = {"scan without suffix": b"%PDF-1.4", "binary.dat": b"\0\1\2"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in FILES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(CONTENT.get(name, b""))
    return tmp_path


def test_documents_are_known_by_name_or_first_bytes(folder: Path) -> None:
    found = {str(p.relative_to(folder)) for p in documents_under(folder)}
    assert found == {name for name, is_document in FILES.items() if is_document}


def test_a_file_that_is_named_is_taken_whatever_it_is_called(folder: Path) -> None:
    files, problems = expand([folder / "gold.txt", folder / "missing.pdf"])
    assert files == [folder / "gold.txt", folder / "missing.pdf"]
    assert not problems


def test_each_file_comes_once(folder: Path) -> None:
    files, _ = expand([folder / "a.pdf", folder, folder / "a.pdf"])
    assert len(files) == len(set(files)) == sum(FILES.values())


def test_a_folder_without_documents_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "a.pdf").write_bytes(b"")
    files, problems = expand([tmp_path / "empty", tmp_path / "a.pdf"])
    assert files == [tmp_path / "a.pdf"]
    assert [str(p) for p in problems] == [
        f"{tmp_path / 'empty'} holds no document: put PDF, PNG, JPEG, TIFF or .txt files there"
    ]


def test_a_folder_that_may_not_be_looked_into_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "iterdir", refuse)
    with pytest.raises(UnreadableSource, match="may not be looked into: run `chmod"):
        documents_under(tmp_path)
