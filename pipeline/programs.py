"""The programs sohoa calls: where they are and their versions; how many cores there are."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from functools import cache

__all__ = ["cores", "program_version"]


@cache
def program_version(name: str, *, option: str = "--version") -> str | None:
    """The version that the program `name` tells of itself, `?` where it tells none, None where it is missing."""
    path = shutil.which(name)
    if path is None:
        return None
    found = re.search(r"\d+(\.\d+)+", _said(path, option))
    return found[0] if found else "?"


def _said(path: str, option: str) -> str:
    try:
        answer = subprocess.run([path, option], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return (answer.stdout + answer.stderr).strip()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
