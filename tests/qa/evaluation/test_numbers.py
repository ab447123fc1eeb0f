from __future__ import annotations

import pytest

from qa.evaluation.numbers import number, p_value, signed


def test_figures_have_three_digits_and_large_ones_one():
    """A share to a thousandth, words to a tenth; a dash where there is nothing."""
    assert [number(value) for value in (0.12345, 9.5, 48.9331, None)] == ["0.123", "9.500", "48.9", "–"]


@pytest.mark.parametrize(
    ("value", "text"), [(0.0126, "+0.013"), (-0.0126, "−0.013"), (0.0004, "0.000"), (-0.0004, "0.000"), (0, "0.000")]
)
def test_changes_have_a_sign_unless_they_round_to_nothing(value, text):
    """A true minus sign, and no negative zero."""
    assert signed(value) == text


def test_small_p_values_are_not_zero():
    """0.000 would claim certainty."""
    assert [p_value(p) for p in (0.00002, 0.0125, 1.0)] == ["< 0.001", "0.013", "1.000"]
