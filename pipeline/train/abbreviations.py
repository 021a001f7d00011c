"""Abbreviations that codes are made of and that hardly ever stand without their đ, mined from the corpus."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from pipeline.restore.codes import PART
from pipeline.restore.units import units
from pipeline.vietnamese import bare

__all__ = ["count_parts", "pick_marked"]


def count_parts(texts: Iterable[str]) -> Counter[str]:
    """How often each run of capitals occurs in the codes of `texts`: `30/2020/NĐ-CP` counts NĐ and CP."""
    tokens: Counter[str] = Counter()
    for text in texts:
        tokens.update(token for token in text.split() if "/" in token or "-" in token)
    counts: Counter[str] = Counter()
    for token, count in tokens.items():
        for unit in units(token):
            if unit.kind == "code":
                counts.update(dict.fromkeys(PART.findall(unit.text), count))
    return counts


def pick_marked(counts: Mapping[str, int], *, least: int = 20, odds: int = 30) -> list[str]:
    """Abbreviations with marks seen `least` times and `odds` times as often as without, most frequent first."""
    marked = [name for name in counts if bare(name) != name and len(name) > 1 and counts[name] >= least]
    sure = [name for name in marked if counts[name] >= odds * counts.get(bare(name), 0)]
    return sorted(sure, key=lambda name: (-counts[name], name))
