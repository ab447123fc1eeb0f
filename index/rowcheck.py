"""Does a table row stand beside the study it cites? Its molecules and cancers held against the study's title.

Merged cells slide when a table is taken out of a PDF, and a row then stands beside the wrong molecule or the wrong
cancer. The document gives it away: the reference list names what each cited study is about, and so do the sentences
that cite it, and the headings these stand under. The title speaks first, the text where the title is silent. No table
is known here; only names, cells and references are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from corpus.markers import find_markers
from corpus.records import Cell, Passage, Reading, Reference, TableRow
from index.names import find_names
from index.subjects import (
    KINDS,
    Kind,
    Names,
    Subject,
    agree,
    begins_with,
    find_cancers,
    named,
    named_in_prose,
    phrase,
)

Outcome = Literal["consistent", "contradicted", "merged", "unverified"]

_HEADERS: Final = {
    "molecule": re.compile(r"mi-?rs?\b|mirna|micro-?\s?rna|molecule", re.IGNORECASE),
    "cancer": re.compile(
        r"(?!.*(?:metasta|suppress|marker))(?:.*(?:cancer|tumou?r|disease|malignan|carcinoma))", re.IGNORECASE
    ),
}
_TITLE_COLUMN: Final = re.compile(r"\W*(?:(?:study|paper|article|publication|reference)\W+)?title\W*", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_DOI: Final = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_INITIALS: Final = re.compile(r"(?:[A-Z][.-]?){1,4}")
_QUOTED: Final = 80  # characters of a cell that a message quotes


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What came of a row.

    Attributes:
        outcome: `contradicted` where a cell names a molecule or a cancer that a cited study is not about, or names
            none where its column does and the study does; `merged` where cells hold two rows run together;
            `consistent` where a name was checked and none was wrong; otherwise `unverified`.
        message: for `contradicted` and `merged`, a sentence for the reader; otherwise "".
    """

    outcome: Outcome
    message: str = ""


@dataclass(frozen=True, slots=True)
class _Study:
    """A cited study: what its title names and what the document's text names where it cites it."""

    entry: Reference
    title: Subject
    text: Subject

    def known(self, kind: Kind) -> Names:
        return {**self.text[kind], **self.title[kind]}


@dataclass(slots=True)
class _Finding:
    """What came of one row: cells that a study agrees with, that none speaks of, and, by study, those it is against."""

    agreed: list[Cell] = field(default_factory=list)
    unsure: list[Cell] = field(default_factory=list)
    against: dict[int, dict[Kind, Cell]] = field(default_factory=dict)


def check_rows(reading: Reading) -> dict[str, RowCheck]:
    """The check of every row of a document, by record id; the order of the reference list does not matter."""
    text = _cited_text(reading)
    entries = Counter(entry.marker for entry in reading.references)
    studies: dict[str, _Study] = {}
    for entry in reading.references:
        study = _Study(entry, _title_names(entry), text.get(entry.marker, named("")))
        # where a list starts again at 1, nobody knows which of two entries is meant
        studies |= {key: study for key in (entry.marker, entry.doi) if key and entries[key] < 2}
    checks: dict[str, RowCheck] = {}
    for table in dict.fromkeys(row.table for row in reading.rows):
        checks |= _check_table(_Table([row for row in reading.rows if row.table == table]), studies)
    return checks


class _Table:
    """The rows of a table, and for each kind of name the column that says what they are about.

    Attributes:
        naming: for each kind, by column, how many rows name such a thing there.
        columns: for each kind the column where at least half of the filled cells name one, by its header or by their
            share; the first of equals, None where there is none.
    """

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self.rows = rows
        self.naming: dict[Kind, Counter[int]] = {kind: Counter() for kind in KINDS}
        filled: Counter[int] = Counter()
        headers: dict[int, str] = {}
        for place, cell in (pair for row in rows for pair in enumerate(row.cells)):
            headers.setdefault(place, cell.header)
            filled[place] += _is_filled(cell)
            for kind in KINDS:
                self.naming[kind][place] += bool(named(cell.text)[kind])
        self.columns: dict[Kind, int | None] = {}
        for kind, naming in self.naming.items():
            fitting = [
                (not _HEADERS[kind].match(header), -naming[place] / filled[place], place)
                for place, header in headers.items()
                if naming[place] and naming[place] * 2 >= filled[place] and not _TITLE_COLUMN.fullmatch(header)
            ]
            self.columns[kind] = min(fitting)[-1] if fitting else None

    def cell(self, row: TableRow, kind: Kind) -> Cell | None:
        """The filled cell that says which molecule or which cancer a row is about, None where none does.

        Where the cell of the cancer is empty or there is no such column, it is one that names a cancer, if only one
        cancer is named.
        """
        column = self.columns[kind]
        if column is not None and column < len(row.cells) and _is_filled(row.cells[column]):
            return row.cells[column]
        cells = [] if kind == "molecule" else [c for c in row.cells if not _TITLE_COLUMN.fullmatch(c.header)]
        naming = {site.site: cell for cell in reversed(cells) for site in find_cancers(cell.text)}
        return next(iter(naming.values())) if len(naming) == 1 else None

    def is_misplaced(self, row: TableRow, cell: Cell, kind: Kind, known: Iterable[Names]) -> bool:
        """True for a cell that names nothing of its column's kind because something else stands in its place.

        It begins with a name of the other kind; or no other row's cell lacks a name, and what a study is about stands
        in a cell of this row in a column where no other row names such a thing.
        """
        naming = self.naming[kind]
        if begins_with(cell.text, "cancer" if kind == "molecule" else "molecule"):
            return True
        if len(self.rows) < 4 or naming[row.cells.index(cell)] != len(self.rows) - 1:
            return False
        alone = [named(other.text)[kind] for place, other in enumerate(row.cells) if naming[place] == 1]
        return any(agree(one, names, kind) for one in alone for names in known)


