"""What a conversation is: what each question follows on, and what it is called."""

from __future__ import annotations

import pytest

from corpus.errors import InputError, UnknownConversation
from qa.conversations.records import MAX_CARRIED, Conversation, Turn, checked_title, latest, title_of
from qa.scope import EVERYTHING


def conversation(*follows: int) -> Conversation:
    """One with the questions q1, q2, …, each of which follows on the given one."""
    at = "2026-05-03T09:05:00.000000Z"
    turns = (Turn(n, after, f"q{n}", EVERYTHING, at, None, None) for n, after in enumerate(follows, 1))
    return Conversation("id", "title", at, at, tuple(turns))


def test_a_question_follows_on_those_of_its_own_branch():
    """The fourth follows on the second, not on the third, which was asked in another window."""
    asked = conversation(0, 1, 1, 2)
    assert [asked.history(number) for number in range(1, 5)] == [(), ("q1",), ("q1",), ("q1", "q2")]
    assert asked.carried(4) == ("q1", "q2", "q4")
    assert asked.carried(0) == ()


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_turn_that_is_not_there_is_said(number: int):
    """Whichever end it lies beyond."""
    with pytest.raises(UnknownConversation, match=f"no question {number}; it has 2"):
        conversation(0, 1).turn(number)


def test_the_oldest_questions_are_let_go():
    """Fifty questions, or 4,000 characters, are carried; of two long ones the latest."""
    assert latest(str(number) for number in range(60)) == tuple(str(number) for number in range(10, 60))
    assert latest(["a" * 2000, "b" * 2000, "c" * 2000]) == ("b" * 2000, "c" * 2000)
    assert sum(map(len, latest(["x" * 999] * 9))) <= MAX_CARRIED


def test_a_long_question_is_a_title_cut_after_a_word():
    """Without a blank, after 79 characters; 80 are kept whole."""
    assert title_of("x" * 80) == "x" * 80
    assert title_of("x" * 81) == "x" * 79 + "…"
    assert title_of("word " * 30) == "word " * 14 + "word…"


@pytest.mark.parametrize(("typed", "says"), [(" \t", "empty"), ("x" * 201, "201 characters")])
def test_a_title_that_cannot_be_is_refused(typed: str, says: str):
    """Empty, or longer than 200 characters."""
    with pytest.raises(InputError, match=says):
        checked_title(typed)
    assert checked_title("  PTEN \n and  others ") == "PTEN and others"
