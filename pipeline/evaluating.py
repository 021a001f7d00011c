"""`sohoa evaluate`: results against gold on the terminal, and as JSON for what compares runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.box import SIMPLE
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from pipeline.errors import SohoaError, StoreError, UnreadableSource
from pipeline.evaluate import Gold, Score, load_gold, pooled, score_rows, score_text
from pipeline.exports.dataset import Dataset
from pipeline.store import Store

__all__ = ["evaluate_all", "figures"]

POOL = "all"
#: Columns of a part of the printed table: what 100 letters hold.
COLUMNS = 6
#: Measures that get a column where gold has something for them; parts of measures (`header.number`) do not.
FACTS = (
    "header", "blocks", "outline", "tasks", "assignments", "assignments.resolved", "deadlines", "dates", "citations",
    "recipients", "stamps", "tables", "handwritten", "evidence",
)  # fmt: skip


def evaluate_all(
    folders: Sequence[Path], output: Path, *, text: Path | None, misses: bool, json_to: Path | None
) -> int:
    """Print the figures of each gold folder and of all; 1 where a folder could not be measured, else 0.

    Raises UnreadableSource where `text` cannot be read, StoreError where `json_to` cannot be written.
    """
    say = Console(emoji=False, highlight=False)
    warn = Console(stderr=True, emoji=False, highlight=False, soft_wrap=True)
    other = _text(text) if text else None
    scores: dict[str, Score] = {}
    failed = 0
    for folder in folders:
        try:
            gold = load_gold(folder)
            scores[gold.name], found = _measured(gold, Store(output).dataset, other)
        except SohoaError as error:
            warn.print(f"sohoa: {error}", markup=False)
            failed += 1
            continue
        if not found:
            warn.print(f"sohoa: {folder}: its document is not in {output}: digitise it there first", markup=False)
            failed += 1
    if len(scores) > 1:
        scores[POOL] = pooled(scores.values())
    if scores:
        _print(say, scores, misses=misses)
    if json_to:
        _write(json_to, {name: figures(score) for name, score in scores.items()})
    return int(failed > 0)


def _measured(gold: Gold, dataset: Path, other: str | None) -> tuple[Score, bool]:
    """The score, and whether there was anything to measure: a document that is missing has lost all its words."""
    if other is not None:
        return score_text(gold, other), True
    found = Dataset(dataset, f"sha256 = '{gold.sha256}'").documents() if dataset.exists() else iter(())
    rows = next(found, None)
    return (score_rows(gold, rows), True) if rows else (score_text(gold, ""), False)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except OSError as error:
        raise UnreadableSource(f"{path} cannot be read ({error.strerror})", remedy="check the name") from None
    except UnicodeDecodeError:
        raise UnreadableSource(f"{path} is not UTF-8 text", remedy="convert it with iconv") from None


def figures(score: Score) -> dict[str, object]:
    """The figures of a score as JSON holds them: rates of the text, then precision, recall, F1 of each measure."""
    t = score.text
    rates: dict[str, object] = {"cer": t.cer, "wer": t.wer, "tone": t.tone_exact, "found": t.found, "words": t.words}
    facts: dict[str, object] = {
        name: {"p": c.precision, "r": c.recall, "f1": c.f1, "hit": c.right, "said": c.said, "gold": c.true}
        for name, c in score.counts.items()
    }
    return rates | facts


def _print(say: Console, scores: dict[str, Score], *, misses: bool) -> None:
    """A table of one line a document, the pool last, in parts that fit the terminal; then the misses."""
    columns = dict(_columns(scores))
    names = list(columns)
    for start in range(0, len(names), COLUMNS):
        some = names[start : start + COLUMNS]
        table = Table("", *some, box=SIMPLE)
        for n, name in enumerate(scores):
            table.add_row(escape(name), *(columns[c][n] for c in some))
        say.print(table)
    for document, score in scores.items() if misses else ():
        for measure, rows in score.misses.items() if document != POOL else ():
            for row in rows:
                say.print(f"{document}  {measure}: {row}", markup=False, soft_wrap=True)


def _columns(scores: dict[str, Score]) -> Iterator[tuple[str, list[str]]]:
    texts = [score.text for score in scores.values()]
    yield "CER", [f"{t.cer:.2%}" for t in texts]
    yield "WER", [f"{t.wer:.2%}" for t in texts]
    yield "marks right", [f"{t.tone_exact:.2%}" for t in texts]
    yield "words found", [f"{t.found:.2%}" for t in texts]
    counts = [score.counts for score in scores.values()]
    for name in FACTS:
        if any(name in c for c in counts):
            yield name, [f"{c[name].f1:.3f}" if name in c else "" for c in counts]


def _write(target: Path, report: dict[str, dict[str, object]]) -> None:
    try:
        target.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", "utf8")
    except OSError as error:
        raise StoreError(f"{target} cannot be written ({error.strerror})", remedy="choose another place") from None
