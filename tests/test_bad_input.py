"""What people bring that is no good document: told in one line each, and nothing else is lost."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

SOHOA = [str(Path(sys.executable).parent / "sohoa")]


def sohoa(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*SOHOA, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False)


def pages(output: Path) -> int:
    with closing(sqlite3.connect(output / "dataset.sqlite")) as db:
        return int(db.execute("SELECT count(*) FROM pages").fetchone()[0])


def empty(folder: Path) -> Path:
    (folder / "empty.pdf").write_bytes(b"")
    return folder / "empty.pdf"


def text_named_pdf(folder: Path) -> Path:
    (folder / "text.pdf").write_text("Kế hoạch công tác năm 2021\n" * 5)
    return folder / "text.pdf"


def sound_pdf(folder: Path, name: str = "sound.pdf", count: int = 1) -> Path:
    with pikepdf.new() as pdf:
        for _ in range(count):
            pdf.add_blank_page(page_size=(100, 100))
        pdf.save(folder / name)
    return folder / name


def truncated_pdf(folder: Path) -> Path:
    path = sound_pdf(folder, "truncated.pdf", 3)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    return path


def locked_pdf(folder: Path) -> Path:
    with pikepdf.open(sound_pdf(folder)) as pdf:
        pdf.save(folder / "locked.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    return folder / "locked.pdf"


def pdf_without_pages(folder: Path) -> Path:
    return sound_pdf(folder, "none.pdf", 0)


def huge_picture(folder: Path) -> Path:
    Image.new("1", (20_000, 20_000), 1).save(folder / "huge.png")
    return folder / "huge.png"


def empty_folder(folder: Path) -> Path:
    (folder / "nothing").mkdir()
    return folder / "nothing"


def unreadable(folder: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("root may read everything")
    path = sound_pdf(folder, "secret.pdf")
    path.chmod(0)
    return path


def missing(folder: Path) -> Path:
    return folder / "missing.pdf"


def named_in_no_encoding(folder: Path) -> Path:
    path = Path(os.fsdecode(os.fsencode(folder) + b"/b\xffd.txt"))
    path.write_text("Kế hoạch")
    return path


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("good") / "good.txt"
    path.write_text("Số: 12/KH-UBND\n\n1. Phòng Nội vụ báo cáo.\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "told"),
    [
        (empty, "is empty: "),
        (text_named_pdf, "is text, whatever its name says: "),
        (truncated_pdf, "is a damaged PDF ("),
        (locked_pdf, "asks for a password: remove the password"),
        (pdf_without_pages, "has no pages: "),
        (huge_picture, "has too many pixels: "),
        (empty_folder, "holds no document: "),
        (unreadable, "may not be read: run `chmod"),
        (missing, "does not exist: check the name"),
        (named_in_no_encoding, "has a name that is no text: rename it"),
    ],
)
def test_a_bad_source_is_told_in_one_line_and_the_good_one_is_done(
    make: object, told: str, good: Path, tmp_path: Path
) -> None:
    bad = make(tmp_path)  # type: ignore[operator]
    answer = sohoa("digitise", bad, good, "-o", tmp_path / "outputs")
    lines = answer.stdout.splitlines()
    assert answer.returncode == 1
    assert answer.stderr == ""
    assert [
        told in line and bad.name.encode(errors="backslashreplace").decode() in line
        for line in lines
        if line.startswith("✗")
    ] == [True]
    assert any(line.startswith("✓") and "good.txt" in line for line in lines)
    assert "1 page in = 1 page out" in lines[-1]
    assert pages(tmp_path / "outputs") == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a disk of 512 KiB; needs root on Linux."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(disk)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no small disk can be made here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.slow
def test_a_full_disk_is_told_and_what_was_done_stays(small_disk: Path, good: Path, tmp_path: Path) -> None:
    assert sohoa("digitise", good, "-o", small_disk).returncode == 0
    big = tmp_path / "big.txt"
    big.write_text("\n".join(f"{n}. Phòng Nội vụ báo cáo kết quả số {n} với Ủy ban." for n in range(1, 3000)))
    answer = sohoa("digitise", big, "-o", small_disk)
    assert answer.returncode == 1
    assert "free some space and run the same command again" in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert sohoa("show", "good", "-o", small_disk).returncode == 0
    assert pages(small_disk) == 1


@pytest.mark.slow
@pytest.mark.parametrize("command", [["digitise"], ["show"], ["restore"], ["restore", "--show-edits"]])
def test_output_that_lacks_letters_or_space_is_no_traceback(command: list[str], good: Path, tmp_path: Path) -> None:
    output = ["-o", str(tmp_path)] if command[0] != "restore" else []
    if command == ["show"]:
        sohoa("digitise", good, *output)
    poor = os.environ | {"PYTHONIOENCODING": "ascii"}
    answer = subprocess.run([*SOHOA, *command, good, *output], capture_output=True, env=poor, check=False)
    assert answer.returncode == 0
    assert b"Traceback" not in answer.stderr
    if Path("/dev/full").exists():
        with Path("/dev/full").open("wb") as full:
            stopped = subprocess.run(
                [*SOHOA, *command, good, *output], stdout=full, stderr=subprocess.PIPE, check=False
            )
        assert stopped.returncode == 1
        assert stopped.stderr.decode().splitlines()[-1].startswith("sohoa: standard output cannot be ")
        assert b"Traceback" not in stopped.stderr


@pytest.mark.slow
def test_outputs_that_may_not_be_written_are_told(good: Path, tmp_path: Path) -> None:
    (tmp_path / "outputs").write_text("a file, no folder")
    answer = sohoa("digitise", good, "-o", tmp_path / "outputs")
    assert answer.returncode == 1
    assert "cannot be " in answer.stderr
    assert answer.stderr.count("\n") == 1


def started_programs(folder: Path) -> list[str]:
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    return [line for line in processes.splitlines() if str(folder) in line]


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done_and_the_next_run_goes_on(good: Path, tmp_path: Path) -> None:
    scan = tmp_path / "scan.tif"
    sheets = [Image.effect_noise((1700, 2200), 90) for _ in range(6)]
    sheets[0].save(scan, save_all=True, append_images=sheets[1:], dpi=(200, 200))
    command = [*SOHOA, "digitise", str(good), str(scan), "-o", str(tmp_path / "outputs"), "--workers", "2"]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True, env=environment)
    assert run.stdout is not None
    assert "good.txt" in run.stdout.readline()
    time.sleep(1.0)
    run.send_signal(signal.SIGINT)
    stopped = time.monotonic()
    rest = run.stdout.read()
    assert run.wait(30) == 130
    assert time.monotonic() - stopped < 5
    assert rest.startswith("stopped: what is done is kept")
    assert pages(tmp_path / "outputs") == 1
    assert not started_programs(tmp_path)
    again = sohoa("digitise", good, "-o", tmp_path / "outputs")
    assert again.returncode == 0
    assert "done before" in again.stdout
    assert not list(tmp_path.glob("sohoa-*")), "temporary files were left"
