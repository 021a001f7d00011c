"""Assignments of a task: the bodies of its own words, of its labels and cells, and of the headings above it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from pipeline.extract.actors import Actor, actors
from pipeline.extract.bodies import Context, resolve
from pipeline.extract.passage import Passage
from pipeline.extract.roles import leading_list, parts
from pipeline.records import Assignment, Role

__all__ = ["Names", "established", "from_heading", "from_list", "from_text", "listed", "own_units", "settled"]


SEPARATOR = re.compile(r"[,;\n]\s*|\s+và\s+|\s*/\s*")
BRACKETED = re.compile(r"\s*\([^)]*\)?")
#: Names that stand for a longer one established in the same document: `Tổ công tác`, `thành viên Hội đồng`.
SHORT = re.compile(
    r"(?i)^(?P<office>.*?\s)?(?P<head>tổ công tác|hội đồng|ban chỉ đạo|ban tổ chức"
    r"|đoàn kiểm tra|tổ giúp việc|ban giám khảo)$"
)


#: Whom a letter speaks to: `Quý đơn vị`.
POLITE = re.compile(r"(?i)^quý ")


@dataclass(frozen=True, slots=True)
class Names:
    """Resolves printed names: by the document's context, then by the longer names it prints elsewhere.

    `addressee`: the one body the document is addressed to, None where there are several or none."""

    context: Context
    longer: dict[str, str]
    established: dict[str, str] = field(default_factory=dict)
    addressee: str | None = None

    def of(self, actor: Actor) -> str:
        """The canonical name of an actor."""
        printed = actor.name
        if polite := POLITE.match(printed):
            return self.addressee or f"Các {printed[polite.end() :]}"
        if (short := SHORT.match(printed)) and (full := self.established.get(short["head"].lower())):
            printed = f"{short['office'] or ''}{full}"
        name = resolve(printed, self.context)
        return self.longer.get(name, name)


def from_text(passage: Passage, names: Names) -> tuple[list[Assignment], bool]:
    """Assignments that running text states, and whether it names who acts."""
    names = replace(names, established=names.established | established(passage.text))
    issuer = names.context.issuer
    found = [(p, names.of(p.actor)) for p in parts(passage.text)]
    kept = [
        p
        for p, name in found
        if not (p.speaks and (issuer is None or name.endswith(issuer) or issuer.startswith(name)))
    ]
    rows = [_assignment(passage, p.actor, p.role, names, inherited=False) for p in kept]
    return rows, any(p.subject for p in kept)


def from_list(passage: Passage, role: Role, names: Names) -> Iterator[Assignment]:
    """Every body of a cell or a labelled value, in one role."""
    return (_assignment(passage, a, role, names, inherited=False) for a in listed(passage.text))


def listed(text: str) -> Iterator[Actor]:
    """The bodies of a list: those the grammar knows, and pieces between commas that begin with a capital."""
    found = list(actors(text))
    cuts = [m for m in SEPARATOR.finditer(text) if not any(a.start < m.start() < a.end for a in found)]
    starts = [0, *(m.end() for m in cuts)]
    ends = [*(m.start() for m in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True):
        piece = BRACKETED.sub("", text[start:end]).strip(" .-*+")
        at = text.find(piece, start) if piece else start
        inside = [a for a in found if start <= a.start < end]
        if inside and inside[0].opens <= at + 4:
            yield from inside
        elif piece[:1].isupper() and len(piece) < 90:
            yield Actor(at, at + len(piece), piece)


def from_heading(passage: Passage, names: Names) -> list[Assignment]:
    """The bodies that a heading names as those who act, and those they act with (`Sở A chủ trì, phối hợp với B:`),
    inherited by what stands under it."""
    led = leading_list(passage.text)
    partners = (p for p in parts(passage.text) if led and p.role == "coordinate" and p.actor.start > led[-1].end)
    return [
        *(_assignment(passage, a, "lead", names, inherited=True) for a in led),
        *(_assignment(passage, p.actor, p.role, names, inherited=True) for p in partners),
    ]


def _assignment(passage: Passage, actor: Actor, role: Role, names: Names, *, inherited: bool) -> Assignment:
    printed = passage.found(actor.start, actor.end, score=0.8 if inherited else 0.85)
    return Assignment(names.of(actor), role, printed, inherited)


#: Units told to act that are those of the body in charge: `Công an tỉnh: chỉ đạo các đơn vị trực thuộc`.
OWN_UNITS = re.compile(r"(?i)(?:các|những) .*(?:trực thuộc|của mình)$")


def own_units(rows: list[Assignment], known: list[Assignment]) -> list[Assignment]:
    """`rows`, where units `trực thuộc` are those of the body among `known` that leads before them."""
    return [_of_leader(r, [k for k in known if k.role == "lead" and k is not r and _earlier(k, r)]) for r in rows]


def _of_leader(row: Assignment, leaders: list[Assignment]) -> Assignment:
    printed = row.as_printed.value
    if not leaders or row.role != "lead" or not OWN_UNITS.match(printed):
        return row
    return replace(row, body=f"{resolve(printed, Context())} {leaders[0].body}")


def _earlier(one: Assignment, other: Assignment) -> bool:
    a, b = one.as_printed.span, other.as_printed.span
    return a is None or b is None or a.end + 1 < b.start


def settled(rows: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Each body once in each role; a short second mention (`các đơn vị`) of a body named in full is left out."""
    out: list[Assignment] = []
    for row in rows:
        same = [r for r in out if r.role == row.role]
        printed = row.as_printed.value.lower()
        if any(r.body == row.body or r.as_printed.value.lower().startswith(printed + " ") for r in same):
            continue
        out.append(row)
    return tuple(out)


ESTABLISHED = re.compile(
    r"(?i:thành lập|kiện toàn|công nhận)\s+((?:Tổ|Ban|Hội đồng"
    r"|Đoàn)\s[^,.;:()]{4,120}?)(?=\s(?:gồm|do|để|với|theo|nhằm|như sau|và)\s|[,.;:(]|$)"
)


def established(text: str) -> dict[str, str]:
    """Short name -> full name of the bodies that a text sets up, or names in full before it shortens them."""
    full = [m[1] for m in ESTABLISHED.finditer(text)] + [a.name for a in actors(text) if len(a.name.split()) > 3]
    out: dict[str, str] = {}
    for name in full:
        head = SHORT_HEAD.match(name)
        if head and len(name) > len(head[0]) + 2:
            out.setdefault(head[0].lower(), name)
    return out


SHORT_HEAD = re.compile(
    r"(?i)tổ công tác|hội đồng(?! nhân)|ban chỉ đạo|ban tổ chức|đoàn kiểm tra|tổ giúp việc|ban giám khảo"
)
