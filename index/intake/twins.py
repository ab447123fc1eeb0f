"""Other files of a paper on its way in: those held, and those that wait to be written."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Final

from corpus.errors import unknown_document
from corpus.records import Reading
from corpus.stores import Stores
from corpus.twins import FEW_SIGNS, Kinship, kinship, sketch
from index.intake.held import Held
from index.library import open_store

_MOST: Final = 20
"""Documents that a new one is compared with word by word; more have as much in common only where papers are forms."""


class Twins:
    """Finds the document that is the same paper as a new one."""

    def __init__(self, path: Path, held: Held) -> None:
        self._path = path
        self._held = held
        self._waiting: dict[str, Reading] = {}
        self._signs: dict[int, set[str]] = {}
        self._store: Stores | None = None
        self._sketch = lru_cache(1)(sketch)  # of what is looked for, and then waits

    def of(self, reading: Reading) -> tuple[Reading, Kinship] | None:
        """The first document that is the same paper; else the first that perhaps is; None where there is neither."""
        perhaps = None
        for document_id in self._near(reading):
            other = self.reading(document_id)
            related = kinship(reading, other)
            if related == "same":
                return other, related
            if related and not perhaps:
                perhaps = other, related
        return perhaps

    def reading(self, document_id: str) -> Reading:
        """What is held of a document.

        Raises:
            UnknownDocument: nothing is.
        """
        if waiting := self._waiting.get(document_id):
            return waiting
        if store := self._written():
            return store.reading(document_id)
        raise unknown_document(document_id)

    def put(self, reading: Reading) -> None:
        """The reading waits to be written, and may be the same paper as one that comes later."""
        self._waiting[reading.document.id] = reading
        for sign in self._sketch(reading.passages):
            self._signs.setdefault(sign, set()).add(reading.document.id)

    def close(self) -> None:
        """What waited is about to be written: nothing waits, and the store is let go."""
        self._waiting.clear()
        self._signs.clear()
        if self._store is not None:
            self._store.close()
            self._store = None

    def _near(self, reading: Reading) -> list[str]:
        """The documents it may be worth while to compare with: those of its DOI or title, then those of its words."""
        signs = self._sketch(reading.passages)
        shared = Counter(document_id for sign in signs for document_id in self._signs.get(sign, ()))
        waiting = [document_id for document_id, count in sorted(shared.items()) if count >= FEW_SIGNS]
        store = self._written()
        written = store.sharing(signs, FEW_SIGNS) if store else ()
        near = dict.fromkeys([*self._held.told_alike(reading.document), *waiting, *written])
        near.pop(reading.document.id, None)
        return list(near)[:_MOST]

    def _written(self) -> Stores | None:
        """The documents that are in the library; None where there is none."""
        if self._store is None:
            self._store = open_store(self._path)
        return self._store
