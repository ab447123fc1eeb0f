from __future__ import annotations

import pytest

from qa.evaluation.judgments import load_questions
from qa.mechanisms.questions import is_mechanism_question
from qa.questions import fixed_set
from qa.reading.question import read_question


@pytest.mark.parametrize(
    "question",
    [
        "how does miR-21 promote metastasis",
        "what does miR-25-3p target",
        "which genes does miR-9 change",
        "role of exosomal miR-7",
        "through what does miR-10b act",
        "Which exosomal miRNA targets KRIT1?",
        "miR-103 hepatoma junction breakdown mechanism",
        "which pathway does it activate",
        "Why do exosomes make tumours resistant?",
    ],
)
def test_asks_for_a_mechanism(question: str) -> None:
    """How, through what, what a molecule does to what: these ask for a mechanism."""
    assert is_mechanism_question(read_question(question))


@pytest.mark.parametrize(
    "question",
    [
        "what is the size of exosomes",
        "in which body fluids are exosomes found",
        "how many patients had high miR-21",
        "sensitivity of plasma miR-21",
        "How were the exosomes isolated?",
        "how do plants fix nitrogen",
        "What is the capital of Australia?",
    ],
)
def test_asks_for_something_else(question: str) -> None:
    """Sizes, numbers, methods and other fields are no mechanisms."""
    assert not is_mechanism_question(read_question(question))


def test_a_follow_up_counts_with_its_history() -> None:
    """What the question says on its own counts, history included."""
    assert is_mechanism_question(read_question("And miR-105?", ["What does miR-9 target in breast cancer?"]))


def test_the_fixed_set() -> None:
    """Of the fixed set nine in ten questions of the category mechanism ask for one, of the background one in five."""
    asked = [
        (q.category, is_mechanism_question(read_question(q.question, q.history))) for q in load_questions(fixed_set())
    ]
    shares = {kind: [said for category, said in asked if category == kind] for kind in ("mechanism", "background")}
    assert sum(shares["mechanism"]) >= 0.9 * len(shares["mechanism"])
    assert sum(shares["background"]) <= 0.2 * len(shares["background"])
