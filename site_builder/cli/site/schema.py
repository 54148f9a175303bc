"""The command `schema`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
from pathlib import Path

import click


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write it to this file instead.")
def schema(out: Path | None) -> None:
    """Print the JSON Schema of all front matter.

    \b
    Example, for editors that check YAML as you type:
      site-builder schema --out schema.json
    """
    from site_builder.content.schema import json_schema
    from site_builder.disk.faults import write_file

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text.encode())
        click.echo(f"Wrote {out}.", err=True)
