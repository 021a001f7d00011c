"""Fits the weights of `confidence.tsv`: `python -m pipeline.train.confidence`.

Words of pages with known text are judged right or wrong: real scans beside their gold texts, and held-out text
printed and worn, as the engine reads them; and pages as plain Tesseract reads them, where nothing but text is at
hand. The report is cross-fitted: each document is judged by weights that were fitted without it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray
from pydantic import TypeAdapter
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.progress import track

from pipeline.flow import Config, read_page
from pipeline.layout import layout
from pipeline.restore.confidence import COLUMNS, FEATURES, Column, Confidence, features
from pipeline.restore.decode import verdicts
from pipeline.restore.model import Model, load_model
from pipeline.restore.scores import Place, Reads, evidence, surroundings, votes
from pipeline.restore.stage import printed_lines, reads_of, restore_lines, rewritten
from pipeline.sheet import open_source
from pipeline.train.channel_pages import make_pages, print_page
from pipeline.train.corpus import held_out, sample
from pipeline.types import Document, assemble
from pipeline.vietnamese import bare, tones_as_modern

__all__ = ["Judged", "calibration_error", "fitted", "main", "truths"]

Floats = NDArray[np.float64]
ROOT = Path(__file__).parents[2]
SHARED, WORK, MODELS = ROOT.parent / "shared/data", ROOT / ".cache/confidence", ROOT / "models/restore"
#: Pages of other numbers than the channels were learnt from.
FAR = 3_000_000
RIDGE = 1.0
BINS = 15
SPELLINGS = str.maketrans(dict.fromkeys("–—−‐‑•", "-") | dict.fromkeys("“”„", '"') | dict.fromkeys("’‘", "'"))

DOCUMENT = TypeAdapter(Document)

say = Console(stderr=True).log


@dataclass(frozen=True, slots=True)
class Judged:
    """A document as lines of tokens, what its engine said of them, and the true token for each that has one."""

    name: str
    lines: list[list[str]]
    reads: Reads
    true: dict[Place, str]

    def wrong(self, at: Place, token: str) -> bool:
        """Whether `token` is not what is printed at `at`."""
        return _spelt(token) != self.true[at]


def _spelt(token: str) -> str:
    return tones_as_modern(token.translate(SPELLINGS))


def _key(token: str) -> str:
    return "".join(c for c in bare(token).lower() if c.isalnum()) or token


def truths(true: Sequence[str], read: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(place in `read`, the true token printed there), for tokens that stand for one another."""
    for op in Levenshtein.opcodes([_key(t) for t in true], [_key(t) for t in read]):
        if op.src_end - op.src_start == op.dest_end - op.dest_start:
            for k in range(op.src_end - op.src_start):
                yield op.dest_start + k, _spelt(true[op.src_start + k])


def _judged(name: str, lines: list[list[str]], reads: Reads, text: str) -> Judged:
    for mark in ("⟦?⟧", "⟦", "⟧"):
        text = text.replace(mark, "")
    places = [(number, place) for number, line in enumerate(lines) for place in range(len(line))]
    found = truths([t for t in text.split() if t != "|"], [lines[n][p] for n, p in places])
    return Judged(name, lines, reads, {places[k]: token for k, token in found})


def _of_document(name: str, doc: Document, text: str) -> Judged:
    places = printed_lines(doc)
    return _judged(name, [[doc.words[i].text for i in row] for row in places], reads_of(doc, places), text)


def _digitised(path: Path, cached: Path, *, pages: bool) -> Document:
    """A source as it is before restoration, kept in `cached`; `pages`: laid out as a document."""
    if not cached.exists():
        source = open_source(path)
        readings = [read_page(Config(), sheet) for sheet in source.sheets()]
        doc = assemble(readings, id=source.id, sha256=source.sha256, source=path.name, media_type=source.media_type)
        cached.write_bytes(DOCUMENT.dump_json(layout(doc) if pages else doc))
    return DOCUMENT.validate_json(cached.read_bytes())


def scans(gold: Iterable[Path], work: Path) -> Iterator[Judged]:
    """Real scans beside their gold texts."""
    for folder in gold:
        if (folder / "scan.pdf").exists() and (folder / "gold.txt").exists():
            doc = _digitised(folder / "scan.pdf", work / f"{folder.name}.json", pages=True)
            yield _of_document(folder.name, doc, (folder / "gold.txt").read_text("utf8"))


def printed(texts: Sequence[str], count: int, work: Path) -> Iterator[Judged]:
    """Held-out text printed, worn and read by the engine."""
    for number in range(count):
        path = work / f"page-{count}-{number}.png"  # what is printed depends on how many are
        image, lines, _, _ = print_page(texts[9 * number : 9 * number + 24], seed=number + FAR)
        if not path.exists():
            dots = round(image.width / 21 * 2.54)
            image.save(path, dpi=(dots, dots))
        yield _of_document(path.stem, _digitised(path, path.with_suffix(".json"), pages=False), "\n".join(lines))


def as_text(texts: Sequence[str], count: int, language: str, work: Path) -> Iterator[Judged]:
    """The same as plain Tesseract reads it in one language: nothing but text."""
    cached = work / f"text-{language}-{count}.jsonl"
    if not cached.exists():
        made = make_pages(texts, range(count), (language,), salt=FAR)
        cached.write_text("".join(page.json() + "\n" for page in made), "utf8")
    for row in map(json.loads, cached.read_text("utf8").splitlines()):
        lines = [line.split() for line in row["read"]]
        yield _judged(f"{language}-{row['number']}", lines, {}, "\n".join(row["printed"]))


