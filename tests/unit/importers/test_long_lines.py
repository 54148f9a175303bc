"""One line of a million signs is read about as fast as any other paste of that size."""

import time

import pytest

from site_builder.importers.read.text.read_text import read_text

MAX_CPU_SECONDS = 5.0
"""About 0.5 on an idle machine, and 6 to 10 where every pattern reads the whole line."""


@pytest.mark.parametrize("sign", ["-", ".", "@", "("])
def test_a_line_of_one_sign_is_read_quickly(sign):
    read_text(f"{sign * 100}\n\nA gate.")
    started = time.process_time()
    read_text(
        f"The gate opens\n\n{sign * (1_000_000 // len(sign))}\n\nThe harbour office opened its gate to engineers."
    )
    assert time.process_time() - started < MAX_CPU_SECONDS
