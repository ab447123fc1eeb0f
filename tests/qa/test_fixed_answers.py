"""The answers to the fixed set over both libraries, with the real model: what they say, and how they say nothing."""

from __future__ import annotations

import re
from contextlib import closing
from pathlib import Path
from typing import Final

import pytest

from index.encoder import Encoder
from index.intake import sources_of, take_in
from qa.evaluation.answers import AnswerEvaluation, evaluate_answers
from qa.evaluation.experiment import Experiment
from qa.evaluation.judge import NOT_HERE, AnswerResult
from qa.evaluation.judgments import load_questions
from qa.questions import fixed_set
from qa.results import Case
from qa.service import Service
from qa.settings import Settings
from tests.qa.evaluation.test_answers import result

LEAST_COVERAGE: Final = 0.80
MOST_WORDS: Final = 120

CASES: Final = {
    "unknown-name": r"(named|cited) nowhere in these|These documents name \S+( without|, but)|names no microRNA",
    "unknown-relation": r"in these documents, but|Some words of the question|asks for a number",
    "other-context": r"in these documents, but (not )?together|(is|are) not what these documents are about",
    "off-topic": r"about something else|cannot be searched for|nothing in this library",
}
"""How each case is told in words, as a pattern."""


@pytest.fixture(scope="module", params=["starter", "reviews"])
def answers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AnswerEvaluation:
    """What the answers are worth over the starter documents, and over the two reviews where they are there."""
    if request.param == "starter":
        measured: Experiment = request.getfixturevalue("fixed_set_measured")
        assert measured.answers is not None
        return measured.answers
    reviews: dict[str, Path] = request.getfixturevalue("reviews")
    encoder: Encoder = request.getfixturevalue("real_encoder")
    folder = tmp_path_factory.mktemp("reviews") / "real"
    take_in(folder, encoder, sources_of(reviews.values()))
    with closing(Service(folder, Settings(), encoder)) as service:
        return evaluate_answers(service, load_questions(fixed_set()))


@pytest.mark.model
def test_answers_say_most_of_what_answers_in_few_words(answers: AnswerEvaluation):
    """Four of five facts in the mean over the answerable questions, in at most 120 words each."""
    assert answers.overall.means["coverage"] >= LEAST_COVERAGE
    assert answers.overall.means["words a nugget"] <= MOST_WORDS


@pytest.mark.model
def test_every_sentence_is_verbatim_where_it_says_it_stands(answers: AnswerEvaluation):
    """Found out anew from the documents, with every name and number in the evidence it cites."""
    assert {one.id: one.faults for one in answers.faulty} == {}
    assert answers.overall.means["citation precision"] == 1.0
    assert answers.overall.means["flagged"] == 0.0


@pytest.mark.model
def test_what_is_called_answered_has_an_answer(answers: AnswerEvaluation):
    """No question gets neither a sentence nor the reason why not."""
    silent = [one.id for one in answers.results if one.verdict != "absent" and "words" not in one.scores]
    assert silent == []
    assert [one.id for one in answers.results if one.verdict == "absent" and not one.abstained] == []


@pytest.mark.model
def test_what_is_not_in_the_documents_names_its_case(answers: AnswerEvaluation):
    """In words of that case, answerable or not: never a bare refusal, never two things at once."""
    assert [one.id for one in answers.results if one.abstained and not names_its_case(one)] == []


def names_its_case(result: AnswerResult) -> bool:
    """Whether the text says which case it is, and says no more than that it is not in the documents, and why."""
    head, _, reason = result.text.partition(". ")
    return head == NOT_HERE and result.case is not None and re.search(CASES[result.case], reason) is not None


@pytest.mark.parametrize(
    ("case", "text", "named"),
    [
        ("unknown-name", "Not in these documents. miR-999 is named nowhere in these documents.", True),
        ("unknown-name", "Not in these documents. miR-21 is in these documents, but not: bread.", False),
        ("unknown-relation", "Not in these documents. miR-21 is in these documents, but not: bread.", True),
        ("unknown-relation", "Not in these documents. The best evidence names it all.", False),
        ("off-topic", "Not in these documents. ", False),
        ("off-topic", "Sorry. These documents are about something else.", False),
        (None, "Not in these documents. These documents are about something else.", False),
    ],
)
def test_a_refusal_that_does_not_name_its_case_is_noticed(case: Case | None, text: str, named: bool):
    """Another case's words, no words, or no case."""
    assert names_its_case(result("n1", None, case=case, text=text)) == named
