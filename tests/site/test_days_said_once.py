"""Articles that were added on one day stand below that day, which is said once."""

from pathlib import Path

from tests.helpers.output import build
from tests.helpers.site import MakeSite, article, topic

DAYS = {f"a{number}": f"2026-03-{30 - number // 2}" for number in range(20)}
"""Two articles a day."""


def test_on_home_and_in_a_topic(make_site: MakeSite):
    articles = {
        f"content/articles/{name}.md": article(name.upper(), topics=["t"], date=day, added="2026-04-01")
        for name, day in DAYS.items()
    }
    root = make_site({**articles, "content/topics/t.md": topic("Tee")})
    build(root, strict=True)
    latest = _part(root / "site/index.html", "Latest")
    assert latest.count('<time datetime="2026-04-01">') == 1
    assert latest.count("<h3") > 1
    new = _part(root / "site/topics/t/index.html", "New")
    assert new.count('<time datetime="2026-04-01">') == 1
    assert new.count("<li>") > 1


def test_other_days_are_said(make_site: MakeSite):
    articles = {
        f"content/articles/{name}.md": article(name.upper(), topics=["t"], date=day) for name, day in DAYS.items()
    }
    root = make_site({**articles, "content/topics/t.md": topic("Tee")})
    build(root, strict=True)
    new = _part(root / "site/topics/t/index.html", "New")
    assert new.count("<li>") == 4
    assert [new.count(f'<time datetime="{day}">') for day in ("2026-03-30", "2026-03-29", "2026-03-28")] == [1, 1, 0]


def _part(page: Path, title: str) -> str:
    """From a second heading to the end of its section."""
    _, _, rest = page.read_text(encoding="utf-8").partition(f"<h2>{title}</h2>")
    return rest.partition("</section>")[0]
