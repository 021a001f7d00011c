"""Text that has its marks must go through untouched, and what was restored must stay: `python benchmarks/clean.py`.

Whole blocks of all four corpora that no model has learnt from (of `news_vntc` none is held out: some that one has),
as documents of 30 paragraphs and as pages of five, and lists of communes. Every change is listed, by its kind, in
the file that `--changes` names: misprints mended are among them, none is forgiven.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer
from communes import documents
from rich.console import Console
from rich.table import Table
from texts import misread, scans

from pipeline.restore import edits_of, restore_text
from pipeline.restore.strings import TextEdit
from pipeline.train.corpus import SOURCES, paragraphs, unlearnt
from pipeline.vietnamese import bare, is_syllable, nfc

SHARED = Path(__file__).parents[2] / "shared/data"
CACHE = Path(__file__).parents[1] / ".cache/restoration"
#: Paragraphs of a document and of a page; words around a change that are told.
SIZES, AROUND = (30, 5), 4
#: Where none is held out, one block in so many is taken of those learnt from.
LEARNT = 40
Kind = Literal["figures", "encoding", "no syllable", "name", "marks", "letters"]


class Changed(NamedTuple):
    """A word of a clean text that restoration changed."""

    kind: Kind
    was: str
    became: str
    score: float
    around: str


def kind_of(was: str, became: str) -> Kind:
    """What kind of word was changed: with a digit, of old letters, no syllable (a slip), a name, else how."""
    core = was.strip(".,;:!?()[]“”\"'…")
    if any(c.isdigit() for c in was + became):
        return "figures"
    if was.replace("Ð", "Đ") == became:
        return "encoding"
    if not is_syllable(core):
        return "no syllable"
    if core[:1].isupper() and core[1:].islower():
        return "name"
    return "marks" if bare(was) == bare(became) else "letters"


def blocks(corpus: Path, words: int) -> Iterator[tuple[str, list[str]]]:
    """(source, paragraphs of one block): some `words` words of each source, spread over all its blocks."""
    for source in SOURCES:
        found: dict[int, list[str]] = defaultdict(list)
        for block, text in unlearnt(corpus, source):
            found[block].append(text)
        if not found:
            for block, text in paragraphs(corpus, source.name):
                if block % LEARNT == 0:
                    found[block].append(text)
        sizes = {block: sum(len(text.split()) for text in texts) for block, texts in found.items()}
        step = max(1, round(sum(sizes.values()) / words))
        yield from ((source.name, found[block]) for block in sorted(found)[::step])


def texts(corpus: Path, gazetteers: Path, words: int) -> Iterator[tuple[str, str]]:
    """(what it is, a clean document)."""
    for size in SIZES:
        for name, block in blocks(corpus, words):
            for at in range(0, len(block), size):
                yield f"{name}, {size} paragraphs", nfc("\n".join(block[at : at + size]))
    for layout, text in documents(gazetteers):
        yield f"communes, {layout}", text


def changes(text: str) -> Iterator[Changed]:
    """The words of a clean text that restoration changes."""

    def told(edit: TextEdit) -> Changed:
        before, after = text[: edit.start].split()[-AROUND:], text[edit.end :].split()[:AROUND]
        around = " ".join([*before, f"[{edit.was}]", *after])
        return Changed(kind_of(edit.was, edit.became), edit.was, edit.became, edit.score, around)

    return map(told, edits_of(text))


def counted(found: Iterable[tuple[str, str]], rows: list[tuple[str, Changed]]) -> tuple[Counter[str], Counter[str]]:
    """(words, changes) by what the text is; the changes themselves go to `rows`."""
    words, changed = Counter[str](), Counter[str]()
    for name, text in found:
        words[name] += len(text.split())
        some = list(changes(text))
        changed[name] += len(some)
        rows += ((name, one) for one in some)
    return words, changed


def unstable(found: Iterable[tuple[str, str]]) -> Counter[str]:
    """How many words restoration changes in what it restored."""
    again = Counter[str]()
    for name, text in found:
        again[name] += len(edits_of(restore_text(text)))
    return again


def noisy(corpus: Path, gold: Path, words: int, pages: int) -> Iterator[tuple[str, str]]:
    """(what it is, a document to restore twice)."""
    for name, block in blocks(corpus, words):
        yield f"{name} without its marks", bare("\n".join(block))
    yield from ((case.source, case.noisy) for case in chain(misread(corpus, pages), scans(gold)))


def _table(words: Mapping[str, int], changed: Mapping[str, int]) -> Table:
    table = Table("text", "words", "changed", "in 10,000")
    for name, count in words.items():
        table.add_row(name, f"{count:,}", str(changed[name]), f"{10_000 * changed[name] / max(count, 1):.2f}")
    return table


def main(
    shared: Annotated[Path, typer.Option(help="Folder with corpus/, gazetteers/ and gold/.")] = SHARED,
    words: Annotated[int, typer.Option(help="Words of each source, about.")] = 100_000,
    pages: Annotated[int, typer.Option(help="Held-out pages to print and misread.")] = 24,
    listed: Annotated[Path, typer.Option("--changes", help="File to list the changes in.")] = CACHE / "changes.tsv",
) -> None:
    """Measure what restoration does to text that needs none."""
    rows: list[tuple[str, Changed]] = []
    console = Console(width=120)
    console.print(_table(*counted(texts(shared / "corpus", shared / "gazetteers", words), rows)))
    console.print("by kind:", dict(Counter(one.kind for _, one in rows)))
    listed.parent.mkdir(parents=True, exist_ok=True)
    with listed.open("w", encoding="utf8", newline="") as out:
        csv.writer(out, delimiter="\t").writerows((name, *one) for name, one in rows)
    again = unstable(noisy(shared / "corpus", shared / "gold", words // 10, pages))
    again += unstable(texts(shared / "corpus", shared / "gazetteers", words // 10))
    console.print(f"words changed when restored again: {again.total()}", dict(again))


if __name__ == "__main__":
    typer.run(main)
