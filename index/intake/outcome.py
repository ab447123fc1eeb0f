"""What came of a file, as a value to be told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from corpus.errors import UnreadableFile
from corpus.records import Reading
from corpus.summaries import DocumentSummary

Status = Literal[
    "added",
    "replaced",  # the file of that place has changed
    "moved",  # the very bytes of a document whose file is no more where it was; it keeps its id
    "unchanged",
    "unreadable",
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one file.

    Attributes:
        file: the file's name.
        document_id: of its document; None where it could not be read.
        passages, rows, references: how many it gave; of an unchanged file, how many it has; none of one that is not
            kept.
        notices: what the user should know, one sentence each; for an unreadable file, why and what to do.
        sections: how many headings it has; None where it was not read now.
        pages: how many pages can be shown; None where it was not read now or its format has none.
        same_as: the file that is kept in its place, of the same paper or the same content; "" where it is kept itself.
    """

    file: str
    status: Status
    document_id: str | None = None
    passages: int = 0
    rows: int = 0
    references: int = 0
    notices: tuple[str, ...] = ()
    sections: int | None = None
    pages: int | None = None
    same_as: str = ""

    @classmethod
    def of_reading(cls, file: str, status: Status, reading: Reading) -> Self:
        """What is told of a file that was read."""
        return cls(
            file,
            status,
            reading.document.id,
            len(reading.passages),
            len(reading.rows),
            len(reading.references),
            reading.notices,
            sum(block.kind == "heading" for block in reading.document.blocks),
            len(reading.layout.pages) if reading.layout else None,
        )

    @classmethod
    def of_held(cls, file: str, held: DocumentSummary) -> Self:
        """What is told of a file whose very bytes are held, under its own name or another's."""
        if held.file != file:
            notice = f"The same content as {held.file}, which is kept."
            return cls(file, "unchanged", held.id, notices=(notice,), same_as=held.file)
        return cls(file, "unchanged", held.id, held.passages, held.rows, held.references)

    @classmethod
    def of_copy(cls, file: str, kept: DocumentSummary, notice: str = "") -> Self:
        """What is told of a file of a paper of which a better one is held."""
        notice = notice or f"The same paper as {kept.file}, which is kept."
        return cls(file, "unchanged", kept.id, notices=(notice,), same_as=kept.file)

    @classmethod
    def of_error(cls, file: str, error: UnreadableFile) -> Self:
        """What is told of a file that could not be read."""
        return cls(file, "unreadable", notices=(error.reason,))
