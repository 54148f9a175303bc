"""Commands that are killed at each step that changes the disk, and disks that fail: nothing is lost, a build mends it.

`make torture` tries every step; by default some are tried.
"""

import re
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest

from tests.helpers.disk_events import FAULTS, Counted, Ended, FailsFrom, KilledAt, run
from tests.helpers.output import files
from tests.helpers.site import MKDOCS_YML, article, topic, write_files, write_site
from tests.helpers.torture import sample

pytestmark = [
    pytest.mark.torture,
    pytest.mark.skipif(sys.platform == "win32", reason="forks"),
]

SITE: Final[Mapping[str, str]] = {
    "mkdocs.yml": MKDOCS_YML.replace("  - site_builder\n", "  - site_builder:\n      search: false\n"),
    "content/articles/weir.md": article("Weir", "See [[sluice]] and [[gate]].\n", topics=["rivers"]),
    "content/articles/sluice.md": article("Sluice", "See [[weir]].\n"),
    "content/articles/gate.md": article("Gate", "Lifted by hand.\n"),
    "content/topics/rivers.md": topic("Rivers"),
    "page.txt": "Ponds hold more water\n\n3 June 2026\n\nThe ponds of the valley hold more water than they did.\n",
}
EDIT: Final = {"content/articles/weir.md": article("Weir", "Other words, and [[gate]].\n", topics=["rivers"])}
DRAFT: Final = {"content/articles/gate.md": article("Gate", "Lifted by hand.\n", status="draft")}


@dataclass(frozen=True)
class Scenario:
    """What is done before the command that is killed, and to which site."""

    command: Sequence[str]
    is_cold: bool = False
    """There is no site and no cache yet."""
    edit: Mapping[str, str] = field(default_factory=dict)
    gone: Sequence[str] = ()


BUILD: Final = ("build", "-j", "1", "--date", "2026-07-01")
SCENARIOS: Final = {
    "cold": Scenario(BUILD, is_cold=True),
    "edit": Scenario(BUILD, edit=EDIT),
    "deletion": Scenario(
        BUILD,
        edit={"content/articles/weir.md": article("Weir", "See [[sluice]].\n")},
        gone=("content/articles/gate.md",),
    ),
    "draft": Scenario(BUILD, edit=DRAFT),
    "lost cache": Scenario(BUILD, edit=DRAFT, gone=(".cache",)),
    "mv": Scenario(("mv", "gate", "floodgate", "-j", "1", "--date", "2026-07-01")),
    "fix": Scenario(
        ("fix", "--yes", "-j", "1", "--date", "2026-07-01", "--only", "repeated"),
        edit={
            "content/articles/gate.md": article("Gate", similar=["weir", "weir"]),
            "content/articles/sluice.md": article("Sluice", similar=["weir", "weir"]),
        },
    ),
    "import": Scenario(("import", "page.txt")),
}


def is_temporary(name: str) -> bool:
    """Whether a path is that of a temporary file or folder of ours, or in one."""
    return any(part in f"/{name}" for part in ("/.site-builder-", "/.site-staging-")) or name.endswith(
        (".tmp", ".trial")
    )


