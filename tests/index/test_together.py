from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.identity import Vectors
from index.together import Together, Tokens


class Noted:
    """A lane that notes each batch by the first tokens of its texts; a text's vector is its first token."""

    def __init__(self, name: str, batches: list[tuple[str, list[int]]]) -> None:
        self.name, self.batches = name, batches
        self.begun: list[int] | None = None

    def start(self, batch: Sequence[Tokens]) -> None:
        """Takes a batch where it has none; refuses one of several lengths, and that of a text which begins with 99."""
        assert self.begun is None
        assert len({len(tokens) for tokens in batch}) == 1
        self.batches.append((self.name, [tokens[0] for tokens in batch]))
        if batch[0][0] == 99:
            raise ValueError("no start")
        self.begun = [tokens[0] for tokens in batch]

    def finish(self) -> Vectors:
        """One row a text; an error for a batch that holds 13, an interruption for one that holds 14."""
        assert self.begun is not None
        begun, self.begun = self.begun, None
        if 13 in begun:
            raise ValueError("no finish")
        if 14 in begun:
            raise KeyboardInterrupt
        return np.array([[first] for first in begun], dtype=np.float32)


@pytest.fixture
def batches() -> list[tuple[str, list[int]]]:
    """What was begun, in order: the lane's name and the first token of each text."""
    return []


@pytest.fixture
def together(batches: list[tuple[str, list[int]]]) -> Together:
    """With a wide lane and one narrow lane."""
    return Together(Noted("wide", batches), lambda: [Noted("narrow", batches)])


def test_a_text_that_finds_nothing_at_work_is_begun_on_the_wide_lane(together, batches):
    """Before its vector is asked for, and again once that was given."""
    first = together.begin([1, 0])
    assert batches == [("wide", [1])]
    assert first().tolist() == first().tolist() == [[1]]
    together.begin([2, 0])
    assert batches == [("wide", [1]), ("wide", [2])]


def test_narrow_lanes_are_made_when_they_are_first_needed(batches):
    """Not for a text by itself."""
    made = []
    together = Together(Noted("wide", batches), lambda: made.append(1) or [Noted("narrow", batches)])
    together.begin([1])()
    assert not made
    together.begin([2])
    together.begin([3])
    assert made == [1]


def test_what_finds_all_lanes_taken_goes_with_the_oldest_and_those_of_its_length(together, batches):
    """The third to seventh wait; the first lane that is free takes the third and its like, the next one the rest."""
    coming = [together.begin([n] * length) for n, length in enumerate([2, 2, 5, 3, 5, 3, 5])]
    assert batches == [("wide", [0]), ("narrow", [1])]
    assert coming[1]().tolist() == [[1]]
    assert batches[2:] == [("narrow", [2, 4, 6])]
    assert [each().tolist() for each in coming] == [[[n]] for n in range(7)]
    assert batches[3:] == [("narrow", [3, 5])]


def test_a_batch_is_bounded(together, batches):
    """Of texts of a thousand tokens two go together at most."""
    coming = [together.begin([n] * 1000) for n in range(7)]
    assert [each().tolist() for each in coming] == [[[n]] for n in range(7)]
    assert [texts for _, texts in batches] == [[0], [1], [2, 3], [4, 5], [6]]


def test_who_waits_frees_the_lane_of_one_who_does_not_ask(together, batches):
    """Two were begun and are never asked for; the third is given its vector nevertheless."""
    together.begin([1])
    together.begin([2])
    assert together.begin([3])().tolist() == [[3]]
    assert batches == [("wide", [1]), ("narrow", [2]), ("wide", [3])]


@pytest.mark.parametrize(("bad", "error"), [(13, ValueError), (99, ValueError), (14, KeyboardInterrupt)])
def test_one_that_cannot_be_encoded_leaves_nobody_waiting(together, bad, error):
    """Whoever shared its batch is told what went wrong, interruptions too; what comes after is encoded."""
    taken = [together.begin([1]), together.begin([2])]
    sharing = [together.begin([n, 0]) for n in (bad, 3)]
    after = together.begin([4, 0, 0])
    assert [each().tolist() for each in taken] == [[[1]], [[2]]]
    for each in sharing:
        with pytest.raises(error):
            each()
    assert after().tolist() == [[4]]
    assert [together.begin([n])().tolist() for n in (5, 6)] == [[[5]], [[6]]]


def test_one_that_comes_alone_and_cannot_be_begun_leaves_the_lane_free(together, batches):
    """The next one to come is encoded there."""
    with pytest.raises(ValueError, match="no start"):
        together.begin([99])()
    assert together.begin([1])().tolist() == [[1]]
    assert batches == [("wide", [99]), ("wide", [1])]


@given(st.lists(st.tuples(st.integers(100, 999), st.integers(1, 4)), max_size=60), st.integers(1, 3))
def test_of_many_threads_each_is_given_its_own(asked, lanes):
    """Whatever was asked for beside it, whichever lane it was on."""
    together = Together(Noted("wide", []), lambda: [Noted("narrow", []) for _ in range(lanes)])
    with ThreadPoolExecutor(8) as threads:
        found = threads.map(lambda text: together.begin([text[0]] * text[1])().item(), asked)
        assert list(found) == [first for first, _ in asked]
