from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.errors import BadQuestionSet
from qa.evaluation.answers import AnswerEvaluation, evaluate_answers, summarise
from qa.evaluation.judge import AnswerResult
from qa.evaluation.judgments import Nugget, Question
from qa.evaluation.metrics import Abstention
from qa.service import Service

FOG = Question("moss-1", "background", "which moss drinks fog", (), (Nugget(("fog", "miR-210"), None, 2),))
BREAD = Question("none-1", "none", "who baked the bread", (), ())
FACT = Nugget(("fog",), None, 2)


def result(id_: str, coverage: float | None, words: float = 20.0, **changed) -> AnswerResult:
    """What an answer to one question was worth; no coverage for an unanswerable one."""
    answerable = coverage is not None
    scores = {"coverage": coverage, "words a nugget": words} if coverage is not None else {}
    facts = (FACT, FACT) if answerable else ()
    said = round(len(facts) * (coverage or 0))
    plain = AnswerResult(
        id=id_,
        category="table" if answerable else "none",
        question=f"does <{id_}> act?",
        answerable=answerable,
        scores=scores,
        verdict="supported" if answerable else "absent",
        case=None if answerable else "unknown-relation",
        abstained=not answerable,
        text="",
        said=facts[:said],
        unsaid=facts[said:],
        missing=(),
        faults=(),
        trail=((4, 0.0), (int(words), coverage)) if coverage is not None else (),
        took_ms=3.0,
    )
    return replace(plain, **changed)


RESULTS = (
    result("q1", 1.0, 10.0),
    result("q2", 0.5, 40.0, faults=("It stands outside its evidence.",), took_ms=5.0),
    result("q3", 0.0, 30.0, category="several", abstained=True),
    result("n1", None),
    result("n2", None, abstained=False, took_ms=1.0),
)
JUDGED = summarise(RESULTS, ("extractive",))


def test_means_by_hand():
    """(1 + 0.5 + 0) / 3 overall, 0.75 for the tables; nothing for questions without an answer to give."""
    assert JUDGED.overall.means == {"coverage": 0.5, "words a nugget": pytest.approx(80 / 3)}
    assert [(one.name, one.means.get("coverage")) for one in JUDGED.categories] == [
        ("table", 0.75), ("several", 0.0), ("none", None),
    ]  # fmt: skip


def test_how_long_answers_are_and_take():
    """Words a nugget 10, 30 and 40: median 30, the 95th percentile nine tenths of the way from 30 to 40."""
    assert JUDGED.words == (30.0, pytest.approx(39.0))
    assert JUDGED.median_ms == 3.0
    assert summarise(RESULTS[3:], ("extractive",)).words is None


def test_abstention_is_what_the_answers_say():
    """Of q3 and n1, which were told so, n1 is unanswerable, and n2 was told nothing: 1 of 2 both ways."""
    assert JUDGED.overall.abstention == Abstention(said=2, due=2, right=1)
    assert JUDGED.abstained == ("q3", "n1")


def test_faulty_citations_are_found_again():
    """Whoever reads 0.99 wants to know where."""
    assert [one.id for one in JUDGED.faulty] == ["q2"]


def test_every_question_is_asked_as_a_user_asks_it(small: Service):
    """The product's own answer, judged; who wrote it is told, and whoever waits."""
    told: list[int] = []
    measured: AnswerEvaluation = evaluate_answers(small, [FOG, BREAD], told.append)
    assert told == [1, 2]
    assert measured.writers == ("extractive",)
    first, second = measured.results
    assert first.text == small.ask(FOG.question).answer.text
    assert (first.scores["coverage"], first.said) == (1.0, FOG.nuggets)
    assert (second.abstained, second.scores) == (True, {})
    assert measured.scores == {"moss-1": first.scores, "none-1": {}}


@pytest.mark.parametrize("questions", [[], [replace(FOG, question="x" * 2001)]])
def test_what_cannot_be_asked_is_refused(small: Service, questions: list[Question]):
    """No questions, or one that is too long."""
    with pytest.raises(BadQuestionSet):
        evaluate_answers(small, questions)
