"""One sheet of a workbook: its cells as they are shown, walked over once, nothing kept but those with text."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from corpus.errors import UnreadableFile
from corpus.readers.sheets.formats import Format
from corpus.readers.sheets.lines import MAX_CELLS, MAX_COLUMNS, Line
from corpus.readers.sheets.strings import PLAIN, Runs, Type, set_in, unescaped

MAX_ROWS: Final = 1_048_576


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell is shown."""

    format: Format = field(default_factory=Format)
    type: Type = PLAIN


_UNSTYLED: Final = Style()


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with text."""

    text: str
    bold: bool


def place_of(reference: str) -> tuple[int, int] | None:
    """Row and column, from 1, of a place such as `B12`; None where it is none that a sheet has.

    >>> place_of("B12"), place_of("XFD1"), place_of("XFE1")
    ((12, 2), (1, 16384), None)
    """
    letters = reference.rstrip("0123456789")
    digits = reference[len(letters) :]
    column = _column(letters)
    row = int(digits) if 0 < len(digits) < 8 else 0
    return (row, column) if 0 < row <= MAX_ROWS and column else None


@lru_cache(MAX_COLUMNS)
def _column(letters: str) -> int:
    """The column, from 1, that is named so; 0 where none is."""
    if not re.fullmatch(r"[A-Z]{1,3}", letters):
        return 0
    column = 0
    for letter in letters:
        column = 26 * column + ord(letter) - 64
    return column if column <= MAX_COLUMNS else 0


class Cells:
    """Walks over a sheet's XML; afterwards its cells are known.

    Attributes:
        rows: by number, the cells with text by column; both from 1.
        regions: the merged ones: first row, first column, last row, last column.
        hidden_rows, hidden_columns: those that a reader of the sheet does not see.
        unknown: how many cells have a formula and no value.
    """

    def __init__(self, name: str, shared: Sequence[str], styles: Sequence[Style], room: int) -> None:
        """A walk over a sheet of the file `name`; `room`: how many cells may have text."""
        self.rows: dict[int, dict[int, Cell]] = {}
        self.regions: list[tuple[int, int, int, int]] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: list[tuple[int, int]] = []
        self.unknown = 0
        self.runs = Runs()
        self.count = 0
        self._name, self._shared, self._styles, self._room = name, shared, styles, room
        self._row = self._column = 0
        self._kind, self._style = "", _UNSTYLED
        self._value = ""
        self._held: list[str] | None = None
        self._inline = self._formula = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element opens, its name without namespace."""
        if tag == "c":
            self._open(attributes)
        elif tag == "v":
            self._held = []
        elif self._inline:
            self.runs.start(tag, attributes)
        elif tag in {"is", "f"}:
            self._inline, self._formula = tag == "is", tag == "f"
        elif tag == "row":
            self._open_row(attributes)
        else:
            self._note(tag, attributes)

    def _note(self, tag: str, attributes: Mapping[str, str]) -> None:
        """What stands beside the cells."""
        if tag == "mergeCell":
            corners = [place_of(one) for one in attributes.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1] and corners[0] <= corners[1]:
                self.regions.append((*corners[0], *corners[1]))
        elif tag == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self.hidden_columns.append((int(first), int(last)))

    def data(self, text: str) -> None:
        """Characters stand here."""
        if self._held is not None:
            self._held.append(text)
        elif self._inline:
            self.runs.data(text)

    def end(self, tag: str) -> None:
        """An element closes."""
        if tag == "c":
            self._close()
        elif tag == "v":
            self._value, self._held = "".join(self._held or ()), None
        elif tag == "is":
            self._inline = False
        elif self._inline:
            self.runs.end(tag)

    def _open_row(self, attributes: Mapping[str, str]) -> None:
        said = attributes.get("r", "")
        self._row = int(said) if said.isdecimal() and 0 < int(said[:8]) <= MAX_ROWS else self._row + 1
        self._column = 0
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self._row)

    def _open(self, attributes: Mapping[str, str]) -> None:
        place = place_of(attributes.get("r", ""))
        self._row, self._column = place or (self._row, self._column + 1)
        self._kind = attributes.get("t", "n")
        style = attributes.get("s", "0")
        known = style.isdecimal() and int(style[:8]) < len(self._styles)
        self._style = self._styles[int(style)] if known else _UNSTYLED
        self._value, self._formula = "", False
        self.runs.begin()

    def _close(self) -> None:
        text = " ".join(self._said().split())
        self.unknown += self._formula and not text
        if self._style.type.struck:
            self.runs.struck |= bool(text)
            return
        if not text or not (0 < self._row <= MAX_ROWS and 0 < self._column <= MAX_COLUMNS):
            return
        self.count += 1
        if self.count > self._room:
            raise UnreadableFile(self._name, f"it has more than {MAX_CELLS:,} cells with text; keep what you need.")
        self.rows.setdefault(self._row, {})[self._column] = Cell(text, self._style.type.bold)

    def _said(self) -> str:
        """What the cell shows."""
        if self._kind == "inlineStr":
            return set_in(self.runs.text, self._style.type)
        value = self._value
        if self._kind == "s":
            at = int(value) if value.isdecimal() and len(value) < 9 else len(self._shared)
            return set_in(self._shared[at], self._style.type) if at < len(self._shared) else ""
        if self._kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(value, value)
        if self._kind == "n":
            return self._style.format.shown(value.strip())
        return set_in(unescaped(value), self._style.type)

    def lines(self) -> list[Line]:
        """The lines with text; columns that have none in the whole sheet are left out.

        Raises:
            UnreadableFile: more cells, empty ones between others included, than are read.
        """
        columns = sorted({column for cells in self.rows.values() for column in cells})
        at = {column: place for place, column in enumerate(columns)}
        merged = self._merged(at)
        made: list[Line] = []
        total = 0
        for number in sorted(self.rows):
            cells = self.rows[number]
            signs = merged.get(number, {})
            width = 1 + max(at[max(cells)], max(signs, default=0))
            total += width
            if total > MAX_CELLS:
                reason = f"its cells with text lie so far apart that there are more than {MAX_CELLS:,} between them"
                raise UnreadableFile(self._name, f"{reason}; keep what you need.")
            texts = [""] * width
            for column, cell in cells.items():
                texts[at[column]] = cell.text
            shown = "".join(signs.get(place, ".") for place in range(width)) if signs else ""
            made.append(Line(number, tuple(texts), shown, all(cell.bold for cell in cells.values())))
        return made

    def _merged(self, at: Mapping[int, int]) -> dict[int, dict[int, str]]:
        """By row, then by place of the column: the sign of each cell that shows another's text.

        A cell that is merged over all the sheet's columns is a title or a heading, no value of each of them.
        """
        signs: dict[int, dict[int, str]] = {}
        numbers, columns = sorted(self.rows), sorted(at)
        steps = 0
        for top, left, bottom, right in self.regions:
            if left not in self.rows.get(top, {}):
                continue
            over = range(bisect_left(columns, left), bisect_right(columns, right))
            down = numbers[bisect_left(numbers, top) : bisect_right(numbers, bottom)]
            if top == bottom and len(over) == len(columns):
                continue
            steps += len(over) * len(down)
            if steps > MAX_CELLS:
                raise UnreadableFile(self._name, "it has too many merged cells; part them and add it again.")
            for number in down:
                signs.setdefault(number, {}).update(dict.fromkeys(over, "^" if number > top else "<"))
            signs[top][over[0]] = "."
        return {number: self._covered(number, of, at) for number, of in signs.items()}

    def _covered(self, number: int, signs: Mapping[int, str], at: Mapping[int, int]) -> dict[int, str]:
        """`signs` without those of cells that have a text of their own all the same."""
        own = {at[column] for column in self.rows[number]}
        return {place: sign for place, sign in signs.items() if sign != "." and place not in own}
