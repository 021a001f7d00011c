"""Peak memory of `sohoa digitise` for documents of more and more pages: it must not grow with them.

    python benchmarks/memory.py samples/plan-2008/scan.pdf 4 40

Makes PDFs of so many copies of the source's first page and digitises each into a temporary folder.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf

PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


def copies(source: Path, pages: int, target: Path) -> None:
    """A PDF of `pages` copies of the first page of `source`."""
    with pikepdf.open(source) as pdf, pikepdf.new() as out:
        for _ in range(pages):
            out.pages.append(pdf.pages[0])
        out.save(target)


def peak(source: Path, output: Path) -> tuple[int, float]:
    """The most memory of the command itself in MiB, and the seconds it took."""
    command: list[str | Path] = [Path(sys.executable).with_name("sohoa"), "digitise", source, "-o", output]
    most, started = 0, time.monotonic()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            if found := PEAK.search(Path(f"/proc/{process.pid}/status").read_text("utf8")):
                most = int(found[1]) // 1024
            time.sleep(0.2)
    return most, time.monotonic() - started


def main(source: Path, counts: list[int]) -> None:
    """Print a line for each number of pages."""
    for pages in counts:
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "copies.pdf"
            copies(source, pages, target)
            own, seconds = peak(target, Path(folder) / "out")
        workers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        print(
            f"{pages:4} pages: command {own} MiB, largest process so far {workers} MiB, {pages / seconds:.2f} pages/s"
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(n) for n in sys.argv[2:]] or [4, 40])
