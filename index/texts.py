"""What of a record is searched: by its vector what it says, by its words also where it stands and what it cites."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.records import Record, Reference, TableRow


def encoded_text(record: Record) -> str:
    """The text whose vector a record has: a passage's own, or a row told cell by cell.

    A row reads `header: cell; header: cell`, carried cells included, empty cells and cells that only hold a dash
    left out.
    """
    if not isinstance(record, TableRow):
        return record.text
    filled = [cell for cell in record.cells if cell.text.strip(" -–—")]
    return "; ".join(f"{cell.header}: {cell.text}" if cell.header else cell.text for cell in filled)


def worded_text(record: Record, cited: Sequence[Reference]) -> str:
    """The text whose words find a record: the heading above it, what it says, and the titles of the studies it cites.

    A heading often names the cancer that its sentences leave out, and a title the molecule. Of a row the heading is
    left out: a table stands where it fits on the page.
    """
    heading = record.section[-1:] if record.kind == "passage" else ()
    return "\n".join([*heading, encoded_text(record), *(entry.title for entry in cited if entry.title)])
