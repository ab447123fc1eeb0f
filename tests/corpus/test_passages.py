from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.passages import cut


def texts(text: str, **limits: int) -> list[str]:
    return [text[spans[0][0] : spans[-1][1]] for spans in cut(text, 0, len(text), **limits)]


FOUR = (
    "Alpha rose in every one of the treated animals here. Beta fell. Gamma stayed at its former level in all of them. "
)
LONG = "Delta was never measured in any of these animals at any time."


def test_sentences_go_two_by_two():
    """By default a passage is two sentences of a paragraph."""
    text = FOUR + LONG
    assert texts(text) == [text[:63], text[64:]]


def test_spans_are_those_of_the_sentences_in_the_whole_text():
    """Each passage gives its sentences' spans in characters of the document."""
    text = "## Not this.\n\nIt rose. It fell."
    assert cut(text, 14, len(text)) == (((14, 22), (23, 31)),)


def test_a_very_short_last_sentence_joins_the_passage_before():
    """A last sentence of a few words does not stand alone."""
    assert texts(FOUR + "It ended.", max_sentences=3) == [FOUR[:63], FOUR[64:] + "It ended."]
    assert texts("It rose. It fell. It ended.") == ["It rose. It fell. It ended."]


def test_a_long_last_sentence_stands_alone():
    """An uneven paragraph ends in a passage of one sentence, where that says something."""
    assert texts("It rose. It fell. " + LONG) == ["It rose. It fell.", LONG]


def test_a_lone_short_sentence_is_a_passage():
    """The line that introduces a list is kept."""
    assert texts("Ways to block them include:") == ["Ways to block them include:"]


def test_no_passage_is_longer_than_the_limit():
    """Sentences that do not fit together part, and a longer sentence is divided after a clause."""
    text = "It rose, as all had thought, in cells and in mice. It fell."
    assert texts(text, max_chars=40) == ["It rose, as all had thought,", "in cells and in mice. It fell."]


def test_a_marker_is_never_divided():
    """Dividing a sentence goes round its markers."""
    assert texts("one two three [1, 2] four", max_chars=17) == ["one two three", "[1, 2] four"]


def test_a_word_longer_than_the_limit_is_divided_anyway():
    """Without a blank there is only the limit."""
    assert texts("a" * 25, max_chars=10) == ["a" * 10, "a" * 10, "a" * 5]


@given(
    st.lists(st.sampled_from(["miR-21 rose.", "It", "fell", "[1, 2]", ", ", " ", "\n", "x" * 30, "A. "]), max_size=60),
    st.integers(1, 4),
    st.integers(8, 120),
)
def test_passages_cover_the_paragraph_within_their_limits(parts, max_sentences, max_chars):
    """Whatever the limits, passages are in order, within them, and leave out nothing but blanks."""
    text = "".join(parts)
    place = 0
    for spans in cut(text, 0, len(text), max_sentences=max_sentences, max_chars=max_chars):
        assert 1 <= len(spans) <= max(3, max_sentences)
        assert spans[-1][1] - spans[0][0] <= max_chars
        for start, end in spans:
            assert start >= place
            assert not text[place:start].strip()
            assert text[start:end] == text[start:end].strip() != ""
            place = end
    assert not text[place:].strip()
