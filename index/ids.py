"""The ids of the records of a library by position, and the one order of records that does not depend on segments."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol, overload

import numpy as np
from numpy.typing import NDArray

from corpus.stores import Stores


class Ids(Sequence[str]):
    """The id of each record, by position.

    Args:
        told: gives the ids of some positions, in their order.
        parts: how many records each document has, by the order of their positions, with its id.
    """

    def __init__(self, told: Told, parts: Sequence[tuple[str, int]]) -> None:
        self._told = told
        self._firsts = np.array([0, *accumulate(count for _, count in parts)], dtype=np.int64)
        by_id = sorted(range(len(parts)), key=lambda place: parts[place][0])
        self._ranks = np.empty(len(parts), dtype=np.int64)
        self._ranks[by_id] = np.arange(len(parts))

    @classmethod
    def stored(cls, store: Stores) -> Ids:
        """Those of a library, looked up when they are asked for."""
        return cls(store.ids, store.firsts)

    @classmethod
    def listed(cls, ids: Sequence[str]) -> Ids:
        """Those of records that are in no library, in the order of the list."""
        return cls(lambda positions: tuple(ids[position] for position in positions), [("", len(ids))])

    def __len__(self) -> int:
        return int(self._firsts[-1])

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> Sequence[str]: ...
    def __getitem__(self, position: int | slice) -> str | Sequence[str]:
        if isinstance(position, slice):
            return self._told(range(*position.indices(len(self))))
        if not 0 <= position < len(self):
            raise IndexError(position)
        return self._told([int(position)])[0]

    def of(self, positions: NDArray[np.int64]) -> tuple[str, ...]:
        """The ids of these records, in their order."""
        return self._told(positions.tolist())

    def order(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """A key for each of these records, by which they stand by document id, then by place in the document.

        However the documents lie in segments, `(len(positions),)` int64, no two alike.
        """
        document = np.searchsorted(self._firsts, positions, side="right") - 1
        key: NDArray[np.int64] = (self._ranks[document] << 32) + positions - self._firsts[document]
        return key


class Told(Protocol):
    """Gives the ids of the records at some positions, in their order."""

    def __call__(self, positions: Sequence[int], /) -> tuple[str, ...]:
        """The ids."""
