"""Builds `places.tsv`, `communes.tsv` and `agencies.tsv` of models/gazetteers from public lists.

The command is `python -m pipeline.train.gazetteer`.

The hand-kept tables beside them (`kinds`, `abbreviations`, `fields`, `central`) are read, never written.
Mergers: Nghị quyết 202/2025/QH15 (provinces, from 2025-07-01); districts ended on 2025-06-30 (Luật 72/2025/QH15).
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.vietnamese import fold, nfc, tones_as_modern

__all__ = ["Communes", "Place", "agencies", "communes", "main", "places"]

HERE = Path(__file__).parents[2]
DATA = HERE.parent / "shared" / "data" / "gazetteers"
TARGET = HERE / "models" / "gazetteers"
LAST_DAY, FIRST_DAY = "2025-06-30", "2025-07-01"
#: Province after the merger -> those that went into it (Nghị quyết 202/2025/QH15, Điều 1).
MERGED = {
    "Tuyên Quang": "Hà Giang",
    "Lào Cai": "Yên Bái",
    "Thái Nguyên": "Bắc Kạn",
    "Phú Thọ": "Vĩnh Phúc, Hòa Bình",
    "Bắc Ninh": "Bắc Giang",
    "Hưng Yên": "Thái Bình",
    "Hải Phòng": "Hải Dương",
    "Ninh Bình": "Hà Nam, Nam Định",
    "Quảng Trị": "Quảng Bình",
    "Đà Nẵng": "Quảng Nam",
    "Quảng Ngãi": "Kon Tum",
    "Gia Lai": "Bình Định",
    "Khánh Hòa": "Ninh Thuận",
    "Lâm Đồng": "Đắk Nông, Bình Thuận",
    "Đắk Lắk": "Phú Yên",
    "Hồ Chí Minh": "Bình Dương, Bà Rịa - Vũng Tàu",
    "Đồng Nai": "Bình Phước",
    "Tây Ninh": "Long An",
    "Cần Thơ": "Sóc Trăng, Hậu Giang",
    "Vĩnh Long": "Bến Tre, Trà Vinh",
    "Đồng Tháp": "Tiền Giang",
    "Cà Mau": "Bạc Liêu",
    "An Giang": "Kiên Giang",
}
SUCCESSOR = {fold(old): new for new, olds in MERGED.items() for old in olds.split(", ")}
RENAMED = {fold("Thừa Thiên Huế"): "Huế"}
TYPES = ("thành phố", "thị xã", "tỉnh", "quận", "huyện", "thị trấn", "phường", "xã", "đặc khu")
#: Words with which a mined name is a fragment of a sentence, not the name of an agency.
FRAGMENT = frozenset("sửa thành ngày trực theo hoặc của thuộc tỉnh chánh trưởng dự".split())


class Place(NamedTuple):
    """A province or district: name without its type, type, level, parent's full name, successor, validity."""

    name: str
    type: str
    level: str
    parent: str
    successor: str
    valid_from: str
    valid_to: str


class Communes(NamedTuple):
    """The communes of one type in a district, or in a province without districts; `names` are parted by `; `.

    Province and district come with their types (`huyện Vị Xuyên`); the validity is that of the list."""

    province: str
    district: str
    type: str
    names: str
    valid_from: str
    valid_to: str


def _clean(name: str) -> str:
    """One spelling of tones and hyphens: `Khánh Hoà` -> `Khánh Hòa`, `Bà Rịa-Vũng Tàu` -> `Bà Rịa - Vũng Tàu`."""
    return " - ".join(" ".join(part.split()) for part in tones_as_modern(nfc(name)).replace("–", "-").split("-"))


def _typed(full: str) -> tuple[str, str]:
    """(type, name) of a full name: `Thị xã Đức Phổ` -> (`thị xã`, `Đức Phổ`)."""
    for kind in TYPES:
        if full.lower().startswith(kind + " "):
            return kind, full[len(kind) + 1 :]
    raise ValueError(f"no type in {full!r}")


def _full(kind: str, name: str) -> str:
    return f"{kind[:1].upper()}{kind[1:]} {name}" if kind == "thành phố" else f"{kind} {name}"


