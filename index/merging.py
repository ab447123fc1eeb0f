"""Which segments a change puts together, so that they stay few and what a change costs does not grow with the library.

New documents become a segment, together with segments that are small beside it; so segments grow geometrically, and in
a library that grows document by document each record is written anew a number of times that grows with the logarithm of
the library (the logarithmic method of Bentley & Saxe 1980, and what Lucene does). A segment that loses a document is
written anew without it, because what was removed must be gone; that is why segments have a greatest size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.writing import MOST_OLDS

SMALL: Final = 4_096
"""Records up to which a segment always joins the next change; so a small library is one segment, in one order."""
MOST: Final = 125_000
"""Records that a segment grows to by joining: to write so many anew, for one document removed, takes seconds."""
_BESIDE: Final = 2
"""So many times as large as what there is, a segment still joins it."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of the segments of a library, each by its place.

    Attributes:
        kept: stay as they are, in order.
        rewritten: become a segment each, without what goes, in order.
        joined: become one segment with what comes, in order; empty where nothing comes and nothing is put together.
    """

    kept: tuple[int, ...]
    rewritten: tuple[int, ...]
    joined: tuple[int, ...]


def plan(left: Sequence[int], touched: Sequence[bool], coming: int, *, documents: bool) -> Plan:
    """What becomes of segments, of which nothing is empty afterwards.

    Args:
        left: how many records of each stay.
        touched: whether each must be written anew, since some of its documents go or all of its words change.
        coming: how many records come.
        documents: whether documents come, be it without any record.
    """
    joined: list[int] = []
    total = coming
    for place in sorted(range(len(left)), key=lambda place: (left[place], place)):
        fits = left[place] <= max(SMALL, _BESIDE * total) and total + left[place] <= MOST
        if not fits or len(joined) == MOST_OLDS:
            break
        joined.append(place)
        total += left[place]
    if not documents and not any(touched[place] for place in joined):
        joined = []  # nothing but to put small ones together, which can wait
    others = [place for place in range(len(left)) if place not in joined]
    return Plan(
        tuple(place for place in others if not touched[place]),
        tuple(place for place in others if touched[place]),
        tuple(sorted(joined)),
    )
