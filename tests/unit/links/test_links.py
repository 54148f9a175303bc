"""References to targets, and links seen from both their ends."""

from copy import copy
from dataclasses import replace
from unicodedata import normalize

import pytest

from site_builder.corpus.corpus import build_corpus
from site_builder.links.graph import LinkGraph
from site_builder.links.resolve import Resolver
from site_builder.links.target import Outcome
from tests.helpers.growth import assert_linear
from tests.helpers.site import Files, MakeSite, article, check, codes, entity, load, page, tool, topic
from tests.helpers.sites import png

SITE = {
    "content/articles/b.md": article("The B", "## Part one\n\nText.\n"),
    "content/articles/2026/c.md": article("The C"),
    "content/articles/draft.md": article("Draft", status="draft"),
    "content/topics/law.md": topic("Law"),
    "content/topics/b.md": topic("Topic B"),
    "content/entities/mayo.md": entity("Mayo"),
    "content/tools/lens.md": tool("Lens"),
    "content/pages/about.md": page("About"),
    "content/pages/index.md": page("Home"),
    "content/articles/plan.pdf": "x",
    "content/assets/all.pdf": "x",
    "content/static/robots.json": "{}",
}


@pytest.mark.parametrize(
    ("body", "url", "title"),
    [
        ("[[b]]", "/articles/b/", "The B"),
        ("[[topics/b]]", "/topics/b/", "Topic B"),
        ("[[law]]", "/topics/law/", "Law"),
        ("[[mayo]]", "/entities/mayo/", "Mayo"),
        ("[[lens]]", "/tools/#lens", "Lens"),
        ("[[about]]", "/about/", "About"),
        ("[[2026/c]]", "/articles/c/", "The C"),
        ("[[Articles/2026/C.md]]", "/articles/c/", "The C"),
        ("[[c.md]]", "/articles/c/", "The C"),
        ("[[articles/draft]]", "", "an unpublished page"),
        ("[[b#part-one]]", "/articles/b/#part-one", "Part one"),
        ("[[b#Part one]]", "/articles/b/#part-one", "Part one"),
        ("[[b#PART: one?]]", "/articles/b/#part-one", "Part one"),
        ("[x](b.md#Part%20one)", "/articles/b/#part-one", "The B"),
        ("[x](/articles/b/#Part%20one)", "/articles/b/#part-one", "The B"),
        ("[x](b.md)", "/articles/b/", "The B"),
        ("[x](./b.md#part-one)", "/articles/b/#part-one", "The B"),
        ("[x](2026/c.md)", "/articles/c/", "The C"),
        ("[x](../topics/law.md)", "/topics/law/", "Law"),
        ("[x](../pages/index.md)", "/", "Home"),
        ("[x](plan.pdf)", "/articles/plan.pdf", "plan.pdf"),
        ("[x](../assets/all.pdf)", "/assets/all.pdf", "all.pdf"),
        ("[x](/assets/all.pdf)", "/assets/all.pdf", "all.pdf"),
        ("[x](../static/robots.json)", "/robots.json", "robots.json"),
        ("[x](/robots.json)", "/robots.json", "robots.json"),
        ("[x](/articles/b/)", "/articles/b/", "The B"),
        ("[x](/articles/b)", "/articles/b/", "The B"),
        ("[x](/topics/)", "/topics/", "topics"),
        ("## Here\n\n[x](#here)", "/articles/a/#here", "A"),
        ("[[nobody]]", "/wanted/#article-nobody", "nobody"),
        ("[[topics/new law]]", "/wanted/#topic-new-law", "new law"),
        ("[[draft]]", "", "an unpublished page"),
        ("[x](draft.md)", "", "an unpublished page"),
        ("[x](https://example.org/x/y/articles/b/)", "/articles/b/", "https://example.org/x/y/articles/b/"),
        ("[x](<http://Example.org/x/y/articles/b>)", "/articles/b/", "http://Example.org/x/y/articles/b"),
        ("[x](//example.org/x/y/topics/)", "/topics/", "//example.org/x/y/topics/"),
        ("[x](https://example.org/x/y/articles/draft/)", "", "an unpublished page"),
        ("[x](https://example.org/x/y/articles/draft/social.png)", "", "an unpublished page"),
        ("[x](https://example.org/x/y/embed/draft/)", "", "an unpublished page"),
        (
            "[x](https://example.org/x/y/shop/?a=b#c)",
            "https://example.org/x/y/shop/?a=b#c",
            "https://example.org/x/y/shop/?a=b#c",
        ),
        (
            "[x](https://example.org/x/y/search/?q=law)",
            "https://example.org/x/y/search/?q=law",
            "https://example.org/x/y/search/?q=law",
        ),
    ],
)
def test_targets(make_site: MakeSite, body: str, url: str, title: str):
    site = load(make_site({**SITE, "content/articles/a.md": article("A", body)}))
    (target,) = site.context.graph.resolved["/articles/a/"].refs  # type: ignore[index]
    assert (target.url, target.title) == (url, title)
    assert "error" not in {d.severity for d in site.diagnostics}


