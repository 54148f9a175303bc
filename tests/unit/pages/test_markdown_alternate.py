"""A page as Markdown says what the page says, with links that lead somewhere."""

from pathlib import Path

import pytest

from tests.helpers.site import MKDOCS_YML, MakeSite, article, document, entity, load, topic
from tests.helpers.sites import png

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
            "content/articles/chart.png": png(1, 1),
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


P = "https://example.org/x/y/articles/p/"
Q = "https://example.org/x/y/articles/q_r/"
EXTENSIONS = "markdown_extensions: [toc, tables, fenced_code, footnotes, attr_list, md_in_html]\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (r"\[x](p.md), [y\](p.md), \[[p]], [a](p.md)", rf"\[x](p.md), [y\](p.md), \[[p]], [a]({P})"),
        (r"\\[z](p.md) \`[x](p.md)\` `[y](p.md)`", rf"\\[z]({P}) \`[x]({P})\` `[y](p.md)`"),
        ("``[[p]] ` `` [[p|a]] `[x](p.md)", f"``[[p]] ` `` [a]({P}) `[x]({P})"),
        ("<pre>[x](p.md)</pre>\n\n[a](p.md)", f"<pre>[x](p.md)</pre>\n\n[a]({P})"),
        ("<code>[x](p.md)</code> <kbd>[y](p.md)</kbd>", f"<code>[x]({P})</code> <kbd>[y]({P})</kbd>"),
        ("<p>[x](p.md) <a href=p.md>y</a></p>", f"<p>[x](p.md) <a href={P}>y</a></p>"),
        ("Text:\n\n    [x](p.md)\n    [[p]]\n\n[a](p.md) [[p|b]]", f"    [x](p.md)\n    [[p]]\n\n[a]({P}) [b]({P})"),
        ("- i\n\n  ```\n  [x](p.md)\n  ```\n\n  [a](p.md)", f"- i\n\n  ```\n  [x](p.md)\n  ```\n\n  [a]({P})"),
        ("> ```\n> [x](p.md)\n> ```\n> [a](p.md)", f"> ```\n> [x](p.md)\n> ```\n> [a]({P})"),
        ("~~~~\n~~~\n[x](p.md)\n~~~~\n[a](p.md)", f"~~~~\n~~~\n[x](p.md)\n~~~~\n[a]({P})"),
        ("[a](<p.md> 'T') [b]( p.md \"T\") href=p.md", f"[a](<{P}> 'T') [b]( {P} \"T\") href=p.md"),
        ("[p.md](p.md) p.md (p.md)", f"[p.md]({P}) p.md (p.md)"),
        ("[a][s] [s]\n\n```\n[s]: p.md\n```\n\n[s]: <p.md>", f"[a][s] [s]\n\n```\n[s]: p.md\n```\n\n[s]: <{P}>"),
        (r"[x](q\_r.md) `[y](q_r.md)` [z](q_r.md)", f"[x]({Q}) `[y](q_r.md)` [z]({Q})"),
        ("[x](p.md?a=1&amp;b=2) `p.md?a=1&b=2`", f"[x]({P}) `p.md?a=1&b=2`"),
        ("| A | B |\n|---|---|\n| [[p|x]] | `[[p|x]]` |", f"| A | B |\n|---|---|\n| [x]({P}) | `[[p|x]]` |"),
        ("A[^1].\n\n[^1]: See [[p|x]].\n\n[[p|y]]", f"A[^1].\n\n[^1]: See [x]({P}).\n\n[y]({P})"),
        ("> [!NOTE]\n> [x](p.md)\n\n!!! note\n    [y](p.md)", f"> [!NOTE]\n> [x]({P})\n\n!!! note\n    [y]({P})"),
        ("<!-- [x](p.md)\n\n    [x](p.md)\n-->\n\n[a](p.md)", f"[a]({P})"),
        ("%%[x](p.md)%%[a](p.md) %%[[p]]%%[[p|b]]", f"[a]({P}) [b]({P})"),
        ("`<!-- a -->`\n\n    <!-- b -->\n\nEnd<!-- c -->", "`<!-- a -->`\n\n    <!-- b -->\n\nEnd"),
        ("[a **b** [c]](hidden.md 'T'), [[hidden|*d*]] `[a](hidden.md)`", "a **b** [c], *d* `[a](hidden.md)`"),
    ],
)  # fmt: skip
def test_what_only_looks_like_a_link_stays_as_written(make_site: MakeSite, written: str, expected: str):
    root = make_site(
        {
            "mkdocs.yml": MKDOCS_YML + EXTENSIONS,
            "content/articles/a.md": article("A", f"{written}\n"),
            "content/articles/p.md": article("P"),
            "content/articles/q_r.md": article("Q"),
            "content/articles/hidden.md": article("H", status="draft"),
        }
    )
    assert f"\n{expected}\n" in twin(root, "/articles/a/index.md")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Words.\n\n[//]: # (a note)\n\nMore.", "Words.\n\n\n\nMore."),
        ('Words.\n\n[note]: <> "a note"\n\nMore.', "Words.\n\n\n\nMore."),
        ("Words.\n\n```\ncode\n\n<!-- a note -->\n", "Words.\n\n```\ncode"),
        ("See [it][n].\n\n[n]: held.md\n\nMore.", "See it.\n\n\n\nMore."),
        (
            "See [it][held] and [that][Held].\n\n[held]: <held.md>\n  'A title'\n\nMore.",
            "See it and that.\n\n\n\nMore.",
        ),
        ("- See [it][held]\n\n> [held]: held.md\n\nMore.", "- See it\n\n\n\nMore."),
        ('See <a href="held.md">it</a>.', 'See <a href="#">it</a>.'),
        ("```\n[//]: # (code)\n```", "```\n[//]: # (code)\n```"),
    ],
)
def test_what_the_page_leaves_out_is_left_out(make_site: MakeSite, written: str, expected: str):
    held = article("Held", status="draft")
    root = make_site({"content/articles/a.md": article("A", written), "content/articles/held.md": held})
    assert twin(root, "/articles/a/index.md").split("\n\n", 3)[3].strip().startswith(expected)
    assert "held.md" not in twin(root, "/articles/a/index.md")


