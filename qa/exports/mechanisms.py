"""Mechanisms as a table for spreadsheets: CSV, one line for each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from qa.exports.table import BETWEEN, BYTE_ORDER_MARK, harmless
from qa.results import MechanismEntry, Slot

CELLS: Final = ("molecule", "direction", "source", "recipient", "target", "pathway", "effect", "cancer")
"""The columns that are cells of a mechanism, in order."""
COLUMNS: Final = (
    *CELLS, "negated", "text", "document", "title", "year", "start", "end", "references", "cautions", "id", "permalink",
    *(f"{cell} at" for cell in CELLS),
)  # fmt: skip
"""The headers, in order; new ones are added at the end. Those with `at` hold the characters of the document's text that
a cell is made of, `START-END`."""


def mechanisms_csv(entries: Iterable[MechanismEntry]) -> str:
    r"""One line for each mechanism below a line of headers, in their order; lines end with `\r\n`.

    The direction is `inhibits`, `activates` or `affects`; every other cell holds the very words. Several values of a
    cell, and their places, are parted by ` | `. A text that a spreadsheet would take for a formula has an apostrophe
    before it.
    """
    out = io.StringIO(newline="")
    out.write(BYTE_ORDER_MARK)
    writer = csv.DictWriter(out, fieldnames=list(COLUMNS))
    writer.writeheader()
    writer.writerows(_line(entry) for entry in entries)
    return out.getvalue()


def _line(entry: MechanismEntry) -> dict[str, str | int | None]:
    said, document = entry.mechanism, entry.document
    filled: dict[str, Sequence[Slot]] = {cell: getattr(said, cell) for cell in CELLS}
    values: dict[str, str | int | None] = {
        cell: BETWEEN.join(slot.name if cell == "direction" else slot.text for slot in slots)
        for cell, slots in filled.items()
    }
    values |= {
        "negated": "yes" if said.negated else "",
        "text": entry.text,
        "document": document.id,
        "title": document.title,
        "year": document.year,
        "start": said.start,
        "end": said.end,
        "references": BETWEEN.join(reference.text for reference in said.references),
        "cautions": BETWEEN.join(caution.text for caution in said.cautions),
        "id": said.id,
        "permalink": said.permalink,
    }
    places = {cell: BETWEEN.join(f"{slot.start}-{slot.end}" for slot in slots) for cell, slots in filled.items()}
    values |= {f"{cell} at": place for cell, place in places.items()}
    return {column: harmless(value) if isinstance(value, str) else value for column, value in values.items()}
