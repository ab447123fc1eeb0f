"""How the scores of vectors and of words become one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]


def fuse(dense: Scores, words: Scores, weight: float) -> NDArray[np.float64]:
    """One score a candidate, 0 to 1, higher is better: a convex combination of the two, each put on a scale of 0 to 1.

    Scores rather than ranks are combined, because a rank forgets how sure a ranking is: a question that names a rare
    molecule has one record far ahead in the words, and reciprocal ranks would average that away. Each side is scaled
    by its least and greatest value among the candidates (min-max; Bruch, Gai & Ingber 2023, An Analysis of Fusion
    Functions for Hybrid Retrieval); of the words the least is 0, no word shared.

    Args:
        dense: `(m,)` cosines of the candidates.
        words: `(m,)` BM25 scores of the same candidates, in the same order, 0 or more.
        weight: of the words, 0 to 1.
    """
    if len(dense) == 0:
        return np.empty(0)
    return weight * _scaled(words, 0.0) + (1 - weight) * _scaled(dense, float(dense.min()))


def _scaled(scores: Scores, least: float) -> NDArray[np.float64]:
    spread = float(scores.max()) - least
    return (scores.astype(np.float64) - least) / spread if spread > 0 else np.zeros(len(scores))
