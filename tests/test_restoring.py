"""`sohoa restore` as a person meets it: files and folders, encodings, bad files, what is told, Ctrl-C."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from test_encodings import in_tcvn3, in_vni, tones_apart
from test_restoring_markup import LOST, TRUE, alto, hocr, strings, word

from pipeline import cli
from pipeline.restore import edits_of, restore_text
from pipeline.restoring.files import opened
from pipeline.restoring.texts import text_parts
from pipeline.vietnamese import bare

SOHOA = str(Path(sys.executable).parent / "sohoa")
TEXT = "Ủy ban nhân dân huyện yêu cầu các xã, thị trấn tổ chức thực hiện nghiêm túc kế hoạch này.\n"
#: TCVN3 has no capitals with tones.
SMALL = TEXT.removeprefix("Ủy ban ")


def sohoa(*arguments: object, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """The command in this process, which has the models loaded."""
    streams = {name: io.TextIOWrapper(io.BytesIO(), "utf-8") for name in ("stdout", "stderr")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["sohoa", "restore", *map(str, arguments)])
        patch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given)))
        for name, stream in streams.items():
            patch.setattr(f"sys.{name}", stream)
        with pytest.raises(SystemExit) as stopped:
            cli.main()
    for stream in streams.values():
        stream.flush()
    out, err = (stream.buffer.getvalue() for stream in streams.values())
    return subprocess.CompletedProcess((), int(stopped.value.code or 0), out, err)


def told(answer: subprocess.CompletedProcess[bytes]) -> list[str]:
    return answer.stderr.decode().splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of every kind of file."""
    files = {
        "a.txt": bare(TEXT).encode(),
        "sâu/b.TXT": bare(TEXT).encode() + b"\f",
        "sâu/c.hocr": hocr([word(w) for w in LOST]).encode(),
        "sâu/d.xml": alto(strings(LOST)).encode(),
        "sâu/e.html": hocr([word(w) for w in LOST]).encode(),
        "sâu/page.html": b"<html><body>thuc hien</body></html>",
        "mets.xml": b"<mets/>",
        "scan.pdf": b"%PDF-1.4",
        ".hidden.txt": b"thuc hien",
    }
    for name, data in files.items():
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return tmp_path / "in"


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_one_file_goes_to_standard_output(folder: Path) -> None:
    answer = sohoa(folder / "a.txt")
    assert (answer.returncode, answer.stdout.decode(), answer.stderr) == (0, TEXT, b"")
    answer = sohoa("-", given=bare(TEXT).replace("\n", "\r\n\f").encode())
    assert (answer.returncode, answer.stdout.decode(), answer.stderr) == (0, TEXT.replace("\n", "\r\n\f"), b"")


@pytest.mark.parametrize("inside", [False, True])
def test_a_folder_is_mirrored_and_stays_as_it_was(folder: Path, tmp_path: Path, inside: bool) -> None:
    before = contents(folder)
    output = folder / "out" if inside else tmp_path / "out"
    for _ in range(2):  # results of the first run are no sources of the second
        answer = sohoa(folder, "-o", output)
        assert answer.returncode == 0
        assert told(answer)[-1].startswith("5 files restored · 73 words · 68 changed · ")
        assert {k: v.decode() for k, v in contents(output).items()} == {
            "a.txt": TEXT,
            "sâu/b.TXT": TEXT + "\f",
            "sâu/c.hocr": hocr([word(w) for w in TRUE]),
            "sâu/d.xml": alto(strings(TRUE)),
            "sâu/e.html": hocr([word(w) for w in TRUE]),
        }
    assert {k: v for k, v in contents(folder).items() if not k.startswith("out/")} == before


def test_several_processes_make_the_same(folder: Path, tmp_path: Path) -> None:
    sohoa(folder, "-o", tmp_path / "one")
    answer = sohoa(folder, folder / "missing.txt", "-o", tmp_path / "two", "--workers", 2)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert "missing.txt does not exist" in told(answer)[0]


def test_masters_are_never_written_over(folder: Path, tmp_path: Path) -> None:
    before = contents(folder)
    (folder / "same").mkdir()
    answer = sohoa(folder / "a.txt", "-o", folder)
    assert answer.returncode == 1
    assert "a.txt would be overwritten: name another folder with --output" in told(answer)[0]
    answer = sohoa(folder, "-o", tmp_path / "out", "--edits", folder / "a.txt")
    assert "a.txt is a file to restore or a result: name another for --edits" in told(answer)[0]
    other = tmp_path / "in2" / "a.txt"
    other.parent.mkdir()
    other.write_text("thuc hien")
    answer = sohoa(folder, other.parent, folder / "a.txt", "-o", tmp_path / "out")
    assert answer.returncode == 1
    assert "in2/a.txt and " in told(answer)[0]
    assert "would become one file: restore them into folders of their own" in told(answer)[0]
    assert (tmp_path / "out/a.txt").read_text() == TEXT
    assert contents(folder) == before


