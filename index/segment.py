"""A segment: some documents of a library with all that finds them, in a folder that is written once and then only read.

segment.json      what was written, with sizes and sums
store.sqlite      documents, records, references, checks
vectors/          the vector of each record
words/            the words of each record, and statements/ those of each of its statements, but for those that depend
                  on other documents (`index.namings`)
originals/ID.pdf  the file of each document whose pages can be shown
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from corpus.errors import REBUILD, LibraryDamaged
from corpus.store import Store
from index.encoder import sha256
from index.manifest import SegmentManifest
from index.postings import Postings
from index.statementparts import StatementPart
from index.vectorpart import VectorPart

ABOUT: Final = "segment.json"
STORE: Final = "store.sqlite"
VECTORS: Final = "vectors"
WORDS: Final = "words"
STATEMENTS: Final = "statements"
ORIGINALS: Final = "originals"


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment, open for reading."""

    folder: Path
    manifest: SegmentManifest
    store: Store
    vectors: VectorPart
    words: Postings
    statements: StatementPart

    @property
    def name(self) -> str:
        """The name of its folder."""
        return self.folder.name

    def __len__(self) -> int:
        """How many records it has."""
        return len(self.store)

    @classmethod
    def open(cls, folder: Path, sum_: str | None = None) -> Self:
        """The segment in `folder`, its parts held against one another.

        Args:
            sum_: what its manifest must sum to; None where nobody has said yet.

        Raises:
            LibraryDamaged: its parts do not belong together, or cannot be read.
        """
        about = SegmentManifest.load(folder / ABOUT)
        if sum_ is not None and about_sum(folder) != sum_:
            msg = f"The library's part {ABOUT} is not the one it was written with; {REBUILD}."
            raise LibraryDamaged(msg)
        about.parts.check(folder)
        store = Store(folder / STORE)
        try:
            segment = cls(
                folder,
                about,
                store,
                VectorPart.load(folder / VECTORS),
                Postings.load(folder / WORDS),
                StatementPart.load(folder / STATEMENTS),
            )
            counts = {len(store), len(segment.vectors), len(segment.words), len(segment.statements), about.records}
            if len(counts) != 1:
                msg = f"The parts of the library do not belong together; {REBUILD}."
                raise LibraryDamaged(msg)
        except BaseException:
            store.close()
            raise
        return segment

    def check_files(self) -> None:
        """Every byte of its files is as it was written.

        Raises:
            LibraryDamaged: one of them is not.
        """
        self.manifest.parts.check(self.folder, wholly=True)
        for document_id, written in self.manifest.originals.items():
            kept = self.original(document_id)
            if kept is None or sha256(kept) != written:
                msg = f"The pages that the library keeps of '{document_id}' are not those it was read from; {REBUILD}."
                raise LibraryDamaged(msg)

    def original(self, document_id: str) -> Path | None:
        """The file of a document whose pages can be shown; None for any other."""
        found = original_file(self.folder, document_id)
        return found if document_id in self.manifest.originals and found.is_file() else None


def open_segment_store(folder: Path) -> Store:
    """The documents of the segment in `folder`, without what finds them.

    Raises:
        LibraryDamaged: they cannot be read.
    """
    return Store(folder / STORE)


def about_sum(folder: Path) -> str:
    """SHA-256 of what the segment in `folder` says of itself.

    Raises:
        LibraryDamaged: it cannot be read.
    """
    try:
        return sha256(folder / ABOUT)
    except OSError as error:
        msg = f"The library's part {ABOUT} cannot be read ({error}); {REBUILD}."
        raise LibraryDamaged(msg) from error


def original_file(folder: Path, document_id: str) -> Path:
    """Where a segment in `folder` keeps the file of a document whose pages can be shown."""
    return folder / ORIGINALS / f"{document_id}.pdf"
