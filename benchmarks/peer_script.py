"""Restores texts with other packages: run by a Python that has them, knows nothing of this project.

Reads a JSON list of texts from standard input and writes, for each peer that is there, its texts and the seconds of
processor time that they took; for a peer that is not, why. A line that a peer breaks down over stays as it was.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version

#: Package, module and function that gives marks back. underthesea has it in releases after its issue 766 was closed.
PEERS = (("pyvi", "pyvi.ViUtils", "add_accents"), ("underthesea", "underthesea", "restore_diacritics"))


def told(name: str, module: str, function: str, texts: list[str]) -> dict[str, object]:
    """What one peer makes of the texts, line by line."""
    try:
        known = version(name)
        restore = getattr(import_module(module), function)
    except PackageNotFoundError:
        return {"missing": "it is not installed"}
    except AttributeError:
        return {"missing": f"release {known} has no `{function}`"}
    restore(texts[0].splitlines()[0])
    made, seconds, failed = [], [], 0
    for text in texts:
        began = time.process_time()
        lines = [_tried(restore, line) for line in text.splitlines()]
        seconds.append(time.process_time() - began)
        failed += lines.count(None)
        made.append("\n".join(a if b is None else b for a, b in zip(text.splitlines(), lines, strict=True)))
    return {"version": known, "texts": made, "seconds": seconds, "failed": failed}


def _tried(restore: Callable[[str], str], line: str) -> str | None:
    try:
        return restore(line)
    except KeyError:
        return None


if __name__ == "__main__":
    given = json.load(sys.stdin)
    json.dump({name: told(name, module, function, given) for name, module, function in PEERS}, sys.stdout)
