"""Codes: vectors of less precision, by which a question finds candidates among many; by FAISS.

An inverted file with product quantisation (Jégou, Douze & Schmid 2011): what parts a vector from the centroid of its
cell is written with four bits for each two of its numbers, a sixteenth of its bytes. Sums over such codes are taken
many at a time in the processor's registers (Douze et al. 2024), at a quarter of the cost of exact products.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Final, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import REBUILD, LibraryDamaged
from index.encoder import Vectors

_BITS: Final = 4
"""Of each code; the processor looks sixteen values up at once."""


class Codes:
    """The codes of vectors in cells; a vector's number is its row."""

    def __init__(self, engine: faiss.IndexIVFPQFastScan) -> None:
        self._engine = engine

    @classmethod
    def trained(cls, centroids: Vectors, sample: Vectors, rows: Iterable[Vectors]) -> Self:
        """Codes of all `rows`, which come piece by piece, trained on `sample`; see `Cells.trained` for what repeats."""
        dimension = centroids.shape[1]
        quantizer = faiss.IndexFlatIP(dimension)
        quantizer.add(centroids)
        numbers = dimension // 2 if dimension % 2 == 0 else dimension
        kind = faiss.METRIC_INNER_PRODUCT
        engine = faiss.IndexIVFPQFastScan(quantizer, dimension, len(centroids), numbers, _BITS, kind)
        engine.train(sample)
        for piece in rows:
            engine.add(piece)
        return cls(engine)

    def fits(self, size: int, cells: int, dimension: int) -> bool:
        """Whether these are codes of so many vectors of so many numbers in so many cells."""
        return (self._engine.ntotal, self._engine.nlist, self._engine.d) == (size, cells, dimension)

    def nearest(
        self,
        vector: Vectors,
        cells: NDArray[np.int64],
        near: NDArray[np.float32],
        k: int,
        mask: NDArray[np.bool_] | None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The rows in these cells that are nearest to `vector` by their codes, at most `k`, and about how near.

        Args:
            vector: `(d,)` float32.
            cells: which to look into.
            near: the inner product of `vector` with the centroid of each of them.
            k: at least 1.
            mask: which rows may be found, `(n,)` bool; None for all.

        Raises:
            LibraryDamaged: there is no such row.
        """
        scores, rows = np.empty(k, dtype=np.float32), np.empty(k, dtype=np.int64)
        chosen = None if mask is None else _selected(mask)
        how = faiss.SearchParametersIVF(nprobe=len(cells), sel=chosen)  # type: ignore[call-arg]
        # the engine itself is asked, because its Python wrapper takes no parameters for cells that are chosen already
        asked = [np.ascontiguousarray(array) for array in (vector, cells, near)]
        x, lists, nearness, out, numbers = (faiss.swig_ptr(array) for array in (*asked, scores, rows))
        faiss.omp_set_num_threads(1)  # of this thread; one question is too little to share out
        self._engine.search_preassigned_c(1, x, k, lists, nearness, out, numbers, False, how)  # type: ignore[attr-defined]
        found = rows >= 0
        if np.any(rows >= self._engine.ntotal):
            msg = f"The codes of the library's vectors name vectors that it does not have; {REBUILD}."
            raise LibraryDamaged(msg)
        return rows[found], scores[found]

    def save(self, path: Path) -> None:
        """The codes are in the file `path`; what the system says of a full disk is raised as it is, an `OSError`."""
        # written here, because FAISS takes no notice of what fails when its file is closed
        with path.open("wb") as file:
            file.write(faiss.serialize_index(self._engine).data)

    @classmethod
    def load(cls, path: Path) -> Self:
        """The codes that were saved in `path`; they are in memory.

        Raises:
            LibraryDamaged: they cannot be read.
        """
        try:
            engine = faiss.read_index(str(path))
        except RuntimeError as error:
            msg = f"The library's file {path.name} cannot be read ({str(error).strip().splitlines()[-1]}); {REBUILD}."
            raise LibraryDamaged(msg) from error
        if not isinstance(engine, faiss.IndexIVFPQFastScan):
            msg = f"The library's file {path.name} does not hold what it should; {REBUILD}."
            raise LibraryDamaged(msg)
        return cls(engine)


def _selected(mask: NDArray[np.bool_]) -> faiss.IDSelectorBitmap:
    return faiss.IDSelectorBitmap(np.packbits(mask, bitorder="little"))  # type: ignore[call-arg, arg-type]
