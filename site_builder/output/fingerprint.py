"""What a page's bytes are made from, as digests: equal fingerprints mean equal bytes."""

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from site_builder.cache import program_digest
from site_builder.pages.route import Page
from site_builder.pipeline import Site
from site_builder.render.copy_file import Copy, SvgPicture
from site_builder.render.format import Format
from site_builder.render.templating.template import Template
from site_builder.render.templating.template_digests import TemplateDigests


class Fingerprint(NamedTuple):
    """Part by part, so that a change can be explained by its cause."""

    program: str
    """Our code, Python and the installed libraries."""
    template: str
    """The template and every template that it reaches."""
    site: str
    """What every page depends on: the site's name, menu and settings."""
    data: str
    """The page's own view, or the bytes of a file that is copied."""

    @property
    def is_of_file(self) -> bool:
        """Whether the page is a file of the site's sources or of the theme, copied or cleaned."""
        return not self.site


class Fingerprints:
    """Gives the fingerprint of each page of one site."""

    def __init__(self, site: Site) -> None:
        context = site.render_context
        self._program = program_digest()
        self._shortened: dict[str, str] = {}
        self._root: Path = site.config.root
        self._templates: TemplateDigests = site.templates
        self._site = digest(msgspec.msgpack.encode((context.site, context.words)))

    def of(self, page: Page[Any]) -> Fingerprint:
        """Digests of all that the page's bytes are made from."""
        if isinstance(page.format, Copy | SvgPicture):
            return self.of_file(page.format)
        return self.of_view(page.format, digest(msgspec.msgpack.encode(page.view)))

    def of_file(self, format_: Copy | SvgPicture) -> Fingerprint:
        """Of a file that is copied."""
        data = b""
        with suppress(OSError):  # a file that is gone is reported when it is copied
            data = (self._root / format_.name).read_bytes()
        return Fingerprint(program_digest() if isinstance(format_, SvgPicture) else "", "", "", digest(data))

    def of_view(self, format_: Format[Any], view: str) -> Fingerprint:
        """Of a page, from the digest of its view."""
        template = self._template(format_.name) if isinstance(format_, Template) else ""
        return Fingerprint(self._program, template, self._site, view)

    def _template(self, name: str) -> str:
        if name not in self._shortened:
            self._shortened[name] = self._templates[name].hex()[:16]
        return self._shortened[name]


def digest(data: bytes) -> str:
    """As it stands in a fingerprint."""
    return blake2b(data, digest_size=16).hexdigest()
