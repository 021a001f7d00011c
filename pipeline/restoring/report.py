"""What `sohoa restore` tells: words changed or doubted one by one, a table of them, the sum of it all."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Literal, NamedTuple

from rich.text import Text

from pipeline.restore.strings import RestoredWord
from pipeline.restoring.parts import Part

__all__ = ["DOUBT", "WordEdit", "edits", "shown", "summary", "table_head", "table_rows"]

#: A word that was left and is less likely right than this is doubtful; one in six such words is wrong.
DOUBT = 0.9


class WordEdit(NamedTuple):
    """A word that was changed, or left though it is doubtful. Lines are those of the file, of the page in markup.

    `score` is the chance (0..1) that `became` is right; `rival` what else a doubtful word may read.
    """

    file: str
    page: int
    line: int
    word: int
    was: str
    became: str
    score: float
    state: Literal["changed", "doubtful"]
    rival: str


def edits(name: str, part: Part, words: Sequence[Sequence[RestoredWord]]) -> Iterator[WordEdit]:
    """The words of a part that were changed or are doubtful, in reading order."""
    for row, restored in zip(part.rows, words, strict=True):
        for number, (slot, said) in enumerate(zip(row.slots, restored, strict=True), start=1):
            word = said if slot.holes or said.text == said.was else _left(said)
            changed = word.text != word.was
            if changed or word.rival or word.score < DOUBT:
                state: Literal["changed", "doubtful"] = "changed" if changed else "doubtful"
                place = (name, row.page, row.line, number)
                yield WordEdit(*place, word.was, word.text, word.score, state, word.rival)


def _left(word: RestoredWord) -> RestoredWord:
    """A word that has to stay, whatever it should read."""
    return RestoredWord(word.was, word.was, round(1 - word.score, 4), word.text)


def shown(edit: WordEdit) -> Text:
    """One line for a terminal."""
    place, score = (f"{edit.file}:{edit.line}:{edit.word}  ", "dim"), (f"  {edit.score:.2f}", "dim")
    if edit.state == "changed":
        return Text.assemble(place, (edit.was, "red"), " → ", (edit.became, "green"), score)
    return Text.assemble(place, (edit.was, "yellow"), f" ? {edit.rival}".rstrip(), score)


def table_head(file: BinaryIO) -> None:
    """Write the names of the columns."""
    file.write(_line(WordEdit._fields))


def table_rows(file: BinaryIO, found: Iterable[WordEdit]) -> None:
    """Write a line of tab-separated values for each."""
    for edit in found:
        file.write(_line(edit))


def _line(values: Iterable[object]) -> bytes:
    text = io.StringIO()
    csv.writer(text, "excel-tab", lineterminator="\n").writerow(values)
    return text.getvalue().encode("utf-8", "backslashreplace")


@dataclass(frozen=True, slots=True)
class Sum:
    """What became of some files."""

    files: int = 0
    words: int = 0
    changed: int = 0
    doubtful: int = 0
    failed: int = 0

    def __add__(self, other: Sum) -> Sum:
        pairs = ((getattr(self, name), getattr(other, name)) for name in self.__slots__)
        return Sum(*(a + b for a, b in pairs))


def summary(total: Sum, seconds: float) -> str:
    """One line for a whole run."""
    parts = [
        f"{total.files} {'file' if total.files == 1 else 'files'} restored",
        f"{total.words:,} words",
        f"{total.changed:,} changed",
        f"{total.doubtful:,} left in doubt",
        f"{total.failed} failed" if total.failed else "",
        f"{seconds:.1f} s",
    ]
    return " · ".join(part for part in parts if part)
