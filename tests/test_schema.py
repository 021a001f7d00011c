"""The tables keep their contract with the tools that read them."""

from __future__ import annotations

import sqlite3

import pytest

from pipeline.exports.sqlite import ddl
from pipeline.schema import TABLES, Table, columns

CONTRACT = {
    "documents": "document_id source sha256 media_type pages read_from type_code type_name number notation code issuer "
    "issuer_id parent_issuer place issued issued_starts issued_ends subject signing_authority signer_position "
    "signer_name secrecy urgency score needs_review config version",
    "pages": "document_id page width height dpi rotation skew engine read_from words score",
    "lines": "document_id page line zone text raw x0 y0 x1 y1 score",
    "sections": "section_id document_id parent_id path ordinal kind marker marker_raw heading text page score",
    "tasks": "task_id document_id section_id kind text product page score",
    "assignments": "assignment_id document_id task_id body_id role inherited as_printed score",
    "dates": "date_id document_id section_id text kind role edtf starts ends rrule score",
    "deadlines": "deadline_id document_id task_id date_id inherited",
    "citations": "citation_id document_id section_id text type code issued issuer relation pinpoint "
    "cited_document_id score",
    "bodies": "body_id name kind level place parent_id successor_id valid_from valid_to is_group",
    "recipients": "recipient_id document_id ordinal role text purpose body_id",
    "stamps": "stamp_id document_id page kind receiver number date x0 y0 x1 y1 score",
    "table_cells": "document_id table row column row_span column_span is_header text page x0 y0 x1 y1 score",
    "evidence": "evidence_id document_id table_name row_id column_name page x0 y0 x1 y1 score raw text stages",
    "corrections": "correction_id document_id made_at who table_name row_id column_name old new note",
    "runs": "run_id started config versions pages_in pages_out seconds errors",
}


def test_every_table_of_the_contract_is_there() -> None:
    assert {t.name for t in TABLES} == set(CONTRACT)


@pytest.mark.parametrize("table", CONTRACT)
def test_every_column_of_the_contract_is_there(table: str) -> None:
    assert set(CONTRACT[table].split()) <= set(columns(table))


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_keys_and_references_name_columns_and_tables_that_exist(table: Table) -> None:
    keys = {t.name: t.key for t in TABLES}
    assert set(table.key) <= set(columns(table.name))
    assert all(len(keys[c.references]) == 1 for c in table.columns if c.references)


@pytest.mark.parametrize("table", TABLES, ids=lambda t: t.name)
def test_the_first_column_is_the_key_where_it_is_an_id_of_its_own(table: Table) -> None:
    first = table.columns[0].name
    assert table.key == ((first,) if len(table.key) == 1 else ("document_id", *table.key[1:]))


def test_parents_come_before_their_children() -> None:
    order = [t.name for t in TABLES]
    for t in TABLES:
        assert all(order.index(c.references) <= order.index(t.name) for c in t.columns if c.references)


def test_the_sql_is_accepted_and_enforces_the_values() -> None:
    db = sqlite3.connect(":memory:")
    for table in TABLES:
        for statement in ddl(table):
            db.execute(statement)
    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        db.execute("INSERT INTO recipients (recipient_id, document_id, role) VALUES ('r', 'd', 'reader')")
