"""What restoration is measured on: held-out text stripped, clean, printed and misread; lists of communes
and persons; real scans.

Held-out text shares no 12 words in a row with what the models learnt from. What takes long to make is kept in .cache.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from zlib import crc32

from cases import Case
from communes import documents

from pipeline.train.channel_pages import make_pages, print_page, read_page
from pipeline.train.corpus import SOURCES, held_out, sample, training
from pipeline.train.names import CERTAIN, runs
from pipeline.vietnamese import bare, nfc

__all__ = ["clean", "communes", "communes_read", "misread", "persons", "scans", "seed", "stripped", "unseen"]

CACHE = Path(__file__).parents[1] / ".cache/restoration"
#: Paragraphs of a held-out document, since a corpus file doesn't say where its documents end.
DOCUMENT = 30
FAR = 700_000
SHINGLE = 12
NAMES = {"legal": "law", "wiki": "Wikipedia"}
#: Of the lists of communes, one in so many is printed.
PRINTED = 4


def _shingles(text: str) -> Iterator[int]:
    words = text.split()
    return (crc32(" ".join(words[i : i + SHINGLE]).encode()) for i in range(len(words) - SHINGLE + 1))


def unseen(corpus: Path, name: str) -> list[str]:
    """Held-out paragraphs of one source that share no 12 words in a row with the training text."""
    cached = CACHE / f"unseen-{name}.json"
    if not cached.exists():
        texts = sample(held_out(corpus, name), 3000, seed=1, shortest=60, longest=2000)
        wanted = {s for text in texts for s in _shingles(text)}
        seen = {
            s for text in chain.from_iterable(training(corpus, s) for s in SOURCES) for s in _shingles(text)
        } & wanted
        kept = [text for text in texts if seen.isdisjoint(_shingles(text))]
        cached.parent.mkdir(parents=True, exist_ok=True)
        cached.write_text(json.dumps(kept, ensure_ascii=False), "utf8")
    return list(json.loads(cached.read_text("utf8")))


def _documents(texts: Sequence[str]) -> Iterator[str]:
    return ("\n".join(texts[i : i + DOCUMENT]) for i in range(0, len(texts), DOCUMENT))


def stripped(corpus: Path) -> Iterator[Case]:
    for name in ("legal", "wiki"):
        yield from (
            Case(f"held-out {NAMES[name]} without its marks", text, bare(text))
            for text in _documents(unseen(corpus, name))
        )


def clean(corpus: Path) -> Iterator[Case]:
    for name in ("legal", "wiki"):
        yield from (Case(f"held-out {NAMES[name]} as it is", text, text) for text in _documents(unseen(corpus, name)))


def misread(corpus: Path, pages: int) -> Iterator[Case]:
    """Held-out text printed and read by the wrong and by the right OCR model."""
    cached = CACHE / f"misread-{pages}.jsonl"
    if not cached.exists():
        texts = unseen(corpus, "legal")
        made = make_pages(texts * 2, range(pages), ("eng", "vie"), salt=FAR)
        cached.write_text("".join(page.json() + "\n" for page in made), "utf8")
    for page in map(json.loads, cached.read_text("utf8").splitlines()):
        yield Case(f"held-out pages read by `{page['language']}`", "\n".join(page["printed"]), "\n".join(page["read"]))


def communes(gazetteers: Path) -> Iterator[Case]:
    """Lists of communes without their marks."""
    for layout, text in documents(gazetteers):
        yield Case(f"communes without marks: {layout}", text, bare(text))


def communes_read(gazetteers: Path) -> Iterator[Case]:
    """Pages of such lists, printed and read by the wrong and by the right OCR model."""
    cached = CACHE / "misread-communes.jsonl"
    if not cached.exists():
        made = _printed([text for _, text in documents(gazetteers)][::PRINTED])
        cached.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in made), "utf8")
    for language, true, read in map(json.loads, cached.read_text("utf8").splitlines()):
        yield Case(f"pages of communes read by `{language}`", true, read)


def persons(corpus: Path) -> Iterator[Case]:
    """Names of persons in held-out text, as lists, in capitals and below a position, without their marks."""
    cached = CACHE / "persons.json"
    if not cached.exists():
        found = {" ".join(n) for s in SOURCES for t in held_out(corpus, s.name) for n in runs(t) if n[0] in CERTAIN}
        cached.parent.mkdir(parents=True, exist_ok=True)
        cached.write_text(json.dumps(sorted(found), ensure_ascii=False), "utf8")
    names = json.loads(cached.read_text("utf8"))
    for at in range(0, len(names), DOCUMENT):
        some = names[at : at + DOCUMENT]
        numbered = [f"{n}. {name}" for n, name in enumerate(some, 1)]
        for layout, lines in (("listed", numbered), ("in capitals", [line.upper() for line in numbered])):
            yield Case(f"names of persons without marks, {layout}", "\n".join(lines), bare("\n".join(lines)))
        signed = "\n\n".join(f"TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\n{name}" for name in some)
        yield Case("names of persons without marks, signing", signed, bare(signed))


def _printed(texts: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(language, printed text, what was read) of a page of each text in each language."""
    for number, text in enumerate(texts):
        image, lines, _, _ = print_page(text.splitlines(), seed=FAR + number)
        for language in ("eng", "vie"):
            yield language, "\n".join(lines), nfc("\n".join(read_page(image, language)))


def seed(gold: Path) -> Iterator[Case]:
    folder = gold / "seed"
    yield Case(
        "plan 74/KH-UBND, the archive's OCR text",
        *((folder / n).read_text("utf8") for n in ("aligned.txt", "source.txt")),
    )


def scans(gold: Path) -> Iterator[Case]:
    """Real scans as plain Tesseract reads them with the Vietnamese model (pages and reading order as they are)."""
    CACHE.mkdir(parents=True, exist_ok=True)
    for folder in sorted(f for f in gold.iterdir() if (f / "scan.pdf").exists()):
        cached = CACHE / f"scan-{folder.name}.txt"
        if not cached.exists():
            cached.write_text(_read_scan(folder / "scan.pdf"), "utf8")
        yield Case(f"scan {folder.name}", (folder / "gold.txt").read_text("utf8"), cached.read_text("utf8"))


def _read_scan(path: Path) -> str:
    from pdf2image import convert_from_path, pdfinfo_from_path

    count = int(pdfinfo_from_path(str(path))["Pages"])
    pages = (
        convert_from_path(path, dpi=300, first_page=n, last_page=n, grayscale=True)[0] for n in range(1, count + 1)
    )
    return nfc("\n".join(line for page in pages for line in read_page(page, "vie", layout=3)))
