"""Which page stands at an address that two want."""

from tests.helpers.site import MakeSite, article, entity, load, topic


def test_files_of_static_stand_at_the_root_and_replace_what_machines_read(make_site: MakeSite):
    site = load(
        make_site(
            {
                "content/articles/a.md": article("A"),
                "content/static/robots.txt": "User-agent: *\nDisallow: /embed/\n",
                "content/static/llms.txt": "# Mine\n",
                "content/static/CNAME": "example.org\n",
            }
        )
    )
    assert site.diagnostics == ()
    assert site.render("/robots.txt") == b"User-agent: *\nDisallow: /embed/\n"
    assert site.render("/llms.txt") == b"# Mine\n"
    assert site.render("/CNAME") == b"example.org\n"


def test_other_pages_of_ours_do_not_give_way(make_site: MakeSite):
    site = load(make_site({"content/articles/a.md": article("A"), "content/static/sitemap.xml": "<x/>"}))
    assert [d.code for d in site.diagnostics] == ["address-clash", "file-can-run"]


def test_empty_sections_stay_out_of_the_menu(make_site: MakeSite):
    def menu(files: dict[str, str]) -> list[str]:
        return [item.url for item in load(make_site(files)).render_context.site.menu]

    assert menu({}) == []
    with_article = {"content/articles/a.md": article("A", topics=["later"])}
    assert menu(with_article) == ["/articles/", "/timeline/"]
    everything = {**with_article, "content/topics/t.md": topic("T"), "content/entities/e.md": entity("E")}
    assert menu(everything) == ["/articles/", "/topics/", "/entities/", "/timeline/", "/graph/"]
