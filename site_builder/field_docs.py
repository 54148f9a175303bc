"""The docstrings under the fields of a class, read from its source.

pydantic can read them itself, but does so for every model whenever it is imported: half of the time that importing the
models takes. Only the JSON Schema and the reference pages need them.
"""

import ast
import inspect
import sys
from itertools import pairwise


def field_docs(class_: type) -> dict[str, str]:
    """Field -> its docstring, for every field that has one."""
    tree = ast.parse(inspect.getsource(sys.modules[class_.__module__]))
    body = next(n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == class_.__name__).body
    found: dict[str, str] = {}
    for field, after in pairwise(body):
        text = after.value if isinstance(after, ast.Expr) else None
        if not (isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)):
            continue
        if isinstance(text, ast.Constant) and isinstance(text.value, str):
            found[field.target.id] = inspect.cleandoc(text.value)
    return found
