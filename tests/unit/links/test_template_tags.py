"""Tags of other programs in the addresses of links."""

import pytest

from site_builder.links.template_tags import find_template_tag, slugs_in_tags


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("{{ site.url }}/about#us", "{{ site.url }}"),
        ("{{ '/a' | relative_url }}", "{{ '/a' | relative_url }}"),
        ("{% link\n _posts/a.md %}", "{% link _posts/a.md %}"),
        ("/kb{% post_url a %}", "{% post_url a %}"),
        ('{{< ref "a.md" >}}', '{{< ref "a.md" >}}'),
        ("<%= url_for(page) %>", "<%= url_for(page) %>"),
        ("{{ cut by a space", "{{ cut by a space"),
        ("a{b}.md", ""),
        ("../a%20b.md?x={1}", ""),
    ],
)
def test_a_tag_is_found_in_an_address(written, tag):
    assert find_template_tag(written) == tag


@pytest.mark.parametrize(
    ("written", "slugs"),
    [
        ("{% post_url 2019-02-25-week-two %}", ("2019-02-25-week-two", "week-two")),
        ("{{ site.baseurl }}{% link _posts/2019-02-25-week-two.markdown %}", ("2019-02-25-week-two", "week-two")),
        ("{{ '/docs/week-two/' | relative_url }}", ("week-two",)),
        ('{{< relref "/posts/week-two.md#flour" >}}', ("week-two",)),
        ("{{ site.url }}/week-two/", ()),
    ],
)
def test_the_page_that_a_tag_names(written, slugs):
    assert slugs_in_tags(written) == slugs