@pytest.mark.parametrize(
    "link",
    [
        "[x](https://example.org/shop/)",
        "[x](https://example.org/x/yes/)",
        "[x](https://www.example.org/x/y/articles/b/)",
    ],
)
def test_what_is_not_below_the_address_of_the_site_is_elsewhere(make_site: MakeSite, link: str):
    site = load(make_site({**SITE, "content/articles/a.md": article("A", link)}))
    assert site.context.graph.resolved["/articles/a/"].refs == ()  # type: ignore[index]


def test_a_full_address_of_the_site_is_a_link_within_it(make_site: MakeSite):
    full = "https://example.org/x/y/articles/b/"
    body = f"As [the B]({full}#part) says.\n\n<{full}>\n\n<q cite='{full}'>So</q>.\n"
    root = make_site(
        {"content/articles/a.md": article("A", body), "content/articles/b.md": article("B", "## Part\n\nText.\n")}
    )
    site = load(root)
    assert [link.source.slug for link in site.context.graph.backlinks["/articles/b/"]] == ["a"]  # type: ignore[index]
    page = site.render("/articles/a/").decode()
    assert '<a href="../b/#part">the B</a>' in page
    assert f'<a href="../b/">{full}</a>' in page
    assert f'<q cite="{full}">' in page
    assert [d.code for d in site.diagnostics if d.severity == "error"] == []


def test_a_full_address_has_a_place_however_it_is_written(make_site: MakeSite):
    full = "https://example.org/x/y/articles/draft/"
    body = f"[x]({full})\n\n<{full}> `<{full}>`\n\n<q cite='{full}'>So</q> [y][1]\n\n[1]: <{full}>\n\nSee {full}.\n"
    draft = article("D", status="draft")
    site = load(make_site({"content/articles/a.md": article("A", body), "content/articles/draft.md": draft}))
    found = [d for d in site.diagnostics if d.code == "target-unpublished"]
    first = min(d.location.line for d in found)
    assert [(d.location.line - first, d.location.column) for d in found] == [(0, 5), (2, 2), (4, 10), (6, 7), (8, 5)]
    text = site.render("/articles/a/index.md").decode()
    assert "x\n\nan unpublished page" in text
    assert "See an unpublished page." in text
    assert text.count(full) == 1, "in code, as on the page"


def test_the_place_of_a_hidden_tool_is_hidden(make_site: MakeSite):
    hidden = tool("T", status="draft")
    body = "[x](/tools/#secret) [y](https://example.org/x/y/tools/#secret) [z](/tools/#shown)\n"
    files = {"content/tools/secret.md": hidden, "content/tools/shown.md": tool("S")}
    site = load(make_site({**files, "content/articles/a.md": article("A", body)}))
    targets = site.context.graph.resolved["/articles/a/"].refs  # type: ignore[index]
    assert [t.url for t in targets] == ["", "", "/tools/#shown"]


