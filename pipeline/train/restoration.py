"""Rebuilds models/restore from text alone: `python -m pipeline.train.restoration`.

Steps, the longest skipped where their results are there: the corpus as entries, the language model, abbreviations,
names, pages printed and misread, the two channels. Work files go to --work; delete a file there to make it and what
follows from it again.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from pipeline.restore.channel import WORD
from pipeline.restore.ngram import LanguageModel
from pipeline.restore.units import CLASSES, PAUSE
from pipeline.train.abbreviations import count_parts, pick_marked
from pipeline.train.arpa import model_of, read_arpas
from pipeline.train.channel import learn_channel
from pipeline.train.channel_pages import make_pages
from pipeline.train.channel_pairs import pairs_of_pages
from pipeline.train.corpus import SOURCES, Source, sample, training
from pipeline.train.lm import build_lmplz, count_entries, estimate, pick_vocabulary, write_entries
from pipeline.train.mixture import mixed
from pipeline.train.names import count_names, write_names

__all__ = ["main"]

ROOT = Path(__file__).parents[2]
CORPUS, WORK, MODELS = ROOT.parent / "shared/data/corpus", ROOT / ".cache/restoration", ROOT / "models/restore"
#: n-grams of order 1, 2, 3, 4 seen no more often are left out.
PRUNE = (0, 0, 1, 1)
#: The parts of the corpus that have a language model each, and how likely wording is of each before it is seen.
PARTS = {
    "law": (0.65, (Source("legal"),)),
    "news": (0.15, (Source("news_vntc"), Source("news_2017"))),
    "wiki": (0.2, (Source("wiki"),)),
}
PARAGRAPHS_A_PAGE = 9
#: (channel, Tesseract's language, share of letters that only lose their marks).
CHANNELS = (("lost", "eng", 0.1), ("kept", "vie", 0.002))
#: Where names of persons are counted.
NAMED = (Source("news_vntc"), Source("news_2017"))

say = Console(stderr=True).log


def _page_texts(corpus: Path, work: Path, pages: int) -> list[str]:
    """What to print: three parts law, one part news, drawn from all over the corpus."""
    cached = work / "page-texts.json"
    if not cached.exists():
        count = pages * PARAGRAPHS_A_PAGE + 100
        law = sample(training(corpus, Source("legal")), 3 * count // 4, seed=1)
        texts = law + sample(training(corpus, Source("news_vntc")), count // 4, seed=2)
        random.Random(3).shuffle(texts)
        cached.write_text(json.dumps(texts, ensure_ascii=False), "utf8")
    return list(json.loads(cached.read_text("utf8")))


def _pages(corpus: Path, work: Path, pages: int) -> Path:
    """The misread pages, one JSON object a line; a run that was broken off goes on after the last whole page."""
    target = work / "pages.jsonl"
    lines = target.read_text("utf8").splitlines() if target.exists() else []
    done = len(lines) // len(CHANNELS)
    if done >= pages:
        return target
    target.write_text("".join(f"{line}\n" for line in lines[: done * len(CHANNELS)]), "utf8")
    texts = _page_texts(corpus, work, pages)
    made = make_pages(texts, range(done, pages), [language for _, language, _ in CHANNELS])
    with target.open("a", encoding="utf8") as out:
        for page in track(made, "pages printed and misread", total=(pages - done) * len(CHANNELS)):
            out.write(page.json() + "\n")
            out.flush()
    return target


def _texts(corpus: Path, sources: Iterable[Source]) -> Iterator[str]:
    return chain.from_iterable(training(corpus, source) for source in sources)


def _entries(corpus: Path, work: Path) -> list[Path]:
    """Each part of the corpus as entries."""
    targets = [work / f"{name}.txt" for name in PARTS]
    if not all(target.exists() for target in targets):
        say("counting the corpus")
        vocabulary = pick_vocabulary(count_entries(_texts(corpus, SOURCES)))
        say(f"writing it as entries, {len(vocabulary)} of them by name")
        for target, (_, sources) in zip(targets, PARTS.values(), strict=True):
            partial = target.with_suffix(".part")
            total = write_entries(_texts(corpus, sources), vocabulary, partial)
            partial.rename(target)
            say(f"{target.stem}: {total} entries")
    return targets


def _language(corpus: Path, work: Path, models: Path) -> LanguageModel:
    arpas = [work / f"{name}.arpa" for name in PARTS]
    if not all(arpa.exists() for arpa in arpas):
        lmplz = build_lmplz(work)
        for entries, arpa in zip(_entries(corpus, work), arpas, strict=True):
            say(f"estimating the language model of {arpa.stem}")
            estimate(lmplz, entries, arpa.with_suffix(".part"), prune=PRUNE)
            arpa.with_suffix(".part").rename(arpa)
    made = models / "levels.npz"
    if not made.exists() or made.stat().st_mtime < max(arpa.stat().st_mtime for arpa in arpas):
        say("mixing them")
        words, parts = read_arpas(arpas)
        grams = mixed(parts, [prior for prior, _ in PARTS.values()])
        say("turning them into tables")
        model_of(words, grams).save(models)
    return LanguageModel.load(models)


def _lexicon(model: LanguageModel) -> list[str]:
    """The words that may stand on paper: every named entry of the language model but its marks and classes."""
    special = {PAUSE, *CLASSES}
    return [w for w in model.words if w not in special and not w.startswith("<") and len(w) <= WORD]


def main(
    corpus: Annotated[Path, typer.Option(help="Folder of the corpus files.")] = CORPUS,
    work: Annotated[Path, typer.Option(help="Folder of the work files.")] = WORK,
    models: Annotated[Path, typer.Option(help="Folder to write the models to.")] = MODELS,
    pages: Annotated[int, typer.Option(help="Pages to print and misread; some 2.5 s each.")] = 900,
) -> None:
    """Rebuild every file of models/restore."""
    work.mkdir(parents=True, exist_ok=True)
    models.mkdir(parents=True, exist_ok=True)
    model = _language(corpus, work, models)
    say("mining abbreviations")
    marked = pick_marked(count_parts(training(corpus, Source("legal"))))
    (models / "abbreviations.txt").write_text("".join(f"{name}\n" for name in marked), "utf8")
    say("counting names of persons")
    write_names(count_names(chain.from_iterable(training(corpus, source) for source in NAMED)), models / "names.tsv")
    misread = _pages(corpus, work, pages)
    for name, language, stripping in CHANNELS:
        pairs = pairs_of_pages(misread, language)
        say(f"channel {name}: {sum(pairs.values())} words misread on {pages} pages")
        learn_channel(name, pairs, _lexicon(model), stripping=stripping).save(models / f"{name}.npz")
    size = sum(path.stat().st_size for path in models.iterdir())
    say(f"{models}: {size / 2**20:.1f} MiB")


if __name__ == "__main__":
    typer.run(main)
