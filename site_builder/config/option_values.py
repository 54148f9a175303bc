"""Values of our options that need more than a type: each check returns the value, or raises what it should be."""

import re
from typing import Final

from pydantic_core import PydanticCustomError

from site_builder.config.clock import find_zone
from site_builder.language_tags import is_language_tag, proposed_language_tag

_WEB_ADDRESS: Final = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)


def web_address(value: object) -> object:
    """An address on the web, or nothing."""
    if not isinstance(value, str) or (value and not _WEB_ADDRESS.fullmatch(value)):
        raise PydanticCustomError("address", "an http:// or https:// address")
    return value


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
