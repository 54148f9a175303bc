"""Made-up Markdown of every kind, deterministic: what begins lines, what stands in them, and what separates them."""

import random
from collections.abc import Iterator
from typing import Final

_STARTS: Final = [
    *[""] * 8,
    *(
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "٣. ",
        "10. ",
        "-",
        "1.",
        "# ",
        "## ",
        "####### ",
        "#",
        "> ",
        ">",
        "> - ",
        "> # ",
    ),
    *("    ", "  ", "      - ", "\t", "   1. ", "     ", "    > ", "   # ", "    !!! note\n", "        "),
    *("!!! note\n    ", '!!! tip "T"\n\n    ', "??? warning\n    ", "???+ info\n    ", '=== "A"\n    ', "!!!", "???"),
    *("> [!NOTE]\n> ", "> [!tip]- T\n> ", ": ", ":   ", "Term\n: ", ":", "| ", "a | b\n- | -\n", "|a|\n|-|\n|"),
    *("---", "***", "_ _ _", "- - -", "===", "---\n", "=", "```\n", "~~~ python\n", "```", "    ```\n", "$$\n"),
    *(
        "[a]: /b ",
        "[a]:\n/b\n",
        "[^1]: ",
        "[^n]:\n    ",
        "*[HTML]: ",
        "[",
        "[TOC]",
        "[^",
        "*[",
        "<div>",
        "</div>\n",
        "<b>",
    ),
    *("\u00a0", "\u2003- ", "“", "é", "\\- ", "\\# ", "&", "{: #i .c }", "{ .c }", "<!-- c -->", "- [ ] ", "- [x] "),
]
_TEXTS: Final = [
    *("word", "two words", "A sentence. Another one!", "a | b", "a - b", "x", "", " ", "  ", "Überschrift", "水", "1"),
    *("*e*", "**s** _e_", "`code`", "``a`b``", "[l](m.md)", '[l](m.md "t")', "[a]", "[a][]", "[x][a]", "![p](q.png)"),
    *("[[w]]", "[[w|t]]", "![[e.png]]", "[[!d]]", "<https://o.p>", "<m@n.o>", "www.t.u", "https://v.w/x", "a@b.c"),
    *("&amp; &copy;", "\\*", "a\\\nb", "a  \nb", "~~q~~", "==r==", ":tada:", "++s++", "++ctrl+a++", "[^1]", "[^n]"),
    *("HTML", "$x$", "<b>n</b>", "<i>", "{: .c }", "{ #k }", "-> a", "#", "!", "?", "| a | b |", "--", "a\tb", "}}"),
]
_ENDS: Final = ["\n", "\n", "\n\n", "\n\n", "\n\n", "\n\n\n", "\n \n", " \n", "\r\n", "  \n"]


def made_texts(count: int, seed: int = 1) -> Iterator[str]:
    """Texts of one to twelve lines, or of a few more where a beginning has several."""
    choose = random.Random(seed)
    for _ in range(count):
        lines = choose.randint(1, 12)
        yield "".join(
            choose.choice(_STARTS) + " ".join(choose.choices(_TEXTS, k=choose.randint(1, 3))) + choose.choice(_ENDS)
            for _ in range(lines)
        )
