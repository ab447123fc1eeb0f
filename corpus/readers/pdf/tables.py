"""Tables of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.drafting import Part
from corpus.readers.pdf.content import PageContent
from corpus.readers.pdf.wording import Wording


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table, or the part of one that stands on one page; everything in its region is the table's."""

    page: int
    left: float
    top: float
    right: float
    bottom: float

    def parts(self, number: int, wording: Wording) -> list[Part]:
        """Caption, header, rows and notes of table `number`, in this order."""
        raise NotImplementedError


def tables_on(page: PageContent) -> tuple[PrintedTable, ...]:  # noqa: ARG001 - not read yet
    """The tables of a page, by top, then left."""
    return ()


def joined(tables: Sequence[PrintedTable]) -> tuple[PrintedTable, ...]:
    """The tables of a document, those that go on over pages as one, which stands where it begins."""
    return tuple(tables)
