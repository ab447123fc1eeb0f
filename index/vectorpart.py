"""The vectors of one segment: float32 in a file that is mapped, in cells where there are many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from index.arrays import map_array, write_array
from index.cells import CHUNK, Cells, Gather
from index.encoder import Vectors

CELLS_FROM: Final = 20_000
"""Vectors from which on a part has cells: looking at all of 15,000 takes as long (`benchmarks/vectors.py`)."""

_PLAIN: Final = "vectors.npy"
_CELLED: Final = "celled.npy"
"""Where the vectors lie, in the order of positions, or of cells: neither can pass as the other."""


@dataclass(frozen=True, slots=True)
class VectorPart:
    """The vectors of one segment; immutable.

    Attributes:
        rows: `(n, d)` float32, unit length: one a position, in the order of cells where there are cells.
        cells: which lie together; None where all are looked at.
    """

    rows: Vectors
    cells: Cells | None

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.rows.shape[1])

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """A part in memory of `(n, d)` float32 rows of unit length; a record's position is its row."""
        held = np.ascontiguousarray(vectors, dtype=np.float32)
        cells = _cells(len(held), held.shape[1], held.__getitem__)
        return cls(held if cells is None else held[cells.order[1]], cells)

    @staticmethod
    def merged(parts: Sequence[tuple[VectorPart, NDArray[np.int64]]], size: int) -> Merged:
        """What makes one part of several, or of what stays of one, when it is saved.

        Args:
            parts: each with the new position of each of its records, `(len(part),)` int64; -1 where it goes.
            size: records of the new part; each of its positions is named once.

        Raises:
            ValueError: a position is named twice or never.
        """
        return Merged.of(parts, size)

    def vectors(self, positions: NDArray[np.int64]) -> Vectors:
        """The vectors at these positions, in their order, `(len(positions), d)` float32."""
        return self.rows[self.rows_of(positions)]

    def rows_of(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each of these positions, in their order."""
        return positions if self.cells is None else self.cells.rows(positions)

    def positions_of(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The position of each of these rows, in their order."""
        return rows if self.cells is None else self.cells.positions(rows)

    def scores(self, vector: Vectors, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner product of `vector` with each of these rows (not positions), in their order."""
        return products(self.rows, vector, rows)

    def save(self, folder: Path) -> None:
        """The part is in `folder`, which is made; of a full disk an `OSError`."""
        _write(folder, self.rows.shape, [self.rows], self.cells)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The part that was saved in `folder`, mapped: opening takes the same time whatever its size.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        if (folder / _CELLED).exists():
            rows = map_array(folder / _CELLED, np.float32, 2)
            return cls(rows, Cells.load(folder, len(rows), rows.shape[1]))
        return cls(map_array(folder / _PLAIN, np.float32, 2), None)


@dataclass(frozen=True, slots=True)
class Merged:
    """One part made of several, which is nowhere but in them until it is saved.

    Attributes:
        parts: the vectors that it is made of.
        part: which of them each position comes from, `(n,)` int32.
        place: its position there, `(n,)` int32.
    """

    parts: tuple[VectorPart, ...]
    part: NDArray[np.int32]
    place: NDArray[np.int32]

    @classmethod
    def of(cls, parts: Sequence[tuple[VectorPart, NDArray[np.int64]]], size: int) -> Self:
        """The merge of these parts, as `VectorPart.merged` has them."""
        part = np.full(size, -1, dtype=np.int32)
        place = np.empty(size, dtype=np.int32)
        named = 0
        for number, (_, new) in enumerate(parts):
            stays = np.flatnonzero(new >= 0)
            part[new[stays]] = number
            place[new[stays]] = stays
            named += len(stays)
        if named != size or (size and part.min() < 0):
            msg = f"{named} records were given the {size} positions of a merged part, and not each its own."
            raise ValueError(msg)
        return cls(tuple(one for one, _ in parts), part, place)

    def vectors(self, positions: NDArray[np.int64]) -> Vectors:
        """The vectors at these positions, in their order, `(len(positions), d)` float32."""
        found = np.empty((len(positions), self.parts[0].dimension), dtype=np.float32)
        for number, part in enumerate(self.parts):
            here = np.flatnonzero(self.part[positions] == number)
            found[here] = part.vectors(self.place[positions[here]].astype(np.int64))
        return found

    def save(self, folder: Path) -> None:
        """The part is in `folder`, which is made, as if it had been built of its vectors; of a full disk an `OSError`.

        Vectors are copied piece by piece; of those that go nothing is written, and no centroid knows of them.
        """
        size, dimension = len(self.part), self.parts[0].dimension
        cells = _cells(size, dimension, self.vectors)
        order = np.arange(size) if cells is None else cells.order[1].astype(np.int64)
        pieces = (self.vectors(order[first : first + CHUNK]) for first in range(0, size, CHUNK))
        _write(folder, (size, dimension), pieces, cells)


def products(rows: Vectors, vector: Vectors, at: NDArray[np.int64]) -> NDArray[np.float32]:
    """The inner product of `vector` with each of the rows `at`, in their order, `(len(at),)` float32.

    Each is a function of that row and the vector alone, to the bit, whichever others are asked: a matrix product by
    BLAS sums in another order where the number of rows is another. `at` must be within the rows: FAISS does not look.
    """
    found = np.empty(len(at), dtype=np.float32)
    if len(at):
        faiss.omp_set_num_threads(1)  # of this thread; there is one vector, so a second thread would only be waited for
        pointers = (faiss.swig_ptr(array) for array in (found, vector, rows, at))
        faiss.fvec_inner_products_by_idx(*pointers, rows.shape[1], 1, len(at))  # type: ignore[attr-defined]
    return found


def _cells(size: int, dimension: int, gather: Gather) -> Cells | None:
    return Cells.trained(size, dimension, gather) if size >= CELLS_FROM else None


def _write(folder: Path, shape: tuple[int, ...], rows: Iterable[Vectors], cells: Cells | None) -> None:
    folder.mkdir()
    write_array(folder / (_PLAIN if cells is None else _CELLED), np.float32, shape, rows)
    if cells is not None:
        cells.save(folder)
