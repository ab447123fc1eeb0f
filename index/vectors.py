"""The vector index: inner product of unit vectors, by FAISS."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Self

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus.errors import LibraryDamaged
from corpus.store import REBUILD
from index.encoder import Vectors


class VectorIndex:
    """Finds the records whose vectors point most nearly as the question's; exact search."""

    def __init__(self, parts, dimension=0) -> None:
        if isinstance(parts, list):
            engine = faiss.IndexFlatIP(dimension)
            for part in parts:
                engine.add(np.ascontiguousarray(part.found))
            self._engine = engine
        else:
            self._engine = parts

    def __len__(self) -> int:
        return int(self._engine.ntotal)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._engine.d)

    @classmethod
    def build(cls, vectors: Vectors) -> Self:
        """An index of `(n, d)` float32 rows of unit length; a record's position is its row."""
        engine = faiss.IndexFlatIP(vectors.shape[1])
        engine.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(engine)

    def search(
        self, vector: Vectors, k: int, allowed: Sequence[int] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """The `k` nearest positions and their inner products (cosines), best first; fewer where there are fewer.

        Args:
            vector: `(d,)` float32, unit length.
            k: at least 1.
            allowed: positions that may be found; None for all.
        """
        k = min(k, len(self) if allowed is None else len(allowed))
        if k == 0:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        parameters = None
        if allowed is not None:
            chosen = faiss.IDSelectorBatch(np.asarray(allowed, dtype=np.int64))
            parameters = faiss.SearchParameters(sel=chosen)  # type: ignore[call-arg]
        scores, positions = self._engine.search(vector.reshape(1, -1), k, params=parameters)
        found = positions[0] >= 0
        return positions[0][found], scores[0][found]

    def scores(self, vector: Vectors, positions: NDArray[np.int64]) -> NDArray[np.float32]:
        """The inner product of `vector` with each of these records, in their order, `(len(positions),)` float32."""
        return np.asarray(self.vectors(positions) @ vector, dtype=np.float32)

    def vectors(self, positions: NDArray[np.int64]) -> Vectors:
        """The stored vectors of these records, in their order, `(len(positions), d)` float32."""
        if len(positions) == 0:
            return np.empty((0, self.dimension), dtype=np.float32)
        return np.asarray(self._engine.reconstruct_batch(positions), dtype=np.float32)

    def save(self, path: Path) -> None:
        """The index is in the file `path`; what the system says of a full disk is raised as it is, an `OSError`."""
        # written here, because FAISS takes no notice of what fails when its file is closed
        path.write_bytes(faiss.serialize_index(self._engine).tobytes())

    @classmethod
    def load(cls, path: Path) -> Self:
        """The index that was saved in `path`.

        Raises:
            LibraryDamaged: it cannot be read.
        """
        try:
            return cls(faiss.read_index(str(path)))
        except RuntimeError as error:
            line = str(error).strip().splitlines()[-1]
            msg = f"The vector index of the library cannot be read ({line}); {REBUILD}."
            raise LibraryDamaged(msg) from error


class VectorPart:
    def __init__(self, found):
        self.found = np.asarray(found, dtype=np.float32)

    def __len__(self):
        return len(self.found)

    @property
    def dimension(self):
        return self.found.shape[1]

    @classmethod
    def build(cls, vectors):
        return cls(vectors)

    @classmethod
    def merged(cls, parts, size):
        out = np.zeros((size, parts[0][0].dimension), dtype=np.float32)
        for part, places in parts:
            out[places[places >= 0]] = part.found[places >= 0]
        return cls(out)

    def save(self, folder):
        folder.mkdir()
        np.save(folder / "vectors.npy", self.found)

    @classmethod
    def load(cls, folder):
        try:
            return cls(np.load(folder / "vectors.npy"))
        except (OSError, ValueError) as error:
            raise LibraryDamaged(f"vectors {error}; {REBUILD}") from error

    def vectors(self, positions):
        return self.found[positions]
