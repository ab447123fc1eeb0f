"""A conversation as an address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from web.conversation import Conversation

TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


@given(TEXT, st.lists(TEXT, max_size=4))
def test_the_address_holds_the_whole_conversation(question: str, history: list[str]):
    """Whatever was asked comes out of the address as it went in."""
    read = parse_qs(urlsplit(Conversation(question, tuple(history)).url).query, keep_blank_values=True)
    assert (read["q"], read.get("h", [])) == ([question], history)


def test_each_earlier_question_comes_with_those_before_it():
    """The second of two earlier questions has the first as its history."""
    earlier = Conversation("c", ("a", "b")).earlier
    assert earlier == (Conversation("a"), Conversation("b", ("a",)))


def test_a_follow_up_carries_this_question_last():
    """What it follows on is the latest of its history."""
    assert Conversation("c", ("a", "b")).carried == ("a", "b", "c")
