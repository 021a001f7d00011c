"""How a body's name ends: its level (`các huyện, thị xã`), and the place it is in or under."""

from __future__ import annotations

import re

from pipeline.extract.namelexicon import KIND_OF_LEVEL, LEVEL
from pipeline.extract.nametokens import Token, at_or_after, next_capital

__all__ = ["level_words", "levels", "tail", "with_place"]

CENTRAL = re.compile(r"(?i)trực thuộc trung ương(?!\w)")
BRANCH = re.compile(r"(?:[-–] )?[Cc]hi nhánh (?=tỉnh|thành phố|khu vực)")


def level_words(text: str, tokens: list[Token], at: int) -> int:
    match = LEVEL.match(text, tokens[at].start)
    end = match.end() if match else tokens[at].end
    return at_or_after(tokens, end) - at


def levels(text: str, tokens: list[Token], last: int) -> int:
    """The rest of a list of levels after `huyện`: `, thị xã, thành phố`, named ones too (`thị xã Đức Phổ`)."""
    while last + 1 < len(tokens):
        mark = tokens[last].mark
        joined = tokens[last + 1].text == "và" and not mark
        nxt = last + (2 if joined else 1)
        if nxt >= len(tokens) or not LEVEL.match(text, tokens[nxt].start):
            break
        if not (mark in (",", "/") or joined or (not mark and _unnamed(text, tokens, nxt))):
            break
        last = nxt + level_words(text, tokens, nxt) - 1
        while not tokens[last].mark and next_capital(tokens, last):
            last += 1
    return tail(text, tokens, last)


def _unnamed(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a level stands without a name: its comma is lost (`các tỉnh thành phố`)."""
    last = at + level_words(text, tokens, at) - 1
    return tokens[last].mark != "" or not next_capital(tokens, last)


def tail(text: str, tokens: list[Token], last: int) -> int:
    """`thuộc <place>` and a place name after a finished name."""
    if tokens[last].mark or last + 1 >= len(tokens):
        return last
    if narrow := KIND_OF_LEVEL.match(text, tokens[last + 1].start):
        last = at_or_after(tokens, narrow.end()) - 1
        if tokens[last].mark or last + 1 == len(tokens):
            return last
    if central := CENTRAL.match(text, tokens[last + 1].start):
        return last + len(central[0].split())
    if last + 1 < len(tokens) and tokens[last + 1].text == "thuộc" and last + 2 < len(tokens):
        return with_place(text, tokens, last + 1)
    branch = BRANCH.match(text, tokens[last + 1].start) if last + 1 < len(tokens) else None
    if branch and not tokens[last].mark:
        return with_place(text, tokens, last + len(branch[0].split()))
    return last


def with_place(text: str, tokens: list[Token], last: int) -> int:
    """A level word with its name after `last`, where there is one."""
    if not LEVEL.match(text, tokens[last + 1].start):
        return last
    last += level_words(text, tokens, last + 1)
    while not tokens[last].mark and next_capital(tokens, last):
        last += 1
    return last
