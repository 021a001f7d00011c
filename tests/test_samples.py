"""The samples: gold agrees with itself and with the manuscripts, and every sentence in them is our own."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest

from pipeline.records import DateKind, DateRole, Relation, Role, SectionKind, TaskKind
from pipeline.train.gold import gold_json, gold_text, nodes
from pipeline.train.markup import Manuscript, plain
from pipeline.train.render import Rendered
from pipeline.train.samples import SAMPLES, rendered
from pipeline.vietnamese import fold, nfc

FOLDERS = sorted(p.parent for p in SAMPLES.glob("*/gold.json"))
WRITTEN = [f for f in FOLDERS if (f / "source.md").exists()]
REFERENCE = Path(__file__).parents[2] / "shared" / "data" / "gold"
RUN = 12  # words in a row that two independent texts do not share
EXACT_KINDS = {"date", "by", "range", "month", "quarter", "year"}

each = pytest.mark.parametrize("folder", FOLDERS, ids=lambda f: f.name)
each_written = pytest.mark.parametrize("folder", WRITTEN, ids=lambda f: f.name)


@cache
def gold(folder: Path) -> Any:
    return json.loads((folder / "gold.json").read_text("utf8"))


@cache
def pages_of(folder: Path) -> tuple[Manuscript, tuple[Rendered, ...]]:
    return rendered(folder)


def printed(folder: Path) -> str:
    text = (folder / "gold.txt").read_text("utf8")
    return " ".join(text.replace("⟦", "").replace("⟧", "").replace("|", " ").split())


def test_there_are_samples_of_every_kind() -> None:
    assert {gold(f)["document"]["type_code"] for f in FOLDERS} >= {"KH", "CT", "QĐ"}
    assert {Manuscript.load(f / "source.md").front["layout"] for f in WRITTEN} == {"nd30", "tt01"}
    assert sum(p.stat().st_size for p in SAMPLES.rglob("*") if p.is_file()) < 12e6


@each
def test_text_is_nfc_and_has_every_page(folder: Path) -> None:
    for name in ("gold.txt", "gold.json"):
        text = (folder / name).read_text("utf8")
        assert text == nfc(text)
    pages = (folder / "gold.txt").read_text("utf8").split("\n\f\n")
    assert {s["page"] for s in gold(folder)["sections"]} <= set(range(1, len(pages) + 1))


@each
def test_sections_are_a_tree_with_unique_paths(folder: Path) -> None:
    paths = [s["path"] for s in gold(folder)["sections"]]
    assert len(paths) == len(set(paths))
    for path in paths:
        assert "/" not in path or path.rsplit("/", 1)[0] in paths
    assert {s["kind"] for s in gold(folder)["sections"]} <= set(get_args(SectionKind))


@each
def test_every_section_is_printed(folder: Path) -> None:
    text = printed(folder)
    for section in gold(folder)["sections"]:
        own = " ".join(f"{section['marker'] or ''} {section['text']}".replace("|", " ").split())
        assert own in text, section["path"]


@each
def test_tasks_hang_on_sections_and_their_bodies_are_printed(folder: Path) -> None:
    data = gold(folder)
    sections = {s["path"]: s["text"] for s in data["sections"]}
    heads = " ".join(c for t in data["tables"] for c in t["rows"][0])
    for task in data["tasks"]:
        path = task["section"]
        assert task["text"] in sections[path]
        assert task["kind"] in get_args(TaskKind)
        near = [t for p, t in sections.items() if p == path or p.startswith(path + "/")]
        above = [t for p, t in sections.items() if path.startswith(p + "/")]
        for given in task["assignments"]:
            assert given["role"] in get_args(Role)
            assert any(given["as_printed"] in t for t in (above if given["inherited"] else near)) or (
                given["inherited"] and given["as_printed"] in heads
            ), (path, given)
        assert task["product"] is None or any(task["product"] in t for t in near), path


@each
def test_only_leaves_and_activities_with_labels_are_tasks(folder: Path) -> None:
    data = gold(folder)
    for path in (t["section"] for t in data["tasks"]):
        below = [s["text"] for s in data["sections"] if s["path"].startswith(path + "/")]
        assert all(re.match(r"[^:]{2,30}: ", text) for text in below), path


@each
def test_dates_are_iso_and_printed(folder: Path) -> None:
    text, data = printed(folder), gold(folder)
    for row in (*data["dates"], *(d for t in data["tasks"] for d in t["due"])):
        assert row["kind"] in get_args(DateKind)
        assert row.get("role", "other") in get_args(DateRole)
        days = [dt.date.fromisoformat(row[k]) for k in ("from", "to") if row[k]]
        assert days == sorted(days)
        assert days or row["kind"] not in EXACT_KINDS
        assert row["text"] in text
        assert bool(row.get("rrule")) == (row["kind"] == "recurring")


@each
def test_every_due_time_is_a_date_row(folder: Path) -> None:
    rows = [(d["text"], d["from"], d["to"]) for d in gold(folder)["dates"] if d["role"] == "deadline"]
    for task in gold(folder)["tasks"]:
        assert all((d["text"], d["from"], d["to"]) in rows for d in task["due"]), task["section"]


@each
def test_references_are_printed(folder: Path) -> None:
    for row in gold(folder)["references"]:
        assert row["text"] in printed(folder)
        assert row["relation"] in get_args(Relation)
        assert not row["code"] or row["code"] in row["text"]


@each
def test_header_agrees_with_print(folder: Path) -> None:
    document, text = gold(folder)["document"], printed(folder)
    assert document["code"] == f"{document['number']}/{document['notation']}"
    assert f"Số: {document['code']}" in text
    assert document["subject"] in text
    for name in ("place", "signing_authority", "signer_position", "signer_name"):
        assert not document[name] or document[name] in text
    for row in gold(folder)["recipients"]:
        assert f"- {row['text']}" in text


@each_written
def test_gold_is_what_the_manuscript_says(folder: Path) -> None:
    manuscript, pages = pages_of(folder)
    proofs = [p.proof for p in pages]
    assert gold_json(manuscript, proofs) == gold(folder)
    assert gold_text(proofs) == (folder / "gold.txt").read_text("utf8")


@each_written
def test_truth_reads_like_gold(folder: Path) -> None:
    """The words with boxes, in their order, are the words of the print."""
    manuscript, pages = pages_of(folder)
    for page in pages:
        words = [w for w in page.truth.words if page.truth.lines[w.line].zone in ("title", "body", "table")]
        assert " ".join(w.text for w in words) in printed(folder)
    assert len(nodes(manuscript)) == len(gold(folder)["sections"])


@each_written
def test_committed_scan_is_the_rendering(folder: Path) -> None:
    """The picture in scan.pdf is the one rendered now, up to what another font rasteriser may change."""
    pikepdf = pytest.importorskip("pikepdf")
    _, pages = pages_of(folder)
    with pikepdf.open(folder / "scan.pdf") as pdf:
        assert len(pdf.pages) == len(pages)
        image = pikepdf.PdfImage(pdf.pages[0].obj.Resources.XObject.Im0).as_pil_image().convert("RGB")
    assert np.abs(np.asarray(image, np.int16) - pages[0].pixels).mean() < 3


def runs(words: list[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[k:] for k in range(RUN)), strict=False)


@cache
def reference_runs() -> frozenset[tuple[str, ...]]:
    return frozenset(run for p in REFERENCE.glob("*/gold.txt") for run in runs(fold(p.read_text("utf8")).split()))


def own_words(folder: Path) -> Iterator[list[str]]:
    """The sentences of a sample without names: what stands in quotes and the titles of cited documents."""
    cited = [r["text"] for r in gold(folder)["references"]]
    for block in Manuscript.load(folder / "source.md").blocks:
        cells = [c for row in block.grid.rows for c in row.cells] if block.grid else [block.text]
        for cell in cells:
            text = re.sub("“[^”]*”", " ## ", plain(cell))
            for name in cited:
                text = text.replace(re.sub("“[^”]*”", " ## ", name), " ## ")
            yield fold(text).split()


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference documents are not here")
@each_written
def test_no_sentence_is_copied(folder: Path) -> None:
    theirs = reference_runs()
    shared = [" ".join(run) for words in own_words(folder) for run in runs(words) if run in theirs]
    assert not shared


def test_ocr_text_shows_what_its_gold_says() -> None:
    folder = SAMPLES / "plan-74-ocr"
    source, document = (folder / "source.txt").read_text("utf8"), gold(folder)["document"]
    assert source.count("\f") + 1 == len((folder / "gold.txt").read_text("utf8").split("\n\f\n"))
    assert f"{document['number']} /{document['notation']}" in source
    assert document["issued"].endswith("X")  # the day's last digit is past reading
    assert "quận" not in source
