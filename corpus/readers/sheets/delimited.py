"""CSV and TSV: lines of cells parted by one sign, with or without quotes."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Literal

from corpus.drafting import Part, draft
from corpus.errors import UnreadableFile
from corpus.metadata import Facts
from corpus.readers.decode import decode
from corpus.readers.sheets.lines import MAX_CELLS, MAX_COLUMNS, Line
from corpus.readers.sheets.studies import Studies
from corpus.readers.sheets.tables import Table, tables_in, title_of
from corpus.records import Draft

# In this order where several part the lines equally well.
_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_LINES, _SAMPLE_CHARS = 100, 10_000
# Stands after the last record; a quote that never closes swallows it.
_END = "\ufdd0"
# The first line that Excel reads and writes for itself.
_STATED = re.compile(r'"?sep=(?P<delimiter>[^\n"])"?[ ;,\t]*(?:\n|$)', re.IGNORECASE)

_Record = tuple[int, list[str]]


def read_sheet(name: str, data: bytes) -> Draft:
    """The draft of a CSV or TSV file: lines above a header are a caption, and the file's name is the table's.

    Nothing is computed: a cell that looks like a formula is its own text. Empty cells stay empty.

    Raises:
        UnreadableFile: as `decode` says, or more columns or cells than are read.
    """
    decoded = decode(name, data)
    records, notices = _records(name, decoded.text)
    file = PurePath(name.replace("\\", "/")).name or name
    studies = Studies()
    parts: list[Part] = []
    tables = tables_in([Line(number, tuple(cells)) for number, cells in records])
    for number, table in enumerate(tables, start=1):
        parts += table.parts(number, file, studies)
        notices += [*table.told(), *_short(table)]
    return draft(name, parts, Facts(title_of(tables)), (*decoded.notices, *notices))


def _short(table: Table) -> Iterator[str]:
    """A notice of the rows that have fewer cells than the header; cells may be missing anywhere in them."""
    width = len(table.header[-1].cells) if table.header else 0
    shorter = [line.number for line in table.rows if len(line.cells) < width]
    if shorter:
        count = f"{len(shorter):,} rows, from row {shorter[0]} on, have"
        which = f"Row {shorter[0]} has" if len(shorter) == 1 else count
        yield f"{which} fewer cells than the header; the missing ones were left empty."


def _records(name: str, text: str) -> tuple[list[_Record], list[str]]:
    """The records with any text, each with its number, and notices; cells on one line."""
    stated = _STATED.match(text)
    delimiter = stated["delimiter"] if stated else _delimiter(name, text)
    # to the spreadsheet that wrote the line it is no row
    text = text[stated.end() :] if stated else text
    notices = []
    records, whole = _parsed(name, text, delimiter, csv.QUOTE_MINIMAL)
    if not whole:
        opened = records[-1][0] if records else 1
        notices.append(
            f"A quote that opens in row {opened} never closes, so quotes were read as any other character; close it "
            "and add the file again."
        )
        records, _ = _parsed(name, text, delimiter, csv.QUOTE_NONE)
    return [(number, cells) for number, cells in records if any(cells)], notices


def _parsed(name: str, text: str, delimiter: str, quoting: Literal[0, 3]) -> tuple[list[_Record], bool]:
    """The records, and whether the last ends where the file does.

    Raises:
        UnreadableFile: more columns or cells than are read, or a cell of more characters than any has.
    """
    # empty cells at the end of the last row are cells of it
    ended = text.rstrip("\n")
    lines = io.StringIO(f"{ended}\n{_END}", newline="")
    reader = csv.reader(lines, delimiter=delimiter, quoting=quoting)
    records: list[_Record] = []
    total = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if cells == [_END]:
                return records, True
            total += len(cells)
            if len(cells) > MAX_COLUMNS or total > MAX_CELLS:
                what = f"{len(cells):,} columns" if len(cells) > MAX_COLUMNS else f"more than {MAX_CELLS:,} cells"
                limit = f"the limit is {MAX_COLUMNS:,} columns and {MAX_CELLS:,} cells"
                raise UnreadableFile(name, f"up to row {number} it has {what}, and {limit}; keep what you need.")
            records.append((number, [" ".join(cell.replace(_END, "").split()) for cell in cells]))
    except csv.Error as error:
        if quoting == csv.QUOTE_MINIMAL:
            return [*records, (len(records) + 1, [])], False
        raise UnreadableFile(name, f"row {len(records) + 1} cannot be read ({error}); mend it.") from error
    return records, False


def _delimiter(name: str, text: str) -> str:
    """What parts the cells: what gives the most lines one and the same number of them, more than one.

    The first line, which is the header or says nothing, counts twice.
    """
    lines = [line[:_SAMPLE_CHARS] for line in text.split("\n", _SAMPLE_LINES)[:_SAMPLE_LINES] if line.strip()]
    if name.casefold().endswith(".tsv") and any("\t" in line for line in lines):
        return "\t"

    def agreeing(delimiter: str) -> int:
        sample = [*lines[:1], *lines]
        widths = Counter(len(next(csv.reader([line], delimiter=delimiter))) for line in sample)
        return max((count for width, count in widths.items() if width > 1), default=0)

    best = max(_DELIMITERS, key=agreeing)
    return best if agreeing(best) else ","
