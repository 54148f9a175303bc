"""Ask all addresses elsewhere: several hosts at once, each of them one address after the other."""

import queue
import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

from site_builder.link_check.answers import LinkAnswer, Verdict
from site_builder.link_check.ask_address import MAX_WAIT_SECONDS, Asker
from site_builder.link_check.host_turns import HostTurns, StoppedError

HOSTS_AT_ONCE: Final = 16
SLOW_ANSWERS: Final = 2
"""Addresses of a host in a row that take too long before the others are left alone until the next check."""
_LOOK_SECONDS: Final = 0.1
"""Between two looks at whether all is done: a signal is answered in between."""


class NoNetworkError(Exception):
    """No server at all was reached, so nothing was learned about any address."""


@dataclass(slots=True)
class LinkCheck:
    """A check that is under way: `answers` grows while `run` asks, and holds what was learned if it is interrupted."""

    asker: Asker
    turns: HostTurns
    with_fragments: Collection[str] = ()
    """Addresses of which the parts are to be looked at as well."""
    known_dead: Collection[str] = ()
    """Addresses that need not be asked several times."""
    answers: dict[str, LinkAnswer] = field(default_factory=dict)
    _faults: list[Exception] = field(default_factory=list)

    def run(self, urls: Iterable[str], tell: Callable[[int, int], object] = lambda _done, _of: None) -> None:
        """Ask all addresses. `tell` gets how many more have answered, and of how many.

        Raises NoNetworkError where it seems that there is no network; what interrupts it ends it at once.
        """
        by_host = _by_host(urls)
        total = sum(map(len, by_host))
        waiting: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()
        for group in by_host:
            waiting.put(group)
        threads = [
            threading.Thread(target=self._work, args=(waiting,), daemon=True)
            for _ in range(min(HOSTS_AT_ONCE, len(by_host)))
        ]
        told = 0
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                while thread.is_alive():
                    thread.join(_LOOK_SECONDS)
                    done = len(self.answers)
                    tell(done - told, total)
                    told = done
            tell(len(self.answers) - told, total)
        finally:
            self.turns.stop()
        if self._faults:
            raise self._faults[0]
        failed = {urlsplit(url).netloc for url, answer in self.answers.items() if answer.of_host}
        if not self.has_learned and len(failed) > 1:
            raise NoNetworkError

    @property
    def has_learned(self) -> bool:
        """Whether any server was reached: if none was, the fault is likely to be on this side."""
        return any(answer.was_reached for answer in self.answers.values())

    def _work(self, waiting: "queue.SimpleQueue[Sequence[str]]") -> None:
        try:
            while True:
                self._ask_host(waiting.get_nowait())
        except (queue.Empty, StoppedError):
            return
        except Exception as error:  # noqa: BLE001 (it is raised again where everybody sees it)
            self._faults.append(error)
            self.turns.stop()

    def _ask_host(self, urls: Sequence[str]) -> None:
        """Ask the addresses of a host; what holds for all of them is asked once."""
        of_host: dict[str, LinkAnswer] = {}
        slow = 0
        resting: LinkAnswer | None = None
        for url in urls:
            server = "{0.scheme}://{0.netloc}".format(urlsplit(url))
            if answer := of_host.get(server) or resting:
                self.answers[url] = answer
                continue
            answer = self.asker.ask(url, wants_ids=url in self.with_fragments, is_patient=url not in self.known_dead)
            self.answers[url] = answer
            if answer.of_host:
                of_host[server] = answer
            slow = slow + 1 if answer.was_slow else 0
            if slow >= SLOW_ANSWERS:
                resting = LinkAnswer(Verdict.UNKNOWN, "its server is too slow today")
            elif (answer.retry_after_seconds or 0) > MAX_WAIT_SECONDS:
                resting = LinkAnswer(Verdict.UNKNOWN, "its server asks to be left alone for a while")


def _by_host(urls: Iterable[str]) -> list[Sequence[str]]:
    """Addresses by host, the host with the most first, because it takes the longest."""
    groups: dict[str, list[str]] = {}
    for url in sorted(urls):
        groups.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))
