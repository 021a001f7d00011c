"""What a document says, measured: header, outline, dates, citations, recipients, stamps, tables, evidence.

`gold` is the content of a gold.json, `said` the rows of the same document in the dataset. Each function yields the
measures of its kind; what counts as right is told where it is decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from rapidfuzz import fuzz

from pipeline.evaluate.counts import FoundCounts, Measure, compared, paired
from pipeline.evaluate.text import normal, plain
from pipeline.schema import Row, Rows, Value
from pipeline.vietnamese import nfc

__all__ = [
    "HEADER",
    "citations",
    "dates",
    "evidence",
    "header",
    "outline",
    "recipients",
    "same_body",
    "stamps",
    "tables",
]

Fact = Mapping[str, Any]

HEADER = (
    "type_code", "number", "notation", "issuer", "place", "issued", "subject", "signer_position", "signer_name"
)  # fmt: skip
#: Fields that must be equal letter by letter; names of bodies, and wording, may differ a little.
EXACT = ("type_code", "number", "issued")
BODY, WORDING, RECIPIENT, CELLS = 88.0, 95.0, 0.8, 0.9
#: Letters of a cell, and of a citation without a number, that are compared.
CELL, TITLE = 60, 40
#: Tables whose every row must be traced to its words, with their keys.
TRACED = ("sections", "tasks", "dates", "citations", "recipients", "assignments")


def same_body(one: str, other: str) -> bool:
    """Whether two names mean one body, the order of their words aside."""
    return fuzz.token_sort_ratio(plain(one), plain(other)) >= BODY


def header(gold: Fact, said: Rows) -> Iterator[Measure]:
    """The fields of the header. Ink in a printed blank may be left open, and counts as wrong only where it is."""
    true, read = gold["document"], said["documents"][0]
    for name in HEADER:
        wanted, given = true.get(name), read.get(name)
        right = wanted is not None and given is not None and _same_field(name, str(wanted), str(given))
        if wanted is not None and name in (true.get("handwritten") or ()):
            fair = right or _honest(str(wanted), given)
            yield compared("handwritten", [f"{name} {wanted}"], [f"{name} {wanted if fair else given}"])
            yield Measure("handwritten.read", FoundCounts(int(right), int(right), 1))
            if fair:
                continue
        counts = FoundCounts(int(right), int(given not in (None, "")), int(wanted is not None))
        wrong = not right and (wanted or given)
        yield Measure("header", counts, (f"{name}: {wanted!r} read as {given!r}",) if wrong else ())
        yield Measure(f"header.{name}", counts)


def _same_field(name: str, wanted: str, given: str) -> bool:
    if name in EXACT:
        return wanted.strip() == given.strip()
    wanted, given = normal(nfc(wanted)), normal(nfc(given))
    if name == "notation":
        return wanted.replace(" ", "").upper() == given.replace(" ", "").upper()
    if name == "issuer":
        return same_body(wanted, given)
    return fuzz.ratio(wanted.lower(), given.lower()) >= WORDING


def _honest(wanted: str, given: object) -> bool:
    """Whether nothing was said, or only as much as is sure: `2021-03-1X` and `2021-03` of `2021-03-18`."""
    if given in (None, ""):
        return True
    told = str(given)
    open_ended = "X" in told or len(told) < len(wanted)
    return open_ended and re.match(re.escape(told).replace("X", r"\w"), wanted) is not None


def outline(gold: Fact, said: Rows) -> Iterator[Measure]:
    """Blocks by their text, and of these the ones with the right path."""
    blocks, found = paired("blocks", gold["sections"], list(said["sections"]), _block)
    yield blocks
    wrong = [(g["path"], s["path"]) for g, s in found if _path(g) != _path(s)]
    counts = FoundCounts(len(found) - len(wrong), blocks.counts.said, blocks.counts.true)
    yield Measure("outline", counts, tuple(f"{g} read as {s}" for g, s in wrong))


def _block(section: Fact) -> str:
    return nfc(str(section["text"] or section["heading"] or ""))


def _path(section: Fact) -> str:
    return re.sub(r"\s+", "", normal(nfc(section["path"]))).lower()


def dates(gold: Fact, said: Rows) -> Iterator[Measure]:
    """Each mention by its first and last day; mentions without either, like `thường xuyên`, do not count."""
    true = [(d["from"], d["to"]) for d in gold["dates"] if d["from"] or d["to"]]
    yield compared("dates", true, [(d["starts"], d["ends"]) for d in said["dates"] if d["starts"] or d["ends"]])


def citations(gold: Fact, said: Rows) -> Iterator[Measure]:
    """Each cited document once, by its code, or by its wording where it has none, and its day."""
    yield compared("citations", {_cited(r) for r in gold["references"]}, {_cited(r) for r in said["citations"]})


def _cited(citation: Fact) -> tuple[str, str | None]:
    code = re.sub(r"\W", "", normal(nfc(citation["code"] or ""))).lower()
    return code or plain(nfc(citation["text"]))[:TITLE], citation["issued"]


def recipients(gold: Fact, said: Rows) -> Iterator[Measure]:
    """The entries under `Nơi nhận`, purposes aside."""
    copies = [r for r in said["recipients"] if r["role"] == "copy"]
    measure, _ = paired("recipients", gold["recipients"], copies, lambda r: nfc(str(r["text"])), least=RECIPIENT)
    yield measure


def stamps(gold: Fact, said: Rows) -> Iterator[Measure]:
    """Stamps by kind and page; a wrong number or date takes a right one away, an open one does not."""
    yield compared("stamps", map(_stamp, gold["stamps"]), map(_stamp, said["stamps"]))
    for true in gold["stamps"]:
        for read in (s for s in said["stamps"] if _stamp(s) == _stamp(true)):
            for name in ("number", "date"):
                if read[name] != true[name] and not _honest(str(true[name]), read[name]):
                    yield Measure("stamps", FoundCounts(-1), (f"{name}: {true[name]} read as {read[name]}",))


def _stamp(stamp: Fact) -> tuple[str, int]:
    return stamp["kind"], stamp["page"]


def tables(gold: Fact, said: Rows) -> Iterator[Measure]:
    """Adjacency relations (Göbel et al., ICDAR 2013): a filled cell and the next filled one, to its right and below."""
    true = [relation for table in gold["tables"] for relation in _relations(table["rows"])]
    read = [relation for grid in _grids(said["table_cells"]) for relation in _relations(grid)]
    measure, _ = paired("tables", true, read, str, least=CELLS)
    yield measure


def _grids(cells: Iterable[Row]) -> Iterator[list[list[str]]]:
    tables: dict[Any, dict[Any, dict[Any, str]]] = {}
    for cell in cells:
        row = tables.setdefault(cell["table"], {}).setdefault(cell["row"], {})
        row[cell["column"]] = str(cell["text"] or "")
    for grid in tables.values():
        yield [[row.get(k, "") for k in range(max(row) + 1)] for _, row in sorted(grid.items())]


def _relations(grid: Sequence[Sequence[str]]) -> Iterator[str]:
    width = max(map(len, grid), default=0)
    for row in grid:
        yield from _chain(row, "then")
    for k in range(width):
        yield from _chain([row[k] for row in grid if k < len(row)], "above")


def _chain(cells: Sequence[str], link: str) -> Iterator[str]:
    filled = [text for text in (plain(nfc(cell))[:CELL] for cell in cells) if text]
    return (f"{a} {link} {b}" for a, b in pairwise(filled))


def evidence(gold: Fact, said: Rows) -> Iterator[Measure]:  # noqa: ARG001 one shape for all measures
    """Every row that says something, and every filled header field, is traced to its words."""
    traced = {(e["table_name"], e["row_id"], e["column_name"]) for e in said["evidence"]}
    traced |= {(table, row, None) for table, row, _ in traced}
    read = said["documents"][0]
    owed: list[tuple[str, Value, str | None]] = [
        ("documents", read["document_id"], name) for name in HEADER if read.get(name)
    ]
    owed += [(name, row[f"{name[:-1]}_id"], None) for name in TRACED for row in said[name]]
    lost = [o for o in owed if o not in traced]
    counts = FoundCounts(len(owed) - len(lost), len(owed), len(owed))
    yield Measure("evidence", counts, tuple(f"- {' '.join(map(str, filter(None, o)))}" for o in lost))
