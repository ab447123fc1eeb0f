"""Does a table row stand beside the study it cites? Its names held against the study's title.

Merged cells slide when a table is taken out of a PDF, and a row then stands beside the wrong molecule or the wrong
cancer. The document gives it away: the reference list names what each cited study is about, and so do the sentences
that cite it, and the headings these stand under. The title speaks first, the text where the title is silent. Targets
and years say less, and count only where no name speaks. No table is known here; only names, cells and references are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from corpus.authoryear import author_years
from corpus.markers import find_markers
from corpus.records import Cell, Reading, RowCheck, TableRow
from corpus.tables import is_reference_column
from index.names import find_names
from index.rowmessages import contradicted, misdated, run_together, slid, strayed
from index.studies import STUDY_COLUMN, Study, cited_studies, is_filled, studies_of
from index.subjects import KINDS, Kind, Names, agree, begins_with, find_cancers, named
from index.targets import find_strays, genes

_HEADERS: Final = {
    "molecule": re.compile(r"mi-?rs?\b|mirna|micro-?\s?rna|molecule", re.IGNORECASE),
    "cancer": re.compile(
        r"(?!.*(?:metasta|suppress|marker))(?:.*(?:cancer|tumou?r|disease|malignan|carcinoma))", re.IGNORECASE
    ),
}
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SURE_YEARS: Final = 3
"""How many rows must give their study's year, for each that does not, before a year says anything."""


@dataclass(slots=True)
class _Finding:
    """What came of one row: cells that a study agrees with, that none speaks of, and, by study, those it is against."""

    agreed: dict[Kind, Cell] = field(default_factory=dict)
    unsure: dict[Kind, Cell] = field(default_factory=dict)
    against: dict[int, dict[Kind, Cell]] = field(default_factory=dict)


def check_rows(reading: Reading) -> dict[str, RowCheck]:
    """The check of every row of a document, by record id; the order of the reference list does not matter."""
    studies = cited_studies(reading)
    cited = {row.id: studies_of(row, studies) for row in reading.rows}
    known = {id(study): study for some in (studies.values(), *cited.values()) for study in some}
    titles = Counter(gene for study in known.values() for gene in genes(study.entry.title or ""))
    checks: dict[str, RowCheck] = {}
    for table in dict.fromkeys(row.table for row in reading.rows):
        checks |= _check_table(_Table([row for row in reading.rows if row.table == table]), cited, titles)
    return checks


class _Table:
    """The rows of a table, and for each kind of name the column that says what they are about.

    Attributes:
        naming: for each kind, by column, how many rows name such a thing there.
        columns: for each kind the column where at least half of the filled cells name one, by its header or by their
            share, where an organ is no cancer; the first of equals, None where there is none.
    """

    def __init__(self, rows: Sequence[TableRow]) -> None:
        self.rows = rows
        self.naming: dict[Kind, Counter[int]] = {kind: Counter() for kind in KINDS}
        telling: dict[Kind, Counter[int]] = {kind: Counter() for kind in KINDS}
        filled: Counter[int] = Counter()
        headers: dict[int, str] = {}
        for place, cell in (pair for row in rows for pair in enumerate(row.cells)):
            headers.setdefault(place, cell.header)
            filled[place] += is_filled(cell)
            for kind in KINDS:
                names = bool(named(cell.text)[kind])
                self.naming[kind][place] += names
                # an organ is where a cancer spreads to, or cells come from, unless the header says otherwise
                may_be = kind == "molecule" or _HEADERS[kind].match(cell.header) or find_cancers(cell.text)
                telling[kind][place] += names and bool(may_be)
        self.columns: dict[Kind, int | None] = {}
        for kind, naming in telling.items():
            fitting = [
                (not _HEADERS[kind].match(header), -naming[place] / filled[place], place)
                for place, header in headers.items()
                if naming[place] and naming[place] * 2 >= filled[place] and not STUDY_COLUMN.fullmatch(header)
            ]
            self.columns[kind] = min(fitting)[-1] if fitting else None

    def cell(self, row: TableRow, kind: Kind) -> Cell | None:
        """The filled cell that says which molecule or which cancer a row is about, None where none does.

        Where the cell of the cancer is empty or there is no such column, it is one that names a cancer, if only one
        cancer is named.
        """
        column = self.columns[kind]
        if column is not None and column < len(row.cells) and is_filled(row.cells[column]):
            return row.cells[column]
        cells = [] if kind == "molecule" else [c for c in row.cells if not STUDY_COLUMN.fullmatch(c.header)]
        naming = {site.site: cell for cell in reversed(cells) for site in find_cancers(cell.text)}
        return next(iter(naming.values())) if len(naming) == 1 else None

    def beside(self, place: int) -> dict[str, dict[Kind, Cell]]:
        """The cells that say what the rows above and below a row, by its place, are about."""
        near = {"above": self.rows[place - 1 : place] if place else [], "below": self.rows[place + 1 : place + 2]}
        return {
            where: {kind: cell for kind in KINDS if (cell := self.cell(row, kind))}
            for where, rows in near.items()
            for row in rows
        }

    def is_misplaced(self, row: TableRow, cell: Cell, kind: Kind, known: Iterable[Names]) -> bool:
        """True for a cell that names nothing of its column's kind because something else stands in its place.

        It begins with a name of the other kind; or its column is headed as one of that kind, no other row's cell lacks
        a name, and what a study is about stands in a cell of this row in a column where no other row names such a
        thing. A column of sources may hold a cell of no cancer by right.
        """
        naming = self.naming[kind]
        if begins_with(cell.text, "cancer" if kind == "molecule" else "molecule"):
            return True
        if not _HEADERS[kind].match(cell.header) or len(self.rows) < 4:
            return False
        if naming[row.cells.index(cell)] != len(self.rows) - 1:
            return False
        alone = [named(other.text)[kind] for place, other in enumerate(row.cells) if naming[place] == 1]
        return any(agree(one, names, kind) for one in alone for names in known)


