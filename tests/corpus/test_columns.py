"""The order of reading: whatever stands on a page is read once, wherever it stands."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.pdf.columns import Gutters, columns_of
from corpus.readers.pdf.content import Word

SIZES = st.sampled_from((6.0, 10.0, 18.0))


def _word(text: str, left: float, baseline: float, width: float = 90.0, size: float = 10.0) -> Word:
    return Word(text, left, baseline - 0.9 * size, left + width, baseline + 0.3 * size, baseline, size)


def _texts(words: list[Word], gutters: Gutters | None = None) -> list[list[str]]:
    return [[word.text for word in column] for column in columns_of(words, gutters or Gutters())]


@given(
    st.lists(
        st.tuples(st.lists(st.sampled_from((-20, -3, 0, 60, 110, 220)), max_size=4, unique=True), SIZES), max_size=40
    ),
    st.lists(st.sampled_from((55.0, 105.0, 215.0)), max_size=3),
)
def test_every_word_is_read_once(rows: list[tuple[list[int], float]], known: list[float]):
    """Also where words overlap, stick out of the page, or stand where another page has its gutter."""
    placed = [(left, 14.0 * at, size) for at, (lefts, size) in enumerate(rows) for left in lefts]
    words = [_word(str(at), left, baseline, size=size) for at, (left, baseline, size) in enumerate(placed)]
    read = [text for column in _texts(words, Gutters(known)) for text in column]
    assert sorted(read, key=int) == [str(at) for at in range(len(words))]


def test_a_column_that_begins_beyond_the_edge_of_the_page_is_read():
    """As in a scan that was cut too close."""
    rows = range(8)
    words = [_word(f"{side}{at}", left, 12.0 * at) for at in rows for side, left in (("l", -3.0), ("r", 110.0))]
    assert _texts(words) == [[f"l{at}" for at in rows], [f"r{at}" for at in rows]]


def test_a_title_may_be_all_that_one_column_holds():
    """Its second line is no part of the columns, so what is left stands on one side of a gutter known from before."""
    words = [
        _word("one", 20, 20, width=180, size=18.0),
        _word("two", 20, 42, width=70, size=18.0),
        _word("three", 110, 42, size=18.0),
        *(_word(f"r{at}", 110, 60.0 + 12 * at) for at in range(3)),
    ]
    read = [text for column in _texts(words, Gutters([100.0])) for text in column]
    assert read == ["one", "two", "three", "r0", "r1", "r2"]


def test_a_word_that_a_broken_file_puts_far_away_costs_nothing():
    """A bit for each half point up to there would fill the memory."""
    rows = range(8)
    words = [_word(f"{side}{at}", left, 12.0 * at) for at in rows for side, left in (("l", 0.0), ("r", 110.0))]
    far = _word("far", 1e14, 0.0)
    assert sorted(text for column in _texts([*words, far]) for text in column) == sorted(
        [*(word.text for word in words), "far"]
    )
