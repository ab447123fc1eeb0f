"""Whether a difference between two systems on the same questions could be chance, and how sure a mean is.

Seeds are fixed: the same numbers give the same result, on every run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BadQuestionSet
from qa.evaluation import metrics

ROUNDS = 100_000
"""Random sign patterns tried where there are too many to try all; the number Smucker et al. used."""

RESAMPLES = 10_000
"""Bootstrap samples for an interval; its ends are then good to about a hundredth of its width."""

RANKED_BY = "nDCG@10"
"""The figure of a ranking by which changes of questions are told, unless another is named."""

_EXACT = 16  # up to this many differing questions all 2**n sign patterns are tried: fewer than ROUNDS
_CHUNK = 10_000  # sign patterns at a time, so that 300 questions take 24 MB
_TOLERANCE = 1e-12  # relative; sums equal but for rounding count as equal, as they must for p to reach 1


def paired_randomisation(first: Sequence[float], second: Sequence[float], *, seed: int = 0) -> float:
    """The two-sided p-value that two systems' mean scores on the same questions differ by chance, above 0, at most 1.

    Fisher's paired randomisation test: were the two systems alike, each question's two scores could be swapped, that
    is the sign of each difference flipped. The p-value is the share of sign patterns whose mean is at least as far
    from 0 as the one seen. All patterns are tried where at most 16 questions differ; otherwise 100,000 random ones,
    with the one seen counted among them so that p is never 0 (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9,
    2010). Recommended for retrieval by Smucker, Allan & Carterette, A comparison of statistical significance tests
    for information retrieval evaluation, CIKM 2007.

    Args:
        first: scores of one system.
        second: scores of the other, question by question in the same order.
        seed: of the random patterns.

    Raises:
        ValueError: the two are not of one length.
    """
    if len(first) != len(second):
        message = f"paired scores must be of one length, not {len(first)} and {len(second)}"
        raise ValueError(message)
    differences = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    # A difference of 0 adds nothing whichever its sign, so leaving it out changes no sum and makes exactness cheaper.
    differences = differences[differences != 0]
    if differences.size == 0:
        return 1.0
    seen = abs(float(differences.sum())) - _TOLERANCE * float(np.abs(differences).sum())
    if differences.size <= _EXACT:
        return float(np.mean(np.abs(_all_signs(differences.size) @ differences) >= seen))
    rng = np.random.default_rng(seed)
    extreme = 0
    for start in range(0, ROUNDS, _CHUNK):
        shape = (min(_CHUNK, ROUNDS - start), differences.size)
        signs = rng.integers(0, 2, size=shape, dtype=np.int8) * 2.0 - 1.0
        extreme += int(np.count_nonzero(np.abs(signs @ differences) >= seen))
    return (extreme + 1) / (ROUNDS + 1)


def bootstrap_interval(scores: Sequence[float], *, level: float = 0.95, seed: int = 0) -> tuple[float, float] | None:
    """The interval (low, high) that holds the mean with probability `level`, by the percentile bootstrap.

    Questions are drawn with replacement 10,000 times; the ends are percentiles of the means (Efron & Tibshirani, An
    Introduction to the Bootstrap, 1993, chapter 13). One question gives an interval without width, none gives None.
    """
    if not scores:
        return None
    values = np.asarray(scores, dtype=np.float64)
    rng = np.random.default_rng(seed)
    means = np.concatenate(
        [values[rng.integers(0, values.size, size=(RESAMPLES // 10, values.size))].mean(axis=1) for _ in range(10)]
    )
    low, high = np.quantile(means, [(1 - level) / 2, (1 + level) / 2])
    return float(low), float(high)


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure of two systems on the same questions.

    Attributes:
        questions: how many both have.
        first, second: the means over these questions.
        interval: the 95 % bootstrap interval of the mean difference, first minus second.
        better, worse: questions on which the first is better, or worse, than the second.
        p_value: two-sided, of the paired randomisation test; not adjusted for the number of figures looked at.
        lower: True where lower is better.
    """

    metric: str
    questions: int
    first: float
    second: float
    interval: tuple[float, float]
    better: int
    worse: int
    p_value: float
    lower: bool = False

    @property
    def change(self) -> float:
        """First minus second; above 0 the first is better, or worse where lower is better."""
        return self.first - self.second

    @property
    def sure(self) -> int:
        """1 where the first is better and the interval leaves out 0, -1 where it is worse so; otherwise 0."""
        sign = -1 if self.lower else 1
        return sign if self.interval[0] > 0 else -sign if self.interval[1] < 0 else 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two systems, figure by figure, on the questions that both have.

    Attributes:
        first, second: their names; a difference is first minus second.
        only_first, only_second: questions that the other lacks, left out of the comparison.
        changes: (question id, first, second) where `figure` differs, the largest difference first, then by id.
        figure: the one that the changes are told of.
    """

    first: str
    second: str
    differences: tuple[Difference, ...]
    only_first: int
    only_second: int
    changes: tuple[tuple[str, float, float], ...]
    figure: str = RANKED_BY


def compare(
    first: str,
    first_scores: Mapping[str, Mapping[str, float]],
    second: str,
    second_scores: Mapping[str, Mapping[str, float]],
    *,
    figures: Iterable[str] = tuple(metrics.DEFINITIONS),
    lower: Collection[str] = (),
    main: str = RANKED_BY,
) -> Comparison:
    """The differences, first minus second, on the questions that both have.

    Args:
        first: name of the system that a positive difference speaks for.
        first_scores: its figures by question id and name, as in `Evaluation.scores`.
        second: name of the other.
        second_scores: the other's.
        figures: which to compare, in order; those that no question has on both sides are left out.
        lower: those of them of which lower is better.
        main: the one that changes are told of; a question without it counts as 0.

    Raises:
        BadQuestionSet: they have no question in common.
    """
    shared = [question for question in first_scores if question in second_scores]
    if not shared:
        raise BadQuestionSet(f"{first} and {second} have no question in common; compare runs of one question set.")
    differences = [
        difference(name, [(first_scores[q][name], second_scores[q][name]) for q in both], lower=name in lower)
        for name in figures
        if (both := [q for q in shared if name in first_scores[q] and name in second_scores[q]])
    ]
    pairs = [(q, first_scores[q].get(main, 0.0), second_scores[q].get(main, 0.0)) for q in shared]
    return Comparison(
        first=first,
        second=second,
        differences=tuple(differences),
        only_first=len(first_scores) - len(shared),
        only_second=len(second_scores) - len(shared),
        changes=tuple(sorted((p for p in pairs if p[1] != p[2]), key=lambda p: (-abs(p[1] - p[2]), p[0]))),
        figure=main,
    )


def difference(metric: str, pairs: Sequence[tuple[float, float]], *, lower: bool = False) -> Difference:
    """One figure compared over (first, second) pairs, one a question; at least one; `lower` where lower is better."""
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    interval = bootstrap_interval([a - b for a, b in pairs])
    return Difference(
        metric=metric,
        questions=len(pairs),
        first=fmean(first),
        second=fmean(second),
        interval=interval or (0.0, 0.0),
        better=sum(a < b if lower else a > b for a, b in pairs),
        worse=sum(a > b if lower else a < b for a, b in pairs),
        p_value=paired_randomisation(first, second),
        lower=lower,
    )


def _all_signs(count: int) -> NDArray[np.float64]:
    """All `2**count` patterns of +1 and -1, shape `(2**count, count)`, float64."""
    patterns = np.arange(2**count)[:, None] >> np.arange(count)[None, :]
    return np.where(patterns & 1, 1.0, -1.0)
