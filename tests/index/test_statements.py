from __future__ import annotations

from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.postings import Postings
from index.statementparts import StatementPart
from index.statements import Statements
from index.vocabulary import Asked, Group

# the first record says fox and hen in two sentences, the second in one; the third says nothing
TOLD = [[["fox", "owl"], ["hen"]], [["fox", "hen"]], [[]]]
IDF_2 = log(1 + 2.5 / 2.5)
"""Lucene's idf of a word in two of the four statements."""


ALL = np.arange(3)
WORDS = ["fox", "owl", "hen", "con:night", "lex:9", "elk"]


def by_hand(told: list[list[list[str]]], asked: Asked) -> list[float]:
    """The greatest share of each record, statement by statement."""
    statements = [set(words) for record in told for words in record]

    def idf(word: str) -> float:
        n = sum(word in words for words in statements)
        return float(np.log1p((len(statements) - n + 0.5) / (n + 0.5)))

    terms = [{word} for word in dict.fromkeys(asked.rest)]
    terms += [{*group.surface, *group.concepts} for group in asked.groups]
    total = sum(max(map(idf, ways)) for ways in terms) or 1
    return [
        max(sum(max(map(idf, ways)) for ways in terms if ways & set(words)) for words in record) / total
        for record in told
    ]


@st.composite
def cut(draw: st.DrawFn) -> tuple[list[list[list[str]]], Statements]:
    """What records say, and an index of it in several parts; what they abbreviate is beside the parts."""
    statement = st.lists(st.sampled_from(WORDS[:-1]), max_size=4)
    told = draw(st.lists(st.lists(statement, min_size=1, max_size=3), max_size=6))
    cuts = sorted(draw(st.lists(st.integers(0, len(told)), max_size=3)))
    own = [[[word for word in words if word[:4] != "con:"] for words in record] for record in told]
    statements = [words for record in told for words in record]
    marks = {(word, i) for i, words in enumerate(statements) for word in words if word[:4] == "con:"}
    parts = [StatementPart.build(own[start:end]) for start, end in pairwise([0, *cuts, len(told)])]
    return told, Statements(parts, Postings.of_pairs(sorted(marks), len(statements)))


def asked(*rest: str) -> Asked:
    return Asked(rest, ())


def test_what_one_sentence_says_counts_and_what_two_say_does_not_add_up():
    """Half of "fox hen" for either sentence of the first, all of it for the second."""
    assert Statements.build(TOLD).shares(asked("fox", "hen"), ALL).tolist() == [0.5, 1.0, 0.0]


def test_a_rare_word_counts_more_and_a_word_asked_twice_counts_once():
    """Owls are in one statement of four: ln(1 + 3.5 / 1.5) against ln 2."""
    rare = log(1 + 3.5 / 1.5)
    shares = Statements.build(TOLD).shares(asked("fox", "owl", "owl", "hen"), ALL)
    total = rare + 2 * IDF_2
    assert shares == pytest.approx([(rare + IDF_2) / total, 2 * IDF_2 / total, 0])


def test_any_way_to_name_a_thing_will_do():
    """A vixen is a fox here: who asks for one is answered by the other."""
    vixen = Asked(("hen",), (Group(0, 5, ("vixen",), ("fox",)),))
    rarest = log(1 + 4.5 / 0.5)
    assert Statements.build(TOLD).shares(vixen, ALL) == pytest.approx([rarest / (rarest + IDF_2), 1.0, 0.0])


def test_nothing_asked_and_nothing_there_is_no_share():
    """Neither divides by zero."""
    assert Statements.build(TOLD).shares(asked(), ALL).tolist() == [0, 0, 0]
    assert Statements.build([]).shares(asked("fox"), ALL[:0]).tolist() == []


@given(cut(), st.lists(st.sampled_from(WORDS), max_size=4), st.lists(st.lists(st.sampled_from(WORDS), min_size=2)))
@settings(deadline=None)
def test_records_have_the_same_shares_however_they_are_cut(cut_told, rest, groups):
    """Bit for bit the share that is worked out statement by statement."""
    told, index = cut_told
    question = Asked(tuple(rest), tuple(Group(0, 1, (first,), tuple(others)) for first, *others in groups))
    everything = np.arange(len(told))
    assert index.shares(question, everything).tolist() == by_hand(told, question)
    assert len(index) == len(told)


@given(cut(), st.lists(st.sampled_from(WORDS)), st.lists(st.integers(0, 5)))
@settings(deadline=None)
def test_the_shares_of_some_are_those_of_all(cut_told, rest, places):
    """In any order, and a record that is asked about twice is answered twice."""
    told, index = cut_told
    every = Statements.build(told).shares(asked(*rest), np.arange(len(told)))
    some = np.array([place for place in places if place < len(told)], dtype=np.int64)
    assert index.shares(asked(*rest), some).tolist() == every[some].tolist()
