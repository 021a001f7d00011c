"""The tasks as issues of a Redmine project, by its REST API (redmine.org, Rest Issues): an issue a document, with an
issue a directive below it.

The last line of an issue's description, `sohoa: <uid> <digests>`, tells which task it is, and what was written there
last: a field is written again only where the dataset has changed it since. What people change in Redmine stays.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from pipeline.errors import ConfigError, StoreError
from pipeline.exports.dataset import Dataset
from pipeline.exports.items import Item, description, items
from pipeline.exports.needed import needed

if TYPE_CHECKING:
    import httpx

__all__ = ["export_redmine"]

#: Letters of a subject, and issues in one answer, that Redmine allows.
SUBJECT, PAGE = 255, 100
#: Seconds that an answer may take.
PATIENCE = 30
ADDRESS = re.compile(r"(?P<host>https?://[^/?#@]+(?:/[^?#]*)?)/projects/(?P<project>[^/?#]+)(?:/issues)?/?", re.A)
MARK = re.compile(r"^sohoa: (?P<uid>\S+)(?: (?P<digests>\S+))?[ \t\r]*$", re.M)
FORM = "https://host/projects/IDENTIFIER, with ?assignees=FILE where bodies have users"
KEY = "SOHOA_REDMINE_KEY"


def export_redmine(dataset: Dataset, target: str) -> None:
    """Write the tasks as issues of the Redmine project `target`, `https://host/projects/IDENTIFIER?assignees=FILE`.

    The environment variable SOHOA_REDMINE_KEY holds the API key of a user who may add and edit issues and manage
    subtasks. FILE, a CSV of `body,user_id`, which may be left out, tells who gets the issues that a body leads. Issues
    are found again, so a second run writes what is new or has changed alone; status and assignee of an issue that is
    there are left alone, and so is an issue whose task is gone. Documents without directives make none.
    Raises ConfigError where `target`, FILE or the key is none, MissingProgram where httpx is missing, StoreError where
    the server cannot be reached or refuses; it says how many issues were written, and the next run goes on from there.
    """
    address, project, file = _parsed(target)
    users = _users(Path(file)) if file else {}
    written, refused = 0, list[str]()
    with _connected(address) as server:
        try:
            tracker = _tracker(server, project)
            for issues in _documents(dataset, users):
                for changed in tracker.writing(issues, refused):
                    written += changed
        except StoreError as error:
            said = f"{error.problem}, after {written} issues were written"
            raise StoreError(said, remedy=error.remedy) from None
    if refused:
        said = f"{refused[0]}, and {len(refused) - 1} more were refused; {written} issues were written"
        raise StoreError(said, remedy="mend that in the project's settings or the table of assignees, and run again")


class _Refused(StoreError):
    """An issue that the server does not want; others may do better."""


@dataclass(frozen=True, slots=True)
class _Issue:
    """An issue as the dataset has it, days in ISO."""

    uid: str
    subject: str
    text: str
    first: str | None = None
    last: str | None = None
    user: int | None = None

    @property
    def mark(self) -> str:
        return f"sohoa: {self.uid} {self.digests}"

    @property
    def digests(self) -> str:
        """What stands for each of the four fields that may change."""
        fields = (self.subject, self.text, self.first or "", self.last or "")
        return "-".join(sha256(f.encode()).hexdigest()[:8] for f in fields)

    @property
    def fields(self) -> dict[str, str]:
        """The fields as Redmine calls them. An empty day is sent too: Redmine fills in today where none is."""
        text = f"{self.text}\n\n{self.mark}"
        return {
            "subject": self.subject, "description": text, "start_date": self.first or "", "due_date": self.last or ""
        }  # fmt: skip

    def since(self, text: str) -> dict[str, str]:
        """The fields that have changed since `text` was written as its description."""
        found = _mark(text)
        if found is None or found["digests"] == self.digests:
            return {}
        old = (found["digests"] or "").split("-")
        if len(old) != len(self.fields):
            return self.fields
        pairs = zip(self.fields.items(), old, self.digests.split("-"), strict=True)
        kept = {"description": text[: found.start()] + self.mark + text[found.end() :]}
        return kept | {name: value for (name, value), before, now in pairs if before != now}


@dataclass(frozen=True, slots=True)
class _Tracker:
    """A project of a server, and the issues of ours that are there: their numbers and descriptions by uid."""

    server: httpx.Client
    project: int
    there: dict[str, tuple[int, str]]

    def writing(self, issues: Iterable[_Issue], refused: list[str]) -> Iterator[bool]:
        """Whether each of a document's issues had to be written; what is said of those `refused` is added there."""
        above: int | None = None
        for issue in issues:
            try:
                number, changed = self.write(issue, above)
            except _Refused as error:
                refused.append(error.problem)
                if above is None:  # the document's own: without it there is nothing to put the others under
                    return
            else:
                above = above or number
                yield changed

    def write(self, issue: _Issue, above: int | None) -> tuple[int, bool]:
        """The issue's number, and whether it had to be written. Raises StoreError."""
        if issue.uid not in self.there:
            new: dict[str, Any] = {"project_id": self.project, **issue.fields}
            new |= {"parent_issue_id": above} if above else {}
            new |= {"assigned_to_id": issue.user} if issue.user else {}
            return int(_ask(self.server, "POST", "issues.json", "issue", {"issue": new})["id"]), True
        number, text = self.there[issue.uid]
        if changed := issue.since(text):
            _ask(self.server, "PUT", f"issues/{number}.json", None, {"issue": changed})
        return number, bool(changed)


