"""Evidence as a table for spreadsheets: CSV, one line for each."""

from __future__ import annotations

import csv
import io
from typing import Final

from index.texts import told_by_headers
from qa.results import AskResponse, Evidence, SearchResponse

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it, Excel takes the file for another encoding and Greek letters for others."""
_FORMULA: Final = tuple("=+-@\t\r\n＝＋－＠")
"""What makes spreadsheets calculate, as the first character of a cell."""
BETWEEN: Final = " | "
"""What parts several values of a cell."""


def as_csv(response: SearchResponse | AskResponse) -> str:
    r"""One line for each piece of evidence below a line of headers, best first; lines end with `\r\n`.

    A text that a spreadsheet would take for a formula has an apostrophe before it.
    """
    lines = [_line(response, piece) for piece in response.evidence]
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(out, fieldnames=list(COLUMNS))
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


COLUMNS: Final = (
    "rank", "kind", "text", "document", "title", "authors", "year", "doi", "file", "section", "page", "start", "end",
    "table", "row", "cells", "references", "cautions", "id", "permalink", "question", "verdict",
)  # fmt: skip
"""The headers, in order; new ones are added at the end."""


def _line(response: SearchResponse | AskResponse, piece: Evidence) -> dict[str, str | int | None]:
    document, row = piece.document, piece.row
    values = {
        "rank": piece.rank,
        "kind": piece.kind,
        "text": piece.text,
        "document": document.id,
        "title": document.title,
        "authors": BETWEEN.join(document.authors),
        "year": document.year,
        "doi": document.doi,
        "file": document.file,
        "section": piece.section,
        "page": piece.page,
        "start": piece.start,
        "end": piece.end,
        "table": row.table if row else None,
        "row": row.number if row else None,
        "cells": _cells(piece),
        "references": BETWEEN.join(reference.text for reference in piece.references),
        "cautions": BETWEEN.join(caution.text for caution in piece.cautions),
        "id": piece.id,
        "permalink": piece.permalink,
        "question": response.question,
        "verdict": response.support.verdict,
    }
    return {column: harmless(value) if isinstance(value, str) else value for column, value in values.items()}


def _cells(piece: Evidence) -> str:
    cells = piece.row.cells if piece.row else ()
    return told_by_headers(
        (cell.header, f"{cell.text} (carried down)" if cell.carried else cell.text) for cell in cells
    )


def harmless(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would calculate it.

    >>> harmless("=HYPERLINK(1)"), harmless(" @sum"), harmless("miR-21")
    ("'=HYPERLINK(1)", "' @sum", 'miR-21')
    """
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
