"""The parts of restoration: cutting tokens, guards, codes and forms, the language model, the channel, training."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.errors import ModelError
from pipeline.restore.channel import Channel, context_of, deletions
from pipeline.restore.codes import lettered, load_abbreviations, repaired_code
from pipeline.restore.decode import Verdict
from pipeline.restore.forms import forms
from pipeline.restore.guards import freedoms
from pipeline.restore.ngram import LanguageModel
from pipeline.restore.stage import restore_lines
from pipeline.restore.units import cased, entries, units
from pipeline.restore.witness import in_name, witnessed
from pipeline.train.abbreviations import pick_marked
from pipeline.train.alignment import align
from pipeline.train.arpa import model_of, read_arpas
from pipeline.train.channel import learn_channel
from pipeline.train.channel_pairs import pairs_of_page, token_pairs
from pipeline.train.fuse import build_table
from pipeline.train.lm import pick_vocabulary

ARPA = """\\data\\
ngram 1=5
ngram 2=3

\\1-grams:
-9\t<oov>\t0
-9\t<s>\t-0.5
-1.5\t</s>\t0
-0.7\tkế\t-0.3
-0.9\thoạch\t-0.2

\\2-grams:
-0.1\t<s> kế
-0.2\tkế hoạch
-0.4\thoạch </s>

