"""A site may say which version of the program it needs."""

import pytest

from site_builder import __version__
from site_builder.config.program_version import version_key
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check


def found(make_site: MakeSite, written: str, more: str = "") -> list[str]:
    settings = MKDOCS_YML.replace("- site_builder", f"- site_builder: {{min_version: {written}{more}}}")
    return check(make_site({"mkdocs.yml": settings, "content/articles/a.md": article()}))


@pytest.mark.parametrize("written", ['"0.1"', '"1.0.0a1"', f'"{__version__}"', '""', '" 0.9 "'])
def test_new_enough(make_site: MakeSite, written: str):
    assert found(make_site, written) == []


def test_too_old_is_all_that_is_said(make_site: MakeSite):
    (one,) = found(make_site, '"99"', ", of_the_future: true")
    assert one.startswith("mkdocs.yml:6:")
    assert f"error: this site needs site-builder 99 or newer, and this is {__version__} [settings]" in one
    assert "hint: pip install --upgrade 'site-builder>=99'" in one


@pytest.mark.parametrize("written", ["1.10", "99", "true", "[1]", '">=1"', '"1.2.3.4"', '"new"', '"1.x"'])
def test_what_is_no_version(make_site: MakeSite, written: str):
    (one,) = found(make_site, written)
    assert 'a version in quotes, such as "1.2"' in one


def test_order():
    versions = ["0.9", "1.0a1", "1.0.0a2", "1.0b1", "1.0rc1", "1.0rc2", "1", "1.0.1", "1.2", "1.10", "2rc1", "2"]
    keys = [version_key(version) for version in versions]
    assert None not in keys
    assert keys == sorted(keys, key=lambda key: key or (0, 0, 0, "", 0))
    assert version_key("1") == version_key("1.0.0")
    assert version_key(__version__) is not None
