"""Two repairs that the paper's own form proves: the đ of a code's abbreviation, and the label between d) and e)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from pipeline.errors import ModelError
from pipeline.vietnamese import bare

__all__ = ["lettered", "load_abbreviations", "repaired_code"]

PART = re.compile(r"[A-ZĐƯ]+")
LABEL = re.compile(r"\(?([a-zđ])\)")


def load_abbreviations(path: Path) -> dict[str, str]:
    """Abbreviations by their bare letters (`QD` gives `QĐ`), one a line. Raises ModelError where it is missing."""
    try:
        return {bare(name): name for name in path.read_text("utf8").split()}
    except OSError as error:
        raise ModelError(f"{path} cannot be read ({error})", remedy="run `make models`") from None


def repaired_code(code: str, abbreviations: Mapping[str, str]) -> str:
    """`code` with the marks of its abbreviations back: `06/2010/QD-TTg` gives `06/2010/QĐ-TTg`; digits never move.

    Only abbreviations are touched that hardly ever stand without the mark (Nghị định 30/2020/NĐ-CP, Phụ lục III).
    """
    return PART.sub(lambda m: abbreviations.get(m[0], m[0]), code)


def lettered(lines: Sequence[Sequence[str]]) -> Iterator[int]:
    """Lines whose label `d)` must be `đ)`: `c)` and `d)` come before it, and `e)` or nothing of the list follows.

    Vietnamese lists run a, b, c, d, đ, e (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    """
    labels = [(n, m[1]) for n, line in enumerate(lines) if line and (m := LABEL.fullmatch(line[0]))]
    names = "".join(name for _, name in labels)
    return (labels[found.end() - 1][0] for found in re.finditer("cdd(?=[ea]|$)", names))
