"""Values of front matter: read as PyYAML reads them, whatever is written."""

from typing import Any

import pytest
import yaml

from site_builder.content.yaml_nodes import Loader, construct


@pytest.mark.parametrize(
    "source",
    [
        "a: b\nc: [1, -2, +3, 0, 007, 1_000, 1.5, true, False, TRUE, yes, no, null, ~, '', \"d\\n\"]\ne: {f: g, h: }",
        "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}",
        "a: !!int 0x1F\nb: !!float 2\nc: !!str 3\nd: !!bool yes\ne: !!null x\nf: !!int '12'",
        "a: !!set {b, c}\nd: !!binary aGk=\ne: !!timestamp 2026-06-03\nf: !!omap [g: 1]\nh: !!pairs [i: 2]",
        "a: 2026-06-03\nb: 12:30\nc: 0o7\nd: .5\ne: -0\nf: 123456789012345678901\ng: |\n  h\n  i\n",
        "a: [[b], [c, {d: e}]]\na: again",
        "!!map {a: b}",
    ],
)
def test_values_are_those_of_pyyaml(source: str):
    node: Any = yaml.compose(source, Loader=Loader)
    loader = yaml.SafeLoader("")
    expected = loader.construct_document(yaml.compose(source, Loader=Loader))
    found = construct(node)
    assert repr(found) == repr(expected)


@pytest.mark.parametrize("source", ["a: !!int x", "a: !!bool {}", "a: !!int true", "a: !!seq b", "a: !!bool x"])
def test_a_tag_that_does_not_fit_is_refused(source: str):
    with pytest.raises(yaml.YAMLError):
        construct(yaml.compose(source, Loader=Loader))  # type: ignore[arg-type]
