"""What the shape of a text says: capitals, ends of sentences, run-in headings."""

from __future__ import annotations

import re

from pipeline.vietnamese import is_syllable

__all__ = ["ends_block", "is_capital", "is_dirt", "is_open", "is_run_in_heading", "opens_parenthesis"]

RUN_IN = re.compile(r"[^\W\d_][^:;.!?|]{0,38}:")
LEADS = re.compile(r"(gồm|sau|như|là|rằng|tại|về|cho|của|với|và|theo)( đây)?:$", re.IGNORECASE)
#: Words with which no sentence, title or item ends.
OPEN = re.compile(
    r"(?<!\w)(?:của|và|hoặc|các|những|mọi|mỗi|một|với|tại|trong|theo|từ|do|bởi|thuộc|về|việc|là|nhằm|để|vào|cho"
    r"|Bộ|Sở|Ban|Phòng|UBND|Ủy|Uỷ|Ủy ban|Uỷ ban|Chủ tịch|thành phố|tỉnh và)$"
)
ENDS = (".", ";", ":", "!", "?", "./.", "…")


def is_capital(text: str) -> bool:
    """Whether the letters are capitals, a misread one or two aside."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 2 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


def ends_block(text: str) -> bool:
    """Whether a block can end with this text: it ends with a full stop, semicolon, colon."""
    return text.rstrip(' "”)’').endswith(ENDS) or text.endswith((".)", ";)"))


def is_open(text: str) -> bool:
    """Whether the text breaks off: `... ngày 07/8/2017 của`, `... của Bộ`, and goes on in the next line."""
    return bool(OPEN.search(text)) and not is_capital(text)


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
    quoted = max((m.start() for m in re.finditer(r"“(?=\w)", text)), default=-1)
    return text.rfind("(") > text.rfind(")") or quoted > text.rfind("”")
