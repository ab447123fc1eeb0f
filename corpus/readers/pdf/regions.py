"""Where tables stand on a page: what ruling lines enclose, and what stands in columns below or above a caption."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.readers.pdf.captions import begins_caption, caption_above, caption_below, caption_lines, notes_below
from corpus.readers.pdf.grids import Columns, GridRow, columns_in, grid_rows
from corpus.readers.pdf.gutters import Span, cut_at_starts, gutters, keeps_to
from corpus.readers.pdf.heads import head_and_body
from corpus.readers.pdf.ruling import Frame, cut, nested, stacked_frames
from corpus.readers.pdf.runs import Spaced
from corpus.readers.pdf.sheet import Sheet

_APART = 1.7  # of the font's size: the widest white between two rows where no line is drawn
_FIRST = 2.6  # likewise between a caption and the first row

_LARGER = 0.6  # points by which text below a table is larger than any of its lines
_BLANKS = 2.5  # of the font's size, the widest blank of justified text
_FULL = 0.9  # of its column's width, that such text fills
_PAGE = 6  # lines of running text in several columns, from which it is told from a table


@dataclass(frozen=True, slots=True)
class Found:
    """A table as it was found, every word of it in one place.

    Attributes:
        places: where its columns begin and end.
        needs_caption: only its caption shows that it is one.
        doubtful: it is one only if it goes on with a table of the page before.
    """

    page: int
    caption: tuple[Spaced, ...]
    header: tuple[GridRow, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[tuple[Spaced, ...], ...]
    places: tuple[float, ...]
    needs_caption: bool = False
    doubtful: bool = False


def found_on(sheet: Sheet) -> Iterator[Found]:
    """The tables of a page, those with ruling lines first; no two have a word in common."""
    taken: set[int] = set()
    framed = nested(_divided(sheet))
    for frame in framed:
        found = _framed(sheet, frame, framed, taken)
        if found is not None:
            taken |= _words(found) if not found.doubtful else set()
            yield found
    for line in sheet.lines:
        for run in line.runs:
            if id(run.words[0]) not in taken and begins_caption(run):
                found = _captioned(sheet, run.left, run.right, line, taken)
                if found is not None:
                    taken |= _words(found)
                    yield found


def _words(found: Found) -> set[int]:
    lines = [*found.caption, *(line for note in found.notes for line in note)]
    rows = [words for row in (*found.header, *found.rows) for cell in row.cells for words in cell]
    return {id(word) for words in [*(line.words for line in lines), *rows] for word in words}


def _divided(sheet: Sheet) -> Iterator[Frame]:
    """Frames, cut where what stands between two of their lines is no part of a table."""
    for frame in stacked_frames(sheet.levels, sheet.uprights):
        top = frame.top
        for above, below in pairwise(frame.full):
            if any(one.start <= above + 3 and one.end >= below - 3 for one in frame.uprights):
                continue
            between = sheet.within((frame.left, frame.right), above, below)
            if any(begins_caption(line.runs[0]) for line in between) or _prose(between, frame.right - frame.left):
                piece = cut(frame, top, above)
                top = below
                if piece is not None:
                    yield piece
        piece = cut(frame, top, frame.bottom)
        if piece is not None:
            yield piece


def _prose(lines: Sequence[Spaced], width: float) -> bool:
    """Whether lines are running text: full lines of many words in one, two or three columns."""
    if len(lines) < 2:
        return False
    strips = gutters(lines)
    if len(strips) > 2 or (strips and len(lines) < _PAGE):
        return False
    room = (width - sum(right - left for left, right in strips)) / (len(strips) + 1)
    full = sum(all(len(run.words) > 4 and run.width > 0.7 * room for run in line.runs) for line in lines)
    return full > 0.6 * len(lines)


def _framed(sheet: Sheet, frame: Frame, every: Sequence[Frame], taken: set[int]) -> Found | None:
    """The table that ruling lines enclose, or begin."""
    around = sheet.around(frame.left, frame.right)
    inside: Sequence[Spaced] = sheet.within((frame.left - 2, frame.right + 2), frame.top - 1, frame.bottom + 1)
    lines = _free(sheet.within(around, float("-inf"), float("inf")), taken)
    inside = cut_at_starts(_free(inside, taken))
    grid = any(frame.left + 3 < one.at < frame.right - 3 for one in frame.uprights)
    top, bottom = frame.top, frame.bottom
    if not frame.closed:
        inside = _below(lines, inside, bottom, around)
    inside = cut_at_starts(_above(lines, inside, top))
    if not inside:
        return None
    top, bottom = min(top, inside[0].top), max(bottom, inside[-1].bottom)
    beside = [one for one in every if one is not frame and one.left < frame.right and one.right > frame.left]
    caption = caption_above(lines, top, [one.bottom for one in beside], sheet.near) or caption_below(
        lines, bottom, [one.top for one in beside], sheet.near
    )
    columns = columns_in(frame, inside, frame.left, frame.right)
    rows = grid_rows(frame, columns, inside, sheet.near)
    doubt = _doubt(rows, columns, frame, captioned=bool(caption), grid=grid)
    if doubt is None:
        return None
    header, body = head_and_body(rows)
    below = max([bottom, *(line.bottom for line in caption)])
    notes = notes_below(lines, below, sheet.body, sheet.near)
    return Found(sheet.number, caption, header, body, notes, _places(columns), doubtful=doubt)


def _free(lines: Sequence[Spaced], taken: set[int]) -> list[Spaced]:
    return [line for line in lines if not any(id(word) in taken for word in line.words)]


def _below(lines: Sequence[Spaced], inside: Sequence[Spaced], bottom: float, span: Span) -> list[Spaced]:
    """`inside` with the rows that stand below the last ruling line, as where a page ends within a table."""
    kept = list(inside)
    strips = gutters(kept)
    edge = bottom
    held: list[Spaced] = []
    for line in (one for one in lines if one.top >= bottom - 1):
        if not strips or line.top - edge > _APART * line.size or begins_caption(line.runs[0]):
            break
        if _is_text(line, kept, span):
            break
        if len(line.runs) < 2:
            # The rest of a cell, if it keeps to its column.
            if any(line.left < left and line.right > right for left, right in strips):
                break
            held.append(line)
        elif not keeps_to(line, strips) or len(gutters([*kept, *held, line])) < len(strips):
            break
        else:
            kept += [*held, line]
            held = []
        edge = line.bottom
    while held and held[-1].left < strips[0][0]:
        held.pop()  # what stands in the first column alone may be the text below as well
    return [*kept, *held] if len(kept) > len(inside) else kept


def _above(lines: Sequence[Spaced], inside: Sequence[Spaced], top: float) -> list[Spaced]:
    """`inside` with the header that stands above the first ruling line."""
    kept = list(inside)
    strips = gutters(kept)
    edge = top
    for line in reversed([one for one in lines if one.bottom <= top + 0.3 * one.size]):
        new = gutters([line, *kept])
        few = 2 * len(line.runs) <= len(strips) or not keeps_to(line, strips) or len(kept) > len(inside) + 2
        if few or not strips or len(new) < len(strips) or edge - line.bottom > _APART * line.size:
            break
        if begins_caption(line.runs[0]):
            break
        kept.insert(0, line)
        edge = line.top
    return kept


def _captioned(sheet: Sheet, left: float, right: float, start: Spaced, taken: set[int]) -> Found | None:
    """The table without ruling lines that stands in columns right below a caption."""
    span = sheet.around(left, right)
    lines = _free(sheet.within(span, start.top - 1, float("inf")), taken)
    if not lines or not begins_caption(lines[0].runs[0]):
        return None
    return _columned(sheet, span, lines, caption_lines(lines, sheet.near))


def repeated_on(sheet: Sheet, header: str) -> Found | None:
    """The table without ruling lines, and without a caption, that begins with a header known from the page before.

    There is doubt of it. None where no such line stands on the page or no rows stand below it.

    Args:
        sheet: the page.
        header: what the line says, cells parted by blanks.
    """
    start = next((line for line in sheet.lines if len(line.runs) > 1 and line.text == header), None)
    if start is None:
        return None
    span = sheet.around(start.left, start.right)
    found = _columned(sheet, span, sheet.within(span, start.top - 1, float("inf")), ())
    return replace(found, needs_caption=False, doubtful=True) if found is not None else None


def _columned(sheet: Sheet, span: Span, lines: Sequence[Spaced], caption: tuple[Spaced, ...]) -> Found | None:
    """The table that stands in columns in the first of some lines, right below its caption."""
    body: list[Spaced] = []
    edge = caption[-1].bottom if caption else lines[0].top
    for line in lines[len(caption) :]:
        far = line.top - edge > (_APART if body else _FIRST) * line.size
        wide = len(line.runs) == 1 and len(line.words) > 5 and line.right - line.left > 0.6 * (span[1] - span[0])
        if far or wide or begins_caption(line.runs[0]) or _is_text(line, body, span):
            break
        body.append(line)
        edge = line.bottom
    while body and len(body[-1].runs) < 2 and len(gutters(body[:-1])) > 0 and _loose(body):
        body.pop()
    if len(body) < 3:
        return None
    body = cut_at_starts(body)
    frame = _inner(sheet, body)
    columns = columns_in(frame, body, min(line.left for line in body), max(line.right for line in body))
    rows = grid_rows(frame, columns, body, sheet.near)
    if _doubt(rows, columns, frame, captioned=True, grid=False) is None:
        return None
    header, below = head_and_body(rows)
    notes = notes_below(lines, body[-1].bottom, sheet.body, sheet.near)
    return Found(sheet.number, caption, header, below, notes, _places(columns), needs_caption=True)


def _is_text(line: Spaced, body: Sequence[Spaced], span: Span) -> bool:
    """Whether a line below a table, whose lines so far are `body`, is larger than these or justified text."""
    if len(body) < 2:
        return False
    if line.size > max(one.size for one in body) + _LARGER:
        return True
    width = span[1] - span[0]
    # Running text with wide blanks: it fills its column and heeds none of the table's.
    gaps = [right.left - left.right for left, right in pairwise(line.runs)]
    blanks = 0 < max(gaps, default=0.0) < _BLANKS * line.size and len(line.words) > 3
    return blanks and line.right - line.left > _FULL * width and not keeps_to(line, gutters(body))


def _loose(body: Sequence[Spaced]) -> bool:
    """Whether the last line stands in no column, or apart."""
    strips = gutters(body[:-1])
    run = body[-1].runs[0]
    return any(run.left < left and run.right > right for left, right in strips)


def _inner(sheet: Sheet, body: Sequence[Spaced]) -> Frame | None:
    left, right = min(line.left for line in body), max(line.right for line in body)
    levels = [
        one
        for one in sheet.levels
        if body[0].top < one.at < body[-1].bottom and one.end > left + 3 and one.start < right - 3
    ]
    return Frame(left, levels[0].at, right, levels[-1].at, tuple(levels), ()) if levels else None


def _places(columns: Columns) -> tuple[float, ...]:
    return (columns.left, *columns.bounds, columns.right)


def _doubt(
    rows: Sequence[GridRow], columns: Columns, frame: Frame | None, *, captioned: bool, grid: bool
) -> bool | None:
    """Whether there is doubt that rows and columns are those of a table; None where they are of none."""
    if len(rows) < 2 or columns.count < 2:
        return None
    cells = [cell for row in rows for cell in row.cells if cell]
    slots = sum(sign == "." for row in rows for sign in row.signs)
    several = sum(sum(map(bool, row.cells)) > 1 for row in rows)
    words = sorted(sum(map(len, cell)) for cell in cells)
    if len(cells) < 4 or several < 2 or 2 * several < len(rows) - 1 or len(cells) < 0.3 * slots:
        return None
    if captioned:
        return False
    usual = words[len(words) // 2]
    if grid:
        return 2 * len(cells) <= slots or usual > 12
    full = len(frame.full) if frame is not None else 0
    first = next((row for row in rows if row.band == 1), rows[0])
    named = sum(map(bool, first.cells))
    return (
        full < 2 or named < 2 or 2 * named < columns.count or len(rows) < 3 or 5 * len(cells) <= 3 * slots or usual > 6
    )
