"""Readings: a draft put together into a document, its passages, its table rows and its references."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from corpus.describing import own_origin
from corpus.metadata import is_review
from corpus.pages import Layout
from corpus.passages import cut
from corpus.pointers import EVIDENCE, Pointer, Pointers, joined
from corpus.readers import read
from corpus.records import Block, Cell, Document, Draft, Passage, Reading, Reference, TableRow, record_id
from corpus.references import parse_reference
from corpus.tables import Table, read_tables

_NOTHING: Final = (
    "Nothing in it can be found, since no passage and no table row came of it; look at what was read on its page here, "
    "and give the paper in another format, such as its XML, a page saved from a browser, or its text."
)


def read_document(name: str, data: bytes, *, document_id: str, source: str) -> Reading:
    """The reading of one file: read by its format's reader, hashed, assembled.

    Args:
        name: the file's name, which says its format; folders before it are left out of `Document.file`.
        data: the file's bytes.
        document_id: as `Document.id`.
        source: as `Document.source`.

    Raises:
        UnreadableFile: the file gives no document.
        BadSetting: the size limit is not a number.
    """
    file = PurePath(name.replace("\\", "/")).name or name
    digest = hashlib.sha256(data).hexdigest()
    return assemble(read(name, data), document_id=document_id, file=file, source=source, sha256=digest)


def assemble(draft: Draft, *, document_id: str, file: str, source: str, sha256: str) -> Reading:
    """The reading of a draft: every passage, row and reference an exact span of its text, in the text's order.

    Passages come from paragraphs and list items alone; front and back matter, captions, footnotes and the reference
    list are shown with the document but are not evidence. Records name the entries they cite; what is cited and names
    no entry, or could name several, is in `Reading.unresolved` instead.
    """
    document = Document(
        id=document_id,
        title=draft.title,
        authors=draft.authors,
        year=draft.year,
        doi=draft.doi,
        journal=draft.journal,
        file=file,
        source=source,
        sha256=sha256,
        text=draft.text,
        blocks=draft.blocks,
        citations=draft.citations,
        review=draft.review
        or is_review(draft.title, (draft.text[b.start : b.end] for b in draft.blocks if b.kind == "front"), draft.text),
    )
    given = tuple(replace(reference, document_id=document_id) for reference in draft.references)
    references = given or _references(document)
    citations = _Citations(document, references)
    sections = dict(zip(draft.blocks, _heading_paths(draft), strict=True))
    printed = draft.layout or Layout()
    passages = tuple(_passages(document, sections, citations, printed))
    tables = read_tables(document.text, document.blocks)
    rows = tuple(_rows(document, tables, sections, citations, printed))
    notices = (*draft.notices, *_ragged(tables), *(() if passages or rows else (_NOTHING,)))
    return Reading(
        document,
        passages,
        rows,
        references,
        citations.unresolved,
        notices,
        draft.layout,
        draft.original,
        own_origin(document, stated=draft.stated),
    )


class _Citations:
    """Which entries a span or a row cites, and, as they are met, what is cited and is no entry."""

    def __init__(self, document: Document, references: Sequence[Reference]) -> None:
        self._pointers = Pointers(document, references)
        self._missing: list[tuple[int, str]] = []

    @property
    def unresolved(self) -> tuple[str, ...]:
        """In order of the text, without repeats."""
        return tuple(dict.fromkeys(name for _, name in sorted(self._missing, key=lambda pair: pair[0])))

    def in_span(self, start: int, end: int) -> tuple[str, ...]:
        """The entries cited in `[start, end)` of the text."""
        return self._cited(self._pointers.within(start, end), start)

    def in_row(self, cells: Sequence[Cell], start: int) -> tuple[str, ...]:
        """The entries that a row, which begins at `start`, cites in cells of its own."""
        return self._cited(self._pointers.in_row(cells), start)

    def _cited(self, found: Sequence[Pointer], start: int) -> tuple[str, ...]:
        cited, missing = joined(found)
        self._missing.extend((start, name) for name in missing)
        return cited


def _heading_paths(draft: Draft) -> Iterator[tuple[str, ...]]:
    """For each block, the headings above it, outermost first; for a heading, those above it."""
    path: list[tuple[int, str]] = []
    for block in draft.blocks:
        if block.kind == "heading":
            while path and path[-1][0] >= block.level:
                path.pop()
        yield tuple(heading for _, heading in path)
        if block.kind == "heading":
            path.append((block.level, " ".join(draft.text[block.start : block.end].split())))


def _references(document: Document) -> tuple[Reference, ...]:
    entries = [block for block in document.blocks if block.kind == "reference"]
    return tuple(
        parse_reference(
            document.text[block.start : block.end], document_id=document.id, start=block.start, position=position
        )
        for position, block in enumerate(entries, start=1)
    )


def _page(printed: Layout, start: int, block: Block) -> int | None:
    """The page that character `start` of a block stands on: a block may go on from the page it begins on."""
    placed = printed.within(start, block.end)
    return placed[0].page if placed else block.page


def _passages(
    document: Document, sections: dict[Block, tuple[str, ...]], citations: _Citations, printed: Layout
) -> Iterator[Passage]:
    for block in document.blocks:
        if block.kind not in EVIDENCE:
            continue
        for spans in cut(document.text, block.start, block.end):
            start, end = spans[0][0], spans[-1][1]
            text = document.text[start:end]
            # A rule or a row of dots says nothing.
            if not any(map(str.isalnum, text)):
                continue
            yield Passage(
                id=record_id(document.id, start, end),
                document_id=document.id,
                start=start,
                end=end,
                text=text,
                section=sections[block],
                page=_page(printed, start, block),
                markers=citations.in_span(start, end),
                sentences=spans,
            )


def _ragged(tables: Iterable[Table]) -> Iterator[str]:
    """A notice for each table with rows that are longer than its header."""
    for table in tables:
        longer = sum(len(row.cells) > len(table.headers) for row in table.rows) if table.headers else 0
        if longer:
            rows = "1 row has" if longer == 1 else f"{longer} rows have"
            yield f"{table.label}: {rows} more cells than the header; the cells beyond it were kept without a name."


def _rows(
    document: Document,
    tables: Iterable[Table],
    sections: dict[Block, tuple[str, ...]],
    citations: _Citations,
    printed: Layout,
) -> Iterator[TableRow]:
    """The rows of all tables, in order of the text."""
    found = [(row, table) for table in tables for row in table.rows]
    for row, table in sorted(found, key=lambda pair: pair[0].start):
        yield TableRow(
            id=record_id(document.id, row.start, row.end),
            document_id=document.id,
            start=row.start,
            end=row.end,
            text=document.text[row.start : row.end],
            table=table.label,
            number=row.number,
            caption=table.caption,
            cells=row.cells,
            section=sections[row.block],
            page=_page(printed, row.start, row.block),
            markers=citations.in_row(row.cells, row.start),
        )
