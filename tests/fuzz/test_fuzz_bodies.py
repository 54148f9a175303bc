"""Bodies of any form: every way to write a link with every kind of target, and pieces of Markdown and HTML in any order."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.fuzzing import hold, sized, sound_site
from tests.helpers.site import article

pytestmark = pytest.mark.fuzz

TARGETS: Final = (
    "", "a", "a.md", "b.md", "./b.md", "../articles/b.md", "../topics/t.md", "../topics/t", "t", "topics/t", "/articles/b/", "/articles/b.md", "b/", "B.md", "b.MD",
    "b.html", "../../x", "../../../../etc/passwd", "/etc/passwd", "//example.org/x", "///x", "\\\\x", "https://example.org/", "https://", "http://[::1", "http://[v1.x]/",
    "HTTP://é.example/ü", "https://example.org:99999/", "https://u:p@h/", "https:x", "javascript:alert(1)", "JaVa\tScript:x", "data:text/html,x", "mailto:a@b", "tel:1", "x:y",
    "file:///etc/passwd", "vbscript:x", "%", "%zz", "%00", "%2e%2e/%2e%2e/x", "a%2Fb", "b%2Emd", "%C3%A9.md", "%FF.md", "é.md", "e\u0301.md", "a b.md", "<a b.md>", "a\\ b.md",
    "(b.md)", "a(b)c", "a)b", "b.md 'title'", 'b.md "ti"tle"', "b.md (t)", "*b.md*", "{b.md}", "[b.md]", "`b.md`", "$b$", "&amp;", "&#0;", "&#x0;", "&#1;", "&#xD800;", "&#x110000;",
    "😀.md", "\u202eb.md", "\u200bb.md", "ſ.md", "İ", "x" * 300, "../" * 50 + "x", "./" * 50 + "b.md", "articles", "topics/", "index.md", "../index.md", "CON.md", "nul", "a:b",
    "p.png", "../assets/p.png", "p.png?x", "missing.png", "?q", "?", "about", "../pages/about.md", "o", "../entities/o.md", "../tools/l.md", "nobody", "feed.xml", "/feed.xml", "/",
)  # fmt: skip
FRAGMENTS: Final = (
    "",
    "#",
    "#part",
    "#Part",
    "#%70art",
    "#no",
    "#é",
    "#a b",
    "#%",
    "#%00",
    "##",
    "#part#part",
    "#^x",
    "#:~:text=x",
    "?x#part",
    "|x",
    "|",
    "#part|x",
    "|[[b]]",
    "!",
)
FORMS: Final = (
    "[x]({})", "[x](<{}>)", "![x]({})", "![]({})", '[x]({} "t")', "[x][r]\n\n[r]: {}", "[r]\n\n[r]: <{}> 'x'", "[x]: {}", "<{}>", "[[{}]]", "[[{}|x]]", "![[{}]]", "[[{}#part]]",
    "[[topic:{}]]", "[[ {} ]]", '<a href="{}">x</a>', "<a href={}>x</a>", "<a href='{}'", '<img src="{}" alt="x">', '<img src="{}" srcset="{} 2x, {}">', "<video src='{}' poster='{}'></video>",
    "<a name='{}'></a>", "<a id='{}'></a>", "`[[{}]]`", "    [[{}]]", "```\n[x]({})\n```", "~~~ {}\nx\n~~~", "[![x]({})]({})", "[a [b]({})]({})", "# [[{}]]", "| [[{}]] | x |\n|---|---|\n| [x]({}) | y |",
    "- [ ] [[{}]]\n- [x] [x]({})", "> [[{}]]", "> [!note] {}\n> x", "^[{}]", "x[^1]\n\n[^1]: [[{}]]", "*[{}]: x", "{{< figure src='{}' >}}", "{{% x {} %}}", "{{{{ {} }}}}", "%%{}%%", "<!-- {} -->",
    "<!-- private: [[{}]] -->", "\\[x]({})", "[x]\\({})", "[x] ({})", "[x\n]({})", "[x](\n{})", "[x]({}){{: .y #z}}", "$[x]({})$", "$${}$$", "\\({}\\)", "{}", "www.{}", "==[[{}]]==", "~~[x]({})~~", "<{}", "&{};", "@{}",
    '--8<-- "{}"', "!!! note \"{}\"\n    [[{}]]", '=== "{}"\n    x', "<details><summary>{}</summary>[x]({})</details>", "<iframe src='{}'></iframe>", "<svg><a xlink:href='{}'/></svg>", "<math>{}</math>", "[toc]\n{}",
)  # fmt: skip
PIECES: Final = (
    "# A", "## A", "## A {#part}", "###### A\n# B", "A\n===", "A\n---", "---", "***", "- a\n    - b\n\n\tc", "1. a\n1) b", "> a\n>> b", "    code", "```python\nx\n```", "```", "~~~~", "````\n```\n````", "```{.py #x .y}\n",
    "| a |\n|--|\n| b | c |", "|a\n|-", "<div>", "</div>", "<div markdown>\n*x*\n</div>", "<p>", "<table><tr>", "<script>x</script>", "<style>", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "?>", "<!DOCTYPE x>", "<br", "</",
    "*", "**", "_", "***a**b*", "[", "]", "![", "[]()", "[](", "[^1]", "[^1]: x\n    y", "&lt;", "&nope;", "&#8;", "&#xFFFE;", "\\", "\\\\", "$", "$$\\frac{$$", "$\\begin{x}$", "\\(", "{{", "}}", "{%", "%}", "{: .x }", "{: #part }",
    "Term\n: Definition", "*[HTML]: x", "++a++", "^a^", "~a~", ":smile:", ":no_such:", "(c)", "--", "...", '"a"', "<mark>", "<kbd>", "http://example.org/_x_", "a@b.example", "\u2028", "\u00ad", "\ufeff", "\u202e", "😀", "e\u0301", "ﷺ" * 20,
    "x  \ny", "x\\\ny", "\x0b", "\x0c", "\t", "\r", "\x02r0\x03", "\x02styles\x03", "\x02", "klzzwxh:0001", "wzxhzdk:0", "STX0ETX", "<a id=part>", "<h2 id=part>x</h2>", "<<<<<<< HEAD", "=======", ">>>>>>> x", "x" * 2000, "<b>" * 60, "[" * 60, "> " * 60, "* " * 60,
)  # fmt: skip

links = st.builds(
    lambda form, target, fragment: form.replace("{}", target + fragment),
    st.sampled_from(FORMS), st.sampled_from(TARGETS) | st.text(max_size=12), st.sampled_from(FRAGMENTS),
)  # fmt: skip
bodies = st.lists(
    st.tuples(
        links | st.sampled_from(PIECES) | st.text(max_size=30),
        st.sampled_from(["\n", "\n\n", " ", "", "\n    ", "\n> ", "\n- "]),
    ),
    max_size=12,
).map(lambda pairs: "".join(piece + end for piece, end in pairs))
EXTENSIONS: Final = (
    "", "markdown_extensions: [toc]\n", "markdown_extensions: [extra, admonition, toc: {permalink: true}]\n",
    "markdown_extensions: [pymdownx.extra, pymdownx.superfences, pymdownx.tabbed, pymdownx.details, pymdownx.arithmatex, pymdownx.magiclink, pymdownx.tasklist, footnotes]\n",
    "markdown_extensions: [codehilite, smarty, wikilinks, sane_lists, nl2br, meta, legacy_attrs, legacy_em]\n", "markdown_extensions: [pymdownx.snippets: {check_paths: true}]\n",
)  # fmt: skip


@sized(12)
@given(
    body=bodies,
    where=st.sampled_from(
        ["articles/a", "articles/c", "topics/t", "entities/o", "tools/l", "pages/about", "pages/index"]
    ),
    extensions=st.sampled_from([""] * 5 + list(EXTENSIONS)),
)
def test_any_body_is_published_or_reported(body, where, extensions):
    tree = sound_site()
    tree["mkdocs.yml"] += extensions
    name = f"content/{where}.md"
    front = (
        tree[name].rpartition("---\n")[0] + "---\n"
        if name in tree
        else article("C", "")
        if "articles" in where
        else "---\ntitle: Home\n---\n"
    )
    tree[name] = front + body
    tree["content/articles/p.png"] = {"base64": "iVBORw0KGgoAAAANSUhEUgAAAAMAAAAC"}
    hold(tree)
