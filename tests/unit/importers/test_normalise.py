"""A page's tree made plain: code, formulas, hidden text, marks in headings."""

import pytest

from site_builder.importers.read.html.html_blocks import blocks_of, words
from site_builder.importers.read.html.html_to_markdown import markdown_of
from site_builder.importers.read.html.normalise import make_plain
from site_builder.importers.read.html.page_tree import parse_tree, text_of

CODE = "def close(gate):\n    if gate.level > 3:\n        return True\n    return False"
LINES = CODE.split("\n")


def escaped(line: str) -> str:
    return line.replace(">", "&gt;")


def lines(template: str, between: str = "") -> str:
    return between.join(template.format(n=n, line=escaped(line)) for n, line in enumerate(LINES, 1))


@pytest.mark.parametrize(
    "html",
    [
        f"<pre>{escaped(CODE)}</pre>",
        f"<pre><code class='language-python'>{escaped(CODE)}</code></pre>",
        f"<figure><pre>{escaped(CODE)}</pre></figure>",
        f"<pre>{'<br>'.join(escaped(line) for line in LINES)}</pre>",
        f"<pre><code>{lines('<div>{line}</div>')}</code></pre>",
        f"<pre><code>{lines('<div class=line>{line}</div>', chr(10))}</code></pre>",
        f"<pre><code>{lines('<span class=line>{line}</span>', chr(10))}</code></pre>",
        f"<pre><code>{lines('<span class=line>{line}</span>')}</code></pre>",
        f"<pre>{lines('<code data-line>{line}</code>')}</pre>",
        f"<pre>{lines('<span class=line>{line}</span><br>')}</pre>",
        f"<pre><code>{lines('<span class=token-line><span>{line}</span><br></span>')}</code></pre>",
        f"<div class='view-lines'>{lines('<div class=view-line><span>{line}</span></div>')}</div>",
        f"<ol class='linenums'>{lines('<li class=L{n}><code>{line}</code></li>')}</ol>",
        f"<textarea class='code' rows='4'>{escaped(CODE)}</textarea>",
        f"<textarea readonly>{escaped(CODE)}</textarea>",
        f"<p>{'<br>'.join(f'<code>{escaped(line)}</code>' for line in LINES)}</p>",
        f"<pre>{lines('<span class=linenos>{n}</span>{line}', chr(10))}</pre>",
        f"<pre><button>Copy</button>{escaped(CODE)}</pre>",
        f"<xmp>{CODE}</xmp>",
        f"<div class='highlight'>{lines('<div class=line>{line}</div>')}</div>",
        f"<div class='CodeMirror-code'>{lines('<div class=CodeMirror-line>{line}</div>')}</div>",
        f"<p><code>{'<br>'.join(escaped(line).replace(' ', '&nbsp;') for line in LINES)}</code></p>",
        (
            "<table class='highlighttable'><tr><td class='linenos'><pre>1\n2\n3\n4</pre></td>"
            f"<td class='code'><pre>{escaped(CODE)}</pre></td></tr></table>"
        ),
        "<table class='highlight'>"
        + lines("<tr><td class='blob-num' data-line-number='{n}'></td><td class='blob-code'>{line}</td></tr>")
        + "</table>",
        "<pre><code><table class='hljs-ln'>"
        + lines("<tr><td class='hljs-ln-numbers' data-line-number='{n}'></td><td class='hljs-ln-code'>{line}</td></tr>")
        + "</table></code></pre>",
        "<pre><code>"
        + lines("<div class='ec-line'><div class='gutter'><div class='ln'>{n}</div></div><div>{line}</div></div>")
        + "</code></pre>",
    ],
)
def test_code_keeps_its_lines_and_spaces(html):
    root = parse_tree(f"<body><p>Before.</p>{html}<p>After.</p></body>")
    assert markdown_of(root) == f"Before.\n\n```\n{CODE}\n```\n\nAfter."


@pytest.mark.parametrize(
    "html",
    [
        "<p>Run <code>a b</code> now.</p>",
        "<p><code>one</code></p>",
        "<ul><li><code>a</code></li><li><code>b</code></li></ul>",
        "<table><tr><td>1</td><td>Oslo</td></tr><tr><td>2</td><td>Rome</td></tr></table>",
    ],
)
def test_what_is_no_block_of_code(html):
    assert "```" not in markdown_of(parse_tree(f"<body>{html}</body>"))


@pytest.mark.parametrize(
    ("math", "tex"),
    [
        ("<math><mi>L</mi><mo>=</mo><mn>3</mn></math>", "$L = 3$"),
        ("<math><mfrac><mi>a</mi><msqrt><mi>b</mi></msqrt></mfrac></math>", r"$\frac{a}{\sqrt{b}}$"),
        ("<math><msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup></math>", "$x_{i}^{2}$"),
        ("<math><mover><mi>v</mi><mo>→</mo></mover></math>", r"$\vec{v}$"),
        (
            "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover></math>",
            r"$\sum_{i = 1}^{n}$",
        ),
        (
            (
                "<math><semantics><mrow><mi>E</mi></mrow><annotation encoding='application/x-tex'>E=mc^2</annotation>"
                "</semantics></math>"
            ),
            "$E=mc^2$",
        ),
        ("<math alttext='a+b'><mi>a</mi></math>", "$a+b$"),
        (
            (
                "<span class='katex'><span class='katex-mathml'><math><semantics><mi>x</mi><annotation"
                " encoding='application/x-tex'>x_1</annotation></semantics></math></span><span class='katex-html'"
                " aria-hidden='true'>x1</span></span>"
            ),
            "$x_1$",
        ),
        ("<span class='MathJax'>x1</span><script type='math/tex'>x_1</script>", "$x_1$"),
        (
            (
                "<span class='mwe-math-element'><span style='display: none'><math alttext='y^2'></math></span>"
                "<img class='mwe-math-fallback-image-inline' alt='y^2'></span>"
            ),
            "$y^2$",
        ),
        ("<img class='latex' alt='\\alpha_1'>", r"$\alpha_1$"),
        ("<span class='katex'><span class='katex-html' aria-hidden='true'><b>L</b> = 3</span></span>", "L = 3"),
    ],
)
def test_formulas_become_tex(math, tex):
    assert markdown_of(parse_tree(f"<body><p>The loss is {math} for all.</p></body>")) == f"The loss is {tex} for all."


