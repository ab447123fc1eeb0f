"""The tables among the lines of a sheet: what stands above each, its header, its rows, and the notes below it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from corpus.drafting import Part, citing
from corpus.metadata import MAX_TITLE, find_doi
from corpus.readers.sheets.days import days_told
from corpus.readers.sheets.lines import Line
from corpus.readers.sheets.studies import Studies, roles
from corpus.records import Reference
from corpus.tabbed import MAX_CAPTION, is_note
from corpus.tables import table_label

_LONGEST_HEADER = 200
_LONGEST_ROW = 80  # characters of the one cell of a line that may be a row
_NOTED = 4  # words of the one cell of a line that stands apart, from which it is a note
_NAMED = 4  # words of a title, its label counted
_NUMBER = re.compile(r"[<>=~≤≥≈]?\s*[-+−]?(?=[.,\s]*\d)[\d.,\s]+(?:[eE][-+]?\d+)?\s*%?")
_SOME = 4  # columns, from which one without a name leaves no doubt that the others are named
_NEAR = 30  # lines of a table, its first or its last, that a line behind a gap is compared with
_NUMBERED_NAME = re.compile(r"(?:[^\W\d_]|[-_ ])*[^\W\d_][-_ ]?(?=\d)")
_COUNTED = 5  # digits of a row's own number
_UNIT = re.compile(r"[(\[].*[)\]]")
_NOTHING = re.compile(r"\W*|n\W?[ads]\W?|none|null|nan|not \w+|#\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet.

    Attributes:
        titles: the lines above it.
        header: the line that names its columns, or two where cells of the first reach over columns or into the second;
            empty where none does.
        rows: in order.
        notes: the lines below it.
    """

    titles: tuple[Line, ...]
    header: tuple[Line, ...]
    rows: tuple[Line, ...]
    notes: tuple[Line, ...] = ()

    def parts(self, number: int, label: str, studies: Studies) -> Iterator[Part]:
        """Caption, header, rows and notes, in this order; lines above that are too long for a caption before it.

        Args:
            number: which table of the document, from 1.
            label: its name.
            studies: of the document; those that rows name are added.
        """
        titles = [" ".join(line.texts) for line in self.titles]
        # a sheet that opens with its explanations has its title first, or right above the table
        left, longest = sum(map(len, titles)), sorted(range(len(titles)), key=lambda at: -len(titles[at]))
        apart: set[int] = set()
        while left > MAX_CAPTION:
            apart.add(at := longest[len(apart)])
            left -= len(titles[at])
        yield from (Part("paragraph", titles[at]) for at in sorted(apart))
        said = [title for at, title in enumerate(titles) if at not in apart]
        yield Part("caption", ". ".join([label, *said]), table=number, label=label)
        for line in self.header:
            yield Part("header", "\t".join(line.cells), table=number, merged=line.merged or ".")
        columns = roles(self._columns())
        for line in self.rows:
            yield _row(line, number, studies.named(columns, line.cells))
        for line in self.notes:
            yield Part("footnote", " ".join(line.texts), table=number)

    def without_empty_columns(self) -> Table:
        """The table without the columns in which neither its header nor a row has text."""
        lines = [*self.header, *self.rows]
        kept = sorted({column for line in lines for column, text in enumerate(line.cells) if text})
        if len(kept) == max(len(line.cells) for line in lines):
            return self
        header = tuple(line.with_columns(kept) for line in self.header)
        return replace(self, header=header, rows=tuple(line.with_columns(kept) for line in self.rows))

    def told(self) -> Iterator[str]:
        """What the user should know of it."""
        if not self.header:
            yield "No line was found that names the columns; the cells were kept without names."
        yield from days_told(self._columns(), self.rows)

    def _columns(self) -> list[str]:
        """The names of the columns."""
        return [
            " ".join(filter(None, names)) for names in zip_longest(*(line.cells for line in self.header), fillvalue="")
        ]


