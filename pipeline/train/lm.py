"""The language model's training: corpus -> entries -> lmplz -> our own tables.

lmplz (KenLM, modified Kneser-Ney; Heafield et al., ACL 2013) is built from the PyPI source package, whose wheel
only queries. What it writes is turned into the tables of `pipeline.restore.ngram`, so that no compiler is needed
where sohoa runs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import MissingProgram
from pipeline.restore.ngram import BEGIN, END, LanguageModel, Table, key_of
from pipeline.restore.units import CLASSES, PAUSE, entries, unknown
from pipeline.train.fuse import build_table
from pipeline.vietnamese import is_syllable

__all__ = ["build_lmplz", "count_entries", "estimate", "model_of_arpa", "pick_vocabulary", "write_entries"]

Keys = NDArray[np.uint64]
Floats = NDArray[np.float32]

ORDER = 4
KENLM = "kenlm==0.3.0"


def count_entries(texts: Iterable[str]) -> Counter[str]:
    """How often each entry occurs; tokens are counted first, since each kind is cut only once."""
    tokens: Counter[str] = Counter()
    for text in texts:
        tokens.update(text.split())
    counts: Counter[str] = Counter()
    for token, count in tokens.items():
        for name in entries(token):
            counts[name] += count
    return counts


def pick_vocabulary(counts: Counter[str], *, syllables: int = 3, others: int = 60) -> list[str]:
    """Entries kept by name, most frequent first: syllables seen 3 times, other words (UBND, covid) seen 60 times."""
    special = {PAUSE, *CLASSES}
    return [
        name
        for name, count in counts.most_common()
        if name not in special and count >= (syllables if is_syllable(name) else others) and len(name) <= 16
    ]


def write_entries(texts: Iterable[str], vocabulary: Iterable[str], target: Path) -> int:
    """Write one paragraph a line as entries, words out of the vocabulary as classes; the number of entries."""
    known = {PAUSE, *CLASSES, *vocabulary}
    named: dict[str, str] = {}
    total = 0
    with target.open("w", encoding="utf8") as out:
        for text in texts:
            line: list[str] = []
            for token in text.split():
                if (shown := named.get(token)) is None:
                    kept = (name if name in known else unknown(token) for name in entries(token))
                    shown = named[token] = " ".join(kept)
                if shown:
                    line.append(shown)
            joined = " ".join(line).replace(", ,", ",").replace(", ,", ",")
            total += joined.count(" ") + 1
            out.write(joined + "\n")
    return total


def build_lmplz(work: Path) -> Path:
    """The path of lmplz, built from the PyPI source package where it is not there yet."""
    if found := shutil.which("lmplz"):
        return Path(found)
    binary = work / "kenlm" / "build" / "bin" / "lmplz"
    if binary.exists():
        return binary
    if not shutil.which("cmake"):
        raise MissingProgram("cmake is not installed", remedy="apt install cmake g++ libboost-all-dev")
    download = [sys.executable, "-m", "pip", "download", "--no-binary", "kenlm", "--no-deps", KENLM, "-d", str(work)]
    subprocess.run(download, check=True)
    with tarfile.open(next(work.glob("kenlm-*.tar.gz"))) as packed:
        packed.extractall(work, filter="data")
    next(p for p in work.glob("kenlm-*") if p.is_dir()).rename(work / "kenlm")
    (binary.parents[1]).mkdir(exist_ok=True)
    for command in (["cmake", "..", "-DCMAKE_BUILD_TYPE=Release"], ["make", "-j2", "lmplz"]):
        subprocess.run(command, check=True, cwd=binary.parents[1])
    return binary


def estimate(lmplz: Path, text: Path, arpa: Path, *, prune: Iterable[int]) -> None:
    """Run lmplz: modified Kneser-Ney, n-grams seen no more than `prune` times (by order) left out."""
    command = [str(lmplz), "-o", str(ORDER), "-S", "3G", "-T", str(arpa.parent / "lmplz_"), "--discount_fallback"]
    command += ["--text", str(text), "--arpa", str(arpa), "--prune", *map(str, prune)]
    subprocess.run(command, check=True)


def _section(lines: Iterator[str], count: int, order: int, ids: dict[str, int]) -> tuple[Keys, Floats, Floats]:
    """(keys, log10 probabilities, log10 back-off weights) of one order's `count` lines."""
    words = np.zeros((count, order), dtype=np.int32)
    chance, weight = np.zeros(count, dtype=np.float32), np.zeros(count, dtype=np.float32)
    for row, line in enumerate(islice(lines, count)):
        fields = line.rstrip("\n").split("\t")
        chance[row] = float(fields[0])
        words[row] = [ids[w] for w in fields[1].split(" ")]
        weight[row] = float(fields[2]) if len(fields) > 2 else 0.0
    key = np.zeros(count, dtype=np.uint64)
    for column in range(order):
        key = key_of(key, words[:, column])
    return key, chance, weight


def model_of_arpa(arpa: Path) -> LanguageModel:
    """The run-time model of an ARPA file as lmplz writes it."""
    with arpa.open(encoding="utf8") as lines:
        counts = [int(line.split("=")[1]) for line in iter(lines.readline, "\n") if line.startswith("ngram")]
        words, unigrams, weights = _unigrams(lines, counts[0])
        ids = {word: i for i, word in enumerate(words)}
        tables: list[Table] = []
        for order, count in enumerate(counts[1:], 2):
            next(line for line in lines if line.startswith("\\"))
            key, chance, weight = _section(lines, count, order, ids)
            tables.append(build_table(key, chance, weight if order < len(counts) else None))
    return LanguageModel(words, ids, unigrams, weights, tuple(tables))


def _unigrams(lines: Iterator[str], count: int) -> tuple[tuple[str, ...], Floats, Floats]:
    next(line for line in lines if line.startswith("\\"))
    rows = [line.rstrip("\n").split("\t") for line in islice(lines, count)]
    weights = [float(row[2]) if len(row) > 2 else 0.0 for row in rows]
    words = tuple(row[1] for row in rows)
    if BEGIN not in words or END not in words:
        raise ValueError("the model lacks its sentence marks")
    return words, np.array([float(r[0]) for r in rows], dtype=np.float32), np.array(weights, dtype=np.float32)
