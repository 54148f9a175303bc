"""All addresses at once: several hosts, each in turn, and what holds for a whole host is asked once."""

import dataclasses
import itertools
import threading
import time
from typing import Any

import pytest

from site_builder.link_check.answers import LinkAnswer, Verdict
from site_builder.link_check.ask_address import Asker
from site_builder.link_check.check_links import LinkCheck, NoNetworkError
from site_builder.link_check.host_turns import HostTurns

ALIVE = LinkAnswer(Verdict.ALIVE, was_reached=True)
NOBODY = LinkAnswer(Verdict.DOWN, "no connection", of_host=True)


class FakeAsker(Asker):
    """Answers by address, and notes what was asked, of whom and how."""

    def __init__(self, answers: dict[str, LinkAnswer], seconds: float = 0) -> None:
        super().__init__(HostTurns(0), "")
        self.given = answers
        self.seconds = seconds
        self.asked: list[tuple[str, bool, bool]] = []

    def ask(self, url: str, *, wants_ids: bool = False, is_patient: bool = True) -> LinkAnswer:
        self.asked.append((url, wants_ids, is_patient))
        self._turns.wait(self.seconds)
        return self.given.get(url, ALIVE)

    @property
    def urls(self) -> list[str]:
        return [url for url, _, _ in self.asked]


def check(asker: FakeAsker, **given: Any) -> LinkCheck:
    return LinkCheck(asker, asker._turns, **given)


def test_every_address_is_asked_once():
    urls = [f"https://{host}.example/{n}" for host in "abc" for n in range(5)]
    asker = FakeAsker({})
    told: list[tuple[int, int]] = []
    run = check(asker)
    run.run([*urls, *urls[:0]], lambda done, of: told.append((done, of)))
    assert sorted(asker.urls) == urls
    assert run.answers == dict.fromkeys(urls, ALIVE)
    assert sum(done for done, _ in told) == 15
    assert {of for _, of in told} == {15}


def test_nothing_to_ask():
    run = check(FakeAsker({}))
    run.run([])
    assert run.answers == {}


def test_a_host_that_does_not_answer_is_asked_once():
    urls = [f"https://a.example/{n}" for n in range(9)]
    asker = FakeAsker(dict.fromkeys(urls, NOBODY))
    run = check(asker)
    run.run([*urls, "http://a.example/plain", "https://b.example/"])
    assert sorted(asker.urls) == ["http://a.example/plain", "https://a.example/0", "https://b.example/"]
    assert list(run.answers.values()).count(NOBODY) == 9
    assert run.answers["http://a.example/plain"] == ALIVE


def test_a_slow_host_is_left_alone():
    slow = LinkAnswer(Verdict.DOWN, "it took longer than 20 s", was_slow=True)
    urls = [f"https://a.example/{n}" for n in range(9)]
    asker = FakeAsker(dict.fromkeys(urls, slow))
    run = check(asker)
    run.run([*urls, "https://b.example/"])
    assert len(asker.urls) == 3
    assert {run.answers[url].verdict for url in urls[2:]} == {Verdict.UNKNOWN}


def test_a_slow_page_is_no_slow_host():
    slow = LinkAnswer(Verdict.DOWN, "it took longer than 20 s", was_slow=True)
    urls = [f"https://a.example/{n}" for n in range(9)]
    asker = FakeAsker({urls[0]: slow, urls[2]: slow, urls[4]: slow})
    check(asker).run(urls)
    assert len(asker.urls) == 9


def test_a_host_that_asks_for_it_is_left_alone():
    later = LinkAnswer(Verdict.UNKNOWN, "429", was_reached=True, retry_after_seconds=3600)
    urls = [f"https://a.example/{n}" for n in range(9)]
    asker = FakeAsker({urls[3]: later})
    run = check(asker)
    run.run(urls)
    assert asker.urls == urls[:4]
    assert run.answers[urls[8]].why == "its server asks to be left alone for a while"


def test_known_ones_are_asked_with_less_patience_and_fragments_are_looked_for():
    asker = FakeAsker({})
    known, parts = "https://a.example/", "https://b.example/"
    check(asker, known_dead=frozenset({known}), with_fragments=frozenset({parts})).run([known, parts])
    assert sorted(asker.asked) == [(known, False, False), (parts, True, True)]


def test_without_a_network_nothing_is_learned():
    urls = ["https://a.example/", "https://b.example/"]
    run = check(FakeAsker(dict.fromkeys(urls, NOBODY)))
    with pytest.raises(NoNetworkError):
        run.run(urls)
    one = check(FakeAsker({"https://a.example/": NOBODY}))
    one.run(["https://a.example/"])  # of one host, nobody can tell
    assert not one.has_learned


def test_a_fault_of_ours_is_not_hidden():
    class Broken(FakeAsker):
        def ask(self, url: str, *, wants_ids: bool = False, is_patient: bool = True) -> LinkAnswer:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        check(Broken({})).run(["https://a.example/"])


def test_an_interruption_ends_it_at_once_and_keeps_what_was_learned():
    asker = FakeAsker({}, seconds=0.05)
    run = check(asker)
    begun = time.monotonic()

    def interrupt(done: int, of: int) -> None:
        if run.answers:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run.run([f"https://a.example/{n}" for n in range(10_000)], interrupt)
    assert time.monotonic() - begun < 5
    assert 0 < len(run.answers) < 200
    time.sleep(0.2)
    count = len(asker.asked)
    time.sleep(0.2)
    assert len(asker.asked) == count  # nobody goes on in the background


def test_hosts_do_not_wait_for_each_other():
    """A host with a single connection at a time is as slow as it is; the others go on meanwhile."""
    barrier = threading.Barrier(8, timeout=5)

    class Together(FakeAsker):
        def ask(self, url: str, *, wants_ids: bool = False, is_patient: bool = True) -> LinkAnswer:
            barrier.wait()
            return ALIVE

    run = check(Together({}))
    run.run([f"https://{name}.example/" for name in "abcdefgh"])
    assert len(run.answers) == 8
    assert dataclasses.asdict(run.answers["https://a.example/"])["verdict"] == "alive"
    assert list(itertools.islice(run.answers, 1))
