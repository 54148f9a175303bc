"""Canonical addresses of other people's pages: absolute, http or https, without parameters that only count clicks."""

import re
from functools import cache
from typing import Final
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

MAX_CHARACTERS: Final = 2_000
"""Of an address; browsers and servers give up soon after."""
_ARCHIVED: Final = re.compile(r"https?://[^/]+/(?:web|wayback|archive)/\d{4,14}(?:[a-z]{2}_)?/(https?:/{1,2}[^/].*)")
"""As the Wayback Machine writes them, and archives of other countries that run its software."""
_DEFAULT_PORTS: Final = {"http": ":80", "https": ":443"}
_UNSAFE: Final = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")


def canonical_url(url: str | None, base: str | None = None) -> str | None:
    """The address made absolute and clean, or None where it is not that of a page on the web."""
    absolute = absolute_url(url, base)
    if absolute is None:
        return None
    parts = urlsplit(absolute)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _tracking().match(k)]
    # Untouched queries keep their spelling: to some servers, `%20` and `+` differ.
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path or "/", query, ""))


def archived_url(url: str) -> str | None:
    """The address of the page that an archive of the web keeps a copy of; None for an address of any other kind.

    `https://web.archive.org/web/20260603101500/https://news.example/a` is a copy of `https://news.example/a`.
    """
    match = _ARCHIVED.match(url)
    return match[1] if match else None


def page_key(url: str) -> str:
    """An address without what seldom changes the page: its scheme, `www.`, the last slash and a fragment."""
    return re.sub(r"^https?://(?:www\.)?|/?(?:#.*)?$", "", url)


def site_key(url: str | None) -> str:
    """The host of an address without what names a form of the site: `www.`, `m.`, `amp.`; "" for none."""
    host = urlsplit(url or "").hostname or ""
    return re.sub(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)", "", host)


def absolute_url(url: str | None, base: str | None = None) -> str | None:
    """The address made absolute, its fragment kept; None where it is not http or https."""
    if not url or len(url) > MAX_CHARACTERS:
        return None
    try:
        joined = urljoin(base or "", url.strip())
        parts = urlsplit(joined)
        _ = parts.port
    except ValueError:
        return None
    host = parts.netloc.lower()
    if parts.scheme not in {"http", "https"} or not parts.hostname or "@" in host:
        return None
    host = host.removesuffix(_DEFAULT_PORTS[parts.scheme])
    clean = urlunsplit((parts.scheme, host, parts.path, parts.query, parts.fragment))
    return _UNSAFE.sub(lambda m: "".join(f"%{b:02X}" for b in m.group().encode()), clean)


@cache
def _tracking() -> re.Pattern[str]:
    """Parameters that say where a click came from; `ref`, `id` and `source` may also select the page, so they stay."""
    return re.compile(
        r"(?:utm_\w+|mtm_\w+|pk_\w+|hsa_\w+|_hs\w+|at_(?:medium|campaign|custom\w*|link\w*)|fbclid|gclid|dclid|gbraid|wbraid|msclkid"
        r"|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|oly_(?:anon|enc)_id|vero_id|wickedid|_ga|_gl|cmpid|cmp|ocid|ncid|sr_share"
        r"|smid|smtyp|wt_mc|wt_zmc|xtor|ito|ftag|feature|ref_src|ref_url|spm|s_cid|icid|taid|traffic_source|__twitter_impression"
        r"|guccounter|guce_\w+|share|ssm|chn|__source|cid_source)\Z",
        re.IGNORECASE,
    )
