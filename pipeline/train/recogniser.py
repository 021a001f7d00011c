"""Rebuilds models/reading: `python -m pipeline.train.recogniser` (needs PyTorch, tesseract-ocr-vie and fonts).

Tesseract's fast Vietnamese model is integer, and `lstmtraining` goes on with float models only. Here its weights are
multiplied out, learn on in PyTorch from lines of administrative papers that are printed, worn and cleaned as they are
needed, and are written back as an integer model that Tesseract reads like its own.
"""

from __future__ import annotations

import math
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer
from rich.console import Console

from pipeline.errors import MissingProgram
from pipeline.train.corpus import Source, sample, training
from pipeline.train.recogniser_charset import Charset, extended, read_charset
from pipeline.train.recogniser_format import Network, components, pack, parse, serialise
from pipeline.train.recogniser_lines import Sample, block
from pipeline.train.recogniser_net import STEP, build, grown, logits, normalised, written
from pipeline.train.recogniser_text import Texts

__all__ = ["main"]

ROOT = Path(__file__).parents[2]
CORPUS, VOCABULARY = ROOT.parent / "shared/data/corpus", ROOT / "models/restore/vocabulary.txt"
BASE = Path("/usr/share/tesseract-ocr/5/tessdata/vie.traineddata")
TARGET = ROOT / "models/reading/vie_admin.traineddata"
#: Characters of our papers that the base model lacks, and whose weights and properties they begin with.
MORE = {"ỵ": "ỳ", "Ỵ": "Ỳ", "•": "*", "²": "*", "³": "*", "≥": "*", "≤": "*", "×": "*"}
#: (corpus, paragraphs drawn, from the first so many).
SHARES = (
    ("legal", 30_000, 500_000),
    ("news_vntc", 7_000, 200_000),
    ("news_2017", 3_000, 100_000),
    ("wiki", 4_000, 100_000),
)
#: Lines made at a time, and columns of pixels in one step of training, about 16 lines.
MADE, BATCH = 1000, 11_200
WIDEST = 1600
#: How much of the running mean of the weights a step keeps.
KEPT = 0.998

say = Console(stderr=True).log


@dataclass(frozen=True, slots=True)
class Batch:
    """Lines of like width: pictures, the outputs that spell each, and the steps that each is wide."""

    pictures: Any
    spelled: tuple[tuple[int, ...], ...]
    steps: tuple[int, ...]


def _texts(corpus: Path, seed: int) -> Texts:
    paragraphs: list[str] = []
    for name, count, first in SHARES:
        some = islice(training(corpus, Source(name)), first)
        paragraphs += sample(some, count, seed=seed, shortest=20, longest=900)
    named = VOCABULARY.read_text("utf8").splitlines()
    return Texts(paragraphs, [w for w in named if re.fullmatch(r"[^\W\d_]{1,7}", w)], random.Random(seed))


def _spelled(samples: Sequence[Sample], charset: Charset) -> Iterator[tuple[Sample, tuple[int, ...]]]:
    """The lines that the network can spell, and has steps enough for."""
    for each in samples:
        codes = charset.encode(each.text)
        width = each.pixels.shape[1]
        if codes and width <= WIDEST and width // STEP > 1.15 * len(codes) + 3:
            yield each, tuple(codes)


