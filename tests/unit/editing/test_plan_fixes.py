"""Safe fixes: what each code changes, byte by byte, what is left alone, and sites at random."""

import tempfile
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from site_builder.editing.change import write_changes
from site_builder.editing.plan_fixes import ON_DEMAND, SAFE, FixPlan, plan_fixes
from tests.helpers.output import files
from tests.helpers.site import MakeSite, article, entity, load, topic, write_site

EVERYTHING: Final = (*SAFE, *ON_DEMAND)


def plan(root: Path, *codes: str, **given: Any) -> FixPlan:
    with closing(load(root, **given)) as site:
        return plan_fixes(site, codes or tuple(SAFE))


def fix(root: Path, *codes: str) -> dict[str, str]:
    """Path -> text of each file that changed; a second run must change nothing."""
    planned = plan(root, *codes)
    write_changes(root, planned.changes)
    assert plan(root, *codes).changes == ()
    return {change.path: change.after.decode() for change in planned.changes}


BASE: Final = {
    "content/articles/b.md": article("B", "## Part\n\nText.\n"),
    "content/articles/c.md": article("C"),
    "content/articles/dup.md": article("Dup", duplicate_of="b"),
    "content/topics/t.md": topic("T"),
    "content/topics/u.md": topic("U"),
    "content/topics/old.md": topic("Old", replaced_by="t"),
    "content/entities/mayo.md": entity("Mayo Clinic", synonyms=["Mayo"]),
    "content/entities/fda.md": entity("FDA", aliases=["/entities/food-and-drug/"]),
    "content/entities/clinic.md": entity("The Clinic", replaced_by="mayo"),
}
HEAD: Final = "---\r\ntitle: 'A'   # the first\r\ndate: 2026-06-03\nsummary: >\n  About it.\nsource: {name: \"N\"}\n"


@pytest.mark.parametrize(
    ("front", "expected", "code"),
    [
        ("topics: [u, old]  # two", "topics: [u, t]  # two", "merged"),
        ("topics: [t, old]", "topics: [t]", "merged"),
        ("topics:\n  - old\n  - 't' # main", "topics:\n  - t", "merged"),
        ("similar: [dup, c]", "similar: [b, c]", "duplicate"),
        ('similar:\n- {to: "dup", why: it is}\n- c', 'similar:\n- {to: "b", why: it is}\n- c', "duplicate"),
        ("similar:\n- to: dup\n  why: it is # so\n- c", "similar:\n- to: b\n  why: it is # so\n- c", "duplicate"),
        ("similar: [b, dup]", "similar: [b]", "duplicate"),
        ("unrelated: ['dup']", "unrelated: ['b']", "duplicate"),
        ("entities: [Food_and_Drug]", "entities: [fda]", "spelling"),
        ("entities: [clinic] # one", "entities: [mayo] # one", "merged"),
        ("entities: [mayo, clinic]", "entities: [mayo]", "merged"),
        ("entities: [Mayo Clinic, clinic, fda]", "entities: [Mayo Clinic, fda]", "merged"),
        ("entities: [Mayo Clinic, mayo]", "entities: [Mayo Clinic]", "repeated"),
        ("entities: [food-and-drug, fda]", "entities: [fda]", "spelling"),
        ("entities: [mayo, fda, mayo]", "entities: [mayo, fda]", "repeated"),
        (
            "similar:\n  - b\n  - c\n  - b # again\nstatus: published",
            "similar:\n  - b\n  - c\nstatus: published",
            "repeated",
        ),
        ("similar: [a, b]", "similar: [b]", "self"),
        ("similar: [a]", "similar: []", "self"),
    ],
)
def test_front_matter(make_site: MakeSite, front: str, expected: str, code: str):
    before = f"{HEAD}{front}\n---\n\n  Text \r\n\n"
    root = make_site({**BASE, "content/articles/a.md": before})
    others = [c for c in SAFE if c != code]
    assert fix(root, *others) == {}
    assert fix(root, code) == {"content/articles/a.md": f"{HEAD}{expected}\n---\n\n  Text \r\n\n"}


@pytest.mark.parametrize(
    ("body", "expected", "code"),
    [
        ("[[dup]], [[dup|it]]", "[[b]], [[b|it]]", "duplicate"),
        ("[[dup#part|it]] `[[dup]]`", "[[b#part|it]] `[[dup]]`", "duplicate"),
        ("[it](dup.md#part) [x](./dup.md 'T')", "[it](b.md#part) [x](./b.md 'T')", "duplicate"),
        ("[it](/articles/dup/) [r]\n\n[r]: dup.md\n", "[it](/articles/b/) [r]\n\n[r]: b.md\n", "duplicate"),
        ("[[old]] [[topics/old]] [x](../topics/old.md)", "[[t]] [[topics/t]] [x](../topics/t.md)", "merged"),
        ("[[FOOD-and-drug]] [[entities/Food and-drug|M]]", "[[fda]] [[entities/fda|M]]", "spelling"),
        ("[[food-and-drug]]", "[[fda]]", "spelling"),
        ("[[Food and Drug|f]]", "[[fda|f]]", "spelling"),
        ("[x](C.md) [y](/articles/C/)", "[x](c.md) [y](/articles/c/)", "spelling"),
    ],
)
def test_text(make_site: MakeSite, body: str, expected: str, code: str):
    root = make_site({**BASE, "content/articles/a.md": f"{HEAD}---\n{body} "})
    assert fix(root, *(c for c in SAFE if c != code)) == {}
    assert fix(root, code) == {"content/articles/a.md": f"{HEAD}---\n{expected} "}


