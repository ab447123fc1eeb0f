"""Tables in the form of HTML or of CALS: every cell in its column, spans resolved as the file states them.

What a cell says, on one line, is the format's own affair: a function from its element to text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from corpus.drafting import Part
from corpus.errors import UnreadableFile

# What HTML allows a cell to span.
_WIDEST, _TALLEST = 1000, 65_534
MOST_CELLS = 500_000
"""Of one table, merged ones included; a file of a few bytes could else ask for any number."""
_ROWS = frozenset({"tr", "row"})
_CELLS = frozenset({"td", "th", "entry"})
_BOLD = ("bold", "b", "strong")


class _TooManyCells(Exception):
    """A table spans more cells than any real one."""


class Saying(Protocol):
    """What an element says."""

    def __call__(self, node: etree._Element, /) -> str:
        """One line; empty where it says nothing."""


@dataclass(slots=True)
class Line:
    """One row of a table.

    Attributes:
        cells: text by column; "" for one that is merged with another.
        signs: as `Block.merged`.
        starts: how many columns there are up to the last in which one of its own cells begins.
        alone: its one cell spans several columns, and nothing reaches it from above.
    """

    cells: list[str] = field(default_factory=list)
    signs: list[str] = field(default_factory=list)
    starts: int = 0
    alone: bool = False

    def part(self, header: bool, table: int, width: int) -> Part:
        """The row as a part, in `width` columns."""
        if self.alone:
            # Above the header it says what the table is about; a name that belongs to no column has no place in it.
            kept = [cell for cell in self.cells if cell]
            return Part("caption" if header else "row", "\t".join(kept), table=table, merged=None if header else ".")
        cells = [*self.cells, *[""] * (width - len(self.cells))][:width]
        signs = "".join(self.signs[:width]).ljust(width, ".")
        return Part("header" if header else "row", "\t".join(cells), table=table, merged=signs)


def grid_parts(name: str, table: etree._Element, number: int, say: Saying) -> list[Part]:
    """Header, rows and the notes among them of one table.

    Args:
        name: the file's name.
        table: the element whose rows, or groups of rows, are in it.
        number: of the table in the document, from 1.
        say: what a cell says.

    Raises:
        UnreadableFile: it spans more cells than any real table.
    """
    try:
        header, body, notes = _lines(table, say)
    except _TooManyCells as error:
        reason = f"a table in it spans more than {MOST_CELLS:,} cells; split it."
        raise UnreadableFile(name, reason) from error
    width = max((line.starts for line in (*header, *body) if not line.alone), default=1)
    parts = [line.part(True, number, width) for line in header]
    parts += [line.part(False, number, width) for line in body]
    return parts + [Part("footnote", note, table=number) for note in notes]


def _lines(table: etree._Element, say: Saying) -> tuple[list[Line], list[Line], list[str]]:
    """The header rows, the other rows and the notes among the rows of a table."""
    header: list[Line] = []
    body: list[Line] = []
    notes: list[str] = []
    columns = _named_columns(table)
    for tag, rows in _groups(table):
        lines = _grid(rows, columns, say)
        if tag == "thead":
            header += lines
        elif tag == "tfoot":
            notes += [cell for line in lines if line.alone for cell in line.cells if cell]
            body += [line for line in lines if not line.alone]
        elif not header and not body:
            first = _headed(rows)
            header, body = lines[:first], lines[first:]
        else:
            body += lines
    return header, body, notes


def _groups(table: etree._Element) -> Iterator[tuple[str, list[etree._Element]]]:
    """The rows of a table by the part of it that they stand in; a foot comes last, wherever it stands.

    Rows that stand in none are a body where they stand, as browsers have it.
    """
    groups: list[tuple[str, list[etree._Element]]] = []
    loose: list[etree._Element] = []
    for one in (one for holder in (*table.findall("tgroup"), table) for one in holder):
        if one.tag in _ROWS:
            if not loose:
                groups.append(("tbody", loose))
            loose.append(one)
        elif one.tag in {"thead", "tbody", "tfoot"}:
            loose = []
            groups.append((one.tag, [row for row in one if row.tag in _ROWS]))
    yield from sorted(groups, key=lambda group: group[0] == "tfoot")


def _headed(rows: Sequence[etree._Element]) -> int:
    """How many of the first rows of a table without a head are one: cells that are all `th`, or a row all in bold.

    The first cell of the first row may be an empty one of any kind, as over a column of names.
    """
    count = 0
    for row in rows:
        cells = [cell for cell in row if cell.tag in _CELLS]
        corner = not count and len(cells) > 2 and not "".join(cells[0].itertext()).strip()
        if not cells or any(cell.tag != "th" for cell in cells[corner:]):
            break
        count += 1
    if count in {0, len(rows)} and len(rows) > 1:
        filled = [cell for cell in rows[0] if cell.tag in _CELLS and "".join(cell.itertext()).strip()]
        return int(len(filled) > 1 and all(map(_is_bold, filled)))
    return count


def _is_bold(cell: etree._Element) -> bool:
    bold = "".join("".join(part.itertext()) for part in _outermost_bold(cell))
    return "".join(bold.split()) == "".join("".join(cell.itertext()).split())


def _named_columns(table: etree._Element) -> dict[str, int]:
    """In a CALS table the place of each column that has a name, from 0."""
    specified = list(table.iter("colspec"))
    return {spec.get("colname", ""): _whole(spec.get("colnum"), place + 1) - 1 for place, spec in enumerate(specified)}


def _grid(rows: Sequence[etree._Element], columns: dict[str, int], say: Saying) -> list[Line]:
    """The rows of one part of a table, each cell in its column; a span ends with its part."""
    lines: list[Line] = []
    reaching: dict[int, tuple[int, bool]] = {}  # by column: how many more rows, and whether there is text in it
    total = 0
    for row in rows:
        line = Line()
        cells = [cell for cell in row if cell.tag in _CELLS]
        line.alone = len(cells) == 1 and not reaching and _across(cells[0], columns)[1] > 1
        for cell in cells:
            _continue(line, reaching)
            _add(line, cell, columns, reaching, say)
            if total + len(line.cells) > MOST_CELLS:
                raise _TooManyCells
        while any(column >= len(line.cells) for column in reaching):
            if not _continue(line, reaching):
                line.cells.append("")
                line.signs.append(".")
        reaching = {column: (left - 1, filled) for column, (left, filled) in reaching.items() if left > 1}
        total += len(line.cells)
        if total > MOST_CELLS:
            raise _TooManyCells
        lines.append(line)
    return lines


def _continue(line: Line, reaching: dict[int, tuple[int, bool]]) -> bool:
    """Fills the next columns of a row with the merged cells that reach them from above; whether there was one."""
    before = len(line.cells)
    while (column := len(line.cells)) in reaching:
        line.cells.append("")
        line.signs.append("^" if reaching[column][1] else ".")
    return len(line.cells) > before


def _add(
    line: Line, cell: etree._Element, columns: dict[str, int], reaching: dict[int, tuple[int, bool]], say: Saying
) -> None:
    """Adds a row's own cell, and notes what it spans."""
    at, across = _across(cell, columns)
    while at is not None and len(line.cells) < at:
        if not _continue(line, reaching):
            line.cells.append("")
            line.signs.append(".")
    # a span of no rows is one of all that are left
    down = (_whole(cell.get("rowspan"), 1) or _TALLEST) if cell.tag != "entry" else _whole(cell.get("morerows"), 0) + 1
    text = say(cell)
    start = len(line.cells)
    line.cells += [text, *[""] * (across - 1)]
    line.signs += [".", *("<" if text else ".") * (across - 1)]
    line.starts = start + 1
    for column in range(start, start + across):
        # one that overlaps a cell from above takes its place, which HTML leaves open
        reaching.pop(column, None)
        if down > 1:
            # itself counted, since the row it stands in is taken off as any other
            reaching[column] = (min(down, _TALLEST), bool(text))


def _across(cell: etree._Element, columns: dict[str, int]) -> tuple[int | None, int]:
    """The column where a cell begins, where it says so, and how many it spans."""
    if cell.tag != "entry":
        return None, min(max(_whole(cell.get("colspan"), 1), 1), _WIDEST)
    first = columns.get(cell.get("namest") or cell.get("colname") or "")
    last = columns.get(cell.get("nameend") or "")
    if first is None or first >= _WIDEST:
        return None, 1
    return first, min(max((first if last is None else last) - first + 1, 1), _WIDEST)


def _whole(number: str | None, default: int) -> int:
    """The number that an attribute states, or `default` where it states none."""
    text = (number or "").strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default


def _outermost_bold(cell: etree._Element) -> Iterator[etree._Element]:
    return (part for part in cell.iter(*_BOLD) if part is cell or next(part.iterancestors(*_BOLD), None) is None)
