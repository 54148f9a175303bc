"""`external-links.json`: written line by line, read with care."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from site_builder.config.link_states import (
    LINKS_FILE,
    DeadLink,
    LinkState,
    LinkStates,
    dead_links,
    format_link_states,
    load_link_states,
)
from tests.helpers.site import MKDOCS_YML, MakeSite, article, check, load_settings

DAY = dt.date(2026, 6, 3)
STATES = LinkStates(
    DAY,
    {
        "https://b.example/ä": LinkState(),
        "https://a.example/": LinkState(
            failing=DAY, days=3, dead=DAY, why="404 Not Found", archive="https://w.example/"
        ),
    },
)


def test_one_sorted_line_for_each_address():
    dead = '"failing":"2026-06-03","days":3,"why":"404 Not Found","dead":"2026-06-03","archive":"https://w.example/"'
    dead = f'"https://a.example/": {{{dead}}},'
    assert format_link_states(STATES).decode().splitlines() == [
        "{",
        '"about": "Written by site-builder links --external: commit it, and do not edit it.",',
        '"version": 1,',
        '"checked": "2026-06-03",',
        '"links": {',
        dead,
        '"https://b.example/ä": {}',
        "}",
        "}",
    ]


@pytest.mark.parametrize("states", [STATES, LinkStates()])
def test_what_is_written_is_read_again(tmp_path: Path, states: LinkStates):
    (tmp_path / LINKS_FILE).write_bytes(format_link_states(states))
    assert load_link_states(tmp_path) == (states, [])


DAYS = st.none() | st.dates()


@given(
    DAYS,
    st.dictionaries(
        st.text(), st.builds(LinkState, alive=DAYS, failing=DAYS, days=st.integers(0, 99), why=st.text(), dead=DAYS)
    ),
)
def test_any_states_are_one_json_document(checked: dt.date | None, links: dict[str, LinkState]):
    data = format_link_states(LinkStates(checked, links))
    assert json.loads(data)["links"].keys() == links.keys()
    assert len(data.splitlines()) == 6 + max(1, len(links)) + 1


def test_without_a_file_nothing_is_known(tmp_path: Path):
    assert load_link_states(tmp_path) == (LinkStates(), [])
    assert dead_links(LinkStates()) == ()


@pytest.mark.parametrize(
    ("data", "text", "hint"),
    [
        (b"", "cannot be read", "an earlier version of it from git"),
        (b"[]", "cannot be read", "from git"),
        (b"\xff\xfe", "cannot be read", "from git"),
        (b"[" * 100_000, "cannot be read", "from git"),
        (b'{"version": 1}', "cannot be read", "from git"),
        (b'{"version": 2, "links": []}', "has version 2, and this program knows version 1", "a newer one"),
        (b'{"version": 1, "links": {"https://a.example/": {"dead": "soon"}}}', "cannot be read", "from git"),
        (b'{"version": 1, "links": {"https://a.example/": {"ded": "2026-06-03"}}}', "cannot be read", "from git"),
        (b'{"version": 1,\n<<<<<<< HEAD\n"links": {}}', "cannot be read", "solve the merge conflict"),
    ],
)
def test_a_file_that_is_none_is_reported_and_marks_nothing(tmp_path: Path, data: bytes, text: str, hint: str):
    (tmp_path / LINKS_FILE).write_bytes(data)
    states, (found,) = load_link_states(tmp_path)
    assert states is None
    assert (found.code, text in found.text, hint in found.hint) == ("links-file", True, True), found


def test_a_file_elsewhere_is_not_read(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_bytes(format_link_states(STATES))
    (tmp_path / "site" / LINKS_FILE).symlink_to(tmp_path / "secret")
    states, (found,) = load_link_states(tmp_path / "site")
    assert states is None
    assert "symbolic link out of the folder" in found.text


def test_a_copy_that_is_no_web_address_is_no_copy(tmp_path: Path):
    bad = LinkStates(DAY, {"https://a.example/": LinkState(failing=DAY, dead=DAY, archive="javascript:alert(1)")})
    (tmp_path / LINKS_FILE).write_bytes(format_link_states(bad))
    states, _ = load_link_states(tmp_path)
    assert states
    assert dead_links(states) == (DeadLink("https://a.example/", DAY),)


def test_the_settings_know_what_is_dead(make_site: MakeSite):
    root = make_site({LINKS_FILE: format_link_states(STATES), "content/articles/a.md": article()})
    assert [link.url for link in load_settings(root)[0].dead_links] == ["https://a.example/"]
    assert [link.url for link in load_settings(root, untrusted=True)[0].dead_links] == ["https://a.example/"]
    (root / LINKS_FILE).write_text("{", encoding="utf-8")
    assert [text for text in check(root) if "[links-file]" in text]
    assert load_settings(root)[0].dead_links == ()
    assert MKDOCS_YML in (root / "mkdocs.yml").read_text(encoding="utf-8")
