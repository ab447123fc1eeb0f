from __future__ import annotations

from dataclasses import replace
from typing import get_args

import pytest

from qa.judgments import load_questions
from qa.questions import fixed_set
from qa.results import Case, SearchResponse
from qa.service import Service
from qa.settings import Settings


@pytest.fixture(scope="module")
def searched(starter: Service) -> list[SearchResponse]:
    """What is found for every question of the fixed set, over the starter documents."""
    return [starter.search(question.question, history=question.history) for question in load_questions(fixed_set())]


def test_the_verdict_is_where_the_confidence_lies(searched: list[SearchResponse]):
    """From `supported` up it is supported, below `absent` absent, between the two partial."""
    settings = Settings()
    for response in searched:
        support = response.support
        assert 0 <= support.confidence <= 1
        if support.confidence >= settings.supported:
            assert support.verdict == "supported"
        elif support.confidence >= settings.absent:
            assert support.verdict == "partial"
        else:
            assert support.verdict == "absent"


def test_what_is_not_supported_says_which_case_it_is_and_why(searched: list[SearchResponse]):
    """And what is supported has no case; a reason is one sentence."""
    for response in searched:
        assert (response.support.case is None) == (response.support.verdict == "supported")
        assert response.support.case in (None, *get_args(Case))
        assert response.support.reason.endswith(".")


def test_the_thresholds_are_settings(starter: Service):
    """The same evidence is supported to one and absent to another; the confidence is one."""
    question = "how does miR-21 promote metastasis in colorectal cancer"
    lenient = Service(starter.path, Settings(supported=0.0, absent=0.0), starter.encoder)
    strict = Service(starter.path, Settings(supported=1.0, absent=1.0), starter.encoder)
    one, other = lenient.search(question), strict.search(question)
    assert (one.support.verdict, other.support.verdict) == ("supported", "absent")
    assert one.support.confidence == other.support.confidence == starter.search(question).support.confidence
    assert one.evidence == other.evidence
    lenient.close()
    strict.close()


@pytest.mark.parametrize("name", ["miR-99999", "hsa-mir-4021-5p", "microRNA 8765"])
def test_a_molecule_that_is_nowhere_is_named_as_such(starter: Service, name: str):
    """The case is unknown-name, the confidence zero, and the nearest evidence is there all the same."""
    response = starter.search(f"how does {name} promote metastasis in colorectal cancer")
    assert (response.support.verdict, response.support.case) == ("absent", "unknown-name")
    assert response.support.confidence == 0
    assert response.interpreted.names[0].name in response.support.reason
    assert response.evidence


def test_one_unknown_molecule_among_known_ones_is_enough(starter: Service):
    """Half an answer would pass for a whole one; only the unknown one is named as such."""
    support = starter.search("do miR-21 and miR-99999 promote metastasis").support
    assert (support.verdict, support.case) == ("absent", "unknown-name")
    assert "miR-99999" in support.reason
    assert "miR-21 " not in support.reason


def test_a_question_that_shares_no_word_is_off_topic(starter: Service):
    """Whatever lies nearest."""
    response = starter.search("sourdough zeppelin quokka")
    assert (response.support.verdict, response.support.case) == ("absent", "off-topic")
    assert response.evidence


@pytest.mark.parametrize("question", ["miR-", "???", "ما هو دور الورم", "10.1000/none", "the of and"])
def test_every_question_gets_a_verdict(starter: Service, question: str):
    """Also one without a word that could be searched for."""
    assert starter.ask(question).support.verdict in {"absent", "partial", "supported"}


@pytest.mark.parametrize("k", [1, 3, 30])
def test_whether_the_documents_answer_does_not_hang_on_how_much_is_shown(starter: Service, k: int):
    """The same question has the same verdict, whatever the count of evidence wanted."""
    for question in load_questions(fixed_set())[::8]:
        wide = starter.search(question.question, history=question.history)
        narrow = starter.search(question.question, history=question.history, k=k)
        assert narrow.support == wide.support
        assert replace(narrow, took_ms={}, evidence=()) == replace(wide, took_ms={}, evidence=())
