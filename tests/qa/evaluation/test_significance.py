from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import bootstrap, permutation_test

from corpus.errors import BadQuestionSet
from qa.evaluation.significance import ROUNDS, bootstrap_interval, compare, paired_randomisation


def test_three_questions_all_better_by_hand():
    """Differences 1, 2, 3: of eight sign patterns only all plus and all minus are as extreme."""
    assert paired_randomisation([1, 2, 3], [0, 0, 0]) == 2 / 8


def test_a_cancelling_difference_by_hand():
    """Differences 3 and -1, sum 2: patterns give 2, 4, -4, -2, all at least as far from 0."""
    assert paired_randomisation([3, 0], [0, 1]) == 1.0
    assert paired_randomisation([4, 0, 1], [0, 1, 0]) == 6 / 8  # sums ±6 ±4 ±4 ±2 against the seen 4


def test_equal_systems_differ_by_chance_for_sure():
    """No difference anywhere: p is 1."""
    assert paired_randomisation([0.3, 0.7], [0.3, 0.7]) == 1.0
    assert paired_randomisation([], []) == 1.0


def test_questions_without_a_difference_change_nothing():
    """Ties add neither for nor against."""
    assert paired_randomisation([1, 2, 3, 0.4], [0, 0, 0, 0.4]) == 2 / 8


def test_sums_equal_but_for_rounding_count_as_equal():
    """0.1 + 0.2 - 0.3 is not 0 in floats, and must not make a pattern less extreme than itself."""
    assert paired_randomisation([0.1, 0.2, 0.0], [0.0, 0.0, 0.3]) == 1.0


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=2, max_size=9))
def test_few_questions_are_enumerated_as_scipy_does(pairs):
    """SciPy's exact paired permutation test of the mean difference gives the same p; whole numbers add up exactly."""
    first, second = [float(a) for a, _ in pairs], [float(b) for _, b in pairs]
    theirs = permutation_test(
        (np.array(first) - np.array(second),), np.sum, permutation_type="samples", n_resamples=np.inf
    )
    assert paired_randomisation(first, second) == pytest.approx(min(theirs.pvalue, 1.0), abs=1e-12)


def test_many_questions_are_sampled_close_to_the_normal_limit():
    """100 differences of 1 or -1, 60 plus: twice the binomial tail from 60 is 0.0569; sampling is within 0.005."""
    first = [1.0] * 60 + [0.0] * 40
    second = [0.0] * 60 + [1.0] * 40
    p = paired_randomisation(first, second)
    assert p == pytest.approx(0.05689, abs=0.005)
    assert p == paired_randomisation(first, second)
    assert p == pytest.approx(paired_randomisation(second, first), abs=1e-15)


def test_a_sampled_p_is_never_zero():
    """The seen pattern is one of those counted."""
    assert paired_randomisation([1.0] * 60, [0.0] * 60) == 1 / (ROUNDS + 1)


def test_unequal_lengths_are_refused():
    """Pairs need partners."""
    with pytest.raises(ValueError, match="not 2 and 1"):
        paired_randomisation([1, 2], [1])


def test_interval_of_equal_scores_has_no_width_and_of_none_is_none():
    """Nothing varies, nothing is unsure; nothing measured, nothing said."""
    assert bootstrap_interval([0.5, 0.5, 0.5]) == (0.5, 0.5)
    assert bootstrap_interval([0.25]) == (0.25, 0.25)
    assert bootstrap_interval([]) is None


def test_interval_of_two_scores_by_hand():
    """Means of two draws from 0 and 1 are 0 and 1 a quarter of the time each, so the 95 % interval is all of it."""
    assert bootstrap_interval([0.0, 1.0]) == (0.0, 1.0)
    assert bootstrap_interval([0.0, 1.0], level=0.4) == (0.5, 0.5)


def test_interval_is_that_of_scipy():
    """SciPy's percentile bootstrap of 80 scores gives the same ends within sampling error, and ours never changes."""
    scores = list(np.random.default_rng(5).beta(3, 1, 80))
    theirs = bootstrap((scores,), np.mean, method="percentile", n_resamples=20_000, rng=np.random.default_rng(1))
    ours = bootstrap_interval(scores)
    assert ours == pytest.approx(tuple(theirs.confidence_interval), abs=0.004)
    assert ours == bootstrap_interval(scores)


def test_compare_by_hand():
    """Two shared questions of three each; the change is first minus second, per figure, on the shared ones alone."""
    new = {"a": {"nDCG@10": 1.0, "MRR@10": 1.0}, "b": {"nDCG@10": 0.5, "MRR@10": 1.0}, "c": {"nDCG@10": 1.0}}
    old = {"b": {"nDCG@10": 0.75, "MRR@10": 1.0}, "a": {"nDCG@10": 0.25, "MRR@10": 1.0}, "d": {"nDCG@10": 0.0}}
    comparison = compare("new", new, "old", old)
    ndcg, mrr = comparison.differences
    assert (ndcg.metric, ndcg.questions, ndcg.first, ndcg.second, ndcg.change) == ("nDCG@10", 2, 0.75, 0.5, 0.25)
    assert (ndcg.better, ndcg.worse, ndcg.p_value) == (1, 1, 1.0)
    assert ndcg.interval == (-0.25, 0.75)
    assert (mrr.metric, mrr.change, mrr.better, mrr.worse, mrr.p_value) == ("MRR@10", 0.0, 0, 0, 1.0)
    assert (comparison.only_first, comparison.only_second) == (1, 1)
    assert comparison.changes == (("a", 1.0, 0.25), ("b", 0.5, 0.75))


def test_where_lower_is_better_less_is_better():
    """Words fell on both questions, a lot on one: better twice, and surely so; the other way round surely worse."""
    new, old = {"a": {"words": 10.0}, "b": {"words": 20.0}}, {"a": {"words": 20.0}, "b": {"words": 80.0}}
    (fewer,) = compare("new", new, "old", old, figures=["words"], lower=["words"], main="words").differences
    (more,) = compare("old", old, "new", new, figures=["words"], lower=["words"], main="words").differences
    (gain,) = compare("old", old, "new", new, figures=["words"], main="words").differences
    assert (fewer.change, fewer.better, fewer.worse, fewer.sure) == (-35.0, 2, 0, 1)
    assert (more.better, more.worse, more.sure) == (0, 2, -1)
    assert (gain.better, gain.worse, gain.sure) == (2, 0, 1)


def test_changes_are_told_of_the_figure_that_is_asked_for():
    """A question that lacks it on one side counts as 0 there."""
    new, old = {"a": {"coverage": 1.0}, "b": {}}, {"a": {"coverage": 0.5}, "b": {"coverage": 0.25}}
    compared = compare("new", new, "old", old, figures=["coverage"], main="coverage")
    assert (compared.figure, compared.changes) == ("coverage", (("a", 1.0, 0.5), ("b", 0.0, 0.25)))
    assert [(one.metric, one.questions) for one in compared.differences] == [("coverage", 1)]


def test_nothing_in_common_cannot_be_compared():
    """Two runs of two question sets say nothing about each other."""
    with pytest.raises(BadQuestionSet, match="no question in common"):
        compare("new", {"a": {"nDCG@10": 1.0}}, "old", {"b": {"nDCG@10": 1.0}})
