"""Nothing in the hostile texts runs, loads, leads away or takes the place of a part of the theme.

Each page is opened with the Content Security Policy, which must have nothing to refuse, and without it, so that the
cleaner is shown to hold alone.
"""

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Download, Page, Request

from site_builder.content.vocabulary import Kind
from tests.helpers.browser import serve
from tests.helpers.hostile import CALL, HOST, PICTURES, URL, VALUES, body_cases, field_documents, make_hostile_site
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.shared import shared_folder

pytestmark = pytest.mark.browser

CASES: Final = tuple(body_cases())
PER_PAGE: Final = 24
"""Texts on one page in the quick sweep: a page takes 50 ms, and its texts next to nothing."""
OUR_BASE: Final = '<base target="_top">'
"""Of the cards that other sites embed."""
WATCH: Final = """
window.__seen = []
window.pwn = () => { window.__seen.push("a script ran"); return "" }
for (const name of ["alert", "confirm", "prompt", "open"]) window[name] = () => window.__seen.push(name)
document.addEventListener("securitypolicyviolation", (event) =>
    window.__seen.push(`the policy refused ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`))
"""
LOOK: Final = """() => {
    const seen = window.__seen
    const isPage = document.documentElement instanceof HTMLElement
    const isOurs = (url) => new URL(url, document.baseURI).origin === location.origin
    const schemes = ["http:", "https:", "mailto:", "tel:", "irc:", "ircs:", "xmpp:"]
    for (const e of document.querySelectorAll("*")) {
        for (const a of e.attributes) {
            if (/^on/i.test(a.name)) seen.push(`${e.tagName} has ${a.name}`)
            if (isPage && a.name === "style") seen.push(`style ${a.value}`)
            if (/^(href|src|action|formaction|cite|data|poster|xlink:href)$/.test(a.name)) {
                let url = null
                try { url = new URL(a.value, document.baseURI) } catch { /* leads nowhere */ }
                if (!url || !schemes.includes(url.protocol)) seen.push(`${e.tagName} ${a.name}=${a.value}`)
            }
        }
        const isData = e.type === "application/ld+json"
        if (e.tagName === "SCRIPT" && !isData && !(e.src && isOurs(e.src))) seen.push(e.outerHTML)
        const isLoaded = e.tagName === "LINK" && /stylesheet|pre|icon|manifest/.test(e.rel)
        if (isLoaded && !isOurs(e.href)) seen.push(e.outerHTML)
        if (e.matches("meta[http-equiv]") && !/content-security-policy/i.test(e.httpEquiv)) seen.push(e.outerHTML)
        if (e.tagName === "STYLE") seen.push(e.outerHTML)
    }
    const never = "iframe,frame,object,embed,applet,base,portal,[srcset],[ping],[autofocus],[background]"
    for (const e of document.querySelectorAll(never)) seen.push(e.outerHTML.slice(0, 200))
    for (const e of document.querySelectorAll("script[type='application/ld+json']")) JSON.parse(e.textContent)
    const taken = { body: HTMLBodyElement, head: HTMLHeadElement, forms: HTMLCollection, location: Location }
    for (const [name, kind] of Object.entries(isPage ? taken : {}))
        if (!(document[name] instanceof kind)) seen.push(`document.${name} was taken`)
    if (typeof document.querySelector !== "function" || typeof document.addEventListener !== "function" ||
        typeof window.fetch !== "function" || !(window.location instanceof Location)) seen.push("a function was taken")
    const ids = [...document.querySelectorAll("[id]")].map((e) => e.id)
    const twice = ids.filter((id, n) => ids.indexOf(id) !== n)
    if (twice.length) seen.push(`ids given twice: ${twice}`)
    addEventListener("click", (event) => event.preventDefault(), true)
    addEventListener("submit", (event) => event.preventDefault(), true)
    const events = ["mouseover", "mousemove", "pointerenter", "focus", "toggle", "load", "error", "animationstart",
        "transitionend", "beforetoggle", "contentvisibilityautostatechange"]
    for (const e of document.querySelectorAll("main *, footer *, header *")) {
        for (const name of events) e.dispatchEvent(new Event(name, { bubbles: false }))
        if (e.tagName === "DETAILS") e.open = true
        if (e.matches("a, button, summary, input, [tabindex]")) {
            e.focus()
            e.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }))
        }
    }
    return [document.title, location.href, seen]
}"""


