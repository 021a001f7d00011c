"""Pages of a PDF that are pictures of paper, and the resolution they were scanned at."""

from __future__ import annotations

import re
import subprocess
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

__all__ = ["scanned_dpi"]

#: A row of `pdfimages -list`: page, what it is, its size in pixels and the resolution it is drawn at.
IMAGE = re.compile(r"(?m)^ *(\d+) +\d+ +image +(\d+) +(\d+) .* (\d+) +(\d+) +\S+ +\S+$")
#: Pictures over this share of a page are the page as scanned.
COVER = 0.75
#: Seconds poppler may take over one document.
PATIENCE = 120


def scanned_dpi(path: Path, areas: Sequence[float], *, first: int = 1) -> dict[int, int]:
    """The resolution of each scanned page of a PDF by its number; `areas` are those of the pages from `first` on, in
    square inches. Empty where poppler is not installed or cannot tell."""
    covered: dict[int, float] = defaultdict(float)
    dpi: dict[int, int] = defaultdict(int)
    for page, *size in (map(int, row) for row in IMAGE.findall(_listed(path, first, first + len(areas) - 1))):
        width, height, x, y = (max(n, 1) for n in size)
        covered[page] += width * height / (x * y)
        dpi[page] = max(dpi[page], x, y) if width * height / (x * y) > 1 else dpi[page]  # seals are sharper
    return {page: dpi[page] for page, inches in covered.items() if dpi[page] and inches > COVER * areas[page - first]}


def _listed(path: Path, first: int, last: int) -> str:
    command = ["pdfimages", "-list", "-f", str(first), "-l", str(last), str(path)]
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=True).stdout.decode(
            "ascii", "replace"
        )
    except (OSError, subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return ""