def test_names_of_documents_are_as_good_as_slugs(make_site: MakeSite):
    root = make_site({**BASE, "content/articles/a.md": article("A", "[[mayo clinic]] [[Mayo]]", entities=["Mayo"])})
    assert fix(root, "spelling") == {}


def test_chains_are_shortened(make_site: MakeSite):
    root = make_site(
        {
            **BASE,
            "content/articles/dup2.md": article("Dup 2", duplicate_of="dup"),
            "content/topics/older.md": topic("Older", replaced_by="old"),
        }
    )
    assert fix(root, "redirect") == {
        "content/articles/dup2.md": article("Dup 2", duplicate_of="b"),
        "content/topics/older.md": topic("Older", replaced_by="t"),
    }


def test_drafts_are_mended_too(make_site: MakeSite):
    root = make_site({**BASE, "content/articles/d.md": article("D", "[[dup]]\n", status="draft", topics=["old"])})
    assert fix(root) == {"content/articles/d.md": article("D", "[[b]]\n", status="draft", topics=["t"])}


@pytest.mark.parametrize(
    "text",
    [
        article("A", "[[Twin]]\n"),
        article("A", "[x](/was/)\n", similar=["nobody", "later"]),
        article("A", "[[c++]] [[C#]]\n"),
        article("A", "```\n[[dup]]\n```\n"),
        article("A", similar=["later", "LATER"]),
    ],
    ids=["two meanings", "old address, chosen", "signs", "code", "unpublished"],
)
def test_left_alone(make_site: MakeSite, text: str):
    root = make_site(
        {
            **BASE,
            "content/articles/twin.md": article("Twin", aliases=["/was/"]),
            "content/topics/twin.md": topic("Twin"),
            "content/articles/later.md": article("Later", status="draft"),
            "content/articles/a.md": text,
        }
    )
    assert plan(root) == FixPlan((), ())


def test_a_second_entry_with_its_own_words_is_an_editors_choice(make_site: MakeSite):
    similar = [{"to": "b", "why": "one"}, {"to": "dup", "why": "two"}, {"to": "c"}, "old-c"]
    root = make_site({**BASE, "content/articles/a.md": article("A", similar=similar)})
    made = plan(root)
    assert made.changes == ()
    assert [(str(note.location), note.code) for note in made.notes] == [("content/articles/a.md:10:3", "fix-undecided")]


def test_a_file_that_would_get_worse_stays(make_site: MakeSite):
    """The heading of the link gets another id, and another document links to it."""
    files_ = {
        "mkdocs.yml": "site_name: S\nsite_url: https://example.org/\ndocs_dir: content\ntheme: site_builder\n"
        "plugins: [site_builder]\nmarkdown_extensions: [toc]\n",
        **BASE,
        "content/articles/a.md": article("A", "## On [[dup]]\n"),
        "content/articles/x.md": article("X", "[there](a.md#on-dup) [[dup]]\n"),
    }
    root = make_site(files_)
    made = plan(root)
    assert [change.path for change in made.changes] == ["content/articles/x.md"]
    (note,) = made.notes
    assert (note.location.path, note.code) == ("content/articles/a.md", "fix-rejected")
    assert note.text.endswith('"content/articles/a.md" has no heading "#on-dup" [anchor-missing]')


def test_mentions(make_site: MakeSite):
    body = (
        "## Mayo Clinic\n\nCode `Mayo Clinic`, [Mayo Clinic](https://mayo.example/), | Mayo |\n\n"
        "Then *Mayo Clinic* and Mayo met the\r\nFDA. FDA again.\n"
    )
    root = make_site({**BASE, "content/articles/a.md": article("A", body, topics=["t"])})
    assert fix(root) == {}
    after = body.replace("*Mayo Clinic*", "*[[mayo|Mayo Clinic]]*").replace("\r\nFDA", "\r\n[[fda|FDA]]")
    head = article("A", "", topics=["t"]).removesuffix("---\n")
    assert fix(root, "mention") == {"content/articles/a.md": f"{head}entities: [mayo, fda]\n---\n{after}"}


def test_mentions_of_what_is_known_stay(make_site: MakeSite):
    text = article("A", "Mayo and the [[fda]]. The FDA.\n", entities=["mayo"])
    root = make_site({**BASE, "content/articles/a.md": text})
    assert plan(root, "mention") == FixPlan((), ())


