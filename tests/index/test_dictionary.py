from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.dictionary import Dictionary, encoded, joined, numbered

anything = st.text(st.characters(), max_size=3)


@given(st.sets(anything), anything)
def test_words_are_numbered_in_alphabetical_order_and_found_again(some, other):
    """Whatever letters they have, halves of surrogate pairs too; a word that is not there has no number."""
    dictionary = Dictionary.of(map(encoded, sorted(some)))
    assert dictionary.words(range(len(dictionary))) == sorted(some)
    assert [dictionary.find(word) for word in sorted(some)] == list(range(len(some)))
    assert (dictionary.find(other) is None) == (other not in some)
    assert dictionary.words(dictionary.span(other)) == [word for word in sorted(some) if word.startswith(other)]


def test_more_words_are_looked_up_than_are_remembered(monkeypatch):
    """Each is found, the first again after it was forgotten."""
    monkeypatch.setattr("index.dictionary._REMEMBERED", 2)
    dictionary = Dictionary.of([b"fox", b"hen", b"owl", b"yak"])
    assert [dictionary.find(word) for word in ("fox", "hen", "owl", "elk", "yak", "fox")] == [0, 1, 2, None, 3, 0]


def test_texts_become_numbers():
    """In the order of the words, not in that in which they come."""
    dictionary, tokens = numbered([["owl", "fox"], [], ["owl", "hen"]])
    assert dictionary.all() == [b"fox", b"hen", b"owl"]
    assert tokens.tolist() == [2, 0, 2, 1]


def test_of_several_dictionaries_only_what_is_used_is_left():
    """The hen that nobody uses has no number."""
    first, second = Dictionary.of([b"fox", b"hen"]), Dictionary.of([b"elk", b"fox"])
    together, numbers = joined([(first, np.array([2, 0])), (second, np.array([1, 1]))])
    assert together.all() == [b"elk", b"fox"]
    assert [one.tolist() for one in numbers] == [[1, -1], [0, 1]]
