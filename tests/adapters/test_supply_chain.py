"""What we take of others: locked with hashes, each for a reason, under a known licence, unmodified where we ship it."""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import pytest
from packaging.version import Version

from tools.audit import NOT_ASKED, WEAK, audit
from tools.dependencies import DEV_LOCK, PAGE, REASONS, ROOT, SITE_LOCK, VENDORED, direct, page, read_lock, sbom

LOCKS: Final = (SITE_LOCK, DEV_LOCK)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda p: p.name)
def test_everything_is_locked_with_hashes_and_without_addresses(lock: Path):
    locked = read_lock(lock)
    text = lock.read_text(encoding="utf-8")
    assert len(locked) == len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE))  # no line is of another form
    assert [one.name for one in locked if not one.hashes] == []
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)  # options such as --index-url


def test_both_locks_agree():
    """What tests need may be needed on more systems."""
    small, large = ({(one.name, one.version, one.hashes) for one in read_lock(lock)} for lock in LOCKS)
    assert small <= large


def test_what_npm_installs_is_locked_too():
    packages = json.loads((ROOT / "tests/validators/package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert [
        name for name, one in packages.items() if name and not str(one.get("integrity", "")).startswith("sha512-")
    ] == []
    assert [name for name, one in packages.items() if "resolved" in one] == []


def test_each_dependency_has_its_reason_and_is_locked():
    named = {name for names in direct().values() for name in names}
    assert named == set(REASONS)
    assert named <= {one.name for lock in LOCKS for one in read_lock(lock)}


def test_the_page_is_up_to_date():
    """Licences depend on which version is installed: on another Python that may be another line of the lock."""
    expected, written = page(), PAGE.read_text(encoding="utf-8")
    without = [re.sub(r"\| [^|]* \|$", "|", text, flags=re.MULTILINE) for text in (expected, written)]
    assert without[0] == without[1], "run 'make docs'"
    if not [one for one in read_lock(SITE_LOCK) if one.marker and "python" in one.marker]:
        assert expected == written, "run 'make docs'"


def test_every_licence_is_stated():
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| ")]
    assert len(rows) > 60
    assert [row for row in rows if "not stated" in row or "UNKNOWN" in row] == []


def test_vendored_files_are_those_of_their_origin():
    for one in VENDORED:
        for path, digest in one["files"].items():
            assert sha256((ROOT / path).read_bytes()).hexdigest() == digest, path


def test_no_vendored_file_is_left_out_of_the_list():
    """Fonts, archives, compiled or minified code in what the wheel holds are somebody else's."""
    listed = {path for one in VENDORED for path in one["files"]}
    foreign = {".woff2", ".woff", ".ttf", ".otf", ".eot", ".wasm", ".so", ".dll", ".zip", ".gz", ".jar", ".bin", ".npz"}
    for folder in ("site_builder", "templates"):
        for file in (ROOT / folder).rglob("*"):
            path = file.relative_to(ROOT).as_posix()
            if file.is_file() and "__pycache__" not in path:
                is_foreign = file.suffix in foreign or ".min." in file.name or file.name in {"OFL.txt", "COPYING"}
                assert not is_foreign or path in listed, path
                if file.suffix == ".js":
                    assert max(map(len, file.read_text(encoding="utf-8").splitlines())) < 400, f"{path} looks minified"


def test_the_sbom_is_complete_and_always_the_same():
    """Of what `requirements/site.lock` installs; the extra `dask` is not among it."""
    assert sbom() == sbom()
    made: dict[str, Any] = json.loads(sbom())
    assert (made["bomFormat"], made["specVersion"], made["version"]) == ("CycloneDX", "1.5", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    assert "timestamp" not in made["metadata"]
    libraries = [one for one in made["components"] if one["type"] == "library"]
    hashes = {(one.name, one.version): set(one.hashes) for one in read_lock(SITE_LOCK)}
    assert {name for group, names in direct().items() if group not in {"dev", "dask"} for name in names} <= {
        one["name"] for one in libraries
    }
    assert "hatchling" not in {one["name"] for one in libraries}  # builds the wheel, and is no part of it
    for one in libraries:
        assert one["purl"] == f"pkg:pypi/{one['name']}@{one['version']}"
        assert {h["content"] for h in one["hashes"]} == hashes[one["name"], one["version"]]
        Version(one["version"])  # raises for what is none
        assert one["licenses"]
    refs = [one["bom-ref"] for one in (made["metadata"]["component"], *made["components"])]
    assert len(refs) == len(set(refs))
    used = {ref for one in made["dependencies"] for ref in (one["ref"], *one["dependsOn"])}
    assert used == {ref for ref in refs if ref.startswith("pkg:")}
    assert {one["name"] for one in made["components"] if one["type"] == "file"} == {
        p for o in VENDORED for p in o["files"]
    }


WEAKNESS: Final = {"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}
SOUND: Final = {"name": "b", "version": "1", "vulns": []}
UNKNOWN: Final = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        ({"dependencies": [SOUND]}, 0),
        ({"dependencies": [SOUND, WEAKNESS]}, WEAK),
        ({"dependencies": [UNKNOWN]}, NOT_ASKED),
        ({"dependencies": [SOUND, UNKNOWN]}, NOT_ASKED),
        ({"dependencies": [WEAKNESS, UNKNOWN]}, WEAK),
        ({"dependencies": []}, NOT_ASKED),
        ([], NOT_ASKED),
        ("", NOT_ASKED),
    ],
)
def test_an_audit_that_could_not_ask_is_no_good_news(answer: Any, code: int):
    output = answer if isinstance(answer, str) else json.dumps(answer)
    got, lines = audit("pip-audit", "a.lock", lambda _command: (output, "no network"))
    assert got == code
    assert lines
    assert (code == 0) == ("without known weaknesses" in lines[0])


def test_a_missing_program_is_no_good_news():
    assert audit("/nowhere/pip-audit", "a.lock")[0] == NOT_ASKED
