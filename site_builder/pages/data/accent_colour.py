"""`/assets/accent.css`: the colour of links, where the settings name one."""

from collections.abc import Iterator
from functools import partial
from typing import Final

import msgspec

from site_builder.pages.context import PageContext
from site_builder.pages.route import AnyRoute, Route
from site_builder.render.colours import readable
from site_builder.render.templating.template import Template
from site_builder.routes import ACCENT


class AccentView(msgspec.Struct, frozen=True):
    """`/assets/accent.css`: colours as `#rrggbb`."""

    light: str
    dark: str


TEMPLATE: Final[Template[AccentView]] = Template("accent.css")


def plan_accent(context: PageContext) -> Iterator[AnyRoute]:
    """The style sheet, if the settings have a colour."""
    if accent := context.config.options.accent:
        yield Route(ACCENT, TEMPLATE, partial(AccentView, *readable(accent)))
