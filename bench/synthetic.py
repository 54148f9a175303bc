"""A synthetic site of any size: deterministic, with the shape of a real one and every option switched on.

Articles have 300 to 700 words, six curated links, links in the text, topics in a hierarchy and entities. A tenth as
many entities as articles and a hundredth as many topics keep the lists as long as those of a grown site.
"""

import datetime as dt
import random
from pathlib import Path
from typing import Final

_SYLLABLES: Final = "ba de fi go lu ma ne pi ro su ta ve wi xo ya zu cle dra fro gri plo sta tri".split()
_SETTINGS: Final = """\
site_name: Synthetic {count}
site_url: https://example.org/kb/
repo_url: https://example.org/repository/
edit_uri: edit/main/content/
docs_dir: content
theme: site_builder
plugins:
  - site_builder:
      link_mentions: true
      newsletter_action: https://example.org/subscribe
      social_images: true
      suggest_url: https://example.org/suggest
"""
"""Search, related articles and social images are on by themselves."""
_TOOLS: Final = 5
_CURATED: Final = 6
"""Similar articles that the author of an article names: 10,000 articles have some 80,000 links with those in texts."""


def make_site(root: Path, count: int, seed: int = 1) -> None:
    """Write a site of `count` articles below a folder."""
    random_ = random.Random(seed)
    words = ["".join(random_.choices(_SYLLABLES, k=random_.randint(1, 4))) for _ in range(8000)]
    topics = [f"topic-{n}" for n in range(max(8, count // 100))]
    entities = [f"entity-{n}" for n in range(max(8, count // 10))]
    for folder in ("articles", "topics", "entities", "tools", "pages"):
        (root / "content" / folder).mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(_SETTINGS.format(count=count), encoding="utf-8")
    for number, topic in enumerate(topics):
        broader = f"[{topics[number // 8]}]" if number >= 8 else "[]"
        text = f"---\ntitle: Topic {number}\nbroader: {broader}\n---\n{_prose(random_, words, 90)}\n"
        (root / "content/topics" / f"{topic}.md").write_text(text, encoding="utf-8")
    for number, entity in enumerate(entities):
        text = f"---\nname: Entity {number}\nkind: organisation\nsummary: {_prose(random_, words, 12)}\n---\n"
        (root / "content/entities" / f"{entity}.md").write_text(text, encoding="utf-8")
    for number in range(_TOOLS):
        text = f"---\nname: Tool {number}\npricing: free\nsummary: {_prose(random_, words, 12)}\n---\n"
        (root / "content/tools" / f"tool-{number}.md").write_text(text, encoding="utf-8")
    about = f"---\ntitle: About\n---\n{_prose(random_, words, 90)}\n"
    (root / "content/pages/about.md").write_text(about, encoding="utf-8")
    for number in range(count):
        text = _article(random_, words, number, count, topics, entities)
        (root / "content/articles" / f"article-{number}.md").write_text(text, encoding="utf-8")


def _article(
    random_: random.Random, words: list[str], number: int, count: int, topics: list[str], entities: list[str]
) -> str:
    day = dt.date(2015, 1, 1) + dt.timedelta(days=random_.randrange(4000))
    # Links go to near numbers, as stories do; so no article gathers thousands of them.
    near = [f"article-{(number + step) % count}" for step in random_.sample(range(1, min(count, 200)), _CURATED + 2)]
    similar = "".join(f"  - {{to: {slug}, why: {_prose(random_, words, 6)[:-1]}}}\n" for slug in near[:_CURATED])
    body = [_prose(random_, words, random_.randint(40, 90)) for _ in range(7)]
    body[1] += f" See [[{near[_CURATED]}]] on that."
    body[2] += f" Entity {random_.randrange(len(entities))} agreed."
    body[3] += f" So does [this one]({near[_CURATED + 1]}.md) at length."
    return (
        f"---\ntitle: {_prose(random_, words, 8)[:-1]} {number}\ndate: {day}\nsummary: {_prose(random_, words, 25)}\n"
        f"source: {{name: Source {number % 50}, url: 'https://example.com/{number}'}}\n"
        f"topics: [{', '.join(random_.sample(topics, 2))}]\nentities: [{', '.join(random_.sample(entities, 3))}]\n"
        f"similar:\n{similar}---\n" + "\n\n## Part\n\n".join(["\n\n".join(body[:4]), "\n\n".join(body[4:])]) + "\n"
    )


def _prose(random_: random.Random, words: list[str], count: int) -> str:
    """Sentences of eight to twenty words."""
    out: list[str] = []
    while count > 0:
        length = min(count, random_.randint(8, 20))
        out.append(" ".join(random_.choices(words, k=length)).capitalize() + ".")
        count -= length
    return " ".join(out)
