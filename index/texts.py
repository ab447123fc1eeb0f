"""What of a record is searched: its own words and, for a row, its headers and the cells carried down to it."""

from __future__ import annotations

from corpus.records import Record, TableRow


def searched_text(record: Record) -> str:
    """The text by which a record is found: a passage's own, or a row told cell by cell.

    A row reads `header: cell; header: cell`, carried cells included, empty cells and cells that only hold a dash
    left out.
    """
    if not isinstance(record, TableRow):
        return record.text
    filled = [cell for cell in record.cells if cell.text.strip(" -–—")]
    return "; ".join(f"{cell.header}: {cell.text}" if cell.header else cell.text for cell in filled)