def _check_table(table: _Table, studies: Mapping[str, _Study]) -> dict[str, RowCheck]:
    cited = {row.id: _studies_of(row, studies) for row in table.rows}
    findings = {row.id: _find(row, table, cited[row.id]) for row in table.rows if not _is_merged(row)}
    # a merged cell that is wrong beside most studies of its rows is not to be trusted beside the others
    agreed = Counter(_place(cell) for found in findings.values() for cell in found.agreed)
    wrong = Counter(
        _place(cell) for found in findings.values() for cells in found.against.values() for cell in cells.values()
    )
    doubtful = {place for place, times in wrong.items() if times >= agreed[place]}
    merged = RowCheck("merged", "This row looks like two run together: which cell belongs to which study is unsure.")
    return {
        row.id: _outcome(row, findings[row.id], cited[row.id], doubtful) if row.id in findings else merged
        for row in table.rows
    }


def _outcome(row: TableRow, found: _Finding, cited: Sequence[_Study], doubtful: set[tuple[int, int]]) -> RowCheck:
    if found.against:
        first = min(found.against)
        return RowCheck("contradicted", _message(row, found.against[first], cited[first], len(cited)))
    sure = found.agreed and not any(_place(cell) in doubtful for cell in found.unsure)
    return RowCheck("consistent" if sure else "unverified")


def _find(row: TableRow, table: _Table, cited: Sequence[_Study]) -> _Finding:
    """The cells of a row held against the studies it cites."""
    found = _Finding()
    for kind in KINDS:
        cell = table.cell(row, kind)
        if cell is None:
            continue
        printed = named(cell.text)[kind]
        known = {place: study.known(kind) for place, study in enumerate(cited) if study.known(kind)}
        agreeing = [place for place, names in known.items() if agree(printed, names, kind)]
        if printed:
            others = [place for place in known if place not in agreeing]
            against = _speaking_against(row, kind, cited, others) if agreeing else others
        else:
            against = list(known) if known and table.is_misplaced(row, cell, kind, known.values()) else []
        for place in against:
            found.against.setdefault(place, {})[kind] = cell
        if not against:
            (found.agreed if agreeing else found.unsure).append(cell)
    return found


def _speaking_against(row: TableRow, kind: Kind, cited: Sequence[_Study], others: Iterable[int]) -> list[int]:
    """Those of some studies that speak against a row although another study it cites agrees with it.

    They do by a molecule in the title that the row names nowhere; a second study of the same molecule in another
    cancer is often cited beside the first.
    """
    if kind == "cancer":
        return []
    anywhere = named("\n".join(cell.text for cell in row.cells))[kind]
    return [
        place for place in others if cited[place].title[kind] and not agree(anywhere, cited[place].title[kind], kind)
    ]


def _studies_of(row: TableRow, studies: Mapping[str, _Study]) -> list[_Study]:
    """The studies that a row cites, by marker or by DOI, or else the one whose title stands in a column for titles."""
    dois = (match[0].rstrip(".,;").lower() for cell in row.cells for match in _DOI.finditer(cell.text))
    cited = [studies[key] for key in dict.fromkeys((*row.markers, *dois)) if key in studies]
    if cited:
        return list({id(study): study for study in cited}.values())
    cells = [cell for cell in row.cells if _TITLE_COLUMN.fullmatch(cell.header) and _is_filled(cell)]
    entries = [Reference(row.document_id, "", cell.start, cell.end, cell.text, title=cell.text) for cell in cells]
    return [_Study(entry, _title_names(entry), named("")) for entry in entries]


