"""Values of our options that need more than a type: each check returns the value, or raises what it should be."""

import re
from dataclasses import dataclass
from typing import Final

from pydantic_core import PydanticCustomError

from site_builder.characters import forbidden_in, name_of_character
from site_builder.config.clock import find_zone
from site_builder.language_tags import is_language_tag, proposed_language_tag

MENU_LISTS: Final = ("articles", "topics", "entities", "timeline", "graph", "tools")
_COLOUR: Final = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_FROM_ROOT: Final = re.compile(r"/(?!/)\S*")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def web_address(value: object) -> object:
    """An address on the web, or nothing."""
    if not isinstance(value, str) or (value and not _WEB_ADDRESS.fullmatch(value)):
        raise PydanticCustomError("address", "an http:// or https:// address")
    return value


def colour(value: object) -> object:
    """A colour as `#rgb` or `#rrggbb`, or nothing."""
    if not isinstance(value, str) or (value and not _COLOUR.fullmatch(value)):
        raise PydanticCustomError("colour", "a colour such as #0e5a43, between quotation marks")
    return value


def menu_link(value: object) -> object:
    """A link with a text and an address, and nothing else."""
    if not isinstance(value, dict) or value.keys() != {"title", "url"} or not all(map(_is_text, value.values())):
        raise PydanticCustomError("menu_link", "a link such as {title: About, url: /about/}")
    if found := forbidden_in(value["title"] + value["url"]):
        name = name_of_character(found[0])
        raise PydanticCustomError("menu_link", f"a link without the character {name}; delete its escape")
    if not _FROM_ROOT.fullmatch(value["url"]) and not _WEB_ADDRESS.fullmatch(value["url"]):
        raise PydanticCustomError("menu_link", "a link with an address such as /about/ or https://example.org/")
    return value


def menu_item(value: object) -> object:
    """The name of a list, or a link."""
    if isinstance(value, str) and value not in MENU_LISTS:
        lists = ", ".join(MENU_LISTS)
        raise PydanticCustomError("menu_item", f"one of {lists}, or a link such as {{title: About, url: /about/}}")
    return value if isinstance(value, str) else menu_link(value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def time_zone(value: object) -> object:
    """The name of a time zone."""
    if not isinstance(value, str) or find_zone(value) is None:
        raise PydanticCustomError("zone", "the name of a time zone, such as UTC or Europe/Berlin")
    return value


def language_tag(value: object) -> object:
    """The tag of a language."""
    if not isinstance(value, str) or not is_language_tag(value):
        proposed = proposed_language_tag(value) if isinstance(value, str) else ""
        raise PydanticCustomError("language", f"the tag of a language, such as {proposed or 'en'}")
    return value


def suggest_address(value: object) -> object:
    """An address, or `off`, which YAML 1.1 reads as false."""
    return "off" if value is False or value == "off" else web_address(value)


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal adds at most to a score. Those that are added up give 2.5 at most.

    Text decides; the rest is chosen so that it helps where it says something and costs little where it does not. Topics
    of 0.4 against 0.2: on texts with good topics (`bench/related`) +0.02 to +0.14 recall@5, on 571 proposals of which
    three in four have the same topic -0.007.
    """

    text: float = 1.0
    """Rare words and pairs of words that both have."""
    topics: float = 0.4
    """Shared topics, rare ones for more: a topic of half of the documents means next to nothing."""
    entities: float = 0.2
    """Shared entities, weighed alike."""
    direct: float = 0.3
    """One links to the other."""
    coupling: float = 0.1
    """Both link to the same things."""
    cocited: float = 0.1
    """The same documents link to both."""
    time: float = 0.5
    """How much dates on the same day multiply the rest: by 1 + this, against 1 for dates far apart."""
    days: int = 30
    """After how many days closeness in time counts half."""

    def __post_init__(self) -> None:
        parts = (self.text, self.topics, self.entities, self.direct, self.coupling, self.cocited)
        if min(*parts, self.time) < 0 or sum(parts) > 2.5 or self.days < 1:
            raise ValueError("a set of weights of 0 or more, which add up to 2.5 at most, with days of 1 or more")


def usable_weights(value: dict[str, float]) -> dict[str, float]:
    """Weights that a score can be made of."""
    try:
        Weights(**value)  # type: ignore[arg-type]
    except ValueError as error:
        raise PydanticCustomError("weights", str(error)) from error
    return value


def file_patterns(value: tuple[str, ...]) -> tuple[str, ...]:
    """Patterns that can be read like those of .gitignore."""
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 (few sites have patterns)

    for pattern in value:
        try:
            GitIgnoreSpec.from_lines([pattern])
        except (ValueError, re.error) as error:
            raise PydanticCustomError("pattern", "a list of patterns like those of .gitignore") from error
    return value
