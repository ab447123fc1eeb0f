"""Tables of a page: what is drawn or set as one, with its caption, header, rows of cells and notes.

`regions` finds where a table stands, `grids` its rows and cells, `captions` what belongs to it above and below. What is
not beyond doubt stays running text, since a table where there is none tears sentences apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from corpus.drafting import Part, Printed
from corpus.furniture import continued_table
from corpus.joining import goes_on, is_open
from corpus.readers.pdf.content import PageContent, Word
from corpus.readers.pdf.grids import GridRow
from corpus.readers.pdf.gutters import Span
from corpus.readers.pdf.lines import Line, line
from corpus.readers.pdf.regions import Found, found_on, repeated_on
from corpus.readers.pdf.runs import Spaced
from corpus.readers.pdf.sheet import Sheet, sheets_of
from corpus.readers.pdf.wording import Wording
from corpus.tabbed import caption_label

Lines = tuple[Line, ...]

_EVEN = 4.0  # points by which columns of one table may be in other places on another page


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
        final_page: the last page that it stands on.
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
    final_page: int = 0

    def words(self) -> Iterator[Word]:
        """All words of it."""
        for lines in (self.caption, *self.notes):
            for one in lines:
                yield from one.words
        for row in (*self.header, *self.rows):
            yield from row.words

    @property
    def captioned_below(self) -> bool:
        """It has a caption, which stands below its rows."""
        return bool(self.caption) and self.caption[0].baseline > max(word.baseline for word in self.rows[-1].words)

    @property
    def lines(self) -> Iterator[Line]:
        """All lines of it, cell by cell."""
        yield from self.caption
        for row in (*self.header, *self.rows):
            yield from (one for cell in row.cells for one in cell)
        yield from (one for note in self.notes for one in note)

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


def _row_part(kind: Literal["header", "row"], row: PrintedRow, number: int, wording: Wording) -> Part:
    texts: list[str] = []
    printed: list[Printed] = []
    for cell in row.cells:
        said = wording.said(cell)
        texts.append(said.text)
        printed += said.printed
    merged = row.merged if row.merged is None or row.merged.strip(".") else None
    return Part(kind, "\t".join(texts), table=number, page=row.page, floats=True, merged=merged, printed=printed)


def tables_of(pages: Sequence[PageContent]) -> list[tuple[PrintedTable, ...]]:
    """The tables of each page, in order of reading; each word of a page is in one place of one of them, or in none."""
    found: list[tuple[PrintedTable, ...]] = []
    for sheet in sheets_of(pages):
        found.append(_tables_on(sheet, found[-1] if found else ()))
    return found


def _tables_on(sheet: Sheet, before: Sequence[PrintedTable]) -> tuple[PrintedTable, ...]:
    """The tables of a page; what goes on with the last one, here or on the page `before`, is one where it else is not.

    That is known only in order of reading, in which a table's second part may stand higher than its first.
    """
    tables: list[PrintedTable] = []
    doubtful: set[int] = set()
    every = [*found_on(sheet), *_repeated_on(sheet, before)]
    for found in sorted(every, key=lambda found: found.doubtful):
        table = _whole(found, sheet.words)
        if table is None or any(_meet(table, other) for other in tables):
            continue
        tables.append(table)
        if found.doubtful:
            doubtful.add(id(table))
    kept: list[PrintedTable] = []
    for table in _in_order(tables, sheet.columns):
        if id(table) not in doubtful or _begun([*before, *kept], table) is not None:
            kept.append(table)
    return tuple(kept)


def _repeated_on(sheet: Sheet, before: Sequence[PrintedTable]) -> Iterator[Found]:
    """What goes on with the last table of the page before under its header, printed again, where no lines show it."""
    if before and len(before[-1].header) == 1:
        found = repeated_on(sheet, " ".join(filter(None, (_said(cell) for cell in before[-1].header[0].cells))))
        if found is not None:
            yield found


def _in_order(tables: Iterable[PrintedTable], columns: Sequence[Span]) -> list[PrintedTable]:
    """Tables in order of reading: column by column between those that stand over several."""
    ordered: list[PrintedTable] = []
    beside: list[tuple[int, float, PrintedTable]] = []
    for table in sorted(tables, key=lambda table: (table.top, table.left)):
        middle = (table.left + table.right) / 2
        inside = [at for at, (left, right) in enumerate(columns) if table.left < right and table.right > left]
        if len(inside) > 1:
            ordered += [one for *_, one in sorted(beside, key=lambda each: each[:2])]
            ordered.append(table)
            beside = []
        else:
            beside.append((sum(right < middle for _, right in columns), table.top, table))
    return ordered + [one for *_, one in sorted(beside, key=lambda each: each[:2])]


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
    made = PrintedTable(page, 0, 0, 0, 0, captioned, header, rows, noted, found.places, page)
    every = list(made.words())
    left, top = min(word.left for word in every), min(word.top for word in every)
    right, bottom = max(word.right for word in every), max(word.bottom for word in every)
    return PrintedTable(page, left, top, right, bottom, captioned, header, rows, noted, found.places, page)


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
    """The tables of a document, those that go on over columns or pages as one, which stands where it begins.

    A table goes on where its caption says so or is there again, or where one without a caption follows on the next
    page with the same header, or with columns in the same places. What is only printed again is left out; a row that a
    page breaks is one.
    """
    out: list[PrintedTable] = []
    for table in tables:
        at = _begun(out, table)
        if at is None:
            out.append(table)
        else:
            out[at] = _extended(out[at], table)
    return tuple(out)


def _begun(tables: Sequence[PrintedTable], table: PrintedTable) -> int | None:
    """Which of the tables so far goes on in `table`; None where it is a new one."""
    caption = _said(table.caption)
    label = continued_table(caption)
    for at in range(len(tables) - 1, -1, -1):
        known = _said(tables[at].caption)
        if label is not None and (caption_label(known) == label or continued_table(known) == label):
            return at
        if caption and caption == known:
            return at
    if not tables or len(tables[-1].places) != len(table.places):
        return None
    last = tables[-1]
    step = table.page - last.final_page
    same = bool(table.header) and _texts(table.header) == _texts(last.header)
    if caption:
        # Where captions stand below, the last part has it.
        return len(tables) - 1 if same and step in {0, 1} and not last.caption and table.captioned_below else None
    return len(tables) - 1 if (step in {0, 1} and same) or (step == 1 and _aligned(last, table)) else None


def _extended(table: PrintedTable, more: PrintedTable) -> PrintedTable:
    again = _texts(more.header) == _texts(table.header)
    rows = more.rows if again else (*more.header, *more.rows)
    if table.rows and rows and _broken(table.rows[-1], rows[0]):
        cells = tuple((*upper, *lower) for upper, lower in zip(table.rows[-1].cells, rows[0].cells, strict=True))
        rows = (replace(table.rows[-1], cells=cells), *rows[1:])
        table = replace(table, rows=table.rows[:-1])
    known = {_said(note) for note in table.notes}
    notes = (*table.notes, *(note for note in more.notes if _said(note) not in known))
    caption = table.caption or more.caption
    return replace(table, caption=caption, rows=(*table.rows, *rows), notes=notes, final_page=more.final_page)


def _broken(upper: PrintedRow, lower: PrintedRow) -> bool:
    """Whether `lower`, the first row of a page, is the rest of `upper`, the last of the page before."""
    pairs = [(_said(one), _said(two)) for one, two in zip(upper.cells, lower.cells, strict=False) if two]
    filled = sum(map(bool, upper.cells))
    if len(upper.cells) != len(lower.cells) or not 0 < len(pairs) < filled or not all(left for left, _ in pairs):
        return False
    return all(is_open(left) for left, _ in pairs) and any(goes_on(left, right) for left, right in pairs)


def _aligned(table: PrintedTable, more: PrintedTable) -> bool:
    return all(
        abs((one - table.places[0]) - (two - more.places[0])) <= _EVEN
        for one, two in zip(table.places, more.places, strict=True)
    )


def _texts(rows: Sequence[PrintedRow]) -> list[list[str]]:
    return [[_said(cell) for cell in row.cells] for row in rows]


def _said(lines: Lines) -> str:
    return " ".join(one.text for one in lines)
