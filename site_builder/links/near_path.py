"""The file or address that somebody may have meant."""

from collections.abc import Iterable

from site_builder.diagnostics import nearest


def near_path(path: str, known: Iterable[str]) -> str:
    """`did you mean "x"?` for files or addresses whose last part is like that of the path: folders say little."""
    by_name: dict[str, str] = {}
    for candidate in sorted(known):
        by_name.setdefault(candidate.rsplit("/", 1)[-1], candidate)
    name = path.rsplit("/", 1)[-1]
    near = nearest(name.removesuffix(".md"), [n.removesuffix(".md") for n in by_name])
    quoted = [f'"{by_name.get(n) or by_name[f"{n}.md"]}"' for n in near]
    return f"did you mean {' or '.join(quoted)}?" if quoted else ""
