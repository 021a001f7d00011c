"""How far a document's letters are to be trusted: text that only lost its marks keeps them all, OCR text does not.

Some 0.2 % of the words of text without its marks look as if letters were misread, of OCR text of a wrong model 20 %.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np

from pipeline.restore.contexts import Names, hashed
from pipeline.restore.pieces import Piece
from pipeline.vietnamese import bare

__all__ = ["held_to_letters"]

#: Share of words with letters misread at which the channel is right as it is; words in which one counts as misread
#: before any is looked at.
MISREAD, PRIOR = 0.15, 30
#: Lead (log10) of a first search's word from which on its letters are not asked about, where they are the print's.
SURE = 4.0


@lru_cache(maxsize=100_000)
def _letters(text: str) -> int:
    return hashed(bare(text.lower()))


def held_to_letters(
    names: Names, stream: Sequence[Piece], found: Mapping[int, tuple[int, float]], new: Mapping[int, Piece]
) -> dict[int, Piece]:
    """`new`, pieces changed by the old ones' identity, where candidates of other letters lose what the document says.

    `found` has the place of each piece's best candidate in a first search, and its lead."""
    words = [piece for piece in stream if piece.unit and piece.unit.kind == "word" and len(piece.options.prints) > 1]
    changed = {id(piece) for piece in words if _changes(names, piece, found[id(piece)][0])}
    toll = np.float32(min(0.0, np.log10((len(changed) + 1) / (len(words) + PRIOR) / MISREAD)))
    asked = [p for p in words if id(p) in changed or found[id(p)][1] < SURE] if toll else []
    return {**new, **{id(old): _taxed(names, new.get(id(old), old), toll) for old in asked}}


def _changes(names: Names, piece: Piece, choice: int) -> bool:
    word = piece.options.slot.ids[choice]
    return bool(piece.unit and names.words[word] and names.bare[word] != _letters(piece.unit.text))


def _taxed(names: Names, piece: Piece, toll: np.float32) -> Piece:
    ids, letters = piece.options.slot.ids, _letters(piece.unit.text if piece.unit else "")
    other = names.words[ids] & (names.bare[ids] != letters)
    return piece._replace(options=piece.options.with_chances(piece.options.slot.chances + toll * other))
