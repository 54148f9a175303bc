"""The types of fields that are more than a text (days, addresses, languages); each says what is wrong with a value."""

import datetime as dt
import re
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Strict, WithJsonSchema
from pydantic_core import PydanticCustomError

from site_builder.content.fields.review_term import DAY, REVIEW_PATTERN, is_day, normal_review_term
from site_builder.language_tags import is_language_tag
from site_builder.urls import is_slug, outside_url, scheme


def _text(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("text_empty", "is empty")
    return value.strip()


def _day(value: object) -> object:
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise PydanticCustomError("date_form", "is not a date written YYYY-MM-DD")
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise PydanticCustomError("date_impossible", "is not a calendar date") from None


def _review(value: object) -> object:
    try:
        term = normal_review_term(str(value))
    except ValueError:
        raise PydanticCustomError("review_form", "is neither a day nor a length of time") from None
    if is_day(term):
        _day(term)
    return term


def _web_url(value: str) -> str:
    value = value.strip()
    if scheme(value) not in {"http", "https"}:
        raise PydanticCustomError("url_scheme", "is not an http:// or https:// address")
    if not re.match(r"https?://[^\s/?#]+", value, re.IGNORECASE) or re.search(r"\s", value):
        raise PydanticCustomError("url_form", "is not a web address")
    return outside_url(value)


def _feed_id(value: str) -> str:
    value = value.strip()
    is_uri = bool(scheme(value)) and value.isprintable() and " " not in value
    if value and not is_uri and not is_slug(value):
        raise PydanticCustomError("feed_id_form", "a slug or a URI without spaces")
    return value


def _language(value: str) -> str:
    if not is_language_tag(value):
        raise PydanticCustomError("language_form", "is not a language tag")
    return value


NonEmptyText = Annotated[str, Strict(), AfterValidator(_text), WithJsonSchema({"type": "string", "pattern": r"\S"})]
Day = Annotated[dt.date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
ReviewTerm = Annotated[str, BeforeValidator(_review), WithJsonSchema({"type": "string", "pattern": REVIEW_PATTERN})]
WebUrl = Annotated[
    str,
    Strict(),
    AfterValidator(_web_url),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://"}),
]
FeedId = Annotated[
    str,
    Strict(),
    AfterValidator(_text),
    AfterValidator(_feed_id),
    WithJsonSchema({"type": "string", "pattern": r"^\s*\S+\s*$"}),
]
LanguageTag = Annotated[
    str,
    Strict(),
    AfterValidator(_text),
    AfterValidator(_language),
    WithJsonSchema({"type": "string", "pattern": r"^\s*[A-Za-z]{1,3}(-[0-9A-Za-z]{1,8})*\s*$"}),
]
Flag = Annotated[bool, Strict()]
