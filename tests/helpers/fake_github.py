"""The part of GitHub's API that the browser form uses, in front of a Git repository on this machine.

with fake_github(folder) as github:
    github.address          # for `api` in the settings
    github.unknown          # requests that nothing here answers: a test asks that there are none

REST: who signs in, whether they may write, the tree of a commit, pull requests and labels. GraphQL: the default branch,
the last commit, contents and dates of files, a new branch, a commit on a branch. Queries are known by words in them.
"""

import base64
import contextlib
import functools
import json
import re
import subprocess
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Final

LOGIN: Final = "a-reader"
TOKEN: Final = "a-token"
REPOSITORY: Final = "owner/site"
BRANCH: Final = "main"

_REST: Final = "/api/v3"
_GRAPHQL: Final = "/graphql"
_BLOB: Final = re.compile(r'content_(\d+): object\(oid: "([0-9a-f]+)"\)')
_DATED: Final = re.compile(r'commit_(\d+): .*?path: "((?:[^"\\]|\\.)*)"', re.DOTALL)
_AT: Final = re.compile(r'file_(\d+): object\(expression: "((?:[^"\\]|\\.)*)"\)')
_AUTHOR: Final = ("-c", "user.name=A Reader", "-c", "user.email=reader@example.org")

Answer = tuple[int, Any]