class Trial:
    """A site in the state of a scenario, which can be restored, and what may come of it."""

    def __init__(self, folder: Path, scenario: Scenario) -> None:
        self.root = folder / "kb"
        self._kept = folder / "kept"
        self.scenario = scenario
        write_site(self.root, SITE)
        if not scenario.is_cold:
            assert run(self.root, BUILD).code == 0
        write_files(self.root, scenario.edit)
        for name in scenario.gone:
            gone = self.root / name
            shutil.rmtree(gone) if gone.is_dir() else gone.unlink()
        shutil.copytree(self.root, self._kept)
        counted = Counted(folder / "steps")
        self.before = self.state()
        ended = run(self.root, scenario.command, counted)
        assert ended.code == 0, ended.told
        self.steps = counted.steps()
        self.after = self.state()
        self._clean: dict[tuple[tuple[str, bytes], ...], dict[str, bytes]] = {}

    def state(self) -> dict[str, bytes]:
        return {name: data for name, data in files(self.root).items() if not name.startswith(".cache/")}

    def restore(self) -> None:
        shutil.rmtree(self.root)
        shutil.copytree(self._kept, self.root)

    def halves(self) -> list[str]:
        """Files that are neither as they were nor as they would be, and lost ones."""
        now = self.state()
        hidden = {name for name in now if is_temporary(name)}
        wrong = [
            name for name in now.keys() - hidden
            if now[name] not in {self.before.get(name), self.after.get(name)}
        ]  # fmt: skip
        moved = self.before.values() if self.scenario.command[0] == "mv" else ()
        wrong = [name for name in wrong if now[name] not in moved]  # whole, and at its new place before its edit
        always = self.before.keys() & self.after.keys()
        return [*wrong, *(f"{name} is gone" for name in always - now.keys())]

    def left(self) -> list[str]:
        """Temporary files and folders."""
        names = (p.relative_to(self.root).as_posix() for p in self.root.rglob("*"))
        return [name for name in names if is_temporary(name)]

    def mended(self) -> Iterator[str]:
        """Build again: what is wrong with the result, compared with that of a clean build."""
        ended = run(self.root, BUILD)
        if ended.code != 0:
            yield ended.told
        site = files(self.root / "site")
        if left := self.left():
            yield f"left behind: {left}"
        if site != self._clean_site():
            yield "the next build does not give what a clean one gives"

    def _clean_site(self) -> dict[str, bytes]:
        """What a build makes of the same content with nothing remembered from before."""
        content = tuple(files(self.root / "content").items())
        if content not in self._clean:
            shutil.rmtree(self.root / "site", ignore_errors=True)
            shutil.rmtree(self.root / ".cache", ignore_errors=True)
            assert run(self.root, BUILD).code == 0
            self._clean[content] = files(self.root / "site")
        return self._clean[content]

    def ended(self, step: Callable[[str, object], None]) -> Ended:
        self.restore()
        return run(self.root, self.scenario.command, step)


def faulty(trial: Trial, ended: Ended, step: str) -> list[str]:
    """What is wrong after a step that failed."""
    name = step.split(maxsplit=1)[0]
    is_moving = trial.scenario.command is BUILD and name in {"replace", "rename", "unlink", "rmdir"}
    found = trial.halves()
    if ended.code not in {0, 1} or "Traceback" in ended.told:
        found.append(ended.told)
    if ended.code == 1 and not re.search(r"\(/|^content/", ended.told, re.MULTILINE):
        found.append(f"no file is named: {ended.told}")
    now = {name: data for name, data in trial.state().items() if not is_temporary(name)}
    if ended.code == 1 and not is_moving and now not in (trial.before, trial.after):
        found.append("neither as it was nor as it would be")
    if ended.code == 1 and name != "unlink" and (left := trial.left()):
        found.append(f"left behind: {left}")
    return [*found, *trial.mended()]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Trial:
    return Trial(tmp_path_factory.mktemp("trial"), SCENARIOS[request.param])


@pytest.mark.parametrize("trial", SCENARIOS, indirect=True)
def test_killed_at_a_step(trial: Trial):
    wrong = {}
    for number in sample(range(len(trial.steps)), 1):
        ended = trial.ended(KilledAt(number))
        assert ended.code == -9, ended.told
        if found := [*trial.halves(), *trial.mended()]:
            wrong[f"{number}: {trial.steps[number]}"] = found
    print(f"{len(trial.steps)} steps")
    assert not wrong, "\n".join(f"{step}\n  {found}" for step, found in wrong.items())


@pytest.mark.parametrize("trial", SCENARIOS, indirect=True)
def test_a_step_that_fails(trial: Trial):
    """The file is named, with exit code 1, or the cache is done without; what was there stays whole."""
    wrong = {}
    for number in sample(range(len(trial.steps)), 1):
        fault = FAULTS[number % len(FAULTS)]
        ended = trial.ended(FailsFrom(number, fault, stays=number % 2 == 0))
        found = faulty(trial, ended, trial.steps[number])
        if found:
            wrong[f"{number}: {trial.steps[number]} {fault}"] = found
    print(f"{len(trial.steps)} steps")
    assert not wrong, "\n".join(f"{step}\n  {found}" for step, found in wrong.items())
