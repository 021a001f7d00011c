"""How often syllables stand in names of persons: as family name, in the middle, at the end."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pipeline.vietnamese import bare, is_syllable, tones_as_modern

__all__ = ["CERTAIN", "count_names", "runs", "write_names"]

#: Family names of nearly all Vietnamese.
FAMILIES = frozenset(
    """Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Lâm Trịnh Mai Đào Cao Hà Lương
    Tô Tạ Châu Trương Tăng Kiều Triệu Nông Lò Hứa Chu Lưu Phùng Tống Thạch Quách Vương Thái Giàng Vàng""".split()
)
BARE_FAMILIES = frozenset(map(bare, FAMILIES))
#: Those that begin nothing but names: what follows them is counted.
CERTAIN = frozenset("Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Bùi Đỗ Ngô Đinh Trịnh".split())
CAPITALS = "".join(c for c in map(chr, range(0x1EFA)) if c.isupper() and bare(c).isascii())
RUN = re.compile(rf"\b[{CAPITALS}]\w+(?: [{CAPITALS}]\w+){{2,3}}\b(?! [{CAPITALS}])")
#: Syllables seen in a place no more often are left out.
SELDOM = 2

Counts = Counter[tuple[str, str]]


def count_names(texts: Iterable[str]) -> Counts:
    """(place, syllable) -> count over runs of three or four capitalised words that begin like a family name."""
    counts: Counts = Counter()
    for words in chain.from_iterable(map(runs, texts)):
        counts["family", words[0].lower()] += 1
        if words[0] in CERTAIN:
            counts.update(("middle", word.lower()) for word in words[1:-1])
            counts["given", words[-1].lower()] += 1
    return counts


def runs(text: str) -> Iterator[list[str]]:
    """The runs of three or four capitalised syllables in `text` that begin like a family name."""
    for words in (tones_as_modern(run).split() for run in RUN.findall(text)):
        if bare(words[0]) in BARE_FAMILIES and all(word.istitle() and is_syllable(word) for word in words):
            yield words


def write_names(counts: Counts, path: Path) -> None:
    """One line a place and syllable, tab-separated, the most frequent first."""
    kept = sorted((-count, place, word) for (place, word), count in counts.items() if count > SELDOM)
    path.write_text("".join(f"{place}\t{word}\t{-count}\n" for count, place, word in kept), "utf8")
