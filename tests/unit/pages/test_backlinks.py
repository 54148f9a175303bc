"""What leads to a page: told once, and in full only where the page does not list it already."""

from tests.helpers.site import MakeSite, article, load

SHARED = {"topics": ["t"]}


def linked_from(make_site: MakeSite, files: dict[str, str], slug: str) -> str:
    html = load(make_site(files)).render(f"/articles/{slug}/").decode()
    return html.partition("<h2>Linked from</h2>")[2].partition("</section>")[0]


def test_what_the_curator_lists_as_well_is_only_named(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", similar=[{"to": "b", "why": "a goes on"}]),
        "content/articles/b.md": article("B", similar=[{"to": "a", "why": "b goes on"}]),
        "content/articles/c.md": article("C", similar=[{"to": "a", "why": "c goes on"}]),
    }
    section = linked_from(make_site, files, "a")
    assert "c goes on" in section
    assert '<a href="../b/">B</a>' in section
    assert "b goes on" not in section


def test_a_sentence_around_the_link_is_kept(make_site: MakeSite):
    files = {
        "content/articles/a.md": article("A", similar=["b"]),
        "content/articles/b.md": article("B", "Words before [[a|the link]] and after."),
    }
    assert "Words before <mark>the link</mark> and after." in linked_from(make_site, files, "a")
