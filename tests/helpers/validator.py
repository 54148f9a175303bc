"""The Nu checker of the W3C over folders of a site: HTML, CSS, SVG. It runs on Java; `make validator` installs it."""

import json
import subprocess
from pathlib import Path
from typing import Any, Final

from tests.helpers.sites import ROOT

JAR: Final = ROOT / "tests" / "validators" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
JAVA: Final = (
    "-Xss8m",  # a deep page needs more stack than Java gives by itself
    # A run is too short to be worth the better of Java's two compilers: this halves it.
    "-XX:TieredStopAtLevel=1",
    "-XX:+UseSerialGC",
)
OF_FILES: Final = r".*(?:script|stylesheet|image) .+ blocked by .(?:script|style|img)-src. directive.*"
"""Read as a file, a page has no origin, so nothing is "self"; tests/browser sees whether a policy is really broken."""


def validate(java: str, *folders: Path) -> list[dict[str, Any]]:
    """Every message about the files in the folders, in one run: starting Java takes longer than checking a page."""
    options = ["--filterpattern", OF_FILES, "--also-check-css", "--also-check-svg", "--skip-non-html"]
    command = [java, *JAVA, "-jar", str(JAR), *options, "--format", "json", "--stdout", *map(str, folders)]
    run = subprocess.run(command, capture_output=True, check=False)
    assert run.stdout, run.stderr.decode()
    messages: list[dict[str, Any]] = json.loads(run.stdout)["messages"]
    return messages
