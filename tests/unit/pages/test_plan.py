"""Which page stands at an address that two want."""

from tests.helpers.site import MakeSite, article, load


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
    assert [d.code for d in site.diagnostics] == ["address-clash"]
