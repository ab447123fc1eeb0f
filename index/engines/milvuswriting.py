"""Putting the segments of a library into a collection of Milvus, and taking them out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from corpus.errors import EngineError
from index.engine import SegmentPart
from index.engineplace import VectorKind
from index.engines.milvusids import NOTHING, dimension_of, ids_of, partition_of, segment_of, serial
from index.engines.milvusserver import MilvusCollection
from index.owner import Owner
from index.postings import Postings
from index.words import saturated

_ROWS: Final = 1_000
"""Rows of a request, so that it stays below the 64 MB that a server takes, whatever the model."""


class MilvusWriting:
    """Writes what `index.engines.milvus` searches: a partition a segment; `index.engine.Writing`.

    A record is its vector and, of its own words, a sparse vector: of each word, how much it adds to the score for an
    idf of 1. Nothing there depends on other records but for the mean length of the day the collection was made; so a
    partition is written once. Rows are never deleted, since Milvus keeps them on disk for a while: a partition that is
    dropped is gone at once.

    Args:
        collection: connected to; made where it is not there.
        dimension: length of a vector.
        vectors: how they are looked for.
        mean: how many words that are no marks a record has in the mean, if the collection is to be made.
        owner: whose the collection is; None for whoever has its files.
    """

    def __init__(
        self,
        collection: MilvusCollection,
        dimension: int,
        vectors: VectorKind,
        mean: float,
        owner: Owner | None = None,
    ) -> None:
        self._collection = collection
        self._owner = owner.about() if owner else {}
        about = collection.about()
        if about is None:
            about = {"mean": repr(mean or 1.0), "hash": "", **self._owner}
            collection.create(dimension, vectors, about)
        self._mean = float(about.get("mean", mean) or 1.0)

    def held(self) -> dict[str, int]:
        """The segments that lie there, by name, and how many records each has."""
        found = filter(None, map(segment_of, self._collection.partitions()))
        return {segment: self._collection.count(partition_of(segment)) for segment in found}

    def put(self, segment: str, part: SegmentPart) -> None:
        """The segment lies there, whole, in a partition of its own.

        Raises:
            EngineError: it could not be put there.
        """
        others = [other for other in filter(None, map(segment_of, self._collection.partitions())) if other != segment]
        if serial(segment) in map(serial, others):
            raise EngineError("Two parts of the library would go by one number with Milvus; do the same once more.")
        self.drop([segment])
        self._collection.add_partition(partition_of(segment))
        for rows in _rows(segment, part, self._mean):
            self._collection.insert(partition_of(segment), rows)
        self._collection.flush()
        held = self._collection.count(partition_of(segment))
        if held != len(part):
            msg = f"Milvus at {self._collection.address} took {held} of {len(part)} records; try again."
            raise EngineError(msg)

    def drop(self, segments: Collection[str]) -> None:
        """Nothing of these segments lies there; one that did not is passed over."""
        held = self._collection.partitions()
        for segment in segments:
            if partition_of(segment) in held:
                self._collection.drop_partition(partition_of(segment))

    def seal(self, content_hash: str) -> None:
        """The collection says that it is all of the library of that hash, and whose it is."""
        self._collection.say({"hash": content_hash, **self._owner})

    def discard(self) -> None:
        """The collection is not there."""
        self._collection.drop()

    def close(self) -> None:
        """The connection is closed."""
        self._collection.close()


def _rows(segment: str, part: SegmentPart, mean: float) -> Iterator[list[Mapping[str, Any]]]:
    """The rows of a segment, so many at a time as go into a request."""
    starts, dimensions, weights = _weighted(part.words, mean)
    told = [(document, year) for document, count, year in part.documents for _ in range(count)]
    ids = ids_of(segment, len(part))
    for first in range(0, len(part), _ROWS):
        places = range(first, min(first + _ROWS, len(part)))
        vectors = part.vectors.vectors(np.arange(places.start, places.stop, dtype=np.int64))
        yield [
            {
                "id": ids[place],
                "vector": vector.tolist(),
                "words": dict(
                    zip(
                        dimensions[starts[place] : starts[place + 1]].tolist(),
                        weights[starts[place] : starts[place + 1]].tolist(),
                        strict=True,
                    )
                )
                or {NOTHING: 1.0},
                "document": told[place][0],
                "kind": part.kinds[place],
                "year": told[place][1],
            }
            for place, vector in zip(places, vectors, strict=True)
        ]


def _weighted(words: Postings, mean: float) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Where the words of each record begin, and of each the dimension and what it adds for an idf of 1."""
    numbers = np.array([dimension_of(word) for word in words.dictionary.words(range(len(words.dictionary)))], np.int64)
    dimensions = np.repeat(numbers, np.diff(words.starts))
    weights = saturated(words.pairs, mean)[words.kinds]
    order = np.argsort(words.positions, kind="stable")
    counts = np.bincount(words.positions, minlength=len(words))
    return np.concatenate([[0], np.cumsum(counts)]), dimensions[order], weights[order]
