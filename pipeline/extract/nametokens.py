"""Words of a text with the punctuation that closes them, and the verbs that may follow a name."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from pipeline.extract.gazetteer import abbreviations, fields, key, table
from pipeline.extract.namelexicon import FUNCTION

__all__ = [
    "Token",
    "at_or_after",
    "begins_with_verb",
    "ends",
    "may_act",
    "next_capital",
    "small_field_at",
    "tokens_of",
    "verbs",
]

#: No wording before a name that the grammar asks for is longer, in letters.
NEAR = 120
PUNCT = re.compile(r"[.,;:()“”\"/…!?]+$")


class Token(NamedTuple):
    start: int
    end: int
    text: str
    mark: str  # punctuation that closes it


def tokens_of(text: str) -> list[Token]:
    out: list[Token] = []
    for match in re.finditer(r"\S+", text):
        tail = PUNCT.search(match[0])
        cut = len(match[0]) - (len(tail[0]) if tail and len(tail[0]) < len(match[0]) else 0)
        opened = len(match[0]) - len(match[0].lstrip('(“"')) if cut > 1 else 0
        if opened and out:  # a bracket or quotation mark closes what stands before it
            out[-1] = out[-1]._replace(mark=out[-1].mark or "(")
        out.append(Token(match.start() + opened, match.start() + cut, match[0][opened:cut], match[0][cut:]))
    return out


@cache
def verbs() -> frozenset[str]:
    return frozenset(r["verb"] for r in table("verbs"))


def may_act(text: str) -> bool:
    """Whether the words after a subject may be what it does: a verb of the lexicon, or a word that is no particle."""
    first = re.match(r"\s*([^\W\d_]+)", text)
    return begins_with_verb(text) or bool(first and first[1].islower() and first[1] not in FUNCTION)


def begins_with_verb(text: str, at: int = 0) -> bool:
    """Whether `text` begins, from character `at` on, with a verb of the lexicon."""
    words = re.findall(r"\w+", text[at : at + 40].lower())
    return any(" ".join(words[:n]) in verbs() for n in (3, 2, 1))


def at_or_after(tokens: list[Token], end: int) -> int:
    """The first token that begins at character `end` or later."""
    return bisect_left(tokens, end, key=lambda t: t.start)


def ends(pattern: re.Pattern[str], text: str, end: int) -> bool:
    """Whether a wording that `pattern`, which closes with `$`, tells stands right before character `end`. Only the
    letters near by are looked at: the text may be a whole document's."""
    return pattern.search(text, max(0, end - NEAR), end) is not None


def next_capital(tokens: list[Token], at: int) -> bool:
    return at + 1 < len(tokens) and not tokens[at].mark and tokens[at + 1].text[:1].isupper()


def small_field_at(tokens: list[Token], at: int) -> int:
    """How many tokens a field in small letters has at `at`, where a head stands before it: `Trung tâm y tế`."""
    for size in range(min(9, len(tokens) - at), 0, -1):
        inside = tokens[at : at + size]
        words = [*(t.text + t.mark for t in inside[:-1]), abbreviations().get(inside[-1].text, inside[-1].text)]
        if tuple(key(" ".join(words)).split()) in fields():
            return size
    return 0