def test_so_it_does_in_topics_entities_and_pages(make_site: MakeSite):
    body = "`[x](../articles/p.md)` [a](../articles/p.md) \\[[p]] [[p|b]]\n"
    root = make_site(
        {
            "content/articles/p.md": article("P"),
            "content/topics/t.md": topic("T", body),
            "content/entities/e.md": entity("E", body),
            "content/pages/g.md": document(body, title="G"),
        }
    )
    for url in ("/topics/t/", "/entities/e/", "/g/"):
        assert f"`[x](../articles/p.md)` [a]({P}) \\[[p]] [b]({P})\n" in twin(root, f"{url}index.md")


def test_a_file_that_changed_meanwhile_keeps_what_it_says(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", "[x](p.md)\n"), "content/articles/p.md": article("P")})
    site = load(root)
    (root / "content/articles/a.md").write_text(article("A", "Now [x](p.md)\n"), encoding="utf-8")
    assert "Now [x](p.md)\n" in site.render("/articles/a/index.md").decode()


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


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("A <b onclick='mark()'>word</b>.", "A <b>word</b>."),
        ('<p\n class="wide" onclick="mark()"\n>Text</p>', '<p\n class="wide">Text</p>'),
        ("A <script>mark</script> word.", "A  word."),
        ("<script>\nmark\n</script>\n\nText.", "Text."),
        ("<style>mark</style>\n\nText.", "Text."),
        ("<svg><desc>mark</desc></svg> and <template><p>mark</p></template>.", " and ."),
        ("Text.\n\n<video src='mark.mp4'>", "Text."),
        ("<iframe title='mark'>A <b>frame</b></iframe>", "A &lt;b&gt;frame&lt;/b&gt;"),
        ("<x-mark data-x='mark'>Text</x-mark>", "Text"),
        ("Text\n{: .wide onclick=mark() }", "Text\n{: .wide }"),
        ("# The ` key\n<!-- mark -->\n# and ` more", "# The ` key\n\n# and ` more"),
        ("# The ` key\n<script>mark</script>\n# and ` more", "# The ` key\n\n# and ` more"),
        ("    ```\n<!-- mark -->\n    ```", "    ```\n\n    ```"),
        ("[]: # (mark)\n\nText.", "Text."),
        ("- a\n\n    [//]: # (mark)\n\nText.", "- a\n\n\n\nText."),
        ("> [//]: # (mark)\n\nText.", "Text."),
        ("[nobody]: https://x.example/mark\n\nText.", "Text."),
        ("*[UNUSED]: mark\n\nText.", "Text."),
    ],
)
def test_what_cleaning_takes_is_left_out(make_site: MakeSite, written: str, expected: str):
    root = make_site({"content/articles/a.md": article("A", f"First.\n\n{written}\n\nLast.\n")})
    text = twin(root, "/articles/a/index.md")
    between = text[text.index("First.") + 6 : text.index("Last.")]
    assert between.strip("\n") == expected.strip("\n")


@pytest.mark.parametrize(
    "written",
    [
        "`<b onclick='x()'>` and ``<script>x</script>``",
        "```html\n<b onclick='x()'>\n<!-- shown -->\n[//]: # (shown)\n```",
        "    <script>x</script>\n    <!-- shown -->",
        "> ```\n> <b onclick='x()'>\n> ```",
        "- item\n\n    ```\n    <script>x</script>\n    ```",
        '<details open><summary>More</summary>\n\n<b title="x">text</b>\n\n</details>',
        '<div markdown="1">\n\n*text*\n\n</div>',
        "Use `<b` and `</b>`, Map<K,V>, a < b and c > d.",
        r"An escaped \<b title='x'>tag</b>.",
        "See [x][y] and [Y].\n\n[y]: https://x.example/a_(b)\n  'A title'",
        "The HTML.\n\n*[HTML]: Hypertext *Markup* Language",
        "The set { a = b } and `{: .x onclick=y}`.",
        "Text\n{: .wide #part }",
    ],
)
def test_what_the_page_shows_stays_as_written(make_site: MakeSite, written: str):
    root = make_site({"content/articles/a.md": article("A", f"First.\n\n{written}\n\nLast.\n")})
    assert f"First.\n\n{written}\n\nLast." in twin(root, "/articles/a/index.md")
