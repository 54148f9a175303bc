"""Documents are found by the names that people write."""

import pytest

from site_builder.content.vocabulary import Kind
from site_builder.links.target import Outcome
from tests.helpers.site import MakeSite, article, check, codes, entity, load, topic

SITE = {
    "content/topics/rights-of-patients.md": topic("Patients’ rights", synonyms=["consent law"]),
    "content/entities/ema.md": entity("European Medicines Agency", synonyms=["EMA", "C++ group"]),
    "content/articles/tcp.md": article("TCP/IP & C#", aliases=["/2019/05/Old-Name/"]),
    "content/articles/secret.md": article("Not yet", status="draft"),
}


@pytest.mark.parametrize(
    ("written", "url", "text"),
    [
        ("European Medicines Agency", "/entities/ema/", "European Medicines Agency"),
        ("european medicines agency", "/entities/ema/", "european medicines agency"),
        ("entities/European Medicines Agency", "/entities/ema/", "European Medicines Agency"),
        ("C++ group", "/entities/ema/", "C++ group"),
        ("Patients' rights", "/topics/rights-of-patients/", "Patients’ rights"),
        ("Consent law", "/topics/rights-of-patients/", "Consent law"),
        ("Rights of patients", "/topics/rights-of-patients/", "Patients’ rights"),
        ("old name", "/articles/tcp/", "TCP/IP & C#"),
        ("2019/05/old-name", "/articles/tcp/", "TCP/IP & C#"),
        ("TCP/IP & C#", "/articles/tcp/", "TCP/IP & C#"),
    ],
)
def test_a_wiki_link_by_name(make_site: MakeSite, written: str, url: str, text: str):
    site = load(make_site({**SITE, "content/articles/a.md": article("A", f"See [[{written}]].")}))
    (target,) = site.context.graph.resolved["/articles/a/"].refs  # type: ignore[index]
    assert (target.outcome, target.url, target.title) == (Outcome.FOUND, url, text)
    assert site.diagnostics == ()


def test_fields_by_name(make_site: MakeSite):
    named = article("A", topics=["consent law"], entities=["European medicines agency"], unrelated=["TCP/IP & C#"])
    site = load(make_site({**SITE, "content/articles/a.md": named}))
    assert site.diagnostics == ()
    assert [a.slug for a in site.taxonomy.by_topic["rights-of-patients"]] == ["a"]  # type: ignore[index]
    assert [a.slug for a in site.taxonomy.by_entity["ema"]] == ["a"]  # type: ignore[index]


def test_moves_by_name(make_site: MakeSite):
    files = {"content/topics/old.md": topic("Old", replaced_by="Consent law"), **SITE}
    assert load(make_site(files)).corpus.moved == {"/topics/old/": "/topics/rights-of-patients/"}


def test_signs_count(make_site: MakeSite):
    site = load(make_site(SITE))
    assert site.corpus.called(Kind.ENTITY, "C group") == ()


def test_the_name_of_a_draft_is_not_wanted(make_site: MakeSite):
    assert codes(make_site({**SITE, "content/articles/a.md": article("A", "[[Not Yet]]")})) == ["target-unpublished"]


def test_two_names_of_one_document(make_site: MakeSite):
    files = {**SITE, "content/articles/a.md": article("A", topics=["rights-of-patients", "consent law"])}
    assert codes(make_site(files)) == ["target-repeated"]


def test_a_slug_comes_before_a_name(make_site: MakeSite):
    files = {"content/articles/b.md": article("C"), "content/topics/c.md": topic("D")}
    site = load(make_site({**files, "content/articles/a.md": article("A", "[[c]]")}))
    assert [t.url for t in site.graph.resolved["/articles/a/"].refs] == ["/topics/c/"]  # type: ignore[index]


@pytest.mark.parametrize("written", ["index", "Page", "x" * 400, "Ω & Co.", "!?", "tool/kit"])
def test_what_a_hint_proposes_is_accepted(make_site: MakeSite, written: str):
    root = make_site({"content/articles/a.md": article("A", topics=[written])})
    (finding,) = load(root).diagnostics
    if ".md" in finding.hint:
        path = finding.hint.split()[1].rstrip(",")
        (root / path).parent.mkdir()
        (root / path).write_text(topic(written), encoding="utf-8")
        assert check(root) == []


def test_a_proposed_file_name_is_free(make_site: MakeSite):
    files = {"content/topics/my topic.md": topic("A"), "content/topics/my-topic.md": topic("B")}
    (finding,) = load(make_site(files)).diagnostics
    assert (finding.code, finding.hint) == ("slug-invalid", 'rename it to "my-topic-2.md"')


def test_a_misspelled_name_is_proposed_if_it_is_unique(make_site: MakeSite):
    body = "[[European Medicine Agency]] [[Patient's right]]"
    files = {**SITE, "content/articles/b.md": article("Patients' rights"), "content/articles/a.md": article("A", body)}
    hints = [finding.hint for finding in load(make_site(files)).diagnostics]
    assert hints == [
        'did you mean "European Medicines Agency"?',
        "write content/articles/patient-s-right.md, or remove the link",
    ]


def test_a_file_to_write_does_not_exist_yet(make_site: MakeSite):
    files = {"content/topics/q-a.md": topic("Questions"), "content/articles/a.md": article("A", topics=["Q&A!"])}
    (finding,) = load(make_site(files)).diagnostics
    assert finding.hint == "write content/topics/q-a-2.md, or remove the name"
