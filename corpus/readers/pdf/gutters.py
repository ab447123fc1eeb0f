"""Columns where no lines are drawn between them: strips of the page that the lines of a table leave white."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from math import inf
from typing import Final

from corpus.readers.pdf.runs import Run, Spaced

Span = tuple[float, float]

_NARROW: Final = 0.5  # of the font's size, the narrowest gutter
_MANY: Final = 8  # lines, of which one may run over a gutter
_SAME: Final = 0.8  # points by which the cells of a column may begin in other places
_FEW: Final = 3  # cells that begin in one place, at least, if a column does
_PLAIN: Final = (0.12, 0.34)  # of the size, the gap that parts two words of one text
_OFTEN: Final = 6  # times as many as reach over that place


def gutters(lines: Sequence[Spaced], *, narrowest: float = _NARROW) -> tuple[Span, ...]:
    """The white strips between the columns of a table whose lines these are, from the left.

    A run that reaches over a whole strip into the columns on both its sides is taken for a cell that spans them, as
    long as that is one line in eight; a line of one run is, whatever their number.
    """
    parted = [line for line in lines if len(line.runs) > 1]
    if not parted:
        return ()
    size = sorted(line.size for line in lines)[len(lines) // 2]
    runs = [run for line in parted for run in line.runs]
    allowed = 0 if len(parted) < 3 else max(1, len(parted) // _MANY)
    thin = _white(runs, allowed)
    kept = [run for run in runs if not any(_over(run, strip) for strip in thin)] if allowed else runs
    strips = _white(kept, 0)
    for line in lines:
        if len(line.runs) == 1 and not any(_over(line.runs[0], strip) for strip in strips):
            strips = _without(strips, line.runs[0])
    strips = [strip for strip in strips if strip[1] - strip[0] >= narrowest * size]
    return tuple(_shared(strips, kept) if allowed else strips)


def _shared(strips: list[Span], runs: Sequence[Run]) -> list[Span]:
    """`strips` without those that make a column of one run alone, which is a wide blank in one cell."""
    while True:
        edges = [-inf, *((left + right) / 2 for left, right in strips), inf]
        held = [sum(left < run.middle < right for run in runs) for left, right in pairwise(edges)]
        lone = next((at for at, count in enumerate(held) if count < 2), None)
        if lone is None or not strips:
            return strips
        beside = [at for at in (lone - 1, lone) if 0 <= at < len(strips)]
        narrow = min(beside, key=lambda at: (strips[at][1] - strips[at][0], at))
        strips = [strip for at, strip in enumerate(strips) if at != narrow]


def keeps_to(line: Spaced, strips: Sequence[Span]) -> bool:
    """Whether a line stands in at least two of the columns between `strips`, and in none of these."""
    return len(line.runs) > 1 and not any(_over(run, strip) for run in line.runs for strip in strips)


def cut_at_starts(lines: Sequence[Spaced]) -> list[Spaced]:
    """`lines` with runs cut where a word begins at the very place where cells of many other lines do.

    So cells are told apart that leave little more than a blank between them, or run into the next one.
    """
    parted = [line for line in lines if len(line.runs) > 1]
    lefts = sorted(run.left for line in parted for run in line.runs)
    starts = [left for left in dict.fromkeys(lefts) if _is_start(left, lefts, parted)]
    return [_cut(line, starts) if len(line.runs) > 1 and starts else line for line in lines]


def _is_start(place: float, lefts: Sequence[float], lines: Sequence[Spaced]) -> bool:
    """Whether cells of a column begin at a place: several do, and next to nothing reaches over it."""
    begun = sum(abs(place - left) <= _SAME for left in lefts)
    over = 0
    for run in (run for line in lines for run in line.runs if run.left < place - 1 and run.right > place + 1):
        over += not any(abs(word.left - place) <= _SAME for word in run.words)
    return begun >= _FEW and begun >= _OFTEN * over


def _cut(line: Spaced, starts: Sequence[float]) -> Spaced:
    runs: list[Run] = []
    for run in line.runs:
        first = 0
        for at, word in enumerate(run.words[1:], start=1):
            gap = word.left - run.words[at - 1].right
            begins = any(abs(word.left - start) <= _SAME for start in starts)
            if begins and not _PLAIN[0] * line.size < gap < _PLAIN[1] * line.size:
                runs.append(Run(run.words[first:at], word.left - 1))
                first = at
        runs.append(Run(run.words[first:]))
    return replace(line, runs=tuple(runs))


def _over(run: Run, strip: Span) -> bool:
    return run.left < strip[0] + 0.1 and run.right > strip[1] - 0.1


def _white(runs: Sequence[Run], allowed: int) -> list[Span]:
    """The strips that at most `allowed` of the runs cover, between the first run and the last."""
    edges = sorted([(run.left, 1) for run in runs] + [(run.right, -1) for run in runs])
    strips: list[Span] = []
    depth, began = 0, None
    for place, step in edges:
        before, depth = depth, depth + step
        if before <= allowed < depth and began is not None and place > began:
            strips.append((began, place))
        if depth <= allowed < before:
            began = place
    return strips


def _without(strips: Sequence[Span], run: Run) -> list[Span]:
    """`strips` without what a run covers of them at one side."""
    out = []
    for left, right in strips:
        start = run.right if run.left <= left < run.right else left
        end = run.left if left < run.left < right <= run.right else right
        if end > start:
            out.append((start, end))
    return out
