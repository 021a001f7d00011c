"""Names of persons get their marks back by how often syllables stand in names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.restore import restore_text
from pipeline.restore.persons import load_names, named, read_names
from pipeline.restore.places import Heard
from pipeline.train.names import count_names, write_names
from pipeline.vietnamese import bare


@pytest.mark.parametrize(
    "true",
    [
        "TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nĐỗ Đình Nam",
        "1. Phạm Đăng Lộc\n2. Hoàng Văn Đức\n3. Trần Thị Hạnh",
        "DANH SÁCH\n1. PHẠM ĐĂNG LỘC\n2. ĐỖ ĐÌNH NAM",
        "Theo đề nghị của ông Bùi Văn Tuấn, Trưởng phòng Nội vụ.",
        "1. Nguyễn Phương Thanh Hà, cán bộ Ngân hàng Phương Đông",
        "Đảng Cộng sản Việt Nam và Trường Đại học Hà Nội",
    ],
)
def test_names_of_persons_come_back(true: str) -> None:
    assert restore_text(bare(true)) == true


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Nguyen Van Duc", [0, 1, 2]),
        ("ong Do Nam", [1, 2]),
        ("Do Nam", []),
        ("Giam doc So Xay dung", []),
        ("Nguyen Van Duc Truong Phong To Chuc", []),
    ],
)
def test_what_is_as_long_as_a_name_and_begins_like_one(text: str, places: list[int]) -> None:
    heard = [Heard.of(0, word, word, apart=False) for word in text.split()]
    assert sorted(named(load_names(), heard)) == places


def test_counts_of_names(tmp_path: Path) -> None:
    counts = count_names(["ông Trần Văn Hoà gặp Trần Văn Hòa tại Trần Văn Hòa.", "Trường Đại Học mở cửa"] * 2)
    assert counts["given", "hòa"] == counts["middle", "văn"] == counts["family", "trần"] == 6
    assert counts["family", "trường"] == 2
    assert counts["given", "học"] == 0
    write_names(counts, tmp_path / "names.tsv")
    assert read_names(tmp_path / "names.tsv") == {
        ("family", "tran"): {"trần": 1.0},
        ("middle", "van"): {"văn": 1.0},
        ("given", "hoa"): {"hòa": 1.0},
    }
