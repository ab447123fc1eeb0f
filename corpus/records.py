"""The values everything else is made of: documents, blocks, passages, table rows, references.

All are frozen. Every `start` and `end` counts Python characters of `Document.text`, half open: `[start, end)`.
For each record `document.text[record.start:record.end] == record.text`, exactly.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from corpus.markers import Marker
from corpus.origins import Copy, Origin
from corpus.pages import Layout

BlockKind = Literal[
    "title",  # the document's title
    "heading",  # a section heading; `level` 1 is the outermost
    "paragraph",  # running text; the only kind, with "item", that becomes passages
    "item",  # one entry of a list
    "caption",  # of the table `table`
    "header",  # the header row of the table `table`, cells parted by tabs
    "row",  # one row of the table `table`, cells parted by tabs
    "footnote",  # under the table `table`: abbreviations and notes; of the running text where `table` is None
    "reference",  # one entry of the reference list
    "front",  # authors, affiliations, dates, correspondence, licence: shown, not evidence
    "back",  # funding, conflicts of interest, contributions: shown, not evidence
]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text with one role; blocks are in order and never overlap.

    Attributes:
        kind: its role.
        start, end: characters of the document's text, `[start, end)`, without surrounding blanks.
        level: of a heading, 1 (outermost) to 6; otherwise 0.
        table: number of the table it belongs to, from 1 in order of appearance; otherwise None.
        page: the page of the file it starts on, from 1, where the format has pages.
        merged: of a header or row whose format says which cells are merged, one sign a cell: `.` its own, `^` one with
            the cell above, `<` one with the cell before; None where the format does not say.
        number: of a row whose format counts rows, as it counts them; otherwise None.
        label: of a caption whose table has a name that is not in its text as `Table N`; otherwise None.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    table: int | None = None
    page: int | None = None
    merged: str | None = None
    number: int | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader makes of one file, before passages, rows and references are cut from it.

    Attributes:
        text: the cleaned text, NFC; what all offsets count in. Cells of a table row are parted by one tab.
        blocks: in order, not overlapping, each non-empty.
        title: never empty (the file's name where the file has none).
        authors: as printed, in order.
        year: four digits, or None.
        doi: lower case, without a resolver's address, or None.
        journal: or None.
        review: the format itself says that it is a review of others' studies.
        notices: what the user should know about the reading ("read as Windows-1252, not UTF-8"), one sentence each.
        citations: what cites which entry, where the format itself says so, in order; else empty, and found by form.
        references: the entries, where the format itself takes them apart, without their document's id, in order; else
            empty, and read from the reference blocks.
        stated: the format itself names title, authors, year, DOI and journal; they were not guessed from the look.
        layout: where its words stand on its pages, where the format has pages that can be shown; else None.
        original: the file whose pages these are (a PDF, after text recognition where that was needed); else None.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    doi: str | None = None
    journal: str | None = None
    notices: tuple[str, ...] = ()
    review: bool = False
    citations: tuple[Marker, ...] = ()
    references: tuple[Reference, ...] = ()
    layout: Layout | None = None
    original: bytes | None = field(default=None, repr=False)
    stated: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """One paper: metadata and one text.

    Attributes:
        id: lower-case letters, digits and hyphens; unique in a library, stable while the file keeps its name.
        file: the file's name, without folders.
        source: where it was read from, to find it again: a resolved path, or `upload:NAME`, or `starter:NAME`.
        sha256: of the file's bytes, hexadecimal.
        text, blocks, title, authors, year, doi, journal, citations: as in `Draft`.
        review: True where its format, its title or its own label says that it is a review of others' studies.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    doi: str | None
    journal: str | None
    file: str
    source: str
    sha256: str
    text: str
    blocks: tuple[Block, ...]
    citations: tuple[Marker, ...] = ()
    review: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """One to three sentences of one section.

    Attributes:
        id: `DOCUMENT:START-END`, so the id of unchanged text is unchanged.
        section: the headings above it, outermost first; empty before the first heading.
        page: the page of the file it starts on, from 1, or None.
        markers: the references cited in it, each a `Reference.marker`, in order, without repeats.
        sentences: spans in document characters, in order; each lies within the passage.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    section: tuple[str, ...] = ()
    page: int | None = None
    markers: tuple[str, ...] = ()
    sentences: tuple[tuple[int, int], ...] = ()

    @property
    def kind(self) -> Literal["passage"]:
        """Always `"passage"`."""
        return "passage"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table row.

    Attributes:
        header: the column's header, or `""`.
        text: the cell's own text, or that of the merged cell above or before it; `""` where there is neither.
        carried: True where the text was carried here from a merged cell above, or before it in the row.
        start, end: where that very text stands in the document (for a carried cell: there); equal when empty.
        spanned: True for a carried cell where the file itself says that the merged cell reaches here.
    """

    header: str
    text: str
    carried: bool
    start: int
    end: int
    spanned: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a table with its header, its own cells and the cells carried down to it.

    Attributes:
        id, document_id, start, end, text, section, page, markers: as in `Passage`; `text` is the row as it stands,
            cells parted by tabs, nothing carried.
        table: the table's label, `"Table 1"`; of a spreadsheet, the file's name.
        number: of the row within its table, from 1, continued over pages; of a spreadsheet, as it counts its rows.
        caption: the table's caption, label included; `""` where it has none.
        cells: one a column, in order.
    """

    id: str
    document_id: str
    start: int
    end: int
    text: str
    table: str
    number: int
    caption: str
    cells: tuple[Cell, ...]
    section: tuple[str, ...] = ()
    page: int | None = None
    markers: tuple[str, ...] = ()

    @property
    def kind(self) -> Literal["row"]:
        """Always `"row"`."""
        return "row"


Record = Passage | TableRow


@dataclass(frozen=True, slots=True)
class Reference:
    """An entry of a document's reference list.

    Attributes:
        marker: its number as printed, a string: `"30"`; its place from 1 in a list without numbers; unique in documents
            whose format takes entries apart.
        start, end, text: the entry as it stands in the document, its number included; or the cell that names a study.
        authors: as printed, in order, "et al." left out.
        title, journal, volume, pages: or None where the entry does not say.
        year: or None.
        doi: lower case, or None.
        pmid: digits, or None.
    """

    document_id: str
    marker: str
    start: int
    end: int
    text: str
    authors: tuple[str, ...] = ()
    title: str | None = None
    journal: str | None = None
    year: int | None = None
    volume: str | None = None
    pages: str | None = None
    doi: str | None = None
    pmid: str | None = None


Outcome = Literal["consistent", "contradicted", "merged", "slid", "unverified"]
DOUBTED: Final[frozenset[str]] = frozenset({"contradicted", "merged", "slid"})
"""The outcomes of rows that are shown with a caution, and that nothing is said from."""


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What came of holding a row against the studies it cites.

    Attributes:
        outcome: `contradicted` where a cell names what a cited study is not about, or names nothing where its column
            does and the study does; `merged` where cells hold two rows run together; `slid` where no study speaks of a
            cell that was carried to the row, and those of other rows speak against it there; `consistent` where a name
            was checked and none was wrong; otherwise `unverified`.
        message: for `contradicted`, `merged` and `slid`, a sentence for the reader; otherwise "".
        suggestion: what the studies say instead, to read the row by (`miR-9 in breast cancer`); "" where nothing is
            known.
        quote: of a contradicted row, the words of the document that speak against it; "" where there are none.
    """

    outcome: Outcome
    message: str = ""
    suggestion: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """One file, read: a document with everything that can be cited from it.

    Attributes:
        passages, rows, references: in order of the text.
        unresolved: what the text cites and is no entry of the reference list, or could be several: numbers, or author
            and year (`"Ito et al., 2019"`), in order, without repeats; `corpus.pointers.reasons` tells why.
        notices: what the user should know about the reading, one sentence each.
        layout: as in `Draft`.
        original: as in `Draft`; a store gives None, since a library keeps it as a file of its own.
        origin: what its metadata is made of.
        copies: other files of the same paper, which were passed over, by their source.
    """

    document: Document
    passages: tuple[Passage, ...]
    rows: tuple[TableRow, ...]
    references: tuple[Reference, ...]
    unresolved: tuple[str, ...] = ()
    notices: tuple[str, ...] = field(default=())
    layout: Layout | None = None
    original: bytes | None = field(default=None, repr=False, compare=False)
    origin: Origin = field(default=Origin())
    copies: tuple[Copy, ...] = ()

    @property
    def records(self) -> tuple[Record, ...]:
        """Passages and rows together, in order of the text."""
        return tuple(sorted((*self.passages, *self.rows), key=lambda record: (record.start, record.end)))


def record_id(document_id: str, start: int, end: int) -> str:
    """The id of the passage or row that is `[start, end)` of a document."""
    return f"{document_id}:{start}-{end}"