def _tracker(server: httpx.Client, project: str) -> _Tracker:
    """The project with its issues, closed ones and those of its subprojects too; the oldest of those with one uid."""
    number = int(_ask(server, "GET", f"projects/{project}.json", "project")["id"])
    seen: set[int] = set()
    there: dict[str, tuple[int, str]] = {}
    offset, total = 0, 1
    while offset < total:
        asked = f"issues.json?project_id={number}&status_id=*&sort=id&limit={PAGE}&offset={offset}"
        answer = _ask(server, "GET", asked)
        for issue in answer["issues"]:
            seen.add(issue["id"])
            if mark := _mark(text := issue["description"] or ""):
                there.setdefault(mark["uid"], (issue["id"], text))
        offset, total = offset + PAGE, answer["total_count"]
    if len(seen) < total:  # one that was passed over would be written twice
        raise StoreError("issues were deleted while they were being listed", remedy="run again")
    return _Tracker(server, number, there)


def _mark(text: str) -> re.Match[str] | None:
    found = None
    for found in MARK.finditer(text):  # noqa: B007 the last
        pass
    return found


def _documents(dataset: Dataset, users: Mapping[str, int]) -> Iterator[list[_Issue]]:
    """The issues of each document that has directives, its own first."""
    for rows in dataset.documents():
        some = list(items(rows))
        if some:
            yield [_head(some[0]), *(_issue(item, users) for item in some)]


def _head(item: Item) -> _Issue:
    row = item.document
    about = f"{item.source}: {row['subject']}" if row["subject"] else item.source
    lines = {"Trích yếu": "subject", "Cơ quan ban hành": "issuer", "Ngày ban hành": "issued", "Tệp": "source"}
    text = "\n".join([item.source, "", *(f"{label}: {row[c]}" for label, c in lines.items() if row[c])])
    return _Issue(str(row["document_id"]), _subject(about), text)


def _issue(item: Item, users: Mapping[str, int]) -> _Issue:
    user = next((users[_folded(name)] for name in item.lead if _folded(name) in users), None)
    return _Issue(item.uid, _subject(item.title or item.source), description(item), item.first, item.last, user)


def _subject(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= SUBJECT else text[: SUBJECT - 1] + "…"


def _parsed(target: str) -> tuple[str, str, str | None]:
    """The server's address, the project's identifier and the file of assignees."""
    where, _, query = target.partition("?")
    found = ADDRESS.fullmatch(where)
    if not found or (query and not query.startswith("assignees=")):
        raise ConfigError(f"{where.rpartition('@')[2]} is no project of a Redmine", remedy=f"name it as {FORM}")
    return found["host"], found["project"], query.removeprefix("assignees=") or None


def _users(file: Path) -> dict[str, int]:
    """The users' numbers by folded names of bodies. Raises ConfigError where the file is no such table."""
    try:
        text = file.read_text("utf-8-sig")
        rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.partition("\n")[0] else ",")
        return {_folded(row["body"]): int(row["user_id"]) for row in rows}
    except (OSError, UnicodeDecodeError) as error:
        problem = error.strerror if isinstance(error, OSError) else "is not in UTF-8"
        raise ConfigError(f"{file} cannot be read ({problem})", remedy="name a CSV file of body,user_id") from None
    except (KeyError, TypeError, ValueError, AttributeError):
        remedy = "its first line is body,user_id; others are a body's name and a user's number"
        raise ConfigError(f"{file} is no table of assignees", remedy=remedy) from None


def _folded(name: str) -> str:
    return " ".join(normalize("NFC", name).casefold().split())


@contextmanager
def _connected(address: str) -> Iterator[httpx.Client]:
    key = os.environ.get(KEY, "").strip()
    if not key or not key.isascii() or not key.isprintable():
        raise ConfigError(f"{KEY} is not set to an API key", remedy="Redmine shows it under My account, API access key")
    client = needed("httpx").Client
    with client(base_url=address, headers={"X-Redmine-API-Key": key}, timeout=PATIENCE) as server:
        yield server


#: What the answers mean that are no success.
REMEDIES = {
    401: f"check {KEY}: Redmine shows it under My account, API access key",
    403: "enable the REST API (Administration, Settings, API) and let the key's user add and edit issues",
    404: f"check the address, {FORM}",
}


def _ask(server: httpx.Client, method: str, path: str, part: str | None = "", body: Any = None) -> Any:
    """The answer's JSON, `part` of it where one is named, nothing where it is None. Raises StoreError in one line."""
    httpx, name = needed("httpx"), server.base_url
    try:
        answer = server.request(method, path, json=body)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        said = " ".join(str(error).split()) or type(error).__name__
        problem = f"{name} cannot be reached ({said})"
        raise StoreError(problem, remedy="check network and address, and run again") from None
    code = answer.status_code
    try:
        if code == httpx.codes.UNPROCESSABLE_ENTITY:
            said = "; ".join(answer.json()["errors"])
            raise _Refused(f"{name} refuses “{(body or {})['issue'].get('subject', path)}” ({said})")
        if answer.is_success:
            return None if part is None else answer.json()[part] if part else answer.json()
    except (ValueError, KeyError, TypeError):
        raise StoreError(f"{name} does not answer as Redmine does", remedy=REMEDIES[404]) from None
    said = f" to {answer.headers['Location']}" if answer.is_redirect else ""
    problem = f"{name} answers {method} {path.partition('?')[0]} by {code} {answer.reason_phrase}{said}"
    raise StoreError(problem, remedy=REMEDIES.get(code, "look at the address and the server's log, and run again"))
