"""The tests' own measure of growth finds what is quadratic and leaves alone what is not."""

import pytest

from tests.helpers.growth import assert_linear


def test_linear_passes() -> None:
    assert_linear(lambda n: sum(range(n * 10_000)), 50)


def test_quadratic_fails() -> None:
    with pytest.raises(AssertionError, match="costs more than"):
        assert_linear(lambda n: sum(1 for _ in range(n) for _ in range(n)), 500)
