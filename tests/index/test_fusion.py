from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.fusion import NAMED, SAID, fuse, with_names


def floats(*values: float):
    return np.array(values, dtype=np.float32)


def test_each_side_is_scaled_to_one_and_weighted():
    """Cosines 0.2, 0.6, 1.0 become 0, ½, 1; word scores 0, 4, 1 become 0, 1, ¼; ¾ of these and ¼ of those is taken."""
    fused = fuse(floats(0.2, 0.6, 1.0), floats(0, 4, 1), 0.75)
    assert fused == pytest.approx([0.0, 0.75 + 0.125, 0.75 * 0.25 + 0.25])


def test_the_least_word_score_is_that_of_no_word_shared():
    """Where all candidates share words, the least of them is not pushed down to 0: 2 of 4 is ½."""
    assert fuse(floats(0.5, 0.5), floats(2, 4), 1.0) == pytest.approx([0.5, 1.0])


def test_a_side_that_tells_nothing_apart_adds_nothing():
    """Equal cosines, or no shared word at all, are 0 for everyone."""
    assert fuse(floats(0.3, 0.3), floats(0, 0), 0.5) == pytest.approx([0.0, 0.0])
    assert fuse(floats(0.3, 0.3), floats(0, 2), 0.5) == pytest.approx([0.0, 0.5])


def test_no_candidates_give_no_scores():
    """Nothing in, nothing out."""
    assert fuse(floats(), floats(), 0.5).shape == (0,)


def test_what_is_said_together_and_what_is_named_is_added_by_weight():
    """Two kinds of things asked about, of which the first candidate names both, the second one, the third none."""
    fused, said = np.array([0.5, 1.0, 0.0]), np.array([0.0, 1.0, 0.5])
    named = [np.array([True, True, False]), np.array([True, False, False])]
    assert with_names(fused, said, named) == pytest.approx(
        np.array([0.5 + NAMED, 1.0 + SAID + NAMED / 2, SAID / 2]) / (1 + SAID + NAMED)
    )


def test_where_nothing_is_named_the_rest_fills_the_scale():
    """All of both is 1."""
    assert with_names(np.array([1.0, 0.5]), np.array([1.0, 0.0]), []) == pytest.approx([1.0, 0.5 / (1 + SAID)])


cosines = st.floats(-1, 1, width=32)
word_scores = st.floats(0, 50, width=32)


@given(st.lists(st.tuples(cosines, word_scores), min_size=1, max_size=20), st.floats(0, 1))
def test_a_score_lies_between_0_and_1_and_better_on_both_sides_is_never_worse(pairs, weight):
    """Whoever has at least another's cosine and word score has at least its fused score."""
    dense, words = (np.array(side, dtype=np.float32) for side in zip(*pairs, strict=True))
    fused = fuse(dense, words, weight)
    assert fused.min() >= 0
    assert fused.max() <= 1 + 1e-9
    for i in range(len(pairs)):
        for j in range(len(pairs)):
            if dense[i] >= dense[j] and words[i] >= words[j]:
                assert fused[i] >= fused[j]
