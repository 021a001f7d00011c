"""The markup in which our own documents are written: header fields, a tree of blocks, gold notes beside them.

A file is a TOML table between `+++` lines (the header, the foot, the stamps, what the header says) and a body.
A body line is one block; two blanks of indent are one level of the tree; its marker (`A.`, `I.`, `1.`, `a)`, `-`,
`Điều 1.`) gives its kind. `**bold**`, `*italic*`, `⟦handwriting⟧` and ` // ` (a forced line break) may stand in it.

    > text                       a centred block
    |= 6 40 18 18 18             a table begins, its columns in percent; the next row is its header
    | 1 | Work | Body            a row;  |# I | Group  a row that heads the rows after it
    ! directive: product         a note on the block or row above, see `pipeline.train.notes`
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.records import SectionKind
from pipeline.vietnamese import nfc

__all__ = ["Block", "Grid", "Manuscript", "Row", "parse", "plain"]

FENCE = "+++"
#: First match wins: Roman numerals before the letters of parts, `1.1.` before `1.`.
MARKERS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    ("annex", re.compile(r"Phụ lục(?: [IVX]+| \d+)?(?= //|$)")),
    ("part", re.compile(r"PHẦN (?:THỨ )?\w+(?= //|$)")),
    ("chapter", re.compile(r"Chương [IVX]+(?= //|$)")),
    ("article", re.compile(r"Điều \d+\.")),
    ("section", re.compile(r"[IVX]+\.(?= )")),
    ("part", re.compile(r"[A-HK]\.(?= )")),
    ("subclause", re.compile(r"\d+(?:\.\d+)+\.?(?= )")),
    ("clause", re.compile(r"\d+[.)](?= )")),
    ("point", re.compile(r"[a-zđ]\)(?= )")),
    ("subbullet", re.compile(r"[+•](?= )")),
    ("bullet", re.compile(r"[-*](?= )")),
)  # fmt: skip
INLINE = re.compile(r"\*\*|(?<![\w*])\*(?=\S)|(?<=[^\s*])\*(?![\w*])|[⟦⟧]")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a grid; a group row heads the rows up to the next group row. `notes` are gold notes."""

    cells: tuple[str, ...]
    group: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: column widths in percent of the text width, rows, the first of them the header."""

    widths: tuple[float, ...]
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A node of the document's tree. `text` still holds its inline markup; a grid has no text of its own."""

    depth: int
    kind: SectionKind
    marker: str | None
    text: str
    centred: bool = False
    grid: Grid | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A document as written: header fields by name (see samples/README.md) and blocks in reading order."""

    front: dict[str, Any] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()

    @classmethod
    def load(cls, path: Path) -> Manuscript:
        """The manuscript in the file `path`. Raises ConfigError where the markup is wrong."""
        return parse(path.read_text("utf8"))


def plain(text: str) -> str:
    """`text` without inline markup, forced breaks as blanks: `**Số** // ⟦74⟧` gives `Số 74`."""
    return " ".join(INLINE.sub("", text.replace("//", " ")).split())


def parse(text: str) -> Manuscript:
    """The manuscript that `text` writes down. Raises ConfigError where the markup is wrong."""
    head, front, body = nfc(text).split(FENCE, 2) if nfc(text).count(FENCE) > 1 else ("x", "", "")
    if head.strip():
        raise ConfigError("a manuscript begins with its header between +++ lines", remedy="see samples/README.md")
    return Manuscript(tomllib.loads(front), tuple(_blocks(body.splitlines())))


def _blocks(lines: list[str]) -> Iterator[Block]:
    last: Block | None = None
    for line in filter(str.strip, lines):
        if line.lstrip()[:1] in ("|", "!") and not line.lstrip().startswith("|="):
            if last is None:
                raise ConfigError(f"nothing above to hold {line.strip()!r}")
            last = _extended(last, line.strip())
            continue
        if last is not None:
            yield last
        last = _block(line)
    if last is not None:
        yield last


def _block(line: str) -> Block:
    text = line.strip()
    depth = (len(line) - len(line.lstrip(" "))) // 2
    if text.startswith("|="):
        return Block(depth, "row", None, "", grid=Grid(tuple(float(n) for n in text[2:].split())))
    centred = text.startswith("> ")
    text = text.removeprefix("> ")
    kind, marker = _marker(text)
    rest = text[len(marker or "") :].strip().removeprefix("// ")
    return Block(depth, kind, marker, rest, centred or kind in ("annex", "chapter"))


def _marker(text: str) -> tuple[SectionKind, str | None]:
    for kind, pattern in MARKERS:
        if match := pattern.match(text):
            return kind, match[0]
    return "paragraph", None


def _extended(block: Block, line: str) -> Block:
    """`block` with one more table row or note."""
    if line.startswith("|"):
        return _with_row(block, line)
    note = line[1:].strip()
    grid = block.grid
    if grid is None or not grid.rows:
        return replace(block, notes=(*block.notes, note))
    last = replace(grid.rows[-1], notes=(*grid.rows[-1].notes, note))
    return replace(block, grid=replace(grid, rows=(*grid.rows[:-1], last)))


def _with_row(block: Block, line: str) -> Block:
    if block.grid is None:
        raise ConfigError(f"table row without a table: {line!r}", remedy="begin it with a |= line")
    group = line.startswith("|#")
    cells = tuple(c.strip() for c in line.removeprefix("|#").removeprefix("|").split("|"))
    if len(cells) > len(block.grid.widths):
        raise ConfigError(f"more cells than columns: {line!r}")
    return replace(block, grid=replace(block.grid, rows=(*block.grid.rows, Row(cells, group))))
