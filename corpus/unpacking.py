"""What a store wrote down becomes values again; `corpus.writing` packs them, `corpus.schema` has the columns."""

from __future__ import annotations

import json
from typing import Any

from corpus.errors import REBUILD, LibraryDamaged
from corpus.markers import Marker
from corpus.origins import Copy
from corpus.records import Block, Cell, Document, Passage, Record, Reference, TableRow
from corpus.summaries import DocumentSummary

Row = tuple[Any, ...]
"""Of a query, in the order of its columns."""


def listed(text: str) -> list[Any]:
    """What was kept as JSON.

    Raises:
        LibraryDamaged: it is none.
    """
    try:
        found: list[Any] = json.loads(text)
    except ValueError as error:
        msg = f"A record of the library cannot be read ({error}); {REBUILD}."
        raise LibraryDamaged(msg) from error
    return found


def summary_of(row: Row) -> DocumentSummary:
    """A document as it is listed, of the columns `SUMMARY`."""
    return DocumentSummary(*row[:2], tuple(listed(row[2])), *row[3:13], bool(row[13]), copies_of(row[14]))  # type: ignore[call-arg]


def document_of(row: Row) -> Document:
    """A document, whole, of the columns `DOCUMENT`."""
    blocks = tuple(Block(*block) for block in listed(row[10]))
    citations = tuple(Marker(start, end, tuple(names)) for start, end, names in listed(row[11]))
    return Document(*row[:2], tuple(listed(row[2])), *row[3:10], blocks, citations, bool(row[12]))  # type: ignore[call-arg]


def copies_of(text: str) -> tuple[Copy, ...]:
    """The other files of a document."""
    return tuple(Copy(*one) for one in listed(text))


def record_of(row: Row) -> Record:
    """A passage or a row of a table, of the columns `RECORD`."""
    id_, document_id, kind, start, end, text, section, page, markers, more = row
    above, cited, rest = tuple(listed(section)), tuple(listed(markers)), listed(more)
    if kind == "passage":
        spans = tuple((first, last) for first, last in rest)
        return Passage(id_, document_id, start, end, text, above, page, cited, spans)
    table, number, caption, cells = rest
    cut = tuple(Cell(*cell) for cell in cells)
    return TableRow(id_, document_id, start, end, text, table, number, caption, cut, above, page, cited)


def reference_of(row: Row) -> Reference:
    """An entry of a reference list, of the columns `REFERENCE`."""
    return Reference(*row[:5], tuple(listed(row[5])), *row[6:])  # type: ignore[call-arg]
