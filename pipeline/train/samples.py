"""Makes samples/ again from its manuscripts: `python -m pipeline.train.samples [FOLDER...]`.

Each folder with a `source.md` gets `scan.pdf`, `gold.txt` and `gold.json`. A folder with an `ocr.toml` gets
`source.txt`, what Tesseract with the language named there leaves of another sample's scan, and that sample's gold.
"""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from pipeline.train.gold import gold_json, gold_text
from pipeline.train.markup import Manuscript
from pipeline.train.ocred import adapted, aligned, recognise
from pipeline.train.pdf import to_pdf
from pipeline.train.render import Rendered, render

__all__ = ["SAMPLES", "build", "build_ocr", "main", "rendered"]

SAMPLES = Path(__file__).parents[2] / "samples"
PAGE_BREAK = "\n\f\n"


def rendered(folder: Path) -> tuple[Manuscript, tuple[Rendered, ...]]:
    """The manuscript in `folder` and its pages."""
    manuscript = Manuscript.load(folder / "source.md")
    return manuscript, render(manuscript, seed=manuscript.front["seed"], severity=manuscript.front["severity"])


def build(folder: Path) -> None:
    """Renders the manuscript in `folder` and writes its scan and gold beside it."""
    manuscript, pages = rendered(folder)
    proofs = [p.proof for p in pages]
    (folder / "scan.pdf").write_bytes(to_pdf([p.stored for p in pages]))
    _write_gold(folder, gold_json(manuscript, proofs), gold_text(proofs))


def build_ocr(folder: Path) -> None:
    """Reads another sample's pages with the wrong language model and writes text and gold into `folder`."""
    changes = tomllib.loads((folder / "ocr.toml").read_text("utf8"))
    manuscript, pages = rendered(folder.parent / changes["of"])
    proofs = [p.proof for p in pages]
    read = [recognise(p, changes["language"]) for p in pages]
    gold, text = adapted(gold_json(manuscript, proofs), gold_text(proofs), changes)
    _write_gold(folder, gold, text)
    (folder / "source.txt").write_text("\f".join(p.text + "\n" for p in read), "utf8")
    lines = PAGE_BREAK.join(aligned(page, ocr.lines) for page, ocr in zip(pages, read, strict=True)) + "\n"
    (folder / "aligned.txt").write_text(adapted(gold, lines, changes)[1], "utf8")


def _write_gold(folder: Path, gold: dict[str, Any], text: str) -> None:
    (folder / "gold.txt").write_text(text, "utf8")
    (folder / "gold.json").write_text(json.dumps(gold, ensure_ascii=False, indent=1) + "\n", "utf8")


def main(folders: list[str]) -> None:
    """Builds the folders named, else every sample."""
    for folder in [Path(f) for f in folders] or sorted(SAMPLES.iterdir()):
        if (folder / "source.md").exists():
            build(folder)
        elif (folder / "ocr.toml").exists():
            build_ocr(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
