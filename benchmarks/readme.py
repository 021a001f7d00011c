"""Puts what was measured into a README, between two marks."""

from __future__ import annotations

from pathlib import Path

__all__ = ["write"]


def write(readme: Path, name: str, text: str) -> None:
    """Replace what stands between the marks of `name` in `readme`. Raises ValueError where there are none."""
    start, end = f"<!-- {name}: written by `make bench` -->", f"<!-- /{name} -->"
    before, rest = readme.read_text("utf8").split(start)
    after = rest.split(end)[1]
    readme.write_text(f"{before}{start}\n{text}\n{end}{after}", "utf8")
    print(f"{name} written to {readme}")
