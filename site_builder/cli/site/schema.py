"""The command `schema`."""

# ruff: noqa: PLC0415 (late imports, so that `--help` answers at once)

import json
from pathlib import Path

import click


@click.command()
@click.option("--settings", "is_of_settings", is_flag=True, help="That of mkdocs.yml instead.")
@click.option("-o", "--out", type=click.Path(path_type=Path), help="Write it to this file instead.")
def schema(is_of_settings: bool, out: Path | None) -> None:
    """Print the JSON Schema of all front matter, or of the settings.

    \b
    Example, for editors that check YAML as you type:
      site-builder schema --out schema.json
      site-builder schema --settings --out .vscode/mkdocs.schema.json
    """
    from site_builder.content.schema import json_schema
    from site_builder.disk.faults import write_file

    if is_of_settings:
        from site_builder.starter.settings_schema import settings_schema

        made = settings_schema()
    else:
        made = json_schema()
    text = json.dumps(made, indent=2, ensure_ascii=False) + "\n"
    if out is None:
        click.echo(text, nl=False)
    else:
        write_file(out, text.encode())
        click.echo(f"Wrote {out}.", err=True)
