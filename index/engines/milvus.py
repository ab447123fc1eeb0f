"""The engine that asks a collection of Milvus which records may answer."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EngineError, LibraryDamaged, LibraryMismatch
from index.encoder import Vectors
from index.engine import EngineState, Scores
from index.engines.faiss import FaissEngine, cut
from index.engines.milvusids import RecordIds, partition_of, sparse
from index.engines.milvusserver import MilvusCollection
from index.ids import Ids
from index.vectors import VectorIndex
from index.vocabulary import Asked
from index.within import Limit, Within
from index.words import WordIndex, leading

FEW: Final = 20_000
"""Of so many records that may be found all are looked at here: that takes milliseconds, and a server nothing."""
_DEEPER: Final = 4
"""So many times as many records as are wanted are asked for by words.

The length that a record's words are weighed by is that of the day the collection was made, and of the ways to name a
thing all count there, not the best: both move records about near the last place, which the exact scores then settle.
"""
_NEARER: Final = 2
"""The same for vectors: a graph may miss one, and products are summed up in another order there."""
_LEAST: Final = 1_000
"""Records that are asked for in any case: which of those that tie are first is not known there."""
_MOST: Final = 16_384
"""Records that Milvus names at most."""
_ESCAPED: Final = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
REBUILD_ENGINE: Final = "put it there anew: `exocite engine rebuild`"


class MilvusEngine:
    """Proposes records by what a collection says, as far as the segments agree; `index.engine.Engine`.

    Of a library that was changed while a question was on its way, whose partitions may be gone, the segments are asked
    instead: they are open still. Words that depend on other documents (`index.namings`) are not in the collection: who
    holds one is known here, and all of them are looked at.

    Args:
        segments: their names and how many records each has, in the order of positions.
        content_hash: of the library.
        connect: connects to its collection; called once something is asked.
        is_current: whether the library on disk is still this one.
        few: of so many records that may be found, or fewer, all are looked at here.
    """

    def __init__(
        self,
        vectors: VectorIndex,
        words: WordIndex,
        ids: Ids,
        *,
        segments: Sequence[tuple[str, int]],
        content_hash: str,
        connect: Callable[[], MilvusCollection],
        is_current: Callable[[], bool],
        few: int = FEW,
    ) -> None:
        self._vectors, self._words, self._ids = vectors, words, ids
        self._local = FaissEngine(vectors, words, ids)
        self._segments = dict(segments)
        self._records = RecordIds(segments)
        self._partitions = [partition_of(name) for name, _ in segments]
        self._hash = content_hash
        self._connect, self._is_current = connect, is_current
        self._few = few
        self._lock = threading.Lock()
        self._connected: MilvusCollection | None = None

    def nearest(self, vector: Vectors, k: int, within: Within | None) -> NDArray[np.int64]:
        """The nearest positions, `k` at most, by the exact cosines of those that the collection names."""
        found = None if self._is_few(within) else self._asked("vector", vector.tolist(), _NEARER * k, within)
        if found is None:
            return self._local.nearest(vector, k, within)
        return self._vectors.search(vector, k, found, self._ids.order)[0]

    def likely(self, asked: Asked, k: int, within: Within | None) -> tuple[NDArray[np.int64], Scores]:
        """The positions that share most with the question, `k` at most, by the exact scores of those that are named."""

        def scores(positions: NDArray[np.int64]) -> NDArray[np.float32]:
            return self._words.scored(asked.rest, asked.ways, positions)

        weights = sparse((word, self._words.idf(word)) for word in asked.words if self._words.frequency(word))
        if self._is_few(within):
            found: NDArray[np.int64] | None = None if within is None else within.positions
        elif not weights:
            found = np.empty(0, dtype=np.int64)
        else:
            found = self._asked("words", weights, _DEEPER * k, within)
        if found is None:
            return self._local.likely(asked, k, within)
        found = np.union1d(found, _among(self._words.overlaid(set(asked.words)), within))
        scored = scores(found)
        best = leading(scored, k)
        return cut(found[best], scored[best], k, self._ids), scores

    def check(self) -> None:
        """The collection can be asked, and holds every segment of the library with as many records.

        Raises:
            EngineError: it cannot be asked.
            LibraryMismatch: it is not there.
            LibraryDamaged: it does not hold them.
        """
        self._check(self._collection())

    def state(self) -> EngineState:
        """What lies there of this library.

        Raises:
            EngineError, LibraryMismatch: it cannot be asked, or is not there.
        """
        collection = self._collection()
        held = [collection.count(name) for name in self._partitions]
        return EngineState(collection.address, collection.version, collection.name, len(held), sum(held))

    def close(self) -> None:
        """The connection is closed."""
        with self._lock:
            if self._connected is not None:
                self._connected.close()
                self._connected = None

    def _is_few(self, within: Within | None) -> bool:
        return not self._segments or (within is not None and len(within.positions) <= self._few)

    def _collection(self) -> MilvusCollection:
        """The collection, connected to; held against the library once.

        Raises:
            EngineError, LibraryDamaged, LibraryMismatch: as `check`.
        """
        with self._lock:
            if self._connected is None:
                found = self._connect()
                try:
                    self._check(found)
                    found.load()
                except BaseException:
                    found.close()
                    raise
                self._connected = found
            return self._connected

    def _check(self, collection: MilvusCollection) -> None:
        about = collection.about()
        if about is None:
            msg = (
                f"There is no {collection.name}, as this library is called there, with Milvus at {collection.address}; "
                f"name the right place with --engine-uri, or {REBUILD_ENGINE}."
            )
            raise LibraryMismatch(msg)
        held = collection.partitions()
        lacking = [name for name in self._partitions if name not in held]
        if not lacking and about.get("hash") != self._hash:  # cut short before it was sealed, perhaps
            counts = {name: collection.count(partition_of(name)) for name in self._segments}
            lacking = [name for name, count in self._segments.items() if counts[name] != count]
        if lacking and self._is_current():
            msg = (
                f"Milvus at {collection.address} does not hold {len(lacking)} of the {len(self._partitions)} parts of "
                f"this library as they were put there; {REBUILD_ENGINE}."
            )
            raise LibraryDamaged(msg)

    def _asked(
        self, field: str, asked: Sequence[float] | dict[int, float], k: int, within: Within | None
    ) -> NDArray[np.int64] | None:
        """The positions that the collection names, ascending; None where it holds this library no more.

        What it held is looked up after the search: a partition that is there then was there before.
        """
        try:
            collection = self._collection()
            limit = "" if within is None else _expression(within, self._records)
            try:
                ids = collection.search(field, asked, min(max(k, _LEAST), _MOST), self._partitions, limit)
            except EngineError:
                with contextlib.suppress(EngineError):
                    self._check(collection)  # what it lacks says more than that it refuses
                raise
            if {*self._partitions} <= {*collection.partitions()}:
                return _among(self._records.positions(ids), within)
            self.check()
        except (EngineError, LibraryMismatch):
            if self._is_current():
                raise
        return None


def _among(positions: NDArray[np.int64], within: Within | None) -> NDArray[np.int64]:
    """Those of these positions, ascending, that may be found."""
    return positions if within is None else np.intersect1d(positions, within.positions, assume_unique=True)


def _expression(within: Within, records: RecordIds) -> str:
    """What Milvus is told of the records that may be found: their limit where they have one, else each of them."""
    if within.limit is None:
        return f"id in {records.ids(within.positions).tolist()}"
    return expression(within.limit)


def expression(limit: Limit) -> str:
    """A limit as an expression of Milvus."""
    terms = []
    for field, values in (("document", limit.documents), ("kind", limit.kinds)):
        if values is not None:
            terms.append(f"{field} in [{', '.join(map(quoted, values))}]")
    if limit.from_year is not None:
        terms.append(f"year >= {limit.from_year:d}")
    if limit.to_year is not None:
        terms.append(f"year <= {limit.to_year:d}")
    return " and ".join(terms)


def quoted(text: str) -> str:
    """A text as a string of an expression of Milvus, that says just this text whatever is in it."""
    return '"' + text.translate(_ESCAPED) + '"'
