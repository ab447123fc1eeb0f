"""How what vectors, words, statements and names say of a record become one score."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]

# These two, and the weight of words against vectors, come from ten-fold cross-validation on the fixed question set
# (`benchmarks/fusion.py`): of the combinations within 0.005 of the best one there, the best on two public benchmarks.
SAID: Final = 0.1
"""The weight of what one statement holds, beside vectors and words, which together weigh 1."""
NAMED: Final = 0.3
"""The weight of the kinds of things asked about that a record names, likewise."""


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


def with_names(
    fused: NDArray[np.float64], said: NDArray[np.float64], named: Sequence[NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """The score with what is said in one statement and what is named: a convex combination, 0 to 1, higher is better.

    Both are shares already, so nothing is scaled: half of what was asked is half, however little the others hold.

    Args:
        fused: `(m,)`, as `fuse` gives it.
        said: `(m,)`, the share of the question that one statement of each candidate holds, 0 to 1.
        named: for each kind of thing that the question names, `(m,)`, whether each candidate names one.
    """
    if not named:
        return (fused + SAID * said) / (1 + SAID)
    share: NDArray[np.float64] = np.mean(named, axis=0)
    return (fused + SAID * said + NAMED * share) / (1 + SAID + NAMED)


def _scaled(scores: Scores, least: float) -> NDArray[np.float64]:
    spread = float(scores.max()) - least
    return (scores.astype(np.float64) - least) / spread if spread > 0 else np.zeros(len(scores))
