"""The training text: opened as a stream, split into training and held-out blocks, cleaned of repeats.

Sources are `<name>.txt.xz` files, UTF-8, NFC, one paragraph a line (see the model card for where they come from).
"""

from __future__ import annotations

import lzma
import random
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import UnreadableSource
from pipeline.vietnamese import nfc

__all__ = ["SOURCES", "Source", "held_out", "paragraphs", "sample", "training", "unlearnt"]

#: Paragraphs in a block; neighbouring paragraphs are of one document, so whole blocks are held out.
BLOCK = 200
#: One block in so many is held out of all training.
HELD_OUT_EVERY = 400


@dataclass(frozen=True, slots=True)
class Source:
    """A corpus file and the share of its blocks that the language model learns from."""

    name: str
    share: float = 1.0


SOURCES = (Source("legal"), Source("news_vntc"), Source("news_2017"), Source("wiki"))


def paragraphs(folder: Path, name: str) -> Iterator[tuple[int, str]]:
    """(block number, paragraph) of one corpus file. Raises UnreadableSource where the file is missing."""
    path = folder / f"{name}.txt.xz"
    if not path.exists():
        raise UnreadableSource(f"corpus file {path} is missing", remedy="see models/restore/README.md")
    with lzma.open(path, "rt", encoding="utf8") as lines:
        for number, line in enumerate(lines):
            if text := line.strip():
                yield number // BLOCK, nfc(text)


def _die(name: str, block: int) -> int:
    """A throw that is the same on every machine for one block."""
    return zlib.crc32(f"{name}:{block}".encode()) % 10_000


def _is_held_out(name: str, block: int) -> bool:
    return _die(name, block) < 10_000 // HELD_OUT_EVERY


def training(folder: Path, source: Source, *, repeats: int = 2) -> Iterator[str]:
    """The paragraphs to learn from; one that comes again word by word is given `repeats` times at most."""
    seen: dict[int, int] = {}
    for block, text in paragraphs(folder, source.name):
        if _is_held_out(source.name, block) or _die(source.name, block) >= 10_000 * source.share:
            continue
        key = zlib.crc32(text.encode())
        seen[key] = seen.get(key, 0) + 1
        if seen[key] <= repeats:
            yield text


def held_out(folder: Path, name: str) -> Iterator[str]:
    """The paragraphs that no model has learnt from."""
    return (text for block, text in paragraphs(folder, name) if _is_held_out(name, block))


def unlearnt(folder: Path, source: Source) -> Iterator[tuple[int, str]]:
    """(block, paragraph) of what the language model has not learnt from: held-out blocks, those beyond the share."""
    for block, text in paragraphs(folder, source.name):
        if _is_held_out(source.name, block) or _die(source.name, block) >= 10_000 * source.share:
            yield block, text


def sample(texts: Iterable[str], count: int, *, seed: int, shortest: int = 30, longest: int = 600) -> list[str]:
    """`count` paragraphs drawn evenly over the whole stream (reservoir), the same for the same seed."""
    rng = random.Random(seed)
    kept: list[str] = []
    seen = 0
    for text in texts:
        if not shortest <= len(text) <= longest:
            continue
        seen += 1
        if len(kept) < count:
            kept.append(text)
        elif (slot := rng.randrange(seen)) < count:
            kept[slot] = text
    rng.shuffle(kept)
    return kept
