from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.topics import find_topics
from index.vocabulary import Vocabulary


@pytest.mark.parametrize(
    ("lay", "clinical"),
    [
        ("leaky blood vessels", "vascular permeability"),
        ("low oxygen", "hypoxic"),
        ("new blood vessels", "angiogenesis"),
        ("fat cells", "adipocytes"),
        ("chemotherapy resistance", "chemoresistant"),
        ("evade the immune system", "immunosuppression"),
        ("T lymphocytes", "T cells"),
        ("cell suicide", "apoptosis"),
        ("how big", "diameter"),
    ],
)
def test_lay_and_clinical_words_name_one_topic(lay: str, clinical: str):
    """Singular or plural, whatever the case."""
    (first,), (second,) = find_topics(lay), find_topics(clinical.upper())
    assert first.name == second.name


@pytest.mark.parametrize("text", ["base", "SET", "the cell", "t", "a vessel of clay", "it is not leaking"])
def test_ordinary_words_name_no_cell_or_process(text: str):
    """Half a phrase is no phrase."""
    assert find_topics(text) == ()


def test_of_phrases_that_begin_at_one_word_the_longest_counts():
    """The death of cells is apoptosis; their junctions are no death."""
    assert [topic.name for topic in find_topics("cell death at cell junctions")] == ["apoptosis", "tight junction"]


def test_a_question_in_lay_words_finds_what_is_said_in_clinical_ones():
    """They share no word but the topic's."""
    vocabulary = Vocabulary()
    (group,) = vocabulary.asked("leaky vessels").groups
    assert group.concepts == ("topic:leakiness",)
    assert "topic:leakiness" in vocabulary.record_words("vascular permeability rose", "d")


@given(st.text(max_size=80))
def test_spans_lie_in_the_text_in_order_and_apart(text: str):
    """Whatever the text."""
    end = 0
    for topic in find_topics(text):
        assert end <= topic.start < topic.end <= len(text)
        end = topic.end