def test_a_mention_gets_its_kind_where_an_article_has_the_slug(make_site: MakeSite):
    root = make_site(
        {**BASE, "content/articles/fda.md": article("F"), "content/articles/a.md": article("A", "The FDA.\n")}
    )
    assert "[[entities/fda|FDA]]" in fix(root, "mention")["content/articles/a.md"]


def test_a_mention_in_no_running_text_stays(make_site: MakeSite):
    root = make_site(
        {**BASE, "content/articles/a.md": article("A", "`x`\n\n    FDA\n\nHe said [FDA](https://f.example/).\n")}
    )
    assert plan(root, "mention").changes == ()


def test_one_way(make_site: MakeSite):
    root = make_site(
        {
            **BASE,
            "content/articles/a.md": article("A", similar=["e"]),
            "content/articles/e.md": article("E", similar=["c"]),
        }
    )
    assert fix(root, "one-way") == {"content/articles/e.md": article("E", similar=["c", "a"])}


def test_marks_and_line_ends_stay(make_site: MakeSite):
    before = "\ufeff---\r\ntitle: A\r\ndate: 2026-06-03\r\nsummary: S\r\nsource: {name: N}\r\n---\r\n\r\nThe FDA.\r\n"
    other = "---\r\ntitle: E\r\ndate: 2026-06-03\r\nsummary: S\r\nsource: {name: N}\r\nsimilar:\r\n- c\r\n---\r\n"
    root = make_site(
        {
            **BASE,
            "content/articles/a.md": before,
            "content/articles/e.md": other,
            "content/articles/f.md": article("F", similar=["e"]),
        }
    )
    assert fix(root, "mention", "one-way") == {
        "content/articles/a.md": before.replace("N}\r\n", "N}\r\nentities: [fda]\r\n").replace("FDA", "[[fda|FDA]]"),
        "content/articles/e.md": other.replace("- c\r\n", "- c\r\n- f\r\n"),
    }


def test_no_error_is_needed_and_none_is_made(make_site: MakeSite):
    """Files that cannot be read stay out of it."""
    broken = {"content/articles/bad.md": "---\ntitle: [\n---\n", "content/articles/a.md": article("A", "[[dup]]\n")}
    root = make_site({**BASE, **broken})
    assert list(fix(root, *EVERYTHING)) == ["content/articles/a.md"]


SLUGS: Final = ("a", "b", "c", "d", "e")
NAMES: Final = st.sampled_from((*SLUGS, "A", "D", "gone"))


@st.composite
def sites(draw: st.DrawFn) -> Mapping[str, str]:
    """Articles that name each other in every way; some stand for others."""
    made: dict[str, str] = {}
    for number, slug in enumerate(SLUGS):
        names = draw(st.lists(NAMES, max_size=4))
        body = "".join(
            draw(st.sampled_from(("[[{}]] ", "[x]({}.md) ", "[[{}|y]] ", "[z](/articles/{}/) ", "`[[{}]]` "))).format(n)
            for n in draw(st.lists(NAMES, max_size=4))
        )
        end = draw(st.sampled_from(SLUGS[:number])) if number and draw(st.booleans()) else None
        topics = draw(st.lists(st.sampled_from(("t", "u", "T")), max_size=3))
        made[f"content/articles/{slug}.md"] = article(
            slug.upper(), f"{body}\n\nOrg One said so.\n", similar=names, topics=topics, duplicate_of=end
        )
    made["content/topics/t.md"] = topic("T")
    made["content/topics/u.md"] = topic("U", replaced_by=draw(st.sampled_from(("t", None))))
    made["content/entities/o.md"] = entity("Org One")
    return {path: text.replace("replaced_by: null\n", "") for path, text in made.items()}


def targets(root: Path) -> dict[str, list[list[str]]]:
    """Where every published document's links lead."""
    with closing(load(root)) as site:
        resolved_by_page = site.graph.resolved
    found: dict[str, list[list[str]]] = {}
    for permalink, resolved in resolved_by_page.items():
        lists = ([s.target for s in resolved.similar], resolved.topics, resolved.refs)
        found[permalink] = [[t.url for t in part if t.document is not None] for part in lists]
    return found


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(sites())
def test_links_lead_where_they_led(site: Mapping[str, str]):
    with tempfile.TemporaryDirectory() as folder:
        root = write_site(Path(folder), dict(site))
        before, sources = targets(root), files(root / "content")
        codes = [c for c in SAFE if c != "spelling"]
        fix(root, *codes)
        assert targets(root) == before
        fix(root)
        for permalink, parts in targets(root).items():
            for then, now in zip(before[permalink], parts, strict=True):
                rest = iter(now)
                assert all(url in rest for url in then)
        fix(root, *EVERYTHING)
        assert set(files(root / "content")) == set(sources)
