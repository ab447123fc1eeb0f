"""Does a table row stand beside the study it cites? Its molecules and cancers held against the study's title.

Merged cells slide when a table is taken out of a PDF, and a row then stands beside the wrong molecule or the wrong
cancer. The document gives it away: the reference list names what each cited study is about, and so do the sentences
that cite it, and the headings these stand under. No table is known here; only names, cells and references are.

A study's title speaks first, the text where the title is silent. Names are held against each other by what they leave
open: miR-200 may be miR-200c, miR-21 may be miR-21-5p, a cluster may be any of its members, an oral cancer is one of
the head and neck. Where cancers spread to, and the tissue that cells are taken from, is not what a row is about.
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
from index.sites import Site, find_sites

Outcome = Literal["consistent", "contradicted", "merged", "unverified"]
_Kind = Literal["molecule", "cancer"]
_Names = Mapping[str, str]  # what is named, by key: how it is told
_Columns = Mapping[_Kind, int | None]

_KINDS: Final[tuple[_Kind, ...]] = ("molecule", "cancer")
_HEADERS: Final = {
    "molecule": re.compile(r"mi-?rs?\b|mirna|micro-?\s?rna|molecule", re.IGNORECASE),
    "cancer": re.compile(r"(?!.*(?:metasta|suppress|marker))(?:.*(?:cancer|tumou?r|disease|malignan|carcinoma))", re.I),
}
_TITLE_COLUMN: Final = re.compile(r"\W*(?:(?:study|paper|article|publication|reference)\W+)?title\W*", re.IGNORECASE)
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_MOLECULE: Final = re.compile(r"(\w+-\d+)([a-z]*)(?:-\d)?(?:-([35]p))?\*?")
_WIDER: Final = {"mouth": "head and neck", "nasopharynx": "head and neck"}
_SPREAD: Final = re.compile(r"[a-z]+[\s-]+metastas[ie]s", re.IGNORECASE)
_SPREAD_BEFORE: Final = re.compile(r"metasta(?:s[ie]s|si[sz]es|tic)\s+(?:in|to|into)\s+(?:the\s+)?$", re.IGNORECASE)
_TISSUE: Final = re.compile(
    r"[\s-]+(?:metasta|trop|marrow|derived|(?:[\w-]+\s+){0,2}"
    r"(?:cells?|fibroblasts?|macrophages?|astrocytes?|stroma|niches?|microenvironment|(?:endo|epi)theli\w+)\b)",
    re.IGNORECASE,
)
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
    title: Mapping[_Kind, _Names]
    text: Mapping[_Kind, _Names]

    def known(self, kind: _Kind) -> _Names:
        return self.title[kind] or self.text[kind]


@dataclass(slots=True)
class _Finding:
    """What came of one row so far: the cell that agreed with a study, and the cells that did not, by study."""

    agreed: list[Cell] = field(default_factory=list)
    unsure: list[Cell] = field(default_factory=list)
    against: dict[int, dict[_Kind, Cell]] = field(default_factory=dict)


def check_rows(reading: Reading) -> dict[str, RowCheck]:
    """The check of every row of a document, by record id; the order of the reference list does not matter."""
    text = _cited_text(reading)
    studies = {
        entry.marker: _Study(entry, _title_names(entry), text.get(entry.marker, _named("")))
        for entry in reversed(reading.references)
    }
    checks: dict[str, RowCheck] = {}
    for table in dict.fromkeys(row.table for row in reading.rows):
        rows = [row for row in reading.rows if row.table == table]
        checks |= _check_table(rows, studies)
    return checks


def _check_table(rows: Sequence[TableRow], studies: Mapping[str, _Study]) -> dict[str, RowCheck]:
    columns: _Columns = {kind: _column(rows, kind) for kind in _KINDS}
    cited = {row.id: _studies_of(row, studies) for row in rows}
    merged = {row.id for row in rows if _is_merged(row)}
    findings = {row.id: _find(row, rows, columns, cited[row.id]) for row in rows if row.id not in merged}
    # a merged cell that is wrong beside most studies of its rows is not to be trusted beside the others
    trust: Counter[tuple[int, int]] = Counter()
    for finding in findings.values():
        trust.update((cell.start, cell.end) for cell in finding.agreed)
        trust.subtract((cell.start, cell.end) for cells in finding.against.values() for cell in cells.values())
    wrong = {(c.start, c.end) for f in findings.values() for cells in f.against.values() for c in cells.values()}
    wrong = {place for place in wrong if trust[place] <= 0}
    return {
        row.id: _outcome(row, columns, findings[row.id], cited[row.id], wrong)
        if row.id in findings
        else RowCheck("merged", "This row looks like two run together: which cell belongs to which study is unsure.")
        for row in rows
    }


def _outcome(
    row: TableRow, columns: _Columns, finding: _Finding, cited: Sequence[_Study], wrong: set[tuple[int, int]]
) -> RowCheck:
    if finding.against:
        first = min(finding.against)
        return RowCheck("contradicted", _message(row, columns, finding.against[first], cited[first], len(cited)))
    sure = finding.agreed and not any((cell.start, cell.end) in wrong for cell in finding.unsure)
    return RowCheck("consistent" if sure else "unverified")


def _find(row: TableRow, rows: Sequence[TableRow], columns: _Columns, cited: Sequence[_Study]) -> _Finding:
    """The cells of a row held against the studies it cites."""
    finding = _Finding()
    for kind in _KINDS:
        cell = _cell_about(row, kind, columns[kind])
        if cell is None:
            continue
        printed = _named(cell.text)[kind]
        places = [place for place, study in enumerate(cited) if study.known(kind)]
        if printed:
            agreeing = [place for place in places if _agree(printed, cited[place].known(kind), kind)]
            against = _disagreeing(row, kind, cited, [place for place in places if place not in agreeing], agreeing)
        else:
            known = [cited[place].known(kind) for place in places]
            agreeing, against = [], places if _is_misplaced(row, rows, columns, kind, known) else []
        for place in against:
            finding.against.setdefault(place, {})[kind] = cell
        if not against:
            (finding.agreed if agreeing else finding.unsure).append(cell)
    return finding


def _disagreeing(
    row: TableRow, kind: _Kind, cited: Sequence[_Study], others: Sequence[int], agreeing: Sequence[int]
) -> list[int]:
    """Those of the studies that do not name what a cell names which speak against it.

    Where one study of several agrees, another speaks against the row only by a molecule in its title that the row
    names nowhere: a second study of the same thing in another cancer is often cited beside the first.
    """
    if not agreeing:
        return list(others)
    if kind == "cancer":
        return []
    anywhere = _named("\n".join(cell.text for cell in row.cells))[kind]
    return [n for n in others if cited[n].title[kind] and not _agree(anywhere, cited[n].title[kind], kind)]


def _cell_about(row: TableRow, kind: _Kind, column: int | None) -> Cell | None:
    """The cell that says which molecule or which cancer a row is about, None where none does.

    Where the cell of the cancer is empty or there is no such column, it is the one that names a cancer, if only one is
    named.
    """
    cell = row.cells[column] if column is not None and column < len(row.cells) else None
    if cell is not None and (kind == "molecule" or _is_filled(cell)):
        return cell if _is_filled(cell) else None
    naming = [] if kind == "molecule" else [other for other in row.cells if _cancers(other.text)]
    return naming[0] if len({site for other in naming for site in _cancers(other.text)}) == 1 else None


def _is_misplaced(
    row: TableRow, rows: Sequence[TableRow], columns: _Columns, kind: _Kind, known: Sequence[_Names]
) -> bool:
    """True for a cell that names nothing of its column's kind because something else stands in its place.

    That is a name of the other kind; or any text, where no other row's cell is so and what the study is about stands
    in a cell of this row in a column where nobody else names such a thing.
    """
    column = columns[kind]
    if column is None:
        return False
    if _named(row.cells[column].text)[_other(kind)]:
        return True
    peers = [other for other in rows if other is not row]

    def names(other: TableRow, place: int) -> bool:
        return place < len(other.cells) and bool(_named(other.cells[place].text)[kind])

    return (
        len(peers) > 2
        and all(names(other, column) for other in peers)
        and any(
            _agree(_named(cell.text)[kind], names_, kind) and not any(names(other, place) for other in peers)
            for place, cell in enumerate(row.cells)
            for names_ in known
        )
    )


def _column(rows: Sequence[TableRow], kind: _Kind) -> int | None:
    """The column that says what the rows are about: names in at least half of its filled cells, best by its header."""
    best: tuple[bool, float, int] | None = None
    for column in range(max(len(row.cells) for row in rows)):
        cells = [row.cells[column] for row in rows if column < len(row.cells) and _is_filled(row.cells[column])]
        share = sum(bool(_named(cell.text)[kind]) for cell in cells) / len(cells) if cells else 0.0
        told = bool(cells and _HEADERS[kind].match(cells[0].header.strip()))
        if share and (told or share >= 0.5) and (best is None or (told, share) > best[:2]):
            best = (told, share, column)
    return best[2] if best else None


def _studies_of(row: TableRow, studies: Mapping[str, _Study]) -> list[_Study]:
    """The studies a row cites; where it cites none, the one whose title stands in its own column for that."""
    cited = [studies[marker] for marker in row.markers if marker in studies]
    if not cited:
        titles = [cell for cell in row.cells if _TITLE_COLUMN.fullmatch(cell.header) and _is_filled(cell)]
        entries = [Reference(row.document_id, "", c.start, c.end, c.text, title=c.text) for c in titles]
        cited = [_Study(entry, _title_names(entry), _named("")) for entry in entries]
    return cited


# ------------------------------------------------------------------------------------------------- names in texts


def _named(text: str) -> dict[_Kind, _Names]:
    """The molecules, arms included, and the organs of diseases that a text names."""
    sites = [site for site in find_sites(text) if not _is_aside(text, site)]
    # a disease tells more than its organ, wherever the two stand
    organs = {site.site: f"the {site.name}" for site in sites} | {site.site: site.name for site in sites if site.disease}
    return {"molecule": {name.name: name.name for name in find_names(text)}, "cancer": organs}


def _title_names(entry: Reference) -> dict[_Kind, _Names]:
    """What the title names; of an entry without one the molecules, since its journal may be named after an organ."""
    return _named(entry.title) if entry.title else {**_named(entry.text), "cancer": {}}


def _cancers(text: str) -> set[str]:
    return {site.site for site in find_sites(text) if site.disease and not _is_aside(text, site)}


def _is_aside(text: str, site: Site) -> bool:
    """True for an organ that a cancer spreads to or that cells are taken from: `bone metastasis`, `bone marrow`."""
    if site.disease:
        return bool(_SPREAD.fullmatch(site.text)) and not re.match(r"\w*oma", site.text.split()[0])
    return bool(_TISSUE.match(text, site.end) or _SPREAD_BEFORE.search(text[: site.start]))


def _agree(ours: _Names, theirs: _Names, kind: _Kind) -> bool:
    """True where one name on either side may mean the same."""
    if kind == "molecule":
        return any(_may_be_same(one, other) for one in ours for other in theirs)
    both = [{*names, *(_WIDER[site] for site in names if site in _WIDER)} for names in (ours, theirs)]
    # two parts of one wider place are two places
    return bool({*ours} & both[1] or {*theirs} & both[0])


def _may_be_same(one: str, other: str) -> bool:
    """True for names of one number whose letters and arms are equal where both have them; a cluster may be anything."""
    ours, theirs = _MOLECULE.fullmatch(one), _MOLECULE.fullmatch(other)
    if ours is None or theirs is None:
        return True
    pairs = zip(ours.groups(), theirs.groups(), strict=True)
    return all(not mine or not yours or mine == yours for mine, yours in pairs)


def _cited_text(reading: Reading) -> dict[str, dict[_Kind, _Names]]:
    """By marker, what the sentences that cite it name, and where none names an organ, the headings above them."""
    text = reading.document.text
    found: dict[str, dict[_Kind, _Names]] = {}
    above: dict[str, _Names] = {}
    for passage in (passage for passage in reading.passages if passage.markers):
        heading = _named(passage.section[-1])["cancer"] if passage.section else {}
        for start, end in passage.sentences:
            for markers, named in _cited_names(text[start:end], passage):
                for marker in markers:
                    told = found.setdefault(marker, _named(""))
                    found[marker] = {kind: {**told[kind], **named[kind]} for kind in _KINDS}
                    above[marker] = {**above.get(marker, {}), **(named["cancer"] or heading)}
    return {marker: {**told, "cancer": above[marker]} for marker, told in found.items()}


def _cited_names(sentence: str, passage: Passage) -> Iterator[tuple[tuple[str, ...], dict[_Kind, _Names]]]:
    """For each marker of a sentence what it is cited for: what stands since the marker before, else the sentence."""
    groups = find_markers(sentence) or find_markers(sentence, raised=True)
    whole = _named(sentence) if groups else _named("")
    last = 0
    for group in groups:
        near = _named(sentence[last : group.start])
        last = group.end
        cited = tuple(marker for marker in group.markers if marker in passage.markers)
        yield cited, {kind: near[kind] or whole[kind] for kind in _KINDS}


# ---------------------------------------------------------------------------------------------- rows run together


def _is_merged(row: TableRow) -> bool:
    """True where at least two cells hold two values with nothing but blanks between them."""
    return sum(_holds_two(cell.text) for cell in row.cells) > 1


def _holds_two(text: str) -> bool:
    cancers = [site for site in find_sites(text) if site.disease and not _is_aside(text, site)]
    values = [
        [(name.start, name.end, name.base) for name in find_names(text)],
        [(site.start, site.end, site.site) for site in cancers],
        [(match.start(), match.end(), str(match.start())) for match in _YEAR.finditer(text)],
        [(marker.start, marker.end, str(marker.start)) for marker in find_markers(text)],
    ]
    return any(
        one[2] != other[2] and text[one[1] : other[0]].isspace() for places in values for one, other in pairwise(places)
    )


# ------------------------------------------------------------------------------------------------------- messages


def _message(row: TableRow, columns: _Columns, cells: Mapping[_Kind, Cell], study: _Study, studies: int) -> str:
    """What the row says and what the study is about, each by what is known of it."""
    says: dict[str, None] = {}
    for kind, cell in cells.items():
        noun = "microRNA" if kind == "molecule" else "cancer"
        lacking = "" if _named(cell.text)[kind] else f", which is no {noun}"
        says[f"{_quoted(cell)} {_under(row, cell)}{lacking}"] = None
    in_text = [study.text[kind] if kind in cells and not study.title[kind] else {} for kind in _KINDS]
    title = _phrase(study.title["molecule"], study.title["cancer"])
    about = [f"is about {title}"] if title else []
    about += [f"is cited in the text on {_phrase(*in_text)}"] if any(in_text) else []
    which = "the study" if studies == 1 else "one of the studies"
    return f"The row says {' and '.join(says)}; {which} it cites{_who(study.entry)}, {' and '.join(about)}."


def _quoted(cell: Cell) -> str:
    return cell.text if len(cell.text) <= _QUOTED else f"{cell.text[:_QUOTED].rstrip()}…"


def _under(row: TableRow, cell: Cell) -> str:
    where = f"under “{cell.header}”" if cell.header else f"in column {row.cells.index(cell) + 1}"
    return f"{where} (from the merged cell above)" if cell.carried else where


def _who(entry: Reference) -> str:
    """`, [91] Kia 2019`: what of it the entry says."""
    author = entry.authors[0].partition(",")[0] if entry.authors else ""
    surname = [word for word in author.split() if not _INITIALS.fullmatch(word)]
    parts = [f"[{entry.marker}]" if entry.marker else "", " ".join(surname), str(entry.year or "")]
    told = " ".join(part for part in parts if part)
    return f", {told}" if told else ", by the title it gives"


def _phrase(molecules: _Names, organs: _Names) -> str:
    """`miR-9 and miR-155 in breast cancer`; of cancers and organs only the cancers."""
    cancers = [name for name in organs.values() if not name.startswith("the ")] or list(organs.values())
    return " in ".join(part for part in (_listed(molecules.values()), _listed(cancers)) if part)


def _listed(names: Iterable[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    *most, last = [*names] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _other(kind: _Kind) -> _Kind:
    return "cancer" if kind == "molecule" else "molecule"
