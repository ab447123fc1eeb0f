"""Hits: what a search gives before anybody has looked the records up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

STEP: Final = 1e-6
"""The least by which two scores of a ranking differ: scores are rounded to so many digits."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One record found.

    Attributes:
        record_id: which record.
        score: higher is better; comparable only within one ranking.
        rank: from 1.
    """

    record_id: str
    score: float
    rank: int


def ranked(scores: Iterable[tuple[str, float]], k: int) -> tuple[Hit, ...]:
    """The best `k` of (record id, score) pairs, in the one order Exocite uses: higher score first, then record id."""
    best = sorted(scores, key=lambda pair: (-pair[1], pair[0]))[:k]
    return tuple(Hit(record_id, score, rank) for rank, (record_id, score) in enumerate(best, start=1))
