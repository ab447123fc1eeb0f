"""How records and words go by numbers in Milvus."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

import numpy as np
from numpy.typing import NDArray

_PLACES: Final = 24
"""Bits for a record's place in its segment: there may be 16 million."""
_SERIAL: Final = 63 - _PLACES
_NAME: Final = 48
"""Bits of a segment's name, 12 hexadecimal digits."""
_DIMENSIONS: Final = 2**32 - 1
NOTHING: Final = _DIMENSIONS - 1
"""A dimension that a record without words has, since Milvus takes no empty vector."""


def partition_of(segment: str) -> str:
    """The name of a segment's partition."""
    return f"s_{segment}"


def segment_of(partition: str) -> str | None:
    """The name of a partition's segment; None for a partition that is not ours."""
    return partition[2:] if partition.startswith("s_") else None


def serial(segment: str) -> int:
    """The number of a segment: the first 39 bits of its name.

    Names are drawn by lot, so that among a thousand two are alike in one of a million libraries; the writer looks.
    """
    return int(segment, 16) >> (_NAME - _SERIAL)


class RecordIds:
    """The ids that the records of some segments have, and the positions they are at.

    Args:
        segments: their names and how many records each has, in the order of positions.
    """

    def __init__(self, segments: Sequence[tuple[str, int]]) -> None:
        firsts = [0, *accumulate(count for _, count in segments)]
        numbers = np.array([serial(name) for name, _ in segments], dtype=np.int64)
        self._order = np.argsort(numbers)
        self._serials = numbers[self._order]
        self._numbers = numbers
        self._firsts = np.array(firsts, dtype=np.int64)

    def positions(self, ids: Iterable[int]) -> NDArray[np.int64]:
        """The positions of the records of these ids, ascending, each once."""
        found = np.unique(np.fromiter(ids, dtype=np.int64))
        if not len(found):
            return found
        part = self._order[np.searchsorted(self._serials, found >> _PLACES)]
        return np.sort(self._firsts[part] + (found & ((1 << _PLACES) - 1)))

    def ids(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The ids of the records at these positions, in their order."""
        part = np.searchsorted(self._firsts, positions, side="right") - 1
        return (self._numbers[part] << _PLACES) | (positions - self._firsts[part])


def ids_of(segment: str, count: int) -> range:
    """The ids of the records of one segment, by place."""
    first = serial(segment) << _PLACES
    return range(first, first + count)


def dimension_of(word: str) -> int:
    """The dimension of an index word; two words may share one, which only proposes a record too many."""
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=4).digest(), "big") % (_DIMENSIONS - 1)


def sparse(weights: Iterable[tuple[str, float]]) -> dict[int, float]:
    """The sparse vector of some words with weights, those of one dimension added up; those of 0 left out."""
    found = Counter[int]()
    for word, weight in weights:
        if weight > 0:
            found[dimension_of(word)] += weight  # type: ignore[assignment]  # a counter of any numbers
    return dict(found)
