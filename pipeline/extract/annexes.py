"""Lines of the annexes that are no text of theirs: heads and feet of forms to be filled in by others."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.anatomy import is_annex_head
from pipeline.extract.doctypes import by_name
from pipeline.extract.lines import TextLine
from pipeline.extract.shape import is_capital
from pipeline.extract.strewn import without_specks
from pipeline.vietnamese import fold

__all__ = ["annex_lines", "attached_pages", "heads_of_attached"]

#: Lines that a head may have; the national title, the motto, the number, place and date in it, folded.
HEAD = 12
NATIONAL = re.compile(r"cong hoa xa ho. chu ngh")
MOTTO = re.compile(r"doc l.{1,3}\W+tu do|tu do\W+hanh")
IN_HEAD = re.compile(r"s[o0]\W*[:.].{0,14}/|du thao\b.{0,6}$")
DATED = re.compile(r"\bng[a-z]{2}\b.{0,12}th[a-z]{2,3}g?.{0,12}n[a-z]m\b")
#: What stands under a head: legal bases, what a letter is about, whom it addresses.
UNDER = re.compile(r"\W*(can cu|xet|theo de nghi|v/v|ve viec|kinh gui)\b")
SIGN_HERE = re.compile(r"\(?(ky|ho va ten|ky ten|ky, ghi)\b")
SIGNERS = re.compile(r"(xac nhan|nguoi lap|thu truong|truong|giam doc|chu tich|lanh dao|dai dien|ke toan)\b")


def annex_lines(lines: Sequence[TextLine]) -> tuple[TextLine, ...]:
    """The annexes' lines without form heads (`ĐƠN VỊ:` above `Phụ lục I`) and form feet (`(Ký, ghi rõ họ tên)`)."""
    printed = without_specks(lines)
    kept = _without_heads([ln for ln in printed if ln.zone in ("body", "title", "table", "footnote")])
    heads = {ln.page: ln.number for ln in reversed(kept) if is_annex_head(ln.text)}
    feet = _feet(kept)
    return tuple(ln for ln in kept if not _in_form_head(ln, heads) and ln.number not in feet)


def attached_pages(lines: Sequence[TextLine]) -> frozenset[int]:
    """The pages on which a document with a head of its own begins: the national title stands at their top."""
    return frozenset(p for p, top in _tops(lines).items() if any(NATIONAL.search(fold(ln.text)) for ln in top))


def heads_of_attached(lines: Sequence[TextLine]) -> dict[int, tuple[TextLine, ...]]:
    """The lines of each attached document's head, by its page, without the motto and the date."""
    tops = _tops(lines)
    return {
        page: tuple(ln for ln in tops[page] if not MOTTO.search(fold(ln.text)) and not DATED.search(fold(ln.text)))
        for page in attached_pages(lines)
    }


def _tops(lines: Sequence[TextLine]) -> dict[int, list[TextLine]]:
    """The first lines of each page, to where a head ends: the name of a type, a legal basis, an addressee."""
    pages: dict[int, list[TextLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    tops = {page: own[:HEAD] for page, own in pages.items()}
    return {p: top[: next((n for n, ln in enumerate(top) if _is_under(ln.text)), HEAD)] for p, top in tops.items()}


def _is_under(text: str) -> bool:
    return bool(UNDER.match(fold(text))) or (is_capital(text) and by_name(text) is not None)


def _without_heads(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines without the heads of attached documents: from the national title's page top to the place and date."""
    drop: set[int] = set()
    tops = _tops(lines)
    for page in sorted(attached_pages(lines)):
        top = tops[page]
        dated = [n for n, ln in enumerate(top) if DATED.search(fold(ln.text)) or MOTTO.search(fold(ln.text))]
        known = [n for n, ln in enumerate(top) if IN_HEAD.match(fold(ln.text)) or NATIONAL.search(fold(ln.text))]
        drop |= {ln.number for ln in top[: max([*dated, *known]) + 1]}
    return [ln for ln in lines if ln.number not in drop]


def _in_form_head(line: TextLine, heads: dict[int, int]) -> bool:
    head = heads.get(line.page)
    short = len(line.text.split()) <= 8 and line.zone != "table"
    if head is None or not short:
        return False
    blank = line.text.rstrip(" ._…").endswith(":")
    before = line.number < head and (blank or line.text.endswith(("…", "...")) or is_capital(line.text))
    return before or (line.number <= head + 2 and blank and is_capital(line.text))


def _feet(lines: Sequence[TextLine]) -> frozenset[int]:
    """Numbers of the lines of form feet: `(Ký tên)` and the capitals right above it, naming who signs."""
    found: set[int] = set()
    for n, line in enumerate(lines):
        if SIGN_HERE.match(fold(line.text)) and len(line.text.split()) <= 8:
            found.add(line.number)
            above = n - 1
            while above >= 0 and is_capital(lines[above].text) and SIGNERS.match(fold(lines[above].text)):
                found.add(lines[above].number)
                above -= 1
    return frozenset(found)
