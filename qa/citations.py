"""A hit joined with its record: evidence with its citation and its cautions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from corpus.records import Document, Passage, Record, Reference, RowCheck, TableRow
from corpus.references import surname
from corpus.summaries import DocumentSummary
from index.hits import Hit
from qa.permalinks import permalink
from qa.results import AlsoCard, Caution, CellCard, DocumentCard, Evidence, ReferenceCard, RowCard

_ACRONYM: Final = 3
"""How long a name in capitals may be before it is taken for one that is only set so."""


def evidence(
    hit: Hit,
    record: Record,
    document: DocumentSummary,
    references: tuple[Reference, ...],
    check: RowCheck | None = None,
    also: Mapping[str, tuple[AlsoCard, ...]] | None = None,
) -> Evidence:
    """The hit as evidence: what stands where, in which paper, resting on which primary studies.

    Args:
        check: what came of checking a row; None for a passage.
        also: by marker, the other papers that cite the same study.
    """
    return Evidence(
        rank=hit.rank,
        id=record.id,
        kind=record.kind,
        text=record.text,
        score=hit.score,
        document=document_card(document),
        section=record.section[-1] if record.section else None,
        page=record.page,
        start=record.start,
        end=record.end,
        row=None if isinstance(record, Passage) else _row_card(record),
        references=tuple(
            ReferenceCard(entry.marker, entry.text, entry.doi, entry.pmid, (also or {}).get(entry.marker, ()))
            for entry in references
        ),
        cautions=cautions(record, check),
        permalink=permalink(record),
    )


def document_card(document: DocumentSummary | Document) -> DocumentCard:
    """The paper, as evidence names it."""
    return DocumentCard(
        document.id, document.title, document.authors, document.year, document.doi, document.file, document.review
    )


def also_cards(
    places: Mapping[str, Sequence[tuple[str, str]]], documents: Mapping[str, DocumentSummary]
) -> dict[str, tuple[AlsoCard, ...]]:
    """By marker, the other papers that cite the same study, from their ids and markers and the papers by id."""
    return {
        marker: tuple(AlsoCard(one, documents[one].title, short_name(documents[one]), other) for one, other in found)
        for marker, found in places.items()
    }


def short_name(document: DocumentSummary | DocumentCard) -> str:
    """What a paper is called in passing: its first author's surname and its year, `Camci 2025`.

    Its title where it names no author. Of a name written out the last word is the surname, with particles before it.
    """
    if not document.authors:
        return document.title
    words = surname(document.authors[0]).split()
    particles = [place for place, word in enumerate(words) if word.islower()]
    if words[-1:] and not words[-1].islower():
        words = words[min(particles, default=len(words) - 1) :]
    name = " ".join(word.capitalize() if word.isupper() and len(word) > _ACRONYM else word for word in words)
    return f"{name} {document.year}" if document.year else name


def _row_card(row: TableRow) -> RowCard:
    cells = tuple(CellCard(cell.header, cell.text, cell.carried, cell.start, cell.end) for cell in row.cells)
    return RowCard(row.table, row.number, row.caption, cells)


def cautions(record: Record, check: RowCheck | None) -> tuple[Caution, ...]:
    """The reasons to read a record with care, from its check as `evidence` takes it."""
    if check and check.message:
        return (Caution(check.outcome, check.message, check.suggestion, check.quote),)
    carried = [] if isinstance(record, Passage) else [c for c in record.cells if c.carried and not c.spanned]
    if not carried or (check and check.outcome == "consistent"):
        return ()
    cells = ", ".join(f"{cell.header or 'first column'}: {cell.text}" for cell in carried)
    message = (
        f"In the printed row these cells are empty and were taken from the merged cell above ({cells}). "
        "Merged cells can slide in a file made from a PDF: check them against the study cited."
    )
    return (Caution("unverified", message),)
