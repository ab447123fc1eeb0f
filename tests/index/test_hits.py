from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from index.hits import Hit, ranked


def test_a_higher_score_comes_first_and_ties_go_by_record_id():
    """Among three, the best is first and the two equal ones stand in the order of their ids."""
    assert ranked([("b", 1.0), ("c", 2.0), ("a", 1.0)], 3) == (Hit("c", 2.0, 1), Hit("a", 1.0, 2), Hit("b", 1.0, 3))


def test_no_more_than_k_are_given():
    """What would rank third is left out of two."""
    assert ranked([("b", 1.0), ("c", 2.0), ("a", 1.0)], 2) == (Hit("c", 2.0, 1), Hit("a", 1.0, 2))


def test_nothing_found_is_no_hit():
    """An empty ranking is an empty tuple."""
    assert ranked([], 5) == ()


@given(st.dictionaries(st.text(max_size=3), st.sampled_from([0.0, 0.25, 0.5, 1.0])), st.randoms())
def test_the_order_is_total(scores, random):
    """However the pairs come in, the hits stand by (-score, record id), ranks from 1 without a gap."""
    pairs = list(scores.items())
    random.shuffle(pairs)
    hits = ranked(pairs, len(pairs))
    assert [(-hit.score, hit.record_id) for hit in hits] == sorted((-score, name) for name, score in scores.items())
    assert [hit.rank for hit in hits] == list(range(1, len(pairs) + 1))
