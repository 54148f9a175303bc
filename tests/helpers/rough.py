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
    "tags": """\
Replace <your_name> by yours, <ns:tag> too, <a.b>, Map<key_type,value>, <T>; if a <b and c> d; a <script>, a <title>.

<Thing a="1">thing</Thing> <o:p></o:p> <my-card a="b">card</my-card> <your-name> <?php echo 1 ?> </b> </Thing>

<svg><path d="M0 0"/><title>ico</title></svg> <noscript><img src="x.png" alt="x"></noscript> <button>push</button>

<div><select><option>one</option></select> <b>never closed</div>

[[!toc]] and [[!toggle text="these changes"]], <see [this](http://e.org/)>, <textarea><b>text</textarea>
""",
    "places": """\
<a name="old"></a>Old. <a name="b c">Two</a> <a name="old">Three</a> [to it](#old) <a href="http://e.org/" id="k"></a>

<a name="heading"></a>

## Heading

<span id="s"><div>block</div></span> <a id="t" href="http://e.org/"><details><summary>fold</summary></details></a>
""",
    "unnamed": """\
<a class="c" href="http://e.org/1"></a> <a href="http://e.org/2"><span></span></a> [![](x.png)](http://e.org/3)

<h2><br><br></h2>

## ![](x.png)

<h2 id="place"></h2>

<table><tr><th scope="row"><br></th><td>cell</td></tr></table>

<details><summary> </summary>folded</details>

<section>part</section> <section><section><h2>Section</h2></section></section>

[![](http://i.org/x.svg)](http://e.org/4) [![](http://i.org/y.svg)](http:///x) [bad](https://e.org../x) Ko\u0308rper
""",
    "more-tables": """\
<table><tfoot><tr><td>foot</td></tr></tfoot><caption>Cap</caption><tbody><tr><td>body</td></tr></tbody>
<caption>More</caption><thead><tr><td>head</td></tr></thead><thead><tr><td>again</td></tr></thead></table>

<table><colgroup><col><col></colgroup><tr><td colspan="2">wide</td></tr></table>

<table><tr><td rowspan="2" colspan="2">a</td><td rowspan="2">b</td></tr><tr></tr><tr><td>c</td><td>d</td></tr></table>

<table><tr><td>a</td><td rowspan="2">b</td><td>c</td></tr><tr><td colspan="3">d</td></tr></table>

<pre><ul><li>item</li></ul></pre>
""",
}
"""Name -> Markdown."""

FORMULAS: Final = r"""
A ferry at $v = 3$ takes \(t = \frac{s}{v}\); a ticket costs $5 to $10. **$x_1 * y_2*z$** [with $q$](http://e.org/)
In a line $s = s_1 + s_2 + s_3 + s_4 + s_5 + s_6 + s_7 + s_8 + s_9 + s_{10} + s_{11} + s_{12}$ is wide.

$$
\mathbf{A} = \begin{bmatrix} a_{11} & \cdots & a_{1n} \\ \vdots & \ddots & \vdots \\ a_{m1} & \cdots & a_{mn}
\end{bmatrix},
\quad \sum_{i=1}^{n}\sum_{j=1}^{m} x_{ij} + \underbrace{y_{ij} + z_{ij}}_{\text{the rest}}
+ \overline{AB} + \boxed{x = 1}
$$

## The rule of $\hat{p}$

\begin{align}
  \nabla \cdot \mathbf{E} &= \frac{\rho}{\varepsilon_0} \label{gauss} \\
  f(x) &= \begin{cases} x^2 & \text{if } x \ge 0 \\ \color{red}{-x} & \text{otherwise} \end{cases}
\end{align}

\begin{align} a &= b \label{gauss} \end{align}

> [!NOTE]
> As $\eqref{gauss}$ says:
>
> $$\vec{v} \cdot \underline{w} = \cancel{x} + \widehat{ABC} + \cfrac{1}{1+\cfrac{1}{2}} + \sqrt[3]{\raisebox{2pt}{x}}$$
>
> ```python
> def price(km: float) -> str:
>     # Of a ticket.
>     return f"${km * 0.2:.2f}"  # <rounded>
> ```

| sign | price |
|---|---|
| $P(A|B)$ | $5 |

$$\displaystyle x^{\begin{aligned} a &= b \\ c &= d \end{aligned}} \textcolor{blue}{y}
\begin{array}{c|c} a & b \\ \hline c & d \end{array}$$

```python title="ferry.py" hl_lines="2" linenums="1"
class Ferry:  # of the Arvel
    speed: float = 3.0  # m/s
    name = "North"
```

```diff
- old
+ new
```

```console
$ ferry --to north
12 minutes
```
"""
"""A body with formulas, code in several languages and a callout."""
