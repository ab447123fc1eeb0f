from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import numpy as np
import pytest

from index.identity import Vectors
from index.together import Together


class Held:
    """An encoder whose first batch lasts until it is let go; notes each batch. A text's vector is its length."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.begun, self.go = Event(), Event()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One row a text, once let go; an error where one of them is bad."""
        self.batches.append(list(texts))
        self.begun.set()
        self.go.wait()
        if "bad" in texts:
            raise ValueError("bad")
        return np.array([[len(text)] for text in texts], dtype=np.float32)


def asked_while_busy(held: Held, together: Together, texts: Sequence[str]) -> list[object]:
    """What each text was given, the first asked alone and the others, in order, while it was being encoded."""
    with ThreadPoolExecutor(len(texts)) as threads:
        answers = []
        for i, text in enumerate(texts):
            answers.append(threads.submit(together.encode, text))
            held.begun.wait()
            while together.waiting < i:
                pass
        held.go.set()
        return [answer.exception() or answer.result().tolist() for answer in answers]


def test_what_is_asked_while_the_encoder_is_busy_goes_together_next():
    """The first starts alone, at once; the four that come meanwhile are one batch; each is given its own."""
    held = Held()
    together = Together(held.encode)
    assert asked_while_busy(held, together, ["a", "bb", "ccc", "dddd", "eeeee"]) == [[[n]] for n in range(1, 6)]
    assert held.batches == [["a"], ["bb", "ccc", "dddd", "eeeee"]]
    assert together.waiting == 0


def test_a_batch_is_bounded():
    """Of five that wait where two may go at once, two go, two, then one; in the order in which they came."""
    held = Held()
    asked_while_busy(held, Together(held.encode, most=2), ["a", "b", "c", "d", "e", "f"])
    assert held.batches == [["a"], ["b", "c"], ["d", "e"], ["f"]]


def test_one_that_cannot_be_encoded_leaves_nobody_waiting():
    """Whoever shared its batch is told of the error; the next is encoded."""
    held = Held()
    together = Together(held.encode)
    first, *others = asked_while_busy(held, together, ["a", "bad", "c"])
    assert first == [[1]]
    assert [type(other) for other in others] == [ValueError, ValueError]
    assert together.encode("four").tolist() == [[4]]


def test_an_interrupted_batch_is_said_to_be_so():
    """What ends a thread is passed on, too, and is not swallowed."""

    def interrupted(_: Sequence[str]) -> Vectors:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Together(interrupted).encode("a")
