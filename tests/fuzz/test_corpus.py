"""Every input that once broke a promise, and some that are merely odd: each run holds all of them to the promises."""

import json
from pathlib import Path

import pytest

from tests.helpers.fuzzing import CORPUS, data_of, hold, sound_site
from tests.helpers.fuzzing_imports import hold_import

CASES = sorted(CORPUS.rglob("*.json"))


@pytest.mark.parametrize("case", CASES, ids=[path.stem for path in CASES])
def test_case(case: Path) -> None:
    found = json.loads(case.read_text(encoding="utf-8"))
    if found["kind"] == "site":
        hold({**sound_site(), **found["tree"]}, [tuple(harm) for harm in found.get("harm", ())])
    else:
        hold_import(found["name"], data_of(found["data"]), found.get("form"))


def test_there_is_a_corpus() -> None:
    assert CASES
