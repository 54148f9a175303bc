"""Whatever a site's own template does or is: a build reports it and writes nothing."""

import pytest

from tests.helpers.output import try_build
from tests.helpers.site import MakeSite, article, check

FAILING = {
    "nested deeply": "{{" * 300 + "}}" * 300,
    "parentheses": "{{ " + "(" * 600 + "1" + ")" * 600 + " }}",
    "number of 5,000 digits": "{{ " + "9" * 5000 + " }}",
    "loops in loops": "{% for a in [1] %}" * 25 + "{% endfor %}" * 25,
    "itself": '{% include "article.html" %}',
    "own base": '{% extends "article.html" %}',
    "macro without an end": "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "undefined": "{{ page.title.no.such }}",
    "division": "{{ 1 / 0 }}",
    "wrong types": "{{ 'a' + 1 }}",
    "unencodable": "{{ 'x'.encode('no-such') }}",
    "lone surrogate": "{{ '\\ud800' | sha256 }}",
    "no number": "{{ 'x' | truncate('y') }}",
    "not a template": "\x00{% no_such_tag %}",
}


@pytest.mark.parametrize("text", FAILING.values(), ids=FAILING.keys())
def test_a_template_that_fails_is_a_finding(make_site: MakeSite, text: str):
    root = make_site({"content/articles/a.md": article("A"), "templates/article.html": text})
    check(root)
    report = try_build(root)
    assert not report.is_built
    assert {d.code for d in report.diagnostics} == {"template-error"}
    assert {d.location.path for d in report.diagnostics} == {"templates/article.html"}
    assert not (root / "site").exists()
