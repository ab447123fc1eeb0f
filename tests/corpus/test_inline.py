"""Marks inside a line."""

import pytest

from corpus.inline import plain, raised


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("seen *in vivo* and **twice**", "seen in vivo and twice"),
        ("<i>in vivo</i> mice", "in vivo mice"),
        ("told.^[35,36] Next", "told.[35,36] Next"),
        ("told.^{35,36} Next", "told.[35,36] Next"),
        ("10^{5} cells of CD8^{+}", "10⁵ cells of CD8⁺"),
        ("growth<sup>3-5</sup>", "growth[3-5]"),
        ("H_{2}O", "H2O"),
        ("circ_102481_x and 2 * 3 * 4", "circ_102481_x and 2 * 3 * 4"),
        ("*p<0.05, **p<0.01", "*p<0.05, **p<0.01"),
        ("p <b and c> q", "p <b and c> q"),
        ("a<!-- note -->b", "a b"),
    ],
)
def test_marks_go_and_text_stays(marked, shown):
    """Emphasis and known tags go; stars, lines and angles that mark nothing stay."""
    assert plain(marked) == shown


def test_a_raised_number_is_a_marker_only_after_a_word_or_a_stop():
    """Centimetres squared and powers of ten are not citations."""
    assert raised("3", "growth.") == "[3]"
    assert raised("3", "cells") == "[3]"
    assert raised("2", "cm") == "²"
    assert raised("6", "10") == "⁶"
    assert raised("a", "Smith") == "a"
