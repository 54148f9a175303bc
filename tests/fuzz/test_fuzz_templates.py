"""A site's own `templates/` of any form: broken, endless, of the wrong kind, and texts of the interface of any shape."""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.theme import theme_dir
from tests.helpers.fuzzing import as_entry, hold, sized, sound_site

pytestmark = pytest.mark.fuzz

NAMES: Final = sorted(
    p.relative_to(theme_dir()).as_posix()
    for p in theme_dir().rglob("*")
    if p.suffix in {".html", ".xml", ".txt", ".md", ".opml", ".yml"}
)
TEMPLATES: Final = [name for name in NAMES if not name.endswith(".yml")]
ENGLISH: Final = (theme_dir() / "words" / "en.yml").read_text(encoding="utf-8")
KEYS: Final = [line.partition(":")[0] for line in ENGLISH.splitlines() if line[:1].isalpha()]

TEXTS: Final = (
    "", " ", "x", "{{", "{{ }}", "{{ x }}", "{{ page }}", "{{ page.no_such }}", "{{ page.title.no_such.at_all }}", "{{ site.pages }}", "{{ site }}", "{{ t }}", "{{ t() }}", "{{ t('no_such') }}", "{{ t('day') }}",
    "{{ t(1) }}", "{{ t('day', day='{') }}", "{{ 1 / 0 }}", "{{ 1 // 0 }}", "{{ 2 ** 3 ** 9 % 7 }}", "{{ [][1] }}", "{{ {}.x }}", "{{ 'a' + 1 }}", "{{ 'x' | no_such }}", "{{ 'x' | int / 0 }}", "{{ 'x' is no_such }}", "{{ 'x' | day }}",
    "{{ none | iso }}", "{{ none | rfc822 }}", "{{ 1 | draw }}", "{{ 'x' | bibtex }}", "{{ 'x' | csl_json }}", "{{ 1 | sha256 }}", "{{ '\\ud800' | sha256 }}", "{{ '\\ud800' }}", "{{ '\\x00' }}", "{{ 'http://[' | origin }}", "{{ href() }}", "{{ href(1) }}",
    "{{ href('//[x') }}", "{{ href('\\ud800') }}", "{{ absolute(none) }}", "{{ html(page) }}", "{{ html(1) }}", "{{ markdown(1) }}", "{{ markdown(page) }}", "{{ structured() }}", "{{ more_styles() }}", "{{ more_styles(1) }}", "{{ url / 2 }}",
    "{% %}", "{% if %}", "{% if x %}", "{% endif %}", "{% for %}", "{% for a in 1 %}{% endfor %}", "{% for a in page %}{% endfor %}", "{% block a %}", "{% block a %}{% endblock %}{% block a %}{% endblock %}", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{% macro f(x) %}{{ caller() }}{% endmacro %}{{ f() }}", "{% call x() %}{% endcall %}", "{% set x = x %}", "{% set page.title = 1 %}", "{% raw %}", "{# ", "{% extends %}", "{% extends 1 %}", "{% extends none %}", "{% extends page %}",
    "{% extends 'no-such.html' %}", "{% extends '../../../etc/passwd' %}", "{% extends '' %}", "{% extends ['x.html'] %}", "{% extends 'base.html' %}{% extends 'base.html' %}", "{% extends 'base.html' %}", "{% extends 'article.html' %}", "{% extends url %}",
    "{% include 'base.html' %}", "{% include 'article.html' %}", "{% include 'no-such' ignore missing %}", "{% include ['a', 'b'] %}", "{% include page.no %}", "{% include 1 %}", "{% include '/etc/passwd' %}", "{% include '.' %}", "{% include 'partials' %}", "{% include 'a\\0b' %}",
    "{% import 'article.html' as x %}{{ x.y() }}", "{% from 'partials/macros.html' import no_such %}{{ no_such() }}", "{% from 'article.html' import x %}", "{% include 'words/en.yml' %}", "{% include 'assets/fonts' %}", "{% do x %}", "{% break %}", "{% trans %}",
    "{{ ().__class__ }}", "{{ self }}", "{{ self.x() }}", "{{ self.title() }}", "{{ super() }}", "{{ loop }}", "{{ range(3) | list }}", "{{ cycler() }}", "{{ joiner }}", "{{ namespace(1) }}", "{{ lipsum(1) }}", "{{ dict(1) }}", "{{ x.y }}", "{{ page | tojson }}", "{{ [1, 'a'] | sort }}",
    "{{ page | attr('x') }}", "{{ [page] | map('no_such') | list }}", "{{ [1] | map(attribute='x.y') | sum }}", "{{ '%d' | format('x') }}", "{{ '{0.x}'.format(1) }}", "{{ 'x' | batch('y') | list }}", "{{ 'x' | truncate('y') }}", "{{ 'x' | indent([]) }}", "{{ 'x' * -1 }}", "{{ 'x'.encode('no') }}", "{{ 'é'.encode('ascii') }}",
    "<x>&nbsp;</y>", "]]>", "\x00", "\x0b", "\x02styles\x03", "\r", "\u2028", "{{" * 200 + "}}" * 200, "{% if x %}" * 150, "{{ " + "(" * 250 + "1" + ")" * 250 + " }}", "{{ " + "-" * 3000 + "1 }}", "{{ 1" + "+1" * 3000 + " }}", "{{ x" + ".y" * 3000 + " }}", "{{ [" * 90 + "] }}" * 90, "\n" * 50 + "{{ x }}",
)  # fmt: skip
WORDS: Final = (
    "", "~", "x", "[]", "{}", "[x]", "[x, y]", "[x, [y]]", "{a: b}", '"\\0"', '"\\ud800"', '"{"', '"}"', '"{}"', '"{0}"', '"{count}"', '"{count:x}"', '"{count!r}"', '"{count!x}"', '"{count.x}"', '"{count[0]}"', '"{count:{count}}"', '"{count:999999999999}"', '"{day:99999999999999999999}"', '"{day:s}"', '"{month:d}"', '"{day:%Y}"',
    '"{count:>99999}"', '"{ count }"', '"{count"', '"{{"', '"{{}}"', "['{count}', '{count:d}']", "*a", "&a x", "!!binary aGk=", "!!int x", "!x y", "<b>x</b>", '"\\u202e"', "n", "n != 1", "n / 0", "n % 0", "n ? n : n", "n" + "+n" * 2000, "(" * 500 + "n" + ")" * 500, "1 << 9", "n ** n", "!" * 500 + "n", "n=1", "99999999999999999999999", "-1", "n - 300", "1.5",
    "|\n  a\n  b", "[a, b, c, d, e, f, g, h, i, j, k, l]", "'01'", "2026-06-03", "%", "true", "[1, 2]", "[~]", "[[]]",
)  # fmt: skip

pieces = st.sampled_from(TEXTS)


def changed(theirs: str) -> st.SearchStrategy[str]:
    """A template of the theme with a piece in the place of some of its characters."""
    return st.builds(
        lambda at, length, piece: theirs[:at] + piece + theirs[at + length :],
        st.integers(0, len(theirs)), st.integers(0, 40), pieces,
    )  # fmt: skip


@st.composite
def templates(draw: st.DrawFn) -> dict[str, object]:
    """Some files below templates/: made of pieces, or the theme's own with something cut out or put in."""
    found: dict[str, object] = {}
    for name in draw(st.lists(st.sampled_from(TEMPLATES), min_size=1, max_size=3, unique=True)):
        text = draw(
            st.lists(pieces, max_size=3).map("".join) | changed((theme_dir() / name).read_text(encoding="utf-8"))
        )
        found[f"templates/{name}"] = draw(
            st.sampled_from(
                [text] * 8
                + [
                    as_entry(text.encode("utf-16")),
                    as_entry(text.encode("latin-1", "replace") + b"\xff"),
                    {"folder": True},
                    {"link": "no-such"},
                    {"link": name.rpartition("/")[2]},
                ]
            )
        )
    return found


@st.composite
def words(draw: st.DrawFn) -> str:
    lines = [
        f"{key}: {value}"
        for key, value in draw(
            st.lists(
                st.tuples(
                    st.sampled_from([*KEYS, "plural", "months", "no_such", "1", "~", "[a]"]), st.sampled_from(WORDS)
                ),
                max_size=6,
            )
        )
    ]
    return (
        "\n".join([*lines, draw(st.sampled_from(["", "", "", "x", "- a", "[", "<<: *a", "? x", "\ta: b", "--- x"]))])
        + "\n"
    )


@sized(8)
@given(files=templates())
def test_any_template_is_used_or_reported(files):
    hold({**sound_site(), **files})


@sized(8)
@given(
    text=words(),
    name=st.sampled_from(["en", "de", "fr"]),
    encoding=st.sampled_from(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "latin-1"]),
)
def test_any_words_are_used_or_reported(text, name, encoding):
    tree = sound_site()
    tree["mkdocs.yml"] = tree["mkdocs.yml"].replace("  - site_builder", f"  - site_builder: {{language: {name}}}")
    hold({**tree, f"templates/words/{name}.yml": as_entry(text.encode(encoding, "replace"))})
