"""Pelican with its plain theme: articles with topics as tags, lists in pages, and a feed of the site and of every tag.

Its cache of what it read is on: writers who wait for it turn it on.
"""

from pathlib import Path
from typing import Final

from bench.peers.corpus import read_sources, readdress
from bench.peers.environment import Environment
from bench.peers.generator import Generator

_SETTINGS: Final = """\
AUTHOR = "Synthetic"
SITENAME = "Synthetic"
SITEURL = "https://example.org/kb"
PATH = "content"
OUTPUT_PATH = "site"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = "simple"
ARTICLE_URL = "articles/{slug}/"
ARTICLE_SAVE_AS = "articles/{slug}/index.html"
SLUGIFY_SOURCE = "basename"
DEFAULT_PAGINATION = 50
FEED_DOMAIN = SITEURL
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
FEED_ALL_RSS = "feed.xml"
TAG_FEED_RSS = "tag/{slug}.xml"
FEED_MAX_ITEMS = 30
AUTHOR_SAVE_AS = ""
CACHE_CONTENT = True
LOAD_CONTENT_CACHE = True
CONTENT_CACHING_LAYER = "generator"
CACHE_PATH = ".cache"
"""


def write_site(corpus: Path, root: Path) -> None:
    """Front matter in Pelican's own form."""
    folder = root / "content/articles"
    folder.mkdir(parents=True, exist_ok=True)
    for source in read_sources(corpus / "articles"):
        head = (
            f"Title: {source.title}\nDate: {source.date}\nTags: {', '.join(source.topics)}\nSummary: {source.summary}\n"
        )
        body = readdress(source.body, lambda slug: f"{{filename}}{slug}.md")
        (folder / f"{source.slug}.md").write_text(f"{head}\n{body}", encoding="utf-8")
    (root / "pelicanconf.py").write_text(_SETTINGS, encoding="utf-8")


def command(environment: Environment) -> tuple[str, ...]:
    """Quiet, as in CI."""
    return (str(environment.python), "-m", "pelican", "--quiet", "--settings", "pelicanconf.py")


PELICAN: Final = Generator(
    key="pelican",
    name="Pelican",
    shows="tags, lists, RSS",
    requirement="pelican",
    write_site=write_site,
    command=command,
    edited="content/articles/article-0.md",
    articles="articles/article-*/index.html",
    caches=(".cache",),
)
