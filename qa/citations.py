"""A hit joined with its record: evidence with its citation and its cautions."""

from __future__ import annotations

from corpus.records import Document, Passage, Record, Reference, TableRow
from corpus.store import DocumentSummary
from index.hits import Hit
from qa.permalinks import permalink
from qa.results import Caution, CellCard, DocumentCard, Evidence, ReferenceCard, RowCard


def evidence(
    hit: Hit,
    record: Record,
    document: DocumentSummary,
    references: tuple[Reference, ...],
    check: tuple[str, str] = ("", ""),
) -> Evidence:
    """The hit as evidence: what stands where, in which paper, resting on which primary studies.

    Args:
        check: (outcome, message) of the check of a row; ("", "") for a passage.
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
        references=tuple(ReferenceCard(entry.marker, entry.text, entry.doi, entry.pmid) for entry in references),
        cautions=_cautions(record, check),
        permalink=permalink(record),
    )


def document_card(document: DocumentSummary | Document) -> DocumentCard:
    """The paper, as evidence names it."""
    return DocumentCard(document.id, document.title, document.authors, document.year, document.doi, document.file)


def _row_card(row: TableRow) -> RowCard:
    cells = tuple(CellCard(cell.header, cell.text, cell.carried) for cell in row.cells)
    return RowCard(row.table, row.number, row.caption, cells)


def _cautions(record: Record, check: tuple[str, str]) -> tuple[Caution, ...]:
    outcome, message = check
    if message:
        return (Caution(outcome, message),)
    carried = [] if isinstance(record, Passage) else [cell for cell in record.cells if cell.carried]
    if not carried or outcome == "consistent":
        return ()
    cells = ", ".join(f"{cell.header or 'first column'}: {cell.text}" for cell in carried)
    message = (
        f"In the printed row these cells are empty and were taken from the merged cell above ({cells}). "
        "Merged cells can slide in a file made from a PDF: check them against the study cited."
    )
    return (Caution("unverified", message),)
