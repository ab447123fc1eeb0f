from __future__ import annotations

import numpy as np
import pytest

from index.ids import Ids

PARTS = [("moss", 2), ("sedge", 0), ("ferns", 3)]
LISTED = ("moss:0-1", "moss:1-2", "ferns:0-1", "ferns:5-6", "ferns:10-11")


@pytest.fixture
def ids() -> Ids:
    """Two documents with records and one without, not in the order of their ids."""
    return Ids(lambda positions: tuple(LISTED[position] for position in positions), PARTS)


def test_ids_are_a_sequence(ids: Ids):
    """By position, from the end never, in slices, and of several positions at once."""
    assert (len(ids), tuple(ids), ids[3], ids[1:4:2]) == (5, LISTED, "ferns:5-6", (LISTED[1], LISTED[3]))
    assert ids.of(np.array([4, 0])) == (LISTED[4], LISTED[0])
    for position in (-1, 5):
        with pytest.raises(IndexError):
            ids[position]


def test_the_order_is_that_of_documents_then_of_places(ids: Ids):
    """Wherever the documents lie: ferns before moss, and within a document as the positions are."""
    order = np.argsort(ids.order(np.arange(5)))
    assert [LISTED[position] for position in order] == [*LISTED[2:], *LISTED[:2]]


def test_a_list_is_in_the_order_it_has():
    """What is in no library has no documents."""
    listed = Ids.listed(["b", "a"])
    assert (tuple(listed), np.argsort(listed.order(np.arange(2))).tolist()) == (("b", "a"), [0, 1])
    assert len(Ids.listed([])) == 0
