"""Restoration of texts and documents: every lost mark and letter back, and nothing else touched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.restore.candidates import Candidates
from pipeline.restore.confidence import Column, Read
from pipeline.restore.decode import Verdict, verdicts
from pipeline.restore.initials import initials
from pipeline.restore.least import least_odds
from pipeline.restore.model import Model, load_model
from pipeline.restore.proofs import PROVEN, proofs
from pipeline.restore.scores import Place, Reads, scores, surroundings, votes
from pipeline.restore.units import units
from pipeline.restore.witness import in_name, witnessed
from pipeline.types import PRINTED, Document, Word
from pipeline.vietnamese import bare, is_syllable, nfc

__all__ = [
    "Restored",
    "printed_lines",
    "reads_of",
    "restore",
    "restore_lines",
    "rewritten",
]

STAGE = "restore"
#: Share of syllables with a letter that only Vietnamese has, above which the OCR model knew the language. Names and
#: terms of other languages say nothing.
KNOWN = 0.25
#: Weight of the document's own words.
CACHE = 1.0
#: The least odds (log10) of a change where an engine says how sure it was of each word.
LEAST_READ = 1.0
#: The least odds of a change to a name; the share of the least odds that is enough where the document itself has the
#: word beside the same neighbour.
LEAST_NAMED, WITNESSED = 4.0, 0.5
#: The Icelandic capital, of the same shape as the Vietnamese one, that OCR models know better.
ETH = "Ð"
VIETNAMESE = re.compile("[ăđĩũơưĂĐĨŨƠƯẠ-ỹ]")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a document was misread: its number of words, whether the marks are lost, the candidates to use."""

    words: int
    lost: bool
    candidates: Candidates


def _kind(model: Model, lines: Sequence[Sequence[str]]) -> Kind:
    words = [u.text for line in lines for token in line for u in units(token) if u.kind == "word" and len(u.text) > 1]
    syllables = [word for word in words if is_syllable(word)]
    marked = sum(VIETNAMESE.search(word) is not None for word in syllables)
    lost = marked <= KNOWN * len(syllables)
    return Kind(len(words), lost, model.lost if lost else model.kept)


@dataclass(frozen=True, slots=True)
class Restored:
    """The changes that restore a document, in reading order; the verdicts on all its units, in any order; whether
    its marks were lost or only misread."""

    changes: tuple[Verdict, ...]
    verdicts: tuple[Verdict, ...]
    lost: bool


def restore_lines(
    lines: Sequence[Sequence[str]], *, reads: Reads | None = None, model: Model | None = None
) -> Restored:
    """What restores one document, given as lines of tokens; a line without tokens parts paragraphs.

    `reads` tells of tokens, by (line, place in the line), how sure an engine was of them and what else it read."""
    model = model or load_model()
    kind = _kind(model, lines)
    found = _judged(model, kind, lines, reads or {})
    proven, taken = proofs(lines, reads or {}, model.abbreviations, lost=kind.lost)
    wanted = [v for v in found if v.margin > 0]
    sure = set(_sure(kind, lines, wanted, read=bool(reads)))
    changes = [*(c for c in sure if (c.line, c.token) not in taken), *proven]
    if kind.lost:
        changes = [_with_bracket(lines, change) for change in changes]
        changes += _spelled_out(lines, changes)
    return Restored(tuple(sorted(changes, key=_place)), tuple(found), kind.lost)


def _place(change: Verdict) -> tuple[int, int, int]:
    return change.line, change.token, change.start


def _with_bracket(lines: Sequence[Sequence[str]], change: Verdict) -> Verdict:
    """`change`, the bracket before it included where it is a part of the ư (`(mg` for ứng) and is closed nowhere."""
    line = lines[change.line]
    token = line[change.token]
    opens = change.start == 1 and token[0] == "(" and change.text[0] in "ưứừửữự" and token[1] not in "uưUƯ"
    closed = opens and any(")" in other for other in line[change.token :])
    return replace(change, start=0) if opens and not closed else change


def _spelled_out(lines: Sequence[Sequence[str]], changes: Sequence[Verdict]) -> Iterator[Verdict]:
    """The changes to abbreviations that the document, `changes` made, spells out; those that other changes leave be."""
    touched = {(c.line, c.token, c.start) for c in changes}
    for i in initials(rewritten(lines, sorted(changes, key=_place))):
        old = lines[i.line][i.token][i.start : i.end]
        if (i.line, i.token, i.start) not in touched and bare(old) == bare(i.read):
            yield Verdict(i.line, i.token, i.start, i.end, i.text, PROVEN, PROVEN)