def _check_table(table: _Table, cited: Mapping[str, Sequence[Study]], titles: Mapping[str, int]) -> dict[str, RowCheck]:
    doubled = {row.id: cells for row in table.rows if len(cells := _doubled(row)) > 1}
    whole = [row for row in table.rows if row.id not in doubled]
    findings = {row.id: _find(row, table, cited[row.id]) for row in whole}
    # where some cell of a column is wrong, merged ones may have slid: they are trusted only beside their own study
    wrong = {kind for found in findings.values() for cells in found.against.values() for kind in cells}
    strays = find_strays(whole, cited, titles)
    years = _wrong_years(whole, cited)
    checks: dict[str, RowCheck] = {}
    for place, row in enumerate(table.rows):
        mine = cited[row.id]
        if row.id in doubled:
            checks[row.id] = run_together(row, doubled[row.id], mine)
            continue
        found = findings[row.id]
        if found.against:
            first = min(found.against)
            checks[row.id] = contradicted(row, found.against[first], mine[first], len(mine), table.beside(place))
        elif row.id in strays:
            checks[row.id] = strayed(row, strays[row.id], mine)
        elif row.id in years and "molecule" not in found.agreed:
            checks[row.id] = misdated(row, years[row.id], mine)
        else:
            guessed = {kind: cell for kind, cell in found.unsure.items() if cell.carried and not cell.spanned}
            sure = found.agreed and wrong.isdisjoint(guessed)
            checks[row.id] = RowCheck("consistent" if sure else "unverified")
            for kind, cell in guessed.items():
                if others := _slid_from(cell, kind, findings, cited):
                    checks[row.id] = slid(row, cell, kind, others)
    return checks


def _slid_from(cell: Cell, kind: Kind, findings: Mapping[str, _Finding], cited: Mapping[str, Sequence[Study]]) -> Names:
    """What the studies of other rows beside a merged cell are about, where they speak against it, and none for it."""
    others: dict[str, str] = {}
    for row_id, found in findings.items():
        if (one := found.agreed.get(kind)) and one.start == cell.start:
            return {}
        for place, cells in found.against.items():
            if (one := cells.get(kind)) and one.start == cell.start:
                others |= cited[row_id][place].known(kind)
    return others


def _wrong_years(rows: Sequence[TableRow], cited: Mapping[str, Sequence[Study]]) -> dict[str, Cell]:
    """The cells that give a year more than one off every study's, by the row's id, if most rows' years are right.

    A paper may come out online in one year and in print in the next.
    """
    right, wrong = 0, {}
    for row in rows:
        years = {study.entry.year for study in cited[row.id] if study.entry.year}
        cells = [cell for cell in row.cells if _YEAR.fullmatch(cell.text.strip())]
        if not years or len(cells) != 1:
            continue
        if min(abs(int(cells[0].text) - year) for year in years) > 1:
            wrong[row.id] = cells[0]
        else:
            right += 1
    return wrong if right >= _SURE_YEARS * len(wrong) else {}


def _find(row: TableRow, table: _Table, cited: Sequence[Study]) -> _Finding:
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
            (found.agreed if agreeing else found.unsure)[kind] = cell
    return found


def _speaking_against(row: TableRow, kind: Kind, cited: Sequence[Study], others: Iterable[int]) -> list[int]:
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


# ---------------------------------------------------------------------------------------------- rows run together


def _doubled(row: TableRow) -> list[Cell]:
    """The cells that hold two values with nothing but blanks between them."""
    return [cell for cell in row.cells if len(cell.text.split()) > 1 and _holds_two(cell)]


def _holds_two(cell: Cell) -> bool:
    text = cell.text
    numbers = re.finditer(r"\d+", text) if is_reference_column(cell.header) else ()
    values = [
        [(name.start, name.end, name.base) for name in find_names(text)],
        [(site.start, site.end, site.site) for site in find_cancers(text)],
        *(
            [(match.start(), match.end(), str(match.start())) for match in matches]
            for matches in (_YEAR.finditer(text), numbers)
        ),
        [(start, end, str(start)) for start, end in author_years(text)],
        [(marker.start, marker.end, str(marker.start)) for marker in find_markers(text)],
    ]
    return any(
        one[2] != other[2] and text[one[1] : other[0]].isspace() for places in values for one, other in pairwise(places)
    )
