from __future__ import annotations

from dataclasses import dataclass, field, replace
from math import log2

import pytest

from corpus.errors import BadQuestionSet
from corpus.records import Passage
from index.hits import Hit, ranked
from qa.evaluation.judgments import Nugget, Question, qrels
from qa.evaluation.retrieval import Ranking, evaluate, nugget_holders, questions_hash


def question(id_, category, answerable=True, history=()):
    nuggets = (Nugget(terms=("cargo",), study=None, grade=2),) if answerable else ()
    return Question(id=id_, category=category, question=f"what about {id_}?", history=history, nuggets=nuggets)


QUESTIONS = (
    question("m1", "mechanism"),
    question("n1", "none", answerable=False),
    question("m2", "mechanism"),
    question("t1", "table"),
    question("n2", "none", answerable=False),
)
QRELS = {"m1": {"a": 2, "b": 1}, "m2": {"c": 2}, "t1": {}, "n1": {"a": 1}}
NUGGETS = {"m1": [{"a"}, {"b", "c"}], "m2": [{"c"}], "t1": []}


@dataclass
class Canned:
    """Says what it was given to say, and keeps what it was asked."""

    rankings: dict[str, Ranking]
    name: str = "canned"
    asked: list[str] = field(default_factory=list)

    def run(self, asked):
        """What was given for it."""
        self.asked.append(asked.id)
        return self.rankings[asked.id]


def hits(*ids):
    return ranked([(id_, 1 / place) for place, id_ in enumerate(ids, start=1)], len(ids))


@pytest.fixture
def canned():
    return Canned(
        {
            "m1": Ranking(hits("x", "a", "y"), 0.9, "supported"),
            "m2": Ranking((), 0.2, "absent"),
            "t1": Ranking(hits("c"), 0.6, "partial"),
            "n1": Ranking(hits("a"), 0.2, "absent"),
            "n2": Ranking(hits("b"), 0.7, "supported"),
        }
    )


@pytest.fixture
def evaluation(canned):
    return evaluate(canned, QUESTIONS, QRELS, NUGGETS)


def test_scores_of_a_question_by_hand(evaluation):
    """The grade-2 record second of three, the grade-1 record missing, one of two facts found."""
    scores = evaluation.scores["m1"]
    assert scores["nDCG@10"] == pytest.approx((2 / log2(3)) / (2 + 1 / log2(3)))
    assert (scores["MRR@10"], scores["success@1"], scores["success@3"]) == (0.5, 0.0, 1.0)
    assert (scores["recall@10"], scores["nuggets@10"]) == (0.5, 0.5)


def test_a_question_without_hits_or_without_evidence_counts_as_zero(evaluation):
    """The mean is over all three answerable questions, though one found nothing and one has nothing to find."""
    assert evaluation.overall.answerable == 3
    assert evaluation.overall.means["MRR@10"] == 0.5 / 3
    assert evaluation.scores["m2"]["recall@5"] == 0.0
    assert evaluation.without_evidence == ("t1",)


def test_unanswerable_questions_count_in_no_ranking_figure(evaluation):
    """Even where the judgments grade a record for one."""
    assert set(evaluation.scores) == {"m1", "m2", "t1"}
    assert dict(evaluation.categories[1].means) == {}
    assert evaluation.overall.questions == 5


def test_a_question_without_facts_has_no_nugget_recall(evaluation):
    """The mean is over the two questions with facts: a half and nothing."""
    assert "nuggets@10" not in evaluation.scores["t1"]
    assert evaluation.overall.means["nuggets@10"] == 0.25


def test_confidence_is_judged_over_both_kinds(evaluation):
    """Pairs: 0.9 beats both, 0.2 ties one and loses one, 0.6 beats one and loses one: 3.5 of 6."""
    assert evaluation.auroc == 3.5 / 6
    counts = evaluation.overall.abstention
    assert (counts.said, counts.due, counts.right) == (2, 2, 1)


def test_a_system_without_verdicts_has_no_abstention_figures(canned):
    """One missing verdict is enough: half a count would mislead."""
    canned.rankings["m1"] = replace(canned.rankings["m1"], verdict=None)
    assert evaluate(canned, QUESTIONS, QRELS).overall.abstention is None


def test_categories_stand_in_order_of_appearance(evaluation):
    """Each with its own mean."""
    assert [(c.name, c.questions, c.answerable) for c in evaluation.categories] == [
        ("mechanism", 2, 2),
        ("none", 2, 0),
        ("table", 1, 1),
    ]
    assert evaluation.categories[0].means["MRR@10"] == 0.25


def test_found_names_rank_and_grade_of_what_answers(evaluation):
    """So that a report can say where the answers of a bad question stand."""
    first = evaluation.results[0]
    assert (first.found, first.relevant) == (((2, 2),), 2)


def test_every_question_is_asked_in_order_after_one_to_warm_up(canned):
    """And the caller hears of each."""
    done = []
    evaluate(canned, QUESTIONS, QRELS, progress=done.append)
    assert canned.asked == ["m1", "m1", "n1", "m2", "t1", "n2"]
    assert done == [1, 2, 3, 4, 5]


def test_the_run_holds_every_question(evaluation):
    """Also the unanswerable, and the one without hits."""
    assert evaluation.run["m2"] == ()
    assert evaluation.run["n1"] == (Hit("a", 1.0, 1),)
    assert list(evaluation.run) == ["m1", "n1", "m2", "t1", "n2"]


def test_one_question_has_its_own_time_for_median_and_slow(canned):
    """The 95th percentile of one time is that time."""
    evaluation = evaluate(canned, QUESTIONS[:1], QRELS)
    assert evaluation.median_ms == evaluation.slow_ms == evaluation.results[0].took_ms > 0


def test_a_record_returned_twice_is_refused(canned):
    """It would count twice and could lift a score above 1."""
    canned.rankings["m1"] = Ranking((Hit("a", 1, 1), Hit("a", 0.5, 2)), 1.0)
    with pytest.raises(ValueError, match="twice for question m1"):
        evaluate(canned, QUESTIONS, QRELS)


def test_a_set_without_questions_or_with_one_id_twice_is_refused(canned):
    """Neither has means to speak of."""
    with pytest.raises(BadQuestionSet, match="no questions"):
        evaluate(canned, (), {})
    with pytest.raises(BadQuestionSet, match="the id m1"):
        evaluate(canned, (QUESTIONS[0], QUESTIONS[0]), QRELS)


def test_the_hash_tells_question_sets_apart_but_not_their_order():
    """A word in a history changes it; shuffling does not."""
    assert questions_hash(QUESTIONS) == questions_hash(QUESTIONS[::-1])
    changed = replace(QUESTIONS[0], history=("and before?",))
    assert questions_hash((changed, *QUESTIONS[1:])) != questions_hash(QUESTIONS)


def test_holders_are_the_records_that_state_each_fact():
    """The supporting (grade 1) fact has no entry, an unstated fact an empty one, a repeated fact two records."""
    asked = Question(
        id="q",
        category="several",
        question="which?",
        history=(),
        nuggets=(Nugget(("salmon",), None, 2), Nugget(("trout",), None, 1), Nugget(("perch",), None, 2)),
    )
    texts = ["The salmon swims.", "A trout rests.", "One more salmon.", "Nothing."]
    records = [Passage(id=f"d:{n}", document_id="d", start=n, end=n + 1, text=text) for n, text in enumerate(texts)]
    graded = qrels([asked], records, lambda _: ())
    assert nugget_holders([asked], graded, records, lambda _: ()) == {"q": [frozenset({"d:0", "d:2"}), frozenset()]}
