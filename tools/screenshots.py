"""Pictures of a built site, to look at after a change of templates: `python tools/screenshots.py SITE FOLDER [PAGE …]`.

Every page type (or those named) at 1280 and 390 pixels, light and dark, and `readme.png`: the start page and an article
side by side, which docs/screenshot.png is. Needs Chromium (Debian: apt-get install chromium).
"""

import base64
import functools
import shutil
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

PAGES: Final = {
    "home": "/",
    "article": "/articles/mayo-microsoft-frontier-model/",
    "article-short": "/articles/dp-sgd/",
    "stub": "/articles/altman-trump-meeting/",
    "articles": "/articles/",
    "topics": "/topics/",
    "topic": "/topics/privacy/",
    "topic-part": "/topics/privacy/2024/",
    "entities": "/entities/",
    "entity": "/entities/microsoft/",
    "timeline": "/timeline/",
    "year": "/timeline/2024/",
    "tools": "/tools/",
    "wanted": "/wanted/",
    "graph": "/graph/",
    "report": "/report/",
    "digests": "/digest/",
    "digest": "/digest/2026-W48/",
    "feeds": "/feeds/",
    "embed": "/embed/mayo-microsoft-frontier-model/",
    "page": "/for-editors/",
    "404": "/404.html",
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing of each request."""


def main(site: Path, out: Path, only: set[str]) -> None:
    """Write one PNG a page, width and colour scheme."""
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_path is None:
        sys.exit("There is no Chromium here: on Debian and Ubuntu, apt-get install chromium.")
    out.mkdir(parents=True, exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for scheme in ("light", "dark"):
            for width in (1280, 390):
                page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
                for name, url in PAGES.items():
                    if only and name not in only:
                        continue
                    page.goto(f"http://127.0.0.1:{server.server_port}{url}")
                    page.screenshot(path=out / f"{name}-{width}-{scheme}.png", full_page=True)
                page.close()
        if not only or "readme" in only:
            _readme(browser, f"http://127.0.0.1:{server.server_port}", out)
        browser.close()
    server.shutdown()


def _readme(browser: Browser, site: str, out: Path) -> None:
    """Two windows side by side, at half size."""
    views = [
        f'<img src="data:image/png;base64,{_window(browser, site + PAGES[name])}">' for name in ("home", "article")
    ]
    page = browser.new_page(viewport={"width": 1320, "height": 720})
    style = "body{margin:0;display:flex;gap:20px;padding:10px;background:#ddd}img{width:640px;height:700px}"
    page.set_content(f"<style>{style}</style>{''.join(views)}")
    page.screenshot(path=out / "readme.png")
    page.close()


def _window(browser: Browser, url: str) -> str:
    page = browser.new_page(viewport={"width": 1100, "height": 1203})
    page.goto(url)
    picture = base64.b64encode(page.screenshot()).decode()
    page.close()
    return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), set(sys.argv[3:]))
