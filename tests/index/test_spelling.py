from __future__ import annotations

import pytest

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


@pytest.mark.parametrize("word", ["four", "hour", "source", "rise", "disease", "analysis", "programs", "cell"])
def test_words_that_only_look_british_stay(word: str):
    """Or change in no way that anyone would notice."""
    assert american(word) == word