def test_addresses_of_hidden_documents_in_front_matter_are_reported(make_site: MakeSite):
    full = "https://example.org/x/y/articles/draft/"
    files = {
        "content/articles/draft.md": article("D", status="draft"),
        "content/articles/a.md": article("A", source={"name": "We", "url": full}),
        "content/articles/b.md": article("B", source={"name": "We", "url": "https://example.org/x/y/articles/a/"}),
        "content/entities/e.md": entity("E", same_as=["https://example.com/e", full]),
    }
    site = load(make_site(files))
    found = [(d.location.path, d.text) for d in site.diagnostics if d.code == "target-unpublished"]
    assert [(path, text.partition(" is ")[0]) for path, text in found] == [
        ("content/articles/a.md", '"source.url"'),
        ("content/entities/e.md", '"same_as"'),
    ]
    assert site.corpus.by_permalink["/entities/e/"].meta.same_as == ("https://example.com/e",)  # type: ignore[index, union-attr]
    assert site.corpus.by_permalink["/articles/b/"].meta.source.url  # type: ignore[index, union-attr]


def graph(make_site: MakeSite, **articles: str) -> LinkGraph:
    return load(make_site({f"content/articles/{slug}.md": text for slug, text in articles.items()})).context.graph


def test_backlinks_are_the_links_reversed(make_site: MakeSite):
    made = graph(
        make_site,
        a=article("A", "## X\n\nOne [[b]], two [[b]], and [[c]].", date="2026-01-01", similar=["c"]),
        b=article("B", "See [the C](c.md).", date="2026-01-02", similar=["a", "c"]),
        c=article("C", "[[c]] [[a#x]] [[gone]]", date="2026-01-03"),
        d=article("D", "[[a]]", unlisted=True),
        e=article("E", "[[a]]", status="draft"),
    )
    backlinks = {t: [(str(k.source.slug), str(k.kind)) for k in links] for t, links in made.backlinks.items()}
    assert backlinks == {
        "/articles/a/": [("b", "similar"), ("c", "text")],
        "/articles/b/": [("a", "text")],
        "/articles/c/": [("b", "similar"), ("a", "similar"), ("b", "text"), ("a", "text")],
    }


def test_a_backlink_carries_its_sentence_with_titles_filled_in(make_site: MakeSite):
    made = graph(
        make_site, a=article("A", "First. As [[b]] says, [[c]] is *near*. Last."), b=article("B"), c=article("C")
    )
    (link,) = made.backlinks["/articles/c/"]  # type: ignore[index]
    assert (link.before, link.text, link.after) == ("As B says, ", "C", " is near.")


def test_a_link_to_a_duplicate_counts_for_what_stands_for_it(make_site: MakeSite):
    made = graph(make_site, a=article("A", "[[b]] [x](b.md)"), b=article("B", duplicate_of="c"), c=article("C"))
    assert [link.source.slug for link in made.backlinks["/articles/c/"]] == ["a"]  # type: ignore[index]


def test_wanted_most_named_first(make_site: MakeSite):
    made = graph(
        make_site,
        a=article("A", "[[zebra]] [[ant]]", similar=["zebra"]),
        b=article("B", "[[Zebra]] [[zebra]]"),
        c=article("C", "[[hidden wish]]", unlisted=True),
        d=article("D", "[[draft wish]]", status="draft"),
    )
    assert [(w.title.casefold(), [str(s.slug) for s in w.sources]) for w in made.wanted] == [
        ("zebra", ["a", "b"]),
        ("ant", ["a"]),
    ]


