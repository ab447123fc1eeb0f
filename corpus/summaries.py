"""Documents as they are listed: without their text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from corpus.origins import Copy
from corpus.records import Reading


@dataclass(frozen=True, slots=True)
class DocumentSummary:
    """A document without its text: metadata, and how much can be cited from it.

    Attributes:
        characters: length of its text.
        passages, rows, references: how many it has.
        review: as in `Document`.
        copies: other files of the same paper, as in `Reading`.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    journal: str | None
    file: str
    source: str
    sha256: str
    characters: int
    passages: int
    rows: int
    references: int
    review: bool = False
    copies: tuple[Copy, ...] = ()

    @classmethod
    def of(cls, reading: Reading) -> Self:
        """What a store would say of the document of a reading."""
        document = reading.document
        return cls(
            document.id,
            document.title,
            document.authors,
            document.year,
            document.doi,
            document.journal,
            document.file,
            document.source,
            document.sha256,
            len(document.text),
            len(reading.passages),
            len(reading.rows),
            len(reading.references),
            document.review,
            reading.copies,
        )
