"""What an engine is: it proposes which records may answer a question; what is found here decides which of them do.

Only to propose, every record has to be looked at; so only that may be left to another program, on other machines. The
exact cosine, the exact score of the words, what one statement says, who names which molecule and every tie are found
out from the library's own segments, at the records proposed, whichever engine proposed them (`index.ranking`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.encoder import Vectors
from index.postings import Postings
from index.vectorpart import VectorPart
from index.vocabulary import Asked
from index.within import Within

Scores = Callable[[NDArray[np.int64]], NDArray[np.float32]]
"""Gives the score of the records at some positions, in their order."""


class Engine(Protocol):
    """Names the records that may answer; of those that it names, others decide which do.

    May be asked by many threads at once.
    """

    def nearest(self, vector: Vectors, k: int, within: Within | None) -> NDArray[np.int64]:
        """The positions of the `k` records whose vectors point most nearly as `vector`, fewer where there are fewer.

        Of those that lie as near as the last, the first by document id and place. Approximate where the engine says so.
        """
        ...

    def likely(self, asked: Asked, k: int, within: Within | None) -> tuple[NDArray[np.int64], Scores]:
        """The positions of the `k` records that share most with the question, all at least one word; how they score.

        Of those that share as much as the last, the first by document id and place.
        """
        ...

    def check(self) -> None:
        """The engine can be asked, and holds all records of the library.

        Raises:
            EngineError: it cannot be asked.
            LibraryDamaged, LibraryMismatch: it does not hold them.
        """
        ...

    def state(self) -> EngineState | None:
        """What lies there; None where it searches the segments themselves.

        Raises:
            EngineError: it cannot be asked.
        """
        ...

    def close(self) -> None:
        """What it holds open is let go."""
        ...


@dataclass(frozen=True, slots=True)
class EngineState:
    """What an engine of its own holds of a library.

    Attributes:
        version: as the server tells it.
        segments, records: how many.
    """

    address: str
    version: str
    collection: str
    segments: int
    records: int


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """What an engine is told of one segment; each by place in the segment.

    Attributes:
        vectors: of each record.
        words: of each record, but for those that depend on other documents.
        documents: the id of each document in order, how many records it has, and its year.
        kinds: of each record.
    """

    vectors: VectorPart
    words: Postings
    documents: Sequence[tuple[str, int, int | None]]
    kinds: Sequence[str]

    def __len__(self) -> int:
        """How many records it has."""
        return len(self.words)


class Writing(Protocol):
    """Writes what an engine searches that does not search the segments themselves; used by one change at a time."""

    def held(self) -> Mapping[str, int]:
        """The segments that lie there, by name, and how many records each has."""
        ...

    def put(self, segment: str, part: SegmentPart) -> None:
        """The segment lies there, whole; of what lay there under that name before, nothing does.

        Nobody finds it before a library names it.
        """
        ...

    def drop(self, segments: Collection[str]) -> None:
        """Nothing of these segments lies there; one that did not is passed over."""
        ...

    def seal(self, content_hash: str) -> None:
        """What lies there says that it is all of the library of that hash, and whose it is."""
        ...

    def discard(self) -> None:
        """Nothing of the library lies there."""
        ...

    def close(self) -> None:
        """What it holds open is let go."""
        ...
