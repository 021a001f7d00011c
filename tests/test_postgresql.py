"""The PostgreSQL export against a server of Debian's package, started here and stopped after."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from pipeline.errors import ConfigError, StoreError
from pipeline.exports.dataset import Dataset
from pipeline.exports.postgresql import export_postgresql
from pipeline.exports.sqlite import export_sqlite
from pipeline.records import Decree
from pipeline.schema import TABLES, columns
from pipeline.tables import decree_rows

pytestmark = pytest.mark.slow
BIN = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of an empty database, `postgresql://postgres:mật@...`, on this machine alone."""
    if BIN is None:
        pytest.skip("no PostgreSQL server is installed")
    folder = Path(tempfile.mkdtemp(prefix="sohoa-pg-"))
    who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []  # the server refuses to run as root
    if who:
        shutil.chown(folder, "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    secret = folder / "secret"
    secret.write_text("mat-khau")
    secret.chmod(0o644)

    def run(*command: object) -> None:
        subprocess.run([*who, *map(str, command)], check=True, capture_output=True, cwd=folder)

    run(
        BIN / "initdb", "-D", folder / "data", "-U", "postgres", "--pwfile", secret, "-A", "scram-sha-256", "-E", "UTF8"
    )
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    try:
        run(BIN / "pg_ctl", "-D", folder / "data", "-o", options, "-l", folder / "log", "-w", "start")
        yield f"postgresql://postgres:mat-khau@127.0.0.1:{port}/postgres"
    finally:
        run(BIN / "pg_ctl", "-D", folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def address(server: str) -> Iterator[str]:
    """The same with nothing in it."""
    yield server
    engine = sa.create_engine(server.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as db:
        db.execute(sa.text("DROP SCHEMA public CASCADE"))
        db.execute(sa.text("CREATE SCHEMA public"))
    engine.dispose()


def ask(address: str, statement: str) -> list[Any]:
    engine = sa.create_engine(address.replace("postgresql:", "postgresql+psycopg:"))
    with engine.begin() as db:
        found = db.execute(sa.text(statement))
        answer = [tuple(row) for row in found] if found.returns_rows else []
    engine.dispose()
    return answer


def dataset(decree: Decree, path: Path, *shas: str, version: str = "1") -> Dataset:
    for sha in shas:
        doc = replace(decree.document, sha256=sha * 64, id=sha * 12)
        export_sqlite([decree_rows(replace(decree, document=doc), config="{}", version=version)], path)
    return Dataset(path)


def test_what_goes_in_comes_out(decree: Decree, tmp_path: Path, address: str) -> None:
    data = dataset(decree, tmp_path / "d.sqlite", "a", "b")
    export_postgresql(data, address)
    for t in TABLES:
        names = ", ".join(f'"{n}"' for n in columns(t.name))
        found = ask(address, f'SELECT {names} FROM "{t.name}"')
        assert sorted(map(str, found)) == sorted(str(tuple(row[n] for n in columns(t.name))) for row in data.rows(t))


def test_exporting_again_replaces_and_keeps_the_rest(decree: Decree, tmp_path: Path, address: str) -> None:
    export_postgresql(dataset(decree, tmp_path / "d.sqlite", "a", "b"), address)
    export_postgresql(dataset(decree, tmp_path / "e.sqlite", "b", "c", version="2"), address)
    export_postgresql(dataset(decree, tmp_path / "e.sqlite", "b", "c", version="2"), address)
    found = ask(address, "SELECT left(document_id, 1), version FROM documents ORDER BY 1")
    assert found == [("a", "1"), ("b", "2"), ("c", "2")]
    assert ask(address, "SELECT DISTINCT count(*) FROM lines GROUP BY document_id") == [(len(decree.document.lines),)]


def test_a_table_of_an_older_version_gains_its_columns(decree: Decree, tmp_path: Path, address: str) -> None:
    data = dataset(decree, tmp_path / "d.sqlite", "a")
    export_postgresql(data, address)
    ask(address, "ALTER TABLE documents DROP COLUMN urgency")
    export_postgresql(data, address)
    assert ask(address, "SELECT urgency FROM documents") == [(None,)]


def test_what_fails_leaves_the_database_as_it_was(decree: Decree, tmp_path: Path, address: str) -> None:
    data = dataset(decree, tmp_path / "d.sqlite", "a")
    export_postgresql(data, address)
    ask(address, "ALTER TABLE evidence ADD CONSTRAINT none CHECK (document_id < 'b')")
    with pytest.raises(StoreError, match=r'cannot be written .*"none"'):
        export_postgresql(dataset(decree, tmp_path / "e.sqlite", "a", "c", version="2"), address)
    assert ask(address, "SELECT left(document_id, 1), version FROM documents") == [("a", "1")]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (lambda a: a.replace("mat-khau", "khac"), "check user and password"),
        (lambda a: a.replace("/postgres", "/khac").replace("//khac", "//postgres"), "createdb"),
        (lambda a: a.replace("127.0.0.1:", "127.0.0.1:1"), "check"),
    ],
)
def test_wrong_addresses_are_one_line_without_the_password(
    decree: Decree, tmp_path: Path, address: str, wrong: Any, told: str
) -> None:
    with pytest.raises(StoreError, match=told) as failure:
        export_postgresql(dataset(decree, tmp_path / "d.sqlite", "a"), wrong(address))
    assert "\n" not in str(failure.value)
    assert "mat-khau" not in str(failure.value)


@pytest.mark.parametrize("address", ["outputs", "mysql://x@localhost/y", ""])
def test_what_is_no_address(decree: Decree, tmp_path: Path, address: str) -> None:
    with pytest.raises(ConfigError, match="postgresql://user:password@host/name"):
        export_postgresql(dataset(decree, tmp_path / "d.sqlite", "a"), address)
