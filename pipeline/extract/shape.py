"""What the shape of a text says: capitals, ends of sentences, run-in headings."""

from __future__ import annotations

import re

from pipeline.vietnamese import is_syllable

__all__ = ["ends_block", "is_capital", "is_dirt", "is_run_in_heading", "opens_parenthesis"]

RUN_IN = re.compile(r"[^\W\d_][^:;.!?|]{0,38}:")
LEADS = re.compile(r"(gồm|sau|như|là|rằng|tại|về|cho|của|với|và|theo)( đây)?:$", re.IGNORECASE)
ENDS = (".", ";", ":", "!", "?", "./.", "…")


def is_capital(text: str) -> bool:
    """Whether the letters are capitals, a misread one or two aside."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def ends_block(text: str) -> bool:
    """Whether a block can end with this text: it ends with a full stop, semicolon, colon."""
    return text.rstrip(' "”)’').endswith(ENDS) or text.endswith((".)", ";)"))


def is_dirt(text: str) -> bool:
    """Whether a short line holds no word: what a pen, a hole or a fold leaves in OCR."""
    words = re.findall(r"[^\W_]+", text)
    return len(text) <= 16 and not any(
        (len(w) > 1 and is_syllable(w)) or (w.isdigit() and len(w) > 1) or (len(w) > 2 and w.isupper()) for w in words
    )


def is_run_in_heading(text: str) -> bool:
    """Whether this is a label that heads what follows (`Sáng:`), and no lead-in (`gồm:`, `như sau:`)."""
    return bool(RUN_IN.fullmatch(text)) and len(text.split()) <= 6 and not LEADS.search(text)


def opens_parenthesis(text: str) -> bool:
    """Whether a parenthesis or a quotation opened in `text` is not closed in it."""
    return text.rfind("(") > text.rfind(")") or text.rfind("“") > text.rfind("”")
