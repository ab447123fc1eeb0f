"""What of a record is searched: by its vector what it says, by its words also where it stands and what it cites."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpus.records import Record, Reference, RowCheck, TableRow


def encoded_text(record: Record) -> str:
    """The text whose vector a record has: a passage's own, or a row told cell by cell.

    Carried cells are told like any other.
    """
    if not isinstance(record, TableRow):
        return record.text
    return told_by_headers((cell.header, cell.text) for cell in record.cells)


def told_by_headers(cells: Iterable[tuple[str, str]]) -> str:
    """Cells, each a (header, text), as `header: cell; header: cell`; empty ones and lone dashes are left out.

    >>> told_by_headers([("miRNA", "miR-25-3p"), ("Effect", "–"), ("", "2018")])
    'miRNA: miR-25-3p; 2018'
    """
    filled = [(header, text) for header, text in cells if text.strip(" -–—")]
    return "; ".join(f"{header}: {text}" if header else text for header, text in filled)


def worded_text(record: Record, cited: Sequence[Reference], check: RowCheck | None = None) -> str:
    """The text whose words find a record: the heading above it, what it says, and the titles of the studies it cites.

    A heading often names the cancer that its sentences leave out, and a title the molecule. Of a row the heading is
    left out: a table stands where it fits on the page. A contradicted row is found by what it should say too.
    """
    heading = record.section[-1:] if record.kind == "passage" else ()
    titles = (entry.title for entry in cited if entry.title)
    instead = [check.suggestion] if check and check.outcome == "contradicted" else []
    return "\n".join([*heading, encoded_text(record), *titles, *instead])
