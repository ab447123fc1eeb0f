"""The engine that looks through the segments of the library themselves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.engine import Scores
from index.ids import Ids
from index.vectors import VectorIndex
from index.vocabulary import Asked
from index.within import Within
from index.words import WordIndex, leading


class FaissEngine:
    """Proposes records by their vectors and words as they lie in the segments; `index.engine.Engine`.

    Args:
        ids: of the records, by position, for their order where they tie.
    """

    def __init__(self, vectors: VectorIndex, words: WordIndex, ids: Ids) -> None:
        self._vectors = vectors
        self._words = words
        self._ids = ids

    def nearest(self, vector: Vectors, k: int, within: Within | None) -> NDArray[np.int64]:
        """The nearest positions, `k` at most; approximate in segments of many records (`index.vectors`)."""
        return self._vectors.search(vector, k, within.positions if within else None, self._ids.order)[0]

    def likely(self, asked: Asked, k: int, within: Within | None) -> tuple[NDArray[np.int64], Scores]:
        """The positions that share most with the question, `k` at most, exactly; how the words score any record."""
        scores = self._words.combined(asked.rest, asked.ways)
        best = leading(scores, k) if within is None else within.positions[leading(scores[within.positions], k)]
        return cut(best, scores[best], k, self._ids), scores.take

    def check(self) -> None:
        """Nothing is to be found out: a library that is open holds its segments."""

    def state(self) -> None:
        """Nothing lies anywhere but in the library."""

    def close(self) -> None:
        """Nothing is held open but the segments, which are the library's."""


def cut(best: NDArray[np.int64], scores: NDArray[np.float32], k: int, ids: Ids) -> NDArray[np.int64]:
    """Of the best, which are more than `k` where they tie, `k`: of the last the first by document id and place."""
    if len(best) <= k:
        return best
    ahead, last = best[scores > scores.min()], best[scores == scores.min()]
    return np.concatenate([ahead, last[np.argsort(ids.order(last))[: k - len(ahead)]]])
