"""Parts of a template that are the same on every page of a site, settled when the template is compiled.

A text of the interface (`t("search")`) and a setting (`site.language`) never differ between two pages. They become
constants, and of an `if` that only asks for them one branch stays. What a template shows is the same as before.
"""

from typing import Final

from jinja2 import nodes
from jinja2.visitor import NodeTransformer

from site_builder.i18n import Translations
from site_builder.render.site_view import SiteView
from site_builder.render.templating.quick_calls import own_names

WORDS: Final = "t"
SITE: Final = "site"


def settle(tree: nodes.Template, words: Translations, site: SiteView) -> nodes.Template:
    """Replace what is constant, in place. A template that gives `t` or `site` a meaning of its own keeps it."""
    own = own_names(tree)
    texts = None if WORDS in own else words
    settings = None if SITE in own else site
    settled: nodes.Template = _Settler(texts, settings).visit(tree)
    return settled


class _Settler(NodeTransformer):
    def __init__(self, words: Translations | None, site: SiteView | None) -> None:
        self._words = words
        self._site = site

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        key = node.args[0] if len(node.args) == 1 else None
        is_plain = not (node.kwargs or node.dyn_args or node.dyn_kwargs) and isinstance(key, nodes.Const)
        if self._words is None or not is_plain or not _is_name(node.node, WORDS):
            return node
        text = self._words.texts.get(key.value) if isinstance(key.value, str) else None  # type: ignore[union-attr]
        if not isinstance(text, str) or "{" in text or "}" in text:
            return node  # plural forms, gaps to fill, and what is an error on the page
        return nodes.Const(text, lineno=node.lineno)

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        if self._site is None or not _is_name(node.node, SITE) or node.attr not in self._site.__struct_fields__:
            return node
        value = getattr(self._site, node.attr)
        return nodes.Const(value, lineno=node.lineno) if value is None or isinstance(value, str | bool) else node

    def visit_If(self, node: nodes.If) -> nodes.Node | list[nodes.Node]:  # noqa: N802
        if node.elif_:
            for branch in node.elif_:
                self.generic_visit(branch)  # each stays, because it is a part of this one
            later, node.elif_ = node.elif_, []
            self.generic_visit(node)
            node.elif_ = later
            return node
        self.generic_visit(node)
        is_true = _known(node.test)
        return node if is_true is None else node.body if is_true else node.else_

    def visit_CondExpr(self, node: nodes.CondExpr) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        is_true = _known(node.test)
        if is_true is None or (not is_true and node.expr2 is None):
            return node
        return node.expr1 if is_true else node.expr2  # type: ignore[return-value]


def _is_name(node: nodes.Node, name: str) -> bool:
    return isinstance(node, nodes.Name) and node.name == name


def _known(test: nodes.Node) -> bool | None:
    """Whether a test is true on every page; None where that depends on the page, or where it fails."""
    try:
        return bool(test.as_const()) if isinstance(test, nodes.Expr) else None
    except Exception:  # noqa: BLE001 (whatever an operation of the template raises, it raises again on the page, if that is reached)
        return None
