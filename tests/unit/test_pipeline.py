"""The pipeline: stages are computed once and on demand, and their time is counted where it was spent."""

import time
from typing import Any

import pytest
from click.testing import CliRunner

from site_builder.cli import main
from site_builder.links.related_article import RelatedLists
from site_builder.pipeline import STAGES, Stopwatch
from site_builder.urls import Permalink
from tests.helpers.site import MakeSite, article, load


def test_time_counts_for_the_stage_that_spends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    now = iter([0.0, 10.0, 13.0, 20.0])  # link begins, read begins, read ends, link ends
    monkeypatch.setattr(time, "perf_counter", lambda: next(now))
    stopwatch = Stopwatch()
    with stopwatch.stage("link"), stopwatch.stage("read"):
        pass
    assert stopwatch.in_order() == {"read": 3.0, "link": 17.0}


def test_stages_are_computed_once_and_only_if_asked_for(make_site: MakeSite) -> None:
    site = load(make_site({"content/articles/a.md": article("A")}))
    assert "graph" not in site.__dict__
    assert site.graph is site.graph
    assert {"corpus", "routes"} <= set(site.__dict__)
    assert not {"related", "search", "templates", "render_context"} & set(site.__dict__)
    site.close()


def test_one_related_list_is_made_alone_and_a_second_makes_them_all() -> None:
    asked: list[str] = []
    urls = [Permalink(f"/articles/{slug}/") for slug in "abc"]

    def one(url: Permalink) -> Any:
        asked.append(url)
        return (url,)

    def every() -> Any:
        asked.append("all")
        return {url: (url,) for url in urls}

    lists = RelatedLists(one, every)
    for url in (urls[0], urls[0], urls[1], urls[2]):
        found: Any = lists[url]
        assert found == (url,)
    assert asked == [urls[0], "all"]
    asked.clear()
    whole = RelatedLists(one, every)
    whole.make_all()
    assert dict(whole) == every()
    assert urls[0] not in asked


def test_a_build_prints_its_timings_in_the_order_of_the_stages(make_site: MakeSite) -> None:
    root = make_site({"content/articles/a.md": article("A")})
    result = CliRunner().invoke(main, ["build", "-f", str(root / "mkdocs.yml"), "--timings"])
    assert result.exit_code == 0, result.stderr
    names = [line.split()[0] for line in result.stdout.splitlines() if line.endswith(" s")]
    assert names == [stage for stage in STAGES if stage in names]
    assert {"read", "link", "rank", "render", "write"} <= set(names)
