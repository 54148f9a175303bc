"""The digest of each template with all templates that it reaches, so that a change to any of them is noticed."""

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, TemplateNotFound, TemplateSyntaxError, meta

from site_builder.diagnostics import Diagnostic, Location, diagnostic
from site_builder.render.templating.environment import environment, loader
from site_builder.urls import SourcePath


@lru_cache(maxsize=256)
def _references(source: str) -> frozenset[str] | None:
    """Templates that a template names; None where it computes a name. Cached, because `serve` asks often."""
    found = list(meta.find_referenced_templates(Environment(autoescape=True).parse(source)))
    return None if None in found else frozenset(name for name in found if name is not None)


TEMPLATE_ENDINGS: Final = (".html", ".xml", ".txt", ".md", ".opml")


def templates_version(folders: Sequence[Path]) -> bytes:
    """Digest of all template files, without parsing any: another version needs another Jinja2 environment."""
    digest = hashlib.blake2b(digest_size=16)
    for number, folder in enumerate(folders):
        for file in sorted(path for path in folder.rglob("*") if path.suffix in TEMPLATE_ENDINGS and path.is_file()):
            data = file.read_bytes()
            digest.update(f"{number}/{file.relative_to(folder).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.digest()


class TemplateDigests:
    """The digest of each template with everything that it extends, includes and imports."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._environment = environment(tuple(folders))
        self._loader = loader(folders)
        self._own: dict[str, tuple[bytes, frozenset[str] | None]] = {}
        self._closed: dict[str, bytes] = {}
        self.found: list[Diagnostic] = []

    def __getitem__(self, name: str) -> bytes:
        """Reports template-error once for a template that is missing or is not Jinja2."""
        if name not in self._closed:
            reached = self._reach(name)
            parts = b"".join(n.encode() + b"\0" + self._read(n)[0] for n in sorted(reached))
            self._closed[name] = hashlib.blake2b(parts, digest_size=16).digest()
        return self._closed[name]

    def reached(self, name: str) -> frozenset[str]:
        """The names of the templates that a template reaches, its own included."""
        return frozenset(self._reach(name)) if name in self._closed else frozenset()

    def own(self) -> Mapping[str, bytes]:
        """The digests of the templates that were asked for and of those that they reach, each without the others."""
        return {name: digest for name, (digest, _) in self._own.items()}

    def _reach(self, name: str) -> set[str]:
        reached: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in reached:
                continue
            reached.add(current)
            named = self._read(current)[1]
            # A computed name may be that of any template.
            waiting += self._every_template() if named is None else named
        return reached

    def _every_template(self) -> list[str]:
        return [name for name in self._loader.list_templates() if name.endswith(TEMPLATE_ENDINGS)]

    def _read(self, name: str) -> tuple[bytes, frozenset[str] | None]:
        if name in self._own:
            return self._own[name]
        named: frozenset[str] | None = frozenset()
        source = ""
        try:
            source, _, _ = self._loader.get_source(self._environment, name)
            named = _references(source)
        except TemplateNotFound:
            place = Location(SourcePath(f"templates/{name}"))
            self.found.append(diagnostic("template-error", place, f'there is no template "{name}"'))
        except TemplateSyntaxError as error:
            place = Location(SourcePath(f"templates/{error.name or name}"), error.lineno)
            self.found.append(diagnostic("template-error", place, f"the template is not Jinja2: {error.message}"))
        except (OSError, UnicodeDecodeError) as error:
            place = Location(SourcePath(f"templates/{name}"))
            self.found.append(diagnostic("template-error", place, f"the template cannot be read: {error}"))
        except (RecursionError, ValueError) as error:  # nested too deeply; a number with too many digits
            place = Location(SourcePath(f"templates/{name}"))
            self.found.append(diagnostic("template-error", place, f"the template is not Jinja2: {error}"))
        self._own[name] = (hashlib.blake2b(source.encode(), digest_size=16).digest(), named)
        return self._own[name]
