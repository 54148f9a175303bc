"""What every page tells programs of itself: canonical link, cards for other sites, structured data, its other forms."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final
from urllib.parse import urldefrag, urljoin

import pytest

from site_builder.images import image_size
from tests.helpers.links import Tree
from tests.helpers.output import build
from tests.helpers.site import MakeSite, article, entity, page, tool, topic

MOMENT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T00:00:00Z")
EVERYWHERE: Final = "og:title og:description og:type og:url og:site_name og:locale".split()
CARD: Final = "twitter:card twitter:title twitter:description twitter:image twitter:image:alt".split()
IMAGE: Final = ("og:image", *(f"og:image:{part}" for part in ("width", "height", "alt", "type")))
IMAGE_BYTES: Final = 35_000


class _Head(HTMLParser):
    """The metadata of one page."""

    def __init__(self) -> None:
        super().__init__()
        self.meta: list[tuple[str, str]] = []
        self.links: list[dict[str, str]] = []
        self.data: list[str] = []
        self.policy: list[str] = []
        self._is_data = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and "content" in given:
            self.meta.append((given.get("property") or given.get("name", ""), given["content"]))
            if given.get("http-equiv") == "Content-Security-Policy":
                self.policy.append(given["content"])
        elif tag == "link":
            self.links.append(given)
        elif tag == "script" and given.get("type") == "application/ld+json":
            self._is_data = True
            self.data.append("")

    def handle_endtag(self, tag: str) -> None:
        self._is_data = self._is_data and tag != "script"

    def handle_data(self, data: str) -> None:
        if self._is_data:
            self.data[-1] += data


def heads(tree: Tree) -> dict[str, _Head]:
    found: dict[str, _Head] = {}
    for path in tree.pages:
        found[path] = _Head()
        found[path].feed(tree.read(path))
    return found


def full_pages(tree: Tree) -> dict[str, _Head]:
    """Pages of the site proper: no redirects, no frames for other sites."""
    found = {p: h for p, h in heads(tree).items() if not tree.pages[p].refresh and not p.startswith("embed/")}
    return {p: h for p, h in found.items() if p != "404.html"}


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    """Lists of many parts, filters, titles that repeat, and every kind of document with as little as it may have."""
    root = tmp_path_factory.mktemp("sites") / "generated"
    root.mkdir()
    settings = (
        "site_name: A & B <site>\nsite_url: https://example.org/x/y/\ndocs_dir: content\nplugins:\n"
        "  - site_builder:\n      per_page: 3\n      social_images: true\n      newsletter_action: https://lists.example.net:8443/a?b=c\n"
    )
    files = {
        "mkdocs.yml": settings,
        **{
            f"content/articles/a{n}.md": article(
                f"Item {n}",
                f"Text {n}, see [[a{(n + 1) % 20}]] and [[hidden]].\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n",
                date=f"20{20 + n % 4}-0{n % 9 + 1}-11",
                summary=f"About item {n}.",
                topics=["law", "new"][: n % 3],
                entities=["x", "y"][: n % 3],
                similar=["hidden", "nobody"],
            )
            for n in range(20)
        },
        "content/articles/hidden.md": article("UNLISTED", unlisted=True),
        "content/topics/law.md": topic("Law"),
        "content/topics/new.md": topic("New law", broader=["law"]),
        "content/entities/x.md": entity("X"),
        "content/entities/y.md": entity("Y", kind="person", same_as=["https://example.net/y"]),
        "content/tools/t.md": tool("T"),
        "content/pages/about.md": page("About", "Who we are."),
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    build(root)
    return Tree(root / "site", "https://example.org/x/y/")


@pytest.fixture(params=["demonstration", "demonstration_at_root", "golden", "generated"])
def told(request: pytest.FixtureRequest) -> Tree:
    """Every site that these tests look at."""
    found: Tree = request.getfixturevalue(request.param)
    return found


def test_title_description_and_canonical_are_unique(told: Tree):
    """Parts of lists, filters, years and digests too, whether search engines may list them or not."""
    pages = {p: told.pages[p] for p in full_pages(told)}
    for name in ("title", "description", "canonical"):
        values = Counter(getattr(page, name) for page in pages.values())
        assert [value for value, count in values.items() if count > 1 or not value] == [], name


def test_canonical_is_the_pages_own_address(told: Tree):
    for path in full_pages(told):
        assert told.pages[path].canonical == told.address(path)
    assert told.pages["404.html"].canonical == ""


def test_cards_for_other_sites_are_complete(told: Tree):
    for path, head in full_pages(told).items():
        once = Counter(name for name, _ in head.meta)
        given = dict(head.meta)
        for name in (*EVERYWHERE, *CARD, *IMAGE):
            assert once[name] == 1, (path, name)
            assert given[name], (path, name)
        assert given["og:url"] == told.address(path)
        assert given["og:type"] == (
            "article" if re.fullmatch(r"articles/(?!page/)[^/]+/index.html", path) else "website"
        )
        assert re.fullmatch(r"[a-z]{2,3}_[A-Z]{2}", given["og:locale"])
        assert given["twitter:card"] == "summary_large_image"
        assert given["twitter:image"] == given["og:image"]
        if given["og:type"] == "article":
            assert MOMENT.fullmatch(given["article:published_time"])
            assert given["article:published_time"] <= given["article:modified_time"]
            tags = [value for name, value in head.meta if name == "article:tag"]
            assert given.get("article:section", "") == (tags[0] if tags else "")


def test_the_picture_of_every_page_exists_and_has_the_size_that_is_told(told: Tree):
    for path, head in full_pages(told).items():
        given = dict(head.meta)
        file = told.find(given["og:image"])
        assert file is not None, path
        size = image_size(told.folder / file)
        assert size == (int(given["og:image:width"]), int(given["og:image:height"]))
    drawn = [told.folder / path for path in told.files if path.rpartition("/")[2] == "social.png"]
    assert len(drawn) > 3
    assert [f for f in drawn if f.stat().st_size > IMAGE_BYTES or image_size(f) != (1200, 630)] == []


def nodes(data: Any) -> Iterator[dict[str, Any]]:
    """Every node of structured data, at any depth."""
    if isinstance(data, dict):
        yield data
        data = list(data.values())
    if isinstance(data, list):
        for one in data:
            yield from nodes(one)


def graph(head: _Head) -> list[dict[str, Any]]:
    (text,) = head.data
    data = json.loads(text)
    assert data["@context"] == "https://schema.org"
    found: list[dict[str, Any]] = data["@graph"]
    return found


def test_structured_data_hangs_together(told: Tree):
    """Every name that a node uses is explained on the page, and every address of ours is a page."""
    for path, head in full_pages(told).items():
        found = [node for top in graph(head) for node in nodes(top)]
        known = {node["@id"] for node in found if "@id" in node and len(node) > 1}
        assert {node["@id"] for node in found if "@id" in node} <= known, path
        assert {node["inDefinedTermSet"] for node in found if "inDefinedTermSet" in node} <= known, path
        for node in found:
            assert None not in node.values()
            assert "" not in node.values()
            for name in ("url", "item", "@id"):
                value = node.get(name, "")
                if isinstance(value, str) and value.startswith(told.site_url):
                    assert told.find(urldefrag(value).url) is not None, (path, value)


def test_every_page_says_what_it_is_and_where_it_stands(told: Tree):
    for path, head in full_pages(told).items():
        found = graph(head)
        by_type = {node["@type"]: node for node in found}
        assert {"WebSite", "Organization"} <= set(by_type)
        (own,) = [node for node in found if node.get("@id") == told.address(path)]
        assert own["@type"] in {"WebPage", "CollectionPage", "AboutPage"}
        assert own["name"]
        if path == "index.html":
            continue
        steps = by_type["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == told.site_url
        assert steps[-1]["item"] == told.address(path)
        assert len({step["item"] for step in steps}) == len(steps), path


ADVISED: Final = "headline image datePublished dateModified author publisher description mainEntityOfPage".split()
"""Of an Article: what developers.google.com/search/docs/appearance/structured-data/article recommends, and more."""


def test_articles_have_all_that_search_engines_ask_for(told: Tree):
    seen = 0
    for path, head in full_pages(told).items():
        for node in graph(head):
            if node["@type"] != "Article":
                continue
            seen += 1
            assert [name for name in ADVISED if not node.get(name)] == [], path
            assert node["author"]["@type"] in {"Person", "Organization"}
            assert told.find(node["author"]["url"]) in told.pages
            assert MOMENT.fullmatch(node["datePublished"])
            assert node["datePublished"] <= node["dateModified"]
            assert all(told.find(image["url"]) for image in node["image"])
            assert node["isBasedOn"]["name"] if "isBasedOn" in node else "stub" in told.read(path).lower()
            assert all(about["@type"] == "DefinedTerm" for about in node.get("about", ()))
    assert seen > 4


def test_entities_are_told_with_where_else_they_are_described(generated: Tree):
    head = full_pages(generated)["articles/a2/index.html"]
    (found,) = [node for node in graph(head) if node["@type"] == "Article"]
    assert [(m["@type"], m["name"], m.get("sameAs")) for m in found["mentions"]] == [
        ("Organization", "X", None),
        ("Person", "Y", ["https://example.net/y"]),
    ]
    assert found["isBasedOn"]["name"] == "A paper"
    assert [term["name"] for term in found["about"]] == ["Law", "New law"]


def test_what_is_no_page_of_its_own_has_no_structured_data(told: Tree):
    for path, head in heads(told).items():
        if path == "404.html" or path.startswith("embed/") or told.pages[path].refresh:
            assert head.data == [], path
            assert not [name for name, _ in head.meta if name.startswith(("og:", "twitter:"))], path


def test_every_page_has_the_policy_first(told: Tree):
    """A meta element counts for what comes after it."""
    for path, head in heads(told).items():
        (policy,) = head.policy
        assert told.read(path).index("Content-Security-Policy") < told.read(path).index("<title>")
        assert "unsafe" not in policy
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.split(";"))
        assert rules["default-src"] == rules["base-uri"] == "'none'"
        assert rules["style-src"] == "'self'"
        assert re.fullmatch(r"'self'(?: 'sha256-[\w+/=]+')?", rules["script-src"])


def test_the_newsletters_address_may_be_sent_to(generated: Tree, golden: Tree):
    assert "form-action 'self' https://lists.example.net:8443\"" in generated.read("index.html")
    assert "form-action 'self'\"" in golden.read("index.html")


def test_nothing_on_a_page_breaks_the_policy(told: Tree):
    """No script, style, style attribute or handler that stands in the page; pictures of the site likewise."""
    assert {path: page.inline for path, page in told.pages.items() if page.inline} == {}
    for path in told.files:
        if path.endswith(".svg"):
            assert not re.search(r"<(script|style)\b|\sstyle=|\son\w+=", told.read(path)), path


def test_twins_are_named_and_lead_on(told: Tree):
    """Every link of a twin leads to a page or file of the site, or to another one."""
    named = {
        told.resolve(path, link["href"])
        for path, head in full_pages(told).items()
        for link in head.links
        if link.get("type") == "text/markdown"
    }
    twins = {path for path in told.files if path.endswith("/index.md")}
    assert named == twins
    for twin in twins:
        for url in re.findall(
            r"(?<!\\)\]\(<?([^)<>]+?)>?\)", re.sub(r"(`+).*?\1", "", told.read(twin), flags=re.DOTALL)
        ):
            whole = urljoin(told.address(twin), url)
            if not whole.startswith(told.site_url):
                assert re.match(r"https?://|mailto:", url), (twin, url)
                continue
            target = told.find(urldefrag(whole).url)
            assert target is not None, (twin, url)


def test_unlisted_pages_have_no_twin_picture_or_data(generated: Tree):
    assert not {"index.md", "index.json", "social.png"} & {p.split("/")[-1] for p in generated.files if "hidden/" in p}
    naming = {path for path in generated.files if "UNLISTED" in (generated.folder / path).read_text("utf-8", "ignore")}
    assert not {path for path in naming if path.startswith(("api/", "llms", "sitemap", "feed", "digest"))}
    assert "articles/a1/index.md" in naming  # its curator names it there


def test_llms_txt(told: Tree):
    """llmstxt.org: an H1, a block quote, text, then H2 sections of links."""
    text = told.read("llms.txt")
    assert text.startswith("# ")
    assert [line for line in text.splitlines() if line.startswith("# ")] == [text.splitlines()[0]]
    sections = re.split(r"^## ", text, flags=re.MULTILINE)[1:]
    assert len(sections) > 2
    assert sections[-1].startswith("Optional\n")
    for section in sections:
        rows = [row for row in section.splitlines()[1:] if row]
        assert rows
        for row in rows:
            match = re.fullmatch(r"- \[(?:\\.|[^\]])+\]\((\S+)\)(?:: .+)?", row)
            assert match, row
            assert told.find(match[1]) is not None, row


def test_without_an_address_there_is_nothing_that_needs_one(make_site: MakeSite):
    root = make_site(
        {
            "mkdocs.yml": "site_name: S\ndocs_dir: content\nplugins:\n  - site_builder\n",
            "content/articles/a.md": article("A", topics=["t"]),
            "content/topics/t.md": topic("T"),
        }
    )
    build(root)
    tree = Tree(root / "site", "https://anywhere.example/")
    assert "llms.txt" not in tree.files
    assert not [path for path in tree.files if path.endswith("social.png")]
    text = tree.read("articles/a/index.html")
    assert not re.search(r"ld\+json|og:image|og:url|canonical", text)
    assert "og:title" in text
    assert Path(tree.folder / "articles/a/index.md").is_file()
