from __future__ import annotations

import tempfile
from math import log2
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ir_measures import RR, R, Success, nDCG
from scipy.stats import mannwhitneyu

from index.hits import ranked
from qa.evaluation import metrics
from qa.evaluation.runs import write_run

GRADES = {"a": 2, "b": 1, "c": 1, "z": 0}


def test_ndcg_by_hand():
    """Gains 1, 0, 2 at ranks 1 to 3 against the ideal 2, 1, 1, one of which was never returned."""
    found = 1 + 2 / log2(4)
    ideal = 2 + 1 / log2(3) + 1 / log2(4)
    assert metrics.ndcg(["b", "z", "a"], GRADES, 10) == pytest.approx(found / ideal, abs=1e-15)


def test_ndcg_gain_is_linear():
    """A grade of 2 is worth twice a grade of 1, not three times."""
    assert metrics.ndcg(["y", "x"], {"x": 2, "y": 1}, 1) == 0.5


def test_ndcg_ideal_is_cut_at_k():
    """With one place, the best possible order fills one place."""
    assert metrics.ndcg(["a", "b", "c"], GRADES, 1) == 1.0


def test_ndcg_of_the_ideal_order_is_one_and_of_nothing_zero():
    """Best order 1; nothing returned, nothing relevant, or only below the cut, 0."""
    assert metrics.ndcg(["a", "b", "c", "z"], GRADES, 10) == 1.0
    assert metrics.ndcg([], GRADES, 10) == 0.0
    assert metrics.ndcg(["a"], {}, 10) == 0.0
    assert metrics.ndcg(["z", "a"], GRADES, 1) == 0.0


def test_a_negative_grade_is_no_gain_and_no_loss():
    """Spam marked -1 counts as grade 0."""
    assert metrics.ndcg(["spam", "a"], {"a": 1, "spam": -1}, 10) == pytest.approx(1 / log2(3))


def test_reciprocal_rank_counts_the_first_relevant_within_k():
    """The second record is the first relevant one; a cut at 1 misses it; a higher bar moves it to the third."""
    assert metrics.reciprocal_rank(["z", "b", "a"], GRADES, 10) == 1 / 2
    assert metrics.reciprocal_rank(["z", "b", "a"], GRADES, 1) == 0.0
    assert metrics.reciprocal_rank(["z", "b", "a"], GRADES, 10, relevant=2) == 1 / 3


def test_recall_is_a_share_and_success_is_yes_or_no():
    """One of three relevant records in the top 2: recall@2 is a third, success@2 is 1."""
    assert metrics.recall(["z", "b", "a"], GRADES, 2) == 1 / 3
    assert metrics.success(["z", "b", "a"], GRADES, 2) == 1.0
    assert metrics.success(["z", "b", "a"], GRADES, 1) == 0.0
    assert metrics.recall(["z"], {"z": 0}, 5) == 0.0


def test_nugget_recall_counts_a_repeated_fact_once():
    """Two records hold the first fact, none the second, one below the cut the third: one of three."""
    holders = [{"a", "b"}, set(), {"c"}]
    assert metrics.nugget_recall(["a", "b", "c"], holders, 2) == 1 / 3
    assert metrics.nugget_recall(["a", "b", "c"], holders, 3) == 2 / 3
    assert metrics.nugget_recall(["a"], [], 10) == 0.0


def test_auroc_by_hand_with_a_tie():
    """Of four pairs two are right, one is tied and one is wrong: 2.5 / 4."""
    assert metrics.auroc([0.9, 0.5], [0.5, 0.6]) == 2.5 / 4
    assert metrics.auroc([0.5], [0.5]) == 0.5


def test_auroc_needs_both_kinds():
    """Without an unanswerable question there is nothing to tell apart."""
    assert metrics.auroc([0.5], []) is None
    assert metrics.auroc([], [0.5]) is None


@given(
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=12),
    st.lists(st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]), min_size=1, max_size=12),
)
def test_auroc_is_the_mann_whitney_statistic(positives, negatives):
    """SciPy's U over the number of pairs, whatever the ties."""
    if len({*positives, *negatives}) == 1:
        expected = 0.5  # SciPy divides by a variance of 0 here
    else:
        expected = mannwhitneyu(positives, negatives, method="asymptotic").statistic / len(positives) / len(negatives)
    assert metrics.auroc(positives, negatives) == pytest.approx(expected, abs=1e-12)


def test_abstention_by_hand():
    """Said three times, once in vain; due three times, once forgotten."""
    counts = metrics.abstention([(True, True), (True, True), (True, False), (False, True), (False, False)])
    assert (counts.precision, counts.recall) == (2 / 3, 2 / 3)


def test_abstention_without_a_denominator_is_no_figure():
    """Never said, or never due: None, not 0 and not 1."""
    counts = metrics.abstention([(False, False)])
    assert (counts.precision, counts.recall) == (None, None)


def test_every_figure_has_a_definition():
    """What a report shows it can explain."""
    assert [*metrics.ranking_scores([], {}), metrics.NUGGETS] == [*metrics.RANKING, metrics.NUGGETS]
    assert {*metrics.RANKING, metrics.NUGGETS} <= set(metrics.DEFINITIONS)


RECORDS = st.sampled_from([f"r{number}" for number in range(16)])
JUDGED = st.dictionaries(
    st.sampled_from(["q1", "q2", "q3"]),
    st.dictionaries(RECORDS, st.integers(0, 3), min_size=1, max_size=12),
    min_size=1,
)
FOUND = st.dictionaries(
    st.sampled_from(["q1", "q2", "q4"]),
    st.dictionaries(RECORDS, st.sampled_from([-1.0, 0.0, 0.1, 0.1 + 1e-17, 0.5, 3.0]), max_size=16),
)


@settings(max_examples=150, deadline=None)
@given(JUDGED, FOUND)
def test_every_figure_is_that_of_ir_measures_on_the_same_run_file(qrels, found):
    """Tied scores, empty rankings, unjudged questions and judged questions missing from the run included."""
    named = {"nDCG@10": nDCG @ 10, "MRR@10": RR @ 10, "success@1": Success @ 1, "success@3": Success @ 3}
    named |= {"success@5": Success @ 5, "recall@5": R @ 5, "recall@10": R @ 10}
    run = {question: ranked(scores.items(), 16) for question, scores in found.items()}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "some.run"
        write_run(path, run, "some")
        theirs = ir_measures.calc(list(named.values()), qrels, list(ir_measures.read_trec_run(str(path))))
    expected = {(value.query_id, value.measure): value.value for value in theirs.per_query}
    for question, grades in qrels.items():
        ours = metrics.ranking_scores([hit.record_id for hit in run.get(question, ())], grades)
        for name, measure in named.items():
            assert ours[name] == pytest.approx(expected.get((question, measure), 0.0), abs=1e-9), (question, name)
    for name, measure in named.items():
        mean = sum(
            metrics.ranking_scores([hit.record_id for hit in run.get(q, ())], g)[name] for q, g in qrels.items()
        ) / len(qrels)
        assert mean == pytest.approx(theirs.aggregated[measure], abs=1e-9), name