def fitted(x: Floats, y: Floats) -> Floats:
    """The weights of a logistic model: ridge (the first weight is free), Newton's method."""
    weights, penalty = np.zeros(x.shape[1]), np.eye(x.shape[1]) * RIDGE
    penalty[0, 0] = 1e-6
    for _ in range(40):
        chance = 1 / (1 + np.exp(-x @ weights))
        slope = x.T @ (chance - y) + penalty @ weights
        curve = (x * (chance * (1 - chance))[:, None]).T @ x + penalty
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return weights


def calibration_error(chance: Floats, happened: Floats) -> float:
    """The expected calibration error: bins of as many words each, |mean chance - share| weighted by their size."""
    order = np.argsort(chance, kind="stable")
    bins = np.array_split(order, BINS)
    return float(sum(len(b) * abs(chance[b].mean() - happened[b].mean()) for b in bins if len(b)) / len(chance))


@dataclass(frozen=True, slots=True)
class Table:
    """Words of one model: features, whether wrong, the document's name, what was said before calibration."""

    x: Floats
    y: Floats
    names: NDArray[np.str_]
    before: Floats

    @classmethod
    def of(cls, rows: Sequence[tuple[str, list[float], bool, float]]) -> Table:
        return cls(
            np.array([r[1] for r in rows]), np.array([r[2] for r in rows], dtype=float),
            np.array([r[0] for r in rows]), np.array([r[3] for r in rows]),
        )  # fmt: skip

    def cross_fitted(self) -> Floats:
        """Each word's chance to be wrong by weights fitted without its document."""
        chance = np.zeros(len(self.y))
        for name in sorted(set(self.names)):
            held = self.names == name
            chance[held] = 1 / (1 + np.exp(-self.x[held] @ fitted(self.x[~held], self.y[~held])))
        return chance

    def report(self, column: str) -> str:
        chance = self.cross_fitted()
        worst = np.argsort(-chance, kind="stable")
        shares = [f"{s:.0%} of words hold {self.y[worst[: int(s * len(worst))]].sum() / self.y.sum():.0%}"
                  for s in (0.02, 0.05, 0.1)]  # fmt: skip
        errors = [calibration_error(c, self.y) for c in (self.before, chance)]
        return (
            f"{column}: {len(self.y)} words, {self.y.mean():.2%} wrong; calibration error {errors[0]:.4f} -> "
            f"{errors[1]:.4f}; of the errors the least sure {', '.join(shares)}"
        )


def _engine_rows(
    docs: Sequence[Judged], model: Model, *, again: bool
) -> Iterator[tuple[str, list[float], bool, float]]:
    for doc in docs:
        around = None
        if again:
            first = votes(model.confidence, doc.lines, doc.reads)
            around = surroundings(doc.lines, verdicts(model.kept, doc.lines, cache=0.0, votes=first))
        for at in doc.true.keys() & doc.reads.keys():
            token = doc.lines[at[0]][at[1]]
            values = features(token, doc.reads[at], around[at] if around else None)
            yield doc.name, values, doc.wrong(at, token), 1 - doc.reads[at].score


def _final_rows(docs: Sequence[Judged], model: Model) -> Iterator[tuple[str, list[float], bool, float]]:
    for doc in docs:
        restored = restore_lines(doc.lines, reads=doc.reads, model=model)
        now = rewritten(doc.lines, restored.changes)
        for at, values in evidence(doc.lines, doc.reads, restored.verdicts, restored.changes):
            if at in doc.true:
                said = 1 - doc.reads[at].score if at in doc.reads else 0.0
                yield doc.name, values, doc.wrong(at, now[at[0]][at[1]]), said


def fit(model: Model, scanned: Sequence[Judged], lost: Sequence[Judged], kept: Sequence[Judged]) -> Confidence:
    """All five models, each fitted on what the ones before make of the documents."""
    weights: dict[Column, Sequence[float]] = {name: [0.0] * len(FEATURES) for name in COLUMNS}
    for column in COLUMNS:
        now = replace(model, confidence=Confidence(weights))
        if column in ("read", "again"):
            table = Table.of(list(_engine_rows(scanned, now, again=column == "again")))
        else:
            table = Table.of(list(_final_rows({"scan": scanned, "lost": lost, "kept": kept}[column], now)))
        weights[column] = fitted(table.x, table.y).tolist()
        say(table.report(column))
    return Confidence(weights)


def main(
    shared: Annotated[Path, typer.Option(help="Folder with corpus/ and gold/.")] = SHARED,
    gold: Annotated[list[Path] | None, typer.Option(help="More folders of documents with gold.")] = None,
    work: Annotated[Path, typer.Option(help="Folder of the work files.")] = WORK,
    models: Annotated[Path, typer.Option(help="Folder to write the weights to.")] = MODELS,
    pages: Annotated[int, typer.Option(help="Held-out pages to print and read.")] = 40,
) -> None:
    """Fit how likely a word is misread."""
    work.mkdir(parents=True, exist_ok=True)
    texts = sample(held_out(shared / "corpus", "legal"), 9 * pages + 24, seed=5)
    folders = sorted(chain.from_iterable(root.iterdir() for root in [shared / "gold", *(gold or [])]))
    scanned = [*scans(folders, work), *track(printed(texts, pages, work), "pages printed and read", total=pages)]
    lost, kept = (list(as_text(texts, pages, language, work)) for language in ("eng", "vie"))
    fit(load_model(), scanned, lost, kept).save(models / "confidence.tsv")


if __name__ == "__main__":
    typer.run(main)
