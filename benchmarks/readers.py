"""The programs whose reading is compared, each run as its users run it: text by page, CPU seconds, peak memory."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.sheet import open_source

__all__ = ["Readings", "Spent", "ocrmypdf", "sohoa", "tesseract"]

SIGNED = "DigitalSignatureError"
ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True, slots=True)
class Spent:
    """User and system seconds of all processes, and the most MiB of the largest one."""

    seconds: float = 0.0
    memory: int = 0

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.seconds + other.seconds, max(self.memory, other.memory))


@dataclass(frozen=True, slots=True)
class Readings:
    """The text of the pages by document; `refused` tells why a document was not read."""

    name: str
    pages: dict[Path, list[str]]
    spent: Spent
    refused: dict[Path, str] = field(default_factory=dict)


def run(*command: str | Path) -> tuple[int, str, Spent]:
    """The exit status, what was said on standard error, and what it took with everything it started."""
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=os.environ | ONE_THREAD)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        kilo = 1024 if sys.platform == "darwin" else 1
        spent = Spent(used.ru_utime + used.ru_stime, used.ru_maxrss // kilo // 1024)
        return process.returncode, said.read().decode("utf8", "replace"), spent


def tesseract(folders: Sequence[Path]) -> Readings:
    """`pdftoppm -r 300`, then `tesseract -l vie --psm 3` on each page."""
    pages, spent = {}, Spent()
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            spent += run("pdftoppm", "-r", "300", folder / "scan.pdf", Path(place, "page"))[2]
            texts = []
            for picture in sorted(Path(place).glob("*.ppm")):
                spent += run("tesseract", picture, picture.with_suffix(""), "-l", "vie", "--psm", "3")[2]
                texts.append(picture.with_suffix(".txt").read_text("utf8"))
        pages[folder] = texts
    return Readings("tesseract -l vie", pages, spent)


def ocrmypdf(folders: Sequence[Path]) -> Readings | None:
    """`ocrmypdf --deskew --force-ocr`; None where it is not installed. Signed documents it refuses."""
    program = shutil.which("ocrmypdf")
    if program is None:
        return None
    pages, refused, spent = {}, {}, Spent()
    for folder in folders:
        with tempfile.TemporaryDirectory() as place:
            text = Path(place, "text")
            options = ("-l", "vie", "--deskew", "--force-ocr", "--jobs", "1", "--output-type", "pdf", "--sidecar", text)
            status, said, took = run(program, *options, folder / "scan.pdf", Path(place, "out.pdf"))
            if status:
                last = (said.strip().splitlines() or [f"exit status {status}"])[-1]
                refused[folder] = "it is signed" if SIGNED in said or "signature" in said else last
                continue
            pages[folder] = text.read_text("utf8").split("\f")
            spent += took
    return Readings("ocrmypdf --deskew", pages, spent, refused)


def sohoa(folders: Sequence[Path], output: Path) -> tuple[Readings, Readings]:
    """`sohoa digitise` on all documents at once: its lines before restoration, and as they end up."""
    program = Path(sys.executable).with_name("sohoa")
    _, _, spent = run(program, "digitise", *(folder / "scan.pdf" for folder in folders), "-o", output)
    sources = {folder: open_source(folder / "scan.pdf") for folder in folders}
    columns = [{f: _lines(output, s.id, s.pages, name) for f, s in sources.items()} for name in ("raw", "text")]
    return Readings("sohoa, before restoration", columns[0], spent), Readings("sohoa", columns[1], spent)


def _lines(output: Path, document: str, pages: int, column: str) -> list[str]:
    """The printed lines of each page."""
    ask = f"select page, {column} from lines where document_id = ? order by page, line"  # noqa: S608
    with sqlite3.connect(output / "dataset.sqlite") as database:
        rows = database.execute(ask, (document,)).fetchall()
    return ["\n".join(text or "" for page, text in rows if page == number) for number in range(1, pages + 1)]
