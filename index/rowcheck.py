"""Does a table row stand beside the study it cites? Its molecules and cancers held against the study's title.

Merged cells slide when a table is taken out of a PDF, and a row then stands beside the wrong molecule or the wrong
cancer. The document gives it away: the reference list names what each cited study is about, and so do the sentences
that cite it, and the headings these stand under. No table is known here; only names, cells and references are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

from corpus.markers import find_markers
from corpus.records import Reading, Reference, TableRow
from index.names import find_names
from index.sites import find_sites

Outcome = Literal["consistent", "contradicted", "merged", "unverified"]

_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_BLANKS_ONLY: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What came of a row.

    Attributes:
        outcome: `contradicted` where a cell names a molecule or a cancer that no cited study is about; `merged` where
            cells hold two rows run together; `consistent` where a name was checked and none was wrong; otherwise
            `unverified`.
        message: for `contradicted` and `merged`, a sentence for the reader; otherwise "".
    """

    outcome: Outcome
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """The molecules and the organs that a text names: each key with its name."""

    molecules: Mapping[str, str]
    organs: Mapping[str, str]

    def of(self, kind: str) -> Mapping[str, str]:
        return self.molecules if kind == "molecules" else self.organs


def check_rows(reading: Reading) -> dict[str, RowCheck]:
    """The check of every row of a document, by record id."""
    entries = {entry.marker: entry for entry in reversed(reading.references)}
    citing = _citing(reading)
    checks: dict[str, RowCheck] = {}
    for table in dict.fromkeys(row.table for row in reading.rows):
        rows = [row for row in reading.rows if row.table == table]
        columns = {kind: _columns(rows, kind) for kind in ("molecules", "organs")}
        checks |= {row.id: _check(row, columns, entries, citing) for row in rows}
    return checks


def _check(
    row: TableRow, columns: Mapping[str, set[int]], entries: Mapping[str, Reference], citing: Mapping[str, _Named]
) -> RowCheck:
    studies = [entries[marker] for marker in row.markers if marker in entries]
    if not studies:
        return RowCheck("unverified")
    if _is_merged(row):
        return RowCheck(
            "merged", "This row looks like two rows run together: which cell belongs to which study is unsure."
        )
    titles = _joined(_named(entry.title or entry.text) for entry in studies)
    beside = _joined(citing[entry.marker] for entry in studies if entry.marker in citing)
    checked = False
    for kind in ("molecules", "organs"):
        about = titles.of(kind) or beside.of(kind)
        for column in sorted(columns[kind]):
            printed = _named(row.cells[column].text).of(kind) if column < len(row.cells) else {}
            if not printed or not about:
                continue
            if not printed.keys() & (titles.of(kind).keys() | beside.of(kind).keys()):
                return RowCheck("contradicted", _contradiction(row.cells[column].text, studies[0], titles, beside))
            checked = True
    return RowCheck("consistent" if checked else "unverified")


def _columns(rows: Sequence[TableRow], kind: str) -> set[int]:
    """The columns that hold names of a kind in at least half of their filled cells: what the rows are about."""
    width = max(len(row.cells) for row in rows)
    chosen = set()
    for column in range(width):
        filled = [row.cells[column].text for row in rows if column < len(row.cells) and row.cells[column].text]
        if filled and sum(bool(_named(text).of(kind)) for text in filled) * 2 >= len(filled):
            chosen.add(column)
    return {min(chosen)} if chosen else chosen


def _named(text: str) -> _Named:
    molecules = {name.base: name.base for name in find_names(text)}
    return _Named(molecules, {site.site: site.name for site in reversed(find_sites(text))})


def _joined(parts: Iterable[_Named]) -> _Named:
    molecules: dict[str, str] = {}
    organs: dict[str, str] = {}
    for part in parts:
        molecules |= part.molecules
        organs |= part.organs
    return _Named(molecules, organs)


def _citing(reading: Reading) -> dict[str, _Named]:
    """For each marker what the sentences that cite it name, or where they name no organ, the heading above."""
    text = reading.document.text
    found: dict[str, list[_Named]] = {}
    for passage in reading.passages:
        heading = _named(passage.section[-1] if passage.section else "")
        for start, end in passage.sentences:
            told = _named(text[start:end])
            told = _Named(told.molecules, told.organs or heading.organs)
            for marker in {name for group in find_markers(text[start:end]) for name in group.markers}:
                found.setdefault(marker, []).append(told)
    return {marker: _joined(parts) for marker, parts in found.items()}


def _is_merged(row: TableRow) -> bool:
    """True where at least two cells hold two values with nothing but blanks between them."""
    return sum(_holds_two(cell.text) for cell in row.cells) > 1


def _holds_two(text: str) -> bool:
    spans = [
        [(name.start, name.end) for name in find_names(text)],
        [match.span() for match in _YEAR.finditer(text)],
        [(marker.start, marker.end) for marker in find_markers(text)],
    ]
    return any(
        _BLANKS_ONLY.fullmatch(text[first[1] : second[0]]) for places in spans for first, second in pairwise(places)
    )


def _contradiction(printed: str, study: Reference, titles: _Named, beside: _Named) -> str:
    who = f"{study.authors[0].split()[0]} {study.year}" if study.authors and study.year else "the study"
    molecules = " and ".join((titles.molecules or beside.molecules).values())
    organs = " and ".join((titles.organs or beside.organs).values())
    about = " in ".join(part for part in (molecules, organs) if part)
    return f"The row says {printed}; the study it cites, [{study.marker}] {who}, is about {about}."
