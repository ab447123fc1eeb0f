"""Which of a table's first rows are its header."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.pdf.grids import GridRow
from corpus.tabbed import is_header

_MOST = 5  # rows of a header


def head_and_body(rows: Sequence[GridRow]) -> tuple[tuple[GridRow, ...], tuple[GridRow, ...]]:
    """The header rows and the others.

    The header ends at the first line that runs all across with rows above and below it; without one it is what is bold
    above rows that are not. A row with a cell that spans several columns does not end it, unless it stands alone. What
    holds figures rather than words is no header.
    """
    count = _ruled(rows) or _bold(rows) or 1
    while 0 < count < len(rows) - 1 and rows[count - 1].spans and len(_filled(rows[count - 1])) > 1:
        count += 1
    count = min(count, len(rows) - 1)
    if count > _MOST or not any(is_header(_text(row)) for row in rows[:count]):
        return (), tuple(rows)
    return tuple(_gathered(rows[:count])), tuple(rows[count:])


def _ruled(rows: Sequence[GridRow]) -> int:
    first = rows[0].band
    count = sum(row.band == first for row in rows)
    return count if count < len(rows) else 0


def _bold(rows: Sequence[GridRow]) -> int:
    count = 0
    for row in rows:
        words = [word for cell in row.cells for line in cell for word in line]
        if not words or sum(word.bold for word in words) < 0.8 * len(words) or len(_filled(row)) < 2:
            break
        count += 1
    return count if count < len(rows) else 0


def _filled(row: GridRow) -> list[int]:
    return [column for column, cell in enumerate(row.cells) if cell]


def _text(row: GridRow) -> str:
    return "\t".join(" ".join(word.text for line in cell for word in line) for cell in row.cells)


def _gathered(rows: Sequence[GridRow]) -> list[GridRow]:
    """Header rows, those between the same two level lines as one where no cell of them spans columns."""
    out: list[GridRow] = []
    for row in rows:
        last = out[-1] if out else None
        plain = last is not None and set(last.signs) == {"."} == set(row.signs)
        if last is not None and plain and (last.above, last.band) == (row.above, row.band):
            for column, cell in enumerate(row.cells):
                last.cells[column] += cell
        else:
            out.append(row)
    return out
