"""The whole way on real input: every value with evidence, every page accounted for, the wheel complete."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import venv
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from pipeline import Decree, digitise
from pipeline.progress import digitise_all

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
SAMPLE = SAMPLES / "plan-74" / "scan.pdf"
OCR_TEXT = SAMPLES / "plan-74-ocr" / "source.txt"
HEADER = ("type_code", "number", "notation", "issuer", "place", "issued", "subject", "signer_position", "signer_name")
KEYS = {
    "sections": "section_id", "tasks": "task_id", "assignments": "assignment_id", "dates": "date_id",
    "citations": "citation_id", "recipients": "recipient_id",
}  # fmt: skip


def compact(decree: Decree) -> dict[str, Any]:
    """What a decree says, without words and boxes."""
    header = decree.header
    fields = (*HEADER, "code", "type_name", "parent_issuer", "signing_authority")
    return {
        "header": {name: found.value for name in fields if (found := getattr(header, name))},
        "sections": [f"{s.path} | {s.kind} | {s.text[:60]}" for s in decree.sections],
        "tasks": [
            {
                "section": decree.sections[t.section].path,
                "kind": t.kind,
                "who": [f"{a.role}: {a.body}" for a in t.assignments],
                "when": [decree.dates[d.date].text.value for d in t.deadlines],
            }
            for t in decree.tasks
        ],
        "citations": [f"{c.relation} | {c.text.value}" for c in decree.citations],
        "recipients": [f"{r.role} | {r.text.value}" for r in decree.recipients],
        "stamps": [s.kind for s in decree.stamps],
    }


@pytest.mark.slow
def test_the_ocr_text_of_plan_74_reads_as_before(golden: Callable[[str, Any], None]) -> None:
    golden("plan-74-ocr.json", compact(digitise(OCR_TEXT)))


def untraced(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """Rows and header fields that say something and have no evidence."""
    lost: list[tuple[str, str]] = []
    for table, key in KEYS.items():
        query = f"SELECT '{table}', {key} FROM {table} WHERE {key} NOT IN (SELECT row_id FROM evidence)"
        lost += db.execute(query).fetchall()
    for name in HEADER:
        query = (
            f"SELECT '{name}', document_id FROM documents WHERE {name} IS NOT NULL AND document_id NOT IN "
            f"(SELECT document_id FROM evidence WHERE table_name = 'documents' AND column_name = '{name}')"
        )
        lost += db.execute(query).fetchall()
    return lost


def boxes_off_the_page(db: sqlite3.Connection) -> list[tuple[Any, ...]]:
    query = (
        "SELECT evidence_id, x0, y0, x1, y1, width, height FROM evidence JOIN pages USING (document_id, page) "
        "WHERE x0 < 0 OR y0 < 0 OR x1 > width OR y1 > height OR x0 >= x1 OR y0 >= y1"
    )
    return db.execute(query).fetchall()


def check_dataset(dataset: Path) -> None:
    with closing(sqlite3.connect(dataset)) as db:
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        assert untraced(db) == []
        assert boxes_off_the_page(db) == []
        lost = (
            "SELECT source FROM documents d "
            "WHERE pages != (SELECT count(*) FROM pages p WHERE p.document_id = d.document_id)"
        )
        assert db.execute(lost).fetchall() == []
        assert db.execute("SELECT * FROM pages WHERE error IS NOT NULL").fetchall() == []


@pytest.mark.slow
def test_the_samples_become_a_whole_dataset(tmp_path: Path) -> None:
    assert digitise_all([SAMPLES], tmp_path) == 0
    check_dataset(tmp_path / "dataset.sqlite")
    with closing(sqlite3.connect(tmp_path / "dataset.sqlite")) as db:
        empty = [t for t in KEYS if not db.execute(f"SELECT count(*) FROM {t}").fetchone()[0]]
        assert empty == []
        assert db.execute("SELECT pages_in = pages_out, errors FROM runs").fetchall() == [(1, 0)]


@pytest.mark.slow
def test_real_documents_become_a_whole_dataset(gold_folders: list[Path], tmp_path: Path) -> None:
    assert digitise_all(gold_folders, tmp_path) == 0
    check_dataset(tmp_path / "dataset.sqlite")
    with closing(sqlite3.connect(tmp_path / "dataset.sqlite")) as db:
        assert db.execute("SELECT count(*) FROM documents").fetchone() == (len(gold_folders),)


def ran(*command: object, cwd: Path) -> str:
    """The output of a command that must succeed, run outside this environment."""
    clean = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")} | {"UV_SYSTEM_CERTS": "1"}
    answer = subprocess.run(list(map(str, command)), cwd=cwd, env=clean, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr
    return answer.stdout


@pytest.mark.slow
def test_the_wheel_digitises_in_an_empty_environment_elsewhere(tmp_path: Path) -> None:
    uv = ROOT / ".cache" / "uv" / "bin" / "uv"
    if not uv.exists():
        pytest.skip("made by `make test`")
    ran(uv, "build", "--wheel", "--out-dir", tmp_path, ROOT, cwd=tmp_path)
    (wheel,) = tmp_path.glob("sohoa-*.whl")
    locked = ("--frozen", "--no-dev", "--no-emit-project", "--no-hashes", "--output-file", tmp_path / "locked.txt")
    ran(uv, "export", "--quiet", *locked, cwd=ROOT)
    venv.create(tmp_path / "venv")
    bin_folder = tmp_path / "venv" / "bin"
    ran(uv, "pip", "install", "--python", bin_folder / "python", "-c", tmp_path / "locked.txt", wheel, cwd=tmp_path)
    shutil.copy(OCR_TEXT, tmp_path / "plan.txt")
    assert "6 pages in = 6 pages out" in ran(bin_folder / "sohoa", "digitise", "plan.txt", cwd=tmp_path)
    check_dataset(tmp_path / "outputs" / "dataset.sqlite")
