"""What a conversation is: what each question follows on, and what it is called."""

from __future__ import annotations

from qa.conversations.records import MAX_CARRIED, latest


def test_the_oldest_questions_are_let_go():
    """Fifty questions, or 4,000 characters, are carried; of two long ones the latest."""
    assert latest(str(number) for number in range(60)) == tuple(str(number) for number in range(10, 60))
    assert latest(["a" * 2000, "b" * 2000, "c" * 2000]) == ("b" * 2000, "c" * 2000)
    assert sum(map(len, latest(["x" * 999] * 9))) <= MAX_CARRIED