@dataclass
class FakeGitHub:
    """A repository with the API in front of it."""

    folder: Path
    """The working copy; commits are made in it."""
    address: str = ""
    unknown: list[str] = field(default_factory=list)
    """Requests that had no answer."""
    commits: list[Mapping[str, Any]] = field(default_factory=list)
    """What each commit was asked to change, as `createCommitOnBranch` gets it."""
    pulls: list[dict[str, Any]] = field(default_factory=list)
    """Pull requests, with their labels."""
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def git(self, *arguments: str, stdin: bytes | None = None) -> str:
        """What a command of git prints."""
        done = subprocess.run(
            ["git", *_AUTHOR, *arguments], cwd=self.folder, check=True, capture_output=True, input=stdin
        )
        return done.stdout.decode()

    def rest(self, method: str, path: str, body: Any) -> Answer:
        """The answer to a REST request; 404 to an unknown one."""
        match [method, *path.partition("?")[0].strip("/").split("/")]:
            case ["GET", "user"]:
                return 200, {"id": 1, "name": "A Reader", "login": LOGIN, "email": "", "avatar_url": "", "html_url": ""}
            case ["GET", "repos", _, _, "collaborators", _]:
                return HTTPStatus.NO_CONTENT, None
            case ["GET", "repos", _, _, "git", "trees", tree]:
                return 200, {"tree": self._tree(tree)}
            case ["POST", "repos", _, _, "pulls"]:
                number = len(self.pulls) + 1
                head = self.git("rev-parse", body["head"]).strip()
                self.pulls.append({**body, "number": number, "labels": []})
                day = "2026-06-10T12:00:00Z"
                more = {"number": number, "node_id": f"pull-{number}", "html_url": f"https://example.org/{number}"}
                return 201, {**body, **more, "head": {"sha": head}, "created_at": day, "updated_at": day}
            case ["POST", "repos", _, _, "issues", number, "labels"]:
                self.pulls[int(number) - 1]["labels"] += body["labels"]
                return 200, [{"name": name} for name in body["labels"]]
        self.unknown.append(f"{method} {path}")
        return 404, {"message": "Not Found"}

    def graphql(self, query: str, variables: Mapping[str, Any]) -> Any:  # noqa: PLR0911 (one for each query)
        """The data that a query asks for; None for an unknown one."""
        branch = variables.get("branch") or BRANCH
        if "createCommitOnBranch" in query:
            return {"createCommitOnBranch": {"commit": self._commit(query, variables["input"])}}
        if "createRef" in query:
            name = variables["input"]["name"].removeprefix("refs/heads/")
            self.git("branch", name, variables["input"]["oid"])
            return {"createRef": {"ref": {"name": name}}}
        if "defaultBranchRef" in query:
            return {"repository": {"defaultBranchRef": {"name": BRANCH}}}
        if "fork: repository" in query:
            oid = self.git("rev-parse", BRANCH).strip()
            return {"fork": {"id": "repository-1"}, "base": {"ref": {"target": {"oid": oid}}}}
        if "pullRequests(" in query:
            return {"repository": {"pullRequests": {"nodes": [], "totalCount": 0}}}
        if found := _BLOB.findall(query):
            texts = {f"content_{n}": {"text": self.git("cat-file", "blob", oid)} for n, oid in found}
            return {"repository": {name: {**blob, "isTruncated": False} for name, blob in texts.items()}}
        if found := _DATED.findall(query):
            return {"repository": {f"commit_{number}": _history() for number, _ in found}}
        if "history(first: 1)" in query:
            oid, message = self.git("log", "-1", "--format=%H%n%s", branch).splitlines()
            return {"repository": {"ref": {"target": {"history": {"nodes": [{"oid": oid, "message": message}]}}}}}
        if "history(first: 100" in query:
            names = re.findall(r"history_\d+", query)
            return {"repository": {name: {"target": {"history": {"nodes": []}}} for name in names}}
        if "deployments(" in query or "statusCheckRollup" in query:
            return {"repository": {"deployments": {"nodes": []}, "object": None}}
        if "oid" in query and "ref(qualifiedName: $branch)" in query:
            oid = self.git("rev-parse", branch).strip()
            return {"repository": {"ref": {"target": {"oid": oid}}}}
        self.unknown.append(query)
        return None

    def _tree(self, tree: str) -> list[dict[str, Any]]:
        rows = self.git("ls-tree", "-r", "-l", "-z", tree).split("\0")
        found = (re.fullmatch(r"\d+ (\w+) (\w+) +(\S+)\t(.*)", row, re.DOTALL) for row in rows)
        return [{"type": m[1], "sha": m[2], "size": int(m[3]), "path": m[4]} for m in found if m]

    def _commit(self, query: str, asked: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            branch = asked["branch"]["branchName"]
            assert self.git("rev-parse", branch).strip() == asked["expectedHeadOid"]
            self.git("checkout", "--quiet", branch)
            for added in asked["fileChanges"]["additions"]:
                file = self.folder / added["path"]
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(base64.b64decode(added["contents"]))
            for removed in asked["fileChanges"]["deletions"]:
                (self.folder / removed["path"]).unlink()
            self.git("add", "--all")
            self.git("commit", "--quiet", "--message", asked["message"]["headline"])
            oid = self.git("rev-parse", branch).strip()
            paths = re.findall(r'(file_\d+): file\(path: ("(?:[^"\\]|\\.)*")\)', query)
            blobs = {name: {"oid": self.git("rev-parse", f"{oid}:{json.loads(path)}").strip()} for name, path in paths}
            self.git("checkout", "--quiet", BRANCH)
            self.commits.append(asked)
        return {"oid": oid, "committedDate": "2026-06-10T12:00:00Z", **blobs}


def _history() -> dict[str, Any]:
    author = {"name": "A Reader", "email": "reader@example.org", "user": {"id": 1, "login": LOGIN}}
    node = {"author": author, "committedDate": "2026-06-10T12:00:00Z"}
    return {"target": {"history": {"nodes": [node]}}}


class _Api(BaseHTTPRequestHandler):
    """Answers as GitHub does, to pages of any origin."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, github: FakeGitHub) -> None:
        self.github = github
        super().__init__(*args)

    def do_OPTIONS(self) -> None:
        self._send(HTTPStatus.NO_CONTENT, None)

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body: Any = json.loads(sent) if sent else None
        if self.headers.get("Authorization") != f"token {TOKEN}":
            self._send(HTTPStatus.UNAUTHORIZED, {"message": "Bad credentials"})
        elif self.path == _GRAPHQL:
            self._send(HTTPStatus.OK, {"data": self.github.graphql(body["query"], body.get("variables") or {})})
        else:
            self._send(*self.github.rest(self.command, self.path.removeprefix(_REST), body))

    def _send(self, status: int, body: Any) -> None:
        sent = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Access-Control-Allow-Headers", "*, Authorization")
        self.send_header("Access-Control-Allow-Methods", "*")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Say nothing of each request."""


@contextlib.contextmanager
def fake_github(folder: Path) -> Iterator[FakeGitHub]:
    """The API in front of a folder, which becomes a repository with one commit."""
    github = FakeGitHub(folder)
    if not (folder / ".git").exists():
        github.git("init", "--quiet", "--initial-branch", BRANCH)
        github.git("add", "--all")
        github.git("commit", "--quiet", "--message", "The site")
    with ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Api, github=github)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        github.address = f"http://127.0.0.1:{server.server_port}"
        yield github
        server.shutdown()
        thread.join()
