"""How the cost of a call grows with its input, whatever the speed of the machine.

    assert_linear(lambda n: read_text("a line\n" * n), 100_000)

A limit in seconds fails on a slow machine and passes on a fast one. The ratio of two measurements does neither.
"""

import gc
import os
import time
from collections.abc import Callable
from typing import Final

STEP: Final = 4
"""How much larger the larger input is."""
MAX_RATIO: Final = 9.0
"""Cost of STEP times the input over that of the input: 4 if it is linear, 5 with a logarithm, 16 if it is quadratic."""
MAX_ATTEMPTS: Final = 4
"""Other work on the machine can spoil a measurement; a cost that is really quadratic fails every attempt."""
MIN_SECONDS: Final = 0.005
"""Less processor time than this is too close to the clock's noise to be divided by."""


def assert_linear(call: Callable[[int], object], size: int) -> None:
    """Fail if the processor time of `call(n)` grows clearly faster than n, measured at `size` and STEP times `size`."""
    assert_cost_ratio(lambda: call(size), lambda: call(size * STEP), MAX_RATIO)


def assert_cost_ratio(small: Callable[[], object], large: Callable[[], object], at_most: float) -> None:
    """Fail if `large` takes more than `at_most` times the processor time of `small`."""
    seen = []
    for _ in range(MAX_ATTEMPTS):
        one, other = _seconds(small), _seconds(large)
        if other <= at_most * max(one, MIN_SECONDS):
            return
        seen.append(f"{other:.3f} s after {one:.3f} s")
    raise AssertionError(f"costs more than {at_most} times as much: {', '.join(seen)}")


def _seconds(call: Callable[[], object]) -> float:
    """Processor time of a call, with that of the processes that it starts and waits for."""
    gc.collect()
    started = _processor_seconds()
    call()
    return _processor_seconds() - started


def _processor_seconds() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system