BAD = {
    "empty.txt": (b"", "is empty: "),
    "scan.txt": (b"%PDF-1.4\n%\xe2\xe3", "is a PDF, not text: read it with `sohoa digitise`"),
    "page.txt": (b"\x89PNG\r\n\x1a\n\0", "is a picture, not text: read it with `sohoa digitise`"),
    "letter.txt": (b"PK\x03\x04\x14", "is an office document or archive, not text: save it as text"),
    "binary.txt": (bytes(range(256)), "is no text in an encoding known here: name its encoding with --encoding"),
    "null.txt": (b"a\0b", "is no text in an encoding known here"),
    "western.txt": ("Zürich, Århus".encode("cp1252"), "is no text in an encoding known here"),
    "broken.xml": (alto(strings(LOST)).encode()[:-9], "is broken XML (line 12: "),
    "none.txt": (None, "does not exist: check the name"),
    "locked.txt": (bare(TEXT).encode(), "may not be read: run `chmod u+r "),
    "folder": (None, "holds no document: put text, hOCR or ALTO (scans and PDFs: `sohoa digitise`) there"),
}


def test_a_bad_file_is_told_in_one_line_and_the_rest_goes_on(folder: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad"
    (bad / "folder").mkdir(parents=True)
    for name, (data, _) in BAD.items():
        if data is not None:
            (bad / name).write_bytes(data)
    (bad / "locked.txt").chmod(0)
    wanted = [name for name in BAD if name != "locked.txt" or os.geteuid()]  # root may read everything
    answer = sohoa(*(bad / name for name in wanted), folder / "a.txt", "-o", tmp_path / "out")
    assert answer.returncode == 1
    *problems, last = told(answer)
    assert len(problems) == len(wanted)
    for name in wanted:
        assert any(line.startswith(f"sohoa: {bad / name} {BAD[name][1]}") for line in problems), name
    assert last.startswith("1 file restored · 20 words · 19 changed · ")
    assert f" · {len(wanted)} failed · " in last
    assert contents(tmp_path / "out") == {"a.txt": TEXT.encode()}
    alone = sohoa(bad / "empty.txt")
    assert (alone.returncode, alone.stdout, len(told(alone))) == (1, b"", 1)


@pytest.mark.parametrize(
    ("data", "made", "note"),
    [
        (b"\xef\xbb\xbf" + bare(TEXT).encode(), b"\xef\xbb\xbf" + TEXT.encode(), ""),
        (bare(TEXT).encode("utf-16"), TEXT.encode(), "UTF-16, written as UTF-8"),
        (b"\xef\xbb\xbf", b"\xef\xbb\xbf", ""),
        (in_tcvn3(SMALL).encode("cp1252"), SMALL.encode(), "TCVN3, turned to Unicode"),
        (in_tcvn3(SMALL).encode(), SMALL.encode(), "TCVN3, turned to Unicode"),
        (in_vni(TEXT).encode("cp1252"), TEXT.encode(), "VNI, turned to Unicode"),
        (tones_apart(TEXT), TEXT.encode(), "Windows-1258, written as UTF-8"),
    ],
    ids=["bom", "utf-16", "only a bom", "tcvn3", "tcvn3 in utf-8", "vni", "windows-1258"],
)
def test_encodings_are_known_and_conversions_told(data: bytes, made: bytes, note: str) -> None:
    answer = sohoa("-", given=data)
    assert (answer.returncode, answer.stdout) == (0, made)
    assert told(answer) == ([f"sohoa: standard input: {note}"] if note else [])


@pytest.mark.parametrize(
    ("data", "name", "made"),
    [
        (in_tcvn3("xã, thị trấn").encode("cp1252"), "tcvn3", "xã, thị trấn"),
        (in_vni("xã, thị trấn").encode("cp1252"), "VNI", "xã, thị trấn"),
        (tones_apart("thị trấn"), "windows-1258", "thị trấn"),
        (bare(TEXT).encode("utf-16-le"), "UTF-16LE", TEXT),
    ],
)
def test_an_encoding_that_does_not_show_can_be_named(data: bytes, name: str, made: str) -> None:
    answer = sohoa("-", "--encoding", name, given=data)
    assert (answer.returncode, answer.stdout.decode()) == (0, made)


def test_a_text_that_changes_its_encoding_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.restoring.texts.BLOCK", 16)
    monkeypatch.setattr("pipeline.restoring.files.BLOCK", 16)
    file = opened("long.txt", io.BytesIO(b"Uy ban nhan dan\n" * 3 + b"\xff\xfa"))
    with pytest.raises(Exception, match=r"long.txt is not UTF-8.* throughout: name its encoding"):
        list(file.parts)


@pytest.mark.parametrize(
    ("page", "cuts"),
    [("một trang\n" * 6 + "\f", "\f"), ("một đoạn\r\n\r\n" * 3, "\r\n\r\n"), ("một dòng\n", "\n"), ("một từ ", " "),
     ("mộttừ", "")],
)  # fmt: skip
def test_a_long_text_is_cut_between_pages_paragraphs_lines_words(
    page: str, cuts: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.restoring.texts.LIMIT", 150)
    text = page * 40
    parts = list(text_parts(text[i : i + 37] for i in range(0, len(text), 37)))
    assert "".join(part.text for part in parts) == text
    assert max(len(part.text) for part in parts) <= 150
    assert all(part.text.endswith(cuts) for part in parts[:-1])
    lines = [row.line for part in parts for row in part.rows if row.slots]
    assert lines == sorted(lines)
    assert parts[-1].rows[-1].page == 1 + text[: -len(page)].count("\f") if page.endswith("\f") else True


def test_edits_are_told_and_written_as_a_table(folder: Path, tmp_path: Path) -> None:
    text = "\n  thuc hién Ké hoach\fcua huyén 74/KH-UBND\n"
    (folder / "x.txt").write_text(text)
    answer = sohoa(folder / "x.txt", "--edits", tmp_path / "edits.tsv", "--show-edits")
    assert answer.returncode == 0
    with (tmp_path / "edits.tsv").open(newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    assert [(r["was"], r["became"]) for r in rows if r["state"] == "changed"] == [
        (e.was, e.became) for e in edits_of(text)
    ]
    place = {r["was"]: (r["page"], r["line"], r["word"]) for r in rows}
    assert (place["thuc"], place["hoach"], place["huyén"]) == (("1", "2", "1"), ("1", "2", "4"), ("2", "2", "2"))
    assert [line.split("  ")[1] for line in told(answer)[:-1]][:2] == ["thuc → thực", "hién → hiện"]


def test_words_that_have_to_stay_are_left_in_doubt(tmp_path: Path) -> None:
    half = '<SP/><String CONTENT="hién" SUBS_TYPE="HypPart1"/>'
    (tmp_path / "a.xml").write_text(alto(strings(LOST) + half))
    answer = sohoa(tmp_path / "a.xml", "--edits", tmp_path / "edits.tsv")
    assert answer.stdout.decode() == alto(strings(TRUE) + half)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "edits.tsv").read_text()), dialect="excel-tab"))
    assert [(r["was"], r["state"]) for r in rows if r["was"] == r["became"]] == [("hién", "doubtful")]
    assert " · 10 changed · 1 left in doubt · " in told(answer)[-1]


