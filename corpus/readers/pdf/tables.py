"""Tables of a page: what is drawn or set as one, with its caption, header, rows of cells and notes.

`regions` finds where a table stands, `grids` its rows and cells, `captions` what belongs to it above and below. What is
not beyond doubt stays running text, since a table where there is none tears sentences apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.drafting import Part, Printed
from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.grids import GridRow
from corpus.readers.pdf.lines import Line, line
from corpus.readers.pdf.regions import Found, found_on
from corpus.readers.pdf.runs import Spaced
from corpus.readers.pdf.sheet import sheet_of
from corpus.readers.pdf.wording import Wording

Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """A row as printed: the lines of each cell, and which are merged, as `Block.merged` says.

    Attributes:
        cells: one a column; empty for a cell that is empty or merged with another.
        merged: one sign a cell, or None where nothing shows it.
        page: it begins on, from 1.
    """

    cells: tuple[Lines, ...]
    merged: str | None
    page: int

    @property
    def words(self) -> Iterator[Word]:
        """All words of it."""
        return (word for cell in self.cells for one in cell for word in one.words)


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table, or the part of one that stands on one page; everything in its region is the table's.

    Attributes:
        page: from 1, that it begins on.
        left, top, right, bottom: its region there, in points.
        caption: its lines; empty where there is none.
        header: its rows, from the top; empty where none can be told from the rows.
        rows: from the top.
        notes: each by its lines.
        places: where its columns begin and end, which tells what goes on with it.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    caption: Lines
    header: tuple[PrintedRow, ...]
    rows: tuple[PrintedRow, ...]
    notes: tuple[Lines, ...]
    places: tuple[float, ...] = ()

    def words(self) -> Iterator[Word]:
        """All words of it."""
        for lines in (self.caption, *self.notes):
            for one in lines:
                yield from one.words
        for row in (*self.header, *self.rows):
            yield from row.words

    def parts(self, number: int, wording: Wording) -> list[Part]:
        """Caption, header, rows and notes of table `number`, in this order."""
        parts = []
        if self.caption:
            said = wording.said(self.caption)
            printed, page = said.printed, self.caption[0].page
            parts.append(Part("caption", said.text, table=number, page=page, floats=True, printed=printed))
        parts += [_row_part("header", row, number, wording) for row in self.header]
        parts += [_row_part("row", row, number, wording) for row in self.rows]
        for note in self.notes:
            said = wording.said(note)
            page = note[0].page
            parts.append(Part("footnote", said.text, table=number, page=page, floats=True, printed=said.printed))
        return parts


def _row_part(kind: str, row: PrintedRow, number: int, wording: Wording) -> Part:
    texts: list[str] = []
    printed: list[Printed] = []
    for cell in row.cells:
        said = wording.said(cell)
        texts.append(said.text)
        printed += said.printed
    merged = row.merged if row.merged is None or row.merged.strip(".") else None
    role = "header" if kind == "header" else "row"
    return Part(role, "\t".join(texts), table=number, page=row.page, floats=True, merged=merged, printed=printed)


def tables_on(page: PageContent) -> tuple[PrintedTable, ...]:
    """The tables of a page, by top, then left; each word of it is in one place of one of them, or in none."""
    sheet = sheet_of(page)
    tables: list[PrintedTable] = []
    for found in found_on(sheet):
        table = _whole(found, page.words)
        if table is not None and not any(_meet(table, other) for other in tables):
            tables.append(table)
    return tuple(sorted(tables, key=lambda table: (table.top, table.left)))


def _whole(found: Found, words: Sequence[Word]) -> PrintedTable | None:
    """The table that was found, with as much around it as leaves no other words in its region; else None."""
    for caption, notes in ((found.caption, found.notes), (found.caption, ()), ((), found.notes), ((), ())):
        if found.needs_caption and not caption:
            continue
        table = _printed(found, caption, notes)
        own = set(map(id, table.words()))
        if all(id(word) in own or not _holds(table, word) for word in words):
            return table
    return None


def _printed(found: Found, caption: Sequence[Spaced], notes: Iterable[Sequence[Spaced]]) -> PrintedTable:
    page = found.page
    header = tuple(_row(row, page) for row in found.header)
    rows = tuple(_row(row, page) for row in found.rows)
    captioned = tuple(line(one.words, page) for one in caption)
    noted = tuple(tuple(line(one.words, page) for one in note) for note in notes)
    made = PrintedTable(page, 0, 0, 0, 0, captioned, header, rows, noted, found.places)
    every = list(made.words())
    left, top = min(word.left for word in every), min(word.top for word in every)
    right, bottom = max(word.right for word in every), max(word.bottom for word in every)
    return PrintedTable(page, left, top, right, bottom, captioned, header, rows, noted, found.places)


def _row(row: GridRow, page: int) -> PrintedRow:
    cells = tuple(tuple(line(words, page) for words in cell) for cell in row.cells)
    return PrintedRow(cells, "".join(row.signs), page)


def _holds(table: PrintedTable, word: Word) -> bool:
    x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return table.left <= x <= table.right and table.top <= y <= table.bottom


def _meet(one: PrintedTable, other: PrintedTable) -> bool:
    across = min(one.right, other.right) > max(one.left, other.left)
    return across and min(one.bottom, other.bottom) > max(one.top, other.top)


def joined(tables: Sequence[PrintedTable]) -> tuple[PrintedTable, ...]:
    """The tables of a document, those that go on over pages as one, which stands where it begins."""
    return tuple(tables)
