"""Large datasets measured: `python benchmarks/dataset.py 1000 10000`.

Documents are a sample of ours under other ids, with other words in each; written, exported and searched. Time a
document must not grow with their number, nor the memory of an export.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from pipeline import decree_rows, digitise
from pipeline.exports.search import searched
from pipeline.exports.sqlite import export_sqlite
from pipeline.schema import Rows

SAMPLE = Path(__file__).parents[1] / "samples" / "plan-74-ocr" / "source.txt"
WORDS = "kênh mương đê đập cầu cống trạm bơm ruộng vườn rừng biển sông suối chợ trường lớp đường phố xóm".split()
QUESTIONS = ("khen thuong", "thi dua khen thuong", '"phong trao thi dua"', "kenh muong", "truong*")
KINDS = ("csv", "parquet", "jsonl")


def copies(count: int) -> Iterator[Rows]:
    """The rows of so many documents, no two alike."""
    rows = decree_rows(digitise(SAMPLE), config="{}", version="1")
    old = str(rows["documents"][0]["document_id"])
    for n in range(count):
        digest = sha256(str(n).encode()).hexdigest()
        made = {
            name: [_renamed(row, old, digest[:12]) for row in some] for name, some in rows.items() if name != "bodies"
        }
        made["documents"][0] |= {"sha256": digest, "source": f"{n}.txt", "code": f"{n}/KH-UBND"}
        for k, section in enumerate(made["sections"]):
            section["text"] = f"{section['text']} {WORDS[(n + k) % len(WORDS)]} {WORDS[(n * k) % len(WORDS)]} {n}"
        yield {**made, "bodies": rows["bodies"]}


def _renamed(row: Any, old: str, new: str) -> dict[str, Any]:
    return {name: value.replace(old, new) if isinstance(value, str) else value for name, value in row.items()}


def written(count: int, target: Path) -> float:
    """Seconds to write the documents, fifty a transaction."""
    began, some = time.perf_counter(), []
    for rows in copies(count):
        some.append(rows)
        if len(some) == 50:
            export_sqlite(some, target)
            some = []
    export_sqlite(some, target)
    return time.perf_counter() - began


def exported(kind: str, folder: Path) -> tuple[float, float]:
    """(seconds, MiB at most) of an export in a process of its own."""
    sohoa = str(Path(sys.executable).with_name("sohoa"))
    code = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    code += "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    began = time.perf_counter()
    command = [sys.executable, "-c", code, sohoa, "export", "--to", kind, "-o", str(folder)]
    told = subprocess.run(command, check=True, capture_output=True, text=True)
    return time.perf_counter() - began, float(told.stdout)


def asked(target: Path) -> float:
    """Milliseconds of the slowest question."""
    longest = 0.0
    for words in QUESTIONS:
        began = time.perf_counter()
        list(searched(target, words))
        longest = max(longest, time.perf_counter() - began)
    return 1000 * longest


def main(counts: Annotated[list[int], typer.Argument(help="Numbers of documents.")]) -> None:
    """Measure writing, exporting and searching so many documents."""
    heads = ("documents", "MiB", "ms to write one", *(f"{k} ms, MiB" for k in KINDS), "slowest search, ms")
    table = Table(*heads)
    for count in counts:
        with tempfile.TemporaryDirectory() as name:
            target = Path(name) / "dataset.sqlite"
            seconds = written(count, target)
            size = target.stat().st_size / 2**20
            exports = [exported(kind, Path(name)) for kind in KINDS]
            cells = [f"{1000 * s / count:.1f}, {peak:.0f}" for s, peak in exports]
            table.add_row(f"{count}", f"{size:.0f}", f"{1000 * seconds / count:.1f}", *cells, f"{asked(target):.1f}")
    console = Console(width=140)
    console.print(table)
    console.print(f"memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


if __name__ == "__main__":
    typer.run(main)
