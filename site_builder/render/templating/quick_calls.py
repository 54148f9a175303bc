"""How templates are compiled: as Jinja2 does it, with less work for each link and each text of a page.

Jinja2 asks of everything that a template calls whether it wants the context, and makes an object of every text that it
escapes. Our own functions want no context, and an escaped text that is written at once needs no object.
"""

from collections.abc import Callable
from typing import Any, Final

import markupsafe
from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeVisitor
from markupsafe import Markup, escape

PLAIN: Final = frozenset({"absolute", "href", "html", "more_styles", "shared", "structured", "t"})
"""Functions that every page's template gets; see `Template`."""


_escape_text: Final[Callable[[str], str]] = getattr(markupsafe, "_escape_inner", escape)
"""What `escape` itself calls for a text; another version of the library may lack it."""


def escaped(value: object) -> str:
    """A value as HTML: what `markupsafe.escape` gives, as a plain text."""
    if type(value) is str:
        return _escape_text(value)
    return value if type(value) is Markup else escape(value)


class QuickCalls(CodeGenerator):
    """Compiles for an environment that has `escaped`."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (Jinja2 calls it so)
        """A template that gives one of the names a meaning of its own may call something else by it."""
        self._plain = PLAIN - own_names(node)
        super().visit_Template(node, frame)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        """A plain call of Python where Jinja2 has nothing to add."""
        is_plain = isinstance(node.node, nodes.Name) and node.node.name in self._plain
        if not is_plain or forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for number, argument in enumerate((*node.args, *node.kwargs)):
            self.write(", " if number else "")
            self.visit(argument, frame)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


def own_names(tree: nodes.Template) -> frozenset[str]:
    """The names that a template gives a meaning of its own."""
    found = _OwnNames()
    found.visit(tree)
    return frozenset(found.names)


class _OwnNames(NodeVisitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_Name(self, node: nodes.Name) -> None:  # noqa: N802
        if node.ctx != "load":
            self.names.add(node.name)

    def visit_Import(self, node: nodes.Import) -> None:  # noqa: N802
        self.names.add(node.target)

    def visit_FromImport(self, node: nodes.FromImport) -> None:  # noqa: N802
        self.names.update(name if isinstance(name, str) else name[1] for name in node.names)

    def visit_Macro(self, node: nodes.Macro) -> None:  # noqa: N802
        self.names.add(node.name)
        self.generic_visit(node)
