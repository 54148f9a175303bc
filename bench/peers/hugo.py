"""Hugo, with a layout of our own in `hugo_site/` that does the work of our pages; no theme from elsewhere.

Its article pages have the curated list, the backlinks, topics and entities of ours; its topics list the articles of
all narrower topics; there are lists in pages of 50, RSS of the site and of every topic, and a sitemap. Links are
gathered in one pass over the site, cards and lists are made once and reused, as somebody who knows Hugo would write it.
`bench.peers.same_links` compares the links of its pages with ours.
"""

import datetime as dt
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Final

from bench.peers.corpus import plain_links, titles_of
from bench.peers.environment import Environment
from bench.peers.generator import Generator

LAYOUT: Final = Path(__file__).parent / "hugo_site"
_DATE: Final = re.compile(r"^date: (.*)$", re.MULTILINE)


def write_site(corpus: Path, root: Path) -> None:
    """Hugo reads our front matter as it is: only wiki links and the names of entities are spelt differently."""
    shutil.copytree(LAYOUT, root, dirs_exist_ok=True)
    titles = titles_of(corpus / "articles")
    articles = root / "content/articles"
    articles.mkdir(parents=True, exist_ok=True)
    (articles / "_index.md").write_text("---\ntitle: Articles\n---\n", encoding="utf-8")
    of_day: Counter[str] = Counter()
    for path in sorted((corpus / "articles").glob("*.md"), key=lambda path: path.stem):
        text = plain_links(path.read_text(encoding="utf-8"), titles)
        (articles / path.name).write_text(_DATE.sub(lambda match: _moment(match[1], of_day), text, 1), encoding="utf-8")
    for path in (corpus / "topics").glob("*.md"):
        _write_term(root / "content/topics" / path.stem, path.read_text(encoding="utf-8"))
    for path in (corpus / "entities").glob("*.md"):
        # Feeds of topics only, as an author would choose.
        text = path.read_text(encoding="utf-8").replace("---\nname:", "---\noutputs: [html]\ntitle:", 1)
        _write_term(root / "content/entities" / path.stem, text)
    shutil.copy(corpus / "pages/about.md", root / "content/about.md")


def _moment(day: str, of_day: Counter[str]) -> str:
    """A time for each article of a day, so that Hugo, too, lists them by name: it would go by title."""
    of_day[day] += 1
    moment = dt.datetime.fromisoformat(day) + dt.timedelta(days=1, seconds=-of_day[day])
    return f"date: {moment.isoformat()}Z"


def _write_term(folder: Path, text: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "_index.md").write_text(text, encoding="utf-8")


def command(environment: Environment) -> tuple[str, ...]:
    """The program itself: the package's own `hugo` starts Python first, which Hugo's users do not wait for."""
    return (str(environment.find("hugo/binaries/hugo*") or environment.script("hugo")), "--quiet")


HUGO: Final = Generator(
    key="hugo",
    name="Hugo",
    shows="similar, backlinks, topics, entities, lists, RSS, sitemap",
    requirement="hugo",
    write_site=write_site,
    command=command,
    edited="content/articles/article-0.md",
    articles="articles/article-*/index.html",
    site="public",
)
