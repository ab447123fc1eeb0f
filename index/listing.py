"""A library as the list of its documents: opened at once, for who needs nothing to be found in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

from corpus.errors import LibraryDamaged, LibraryMissing
from corpus.stores import Stores
from corpus.summaries import DocumentSummary
from index.generation import open_manifest, open_store
from index.library import current_generation, missing
from index.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Listing:
    """The documents of one generation and what it says of itself; nothing else of it is read, or held against them.

    What is damaged besides is found by who opens it whole (`index.library`), before anything is changed.
    """

    manifest: Manifest
    store: Stores

    @classmethod
    def open(cls, path: Path) -> Self:
        """The library in `path`.

        Raises:
            LibraryMissing: there is none.
            LibraryDamaged: its manifest or its documents cannot be read.
            LibraryMismatch: another version of Exocite made it.
        """
        generation = current_generation(path)
        if generation is None:
            raise missing(path)
        try:
            return cls(open_manifest(path, generation), open_store(path, generation))
        except LibraryDamaged:
            if current_generation(path) == generation:
                raise
            return cls.open(path)  # it was replaced while it was being opened

    def summaries(self) -> dict[str, DocumentSummary]:
        """Every document by its id, in their order."""
        return {summary.id: summary for summary in self.store.summaries()}

    def close(self) -> None:
        """The files are let go."""
        self.store.close()


def listed(path: Path) -> dict[str, DocumentSummary]:
    """Every document of the library in `path` by its id, in their order; none where there is no library.

    Raises:
        LibraryDamaged, LibraryMismatch: as `Listing.open`.
    """
    try:
        listing = Listing.open(path)
    except LibraryMissing:
        return {}
    try:
        return listing.summaries()
    finally:
        listing.close()
