"""A source as writers put it (an address, a name with an address, a list), as the group of fields to write here."""

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from site_builder.content.yaml_errors import quoted
from site_builder.urls import scheme

_MARKDOWN_LINK: Final = re.compile(r"\[([^\]]+)\]\(<?(\S+?)>?\)")
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_CLOSING: Final = ".,;:!?'’”)]"
"""Behind an address in a sentence they belong to the sentence."""
_AROUND_NAME: Final = " \t,;:|–—-[]<>\"'“”„«»"
"""Between a name and its address."""
_DOI: Final = re.compile(r"(?:doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_WITHOUT_SCHEME: Final = re.compile(
    r"(?:www\.(?:[\w-]+\.)+[a-z]{2,}|(?:[\w-]+\.)+[a-z]{2,}(?=/))(?:/[^\s<>\"\\^`{|}\[\]]*)?", re.IGNORECASE
)
"""`www.example.com`, `example.com/page`; `example.com` alone may well be a name."""
_OTHER_VALUE: Final = re.compile(r"true|false|null|~|[-+]?\d+(?:\.\d+)?", re.IGNORECASE)
"""What YAML reads as a number, a flag or nothing."""
_SAME_MEANING: Final[Mapping[str, str]] = {
    theirs: ours
    for ours, names in {
        "name": "title publisher site sitename website publication outlet newspaper organisation organization org",
        "url": "link href address uri web sourceurl",
        "author": "authors byline by writer creator",
        "language": "lang locale",
        "archive": "archived archiveurl archivedurl wayback snapshot",
        "checked": "accessed accessdate dateaccessed retrieved visited lastchecked",
    }.items()
    for theirs in names.split()
}
"""What others call the fields of a source, in lower case without "-" and "_" -> our field."""


def source_remedy(value: object) -> str:
    """What to write in place of a source that is not a group of fields; "" where nothing is known of it."""
    items = value if isinstance(value, list) else [value]
    if not items:
        return ""
    first, others = items[0], items[1:]
    line = source_line(first) if isinstance(first, str) else _group(first) if isinstance(first, dict) else ""
    if not line:
        return ""
    more = "; an article has one source: link the others in its text" if others else ""
    return f"write `{line}`{more}"


def source_line(written: str) -> str:
    """`source: …` for what stands where a group of fields is needed: an address, a name, or both."""
    name, url = _name_and_url(" ".join(written.split()))
    return _group({"name": name, "url": url} if url else {"name": name})


def renamed_in_source(key: str) -> str:
    """The field of a source that another name stands for; "" if there is none."""
    return _SAME_MEANING.get(re.sub(r"[-_ ]", "", key).casefold(), "")


def name_from_url(source: object) -> str:
    """The name that the address of a source suggests: its host. "" if it has none."""
    url = source.get("url") if isinstance(source, dict) else None
    return _host(url) if isinstance(url, str) and is_web(url) else ""


def _group(fields: Mapping[str, object]) -> str:
    said = {name: scalar(text) for name, text in fields.items() if isinstance(text, str) and text.strip()}
    return f"source: {{{', '.join(f'{name}: {text}' for name, text in said.items())}}}" if said else ""


def _name_and_url(text: str) -> tuple[str, str]:
    if (match := _MARKDOWN_LINK.fullmatch(text)) and is_web(match[2]):
        return match[1], match[2]
    if match := _WEB_ADDRESS.search(text):
        url = match[0] if match[0].count("(") == match[0].count(")") > 0 else match[0].rstrip(_CLOSING)
        parts = (text[: match.start()], text[match.start() + len(url) :])
        if is_web(url):
            return " ".join(filter(None, map(_trimmed, parts))) or _host(url), url
    if match := _DOI.fullmatch(text):
        return "doi.org", f"https://doi.org/{match[1]}"
    if _WITHOUT_SCHEME.fullmatch(text):
        return _host(f"https://{text}"), f"https://{text}"
    return (_host(text) or text) if "://" in text else text, ""


def _trimmed(text: str) -> str:
    """Text beside an address, without what separates the two."""
    name = text.strip(_AROUND_NAME) if any(c.isalnum() for c in text) else ""
    return name if name.count("(") == name.count(")") else name.strip(f"{_AROUND_NAME}()")


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def plain(text: str, *, in_list: bool = True) -> str:
    """A text as YAML, in quotes only where it needs them."""
    needs = re.search(r": |:$| #|^[^\w./]", text) or (in_list and re.search(r"[,\[\]{}]", text))
    return quoted(text) if needs else text


def scalar(text: str) -> str:
    """A text as an entry of a list in YAML: what would be read as a number, a flag or nothing is in quotes as well."""
    return quoted(text) if _OTHER_VALUE.fullmatch(text) else plain(text)


def is_web(text: str) -> bool:
    """Whether a text is an address on the web and nothing else."""
    if scheme(text.removeprefix("<")) not in {"http", "https"} or re.search(r"\s", text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False
