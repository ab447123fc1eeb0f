"""Ruling lines put together: pieces of one line become one, lines that touch or stand over each other become frames."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from corpus.readers.pdf.content import Rule

_SAME: Final = 1.6  # points, within which two lines are one, and touch
_EVEN: Final = 4.0  # points, by which the ends of a table's lines may differ
_MOST: Final = 6_000  # pieces of lines on a page
_SHORT: Final = 6.0  # points, below which a line rules nothing


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level or upright line: at `at` across, from `start` to `end` along it, in points."""

    at: float
    start: float
    end: float

    def covers(self, start: float, end: float, share: float = 0.6) -> bool:
        """It runs along at least `share` of `[start, end)`."""
        return min(self.end, end) - max(self.start, start) >= share * (end - start) > 0


@dataclass(frozen=True, slots=True)
class Frame:
    """Lines that belong together, and the box around them; `levels` by place, `uprights` likewise."""

    left: float
    top: float
    right: float
    bottom: float
    levels: tuple[Stroke, ...]
    uprights: tuple[Stroke, ...]

    @property
    def full(self) -> tuple[float, ...]:
        """Where a level line, or several at one height, run over its whole width, from the top."""
        found = []
        for at in dict.fromkeys(level.at for level in self.levels):
            parts = [(max(one.start, self.left), one.end) for one in self.levels if abs(one.at - at) <= _SAME]
            if sum(end - start for start, end in parts) >= 0.92 * (self.right - self.left):
                found.append(at)
        return tuple(_apart(found))

    @property
    def closed(self) -> bool:
        """Upright lines at both its sides run from its top to its bottom."""
        sides = (self.left, self.right)
        tall = [one for one in self.uprights if one.covers(self.top, self.bottom, 0.9)]
        return all(any(abs(one.at - side) <= _EVEN for one in tall) for side in sides)


def strokes(rules: Iterable[Rule]) -> tuple[tuple[Stroke, ...], tuple[Stroke, ...]]:
    """The level and the upright lines that `rules` make, each by place, then start; pieces of one line are one.

    A page with more of them than any table has gives none.
    """
    rules = list(rules)
    if len(rules) > _MOST:
        return (), ()  # a drawing or a map: no table has so many
    level = [Stroke((r.top + r.bottom) / 2, r.left, r.right) for r in rules if r.level and r.right - r.left > 0]
    upright = [Stroke((r.left + r.right) / 2, r.top, r.bottom) for r in rules if not r.level]
    return tuple(_merged(level)), tuple(_merged(upright))


def _merged(pieces: Iterable[Stroke]) -> list[Stroke]:
    tracks: list[list[Stroke]] = []
    for piece in sorted(pieces, key=lambda one: (one.at, one.start, one.end)):
        if tracks and piece.at - tracks[-1][0].at <= _SAME:
            tracks[-1].append(piece)
        else:
            tracks.append([piece])
    merged = []
    for track in tracks:
        at = sum(piece.at for piece in track) / len(track)
        joined: list[Stroke] = []
        for piece in sorted(track, key=lambda one: (one.start, one.end)):
            if joined and piece.start - joined[-1].end <= _SAME:
                joined[-1] = Stroke(at, joined[-1].start, max(joined[-1].end, piece.end))
            else:
                joined.append(Stroke(at, piece.start, piece.end))
        merged += [piece for piece in joined if piece.end - piece.start >= _SHORT]
    return merged


def stacked_frames(levels: Sequence[Stroke], uprights: Sequence[Stroke]) -> list[Frame]:
    """Lines that touch, together; then those over each other whose ends agree; each by top, then left.

    What stands between two lines is not looked at, so a frame may hold several tables and text between them.
    """
    stacked: list[Frame] = []
    for frame in sorted(_touching(levels, uprights), key=lambda one: (one.top, one.left)):
        for at, other in enumerate(stacked):
            if abs(other.left - frame.left) <= _EVEN and abs(other.right - frame.right) <= _EVEN:
                stacked[at] = _both(other, frame)
                break
        else:
            stacked.append(frame)
    return stacked


def nested(pieces: Iterable[Frame]) -> list[Frame]:
    """Frames with the lines in them that touch none of their own, as under a header of several columns."""
    outer: list[Frame] = []
    for frame in sorted(pieces, key=lambda one: (one.left - one.right, one.top, one.left)):
        for at, other in enumerate(outer):
            across = other.left - _EVEN <= frame.left and frame.right <= other.right + _EVEN
            if across and other.top <= frame.top and frame.bottom <= other.bottom + _SAME:
                outer[at] = _both(other, frame)
                break
        else:
            outer.append(frame)
    return sorted(outer, key=lambda one: (one.top, one.left))


def _both(one: Frame, other: Frame) -> Frame:
    return _framed([*one.levels, *other.levels], [*one.uprights, *other.uprights])


def _touching(levels: Sequence[Stroke], uprights: Sequence[Stroke]) -> list[Frame]:
    owner = list(range(len(levels) + len(uprights)))

    def root(at: int) -> int:
        while owner[at] != at:
            owner[at] = owner[owner[at]]
            at = owner[at]
        return at

    for at, level in enumerate(levels):
        for up, upright in enumerate(uprights, start=len(levels)):
            across = level.start - _SAME <= upright.at <= level.end + _SAME
            if across and upright.start - _SAME <= level.at <= upright.end + _SAME:
                owner[root(at)] = root(up)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for at, level in enumerate(levels):
        groups.setdefault(root(at), ([], []))[0].append(level)
    for up, upright in enumerate(uprights, start=len(levels)):
        groups.setdefault(root(up), ([], []))[1].append(upright)
    return [_framed(*group) for group in groups.values() if group[0]]


def _framed(levels: Sequence[Stroke], uprights: Sequence[Stroke]) -> Frame:
    left = min([*(one.start for one in levels), *(one.at for one in uprights)])
    right = max([*(one.end for one in levels), *(one.at for one in uprights)])
    top = min([*(one.at for one in levels), *(one.start for one in uprights)])
    bottom = max([*(one.at for one in levels), *(one.end for one in uprights)])
    order = sorted(levels, key=lambda one: (one.at, one.start)), sorted(uprights, key=lambda one: (one.at, one.start))
    return Frame(left, top, right, bottom, tuple(order[0]), tuple(order[1]))


def cut(frame: Frame, top: float, bottom: float) -> Frame | None:
    """The part of a frame between two heights; None where no level line is left."""
    levels = [one for one in frame.levels if top - _SAME <= one.at <= bottom + _SAME]
    uprights = [
        Stroke(one.at, max(one.start, top), min(one.end, bottom))
        for one in frame.uprights
        if min(one.end, bottom) - max(one.start, top) >= _SHORT
    ]
    return _framed(levels, uprights) if levels else None


def _apart(places: Sequence[float]) -> list[float]:
    kept: list[float] = []
    for place in places:
        if not kept or place - kept[-1] > _SAME:
            kept.append(place)
    return kept
