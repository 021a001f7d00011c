"""Saved questions: SQL with a title and parameters that have defaults, asked of a dataset that cannot be written."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from pipeline.errors import ConfigError
from pipeline.exports.sqlite_file import reading

__all__ = ["Answer", "Question", "ask", "question", "questions"]

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `parameters` are its names with their defaults, as questions.toml holds them."""

    name: str
    title: str
    sql: str
    parameters: Mapping[str, str]

    def values(self, given: Mapping[str, str], today: date) -> dict[str, str]:
        """A value for each parameter. Raises ConfigError where `given` names one that is none."""
        for name in given:
            if name not in self.parameters:
                known = ", ".join(f"{n}=..." for n in self.parameters) or "nothing"
                raise ConfigError(f"{self.name} asks for no {name!r}", remedy=f"it takes {known}")
        days = _days(today)
        return {n: given.get(n, days.get(default, default)) for n, default in self.parameters.items()}


@dataclass(frozen=True, slots=True)
class Answer:
    """Names of the columns, and the rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def _days(today: date) -> dict[str, str]:
    first = date(today.year, today.month - (today.month - 1) % 3, 1)
    next_first = date(first.year + (first.month + 2) // 12, (first.month + 2) % 12 + 1, 1)
    last = next_first - timedelta(days=1)
    return {"today": today.isoformat(), "quarter-begins": first.isoformat(), "quarter-ends": last.isoformat()}


@cache
def questions() -> dict[str, Question]:
    """The saved questions by name."""
    stored = tomllib.loads(FILE.read_text("utf8"))
    return {name: Question(name, q["title"], q["sql"].strip(), q["parameters"]) for name, q in stored.items()}


def question(name: str) -> Question:
    """A saved question by its name, or one in SQL as it stands. Raises ConfigError where it is neither."""
    if name.lstrip().lower().startswith(("select ", "select\n", "with ", "values ", "explain ")):
        return Question("this question", "", name, {})
    try:
        return questions()[name]
    except KeyError:
        known = ", ".join(questions())
        raise ConfigError(f"no question called {name!r}", remedy=f"one of {known}, or SQL") from None


def ask(dataset: Path, asked: Question, values: Mapping[str, str]) -> Answer:
    """The answer of a dataset. Raises UnreadableSource where there is none, ConfigError where SQL is at fault."""
    with reading(dataset) as db:
        db.execute("SELECT count(*) FROM sqlite_master").fetchone()  # what is no database is told as such
        db.create_function("lower", 1, _lower, deterministic=True)
        try:
            found = db.execute(asked.sql, values)
            names: Sequence[Any] = found.description or ()
            return Answer(tuple(d[0] for d in names), tuple(found.fetchall()))
        except (sqlite3.OperationalError, sqlite3.ProgrammingError, sqlite3.Warning) as error:
            raise ConfigError(f"{asked.name} cannot be asked ({error})", remedy="mend the SQL") from None


def _lower(text: Any) -> Any:
    """SQLite's own knows ASCII letters alone."""
    return text.lower() if isinstance(text, str) else text
