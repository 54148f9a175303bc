"""Full addresses of the site's own pages."""

import pytest

from site_builder.urls import own_address


@pytest.mark.parametrize(
    ("url", "home", "expected"),
    [
        ("https://me.org/a/", "https://me.org/", "/a/"),
        ("http://ME.org:80/a/?q#f", "https://me.org/", "/a/?q#f"),
        ("//me.org", "https://me.org/", "/"),
        ("https://user:word@me.org./a", "https://me.org/", "/a"),
        ("https:\\\\me.org\\a", "https://me.org/", "\\a"),
        ("https://me.org/kb/a", "https://me.org/kb/", "/a"),
        ("https://me.org/kb#x", "https://me.org/kb/", "/#x"),
        ("https://me.org/é/a", "https://me.org/%C3%A9/", "/a"),
        ("https://me.org/%C3%A9/a", "https://me.org/%C3%A9/", "/a"),
        ("https://me.org/kbx/a", "https://me.org/kb/", None),
        ("https://me.org.example/a", "https://me.org/", None),
        ("https://me.org@example.org/a", "https://me.org/", None),
        ("https://sub.me.org/", "https://me.org/", None),
        ("mailto:me@me.org", "https://me.org/", None),
        ("/a", "https://me.org/", None),
        ("https://me.org/a", "", None),
    ],
)
def test_own_address(url: str, home: str, expected: str | None):
    assert own_address(url, home) == expected
