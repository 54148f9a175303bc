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
        self._root: Path = site.config.root
        self._templates: TemplateDigests = site.templates
        self._site = digest(msgspec.msgpack.encode((context.site, context.words)))

    def of(self, page: Page[Any]) -> Fingerprint:
        """Digests of all that the page's bytes are made from."""
        if isinstance(page.format, Copy | SvgPicture):
            data = b""
            with suppress(OSError):  # a file that is gone is reported when it is copied
                data = (self._root / page.format.name).read_bytes()
            program = program_digest() if isinstance(page.format, SvgPicture) else ""
            return Fingerprint(program, "", "", digest(data))
        template = self._templates[page.format.name].hex()[:16] if isinstance(page.format, Template) else ""
        return Fingerprint(program_digest(), template, self._site, digest(msgspec.msgpack.encode(page.view)))


def digest(data: bytes) -> str:
    """As it stands in a fingerprint."""
    return blake2b(data, digest_size=16).hexdigest()
