"""Templates are compiled once in a process, though every test's site has an environment of its own."""

from collections import defaultdict
from collections.abc import Hashable
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket


class _Memory(BytecodeCache):
    """Compiled templates by their place and text. Compiling the theme takes longer than building a small site."""

    def __init__(self) -> None:
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is not None:
            self._code[bucket.key, bucket.checksum] = bucket.code


def keep_compiled_templates() -> None:
    """Give every Jinja2 environment of this process a cache that it shares with those of the same options."""
    caches: dict[Hashable, _Memory] = defaultdict(_Memory)
    start = Environment.__init__

    def init(self: Environment, *arguments: Any, **options: Any) -> None:
        start(self, *arguments, **options)
        if self.bytecode_cache is None:
            self.bytecode_cache = caches[_options(self)]

    Environment.__init__ = init  # type: ignore[method-assign]


def _options(environment: Environment) -> Hashable:
    """What decides, beside its text, what a template is compiled to."""
    escape = environment.autoescape
    return (
        escape.__code__ if callable(escape) and hasattr(escape, "__code__") else escape,
        environment.trim_blocks,
        environment.lstrip_blocks,
        environment.keep_trailing_newline,
        environment.undefined,
        tuple(environment.extensions),
        environment.code_generator_class,
        repr(getattr(environment, "constants", None)),
    )
