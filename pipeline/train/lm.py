"""The language model's training: corpus -> entries -> lmplz; `arpa` turns what it writes into our own tables.

lmplz (KenLM, modified Kneser-Ney; Heafield et al., ACL 2013) is built from the PyPI source package, whose wheel
only queries. No compiler is needed where sohoa runs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from pipeline.errors import MissingProgram
from pipeline.restore.units import CLASSES, PAUSE, entries, unknown
from pipeline.vietnamese import is_syllable

__all__ = ["build_lmplz", "count_entries", "estimate", "pick_vocabulary", "write_entries"]

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


def pick_vocabulary(counts: Counter[str], *, syllables: int = 3, others: int = 100) -> list[str]:
    """Entries kept by name, most frequent first: syllables seen 3 times, other words (UBND, covid) seen 100 times."""
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