\\end\\
"""


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("chinh;phong", ["chinh", "phong"]),
        ("(Hoa-Thong)", ["Hoa", "Thong"]),
        ("34-CT/TW,", ["34-CT/TW"]),
        ("74/KH-UBND", ["74/KH-UBND"]),
        ("phuong/xa", ["phuong", "xa"]),
        ("07/4/2014.", ["07/4/2014"]),
        ("nhi¢m", ["nhi¢m"]),
        ("x@", ["x@"]),
        ("a.b@gov.vn", ["a.b@gov.vn"]),
        ("...", []),
        ("“Doan", ["Doan"]),
    ],
)
def test_units(token: str, expected: list[str]) -> None:
    assert [unit.text for unit in units(token)] == expected


@given(st.text("aàđ1.,-/(“A&¢", max_size=12))
def test_units_are_slices_in_order(token: str) -> None:
    at = 0
    for unit in units(token):
        assert token[unit.start : unit.end] == unit.text
        assert unit.start >= at
        at = unit.end


@pytest.mark.parametrize(
    ("token", "expected"),
    [("(Hoà", (",", "hòa")), ("2021,", ("<num>", ",")), ("30/2020/NĐ-CP", ("<code>",)), ("“và”", ("và",))],
)  # fmt: skip
def test_entries(token: str, expected: tuple[str, ...]) -> None:
    assert entries(token) == expected


@pytest.mark.parametrize(("like", "expected"), [("quan", "quận"), ("Quan", "Quận"), ("QUAN", "QUẬN"), ("QUaN", "QUẬN")])
def test_cased(like: str, expected: str) -> None:
    assert cased("quận", like) == expected


@pytest.mark.parametrize(
    ("line", "lost", "expected"),
    [
        ("a) kinh phi", True, "frozen free free"),
        ("II. Yeu cau", True, "frozen free free"),
        ("nam 2021 cua UBND", True, "free frozen free marks"),
        ("MUC DICH", True, "free free"),
        ("Ha BO nganh", True, "free title free"),
        ("Ha BO nganh", False, "free marks free"),
        ("kho A4 30m2 S6", True, "free frozen frozen free"),
        ("lan thu XVIII", True, "free free frozen"),
        ("BieNY phòng", False, "frozen free"),
    ],
)
def test_freedoms(line: str, lost: bool, expected: str) -> None:
    tokens = line.split()
    found = freedoms(tokens, [units(t) for t in tokens], lost=lost)
    assert " ".join(f for row in found for f in row) == expected


@pytest.mark.parametrize(
    ("code", "expected"),
    [("30/2020/ND-CP", "30/2020/NĐ-CP"), ("15/QD-UBND", "15/QĐ-UBND"), ("34-CT/TW", "34-CT/TW"), ("1/NDX", "1/NDX")],
)
def test_repaired_code(code: str, expected: str) -> None:
    assert repaired_code(code, {"ND": "NĐ", "QD": "QĐ"}) == expected


def test_abbreviations(tmp_path: Path) -> None:
    assert pick_marked({"NĐ": 900, "ND": 3, "ĐT": 40, "DT": 30, "CP": 500, "ĐX": 5}) == ["NĐ"]
    (tmp_path / "a.txt").write_text("NĐ\nQĐ\n", "utf8")
    assert load_abbreviations(tmp_path / "a.txt") == {"ND": "NĐ", "QD": "QĐ"}
    with pytest.raises(ModelError):
        load_abbreviations(tmp_path / "none.txt")


@pytest.mark.parametrize(
    ("labels", "expected"), [("abcdde", [4]), ("abcde", []), ("dde", []), ("abcdd", [4]), ("cddg", [])]
)
def test_lettered(labels: str, expected: list[int]) -> None:
    assert list(lettered([[f"{label})", "x"] for label in labels])) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (["CHfJ", "TICH"], ["CHỦ", "TỊCH"]),
        (["PHÓ", "GlÁM", "ĐÓC"], ["PHÓ", "GIÁM", "ĐỐC"]),
        (["CHU", "TRI"], []),
        (["CHỦ", "TRÌ"], []),
        (["Tổ", "chức"], []),
    ],
)
def test_a_position_on_its_own_line_is_known_by_its_letters(line: list[str], expected: list[str]) -> None:
    head = [["một", "dòng"]] * 12
    assert [f.text for f in forms([*head, line])] == expected


def test_a_unit_of_a_form_that_reads_right_is_not_changed_by_the_model() -> None:
    lines = [["Péc", "lap", "-", "Tir", "do", "-", "Hanh", "phiic"], ["Thue", "hien", "ké", "hoach", "thi", "dua"]]
    assert "do" not in {lines[c.line][c.token] for c in restore_lines(lines).changes}


def test_a_document_bears_witness_to_its_own_words() -> None:
    lines = [["quận", "Tây", "Hồ", "họp"]] * 4 + [["Tây", "Hô,", "ngày", "18"], ["Bà", "Vũ", "Thị", "Hô"]]
    change = Verdict(4, 1, 0, 2, "Hồ", 1.0, 1.0)
    doubtful, unknown = Verdict(4, 1, 0, 2, "Hồ", 0.1, 0.1), Verdict(5, 3, 0, 2, "Hồ", 1.0, 1.0)
    assert list(witnessed(lines, [change, doubtful, unknown])) == [change]
    assert in_name(lines, unknown)
    assert not in_name(lines, Verdict(4, 2, 0, 4, "ngay", 3.0, 3.0))


def test_forms_need_likeness() -> None:
    assert [
        f.text for f in forms([["Péc", "lap", "-", "Tir", "do", "-", "Hanh", "phiic"]])
    ] == "Độc lập Tự do Hạnh phúc".split()
    assert not list(forms([["TỔ", "CHỨC", "HOẠT", "ĐỘNG", "KINH", "DOANH", "CASINO"]]))


def test_model_of_arpa(tmp_path: Path) -> None:
    (tmp_path / "x.arpa").write_text(ARPA, "utf8")
    words, (grams,) = read_arpas([tmp_path / "x.arpa"])
    model_of(words, grams).save(tmp_path)
    model = LanguageModel.load(tmp_path)
    assert model.text(["kế", "hoạch"]) == pytest.approx([-0.1, -0.2], abs=1e-3)
    # `kế` after `kế` was never seen: the back-off weight of `kế` and its own chance
    assert model.text(["kế", "kế"]) == pytest.approx([-0.1, -0.3 - 0.7], abs=1e-3)


def test_missing_model(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="make models"):
        LanguageModel.load(tmp_path)
    with pytest.raises(ModelError, match="make models"):
        Channel.load(tmp_path / "lost.npz")


@given(st.sets(st.integers(1, 2**63), min_size=1, max_size=300))
def test_table_finds_what_it_holds(keys: set[int]) -> None:
    key = np.array(sorted(keys), dtype=np.uint64)
    chance = np.linspace(-5, -1, len(key)).astype(np.float32)
    table = build_table(key, chance, None)
    hits = table.find(key)
    assert hits.which.tolist() == list(range(len(key)))
    if len(key) <= 250:
        assert table.chance(hits) == pytest.approx(chance, abs=0.05)
    assert len(table.find(key + np.uint64(2**63 + 12345)).which) < 0.1 * len(key)


def test_context_and_deletions() -> None:
    assert context_of("quận") == ["qu", "ua", "ận", "n$"]
    assert deletions("to") == {"to"}
    assert deletions("tô1") == {"tô1", "tô", "t1", "ô1"}


def test_align() -> None:
    assert align("mới", "m6i", None) == ["m", "6", "i"]
    assert align("của", "ca", None) == ["c", "", "a"]
    assert align("là", "1a", None) == ["1", "a"]


def test_pairs() -> None:
    printed, read = "Kế hoạch của quận, năm 2021".split(), "Ké hoach ctia quan, nam 2021".split()
    assert list(token_pairs(printed, read)) == list(zip(printed, read, strict=True))
    assert dict(pairs_of_page([" ".join(printed)], [" ".join(read)])) == {
        "Kế": "Ké", "hoạch": "hoach", "của": "ctia", "quận": "quan", "năm": "nam",
    }  # fmt: skip


def test_learnt_channel_prefers_what_it_saw(tmp_path: Path) -> None:
    pairs = Counter({("của", "ctia"): 40, ("của", "cua"): 30, ("cùa", "cia"): 2, ("hồ", "hd"): 20, ("hò", "ho"): 20})
    learn_channel("x", pairs, ["của", "cùa", "hồ", "hò"], stripping=0.05).save(tmp_path / "x.npz")
    channel = Channel.load(tmp_path / "x.npz")
    assert 0 in channel.lexicon.near("ctia")
    words, which = np.array([0, 1], dtype=np.int32), np.zeros(2, dtype=np.int32)
    seen, unseen = channel.score(words, ["ctia"], ["lower"], which)
    assert seen > unseen


def test_vocabulary() -> None:
    counts = Counter({"và": 5, "ubnd": 120, "xyz": 20, "<num>": 99, ",": 99, "hiếm": 2})
    assert pick_vocabulary(counts) == ["ubnd", "và"]