def _old_provinces(data: dict[str, Any], new: dict[str, str]) -> Iterator[tuple[str, Place]]:
    for code, row in data.items():
        kind, name = _typed(_clean(row["name_with_type"]))
        heir = SUCCESSOR.get(fold(name)) or RENAMED.get(fold(name))
        gone = heir is not None and fold(name) not in new
        yield code, Place(name, kind, "province", "", new[fold(heir)] if gone and heir else "", "", LAST_DAY * gone)


def _old_districts(data: dict[str, Any], provinces: dict[str, Place]) -> Iterator[Place]:
    for row in data.values():
        kind, name = _typed(_clean(row["name_with_type"]))
        above = provinces[row["parent_code"]]
        yield Place(name, kind, "district", _full(above.type, above.name), "", "", LAST_DAY)


def places(folder: Path) -> tuple[Place, ...]:
    """Provinces before and after the merger and the districts before it, from the public lists in `folder`."""
    now = json.loads((folder / "vn_admin_post2025_thanglequoc_20260725.json").read_text("utf8"))
    new = {fold(name): _full(kind, name) for kind, name in (_typed(_clean(p["FullName"])) for p in now)}
    before = json.loads((folder / "vn_admin_pre2025_tinh_madnh.json").read_text("utf8"))
    old = dict(_old_provinces(before, new))
    districts = json.loads((folder / "vn_admin_pre2025_huyen_madnh.json").read_text("utf8"))
    known = {fold(p.name) for p in old.values()}
    born = (_typed(full) for key, full in new.items() if key not in known)
    added = (Place(name, kind.lower(), "province", "", "", FIRST_DAY, "") for kind, name in born)
    return tuple(sorted({*old.values(), *added, *_old_districts(districts, old)}))


def communes(folder: Path) -> tuple[Communes, ...]:
    """The communes before and after the merger of 2025, from the public lists in `folder`."""
    before = json.loads((folder / "vn_admin_pre2025_xa_madnh.json").read_text("utf8"))
    now = json.loads((folder / "vn_admin_post2025_thanglequoc_20260725.json").read_text("utf8"))
    held: dict[tuple[str, str, str, str, str], set[str]] = {}
    for row in before.values():
        own, district, province = (_typed(_clean(full)) for full in row["path_with_type"].rsplit(", ", 2))
        held.setdefault((_full(*province), _full(*district), own[0], "", LAST_DAY), set()).add(own[1])
    for row in now:
        province = _typed(_clean(row["FullName"]))
        for kind, name in (_typed(_clean(ward["FullName"])) for ward in row["Wards"]):
            held.setdefault((_full(*province), "", kind, FIRST_DAY, ""), set()).add(name)
    rows = (
        Communes(province, district, kind, "; ".join(sorted(names)), start, end)
        for (province, district, kind, start, end), names in held.items()
    )
    return tuple(sorted(rows))


def agencies(rows: Iterable[dict[str, str]], known: frozenset[str], *, least: int = 10) -> tuple[str, ...]:
    """Mined names seen `least` times or more that are no fragments and not in `known` (folded names)."""
    names = {_clean(row["agency"]) for row in rows if int(row["count"]) >= least}
    return tuple(sorted(n for n in names if _whole(n, names) and fold(n) not in known))


def _whole(name: str, names: set[str]) -> bool:
    words = name.split()
    if words[0] not in ("Cục", "Vụ", "Tổng") or len(words) < 3 or "," in name:
        return False
    longer = any(other.startswith(name) and other != name for other in names)
    return not longer and not FRAGMENT & {w.lower() for w in words} and words[-1][0].isalpha()


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    with path.open("w", encoding="utf8", newline="") as file:
        csv.writer(file, delimiter="\t", lineterminator="\n").writerows((header, *rows))


def main(argv: list[str] | None = None) -> None:
    """Writes the two generated tables. `--data` is the folder of public lists, `--out` that of the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--out", type=Path, default=TARGET)
    options = parser.parse_args(argv)
    _write(options.out / "places.tsv", Place._fields, places(options.data))
    _write(options.out / "communes.tsv", Communes._fields, communes(options.data))
    known = frozenset(fold(row["name"]) for row in _read(options.out / "central.tsv"))
    mined = agencies(_read(options.data / "agencies_mined_legal.tsv"), known)
    _write(options.out / "agencies.tsv", ("name",), ((name,) for name in mined))


if __name__ == "__main__":
    main()
