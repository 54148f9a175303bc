"""`/admin/`: the browser form, where the settings ask for it. It is in no list, feed, index or sitemap."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.config.form_backend import FormBackend
from site_builder.form.form_config import config_yaml, form_config, policy, sub_folders
from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.copy_file import Bytes, BytesView, Copy
from site_builder.render.templating.template import Template
from site_builder.routes import FORM
from site_builder.theme import theme_dir
from site_builder.urls import Permalink


class FormView(msgspec.Struct, frozen=True):
    """`/admin/`"""

    policy: str
    """Its Content Security Policy."""


TEMPLATE: Final[Template[FormView]] = Template("admin.html")
_SCRIPTS: Final = ("form.js", "documents.js")
"""In `form/` of the theme."""


def plan_form(context: PageContext) -> Iterator[AnyRoute]:
    """The page, its scripts and its configuration."""
    backend = context.config.form
    if backend is not None:
        yield Route(FORM, TEMPLATE, partial(FormView, policy(backend)))
        for name in _SCRIPTS:
            yield Route(Permalink(f"{FORM}{name}"), Copy(str(theme_dir() / "form" / name)), _no_view)
        yield Route(Permalink(f"{FORM}config.yml"), Bytes(), partial(_config, context, backend))


def _config(context: PageContext, backend: FormBackend) -> BytesView:
    config = context.config
    folders = sub_folders((document.path for document in context.corpus.listed), config.content)
    return BytesView(config_yaml(form_config(backend, config.content, config.url, config.name, folders)))


def _no_view() -> None:
    """A copied file has none."""
