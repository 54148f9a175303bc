"""Requests that name another host are refused: a page elsewhere could read what is served."""

import socket

import pytest

from site_builder.serve.host_names import is_ours


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("127.0.0.1:8000", "127.0.0.1"),
        ("localhost:8000", "127.0.0.1"),
        ("LOCALHOST", "127.0.0.1"),
        ("localhost.:8000", "127.0.0.1"),
        ("[::1]:8000", "::1"),
        ("box.lan:8000", "box.lan"),
        ("192.168.1.7:8000", "192.168.1.7"),
        ("192.168.1.7:8000", "0.0.0.0"),
        ("[fe80::1]:8000", "::"),
        (f"{socket.gethostname()}:8000", "0.0.0.0"),
    ],
)
def test_our_own_names(written: str, host: str):
    assert is_ours(written, host)


@pytest.mark.parametrize(
    "written",
    [None, "", "evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example:8000", "0x7f.1",
     "127.0.0.1:8000.evil.example", "evil.example#127.0.0.1:8000", "evil.example@localhost", "localhost, evil.example"],
)  # fmt: skip
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0", "box.lan"])
def test_names_of_others(written: str | None, host: str):
    assert not is_ours(written, host)
