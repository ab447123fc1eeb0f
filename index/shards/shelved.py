"""An encoder that looks into shards before it encodes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from index.encoder import Encoder, Identity, Progress, Vectors
from index.shards.shard import keys_of
from index.shards.shelf import Shelf


class Shelved:
    """Gives the vectors that an encoder would give, of which it asks it only for those that no shard holds."""

    def __init__(self, encoder: Encoder, shelf: Shelf) -> None:
        self._encoder = encoder
        self._shelf = shelf
        self._taken = self._encoded = self._told = 0

    @property
    def identity(self) -> Identity:
        """Which model this is."""
        return self._encoder.identity

    def encode(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One row a text, `(len(texts), dimension)` float32, each of unit length.

        Args:
            progress: told of those that are encoded alone.
        """
        if not texts:
            return self._encoder.encode(texts, progress)
        vectors, found = self._shelf.find(keys_of(texts))
        new = np.flatnonzero(~found)
        if len(new):
            vectors[new] = self._encoder.encode([texts[place] for place in new.tolist()], progress)
        self._taken += len(texts) - len(new)
        self._encoded += len(new)
        return vectors

    def news(self) -> tuple[int, int, tuple[Path, ...]]:
        """Since this was asked last: how many vectors came from shards, how many were encoded, shards found damaged."""
        damaged = tuple(self._shelf.damaged[self._told :])
        told = self._taken, self._encoded, damaged
        self._taken = self._encoded = 0
        self._told += len(damaged)
        return told
