"""The vector index: inner product of unit vectors, over the parts of a library."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import REBUILD, LibraryDamaged
from index.cells import Cells
from index.encoder import Vectors
from index.vectorpart import VectorPart, products

Key = Callable[[NDArray[np.int64]], NDArray[Any]]
"""Gives each of these positions a value by which they are put in order."""

_LOOKED_AT: Final = 150.0
"""Codes of so many times the root of the number of vectors are looked at; the more, the fewer are missed.

Of 20,000 all, of a million 150,000: the candidates that a search wants are a smaller share of a larger library, and
so lie in a smaller share of its cells.
"""
_DEARER: Final = 4
"""How many codes are looked at in the time of one exact product."""
_CANDIDATES: Final = 2
_MORE: Final = 500
"""So many candidates are scored exactly for each vector wanted, and so many more: codes are not exact."""
_EVENLY: Final = 2
_SPARE: Final = 50
"""So many times its share of the candidates, and so many more, each part is asked for at first."""
_CELLS_SORTED: Final = 2_048
"""Cells that are put in order at first; nearly always enough."""
_NOTHING: Final = np.empty(0, dtype=np.int64)


class VectorIndex:
    """Finds the records whose vectors point most nearly as the question's.

    A record's position is its place in its part, after all records of the parts before. Parts without cells are
    searched exactly, and so are those with cells where few are allowed: there no cut of the records changes the answer.
    Else candidates are found by their codes, in the nearest cells of all parts, in so many that enough of them are
    allowed. Every score is the exact inner product, a function of the record's vector and the question's alone, to the
    bit. (Jégou, Douze & Schmid 2011; FAISS: Douze et al. 2024. A graph, HNSW of Malkov & Yashunin 2018, was not taken:
    built by several threads it is another one each time.)

    Args:
        parts: in the order of positions.
        dimension: length of a vector; there may be no parts.

    Raises:
        LibraryDamaged: a part has vectors of another length.
    """

    def __init__(self, parts: Sequence[VectorPart], dimension: int) -> None:
        self.dimension = dimension
        self._parts = tuple(parts)
        self._firsts = np.cumsum([0, *map(len, parts)], dtype=np.int64)
        if any(part.dimension != dimension for part in parts):
            msg = f"The library's vectors are not of its model: their length is not {dimension}; {REBUILD}."
            raise LibraryDamaged(msg)

    def __len__(self) -> int:
        return int(self._firsts[-1])

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """An index in memory of `(n, d)` float32 rows of unit length; a record's position is its row."""
        return cls([VectorPart.build(vectors)], vectors.shape[1])

    def search(
        self,
        vector: Vectors,
        k: int,
        allowed: NDArray[np.int64] | Sequence[int] | None = None,
        key: Key | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` nearest positions and their inner products (cosines), best first; fewer where there are fewer.

        Ties are in the order of positions.

        Args:
            vector: `(d,)` float32, unit length.
            k: at least 1.
            allowed: positions that may be found, each once, in any order; None for all.
            key: which of those that tie for the last places are among the `k`: the first by it; None for the first by
                position. It is asked only where more tie than there is room for.
        """
        vector = np.ascontiguousarray(vector, dtype=np.float32).reshape(-1)
        looked = self._looked_at(vector, k, self._split(allowed))
        scored = [part.scores(vector, rows) for part, rows in zip(self._parts, looked, strict=True)]
        scores = np.concatenate([np.empty(0, dtype=np.float32), *scored])
        least = np.partition(scores, -k)[-k] if k < len(scores) else -np.inf
        positions = [
            first + part.positions_of(rows[here >= least])
            for first, part, rows, here in zip(self._firsts, self._parts, looked, scored, strict=False)
        ]
        return _ordered(np.concatenate([np.empty(0, dtype=np.int64), *positions]), scores[scores >= least], k, key)

    def scores(self, vector: Vectors, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner product of `vector` with each of these records, in their order, `(len(positions),)` float32."""
        vector = np.ascontiguousarray(vector, dtype=np.float32).reshape(-1)
        found = np.empty(len(positions), dtype=np.float32)
        for number, here, local in self._parted(positions):
            part = self._parts[number]
            found[here] = part.scores(vector, part.rows_of(local))
        return found

    def vectors(self, positions: NDArray[np.int64]) -> Vectors:
        """The stored vectors of these records, in their order, `(len(positions), d)` float32."""
        found = np.empty((len(positions), self.dimension), dtype=np.float32)
        for number, here, local in self._parted(positions):
            found[here] = self._parts[number].vectors(local)
        return found

    def _looked_at(
        self, vector: Vectors, k: int, allowed: Sequence[NDArray[np.int64] | None]
    ) -> list[NDArray[np.int64]]:
        """The rows of each part that `vector` is compared with."""
        celled = {number: part.cells for number, part in enumerate(self._parts) if part.cells is not None}
        held = {number: len(self._parts[number]) for number in celled}
        findable = sum(size if (mine := allowed[number]) is None else len(mine) for number, size in held.items())
        wanted = max(4 * k, int(_LOOKED_AT * np.sqrt(findable)))
        if _DEARER * findable**2 <= wanted * sum(held.values()) or 4 * k >= findable:
            celled = {}
        looked = [
            _NOTHING if number in celled else part.rows_of(np.arange(len(part)) if mine is None else mine)
            for number, (part, mine) in enumerate(zip(self._parts, allowed, strict=True))
        ]
        shares = [_Share.of(cells, allowed[number], vector) for number, cells in celled.items()]
        if shares:
            for number, rows in zip(celled, _candidates(shares, vector, _CANDIDATES * k + _MORE, wanted), strict=True):
                looked[number] = rows
        return looked

    def _split(self, allowed: NDArray[np.int64] | Sequence[int] | None) -> list[NDArray[np.int64] | None]:
        """The allowed positions of each part, counted in it; None where all are."""
        if allowed is None or len(allowed) == len(self):
            return [None] * len(self._parts)
        local: list[NDArray[np.int64] | None] = [_NOTHING] * len(self._parts)
        for number, _, positions in self._parted(np.asarray(allowed, dtype=np.int64)):
            local[number] = positions
        return local

    def _parted(self, positions: NDArray[np.int64]) -> Iterator[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """For each part that holds some of the positions: its number, their places among them, and theirs in it."""
        if len(positions) and not (positions.min() >= 0 and positions.max() < len(self)):
            msg = f"There are {len(self)} vectors, and none at one of these positions."
            raise IndexError(msg)
        order = None if np.all(positions[1:] >= positions[:-1]) else np.argsort(positions, kind="stable")
        ascending = positions if order is None else positions[order]
        ends = np.searchsorted(ascending, self._firsts)
        for number, (start, end) in enumerate(pairwise(ends)):
            if start < end:
                here = np.arange(start, end) if order is None else order[start:end]
                yield number, here, ascending[start:end] - self._firsts[number]


@dataclass(frozen=True, slots=True)
class _Share:
    """What one part with cells has to offer.

    Attributes:
        cells: its cells.
        near: the inner product of the question with each centroid, `(c,)` float32.
        held: how many vectors of each cell may be found, `(c,)` int64.
        mask: which rows may be found, `(n,)` bool; None for all.
    """

    cells: Cells
    near: NDArray[np.float32]
    held: NDArray[np.int64]
    mask: NDArray[np.bool_] | None

    @classmethod
    def of(cls, cells: Cells, allowed: NDArray[np.int64] | None, vector: Vectors) -> Self:
        """The share of a part of which the positions `allowed` may be found."""
        near = products(cells.centroids, vector, np.arange(len(cells.centroids)))
        if allowed is None:
            return cls(cells, near, np.diff(cells.starts), None)
        mask = np.zeros(cells.order.shape[1], dtype=np.bool_)
        mask[cells.rows(allowed)] = True
        held = np.diff(np.concatenate([[0], np.cumsum(mask)])[cells.starts])
        return cls(cells, near, held, mask)

    def nearest(
        self, vector: Vectors, here: NDArray[np.int64], k: int
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The rows in the cells `here`, `k` at most, that are nearest by their codes, and about how near."""
        if k == 0:
            return _NOTHING, np.empty(0, dtype=np.float32)
        return self.cells.codes.nearest(vector, here, self.near[here], k, self.mask)


def _candidates(shares: Sequence[_Share], vector: Vectors, k: int, wanted: int) -> list[NDArray[np.int64]]:
    """The rows of each share, ascending, that are the `k` nearest of all by their codes.

    Looked at are the nearest cells, so many that at least `wanted` in them may be found.
    """
    near, held = np.concatenate([one.near for one in shares]), np.concatenate([one.held for one in shares])
    chosen = np.sort(_nearest_cells(near, held, wanted))
    ends = np.cumsum([len(one.near) for one in shares])
    cells = [
        part - (end - len(one.near))
        for one, end, part in zip(shares, ends, np.split(chosen, np.searchsorted(chosen, ends[:-1])), strict=True)
    ]
    findable = [int(one.held[here].sum()) for one, here in zip(shares, cells, strict=True)]
    # to keep `k` of each in order would take longer
    asked = [min(k, most, _EVENLY * k * most // max(1, sum(findable)) + _SPARE) for most in findable]
    found = [one.nearest(vector, here, count) for one, here, count in zip(shares, cells, asked, strict=True)]
    least = _kth(found, k)
    for place, (count, most) in enumerate(zip(asked, findable, strict=True)):
        if count < min(k, most) and found[place][1].min(initial=np.inf) >= least:  # it may have more of the nearest
            found[place] = shares[place].nearest(vector, cells[place], min(k, most))
    least = _kth(found, k)
    return [np.sort(rows[scores >= least]) for rows, scores in found]


def _kth(found: Sequence[tuple[NDArray[np.int64], NDArray[np.float32]]], k: int) -> np.floating:
    """The k-th best of all scores; less than any where they are fewer."""
    scores = np.concatenate([scores for _, scores in found])
    return np.partition(scores, -k)[-k] if k < len(scores) else np.float32(-np.inf)


def _nearest_cells(near: NDArray[np.float32], held: NDArray[np.int64], wanted: int) -> NDArray[np.int64]:
    """The nearest cells, nearest first, so many that they hold `wanted`; of those as near the first come first."""
    some = min(len(near), _CELLS_SORTED)
    least = np.partition(near, -some)[-some]
    for those in (np.flatnonzero(near >= least), np.arange(len(near))):
        order = those[np.argsort(-near[those], kind="stable")]
        enough = int(np.searchsorted(np.cumsum(held[order]), wanted)) + 1
        if enough <= len(order):
            break
    return order[:enough]


def _ordered(
    positions: NDArray[np.int64], scores: NDArray[np.float32], k: int, key: Key | None
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The best `k` of these, best first, ties by position; of what ties for the last places, the first by `key`."""
    order = np.lexsort((positions, -scores))
    positions, scores = positions[order], scores[order]
    if len(positions) > k and key is not None:
        last = np.flatnonzero(scores == scores[k - 1])
        first = np.argsort(key(positions[last]), kind="stable")[: k - last[0]]
        kept = np.concatenate([np.arange(last[0]), last[np.sort(first)]])
        return positions[kept], scores[kept]
    return positions[:k], scores[:k]
