"""Passages and rows of one text, and what their mechanisms say, short enough to be written by hand."""

from __future__ import annotations

from corpus.records import Cell, Passage, TableRow
from corpus.sentences import sentences
from qa.mechanisms.records import mechanisms_in
from qa.results import Caution, Mechanism

CELLS = ("source", "recipient", "target", "pathway", "effect", "cancer")


def of_text(text: str) -> tuple[Mechanism, ...]:
    """What a passage of this text, a document of its own, says."""
    return mechanisms_in(Passage(f"d:0-{len(text)}", "d", 0, len(text), text, sentences=sentences(text)), text)


def of_row(cells: dict[str, str], *, carried: str = "", caution: str = "") -> tuple[Mechanism, ...]:
    """What a row of these cells, by header, says; `carried` is the header of a cell that stands above the row.

    `caution` is the kind of one that the row has.
    """
    above = cells.get(carried, "")
    row = "\t".join("" if header == carried else cell for header, cell in cells.items())
    text, place = f"{above}\n{row}", len(above) + 1
    made = []
    for header, cell in cells.items():
        start = 0 if header == carried else place
        made.append(Cell(header, cell, header == carried, start, start + len(cell)))
        place += (0 if header == carried else len(cell)) + 1
    start = len(above) + 1
    record = TableRow("d:r", "d", start, len(text), row, "Table 1", 1, "", tuple(made))
    return mechanisms_in(record, text, cautions=(Caution(caution, "Why."),) if caution else ())


def told(mechanism: Mechanism) -> str:
    """A mechanism in a line: `miR-21 inhibits PTEN; effect: invasion`; "not" where it is denied."""
    direction = mechanism.direction[0].name if mechanism.direction else "-"
    molecules = "+".join(slot.name for slot in mechanism.molecule)
    head = f"{molecules} {'not ' if mechanism.negated else ''}{direction}"
    cells = [
        f"{cell}: {', '.join(slot.text for slot in getattr(mechanism, cell))}"
        for cell in CELLS
        if getattr(mechanism, cell)
    ]
    return "; ".join([head, *cells])


def lines(text: str) -> list[str]:
    """What a text says, a line a mechanism."""
    return [told(mechanism) for mechanism in of_text(text)]