def test_changes_under_the_least_score_are_left_and_counted(folder: Path, tmp_path: Path) -> None:
    table = tmp_path / "edits.tsv"
    answer = sohoa(folder / "a.txt", "--min-score", "1", "--edits", table)
    assert answer.stdout == bare(TEXT).encode()
    assert "0 changed · 19 left in doubt" in told(answer)[-1]
    rows = list(csv.DictReader(io.StringIO(table.read_text()), dialect="excel-tab"))
    assert {r["state"] for r in rows} == {"doubtful"}
    assert rows[0]["rival"] == "Ủy"


@pytest.mark.slow
def test_ctrl_c_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(bare(TEXT))
    (tmp_path / "b.txt").write_text(bare(TEXT) * 20_000)
    command = [SOHOA, "restore", str(tmp_path), "-o", str(tmp_path / "out"), "--workers", "2"]
    run = subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True)
    until = time.monotonic() + 60
    while not (tmp_path / "out" / "a.txt").exists() and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(1)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=30)
    assert run.returncode == 130
    assert said.decode() == "stopped: files that were done are kept, no other was touched\n"
    assert contents(tmp_path / "out") == {"a.txt": TEXT.encode()}


def test_a_reader_that_goes_away_is_no_fault(folder: Path) -> None:
    (folder / "long.txt").write_text(bare(TEXT) * 200)
    command = f"{SOHOA} restore {folder}/long.txt | head -c 20"
    answer = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
    assert (answer.stdout, answer.stderr) == (TEXT.encode()[:20], b"")


def test_a_folder_that_may_not_be_written_is_told(folder: Path) -> None:
    answer = sohoa(folder / "a.txt", "-o", folder / "mets.xml")
    assert answer.returncode == 1
    assert told(answer)[0].endswith("mets.xml/a.txt cannot be written (File exists): choose another folder")
    assert len(told(answer)) == 1


def test_the_command_and_the_library_agree(folder: Path) -> None:
    assert sohoa(folder / "a.txt").stdout.decode() == restore_text(bare(TEXT))
