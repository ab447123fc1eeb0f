"""A shelf: many shards, in which the vector of a text is found by its key."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from corpus.errors import BadShards
from index.identity import Identity, Vectors
from index.shards.shard import Keys, Shard, of_unit_length, shards_below

_PLACE: Final = np.dtype([("shard", np.int32), ("row", np.int32)])


class Shelf:
    """The shards of one model, kept in order by the first eight bytes of their keys: 16 bytes of memory a text.

    All else stays in the files, which are mapped. The bytes of a shard are held against its sum before the first of its
    vectors is given; a shard that is not as it was written gives none.

    Attributes:
        identity: which model made the vectors.
        damaged: the files that could not be read, or were not as they were written, as far as it is known, in the order
            in which that was found.
    """

    def __init__(self, identity: Identity) -> None:
        self.identity = identity
        self.damaged: list[Path] = []
        self._shards: list[Shard] = []
        self._heads: NDArray[np.uint64] = np.empty(0, dtype=np.uint64)
        self._places: NDArray[np.void] = np.empty(0, dtype=_PLACE)

    @classmethod
    def open(cls, folder: Path, identity: Identity, label: str = "") -> Self:
        """The shards below a folder, in the order of their names.

        Args:
            identity: the model whose vectors they must be.
            label: with what their names begin.

        Raises:
            BadShards: one is of another model.
        """
        shelf, heads, places = cls(identity), [], []
        for path in shards_below(folder, label):
            shard = Shard.open(path)
            if shard is not None and shard.identity != identity and shard.is_sound:
                raise _of_another(shard, identity)
            if shard is None or shard.identity != identity:
                shelf.damaged.append(path)
                continue
            heads.append(_heads(shard.keys))
            places.append(_places(len(shelf._shards), len(heads[-1])))
            shelf._shards.append(shard)
        shelf._sort(heads, places)
        return shelf

    def __len__(self) -> int:
        """How many texts, each as often as a shard holds it."""
        return len(self._heads)

    def put(self, path: Path) -> None:
        """A shard that was just written is one of them.

        Raises:
            OSError, ValueError: it cannot be read.
        """
        shard = Shard(path)
        heads = _heads(shard.keys)
        self._sort([self._heads, heads], [self._places, _places(len(self._shards), len(heads))])
        self._shards.append(shard)

    def sources(self) -> set[bytes]:
        """The digests of the files whose texts, cut as they are cut now, are in shards that are sound."""
        now = (shard for shard in self._shards if shard.is_of_now and self._is_sound(shard))
        return set().union(*(shard.sources for shard in now))

    def find(self, keys: Keys) -> tuple[Vectors, NDArray[np.bool_]]:
        """A row for each key, `(len(keys), dimension)` float32, and whether it is the vector of that text."""
        vectors = np.zeros((len(keys), self.identity.dimension), dtype=np.float32)
        found = np.zeros(len(keys), dtype=np.bool_)
        heads = _heads(keys)
        at, end = (np.searchsorted(self._heads, heads, side=side) for side in ("left", "right"))
        while len(left := np.flatnonzero(~found & (at < end))):
            for shard, rows, asked in self._by_shard(self._places[at[left]], left):
                same = (shard.keys[rows] == keys[asked]).all(axis=1)
                if same.any() and self._is_sound(shard):
                    taken = shard.vectors(rows[same].tolist())
                    good = of_unit_length(taken)
                    vectors[asked[same][good]] = taken[good]
                    found[asked[same][good]] = True
            at[left] += 1  # the next of those that begin alike, or hold the same text
        return vectors, found

    def _by_shard(
        self, places: NDArray[np.void], asked: NDArray[np.int64]
    ) -> Iterator[tuple[Shard, NDArray[np.int32], NDArray[np.int64]]]:
        """Each shard of these places, the rows there, and what was asked for each."""
        for number in np.unique(places["shard"]):
            here = places["shard"] == number
            yield self._shards[number], places["row"][here], asked[here]

    def _is_sound(self, shard: Shard) -> bool:
        if not shard.is_sound and shard.path not in self.damaged:
            self.damaged.append(shard.path)
        return shard.is_sound

    def _sort(self, heads: list[NDArray[np.uint64]], places: list[NDArray[np.void]]) -> None:
        if heads:
            every = np.concatenate(heads)
            order = np.argsort(every, kind="stable")  # of equal ones the first shard's first
            self._heads, self._places = every[order], np.concatenate(places)[order]


def _heads(keys: Keys) -> NDArray[np.uint64]:
    return np.ascontiguousarray(keys[:, :8]).view(np.uint64).ravel()


def _places(shard: int, count: int) -> NDArray[np.void]:
    places = np.empty(count, dtype=_PLACE)
    places["shard"], places["row"] = shard, np.arange(count)
    return places


def _of_another(shard: Shard, identity: Identity) -> BadShards:
    made = shard.identity
    return BadShards(
        f"The vectors in {shard.path} were made with the model {made.model} (weights {made.weights[:12]}…, "
        f"{made.dimension} dimensions), not with {identity.model} (weights {identity.weights[:12]}…, "
        f"{identity.dimension} dimensions); use `--model` with that model, or make them anew with `exocite encode`."
    )
