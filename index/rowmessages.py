"""What a reader is told of a row that its own studies contradict, that is two run together, or that has slid."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from corpus.records import Cell, RowCheck, TableRow
from index.studies import Study
from index.subjects import KINDS, Kind, Names, agree, named, phrase
from index.targets import Stray

_QUOTED: Final = 80  # characters of a cell that a message quotes


def contradicted(
    row: TableRow, cells: Mapping[Kind, Cell], study: Study, studies: int, beside: Mapping[str, Mapping[Kind, Cell]]
) -> RowCheck:
    """What the row says and what the study is about, by its title, and where that is silent, by the text.

    Args:
        cells: those that the study speaks against, by what they should name.
        studies: how many the row cites.
        beside: for "above" and "below" the cells of that row.
    """
    says: dict[int, str] = {}
    for kind, cell in cells.items():
        says.setdefault(cell.start, _said(row, cell, kind))
    title = phrase(study.title["molecule"], study.title["cancer"])
    about = [f"is about {title}"] if title else []
    silent = [study.text(kind) if kind in cells and not study.title[kind] else {} for kind in KINDS]
    about += [f"is cited in the text on {phrase(*silent)}"] if any(silent) else []
    message = f"The row says {' and '.join(says.values())}; {_which(study, studies)}, {' and '.join(about)}."
    read_as = "; ".join(filter(None, (_about(study), _fitting(cells, study, beside))))
    return RowCheck("contradicted", message, read_as, study.quote(cells))


def strayed(row: TableRow, stray: Stray, cited: Sequence[Study]) -> RowCheck:
    """The row names a target that another row's study is about, and not its own."""
    study = cited[stray.place]
    names = phrase({gene: gene for gene in stray.genes}, {})
    message = f"The row says {_quoted(row, stray.cell)}; {_which(study, len(cited))}, names {names}."
    about = _about(study)
    read_as = f"{about}; {names}" if about else names
    return RowCheck("contradicted", message, read_as, study.entry.title or "")


def misdated(row: TableRow, cell: Cell, cited: Sequence[Study]) -> RowCheck:
    """The row gives another year than every study it cites, so it may cite the wrong one."""
    years = sorted({study.entry.year for study in cited if study.entry.year})
    which = _which(cited[0], len(cited)) if len(cited) == 1 else "the studies it cites"
    message = f"The row says {_quoted(row, cell)}; {which}, {'is' if len(cited) == 1 else 'are'} of "
    message += f"{' and '.join(map(str, years))}, so it may stand beside another row's study."
    return RowCheck("contradicted", message, "; ".join(filter(None, map(_about, cited))), cited[0].entry.text)


def slid(row: TableRow, cell: Cell, kind: Kind, others: Names) -> RowCheck:
    """The row's study is silent on a carried cell that the studies of other rows beside it speak against.

    Args:
        others: what these are about.
    """
    about = phrase(others, {}) if kind == "molecule" else phrase({}, others)
    message = f"The row says {_said(row, cell, kind)}; the study it cites does not say so, and other rows with "
    message += f"the same merged cell cite studies of {about}: this one may belong elsewhere, too."
    return RowCheck("slid", message)


def run_together(row: TableRow, cells: Iterable[Cell], cited: Sequence[Study]) -> RowCheck:
    """Two rows in one: the cells that hold two values, and what each study is about."""
    doubled = "; ".join(_quoted(row, cell) for cell in cells)
    message = f"This row looks like two run together ({doubled}): which cell belongs to which study is unsure."
    known = [f"{_who(study)}: {about}" for study in cited if (about := _about(study))]
    return RowCheck("merged", message, "; ".join(known))


def _about(study: Study) -> str:
    """`miR-9 in breast cancer`: what the title names, and where it is silent, the text."""
    molecules, cancers = (study.title[kind] or study.text(kind) for kind in KINDS)
    return phrase(molecules, cancers)


def _fitting(cells: Mapping[Kind, Cell], study: Study, beside: Mapping[str, Mapping[Kind, Cell]]) -> str:
    """`the row above names miR-9`: a neighbour that has what these cells lack; the one above if both have."""
    for where, others in beside.items():
        fits: dict[Kind, Names] = {
            kind: {key: told for key, told in named(others[kind].text)[kind].items() if _agrees(key, kind, study)}
            for kind, cell in cells.items()
            if kind in others and others[kind].start != cell.start
        }
        if all(fits.get(kind) for kind in cells):
            return f"the row {where} names {phrase(*(fits.get(kind, {}) for kind in KINDS))}"
    return ""


def _agrees(key: str, kind: Kind, study: Study) -> bool:
    return agree({key: key}, study.known(kind), kind)


def _said(row: TableRow, cell: Cell, kind: Kind) -> str:
    """`miR-9 under “miRNA” (from the merged cell above)`."""
    notes = [] if named(cell.text)[kind] else ["no microRNA" if kind == "molecule" else "no cancer"]
    notes += ["from the merged cell above"] if cell.carried else []
    return _quoted(row, cell) + (f" ({'; '.join(notes)})" if notes else "")


def _quoted(row: TableRow, cell: Cell) -> str:
    """`miR-9 under “miRNA”`; a long cell in part, without a header the column's number."""
    text = cell.text if len(cell.text) <= _QUOTED else f"{cell.text[:_QUOTED].rstrip()}…"
    return f"{text} under “{cell.header}”" if cell.header else f"{text} in column {row.cells.index(cell) + 1}"


def _which(study: Study, studies: int) -> str:
    """`the study it cites, [91] Kia 2019`."""
    which = "the study" if studies == 1 else "one of the studies"
    return f"{which} it cites, {_who(study) or 'by the title in the row'}"


def _who(study: Study) -> str:
    """`[91] Kia 2019`: what of it the entry says."""
    entry = study.entry
    parts = (f"[{entry.marker}]" if entry.marker else "", study.surname, str(entry.year or ""))
    return " ".join(part for part in parts if part)
