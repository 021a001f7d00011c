"""The command as a person meets it: exit codes, one line for a mistake, README and CLI agree."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from pipeline import cli, progress
from pipeline.batch import Receipt
from pipeline.errors import UnreadableSource
from pipeline.exports.listing import Listed, find_document
from pipeline.progress import receipt_line, summary

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf8")
COMMANDS = sorted(get_command(cli.app).commands)  # type: ignore[attr-defined]


def test_readme_names_every_command() -> None:
    assert set(COMMANDS) <= set(re.findall(r"sohoa (\w+)", README))


def test_every_command_and_target_in_the_readme_exists() -> None:
    code = "\n".join(re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", README, re.S) and [
        a or b for a, b in re.findall(r"```\w*\n(.*?)```|`([^`\n]+)`", README, re.S)
    ])  # fmt: skip
    assert set(re.findall(r"^(?:uv run )?sohoa (\w+)", code, re.M)) <= set(COMMANDS)
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M))
    assert set(re.findall(r"^make (\w+)", code, re.M)) <= targets


def test_restoring_in_python_does_what_the_readme_says(capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(from pipeline.restore import .*?)```", README, re.DOTALL)
    exec(code, {})  # noqa: S102 it is our own
    said, *edits = capsys.readouterr().out.splitlines()
    assert f"print(restore_text(text))  # {said}" in code
    assert edits
    assert all(len(edit.split()) == 4 for edit in edits)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_documented(command: str) -> None:
    answer = CliRunner().invoke(cli.app, [command, "--help"])
    assert answer.exit_code == 0
    assert get_command(cli.app).commands[command].help  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("receipt", "line"),
    [
        (Receipt("a.pdf", 3.21, 9, 9), "✓  a.pdf  9 pages, 3.2 s"),
        (Receipt("a.pdf", 0, 1, 1, skipped=True), "=  a.pdf  1 page, done before"),
        (Receipt("a.pdf", 3, 9, 9, "page 2: torn"), "✗  a.pdf  9 pages, 3.0 s, page 2: torn"),
        (Receipt("a.pdf", error="a.pdf is empty: scan it again"), "✗  a.pdf is empty: scan it again"),
    ],
)
def test_a_receipt_is_one_line(receipt: Receipt, line: str) -> None:
    assert receipt_line(receipt) == line


def test_the_summary_says_that_no_page_was_lost() -> None:
    receipts = [Receipt("a", 2, 9, 9), Receipt("b", 0, 2, 2, skipped=True), Receipt("c", error="c is empty")]
    assert summary(receipts, 4.0) == (
        "3 documents · 11 pages in = 11 pages out · 1 done before · 1 failed · 4.0 s, 2.25 pages/s"
    )
    assert "2 pages in ≠ 0 pages out" in summary([Receipt("a", 1, 2, 0, "a fault")], 1.0)


KNOWN = (
    Listed("aa11aa11aa11", "scans/plan/scan.pdf", "74/KH-UBND"),
    Listed("aa22aa22aa22", "scans/order/scan.pdf", None),
    Listed("bb33bb33bb33", "letter.txt", "5/QĐ-UBND"),
)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("aa11aa11aa11", 0), ("aa2", 1), ("b", 2), ("scans/plan/scan.pdf", 0), ("plan/scan.pdf", 0), ("plan", 0),
        ("letter", 2), ("letter.txt", 2), ("74/KH-UBND", 0), ("5/qd-ubnd", 2),
    ],
)  # fmt: skip
def test_a_document_is_found_by_what_people_call_it(wanted: str, found: int) -> None:
    assert find_document(wanted, KNOWN) == KNOWN[found].document_id


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("aa", "names 2 documents: name one of"), ("scan.pdf", "names 2 documents"), ("nothing", "digitise it first")],
)
def test_a_name_that_means_none_or_several_is_told(wanted: str, told: str) -> None:
    with pytest.raises(UnreadableSource, match=told):
        find_document(wanted, KNOWN)


def test_digitise_then_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "plan.txt").write_text("Số: 12/KH-UBND\n\nKẾ HOẠCH\n\n1. Phòng Nội vụ báo cáo.\n")
    output = tmp_path / "outputs"
    assert progress.digitise_all([tmp_path], output, workers=1) == 0
    assert "1 document · 1 page in = 1 page out" in capsys.readouterr().out
    answer = CliRunner().invoke(cli.app, ["show", "plan.txt", "-o", str(output)])
    assert answer.exit_code == 0
    assert "Phòng Nội vụ báo cáo" in answer.output
    assert sqlite3.connect(output / "dataset.sqlite").execute("SELECT pages_in, pages_out FROM runs").fetchall() == [
        (1, 1)
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["show", "nothing", "-o", "{tmp}"], 1, "nothing was digitised there yet"),
        (["restore", "{tmp}/missing.txt"], 1, "missing.txt does not exist: check the name"),
        (["restore", "{tmp}"], 1, "holds no document: put text, hOCR or ALTO"),
        (["restore", "{tmp}/a", "{tmp}/b"], 1, "several files cannot go to standard output: name a folder"),
        (["restore", "-", "-o", "{tmp}"], 1, "standard input goes to standard output: leave --output out"),
        (["restore", "{tmp}/a", "--encoding", "klingon"], 1, "no encoding is called klingon: one of utf-8"),
        (["restore", "{tmp}/a", "--min-score", "2"], 2, "Invalid value for '--min-score'"),
        (["restore"], 2, "Missing argument 'sources': see `sohoa --help`"),
        (["digitise"], 2, "Missing argument 'sources': see `sohoa --help`"),
        (["digitise", "x", "--workers", "0"], 2, "Invalid value for '--workers'"),
        (["restored"], 2, "No such command 'restored'"),
        (["--quick"], 2, "No such option: --quick: see `sohoa --help`"),
        (["doctor", "me"], 2, "unexpected extra argument"),
    ],
)
def test_a_mistake_is_answered_in_one_line(
    arguments: list[str],
    code: int,
    told: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("sys.argv", ["sohoa", *(a.format(tmp=tmp_path) for a in arguments)])
    with pytest.raises(SystemExit) as stopped:
        cli.main()
    said = capsys.readouterr()
    assert stopped.value.code == code
    assert said.err.startswith("sohoa: ")
    assert told in said.err
    assert said.err.count("\n") == 1
    assert said.out == ""


def test_without_a_command_the_help_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["sohoa"])
    with pytest.raises(SystemExit):
        cli.main()
    said = capsys.readouterr()
    assert said.err == ""
    assert all(command in said.out for command in COMMANDS)
