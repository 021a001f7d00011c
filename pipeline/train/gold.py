"""Gold of a manuscript: what is printed where (from the pages as set) and what it says (from its gold notes).

Paths, pages and texts are made by code from the same blocks that were rendered, so they agree with the picture.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from pipeline.records import SectionKind
from pipeline.train.markup import Block, Manuscript, Row, plain
from pipeline.train.notes import PRINTED_DAY, Notes, read_notes
from pipeline.train.typeset import Proof, SetLine
from pipeline.types import PRINTED

__all__ = ["Node", "gold_json", "gold_text", "nodes"]

Json = dict[str, Any]
PURPOSE = re.compile(r"\s*\(([^)]*)\)$")
LETTER = {"bullet": "", "subbullet": "", "paragraph": "p"}


@dataclass(frozen=True, slots=True)
class Node:
    """A section of gold with its notes; `place` is (block, row of its grid or -1)."""

    path: str
    kind: SectionKind
    marker: str | None
    heading: str | None
    text: str
    work: str
    place: tuple[int, int]
    notes: Notes


def gold_text(proofs: Sequence[Proof]) -> str:
    """gold.txt: the printed lines in reading order, a table row a line, pages apart by a form feed."""
    return "\n\f\n".join("\n".join(_printed(proof.lines)) for proof in proofs) + "\n"


def _printed(lines: Sequence[SetLine]) -> Iterator[str]:
    shown = [line for line in lines if line.zone in PRINTED]
    for row, group in groupby(shown, key=lambda n: n.cell and (n.cell[0], n.cell[1].row)):
        if row is None:
            yield from map(_words, group)
        else:
            yield " | ".join(" ".join(map(_words, cell)) for _, cell in groupby(group, key=lambda n: n.cell))


def _words(line: SetLine) -> str:
    return " ".join(w.text for w in line.words).replace("⟧⟦", "")


def nodes(manuscript: Manuscript) -> list[Node]:
    """Every section in reading order."""
    made: list[Node] = []
    above: list[tuple[int, str]] = []  # (depth, path) from the root to the last block
    used: Counter[str] = Counter()
    for number, block in enumerate(manuscript.blocks):
        above = [a for a in above if a[0] < block.depth]
        parent = above[-1][1] if above else ""
        if block.grid is not None:
            made += _rows(block.grid.rows[1:], number, parent, used)
            continue
        path = _joined(parent, _step(block, parent, used))
        above.append((block.depth, path))
        made.append(_node(manuscript.blocks, number, path))
    return made


def _joined(parent: str, step: str) -> str:
    return f"{parent}/{step}" if parent else step


def _step(block: Block, parent: str, used: Counter[str]) -> str:
    """The last step of a block's path: its marker without punctuation, or its mark and running number."""
    if block.kind in ("bullet", "subbullet", "paragraph"):
        mark = LETTER[block.kind] or str(block.marker)
        used[f"{parent}/{mark}"] += 1
        return f"{mark}{used[f'{parent}/{mark}']}"
    marker = str(block.marker).rstrip(".)")
    return marker.replace("Phụ lục", "PL") if block.kind == "annex" else marker


def _node(blocks: Sequence[Block], number: int, path: str) -> Node:
    block = blocks[number]
    notes = read_notes(block.notes)
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    heads = following is not None and following.depth > block.depth
    text = plain(block.text)
    heading = text if (heads or "heading" in notes.flags) and "leaf" not in notes.flags else None
    return Node(path, block.kind, block.marker, heading, text, text, (number, -1), notes)


def _rows(rows: Sequence[Row], number: int, parent: str, used: Counter[str]) -> Iterator[Node]:
    group = ""
    for at, row in enumerate(rows, start=1):
        base = parent if row.group or not group else group
        used[f"{base}/r"] += 1
        path = _joined(base, f"r{used[f'{base}/r']}")
        group = path if row.group else group
        marker, *cells = [plain(c) for c in row.cells]
        text = " | ".join(c for c in cells if c)
        heading = text if row.group else None
        yield Node(path, "row", marker or None, heading, text, cells[0], (number, at), read_notes(row.notes))