def test_drafts_are_checked_and_leave_nothing(make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", "[x](gone.md)", status="draft")})
    assert codes(root) == ["link-missing"]
    assert not load(root).context.graph.resolved


def test_similar_keeps_its_order_and_its_reasons(make_site: MakeSite):
    similar = [{"to": "c", "why": "It is newer.", "kind": "update"}, "wish", "draft", "b"]
    made = graph(
        make_site, a=article("A", similar=similar), b=article("B"), c=article("C"), draft=article("D", status="review")
    )
    kept = made.resolved["/articles/a/"].similar  # type: ignore[index]
    assert [(s.entry.to, s.target.outcome) for s in kept] == [
        ("c", Outcome.FOUND),
        ("wish", Outcome.WANTED),
        ("b", Outcome.FOUND),
    ]
    (link,) = made.backlinks["/articles/c/"]  # type: ignore[index]
    assert (link.why, link.relation) == ("It is newer.", "update")


def test_images_are_found_beside_below_assets_and_from_the_content_folder(make_site: MakeSite):
    body = "![x](beside.png) ![x](shared.png) ![x](/articles/beside.png) ![x](../assets/shared.png)"
    files: Files = {
        "content/articles/a.md": article("A", body, image={"src": "shared.png", "alt": ""}),
        "content/articles/beside.png": png(1, 1),
        "content/assets/shared.png": png(1, 1),
    }
    root = make_site(files)
    assert check(root) == []
    resolved = load(root).context.graph.resolved["/articles/a/"]  # type: ignore[index]
    assert resolved.assets == ("content/articles/beside.png", "content/assets/shared.png")
    assert resolved.image == "content/assets/shared.png"


def test_a_broken_file_does_not_send_its_links_to_a_namesake(make_site: MakeSite):
    """`[[gdpr]]` means the article; that the article cannot be read must not make the entity link to itself."""
    broken = article("GDPR", date="2016-04-31")
    files = {"content/articles/gdpr.md": broken, "content/entities/gdpr.md": entity("GDPR", "Told in [[gdpr]].")}
    assert codes(make_site(files)) == ["date-invalid"]


@pytest.mark.parametrize(("on_disk", "written"), [("NFD", "NFC"), ("NFC", "NFD"), ("NFD", "NFD")])
def test_files_are_found_whichever_way_accents_are_spelt(make_site: MakeSite, on_disk: str, written: str):
    body = (
        "[x](évora.md) [x](../topics/rés.md) [x](plané.pdf) [x](/articles/évora/) [x](/articles/plané.pdf)"
        " [[évora]] [x](../static/é.txt) [x](/é.txt) ![x](carté.png)"
    )
    files = {
        "content/articles/évora.md": article("Évora"),
        "content/topics/rés.md": topic("Rés"),
        "content/articles/plané.pdf": "x",
        "content/assets/carté.png": png(1, 1),
        "content/static/é.txt": "x",
    }
    by = article("A", normalize(written, body), topics=[normalize(written, "rés")])  # type: ignore[arg-type]
    root = make_site({normalize(on_disk, name): text for name, text in files.items()} | {"content/articles/a.md": by})  # type: ignore[arg-type]
    assert check(root) == []
    assets = load(root).context.graph.resolved["/articles/a/"].assets  # type: ignore[index]
    assert {normalize("NFC", path) for path in assets} == {"content/articles/plané.pdf", "content/assets/carté.png"}


def test_a_file_with_exactly_the_name_comes_first(make_site: MakeSite):
    files = {f"content/articles/{normalize(form, 'é')}.pdf": form for form in ("NFC", "NFD")}
    body = f"[x]({normalize('NFD', 'é')}.pdf)"
    root = make_site({**files, "content/articles/a.md": article("A", body)})
    (target,) = load(root).context.graph.resolved["/articles/a/"].refs  # type: ignore[index]
    assert target.asset == f"content/articles/{normalize('NFD', 'é')}.pdf"


FOREIGN: Files = {
    "content/articles/b.md": article("The B"),
    "content/articles/2026/c.md": article("The C"),
    "content/articles/harbour.png": png(1, 1),
}


@pytest.mark.parametrize(
    ("body", "found", "hint"),
    [
        ("[x]({{ site.url }}/a#b)", "address-unknown", "write the address"),
        ("[x]({% link _posts/2026-01-02-b.md %})", "address-unknown", "write [[b]]"),
        ('[x]({{< ref "posts/c.md" >}})', "address-unknown", "write [[c]]"),
        ("![sea]({{ site.url }}/sea.png)", "image-missing", "write the path of the file: {{ site.url }}"),
        ("[x](?q=tide)", "link-self", "remove the link"),
        ("[x](2026)", "link-missing", "a folder has no page"),
        ("[x](posts/c.html)", "link-missing", 'did you mean "content/articles/2026/c.md"?'),
        ("[x](c/index.md)", "link-missing", 'did you mean "content/articles/2026/c.md"?'),
        ("[x](schema.json)", "link-missing", "correct the path"),
        ("[x](settings.yml)", "link-missing", "correct the path"),
        ("[x](example.org/about)", "link-missing", "a link to another site starts with its scheme"),
        ("[[index]]", "target-wanted", "for the home page, write [text](/)"),
        ("[[_TOC_]]", "target-wanted", "remove it"),
        ("[[mailto:x@example.org]]", "target-wanted", "name a document by its slug"),
        ("[[..]]", "target-wanted", "name a document by its slug"),
        ("[[{x}]]", "target-wanted", "name a document by its slug"),
        ("[![sea](sea.png)](sea.png)", "image-missing", "put the file"),
    ],
)
def test_links_of_other_programs_get_one_finding_each(make_site: MakeSite, body: str, found: str, hint: str):
    site = load(make_site({**FOREIGN, "content/articles/a.md": article("A", f"![sea](harbour.png) {body}\n")}))
    (finding,) = site.diagnostics
    assert finding.code == found
    assert hint in finding.hint


def test_many_links_that_one_tag_fills_in_are_counted(make_site: MakeSite):
    body = "".join(f"- [{n}]({{{{ site.repository }}}}/issues/{n})\n" for n in range(9))
    shown = check(make_site({"content/articles/a.md": article("A", body)}))
    assert len([line for line in shown if "site.repository" in line]) == 9
    assert len({line.partition(": ")[2] for line in shown if "site.repository" in line}) == 1


def test_a_link_to_a_file_with_an_error_of_its_own_is_not_reported_too(make_site: MakeSite):
    files = {
        "content/articles/Low water.md": article("Low water"),
        "content/articles/tides/index.md": article("Tides"),
        "content/articles/broken.md": "No front matter\n",
        "content/articles/a.md": article("A", "[[low water]] [[Low water|x]] [x](Low%20water.md) [[tides/index]] "
                                              "[x](tides/index.md) [[Broken]] [[articles/broken]] [x](broken.html)\n"),
    }  # fmt: skip
    found = load(make_site(files)).diagnostics
    assert sorted((d.code, d.location.path.rpartition("/")[2]) for d in found) == [
        ("front-matter-missing", "broken.md"),
        ("link-missing", "a.md"),
        ("slug-invalid", "Low water.md"),
        ("slug-reserved", "index.md"),
    ]
    assert 'did you mean "content/articles/broken.md"?' in {d.hint.partition(" In")[0] for d in found}


def test_the_end_of_a_path_that_several_files_have_is_ambiguous(make_site: MakeSite):
    files = {
        "content/articles/x/2026/b.md": article("B"),
        "content/topics/2026/b.md": topic("Topic B"),
        "content/articles/a.md": article("A", "[[2026/b]] [[x/2026/b]] [[2027/b]]\n"),
    }
    assert [d.code for d in load(make_site(files)).diagnostics] == ["target-ambiguous", "link-missing"]


@pytest.mark.parametrize("name", ["README.md", ".note.md", "%23note.md"])
def test_a_link_to_a_file_that_is_not_read_says_so(name: str, make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", f"[x]({name})\n")})
    assert "files with such names are not read" in "".join(check(root))


@pytest.mark.parametrize("written", ["[x](...md)", "[x](..%5Cx.md)", "[x](.git.md)"])
def test_no_hint_names_a_file_that_cannot_be_a_document(written: str, make_site: MakeSite):
    root = make_site({"content/articles/a.md": article("A", f"{written}\n")})
    hints = [d.hint for d in load(root).diagnostics if d.code == "link-missing"]
    assert hints
    assert not any(".md" in hint for hint in hints)


def test_many_broken_links_cost_in_proportion(make_site: MakeSite):
    """Each was compared with all other references of its document."""
    body = "".join(f"[x](gone-{number}.md)\n" for number in range(4_000))
    [document] = load(make_site({"content/articles/a.md": article("A", body)})).context.corpus.articles
    corpus, _ = build_corpus([document], document.meta.date, drafts=False)

    def resolve(count: int) -> None:
        some = copy(document)
        object.__setattr__(some, "body", replace(document.body, refs=document.body.refs[:count]))
        Resolver(corpus, "content", frozenset(), lambda _: False).resolve(some)

    assert_linear(resolve, 1_000)