@dataclass
class Watching:
    """Opens pages of a hostile site and notes what should not happen."""

    page: Page
    base: str
    wrong: list[str] = field(default_factory=list)
    _path: str = ""

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCH)
        self.page.on("dialog", self._dialog)
        self.page.on("request", self._request)
        self.page.on("popup", lambda _: self._note("a new window"))
        self.page.on("download", self._downloaded)
        self.page.on("pageerror", lambda error: self._note(f"a script failed: {error}"))

    def _downloaded(self, file: Download) -> None:
        if not file.url.startswith("blob:"):  # a citation that a button saves
            self._note("a download")

    def _note(self, what: str) -> None:
        self.wrong.append(f"{self._path}: {what}")

    def _dialog(self, dialog: Dialog) -> None:
        self._note("a dialog")
        dialog.dismiss()

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.base, "data:image/")):
            self._note(f"asks for {request.url}")

    def look(self, path: str) -> None:
        self._path = path
        self.page.goto(self.base + path)
        _title, address, seen = self.page.evaluate(LOOK)
        self.wrong += [f"{path}: {one}" for one in seen if one != OUR_BASE or not path.startswith("embed/")]
        if address.partition("#")[0] != self.base + path:
            self._note(f"leads to {address}")


def pages_of(tree: Tree) -> list[str]:
    """Addresses of all pages that do not redirect; of the cards, those whose values are hostile."""
    found = []
    for file in sorted(tree.folder.rglob("*")):
        path = file.relative_to(tree.folder).as_posix()
        is_like_others = path.startswith("embed/") and not path.startswith("embed/field-")
        if file.suffix == ".html" and not is_like_others and b'http-equiv="refresh"' not in file.read_bytes():
            found.append(path.removesuffix("index.html"))
    return found


def watch(browser: Browser, tree: Tree, paths: list[str], *, bypass_csp: bool) -> list[str]:
    """What goes wrong on these pages."""
    context: BrowserContext = browser.new_context(bypass_csp=bypass_csp)
    with serve(tree) as base:
        watching = Watching(context.new_page(), base)
        for path in paths:
            watching.look(path)
    context.close()
    return watching.wrong


def make_site(root: Path, per_page: int, *, is_whole: bool = False) -> None:
    """The hostile site, with this many texts of a class on each page; the whole one has each value in each kind."""
    bodies: dict[str, str] = {}
    for group in sorted({case.group for case in CASES}):
        cases = [case for case in CASES if case.group == group]
        for number, start in enumerate(range(0, len(cases), per_page)):
            some = cases[start : start + per_page]
            bodies[f"{group}-{number}"] = "\n\n".join(f"## {case.name}\n\n{case.text}" for case in some)
    make_hostile_site(root, bodies, is_whole=is_whole)
    build(root, site_dir=root / "built")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """The site with several texts on a page; built once in a run."""
    folder = shared_folder(tmp_path_factory, "hostile", lambda root: make_site(root, PER_PAGE))
    return Tree(folder / "built", URL)


def test_there_are_many():
    """150 texts at least, and each value in each field."""
    groups = {case.group for case in CASES}
    assert len(CASES) >= 240
    assert len(groups) >= 9
    assert len({case.slug for case in CASES}) == len(CASES)
    assert sum(field_documents(kind, "x", "x")[1] for kind in Kind) * len(VALUES) >= 250


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with-the-policy", "without-it"])
def test_nothing_runs_loads_or_leads_away(browser: Browser, hostile: Tree, bypass_csp: bool):
    own = [path for path in pages_of(hostile) if path.count("/") == 2 or not bypass_csp]  # lists escape all they show
    assert watch(browser, hostile, own, bypass_csp=bypass_csp) == []


@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with-the-policy", "without-it"])
def test_pictures_opened_by_themselves(browser: Browser, hostile: Tree, bypass_csp: bool):
    pictures = [path.relative_to(hostile.folder).as_posix() for path in hostile.folder.rglob("articles/*.svg")]
    assert len(pictures) == len(PICTURES)
    assert watch(browser, hostile, sorted(pictures), bypass_csp=bypass_csp) == []


def test_the_watch_sees_what_goes_wrong(browser: Browser, tmp_path: Path):
    """Each of its checks, on a page that has everything."""
    page = f"""<!doctype html><title>x</title><body id="a"><p id="a"><script>{CALL}</script><img src=x onerror="{CALL}">
        <a href="javascript:{CALL}" autofocus>a</a><iframe srcdoc="x"></iframe><img src="//{HOST}/x.png">
        <p style="color:red"><style>p{{}}</style><img name="body"><form name="head"></form><base href="/z/">"""
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    wrong = "\n".join(watch(browser, Tree(tmp_path, URL), [""], bypass_csp=False))
    kinds = ("a script ran", "onerror", "javascript:", "iframe", "color:red", "<style>", "was taken", "<base", "twice")
    assert [what for what in (*kinds, f"asks for http://{HOST}/x.png") if what not in wrong] == []


@pytest.mark.skipif(os.environ.get("SITE_BUILDER_TORTURE") != "full", reason="takes minutes: `make torture`")
@pytest.mark.parametrize("bypass_csp", [False, True], ids=["with-the-policy", "without-it"])
def test_each_text_on_a_page_of_its_own(browser: Browser, tmp_path: Path, bypass_csp: bool):
    make_site(tmp_path, 1, is_whole=True)
    tree = Tree(tmp_path / "built", URL)
    assert watch(browser, tree, pages_of(tree), bypass_csp=bypass_csp) == []
