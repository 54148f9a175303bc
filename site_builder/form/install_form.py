"""Fetch the files of the browser form, check them, and put them into a site.

    for package in pinned_packages():
        plan |= read_package(package, sources)       # path below the content folder -> bytes
    write_form(content, plan)

`npm pack` fetches an archive from whatever registry npm is set up for, and runs nothing of it. Archives and folders
that somebody brings are held against the same digests, so it does not matter where they come from.
"""

import io
import shutil
import subprocess
import tarfile
from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256, sha512
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from site_builder.disk.faults import naming, write_file
from site_builder.form.pinned_packages import PinnedPackage

NPM_SECONDS: Final = 300
MAX_ARCHIVE_BYTES: Final = 100_000_000
"""The larger of the two has 10 MB."""


@dataclass(frozen=True, slots=True)
class FormError(Exception):
    """Why nothing was installed, and what to do."""

    text: str
    hint: str = ""

    def __str__(self) -> str:
        return self.text


def read_package(package: PinnedPackage, sources: Iterable[Path]) -> dict[str, bytes]:
    """Path below the content folder -> bytes of the file, for what the form needs of a package.

    `sources`: archives, folders of the package, or folders in which npm has installed it; without any, npm is asked.
    Raises FormError where the package is not there or is not the one that is pinned, and OSError.
    """
    given = tuple(sources)
    files = _fetched(package) if not given else _found(package, given)
    plan: dict[str, bytes] = {}
    for path, digest in package.files.items():
        data = files.get(path)
        if data is None:
            raise FormError(f"{package.name} {package.version} lacks {path}", "take the package as npm has it")
        if sha256(data).hexdigest() != digest:
            text = f"{path} of {package.name} is not the file of version {package.version} that this program knows"
            raise FormError(text, f"take version {package.version} as npm has it")
        plan[package.target(path)] = data
    return plan


def write_form(content: Path, plan: Mapping[str, bytes]) -> list[str]:
    """Write the files into a content folder; give those that were not there as they are. Raises OSError."""
    written: list[str] = []
    for path, data in sorted(plan.items()):
        file = content / path
        if file.is_file() and file.read_bytes() == data:
            continue
        with naming(file):
            file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, data)
        written.append(path)
    return written


def _fetched(package: PinnedPackage) -> dict[str, bytes]:
    npm = shutil.which("npm")
    wanted = f"{package.name}@{package.version}"
    if npm is None:
        hint = f"install Node.js, or fetch the package {wanted} elsewhere and pass --from FILE.tgz"
        raise FormError("npm is needed to fetch the form's program, and is not installed", hint)
    with TemporaryDirectory() as folder:  # not in the repository, whose .npmrc could name any registry
        command = [npm, "pack", wanted, "--ignore-scripts", "--silent", "--pack-destination", folder]
        try:
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=NPM_SECONDS, check=False)
        except subprocess.TimeoutExpired as error:
            raise FormError(f"npm has not fetched {wanted} within {NPM_SECONDS} seconds", "try again later") from error
        archives = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or len(archives) != 1:
            said = " ".join(done.stderr.split()[-40:])
            raise FormError(f"npm could not fetch {wanted}{': ' if said else ''}{said}", "or pass --from FILE.tgz")
        return _unpacked(package, archives[0])


def _found(package: PinnedPackage, sources: tuple[Path, ...]) -> dict[str, bytes]:
    for source in sources:
        if source.is_file() and (files := _unpacked(package, source, is_asked=len(sources) > 1)):
            return files
        for folder in (source, source / package.name, source / "node_modules" / package.name, source / package.folder):
            if all((folder / path).is_file() for path in package.files):
                return {path: (folder / path).read_bytes() for path in package.files}
    named = ", ".join(map(str, sources))
    raise FormError(
        f"{package.name} {package.version} is not in {named}",
        "pass --from once for each package, or their node_modules",
    )


def _unpacked(package: PinnedPackage, archive: Path, *, is_asked: bool = False) -> dict[str, bytes]:
    """The files of an archive; nothing for one of another package, where others follow (`is_asked`)."""
    if archive.stat().st_size > MAX_ARCHIVE_BYTES:
        raise FormError(f"{archive} is too large for a package", "pass the archive that npm pack makes")
    data = archive.read_bytes()
    if f"sha512-{b64encode(sha512(data).digest()).decode()}" != package.integrity:
        if is_asked:
            return {}
        text = f"{archive.name} is not {package.name} {package.version}: its digest differs"
        raise FormError(text, "pass the archive that npm pack makes, or both packages, each with --from")
    with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as opened:  # nothing of it is written by its own name
        wanted = {f"package/{path}": path for path in package.files}
        members = ((wanted[one.name], opened.extractfile(one)) for one in opened.getmembers() if one.name in wanted)
        return {path: file.read() for path, file in members if file is not None}
