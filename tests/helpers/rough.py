"""Bodies that people really write: HTML of their own that no parser stops at and no standard allows."""

from typing import Final

ROUGH: Final = {
    "addresses": """\
[a](http://e.org/a|b) [b](http://e.org/?q={a}) [c](<http://e.org/a b>) [d](http://e.org/[x]) [f](http:///x)
[g](mailto:a b) [i](http://e.org/%zz) [j](http://e.org/a\\b) [l](https://müller.de/ü?x=ü#ü) [m](http://e.org/#a#b)
[n](http://e.org/`x`^) <http://e.org/"x"> [o](tel:+49 30 1) [s](http://e.org?x=<y>) [u](http://user:pa@ss@e.org/)
""",
    "ids": '<p id="a">x</p>\n<p id="a">y</p>\n<p id="b c">z</p>\n<p id="">w</p>\n\n## A\n',
    "lists": """\
<ul><ul><li>x</li></ul></ul>

<ul>text<p>p</p></ul>

<li>alone</li>

<dl><p>x</p><dt>a</dt></dl>

<dt>alone</dt>

<ol start="x" reversed><li value="b">q</li></ol>
""",
    "inline": """\
<span><div>x</div></span>

<b><p>para</p></b>

<h3><div>in h</div></h3>

<a href="http://e.org/"><div>block</div></a>

<pre><div>x</div></pre>

<sup><p>x</p></sup> [](http://e.org/)
""",
    "parts": """\
<details><p>x</p></details>

<details><p>x</p><summary>late</summary></details>

<summary>alone</summary>

<figure><p>a</p><figcaption>c</figcaption><p>b</p></figure>

<figcaption>alone</figcaption>

<ruby>a<rt>b</rt></ruby> <rt>x</rt> <ruby></ruby>

<details><summary><h3>Head</h3></summary>x</details>

<a href="http://e.org/"><details><summary>s</summary></details></a>
""",
    "tables": """\
<table><tr></tr><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>

<table><tr><td>a</td></tr><tr><td>c</td><td>d</td></tr></table>

<table><tr><td rowspan="3">a</td><td>b</td></tr><tr><td>c</td></tr></table>

<table><tr><td colspan="0">a</td><td colspan="x">b</td></tr></table>

<table><tr><td colspan="3">a</td></tr></table>

<table><tr><td rowspan="0">a</td><td rowspan="2" colspan="2">b</td></tr><tr><td>c</td></tr></table>

<table><p>x</p><tr><th scope="foo">a</th></tr></table>

|  | A |
|---|---|
| b | c |
""",
    "values": """\
<p lang="e_n">x</p>
<p dir="up">x</p>
<time datetime="yesterday">x</time> <time>June</time> <time datetime="2020-13-45">y</time> <time>2020</time>
<del datetime="foo">x</del> <ins datetime="2020-05-01">y</ins>
<input type="text"> <input type="checkbox" checked> <input type="checkbox">
<blockquote cite="not a url">x</blockquote>
<q cite="http://e.org/a b">x</q> <bdo>x</bdo> <bdo dir="auto">y</bdo>
<a hreflang="x_y" href="http://e.org/">x</a>
""",
    "headings": """\
#### Deep first

## Then two

##### Five

#

# One

###### six

<h4></h4>

> ## In quote

- #### In list
""",
}
"""Name -> Markdown."""
