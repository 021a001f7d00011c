"""Restoration of texts and documents: every lost mark and letter back, and nothing else touched."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.restore.candidates import Candidates
from pipeline.restore.codes import lettered, repaired_code
from pipeline.restore.decode import Change, changes
from pipeline.restore.forms import Formed, forms
from pipeline.restore.model import Model, load_model
from pipeline.restore.units import units
from pipeline.restore.witness import in_name, witnessed
from pipeline.types import PRINTED, Document
from pipeline.vietnamese import nfc, tones_as_modern

__all__ = ["Restored", "restore", "restore_lines", "restore_text", "restore_texts", "score_of"]

STAGE = "restore"
#: Share of words with a letter that only Vietnamese has, above which the OCR model knew the language.
KNOWN = 0.25
#: Weight of the document's own words; odds (log10) under which a word stays: lost marks, kept marks.
CACHE = 1.0
LEAST_LOST = 0.0
#: Kept marks: the least odds by the share of words that change with `SURE` odds, since that share tells how badly
#: the page was read. A clean text (a typing error in some thousand words) keeps what it has.
SURE = 3.0
LEAST_KEPT = ((0.003, 1.3), (0.001, 2.5), (0.0, 4.0))
#: The least odds where the marks are kept and the word goes on with a name.
LEAST_NAMED = 4.0
#: Words added to a document's, so that one change in a few lines says little.
PRIOR_WORDS = 250
#: How the odds become a score: slope, offset and most odds of the logistic, fitted on misread held-out pages, for lost
#: and for kept marks.
LOGISTIC = {True: (1.09, -0.42, 6.0), False: (0.3, 2.5, 6.0)}
#: Odds (log10) of a change that the form proves.
PROVEN = 2.0
ROUNDS = 3
VIETNAMESE = re.compile("[ăđĩũơưĂĐĨŨƠƯẠ-ỹ]")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a document was misread: its number of words, whether the marks are lost, the candidates to use."""

    words: int
    lost: bool
    candidates: Candidates


def _kind(model: Model, lines: Sequence[Sequence[str]]) -> Kind:
    words = [u.text for line in lines for token in line for u in units(token) if u.kind == "word" and len(u.text) > 1]
    marked = sum(VIETNAMESE.search(word) is not None for word in words)
    lost = marked <= KNOWN * len(words)
    return Kind(len(words), lost, model.lost if lost else model.kept)


def _least(kind: Kind, found: Sequence[Change]) -> float:
    """The odds (log10) that a change must have in this document."""
    if kind.lost:
        return LEAST_LOST
    share = sum(c.margin >= SURE for c in found) / (kind.words + PRIOR_WORDS)
    return next(least for limit, least in LEAST_KEPT if share >= limit)


def score_of(margin: float, *, lost: bool) -> float:
    """The chance that a change is right, from its odds in log10."""
    slope, offset, most = LOGISTIC[lost]
    return 1 / (1 + math.exp(-(offset + slope * min(margin, most))))


@dataclass(frozen=True, slots=True)
class Restored:
    """The changes that restore a document, in reading order, and whether its marks were lost or only misread."""

    changes: tuple[Change, ...]
    lost: bool


def restore_lines(lines: Sequence[Sequence[str]], *, model: Model | None = None) -> Restored:
    """What restores one document, given as lines of tokens; a line without tokens parts paragraphs."""
    model = model or load_model()
    kind = _kind(model, lines)
    found = changes(kind.candidates, lines, cache=CACHE if kind.lost else 0.0)
    least = _least(kind, found)
    formed = tuple(forms(lines))
    proven = list(_formal(model, lines, formed))
    taken = {(c.line, c.token) for c in proven} | {(f.line, f.token) for f in formed}
    named = least if kind.lost else max(least, LEAST_NAMED)
    sure = {c for c in found if c.margin >= (named if in_name(lines, c) else least)} | set(witnessed(lines, found))
    free = (c for c in sure if (c.line, c.token) not in taken)
    return Restored(tuple(sorted([*free, *proven], key=lambda c: (c.line, c.token, c.start))), kind.lost)


def _formal(model: Model, lines: Sequence[Sequence[str]], formed: Iterable[Formed]) -> Iterator[Change]:
    """The changes that a code's or a list's form proves."""
    for number, line in enumerate(lines):
        for place, token in enumerate(line):
            for unit in units(token):
                if unit.kind == "code" and (text := repaired_code(unit.text, model.abbreviations)) != unit.text:
                    yield Change(number, place, unit.start, unit.end, text, PROVEN)
    for f in formed:
        if f.unit.text != f.text and tones_as_modern(f.unit.text) != f.text:
            yield Change(f.line, f.token, f.unit.start, f.unit.end, f.text, PROVEN)
    for number in lettered(lines):
        at = lines[number][0].index("d")
        yield Change(number, 0, at, at + 1, "đ", PROVEN)


def _applied(token: str, found: Iterable[Change]) -> str:
    """The token with its changes made; they come in order and do not overlap."""
    for change in reversed(list(found)):
        token = token[: change.start] + change.text + token[change.end :]
    return nfc(token)


def restore_text(text: str, *, model: Model | None = None) -> str:
    """`text` with its lost marks and letters back; lines, blanks, letter case and punctuation as they were.

    The whole text is one document. Restoring what comes out again changes nothing.
    """
    text = nfc(text).replace("Ð", "Đ")
    for _ in range(ROUNDS):
        restored = _restored_once(text, model)
        if restored == text:
            break
        text = restored
    return text


def _restored_once(text: str, model: Model | None) -> str:
    rows = [re.split(r"(\s+)", row) for row in re.split(r"(?<=\n)", text)]
    lines = [[piece for piece in row if piece and not piece.isspace()] for row in rows]
    grouped: dict[tuple[int, int], list[Change]] = {}
    for change in restore_lines(lines, model=model).changes:
        grouped.setdefault((change.line, change.token), []).append(change)
    return "".join(_joined(number, row, grouped) for number, row in enumerate(rows))


def _joined(number: int, row: Sequence[str], grouped: dict[tuple[int, int], list[Change]]) -> str:
    out: list[str] = []
    place = 0
    for piece in row:
        if not piece or piece.isspace():
            out.append(piece)
            continue
        out.append(_applied(piece, grouped.get((number, place), ())))
        place += 1
    return "".join(out)


def restore_texts(texts: Iterable[str], *, model: Model | None = None) -> Iterator[str]:
    """Many texts, each a document of its own."""
    return (restore_text(text, model=model) for text in texts)


def restore(doc: Document) -> Document:
    """`doc` with every printed word restored; each changed word keeps its old reading in an Edit.

    Words of stamps, seals and dirt are left alone. A document that was restored before comes back as it is.
    """
    if any(edit.stage == STAGE for word in doc.words for edit in word.edits):
        return doc
    places = [
        [i for i in range(*span) if doc.lines[number].zone in PRINTED] for number, span in enumerate(doc.line_spans())
    ]
    grouped: dict[int, list[Change]] = {}
    restored = restore_lines([[doc.words[i].text for i in row] for row in places])
    for change in restored.changes:
        grouped.setdefault(places[change.line][change.token], []).append(change)
    words = list(doc.words)
    for place, found in grouped.items():
        score = min(score_of(change.margin, lost=restored.lost) for change in found)
        words[place] = words[place].edit(_applied(words[place].text, found), stage=STAGE, score=score)
    return replace(doc, words=tuple(words))
