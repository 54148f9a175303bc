"""The editorial diff as JSON, for programs: the fields of `EditorialDiff`, and all entries of each."""

import json

import msgspec

from site_builder.characters import printable_json
from site_builder.diagnostics import as_json
from site_builder.editions.changed_files import ChangedFile
from site_builder.editions.editorial_diff import EditorialDiff


def diff_as_json(diff: EditorialDiff) -> str:
    """One object. Findings look as those of `check --format json`; files have `path`, `before` and `after`."""
    values = msgspec.to_builtins(diff)
    for name in ("findings", "findings_gone"):
        values[name] = json.loads(as_json(getattr(diff, name)))
    for name in ("faults_before", "faults_after"):
        values["files"][name] = json.loads(as_json(getattr(diff.files, name)))
    for name in ("added", "removed", "changed"):
        values["files"][name] = [_file(one) for one in getattr(diff.files, name)]
    values["is_empty"] = diff.is_empty
    return printable_json(json.dumps(values, ensure_ascii=False, indent=1))


def _file(one: ChangedFile) -> dict[str, str | int | None]:
    return {"path": one.path, "before": one.before, "after": one.after}
