"""Pagers: from any part of a long list, a few clicks lead to any other one."""

import re
from collections import deque

import pytest

from site_builder.pages.parts import paginate, step_numbers
from tests.helpers.site import MKDOCS_YML, MakeSite, article, load


def clicks(count: int, start: int) -> int:
    """How many clicks lead to the part that is farthest away."""
    far = {start: 0}
    waiting = deque([start])
    while waiting:
        number = waiting.popleft()
        for other in {*step_numbers(number, count), max(1, number - 1), min(count, number + 1)}:
            if other not in far:
                far[other] = far[number] + 1
                waiting.append(other)
    assert len(far) == count
    return max(far.values())


@pytest.mark.parametrize(
    ("count", "at_most"), [(3, 1), (16, 1), (17, 2), (40, 2), (75, 2), (320, 3), (417, 4), (1_042, 4), (1_600, 4)]
)
def test_a_few_clicks_lead_to_any_part(count: int, at_most: int):
    assert max(clicks(count, start) for start in {1, 2, count // 3, count // 2, count}) <= at_most


@pytest.mark.parametrize("count", [3, 16, 17, 81, 417, 1_601, 50_000])
def test_a_pager_is_short(count: int):
    for number in {1, 2, count // 7 + 1, count // 2, count}:
        shown = step_numbers(number, count)
        assert {1, number, count} <= set(shown)
        assert len(shown) <= 34


def test_steps_are_round_and_nearer_ones_closer_together():
    assert step_numbers(437, 1_042) == [
        *(1, 100, 200, 300, 400, 420, 430, 435, 436, 437, 438, 439, 440, 445, 460, 500),
        *(600, 700, 800, 900, 1_000, 1_042),
    ]


def test_a_list_of_two_parts_needs_no_steps():
    assert [place.steps for _, _, place in paginate(range(4), 2, "/a/")] == [(), ()]


def test_the_pager_of_a_page_leads_to_first_and_last_and_marks_where_it_is(make_site: MakeSite):
    files = {f"content/articles/a{n}.md": article(f"A{n}") for n in range(50)}
    settings = f"{MKDOCS_YML}      per_page: 1\n".replace("- site_builder\n", "- site_builder:\n")
    site = load(make_site({"mkdocs.yml": settings, **files}))
    html = site.render("/articles/page/25/").decode()
    pager = html.partition('<nav aria-label="Pages of this list">')[2].partition("</nav>")[0]
    assert '<a href="../../">1</a>' in pager
    assert '<a href="../50/">50</a>' in pager
    assert '<a href="./" aria-current="page">25</a>' in pager
    assert re.findall(r">(\d+)</a>", pager) == "1 5 10 15 20 23 24 25 26 27 30 35 40 45 50".split()
