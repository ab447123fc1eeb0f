"""CSV and TSV: one table, each record a row, numbered as a spreadsheet does; a row may name the study it is from."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Literal

from corpus.drafting import Part, citing, draft
from corpus.errors import UnreadableFile
from corpus.metadata import Facts
from corpus.readers.decode import decode
from corpus.records import Draft, Reference
from corpus.references import find_doi, parse_reference, split_authors

MAX_COLUMNS = 16_384
"""As many as a spreadsheet has."""
MAX_CELLS = 1_000_000

# In this order where several part the lines equally well.
_DELIMITERS = ("\t", ";", ",", "|")
_SAMPLE_LINES, _SAMPLE_CHARS = 100, 10_000
# Stands after the last record; a quote that never closes swallows it.
_END = "\ufdd0"
_LONGEST_HEADER = 200
_NUMBER = re.compile(r"[-+−]?[\d.,\s]*\d[\d.,\s]*(?:[eE][-+]?\d+)?\s*%?")
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_IDENTIFYING = re.compile(rf"[^\W\d_].*{_YEAR.pattern}|10\.\d{{4,9}}/|PMID", re.DOTALL)
# What a column says of the study that a row is from; the first that fits, in this order.
_ROLES = {
    "title": re.compile(r"(?:(?:study|paper|article|reference)\W+)?title", re.IGNORECASE),
    "journal": re.compile(r"journal(?:\W+(?:name|title))?|(?:publication|source)\W+title", re.IGNORECASE),
    "doi": re.compile(r"doi(?:\W+(?:link|url))?", re.IGNORECASE),
    "pmid": re.compile(r"pmid|pubmed(?:\W*id)?", re.IGNORECASE),
    "authors": re.compile(r"(?:first\W+)?authors?", re.IGNORECASE),
    "year": re.compile(r"(?:publication\W+)?year(?:\W+of\W+publication)?", re.IGNORECASE),
    "reference": re.compile(r"(?:full\W+|cited\W+)?(?:references?|refs?|citations?|stud(?:y|ies))", re.IGNORECASE),
}


@dataclass(slots=True)
class _Studies:
    """The studies that rows name, each once.

    Attributes:
        columns: by role, the column that has it.
        markers: the marker of each study met, by what identifies it.
    """

    columns: dict[str, int]
    markers: dict[str, str] = field(default_factory=dict)

    def of(self, cells: Sequence[str]) -> tuple[int, str, Reference | None] | None:
        """The cell that names a row's study and the study's marker, and the study where it is new; None without one."""
        said = {role: cells[column] for role, column in self.columns.items() if column < len(cells) and cells[column]}
        # a number alone, or the name of a cohort, is no study that could be found
        if not _IDENTIFYING.search(said.get("reference", "")):
            said.pop("reference", None)
        naming = next((role for role in ("reference", "title", "doi", "pmid") if role in said), None)
        if naming is None:
            return None
        study = _study(said)
        key = study.doi or study.pmid or (study.title or said[naming]).casefold()
        known = self.markers.get(key)
        marker = self.markers.setdefault(key, str(len(self.markers) + 1))
        return self.columns[naming], marker, replace(study, marker=marker) if known is None else None


def read_sheet(name: str, data: bytes) -> Draft:
    """The draft of a CSV or TSV file: lines above the header are its caption, and its name is the table's.

    Nothing is computed: a cell that looks like a formula is its own text. Empty cells stay empty.

    Raises:
        UnreadableFile: as `decode` says, or more columns or cells than are read.
    """
    decoded = decode(name, data)
    records, notices = _records(name, decoded.text)
    titles, header, rows = _parted(records)
    file = PurePath(name.replace("\\", "/")).name or name
    caption = ". ".join([file, *(" ".join(filter(None, cells)) for _, cells in titles)])
    parts = [Part("caption", caption, table=1, label=file)]
    if header:
        parts.append(Part("header", "\t".join(header), table=1, merged="."))
    parts += _rows(rows, header)
    return draft(name, parts, Facts(), (*decoded.notices, *notices, *_told(header, rows)))


_Record = tuple[int, list[str]]


def _rows(rows: Sequence[_Record], header: Sequence[str]) -> Iterator[Part]:
    """Each record a part, in which the cell that names its study cites it."""
    studies = _Studies(_roles(header))
    for number, cells in rows:
        reference: Reference | None = None
        shown = list(cells)
        if named := studies.of(cells):
            column, marker, reference = named
            shown[column] = citing(cells[column], [marker])
        yield Part("row", "\t".join(shown), table=1, merged=".", number=number, reference=reference)


def _records(name: str, text: str) -> tuple[list[_Record], list[str]]:
    """The records with any text, each with its number, and notices; cells on one line."""
    delimiter = _delimiter(name, text)
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
    lines = io.StringIO(f"{text.rstrip()}\n{_END}", newline="")
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


def _parted(records: Sequence[_Record]) -> tuple[list[_Record], list[str], list[_Record]]:
    """The lines above the table, its header (empty where it has none), and its rows."""
    filled = [sum(map(bool, cells)) for _, cells in records]
    usual = Counter(count for count in filled if count > 1).most_common(1)
    least = max(2, usual[0][0] / 2) if usual else 1
    first = next((place for place, count in enumerate(filled) if count >= least), 0)
    below = [cells for _, cells in records[first + 1 :]]
    if below and _is_header(records[first][1], below):
        return list(records[:first]), records[first][1], list(records[first + 1 :])
    return list(records[:first]), [], list(records[first:])


def _is_header(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a record names the columns: short, distinct, mostly no numbers, and none of them a value further down."""
    named = [(column, cell) for column, cell in enumerate(cells) if cell]
    texts = [cell.casefold() for _, cell in named]
    if len(set(texts)) < len(texts) or any(len(text) > _LONGEST_HEADER or find_doi(text) for text in texts):
        return False
    if 2 * sum(_NUMBER.fullmatch(text) is not None for text in texts) > len(texts):
        return False
    return not any(
        column < len(row) and row[column].casefold() == cell.casefold() for row in below for column, cell in named
    )


def _roles(header: Sequence[str]) -> dict[str, int]:
    """By role, the first column whose name says that it has it."""
    names = [re.sub(r"^\W+|\W+$", "", cell) for cell in header]
    found = {
        role: next((at for at, name in enumerate(names) if form.fullmatch(name)), None) for role, form in _ROLES.items()
    }
    return {role: column for role, column in found.items() if column is not None}


def _study(said: dict[str, str]) -> Reference:
    """The study that the cells of a row describe, without marker and place."""
    study = parse_reference(said.get("reference", ""), document_id="", start=0, position=1)
    year = _YEAR.search(said.get("year", ""))
    pmid = re.search(r"\d{1,8}(?!\d)", said.get("pmid", ""))
    return replace(
        study,
        title=said.get("title", study.title),
        journal=said.get("journal", study.journal),
        authors=split_authors(said["authors"]) if "authors" in said else study.authors,
        year=int(year[0]) if year else study.year,
        doi=find_doi(said.get("doi", "")) or study.doi,
        pmid=pmid[0] if pmid else study.pmid,
    )


def _told(header: Sequence[str], rows: Sequence[_Record]) -> Iterator[str]:
    """What the user should know of the table."""
    if not header:
        yield "No line was found that names the columns; the cells were kept without names."
    shorter = [number for number, cells in rows if len(cells) < len(header)]
    if shorter:
        which = (
            f"Row {shorter[0]} has" if len(shorter) == 1 else f"{len(shorter):,} rows, from row {shorter[0]} on, have"
        )
        yield f"{which} fewer cells than the header; the missing ones were left empty."
