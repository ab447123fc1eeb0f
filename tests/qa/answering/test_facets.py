from __future__ import annotations

import pytest

from index.tokens import words
from index.words import WordIndex
from qa.answering.facets import Asking, asking
from qa.candidates import tell
from qa.reading.question import read_question

KNOWN = WordIndex.build(
    [words("miR-21 and miR-9 act on vascular leakage in liver cancer and lung cancer"), words("kelp")]
)


def asked(question: str) -> Asking:
    """The question in parts, of a library of a few words."""
    return asking(read_question(question), KNOWN)


def test_a_word_that_stands_in_no_record_is_no_part():
    """No sentence could hold it."""
    assert asked("kelp zeppelin").weights.keys() == {"kelp"}


def test_of_what_is_asked_side_by_side_one_is_enough():
    """A sentence on miR-9 alone answers half of a comparison, and is no less worth for it."""
    question = asked("miR-21 and miR-9 on kelp")
    assert question.share(tell("miR-9 in kelp").facets) == pytest.approx(1.0)
    assert question.share(tell("miR-9").facets) == pytest.approx(question.share(tell("miR-21").facets))
    assert 0 < question.share(tell("kelp").facets) < 1
    assert question.share(tell("gulls").facets) == 0


def test_a_sentence_is_elsewhere_if_it_names_a_cancer_and_none_asked_about():
    """One that names none may be anywhere; a metastasis to the organ asked about counts for it."""
    question = asked("miR-21 in liver cancer")
    assert question.elsewhere(tell("In lung cancer miR-21 acts."))
    assert not question.elsewhere(tell("In lung and liver cancer miR-21 acts."))
    assert not question.elsewhere(tell("In hepatoma miR-21 acts."))
    assert not question.elsewhere(tell("Here miR-21 acts."))
    assert not asked("miR-21").elsewhere(tell("In lung cancer miR-21 acts."))


@pytest.mark.parametrize(
    ("question", "many", "how", "clinical"),
    [
        ("which miRNAs open vessels", True, False, False),
        ("how does miR-21 open vessels", False, True, False),
        ("is miR-21 raised in plasma of patients", False, False, True),
    ],
)
def test_what_kind_of_question_it_is_shows_in_its_words(question: str, many: bool, how: bool, clinical: bool):
    """Molecules asked for, a mechanism asked for, patients asked for."""
    parts = asked(question)
    assert (parts.many, parts.how, parts.clinical) == (many, how, clinical)