# ------------------------------------------------------------------------------------------------- names in texts


def _title_names(entry: Reference) -> Subject:
    """What the title names; of an entry without one the molecules, since its journal may be named after an organ."""
    return named_in_prose(entry.title) if entry.title else {**named(entry.text), "cancer": {}}


def _is_filled(cell: Cell) -> bool:
    """False for an empty cell and for one that is only a dash."""
    return any(map(str.isalnum, cell.text))


def _cited_text(reading: Reading) -> dict[str, Subject]:
    """By marker, what the sentences that cite it name, and where one names no cancer, the heading above it."""
    text = reading.document.text
    found: dict[str, Subject] = {}
    for passage in (passage for passage in reading.passages if passage.markers):
        heading = named_in_prose(passage.section[-1])["cancer"] if passage.section else {}
        for start, end in passage.sentences:
            for marker, told in _cited_for(text[start:end], passage):
                before = found.get(marker, named(""))
                found[marker] = {
                    "molecule": {**before["molecule"], **told["molecule"]},
                    "cancer": {**before["cancer"], **(told["cancer"] or heading)},
                }
    return found


def _cited_for(sentence: str, passage: Passage) -> Iterator[tuple[str, Subject]]:
    """For each marker of a sentence what it is cited for: what is named since the marker before, else anywhere."""
    groups = find_markers(sentence) or find_markers(sentence, raised=True)
    whole = named_in_prose(sentence) if groups else named("")
    last = 0
    for group in groups:
        near = named(sentence[last : group.start])
        last = group.end
        for marker in group.markers:
            if marker in passage.markers:
                yield marker, {kind: near[kind] if near[kind] and whole[kind] else whole[kind] for kind in KINDS}


# ---------------------------------------------------------------------------------------------- rows run together


def _is_merged(row: TableRow) -> bool:
    """True where at least two cells hold two values with nothing but blanks between them."""
    return sum(_holds_two(cell.text) for cell in row.cells) > 1


def _holds_two(text: str) -> bool:
    values = [
        [(name.start, name.end, name.base) for name in find_names(text)],
        [(site.start, site.end, site.site) for site in find_cancers(text)],
        [(match.start(), match.end(), str(match.start())) for match in _YEAR.finditer(text)],
        [(marker.start, marker.end, str(marker.start)) for marker in find_markers(text)],
    ]
    return any(
        one[2] != other[2] and text[one[1] : other[0]].isspace() for places in values for one, other in pairwise(places)
    )


# ------------------------------------------------------------------------------------------------------- messages


def _message(row: TableRow, cells: Mapping[Kind, Cell], study: _Study, studies: int) -> str:
    """What the row says and what the study is about, by its title, and where that is silent, by the text."""
    says: dict[int, str] = {}
    for kind, cell in cells.items():
        says.setdefault(cell.start, _said(row, cell, kind))
    title = phrase(study.title["molecule"], study.title["cancer"])
    about = [f"is about {title}"] if title else []
    silent = [study.text[kind] if kind in cells and not study.title[kind] else {} for kind in KINDS]
    about += [f"is cited in the text on {phrase(*silent)}"] if any(silent) else []
    which = "the study" if studies == 1 else "one of the studies"
    return f"The row says {' and '.join(says.values())}; {which} it cites{_who(study.entry)}, {' and '.join(about)}."


def _said(row: TableRow, cell: Cell, kind: Kind) -> str:
    """`miR-9 under “miRNA” (from the merged cell above)`."""
    text = cell.text if len(cell.text) <= _QUOTED else f"{cell.text[:_QUOTED].rstrip()}…"
    where = f"under “{cell.header}”" if cell.header else f"in column {row.cells.index(cell) + 1}"
    notes = [] if named(cell.text)[kind] else ["no microRNA" if kind == "molecule" else "no cancer"]
    notes += ["from the merged cell above"] if cell.carried else []
    return f"{text} {where}" + (f" ({'; '.join(notes)})" if notes else "")


def _who(entry: Reference) -> str:
    """`, [91] Kia 2019`: what of it the entry says."""
    author = entry.authors[0].partition(",")[0] if entry.authors else ""
    surname = " ".join(word for word in author.split() if not _INITIALS.fullmatch(word)) or author
    parts = (f"[{entry.marker}]" if entry.marker else "", surname, str(entry.year or ""))
    told = " ".join(part for part in parts if part)
    return f", {told}" if told else ", by the title in the row"


def _place(cell: Cell) -> tuple[int, int]:
    return cell.start, cell.end
