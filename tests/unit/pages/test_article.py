"""The page of an article: what stands beside and below it."""

from tests.helpers.site import MKDOCS_YML, MakeSite, article, entity, load, tool

NEWSLETTER = f"{MKDOCS_YML}      newsletter_action: https://mail.example.org/join\n".replace(
    "- site_builder\n", "- site_builder:\n"
)


def below(html: str) -> str:
    return html.partition('<div class="sb-body"')[2]


def test_featured_tools_stand_below_an_article(make_site: MakeSite):
    files = {"content/articles/a.md": article(), "content/tools/b.md": tool("Level Reader", url="https://b.example/")}
    files["content/tools/c.md"] = tool("Map Maker")
    html = below(load(make_site(files)).render("/articles/a/").decode())
    assert '<a href="https://b.example/">Level Reader</a><p>Free · Does something.</p>' in html
    assert '<a href="../../tools/#c">Map Maker</a>' in html
    assert "All 2" not in html


def test_there_are_three_tools_at_most_and_a_link_to_all(make_site: MakeSite):
    files = {f"content/tools/t{n}.md": tool(f"Tool {n}") for n in range(1, 6)}
    html = below(load(make_site({"content/articles/a.md": article(), **files})).render("/articles/a/").decode())
    assert [f">Tool {n}</a>" in html for n in range(1, 6)] == [True, True, True, False, False]
    assert '<a href="../../tools/">All 5 featured tools</a>' in html


def test_the_newsletter_can_be_had_below_an_article(make_site: MakeSite):
    files = {"content/articles/a.md": article(language="de"), "mkdocs.yml": NEWSLETTER}
    html = load(make_site(files)).render("/articles/a/").decode()
    assert '<form action="https://mail.example.org/join" method="post">' in below(html)
    assert "form-action &#39;self&#39; https://mail.example.org" in html or "form-action 'self' https://mail" in html


def test_without_tools_and_newsletter_there_is_neither(make_site: MakeSite):
    html = load(make_site({"content/articles/a.md": article()})).render("/articles/a/").decode()
    assert "Featured tools" not in html
    assert "<form" not in html


def test_who_is_mentioned_stands_near_the_title_and_once(make_site: MakeSite):
    """The first eight at once; of more, the others unfold."""
    names = [f"e{n}" for n in range(10)]
    files = {f"content/entities/{name}.md": entity(name.upper()) for name in names}
    files["content/articles/a.md"] = article(entities=[*names, "to-come"])
    html = load(make_site(files)).render("/articles/a/").decode()
    head, _, rest = html.partition('<div class="sb-body"')
    assert [html.count(f">E{n}</a>") for n in range(10)] == [1] * 10
    assert all(f">E{n}</a>" in head for n in range(10))
    assert "<summary>2 more</summary>" in head
    assert '<span class="sb-missing">to come</span>' in head
    assert "/entities/" not in rest.partition("<footer")[0]


def test_read_next_follows_the_source(make_site: MakeSite):
    files = {"content/articles/a.md": article(similar=[{"to": "b", "why": "b goes on", "kind": "follow-up"}])}
    html = load(make_site({**files, "content/articles/b.md": article("B")})).render("/articles/a/").decode()
    source, following = html.index('class="sb-source"'), html.index("<h2>Read next</h2>")
    assert source < following
    assert "<section" not in html[source:following].partition("</section>")[2].replace('<section class="sb-next">', "")
    assert "<p>Follow-up · b goes on</p>" in html[following:]
