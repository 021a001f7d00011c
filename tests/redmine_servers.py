"""Two servers for the tests of the Redmine export: Redmine itself, of Debian's package, and one that plays it.

The latter is ours: it behaves as redmine.org documents the API (pages, 201 with the issue, 204 for a change, 401, 404,
422 with errors), and breaks off when told to. What it gets wrong, only the former can show.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

__all__ = ["KEY", "Fake", "People", "fake", "installed", "redmine"]

KEY = "0123456789abcdef0123456789abcdef01234567"
HOME = Path("/usr/share/redmine")
#: Makes the tables and what a new Redmine wants, in one process with the server: each start takes seconds.
SCRIPT = f"""
Dir.chdir("{HOME}")
require "./config/environment"
ActiveRecord::Migration.verbose = false
ActiveRecord::Base.connection.migration_context.migrate
ActiveRecord::Base.descendants.each(&:reset_column_information)
Redmine::DefaultData::Loader.load("en")
Setting.rest_api_enabled = "1"
User.find(1).update_columns(must_change_passwd: false)
Token.create!(user_id: 1, action: "api").update_columns(value: "{KEY}")
$LOAD_PATH.concat(Dir["/usr/share/rubygems-integration/all/gems/webrick-*/lib"])
require "rack/handler/webrick"
Rack::Handler::WEBrick.run(Rails.application, Host: "127.0.0.1", Port: ARGV[0].to_i, AccessLog: [])
"""


@dataclass(frozen=True, slots=True)
class People:
    """What people do in a project that user 1 is a member of."""

    address: str

    @property
    def target(self) -> str:
        return f"{self.address}/projects/nhiem-vu"

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"X-Redmine-API-Key": KEY}
        return httpx.request(
            method, f"{self.address}/{path}", json=body, headers=headers, timeout=60
        ).raise_for_status()

    def begin(self) -> None:
        """Make the project anew."""
        if httpx.get(f"{self.target}.json", headers={"X-Redmine-API-Key": KEY}, timeout=60).is_success:
            self.ask("DELETE", "projects/nhiem-vu.json")
        made = {"name": "Nhiệm vụ", "identifier": "nhiem-vu", "tracker_ids": [1], "is_public": False}
        self.ask("POST", "projects.json", {"project": made | {"enabled_module_names": ["issue_tracking"]}})
        self.ask("POST", "projects/nhiem-vu/memberships.json", {"membership": {"user_id": 1, "role_ids": [3]}})

    def issues(self) -> list[dict[str, Any]]:
        """The first hundred issues, the oldest first."""
        found = self.ask("GET", "issues.json?project_id=nhiem-vu&status_id=*&sort=id&limit=100").json()["issues"]
        return [dict(issue) for issue in found]

    def change(self, number: int, **fields: Any) -> None:
        self.ask("PUT", f"issues/{number}.json", {"issue": fields})


def installed() -> bool:
    """Whether Redmine can be started here: Debian lets root and the web server alone read its settings."""
    settings = Path("/etc/redmine/default/database.yml")
    return (HOME / "config.ru").exists() and os.access(settings, os.R_OK) and "sqlite3" in settings.read_text("utf8")


@contextmanager
def redmine() -> Iterator[str]:
    """The address of a Redmine with a database of its own, on this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="sohoa-redmine-") as folder:
        env = os.environ | {
            "RAILS_ENV": "production", "RAILS_LOG_TO_STDOUT": "1", "BUNDLE_GEMFILE": str(HOME / "Gemfile"),
            "DATABASE_URL": f"sqlite3:{folder}/redmine.sqlite", "SECRET_KEY_BASE": KEY,
        }  # fmt: skip
        log = Path(folder) / "log"
        with log.open("wb") as out:
            process = subprocess.Popen(["ruby", "-e", SCRIPT, str(port)], env=env, stdout=out, stderr=out)
        try:
            _wait(f"http://127.0.0.1:{port}", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()
            process.wait()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert process.poll() is None, log.read_text("utf8", "replace")[-3000:]
        try:
            if httpx.get(f"{address}/login", timeout=60).is_success:
                return
        except httpx.TransportError:
            time.sleep(1)
    raise TimeoutError(log.read_text("utf8", "replace")[-3000:])


@dataclass
class Fake:
    """What the server of ours holds; after `left` writes it hangs up."""

    address: str = ""
    projects: list[str] = field(default_factory=list)
    issues: dict[int, dict[str, Any]] = field(default_factory=dict)
    writes: int = 0
    left: int | None = None

    def answer(self, method: str, path: str, query: dict[str, list[str]], body: Any) -> tuple[int, Any]:
        """Status and JSON."""
        done: tuple[int, Any] = (404, None)
        match method, *path.strip("/").removesuffix(".json").split("/"):
            case "GET", "projects", name:
                found = name in self.projects
                done = (200, {"project": {"id": 1 + self.projects.index(name)}}) if found else done
            case "POST", "projects":
                self.projects, self.issues = [body["project"]["identifier"]], {}
                done = 201, {}
            case "POST", "projects", _, "memberships":
                done = 201, {}
            case "DELETE", "projects", _:
                self.projects = []
                done = 204, None
            case "GET", "issues":
                done = 200, self._page({name: values[0] for name, values in query.items()})
            case "POST", "issues":
                self.writes += 1
                issue = {"start_date": time.strftime("%Y-%m-%d")} | body["issue"]
                issue = {"status": {"id": 1}, "id": max(self.issues, default=0) + 1} | _shown(issue)
                done = self._keep(issue, (201, {"issue": issue}))
            case "PUT", "issues", number if int(number) in self.issues:
                self.writes += 1
                done = self._keep(self.issues[int(number)] | _shown(body["issue"]), (204, None))
        return done

    def _page(self, query: dict[str, str]) -> Any:
        size, at = min(int(query.get("limit", 25)), 100), int(query.get("offset", 0))
        some = [i for i in self.issues.values() if query.get("status_id") == "*" or i["status"]["id"] < 5]
        return {"issues": some[at : at + size], "total_count": len(some), "offset": at, "limit": size}

    def _keep(self, issue: dict[str, Any], done: tuple[int, Any]) -> tuple[int, Any]:
        wrong = {
            "Subject cannot be blank": not issue["subject"],
            "Subject is too long (maximum is 255 characters)": len(issue["subject"]) > 255,
            "Due date must be greater than start date": (issue["due_date"] or "9") < (issue["start_date"] or "0"),
            "Assignee is invalid": issue.get("assigned_to", {"id": 1})["id"] != 1,
            "Parent task is invalid": issue.get("parent", {"id": issue["id"]})["id"] not in {*self.issues, issue["id"]},
        }
        if errors := [text for text, so in wrong.items() if so]:
            return 422, {"errors": errors}
        self.issues[issue["id"]] = issue
        return done


def _shown(issue: dict[str, Any]) -> dict[str, Any]:
    """Fields as they are shown, from what is sent."""
    points = {"status_id": "status", "assigned_to_id": "assigned_to", "parent_issue_id": "parent"}
    return {points.get(k, k): {"id": v} if k in points else v or None for k, v in issue.items()}


@contextmanager
def fake() -> Iterator[Fake]:
    """The server of ours."""
    state = Fake()

    class Handler(BaseHTTPRequestHandler):
        def _any(self) -> None:
            length = int(self.headers["Content-Length"] or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            if self.command in {"POST", "PUT"} and state.left is not None and state.writes >= state.left:
                return  # hangs up
            url = urlsplit(self.path)
            known = self.headers["X-Redmine-API-Key"] == KEY
            code, found = state.answer(self.command, url.path, parse_qs(url.query), body) if known else (401, None)
            data = b"" if found is None else json.dumps(found).encode()
            self.send_response(code)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PUT = do_DELETE = _any  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        state.address = f"http://127.0.0.1:{server.server_port}"
        yield state
        server.shutdown()
