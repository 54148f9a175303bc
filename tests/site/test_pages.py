"""What every page of a site has in common."""

from collections import Counter
from collections.abc import Iterable

from tests.helpers.links import Tree, parse_page


def test_titles_and_descriptions_are_unique(tree: Tree):
    assert _repeated(page.title for page in tree.indexable.values()) == []
    assert _repeated(page.description for page in tree.indexable.values()) == []


def test_every_page_has_title_and_description(tree: Tree):
    assert [path for path, page in tree.pages.items() if not page.title.strip()] == []
    assert [path for path, page in tree.indexable.items() if not (page.description or "").strip()] == []


def test_every_page_has_one_first_heading(tree: Tree):
    assert {path: page.headings for path, page in tree.pages.items() if page.headings != 1} == {}


def test_every_page_names_its_language(tree: Tree):
    assert {page.language for page in tree.pages.values()} == {"en"}


def test_nothing_stands_inline(tree: Tree):
    """The Content-Security-Policy would forbid it."""
    assert {path: page.inline for path, page in tree.pages.items() if page.inline} == {}


def test_canonical_link_is_the_page_itself(any_tree: Tree):
    wrong = {p: h.canonical for p, h in any_tree.indexable.items() if h.canonical != any_tree.address(p)}
    assert wrong == {}


def test_only_the_absolute_addresses_depend_on_the_host(demonstration: Tree, demonstration_at_root: Tree):
    """Every other link is relative, so one tree works at the root and below a path."""
    for path, page in demonstration.pages.items():
        if path == "404.html":
            continue
        twin = demonstration_at_root.pages[path]
        expected = [link.url.replace(demonstration_at_root.site_url, demonstration.site_url) for link in twin.links]
        assert [link.url for link in page.links] == expected, path


def test_inline_parts_are_seen():
    html = '<p style="x"></p><b onclick="x"></b><style></style><script>x</script><script src="a.js"></script>'
    assert len(parse_page(html).inline) == 4


def _repeated(values: Iterable[str | None]) -> list[str | None]:
    return [value for value, count in Counter(values).items() if count > 1]
