"""What a careful reader would want to know of a library before trusting it: what was found wrong, unsure or missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal, get_args

from corpus.pointers import Pointers, joined, reasons
from corpus.records import Document, Reading, Record, TableRow
from corpus.stores import Stores
from corpus.summaries import DocumentSummary
from qa.citations import document_card
from qa.results import DocumentCard

FindingKind = Literal[
    "contradicted",  # a table row that a study it cites contradicts
    "merged",  # a table row that looks like two run together
    "slid",  # a table row beside a merged cell that other rows there contradict
    "unresolved",  # a citation that is no entry of the reference list, or could be several
    "duplicate",  # a number that several entries of the reference list have
    "notice",  # what the reader of the file noticed
    "no-year",  # a paper whose year is not known
    "no-doi",  # a paper whose DOI is not known
]
FINDING_KINDS: Final[tuple[FindingKind, ...]] = get_args(FindingKind)
"""In the order in which they are told."""
Tally = Counter[FindingKind]
"""How many of each kind."""
_ROW_KINDS: Final[dict[str, FindingKind]] = {"contradicted": "contradicted", "merged": "merged", "slid": "slid"}
_SPREAD: Final[FindingKind] = "unresolved"
"""Told at each place that holds it."""
_LABELS: Final[dict[FindingKind, tuple[str, str]]] = {
    "contradicted": ("contradicted row", "contradicted rows"),
    "merged": ("merged row", "merged rows"),
    "slid": ("row that may have slid", "rows that may have slid"),
    "unresolved": ("unresolved citation", "unresolved citations"),
    "duplicate": ("number used twice", "numbers used twice"),
    "notice": ("notice of the reading", "notices of the reading"),
    "no-year": ("paper without a year", "papers without a year"),
    "no-doi": ("paper without a DOI", "papers without a DOI"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know.

    Attributes:
        message: a sentence or two for the reader.
        suggestion: how to read a row instead, by the studies it cites (`miR-9 in breast cancer`); or "".
        where: its place in words, `Table 1, row 5`; "" for the paper as a whole.
        start, end: its place in characters of the document's text; None for the paper as a whole.
    """

    kind: FindingKind
    message: str
    where: str = ""
    start: int | None = None
    end: int | None = None
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """What there is to know of one paper: findings by kind, then in order of the text; none where all is well."""

    document: DocumentCard
    findings: tuple[Finding, ...]


def overview(store: Stores, document_id: str | None = None) -> tuple[Overview, ...]:
    """What there is to know of every paper of a library, by id; or of one.

    Raises:
        UnknownDocument: there is no such paper.
    """
    ids = [document_id] if document_id is not None else [summary.id for summary in store.summaries()]
    return tuple(_overview(store, each) for each in ids)


def brief(paper: DocumentSummary, counts: Tally) -> Overview | None:
    """The overview of a paper of which there is nothing to know but what its summary says; None of any other."""
    if counts.keys() <= {"no-year", "no-doi"}:
        return Overview(document_card(paper), tuple(_of_metadata(paper)))
    return None


def tallies(store: Stores, papers: Iterable[DocumentSummary]) -> dict[str, Tally]:
    """How many things of each kind there are to know of each of these papers, by its id: the `tally` of its overview.

    Without looking into the papers one by one, so that it is quick for thousands.
    """
    troubles = store.troubles()
    found: dict[str, Tally] = {}
    for paper in papers:
        told = troubles.get(paper.id, {})
        counts: Tally = Counter({kind: told[kind] for kind in FINDING_KINDS if kind in told})
        counts["no-year"] += paper.year is None
        counts["no-doi"] += paper.doi is None
        found[paper.id] = +counts
    return found


def tally(overviews: Collection[Overview]) -> Tally:
    """How many things of each kind were found; a citation that cannot be resolved counts once a paper."""
    once = {
        (each.document.id, one.kind, one.message) for each in overviews for one in each.findings if one.kind == _SPREAD
    }
    rest = (one.kind for each in overviews for one in each.findings if one.kind != _SPREAD)
    return Counter([*rest, *(kind for _, kind, _ in once)])


def plural(kind: FindingKind) -> str:
    """What several findings of a kind are called: `contradicted rows`."""
    return _LABELS[kind][True]


def summed_up(found: Mapping[FindingKind, int]) -> str:
    """`27 contradicted rows, 1 merged row`: each kind that was found, in the order of the kinds; or `nothing found`."""
    told = (f"{found[kind]:,} {_LABELS[kind][found[kind] > 1]}" for kind in FINDING_KINDS if found.get(kind))
    return ", ".join(told) or "nothing found"


def _overview(store: Stores, document_id: str) -> Overview:
    reading = store.reading(document_id)
    found = chain(_rows(reading, store), _unresolved(reading), _duplicates(reading), _of_the_paper(reading))
    ordered = sorted(found, key=lambda finding: (FINDING_KINDS.index(finding.kind), finding.start or 0))
    return Overview(document_card(reading.document), tuple(ordered))


def _rows(reading: Reading, store: Stores) -> Iterator[Finding]:
    for row in reading.rows:
        check = store.check(row.id)
        if check and (kind := _ROW_KINDS.get(check.outcome)):
            yield Finding(kind, check.message, _where(row), row.start, row.end, check.suggestion)


def _unresolved(reading: Reading) -> Iterator[Finding]:
    """Each unresolved citation at each passage or row that holds it; at none where it stands outside of them."""
    places = defaultdict[str, list[Record]](list)
    pointers = Pointers(reading.document, reading.references)
    for record in reading.records if reading.unresolved else ():
        for name in joined(pointers.of(record))[1]:
            places[name].append(record)
    for name, reason in reasons(reading.unresolved, reading.references).items():
        message = f"{f'[{name}]' if name[0].isdigit() else f'“{name}”'} could not be resolved: {reason}."
        holding = places[name]
        yield from (Finding("unresolved", message, _where(one), one.start, one.end) for one in holding)
        if not holding:
            yield Finding("unresolved", message)


def _duplicates(reading: Reading) -> Iterator[Finding]:
    times = Counter(entry.marker for entry in reading.references)
    last = {entry.marker: entry for entry in reading.references}
    for marker, number in times.items():
        if number > 1:
            message = (
                f"{number} entries of the reference list have the number {marker}: what cites [{marker}] may mean any."
            )
            yield Finding("duplicate", message, f"Reference {marker}", last[marker].start, last[marker].end)


def _of_the_paper(reading: Reading) -> Iterator[Finding]:
    yield from (Finding("notice", notice) for notice in reading.notices)
    yield from _of_metadata(reading.document)


def _of_metadata(paper: Document | DocumentSummary) -> Iterator[Finding]:
    if paper.year is None:
        yield Finding("no-year", "No year of this paper was found in its file.")
    if paper.doi is None:
        yield Finding("no-doi", "No DOI of this paper was found in its file.")


def _where(record: Record) -> str:
    if isinstance(record, TableRow):
        return f"{record.table}, row {record.number}"
    return record.section[-1] if record.section else "Text"
