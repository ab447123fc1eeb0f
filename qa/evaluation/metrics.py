"""How good one ranking is, and how good one confidence: pure functions of ids, grades and numbers.

Every ranking metric takes record ids, best first, and the grades of the judged records; it is between 0 and 1 and
higher is better. A record without a grade counts as grade 0, as does one with a negative grade. A record is
*relevant* if its grade is at least `relevant`, by default 1. A question of which nothing was returned, or for which
no relevant record exists, scores 0: it is never left out of a mean.

Names follow trec_eval and ir_measures: *recall@k* is the share of all relevant records that stand among the first
k; whether any of them does, which some papers also call recall@k, is *success@k*.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

DEFINITIONS: Mapping[str, str] = {
    "nDCG@10": "gain of the first 10 (a record's grade over log2 of its rank + 1) over that of the best possible order",
    "MRR@10": "1 over the rank of the first relevant record; 0 where there is none among the first 10",
    "success@1": "1 where the first record is relevant",
    "success@3": "1 where any of the first 3 is relevant",
    "success@5": "1 where any of the first 5 is relevant",
    "recall@5": "share of all relevant records that stand among the first 5",
    "recall@10": "share of all relevant records that stand among the first 10",
    "nuggets@10": "share of the facts that answer (grade 2) found in at least one of the first 10 records",
    "AUROC": "chance that an answerable question has the higher confidence than an unanswerable one; ties count half",
    "abstention precision": "of the questions told “not in these documents”, the share that are unanswerable",
    "abstention recall": "of the unanswerable questions, the share told “not in these documents”",
}
"""What each figure means, in one line, in the order in which they are shown."""

RANKING = ("nDCG@10", "MRR@10", "success@1", "success@3", "success@5", "recall@5", "recall@10")
"""The figures that every judged question has."""

NUGGETS = "nuggets@10"
"""The figure that questions with nuggets have besides."""


def ndcg(ranked: Sequence[str], grades: Mapping[str, int], k: int) -> float:
    """Normalised discounted cumulative gain of the first `k`, 0 to 1, higher is better.

    The gain of a record is its grade (linear, not `2**grade - 1`); the discount at rank r, from 1, is `log2(r + 1)`;
    the ideal is the best `k` of all judged records, returned or not. This is what trec_eval and ir_measures call
    nDCG. The measure is from Järvelin & Kekäläinen, Cumulated gain-based evaluation of IR techniques, ACM TOIS 20(4),
    2002; the discount of every rank from the second on, as here, is the later custom.
    """
    ideal = _dcg(sorted((grade for grade in grades.values() if grade > 0), reverse=True)[:k])
    if ideal == 0:
        return 0.0
    return _dcg([max(grades.get(record, 0), 0) for record in ranked[:k]]) / ideal


def reciprocal_rank(ranked: Sequence[str], grades: Mapping[str, int], k: int, relevant: int = 1) -> float:
    """1 over the rank, from 1, of the first relevant record among the first `k`; 0 where there is none.

    Its mean over questions is MRR@k (Kantor & Voorhees, The TREC-5 confusion track, Information Retrieval 2, 2000).
    """
    for rank, record in enumerate(ranked[:k], start=1):
        if grades.get(record, 0) >= relevant:
            return 1 / rank
    return 0.0


def success(ranked: Sequence[str], grades: Mapping[str, int], k: int, relevant: int = 1) -> float:
    """1 where any relevant record is among the first `k`, otherwise 0; some papers call this recall@k."""
    return float(any(grades.get(record, 0) >= relevant for record in ranked[:k]))


def recall(ranked: Sequence[str], grades: Mapping[str, int], k: int, relevant: int = 1) -> float:
    """The share of all relevant records that stand among the first `k`, 0 to 1; 0 where nothing is relevant.

    The denominator is not capped at `k`: with 20 relevant records recall@10 is at most 0.5. Whether *any* relevant
    record was found is `success`.
    """
    wanted = {record for record, grade in grades.items() if grade >= relevant}
    return len(wanted.intersection(ranked[:k])) / len(wanted) if wanted else 0.0


def nugget_recall(ranked: Sequence[str], holders: Sequence[Collection[str]], k: int) -> float:
    """The share of facts that at least one of the first `k` records holds, 0 to 1; 0 where there are no facts.

    `holders` has one entry a fact: the ids of the records that hold it, possibly none. Many records that repeat one
    fact count once, which is what tells this from recall (Lin & Demner-Fushman, Will pyramids built of nuggets
    topple over?, HLT-NAACL 2006).
    """
    top = set(ranked[:k])
    return sum(not top.isdisjoint(ids) for ids in holders) / len(holders) if holders else 0.0


def ranking_scores(ranked: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """Every figure of `RANKING` for one question, by name and in that order."""
    return {
        "nDCG@10": ndcg(ranked, grades, 10),
        "MRR@10": reciprocal_rank(ranked, grades, 10),
        "success@1": success(ranked, grades, 1),
        "success@3": success(ranked, grades, 3),
        "success@5": success(ranked, grades, 5),
        "recall@5": recall(ranked, grades, 5),
        "recall@10": recall(ranked, grades, 10),
    }


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """The chance that a positive's number exceeds a negative's, ties counting half; None where either is empty.

    It is the area under the ROC curve and the Mann-Whitney U over the number of pairs (Hanley & McNeil, Radiology
    143, 1982). 1 parts the two kinds perfectly, 0.5 is chance.
    """
    if not positives or not negatives:
        return None
    # Twice U, so that the count of half pairs stays an integer and the order of the input cannot change the result.
    doubled = sum(2 * (high > low) + (high == low) for high in positives for low in negatives)
    return doubled / (2 * len(positives) * len(negatives))


@dataclass(frozen=True, slots=True)
class Abstention:
    """How well "not in these documents" is said.

    Attributes:
        said: questions it was said to.
        due: questions it should be said to: the unanswerable.
        right: questions in both.
    """

    said: int
    due: int
    right: int

    @property
    def precision(self) -> float | None:
        """Of the questions it was said to, the share it was due to; None where it was never said."""
        return self.right / self.said if self.said else None

    @property
    def recall(self) -> float | None:
        """Of the questions it was due to, the share it was said to; None where it was never due."""
        return self.right / self.due if self.due else None


def abstention(answers: Iterable[tuple[bool, bool]]) -> Abstention:
    """The counts over (said "not in these documents", unanswerable) pairs, one a question."""
    pairs = list(answers)
    return Abstention(
        said=sum(said for said, _ in pairs),
        due=sum(due for _, due in pairs),
        right=sum(said and due for said, due in pairs),
    )


def _dcg(gains: Iterable[int]) -> float:
    return sum(gain / log2(rank + 1) for rank, gain in enumerate(gains, start=1))
