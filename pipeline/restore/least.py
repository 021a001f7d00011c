"""How sure a change must be where a text has its marks: less so on pages that OCR read than in text that was typed.

A typed text has a slip in some thousand words, and they are the writer's own; a page misread has one in a few lines.
What the other changes of a text say decides, never the change itself; those of names say nothing, since a language
model knows few names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

__all__ = ["least_odds"]

#: What a change says: log10 odds from which it says anything; the natural log of how much likelier it is on a page
#: read by OCR than in a typed text, a unit of odds above those and at most.
DULL, SAYS, MOST = 2.0, 0.85, 4.0
#: What each word says that is not to be changed; how much likelier a typed text is beforehand (natural logs).
SILENT, TYPED = 0.0065, 1.0
#: The least odds (log10) of a change on a page read by OCR and in a typed text.
READ, WRITTEN = 1.5, 11.0


def least_odds(words: int, margins: Sequence[float], named: Sequence[bool]) -> list[float]:
    """For each change wanted in a text of so many words the least odds (log10) it must have.

    `margins` are the odds of the changes, `named` tells which of them are to names."""
    said = [
        0.0 if name else min(MOST, max(0.0, SAYS * (margin - DULL)))
        for margin, name in zip(margins, named, strict=True)
    ]
    total = sum(said) - SILENT * words - TYPED
    return [READ + (WRITTEN - READ) / (1 + math.exp(min(total - own, 30.0))) for own in said]