def gold_json(manuscript: Manuscript, proofs: Sequence[Proof]) -> Json:
    """gold.json as a value, in the order of keys that the gold format shows."""
    found = nodes(manuscript)
    pages = _pages(proofs)
    front = manuscript.front
    dates = [{**d, "page": 1} for d in _issued(front)]
    dates += [{**d, "page": pages[n.place]} for n in found for d in _in_order(n.notes.dates, n.text)]
    references = [{**r, "page": pages[n.place]} for n in found for r in _in_order(n.notes.references, n.text)]
    return {
        "document": _document(front),
        "sections": [_section(n, pages) for n in found],
        "tasks": [_task(n, pages) for n in found if n.notes.kind],
        "dates": [{k: v for k, v in d.items() if k != "rrule" or v} for d in dates],
        "references": references,
        "recipients": [_recipient(c) for c in front.get("copies", [])],
        "stamps": [{"receiver": None, "number": None, "date": None, **s} for s in front["gold"].get("stamps", [])],
        "tables": list(_tables(manuscript, pages)),
    }


def _pages(proofs: Sequence[Proof]) -> dict[tuple[int, int], int]:
    """The page on which each block or table row begins."""
    pages: dict[tuple[int, int], int] = {}
    for number, proof in enumerate(proofs, start=1):
        for line in proof.lines:
            pages.setdefault((line.node, line.row), number)
    return pages


def _document(front: Json) -> Json:
    gold = front["gold"]
    written = [name for name, text in (("number", front["number"]), ("issued", front["place_date"])) if "⟦" in text]
    names = ("type_code", "type_name", "number", "notation", "code", "parent_issuer", "issuer", "place", "issued")
    foot = ("signing_authority", "signer_position", "signer_name", "secrecy", "urgency")
    code = f"{gold['number']}/{gold['notation']}" if gold.get("number") else None
    fields: Json = {name: gold.get(name) or None for name in names} | {"code": gold.get("code", code)}
    subject = plain(front.get("subject") or front.get("about", ""))
    fields |= {"handwritten": written, "subject": subject, "addressees": [_end(t) for t in front.get("to", [])]}
    return fields | {name: gold.get(name) or None for name in foot}


def _issued(front: Json) -> Iterator[Json]:
    day = plain(front["place_date"])
    text = match[0] if (match := PRINTED_DAY.search(day)) else day.partition(", ")[2]
    issued = front["gold"]["issued"]
    yield {"text": text, "kind": "date", "from": issued, "to": issued, "role": "issued"}
    yield from read_notes(front.get("notes", [])).dates


def _in_order(rows: Sequence[Json], text: str) -> list[Json]:
    """Rows in the order in which they stand in `text`; equal texts take its occurrences one after another."""
    seen: Counter[str] = Counter()
    places: list[tuple[int, int]] = []
    for number, row in enumerate(rows):
        at = text.find(row["text"], seen[row["text"]])
        seen[row["text"]] = at + 1 if at >= 0 else seen[row["text"]]
        places.append((at if at >= 0 else len(text), number))
    return [rows[number] for _, number in sorted(places)]


def _section(node: Node, pages: dict[tuple[int, int], int]) -> Json:
    named = {"path": node.path, "kind": node.kind, "marker": node.marker, "heading": node.heading}
    return named | {"text": node.text, "page": pages[node.place]}


def _task(node: Node, pages: dict[tuple[int, int], int]) -> Json:
    notes = node.notes
    told = {"section": node.path, "kind": notes.kind, "text": node.work, "page": pages[node.place]}
    return told | {"assignments": list(notes.assignments), "due": list(notes.due), "product": notes.product}


def _recipient(entry: str) -> Json:
    text = _end(plain(entry))
    purpose = PURPOSE.search(text)
    return {"text": _end(PURPOSE.sub("", text)), "purpose": purpose[1] if purpose else None}


def _end(text: str) -> str:
    return text.rstrip(" ;.,")


def _tables(manuscript: Manuscript, pages: dict[tuple[int, int], int]) -> Iterator[Json]:
    for number, block in enumerate(manuscript.blocks):
        if block.grid is not None:
            width = len(block.grid.widths)
            rows = [[plain(c) for c in r.cells] + [""] * (width - len(r.cells)) for r in block.grid.rows]
            yield {"page": pages[number, 0], "rows": rows}
