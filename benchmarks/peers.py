"""Other packages on the same stripped text, side by side with ours."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from cases import Case, Result, pooled

from pipeline.evaluate import count_text
from pipeline.vietnamese import nfc

__all__ = ["beside"]

SCRIPT = Path(__file__).with_name("peer_script.py")


def beside(python: Path, cases: Sequence[Case]) -> str:
    """A table in Markdown: syllables right and words a second of each package, by source."""
    told = json.loads(
        subprocess.run(
            [python, SCRIPT],
            input=json.dumps([case.noisy for case in cases]),
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    ours = {"sohoa": pooled(cases)}
    others = {f"{name} {p['version']}": _counted(cases, p) for name, p in told.items() if "texts" in p}
    notes = [f"{name} is not measured: {p['missing']}." for name, p in told.items() if "missing" in p]
    broken = {name: p["failed"] for name, p in told.items() if p.get("failed")}
    notes += [f"{name} broke down over {count} lines, which are left as they were." for name, count in broken.items()]
    return "\n".join((*_table(ours | others), "", *notes))


def _counted(cases: Sequence[Case], told: dict[str, Any]) -> dict[str, Result]:
    results: dict[str, Result] = {}
    for case, text, seconds in zip(cases, told["texts"], told["seconds"], strict=True):
        found = Result(count_text(case.true, case.noisy), count_text(case.true, nfc(text)), 0, seconds)
        results[case.source] = results[case.source] + found if case.source in results else found
    return results


def _table(packages: dict[str, dict[str, Result]]) -> Iterator[str]:
    yield f"| syllables right, letter case aside | {' | words/s | '.join(packages)} | words/s |"
    yield f"|---|{'--:|--:|' * len(packages)}"
    for source in next(iter(packages.values())):
        results = [results[source] for results in packages.values()]
        yield f"| {source} | {' | '.join(f'{r.after.tone_exact:.2%} | {r.speed:,.0f}' for r in results)} |"