def _row(line: Line, table: int, named: tuple[int, str, Reference | None] | None) -> Part:
    """A row, in which the cell that names its study cites it."""
    shown = list(line.cells)
    reference: Reference | None = None
    if named:
        column, marker, reference = named
        shown[column] = citing(line.cells[column], [marker])
    merged = line.merged or "."
    return Part("row", "\t".join(shown), table=table, merged=merged, number=line.number, reference=reference)


def title_of(tables: Sequence[Table]) -> str | None:
    """What a file of tables is called by the line above them: `Table S3. Microbes in kelp`.

    Only where one table alone has a line with a label and words behind it: of several, each is the title of its own.
    """
    said = [title for table in tables for line in table.titles if table_label(title := " ".join(line.texts))]
    if len(said) != 1 or len(said[0]) > MAX_TITLE or find_doi(said[0]):
        return None
    return said[0] if len(said[0].split()) >= _NAMED else None


def tables_in(lines: Sequence[Line]) -> list[Table]:
    """The tables of a sheet, one below the other: a new one begins with a caption, or behind a gap with a header."""
    tables: list[Table] = []
    start = 0
    for at in range(1, len(lines)):
        if _opens(lines, start, at):
            tables.append(_table(lines[start:at]))
            start = at
    return [*tables, _table(lines[start:])] if lines else []


def _opens(lines: Sequence[Line], start: int, at: int) -> bool:
    """Whether a new table begins with the line `at`, where the last began with the line `start`.

    A line that is the same as one above is its header again; a title, or more or fewer columns, are signs of another.
    """
    line = lines[at]
    apart = line.number > lines[at - 1].number + 1
    captioned = len(line.texts) == 1 and table_label(line.texts[0]) is not None
    if not (apart or captioned) or not any(len(above.texts) > 1 for above in lines[max(start, at - 3) : at]):
        return False
    if captioned:
        return any(len(below.texts) > 1 for below in lines[at + 1 : at + 4])
    end = next((place for place in range(at + 1, len(lines)) if _gap(lines, place)), len(lines))
    group = lines[at:end]
    first = next((place for place, below in enumerate(group) if len(below.texts) > 1), None)
    if first is None or first > 2 or first + 1 == len(group):
        return False
    line, below, titled = group[first], group[first + 1 :], first > 0
    if any(line.cells == above.cells for above in lines[start : min(at, start + _NEAR)]):
        return True
    usual = Counter(len(above.texts) for above in lines[max(start, at - _NEAR) : at]).most_common(1)[0][0]
    return _is_new_header(line, below, other=titled or len(line.texts) != usual)


def _gap(lines: Sequence[Line], at: int) -> bool:
    return lines[at].number > lines[at - 1].number + 1


def _is_new_header(line: Line, below: Sequence[Line], *, other: bool) -> bool:
    """Whether a line behind a gap names columns anew: it must do more than look like a header, as a row of words does.

    It alone is bold; or it names columns of numbers, two of them, or one where there are `other` signs of a new table.
    """
    if not _is_header(line, below):
        return False
    if line.bold:
        return True
    if any(_NUMBER.fullmatch(text) or _NOTHING.fullmatch(text) for text in line.texts):
        return False
    return len(_numbered(line, below)) > (0 if other else 1)


def _numbered(line: Line, below: Sequence[Line]) -> list[int]:
    """The columns that a line names and that hold numbers below."""
    named = [column for column, text in enumerate(line.cells) if text]
    return [at for at in named if _is_numbers([row.cells[at] for row in below if at < len(row.cells)])]


def _is_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if not _NOTHING.fullmatch(cell)]
    return bool(filled) and all(map(_NUMBER.fullmatch, filled))


def _table(lines: Sequence[Line]) -> Table:
    """The lines above the table, its header, its rows and the notes below."""
    filled = [_width(line) for line in lines]
    usual = Counter(count for count in filled if count > 1).most_common(1)
    least = max(2, usual[0][0] / 2) if usual else 1
    first = next((place for place, count in enumerate(filled) if count >= least), 0)
    first = _first(lines, first, usual[0][0]) if usual else first
    end = _end(lines, first) if usual else len(lines)
    titles, table, notes = tuple(lines[:first]), tuple(lines[first:end]), tuple(lines[end:])
    second = 2 if _reaches_down(table) else 1
    if table[second:] and _is_header(table[0], table[second:]):
        return Table(titles, table[:second], table[second:], notes)
    return Table(titles, (), table, notes)


