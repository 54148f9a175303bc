"""A page as Markdown says what the page says, with links that lead somewhere."""

from pathlib import Path

from tests.helpers.site import MakeSite, article, document, entity, load, topic

BODY = """\
See [the other](b.md#part), [one more][ref], [[b]], [[b|said *so*]] and [[nobody]].
<!-- a note to myself -->
%%
a note to [[b|myself]]

%%
%%and a note to myself%%[the same](b.md) `%%x%%`
```
[[b]] <!-- stays -->
```

| A | B |
| - | - |
| [[b|in a cell]] | [[b|]] |

In [[b|two
lines]] and [[b#the
part]].
Also [outside](https://example.net/) and ![a chart](chart.png).

[ref]: b.md
"""


def twin(root: Path, url: str) -> str:
    """The text of a twin."""
    return load(root).render(url).decode()


def test_references_lead_where_the_page_leads(make_site: MakeSite):
    root = make_site(
        {
            "content/articles/a.md": article("A", BODY),
            "content/articles/b.md": article("The *B*", "## Part\n\nText.\n\n## The part\n\nText.\n"),
            "content/articles/chart.png": b"\x89PNG\r\n\x1a\n",
        }
    )
    text = twin(root, "/articles/a/index.md")
    assert text.startswith("# A\n\nAbout A.\n\n- 2026-06-03\n- Source: A paper\n")
    place = "https://example.org/x/y"
    other = f"{place}/articles/b/"
    first = f"See [the other]({other}#part), [one more][ref], [The \\*B\\*]({other}), [said *so*]({other}) and "
    assert f"{first}[nobody]({place}/wanted/#article-nobody)." in text
    assert "note to" not in text
    assert f"\n| [in a cell]({other}) | [The \\*B\\*]({other}) |\n" in text
    assert f"\nIn [two\nlines]({other}) and [The part]({other}#the-part).\n" in text
    assert f"\n[the same]({other}) `%%x%%`\n" in text
    assert "```\n[[b]] <!-- stays -->\n```" in text
    assert f"![a chart]({place}/articles/chart.png)" in text
    assert f"[ref]: {place}/articles/b/" in text
    assert "- Mentioned in: [A](" in twin(root, "/articles/b/index.md")
    assert twin(root, "/articles/b/index.md").startswith("# The \\*B\\*\n")


def test_every_document_with_a_page_has_one_and_unlisted_ones_have_none(make_site: MakeSite):
    site = load(
        make_site(
            {
                "content/articles/a.md": article(
                    "A", topics=["t"], entities=["e"], similar=[{"to": "b", "why": "Because."}]
                ),
                "content/articles/b.md": article("B"),
                "content/articles/hidden.md": article("H", unlisted=True),
                "content/topics/t.md": topic("T"),
                "content/entities/e.md": entity("E", same_as=["https://example.net/e"]),
                "content/pages/p.md": document("Text.\n", title="P"),
            }
        )
    )
    made = sorted(url for url in site.routes.all() if url.endswith("index.md"))
    assert made == [
        "/articles/a/index.md",
        "/articles/b/index.md",
        "/entities/e/index.md",
        "/p/index.md",
        "/topics/t/index.md",
    ]
    assert "## Read next\n\n- [B](https://example.org/x/y/articles/b/): Because.\n" in site.render(made[0]).decode()
    assert "## 1 article\n\n- 2026-06-03 [A](" in site.render("/topics/t/index.md").decode()
    assert "- Organisation\n- <https://example.net/e>\n" in site.render("/entities/e/index.md").decode()
    for url in ("/articles/a/", "/topics/t/", "/p/"):
        assert b'<link rel="alternate" type="text/markdown" href="index.md">' in site.render(url)
    assert b"text/markdown" not in site.render("/articles/hidden/")


def test_without_an_address_links_are_relative(make_site: MakeSite):
    root = make_site(
        {
            "mkdocs.yml": "site_name: S\ndocs_dir: content\ntheme: site_builder\nplugins: [site_builder]\n",
            "content/articles/a.md": article("A", "[b](b.md)\n"),
            "content/articles/b.md": article("B"),
        }
    )
    assert "[b](../b/)" in twin(root, "/articles/a/index.md")
