"""The command that builds the tables of places and agencies."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.train.gazetteer import agencies, main

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "gazetteers"


def test_fragments_of_sentences_are_no_agencies() -> None:
    counts = {
        "Cục Quản lý bến bãi": 20,
        "Cục Quản lý": 30,
        "Bộ Rừng sửa đổi": 40,
        "Vụ Thử nghiệm thành": 12,
        "Cục Hiếm gặp lắm": 2,
    }
    rows = [{"agency": name, "count": str(n)} for name, n in counts.items()]
    assert agencies(rows, frozenset()) == ("Cục Quản lý bến bãi",)


@pytest.mark.skipif(not DATA.exists(), reason="the public lists are not here")
def test_the_command_gives_the_committed_tables(tmp_path: Path) -> None:
    kept = ROOT / "models" / "gazetteers"
    (tmp_path / "central.tsv").write_bytes((kept / "central.tsv").read_bytes())
    main(["--data", str(DATA), "--out", str(tmp_path)])
    for name in ("places.tsv", "communes.tsv", "agencies.tsv"):
        assert (tmp_path / name).read_bytes() == (kept / name).read_bytes()
