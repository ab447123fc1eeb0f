from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import american
from index.tokens import words


@pytest.mark.parametrize(
    ("british", "american_word"),
    [
        ("tumours", "tumors"),
        ("signalling", "signaling"),
        ("leukaemia", "leukemia"),
        ("oesophageal", "esophageal"),
        ("localisation", "localization"),
        ("metastasise", "metastasize"),
        ("catalyse", "catalyze"),
        ("fibres", "fibers"),
        ("sulphate", "sulfate"),
        ("honour", "honor"),
    ],
)
def test_a_british_word_and_its_american_spelling_are_one(british: str, american_word: str):
    """By themselves, and as words of the index."""
    assert american(british) == american_word
    assert words(british) == words(american_word)


PIECES = [
    *("ae", "oe", "m", "sth", "tal", "a", "l", "our", "u", "r", "all", "ell", "ing", "ed", "er", "is", "ys", "e", "s"),
    *("ation", "abc", "sul", "ph", "fib", "cen", "met", "lit", "re", "program", "me", "n", "b", "v", "oph", "dem"),
]
"""What British spellings are made of, and other letters."""


@given(st.lists(st.sampled_from(PIECES), max_size=6).map("".join))
def test_what_no_pattern_changes_is_all_that_is_passed_over(word: str):
    """Most words are passed over by one look; none that would change if all were looked at closely."""
    with patch("index.spelling._PERHAPS", re.compile("")):
        closely = american.__wrapped__(word)
    assert american(word) == closely


@pytest.mark.parametrize("word", ["four", "hour", "source", "rise", "disease", "analysis", "programs", "cell"])
def test_words_that_only_look_british_stay(word: str):
    """Or change in no way that anyone would notice."""
    assert american(word) == word