def _sure(kind: Kind, lines: Sequence[Sequence[str]], wanted: Sequence[Verdict], *, read: bool) -> Iterator[Verdict]:
    """The changes wanted that are sure enough."""
    if kind.lost:
        yield from wanted
        return
    named = [in_name(lines, change) for change in wanted]
    least = least_odds(kind.words, [c.margin for c in wanted], named) if not read else [LEAST_READ] * len(wanted)
    for change, odds, name in zip(wanted, least, named, strict=True):
        if change.margin >= (max(odds, LEAST_NAMED) if name else odds):
            yield change
    yield from witnessed(lines, [c for c, odds in zip(wanted, least, strict=True) if c.margin >= WITNESSED * odds])


def _judged(model: Model, kind: Kind, lines: Sequence[Sequence[str]], reads: Reads) -> list[Verdict]:
    """The verdict on every unit; where engines gave scores, a second search knows how well each part was read."""
    if not reads or kind.lost:
        return verdicts(kind.candidates, lines, cache=CACHE if kind.lost else 0.0, adviser=model.adviser)
    first = verdicts(kind.candidates, lines, cache=0.0, votes=votes(model.confidence, lines, reads))
    again = votes(model.confidence, lines, reads, surroundings(lines, first))
    return verdicts(kind.candidates, lines, cache=0.0, votes=again)


def _applied(token: str, found: Iterable[Verdict]) -> str:
    """The token with its changes made; they come in order and do not overlap."""
    for change in reversed(list(found)):
        token = token[: change.start] + change.text + token[change.end :]
    return nfc(token)


def rewritten(lines: Sequence[Sequence[str]], changes: Iterable[Verdict]) -> list[list[str]]:
    """`lines` with the changes made."""
    grouped: dict[Place, list[Verdict]] = {}
    for change in changes:
        grouped.setdefault((change.line, change.token), []).append(change)
    return [
        [_applied(token, grouped.get((number, place), ())) for place, token in enumerate(line)]
        for number, line in enumerate(lines)
    ]


def restore(doc: Document) -> Document:
    """`doc` with every printed word restored and scored; each changed word keeps its old reading in an Edit.

    The scores of words and edits are the chance that the word is right. Words of stamps, seals and dirt are left
    alone. A document that was restored before comes back as it is.
    """
    if any(edit.stage == STAGE for word in doc.words for edit in word.edits):
        return doc
    doc = _without_eth(doc)
    places = printed_lines(doc)
    lines = [[doc.words[i].text for i in row] for row in places]
    reads = reads_of(doc, places)
    model = load_model()
    restored = restore_lines(lines, reads=reads, model=model)
    column: Column = "lost" if restored.lost else "scan" if reads else "kept"
    chance = scores(model.confidence, column, lines, reads, restored.verdicts, restored.changes)
    words = list(doc.words)
    for number, row in enumerate(rewritten(lines, restored.changes)):
        for place, text in enumerate(row):
            i = places[number][place]
            words[i] = _scored(words[i].edit(text, stage=STAGE, score=1.0), chance[number, place])
    return replace(doc, words=tuple(words))


def _scored(word: Word, chance: float) -> Word:
    """`word`, edited or not, with its chance to be right; figures are never surer than the engine was of them."""
    if any(c.isdigit() for c in word.text):
        chance = min(chance, word.score)
    edits = word.edits
    if edits and edits[-1].stage == STAGE:
        edits = (*edits[:-1], edits[-1]._replace(score=chance))
    return replace(word, score=chance, edits=edits)


def printed_lines(doc: Document) -> list[list[int]]:
    """The words of each line by index, lines that are no printed text empty."""
    spans = enumerate(doc.line_spans())
    return [[i for i in range(*span) if doc.lines[number].zone in PRINTED] for number, span in spans]


def _without_eth(doc: Document) -> Document:
    """`doc` with the Icelandic capital turned into the Vietnamese one."""
    return replace(doc, words=tuple(w.edit(w.text.replace(ETH, "Đ"), stage=STAGE, score=w.score) for w in doc.words))


def reads_of(doc: Document, places: Sequence[Sequence[int]]) -> dict[Place, Read]:
    """What is known of the tokens that an engine read from pixels, `places` as `printed_lines` gives them."""
    scanned = {page.number for page in doc.pages if page.read_from == "scan"}
    found: dict[Place, Read] = {}
    for number, row in enumerate(places):
        for place, i in enumerate(row):
            word = doc.words[i]
            if word.box is not None and doc.lines[word.line].page in scanned:
                found[number, place] = Read(word.score, tuple((r.text, r.score) for r in word.readings))
    return found
