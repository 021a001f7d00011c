"""Makes samples/ again from its manuscripts: `python -m pipeline.train.samples [FOLDER...]`.

Each folder with a `source.md` gets `scan.pdf`, `gold.txt` and `gold.json`. A folder with an `ocr.toml` instead gets
`source.txt`, the text that the OCR program named there leaves of another sample's scan, and that sample's gold.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from pipeline.train.gold import gold_json, gold_text
from pipeline.train.markup import Manuscript
from pipeline.train.render import render, to_pdf

__all__ = ["SAMPLES", "build", "main"]

SAMPLES = Path(__file__).parents[2] / "samples"


def build(folder: Path) -> None:
    """Renders the manuscript in `folder` and writes its scan and gold beside it."""
    manuscript = Manuscript.load(folder / "source.md")
    pages = render(manuscript, seed=manuscript.front["seed"], severity=manuscript.front["severity"])
    proofs = [p.proof for p in pages]
    (folder / "scan.pdf").write_bytes(to_pdf(pages))
    (folder / "gold.txt").write_text(gold_text(proofs), "utf8")
    gold = json.dumps(gold_json(manuscript, proofs), ensure_ascii=False, indent=1)
    (folder / "gold.json").write_text(gold + "\n", "utf8")


def main(folders: list[str]) -> None:
    """Builds the folders named, else every sample."""
    for folder in [Path(f) for f in folders] or sorted(SAMPLES.iterdir()):
        if (folder / "source.md").exists():
            build(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
