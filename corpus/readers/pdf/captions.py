"""What stands around a table and belongs to it: the caption, above or below, and the notes below."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.pdf.runs import Run, Spaced
from corpus.tabbed import is_note
from corpus.tables import table_label

_FAR = 2.6  # likewise, between a caption and its table
_LONGEST = 14  # lines of a caption
_SMALLER = 0.95  # of the running text's size, up to which notes under a table may be set
_LABELLED = re.compile(
    r"\W{0,3}(?:[A-Za-z.]+\s+)?[Tt](?:able|ABLE|ab\.)\s*[\w.-]+?\s*(?:[.:|–—(-]|$|\s+\W?[A-Z0-9αβγδ])"
)
_BARE = re.compile(r"(?i:table)\s*[\w-]{1,5}[.:]?")
_MARKED = re.compile(r"(?:[*†‡§¶#]+|[a-z0-9]{1,2}[).]?)\s?\S")


def begins_caption(run: Run) -> bool:
    """Whether a run is, or begins, the caption of a table: its label, alone or before a title, not before a verb."""
    text = run.text
    if table_label(text) is None or len(run.words) < 1:
        return False
    if _LABELLED.match(text) or _LABELLED.match(text.title() if text[:6].isupper() else ""):
        return True
    # "Table 1 overview of ...": only where the label is set apart by its font.
    second = next((at for at, word in enumerate(run.words) if any(map(str.isdigit, word.text))), 1)
    return second + 1 < len(run.words) and run.words[0].bold and not run.words[second + 1].bold


def caption_lines(lines: Sequence[Spaced], near: float) -> tuple[Spaced, ...]:
    """The lines of a caption that the first of these begins, with a title that stands apart below a bare label.

    Args:
        lines: across the table's width, from the top.
        near: as `Sheet` has it.
    """
    alone = _BARE.fullmatch(lines[0].text) is not None and len(lines) > 1
    titled = alone and len(lines[1].runs) == 1 and lines[1].top - lines[0].bottom <= _FAR * lines[0].size
    caption = list(lines[: 2 if titled else 1])
    for line in lines[len(caption) :]:
        apart = line.top - caption[-1].bottom > near * line.size
        if apart or len(line.runs) > 1 or abs(line.size - caption[-1].size) > 0.6:
            break
        caption.append(line)
    return tuple(caption)


def caption_above(lines: Sequence[Spaced], top: float, walls: Sequence[float], near: float) -> tuple[Spaced, ...]:
    """The caption among lines above a table that begins at `top`; empty where there is none, or it is another's.

    Args:
        lines: across the table's width, from the top.
        top: of the table.
        walls: where other tables end above it; a caption that is nearer to one of them is theirs.
        near: as `Sheet` has it.
    """
    above = [line for line in lines if line.bottom <= top + 0.3 * line.size][-_LONGEST:]
    edge, far = top, _FAR
    for at in range(len(above) - 1, -1, -1):
        line = above[at]
        if edge - line.bottom > far * line.size:
            return ()
        if begins_caption(line.runs[0]):
            nearer = min((line.top - wall for wall in walls if wall <= line.top + 1), default=float("inf"))
            return () if nearer < top - above[-1].bottom - 1 else tuple(above[at:])
        edge, far = line.top, near
    return ()


def caption_below(lines: Sequence[Spaced], bottom: float, walls: Sequence[float], near: float) -> tuple[Spaced, ...]:
    """The caption among lines below a table that ends at `bottom`; empty where there is none, or it is another's.

    Args:
        lines: across the table's width, from the top.
        bottom: of the table.
        walls: where other tables begin below it; a caption that is as near to one of them is theirs.
        near: as `Sheet` has it.
    """
    wall = min((wall for wall in walls if wall > bottom), default=float("inf"))
    below = [line for line in lines if line.top >= bottom - 0.3 * line.size and line.middle < wall]
    if not below or below[0].top - bottom > _FAR * below[0].size or not begins_caption(below[0].runs[0]):
        return ()
    caption = _together(below, near)
    return tuple(caption) if below[0].top - bottom < wall - caption[-1].bottom - 1 else ()


def notes_below(lines: Sequence[Spaced], bottom: float, body: float, near: float) -> tuple[tuple[Spaced, ...], ...]:
    """The notes among lines below a table, each by its lines.

    Args:
        lines: across the table's width, from the top.
        bottom: of the table.
        body: the size of the running text.
        near: as `Sheet` has it.
    """
    below = [line for line in lines if line.top >= bottom - 0.3 * line.size]
    if not below or below[0].top - bottom > 1.5 * below[0].size or begins_caption(below[0].runs[0]):
        return ()
    small = below[0].size <= _SMALLER * body
    if not small and not is_note(below[0].text):
        return ()
    block = [line for line in _together(below, near) if not small or line.size <= _SMALLER * body]
    if len(block) > _LONGEST * 2:
        return ()
    notes: list[list[Spaced]] = [[block[0]]]
    for line in block[1:]:
        if begins_caption(line.runs[0]):
            break
        full = notes[-1][-1].right >= 0.85 * max(one.right for one in block)
        if is_note(line.text) or (not full and _MARKED.match(line.text)) or _raised(line):
            notes.append([line])
        else:
            notes[-1].append(line)
    return tuple(map(tuple, notes))


def _raised(line: Spaced) -> bool:
    """A line begins with a raised mark."""
    first = line.runs[0].words[0]
    return first.size < 0.9 * line.size and first.baseline < line.baseline - 0.1 * line.size and len(line.words) > 1


def _together(lines: Sequence[Spaced], near: float) -> list[Spaced]:
    """The first of the lines and those that follow it without white between, in its size."""
    block = [lines[0]]
    for line in lines[1:]:
        gap = line.top - block[-1].bottom
        if gap > near * line.size or abs(line.size - block[0].size) > 0.6:
            break
        block.append(line)
    return block
