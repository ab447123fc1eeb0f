"""The metadata of a document, from what its own file says and what a reference manager says of it."""

from __future__ import annotations

from dataclasses import replace

from corpus.metadata import Facts, is_review
from corpus.origins import Copy, Origin
from corpus.records import Document, Passage, Reading, TableRow, record_id


def own_origin(document: Document, *, stated: bool) -> Origin:
    """The origin of a document of which only its own file says anything."""
    title = None if document.title == document.file else document.title
    more = (document.year, document.doi, document.journal, document.review, stated)
    return Origin(Facts(title, document.authors, *more))


def known_as(reading: Reading, document_id: str) -> Reading:
    """The same reading under another id of its document."""

    def moved(record: Passage | TableRow) -> str:
        return record_id(document_id, record.start, record.end)

    return replace(
        reading,
        document=replace(reading.document, id=document_id),
        passages=tuple(replace(one, id=moved(one), document_id=document_id) for one in reading.passages),
        rows=tuple(replace(one, id=moved(one), document_id=document_id) for one in reading.rows),
        references=tuple(replace(one, document_id=document_id) for one in reading.references),
    )


def without_copy(reading: Reading, copy: Copy) -> Reading:
    """The same reading, and that file is no more another one of its paper."""
    return replace(reading, copies=tuple(one for one in reading.copies if one != copy))


def described(reading: Reading, entry: Facts | None, *, companion: bool = False) -> Reading:
    """The reading with the metadata that its file and this entry of a reference manager give together.

    Of each fact, what the entry says counts more than what was guessed from the file, and less than what the file's
    format states itself. The title of a companion ends with the name of its file.
    """
    origin = replace(reading.origin, entry=entry, companion=entry is not None and companion)
    own, said = origin.own, entry or Facts()
    first, second = (own, said) if own.stated and not origin.companion else (said, own)
    title = first.title or second.title or reading.document.file
    document = replace(
        reading.document,
        title=f"{title} ({reading.document.file})" if origin.companion else title,
        authors=first.authors or second.authors,
        year=first.year or second.year,
        doi=first.doi or second.doi,
        journal=first.journal or second.journal,
        review=own.review or is_review(title, ()),
    )
    return replace(reading, document=document, origin=origin)
