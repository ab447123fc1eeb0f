"""A batch: what was read and is not yet written."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from corpus.records import Reading
from index.encoder import Encoder, Progress
from index.engineplace import AS_REMEMBERED, EngineChoice
from index.library import change_library

_RECORDS: Final = 3_000
"""Records from which on a batch is written: so many are encoded in seconds, which is what an interrupt loses, and
to write them takes little beside it."""
_BYTES: Final = 200_000_000
"""Of text and originals, which wait in memory."""


class Batch:
    """Readings that go into a library together, by one change."""

    def __init__(
        self, path: Path, encoder: Encoder, progress: Progress | None = None, engine: EngineChoice = AS_REMEMBERED
    ) -> None:
        self._path = path
        self._encoder = encoder
        self._progress = progress
        self._engine = engine
        self._readings: dict[str, Reading] = {}
        self._records = 0
        self._bytes = 0

    def __len__(self) -> int:
        return len(self._readings)

    def put(self, reading: Reading) -> None:
        """The reading waits to be written, in place of one of the same document."""
        self._readings[reading.document.id] = reading
        self._records += len(reading.passages) + len(reading.rows)
        self._bytes += 4 * len(reading.document.text) + len(reading.original or b"")

    @property
    def is_full(self) -> bool:
        """Whether it should be written before more is read."""
        return self._records >= _RECORDS or self._bytes >= _BYTES

    def write(self) -> None:
        """What waited is in the library, and nothing waits; without anything waiting, nothing is written.

        Raises:
            EngineError, LibraryBusy, LibraryDamaged, LibraryMismatch, StorageFull: the library is as it was.
        """
        if self._readings:
            add = tuple(self._readings.values())
            change_library(self._path, self._encoder, add=add, progress=self._progress, engine=self._engine).close()
        self._readings.clear()
        self._records = self._bytes = 0