def _first(lines: Sequence[Line], first: int, usual: int) -> int:
    """Where the table begins that seems to begin with the line `first`: further down, where notes stand above it.

    They have fewer cells than its rows, and no number where the rows have some below a name. A line that has but one
    cell fewer names the columns of a table of four or more, one of which has no name.
    """
    if _width(lines[first]) >= (usual if usual < _SOME else usual - 1):
        return first
    for place in range(first + 1, min(first + _NEAR, len(lines) - 1)):
        line = lines[place]
        if len(line.texts) >= usual:
            plain = not any(_NUMBER.fullmatch(text) or _NOTHING.fullmatch(text) for text in line.texts)
            numbered = _numbered(line, lines[place + 1 :]) if plain else []
            above = [other.cells[at] for other in lines[first:place] for at in numbered if at < len(other.cells)]
            told = numbered and _is_header(line, lines[place + 1 :]) and not any(map(_NUMBER.fullmatch, above))
            return place if told else first
    return first


def _width(line: Line) -> int:
    """How many cells have a text of their own or that of a cell they are merged with; a title that is merged, one."""
    own = len(line.texts)
    return own if own < 2 else own + sum(sign != "." for sign in line.merged)


def _end(lines: Sequence[Line], first: int) -> int:
    """Where the notes below a table begin: lines of one cell at its end, the first a note by its form or length."""
    end = len(lines)
    while end > first + 1 and len(lines[end - 1].texts) == 1:
        end -= 1
    for place in range(max(end, first + 2), len(lines)):
        text = lines[place].texts[0]
        apart = _gap(lines, place) and len(text.split()) >= _NOTED
        if apart or is_note(text) or len(text) > _LONGEST_ROW:
            return place
    return len(lines)


def _reaches_down(table: Sequence[Line]) -> bool:
    """Whether the first line names groups of columns, or columns together with the second; or has units below it."""
    if len(table) < 3 or table[1].number != table[0].number + 1:
        return False
    grouped = "<" in table[0].merged or "^" in table[1].merged
    units = len(table[1].texts) > 1 and all(map(_UNIT.fullmatch, table[1].texts))
    return units or (grouped and _names(table[1].texts))


def _is_header(line: Line, below: Sequence[Line]) -> bool:
    """Whether a line names the columns: short, mostly no numbers, distinct, none of them like a value further down.

    What alone is bold does, whatever it says.
    """
    if line.bold and not any(other.bold for other in below):
        return True
    if any(_goes_on(text, at, below[:_NEAR]) for at, text in enumerate(line.cells)):
        return False
    texts = [(column, text.casefold()) for column, text in enumerate(line.cells) if text]
    if (len({text for _, text in texts}) < len(texts) and "<" not in line.merged) or not _names(line.texts):
        return False
    return not any(
        column < len(row.cells) and row.cells[column].casefold() == text for row in below for column, text in texts
    )


def _goes_on(text: str, column: int, below: Sequence[Line]) -> bool:
    """Whether a column goes on from a text of its own: 2 after 1, or mostly such names as miR-22 after miR-21."""
    cells = [row.cells[column] for row in below if column < len(row.cells) and row.cells[column]]
    if text.isdecimal():
        return bool(cells) and len(text) < _COUNTED and cells[0] == str(int(text) + 1)
    named = _NUMBERED_NAME.match(text)
    alike = re.compile(rf"{re.escape(named[0])}\d") if named else None
    return alike is not None and 2 * sum(alike.match(one) is not None for one in cells) > len(cells)


def _names(texts: Sequence[str]) -> bool:
    """Whether these may name columns: short, no DOI, at most half of them numbers."""
    if any(len(text) > _LONGEST_HEADER or find_doi(text) for text in texts):
        return False
    return 2 * sum(_NUMBER.fullmatch(text) is not None for text in texts) <= len(texts)