def _batches(texts: Texts, charset: Charset, seed: int) -> Iterator[Batch]:
    """Batches without end, `MADE` lines sorted by width at a time."""
    for number in range(seed * 1_000_000, (seed + 1) * 1_000_000, MADE):
        samples = [s for n in range(number, number + MADE // 10) for s in block(texts, n, lines=10)]
        lines = sorted(_spelled(samples, charset), key=lambda line: line[0].pixels.shape[1])
        batches: list[list[tuple[Sample, tuple[int, ...]]]] = [[]]
        for line in lines:
            batches[-1].append(line)
            if len(batches[-1]) * line[0].pixels.shape[1] >= BATCH:
                batches.append([])
        texts.rng.shuffle(batches)
        yield from (_batch(lines) for lines in batches if lines)


def _batch(lines: Sequence[tuple[Sample, tuple[int, ...]]]) -> Batch:
    pictures = [normalised(each.pixels) for each, _ in lines]
    widest = max(p.shape[1] for p in pictures)
    padded = np.stack([np.pad(p, ((0, 0), (0, widest - p.shape[1])), constant_values=1) for p in pictures])
    steps = tuple(min(widest // STEP, (p.shape[1] + 8) // STEP) for p in pictures)
    return Batch(padded, tuple(codes for _, codes in lines), steps)


def _rate(done: float, step: int, most: float) -> float:
    """The learning rate: up over a hundred steps, then down a cosine with the share `done` of all lines."""
    return most * min(1.0, (step + 1) / 100) * (0.97 * 0.5 * (1 + math.cos(math.pi * done)) + 0.03)


def _loss(modules: Any, batch: Batch, blank: int) -> Any:
    """Connectionist temporal classification (Graves et al., 2006), a character's mean."""
    torch = import_module("torch")
    scores = logits(modules, torch.from_numpy(batch.pictures)).log_softmax(-1)
    lengths = torch.tensor([len(codes) for codes in batch.spelled])
    targets = torch.tensor([code for codes in batch.spelled for code in codes])
    total = torch.nn.functional.ctc_loss(
        scores, targets, torch.tensor(batch.steps), lengths, blank=blank, reduction="sum", zero_infinity=True
    )
    return total / lengths.sum()


def _learnt(network: Network, texts: Texts, charset: Charset, *, lines: int, rate: float, seed: int) -> Any:
    """The modules after `lines` lines: the running mean of their weights."""
    torch = import_module("torch")
    torch.manual_seed(seed)
    modules, mean = build(network), build(network)
    learning = [p for p in modules.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(learning, rate, betas=(0.9, 0.99), weight_decay=1e-3)
    seen, step, loss = 0, 0, 0.0
    for batch in _batches(texts, charset, seed):
        for group in optimiser.param_groups:
            group["lr"] = _rate(min(seen / lines, 1.0), step, rate)
        optimiser.zero_grad()
        error = _loss(modules, batch, charset.blank)
        error.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimiser.step()
        step, seen = step + 1, seen + len(batch.steps)
        loss += (error.item() - loss) / min(step, 50)
        with torch.no_grad():
            for kept, new in zip(mean.parameters(), modules.parameters(), strict=True):
                kept.lerp_(new, 1 - min(KEPT, (step + 1) / (step + 10)))
        if step % 100 == 0:
            say(f"{seen} lines, loss {loss:.4f}")
        if seen >= lines:
            return mean
    return mean


def main(
    corpus: Annotated[Path, typer.Option(help="Folder of the corpus files.")] = CORPUS,
    base: Annotated[Path, typer.Option(help="The model to go on from: tessdata_fast's `vie`.")] = BASE,
    target: Annotated[Path, typer.Option(help="The model to write.")] = TARGET,
    lines: Annotated[int, typer.Option(help="Lines to learn from; some 30 a second of one core.")] = 72_000,
    rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 5e-4,
    seed: Annotated[int, typer.Option(help="Another seed makes other lines.")] = 1,
) -> None:
    """Fit Tesseract's Vietnamese model to the lines of administrative papers."""
    if not base.exists():
        raise MissingProgram(f"{base} is not there", remedy="run `sudo apt install tesseract-ocr-vie`")
    parts = components(base.read_bytes())
    known = read_charset(parts)
    parts = extended(parts, MORE)
    network = grown(parse(parts["lstm"]), [known.codes[like] for like in MORE.values()])
    modules = _learnt(network, _texts(corpus, seed), read_charset(parts), lines=lines, rate=rate, seed=seed)
    parts["lstm"] = serialise(written(modules, network))
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pack(parts))
    say(f"{target}: {target.stat().st_size / 2**20:.1f} MiB")


if __name__ == "__main__":
    typer.run(main)
