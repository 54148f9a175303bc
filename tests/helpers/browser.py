"""A built site behind a web server, and Chromium to look at it.

page = browsing.look("topics/privacy/", width=360, color_scheme="dark")
assert browsing.faults == []

`look` takes a tab that other tests have used; `open` starts a new browser profile, which takes six times as long.
"""

import _thread
import contextlib
import functools
import shutil
import threading
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final, Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response

from tests.helpers.links import Tree
from tests.helpers.sites import MOVED, MOVED_TO

NO_CHROMIUM: Final = "no Chromium here: on Debian, apt-get install chromium-headless-shell; on Ubuntu, chromium"
COMMANDS: Final = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The shell first: Chromium 156 as a whole draws its own windows too, and the tests take half as long again."""
ARGUMENTS: Final = (
    "--no-sandbox",  # Chromium asks for it when it runs as root, as it does in containers; the pages are ours
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NOWHERE: Final = "no/such/page/"

KINDS: Final = {
    "home": "",
    "article": "articles/mayo-microsoft-frontier-model/",
    "article-short": MOVED_TO,
    "stub": "articles/altman-trump-meeting/",
    "articles": "articles/",
    "articles-2": "articles/page/2/",
    "topics": "topics/",
    "topic": "topics/privacy/",
    "topic-year": "topics/privacy/2024/",
    "topic-entity": "topics/regulation/entity/gdpr/",
    "entities": "entities/",
    "entity": "entities/microsoft/",
    "timeline": "timeline/",
    "year": "timeline/2024/",
    "month": "timeline/2024/07/",
    "tools": "tools/",
    "wanted": "wanted/",
    "graph": "graph/",
    "report": "report/",
    "digests": "digest/",
    "digest": "digest/2026-W48/",
    "feeds": "feeds/",
    "embed": "embed/mayo-microsoft-frontier-model/",
    "page": "for-editors/",
    "404": NOWHERE,
    "redirect": MOVED,
}
"""Every page type of the demonstration site, by its address below the mount."""
ARTICLES: Final = ("article", "article-short")
"""Those that lead to others."""


def find_chromium() -> str | None:
    """The command of a Chromium."""
    return next(filter(None, map(shutil.which, COMMANDS)), None)


class _Mounted(SimpleHTTPRequestHandler):
    """Serves a tree below its mount, as a host does that knows `404.html`."""

    protocol_version = "HTTP/1.1"

    def __init__(self, *args: Any, tree: Tree) -> None:
        self.tree = tree
        super().__init__(*args, directory=str(tree.folder))

    def translate_path(self, path: str) -> str:
        mount = self.tree.mount
        inside = urlsplit(path).path.startswith(mount)
        return super().translate_path(path.removeprefix(mount)) if inside else str(self.tree.folder / "outside")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        body = self.tree.read("404.html").encode()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the base class's)
        """Say nothing of each request."""


class _Server(ThreadingHTTPServer):
    """Answers each connection in a thread that coverage does not follow.

    CPython 3.11 ends a thread at its start ("another trace function is being installed") when two set theirs at once,
    and the browser then waits for ever: thousands of short threads meet that in one run of the tests.
    """

    def process_request(self, request: Any, client_address: Any) -> None:
        _thread.start_new_thread(self.process_request_thread, (request, client_address))


@contextlib.contextmanager
def serve(tree: Tree) -> Iterator[str]:
    """The address of a tree on this machine, while the context lasts."""
    with _Server(("127.0.0.1", 0), functools.partial(_Mounted, tree=tree)) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}{tree.mount}"
        server.shutdown()
        thread.join()


@dataclass
class Browsing:
    """Pages of one site in one browser; notes what a reader's browser would complain of."""

    browser: Browser
    base: str
    """Address of the home page."""
    faults: list[str] = field(default_factory=list)
    """Messages in the console, requests that failed, requests to other hosts."""
    finished: list[Request] = field(default_factory=list)
    """Requests that were answered."""
    tabs: dict[Hashable, Page] = field(default_factory=dict)
    """What `look` uses again, by its settings; may be shared by all sites in the browser."""
    _contexts: list[BrowserContext] = field(default_factory=list)
    _looking: list[Page] = field(default_factory=list)

    def look(
        self,
        path: str,
        *,
        width: int = 1280,
        height: int = 900,
        color_scheme: Literal["light", "dark"] = "light",
        init_script: str = "",
        **settings: Any,
    ) -> Page:
        """A page by its address below the mount, in the tab for these settings: for a test that needs one such page.

        What it may leave behind, in storage or on the page, is gone when the next test looks; files stay in the cache.
        """
        key = (init_script, frozenset(settings.items()))
        page = self.tabs.get(key)
        if page is None:
            page = self.tabs[key] = self.browser.new_context(**settings).new_page()
            page.add_init_script(init_script)
        if page not in self._looking:
            self._looking.append(page)
            self._listen(page)
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(media="screen", color_scheme=color_scheme)
        page.mouse.move(0, 0)
        self._go(page, path)
        return page

    def open(self, path: str, *, width: int = 1280, height: int = 900, **settings: Any) -> Page:
        """A page by its address below the mount, in a context of its own; a redirect stays where it is."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, **settings)
        self._contexts.append(context)
        page = context.new_page()
        self._listen(page)
        self._go(page, path)
        return page

    def _listen(self, page: Page) -> None:
        for event, listener in self._listeners.items():
            page.on(event, listener)  # type: ignore[call-overload]

    @cached_property
    def _listeners(self) -> dict[str, Callable[[Any], None]]:
        return {
            "console": self._console,
            "pageerror": lambda error: self.faults.append(f"script: {error}"),
            "request": self._request,
            "requestfinished": lambda request: self.finished.append(request),  # noqa: PLW0108 (Playwright writes on it)
            "requestfailed": self._failed,
            "response": self._response,
        }

    def _go(self, page: Page, path: str) -> None:
        if path == MOVED:  # it would lead on at once, by its script or without one
            page.route("**/redirect.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
            page.route(self.base + MOVED_TO, lambda route: route.fulfill(status=HTTPStatus.NO_CONTENT))
        page.goto(self.base + path)

    def path(self, page: Page) -> str:
        """Where a page is, below the mount."""
        return page.url.removeprefix(self.base)

    def close(self) -> None:
        """End what `open` began, and leave the tabs of `look` as they were found."""
        for context in self._contexts:
            context.close()
        for page in self._looking:
            for event, listener in self._listeners.items():
                page.remove_listener(event, listener)
            if page.url.startswith(self.base):
                page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
            page.unroute_all()
            page.goto("about:blank")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and message.location["url"] != self.base + NOWHERE:
            self.faults.append(f"console: {message.text} ({message.location['url']})")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(self.base):
            self.faults.append(f"leaves the site: {request.url}")

    def _failed(self, request: Request) -> None:
        # A page may be left before all is there; what is missing or forbidden fails with another word.
        if "ERR_ABORTED" not in str(request.failure):
            self.faults.append(f"failed: {request.url} {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= HTTPStatus.BAD_REQUEST and response.url != self.base + NOWHERE:
            self.faults.append(f"{response.status}: {response.url}")
