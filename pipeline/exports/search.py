"""Search without marks inside the dataset: `khen thuong` finds `khen thưởng` (SQLite FTS5).

FTS5 takes the marks off letters, but holds đ for a letter of its own, not a d with a mark: the index holds d for it,
and so must a question (`asked`). Each document's entries follow one another, so that they are found, and taken away,
without looking at the others'.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import ConfigError
from pipeline.exports.sqlite_file import reading

__all__ = ["Hit", "asked", "forget", "index", "prepare", "searched"]

MAKE = """
CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(
    words, document_id UNINDEXED, section_id UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
CREATE TABLE IF NOT EXISTS searched (document_id TEXT PRIMARY KEY, first INTEGER NOT NULL, last INTEGER NOT NULL)
"""
#: What is searched: each section's own text, and what each document is about.
SOURCE = (
    "SELECT document_id, NULL, coalesce(code, '') || ' ' || coalesce(type_name, '') || ' ' || coalesce(subject, '') "
    "FROM documents WHERE document_id = :id "
    "UNION ALL SELECT document_id, section_id, coalesce(text, heading) FROM sections WHERE document_id = :id"
)
#: Blocks up to which the best come first; of words that stand in more, the first found do, since to weigh them all
#: takes longer than a person waits.
WEIGHED = 5000
MANY = "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH :words LIMIT :weighed + 1)"
FIND = """
SELECT d.document_id, d.source, d.code, s.path, s.page, coalesce(s.text, s.heading, d.subject) AS text
FROM (
    SELECT {rank} AS place, document_id, section_id FROM search WHERE search MATCH :words ORDER BY {rank} LIMIT :most
) AS f JOIN documents d ON d.document_id = f.document_id LEFT JOIN sections s ON s.section_id = f.section_id
ORDER BY f.place
"""
D = str.maketrans("đĐ", "dD")


class Hit(NamedTuple):
    """A block, or with neither path nor page a document's subject, that holds the words; `text` is its own."""

    document_id: str
    source: str
    code: str | None
    path: str | None
    page: int | None
    text: str


def prepare(db: sqlite3.Connection) -> None:
    """Make the index, with all that a dataset of an older version holds in it."""
    new = not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'searched'").fetchone()
    for statement in MAKE.split(";"):
        db.execute(statement)
    if new:
        for (document_id,) in db.execute("SELECT document_id FROM documents ORDER BY document_id").fetchall():
            index(db, document_id)


def forget(db: sqlite3.Connection, document_id: str) -> None:
    """Take a document's entries away."""
    for first, last in db.execute("SELECT first, last FROM searched WHERE document_id = ?", (document_id,)).fetchall():
        db.execute("DELETE FROM search WHERE rowid BETWEEN ? AND ?", (first, last))
    db.execute("DELETE FROM searched WHERE document_id = ?", (document_id,))


def index(db: sqlite3.Connection, document_id: str) -> None:
    """Enter a document whose rows are in the tables already."""
    entries = [(words.translate(D), d, s) for d, s, words in db.execute(SOURCE, {"id": document_id}) if words]
    (last,) = db.execute("SELECT coalesce(max(last), 0) FROM searched").fetchone()
    db.executemany(
        "INSERT INTO search (rowid, words, document_id, section_id) VALUES (?, ?, ?, ?)",
        ((last + n, *entry) for n, entry in enumerate(entries, start=1)),
    )
    if entries:
        db.execute("INSERT INTO searched VALUES (?, ?, ?)", (document_id, last + 1, last + len(entries)))


def asked(words: str) -> str:
    """A question in FTS5's language for what a person types: all the words; what stands in quotes as a phrase; a
    word's beginning with a star (`thuong*`). Raises ConfigError where there is no word in it."""
    parts = (_part(phrase, word) for phrase, word in re.findall(r'"([^"]*)"|(\S+)', words))
    question = " ".join(p for p in parts if p)
    if not question:
        raise ConfigError(f"{words!r} holds no word to search", remedy='such as khen thuong, or "khen thuong"')
    return question


def _part(phrase: str, word: str) -> str:
    text = re.sub(r'["\0]', " ", (phrase or word).translate(D))
    if not re.search(r"\w", text):
        return ""
    return f'"{text.rstrip("*")}"{"*" if word.endswith("*") else ""}'


def searched(dataset: Path, words: str, *, most: int = 20) -> Iterator[Hit]:
    """The blocks that hold all the words, marks and letter case aside, the best first where there are not too many.

    Raises UnreadableSource where there is no dataset, StoreError where it is damaged, ConfigError for no words.
    """
    question = asked(words)
    with reading(dataset) as db:
        (count,) = db.execute(MANY, {"words": question, "weighed": WEIGHED}).fetchone()
        find = FIND.format(rank="rank" if count <= WEIGHED else "rowid")
        yield from (Hit(*row) for row in db.execute(find, {"words": question, "most": most}))
