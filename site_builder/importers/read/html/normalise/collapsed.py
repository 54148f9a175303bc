"""Open what a reader opens by a click: the answers below questions, the rest below "Read more".

The button says so itself: it controls the element directly behind it (WAI-ARIA, disclosure pattern). Menus and boxes to
share are made the same way; they hold links, forms or nothing that reads like a sentence.
"""

from typing import Final

from site_builder.importers.read.html.page_tree import Element, remove, text_of
from site_builder.importers.read.phrases import phrases

MAX_BUTTONS: Final = 500
"""Of one page that are looked at."""
MIN_CHARACTERS: Final = 60
"""Of what is opened, outside of links; with less, or less than half outside of them, it is a menu."""
MAX_LABEL_CHARACTERS: Final = 300
"""Of a button that is a question or a heading."""
_LEVELS: Final = 3
"""Elements around the button of which one stands directly before what it opens."""
_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "summary")
_CONTROLS: Final = ("form", "input", "select", "nav", "dialog", "button")


def open_collapsed(root: Element) -> None:
    """Show such elements, in place, and make text of their buttons."""
    buttons = root.xpath("//*[@aria-controls and @aria-expanded]")[:MAX_BUTTONS]
    if not buttons:
        return
    named = {e.get("id"): e for e in root.iter() if isinstance(e.tag, str) and e.get("id")}
    for button in buttons:
        target = named.get(button.get("aria-controls"))
        if target is None or not _is_behind(target, button) or not _tells(target):
            continue
        for name in ("hidden", "aria-hidden", "style"):
            target.attrib.pop(name, None)
        _name(button)


def _is_behind(target: Element, button: Element) -> bool:
    around = button
    for _ in range(_LEVELS):
        following = next((e for e in around.itersiblings() if isinstance(e.tag, str)), None)
        if following is not None:
            return following is target
        around = around.getparent()
        if around is None:
            return False
    return False


def _tells(target: Element) -> bool:
    if next(target.iter(*_CONTROLS), None) is not None:
        return False
    count = len(text_of(target))
    linked = sum(len(text_of(a)) for a in target.iter("a"))
    return count - linked >= max(MIN_CHARACTERS, count / 2)


def _name(button: Element) -> None:
    text = text_of(button)
    if not text or len(text) > MAX_LABEL_CHARACTERS or phrases().action.fullmatch(text):
        remove(button)
    elif next(button.iterancestors(*_HEADINGS), None) is not None:
        button.tag = "span"
    elif button.tag not in _HEADINGS:
        button.tag = "h4"
