"""Cells: vectors that point the same way lie together, so that a question looks at few of them.

An inverted file (Jégou, Douze & Schmid 2011; Douze et al. 2024): k-means by FAISS parts the vectors into cells, and a
search looks into the cells whose centroids are nearest to the question: at codes of what is in them (`index.codes`), to
find candidates, and then at the candidates themselves. What lies in a cell is on disk in one stretch, so the candidates
of a question are near one another there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import REBUILD, LibraryDamaged
from index.arrays import map_array, write_array
from index.codes import Codes
from index.encoder import Vectors

Gather = Callable[[NDArray[np.int64]], Vectors]
"""Gives the vectors at these positions, `(len(positions), d)` float32."""

CHUNK: Final = 8192
"""Vectors in memory at a time, where many are copied or put into cells: 12 MB of 384 dimensions."""
_CELL: Final = 128
"""Vectors a cell, on average."""
_SAMPLE: Final = 40
"""Vectors that each centroid is trained on."""
_ROUNDS: Final = 8
"""Rounds of k-means; more find nothing that a question would notice."""
_SEED: Final = 1234

_CENTROIDS: Final = "centroids.npy"
_STARTS: Final = "starts.npy"
_ORDER: Final = "order.npy"
_CODES: Final = "codes.faiss"


@dataclass(frozen=True, slots=True)
class Cells:
    """Which vectors lie together; rows are counted in the order of cells, positions in that of records.

    Attributes:
        centroids: `(c, d)` float32, unit length.
        starts: `(c + 1,)` int64: the rows of cell `i` are `starts[i]` to `starts[i + 1]`, without the latter.
        order: `(2, n)` int32: the row of each position, and the position of each row (ascending within a cell).
        codes: of each row.
    """

    centroids: Vectors
    starts: NDArray[np.int64]
    order: NDArray[np.int32]
    codes: Codes

    @classmethod
    def trained(cls, size: int, dimension: int, gather: Gather) -> Self:
        """Cells of `size` vectors; the same for the same vectors, whatever the number of threads.

        Seeded, and in one thread: how a matrix product is shared out may change its last bit. Centroids are trained on
        vectors taken at even distances, `_SAMPLE` a cell, which are in memory at once (16 % of them all, at most).
        """
        count = max(1, size // _CELL)
        sampled = min(size, count * _SAMPLE)
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)
        try:
            kmeans = faiss.Kmeans(
                dimension, count, niter=_ROUNDS, seed=_SEED, spherical=True,
                min_points_per_centroid=1, max_points_per_centroid=_SAMPLE,
            )  # fmt: skip
            sample = gather(np.arange(sampled, dtype=np.int64) * size // sampled)
            kmeans.train(sample)
            cell = np.empty(size, dtype=np.int64)
            for first in range(0, size, CHUNK):
                positions = np.arange(first, min(first + CHUNK, size))
                cell[positions] = kmeans.index.search(gather(positions), 1)[1][:, 0]
            order = np.empty((2, size), dtype=np.int32)
            order[1] = np.argsort(cell, kind="stable")
            order[0, order[1]] = np.arange(size)
            centroids = np.asarray(kmeans.centroids, dtype=np.float32)
            rows = (gather(order[1, first : first + CHUNK].astype(np.int64)) for first in range(0, size, CHUNK))
            codes = Codes.trained(centroids, sample, rows)
        finally:
            faiss.omp_set_num_threads(threads)
        starts = np.concatenate([[0], np.cumsum(np.bincount(cell, minlength=count))])
        return cls(centroids, starts.astype(np.int64), order, codes)

    def rows(self, positions: NDArray[np.int64]) -> NDArray[np.int64]:
        """The row of each position, in their order.

        Raises:
            LibraryDamaged: there is no such row.
        """
        return self._held(self.order[0, positions])

    def positions(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """The position of each row, in their order.

        Raises:
            LibraryDamaged: there is no such position.
        """
        return self._held(self.order[1, rows])

    def _held(self, places: NDArray[np.int32]) -> NDArray[np.int64]:
        # looked at here, because looking at all of them would make opening slower the larger the library is
        if len(places) and not (places.min() >= 0 and places.max() < self.order.shape[1]):
            msg = f"The library's file {_ORDER} does not hold what it should; {REBUILD}."
            raise LibraryDamaged(msg)
        return places.astype(np.int64)

    def save(self, folder: Path) -> None:
        """The cells are in files of `folder`."""
        write_array(folder / _CENTROIDS, np.float32, self.centroids.shape, [self.centroids])
        write_array(folder / _STARTS, np.int64, self.starts.shape, [self.starts])
        write_array(folder / _ORDER, np.int32, self.order.shape, [self.order])
        self.codes.save(folder / _CODES)

    @classmethod
    def load(cls, folder: Path, size: int, dimension: int) -> Self:
        """The cells of `size` vectors that were saved in `folder`.

        Raises:
            LibraryDamaged: they cannot be read, or are not of so many vectors.
        """
        centroids = map_array(folder / _CENTROIDS, np.float32, 2)
        starts = np.array(map_array(folder / _STARTS, np.int64, 1))
        order = map_array(folder / _ORDER, np.int32, 2)
        whole = len(starts) == len(centroids) + 1 and starts[0] == 0 and starts[-1] == size
        codes = Codes.load(folder / _CODES)
        fits = order.shape == (2, size) and codes.fits(size, len(centroids), dimension)
        if not whole or np.any(np.diff(starts) < 0) or centroids.shape[1] != dimension or not fits:
            msg = f"The cells of the library's vectors are not those of its vectors; {REBUILD}."
            raise LibraryDamaged(msg)
        return cls(centroids, starts, order, codes)