def test_a_displayed_formula_and_one_that_is_no_tex():
    root = parse_tree("<body><math display='block'><mi>a</mi><mo>&lt;</mo><mi>b</mi></math><math></math></body>")
    assert markdown_of(root) == r"$$a \lt b$$"


PROSE = "<p>" + " ".join(["A sentence about the harbour that is long enough to count as text."] * 4) + "</p>"


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<p>seen</p><p hidden>no</p>", "seen"),
        ("<p>seen</p><p style='DISPLAY : none'>no</p>", "seen"),
        ("<p style='--footer-display: none'>seen</p>", "seen"),
        ("<p>seen<span class='sr-only'>said aloud</span></p>", "seen"),
        ("<p>seen<span aria-hidden='true'>|</span></p>", "seen"),
        ("<div><template shadowrootmode='open'><p>seen</p></template></div><template>no</template>", "seen"),
    ],
)
def test_what_is_seen(html, seen):
    root = parse_tree(f"<body>{html}</body>")
    make_plain(root)
    assert text_of(root) == seen


HIDDEN = (
    "hidden",
    "style='display:none'",
    "aria-hidden='true'",
    "style='visibility: hidden'",
    "style='position:absolute; left:-9999px'",
    "style='text-indent: -999em'",
    "style='position:absolute; clip:rect(1px, 1px, 1px, 1px)'",
)


@pytest.mark.parametrize("how", HIDDEN)
def test_a_page_that_a_script_shows_is_seen(how):
    root = parse_tree(f"<body><nav>Home</nav><div {how}><h1>Title</h1>{PROSE}{PROSE}</div></body>")
    assert make_plain(root) == ()
    assert "harbour" in text_of(root)


@pytest.mark.parametrize(
    ("html", "count"),
    [
        (f"<div>{PROSE * 3}<div hidden>{PROSE}</div></div>", 1),
        (f"<div>{PROSE * 3}</div><div class='cookie-banner' hidden>{PROSE}</div>", 0),
        (f"<div>{PROSE * 3}</div><div role='dialog' hidden>{PROSE}</div>", 0),
        (f"<div>{PROSE * 3}<p hidden>short</p></div>", 0),
    ],
)
def test_hidden_paragraphs_between_seen_ones_are_told(html, count):
    assert len(make_plain(parse_tree(f"<body>{html}</body>"))) == count


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Outlook<a class='headerlink' href='#outlook' title='Link'>¶</a></h2>",
        "<h2><a href='#outlook'>#</a> Outlook</h2>",
        "<h2>Outlook <a class='anchor' href='#outlook'>Link to this heading</a></h2>",
        "<h2>Outlook<span class='mw-editsection'>[<a href='/w/index.php?title=X&amp;action=edit'>edit</a>]</span></h2>",
        "<div><h2>Outlook</h2><span class='mw-editsection'>[<a href='/w?action=edit'>Bearbeiten</a>]</span></div>",
        "<h2><a href='#outlook'>Outlook</a></h2>",
        "<h2>Outlook [<a href='/edit/3'>edit</a>]</h2>",
        "<h2><b>Outlook</b> [<a href='/w?action=edit'>edit source</a>]</h2>",
        "<div role='heading' aria-level='2'>Outlook</div>",
    ],
)
def test_headings_lose_the_marks_that_link_to_them(heading):
    root = parse_tree(f"<body>{heading}</body>")
    assert markdown_of(root).startswith("## ")
    assert "Outlook" in text_of(root)
    assert text_of(root) == "Outlook"


@pytest.mark.parametrize(
    "heading", ["<h2>Issue <a href='/issues/7'>#7</a></h2>", "<h2>C<a href='#c'>#</a> [draft]</h2>"]
)
def test_headings_keep_their_own_signs(heading):
    root = parse_tree(f"<body>{heading}</body>")
    make_plain(root)
    assert text_of(root).startswith(("Issue #7", "C"))


def test_menus_are_lists():
    root = parse_tree("<body><menu><li>Open the gate</li><li>Read the gauge</li></menu></body>")
    assert markdown_of(root) == "- Open the gate\n- Read the gauge"


def test_joiners_do_not_end_words_and_scripts_without_spaces_are_measured_in_words():
    assert words("co\u00adope\u200brate 12 Häuser") == ["cooperate", "12", "häuser"]
    (block,) = blocks_of(parse_tree("<p>港の水門</p>"))
    assert block.size == 2
