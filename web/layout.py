"""A layered drawing: boxes in columns, links from column to column around what stands between.

The order within a column comes from the barycentre heuristic of Sugiyama, Tagawa and Toda (1981, IEEE Trans. Syst. Man
Cybern. 11:109): boxes move to the mean place of those they are linked with, column by column, there and back. Heights
come likewise, each column moved as little as keeps its boxes apart (isotonic regression, pool adjacent violators).
The same boxes and links give the same drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Final

GAP: Final = 10.0
"""Between two boxes of a column, at least."""
_BETWEEN: Final = 64.0
"""Between two columns."""
_LANE: Final = 6.0
"""Height that a link takes where it passes a column."""
_SWEEPS: Final = 6

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Size:
    """A box to be placed: its column, from 0, and how large it is."""

    column: int
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Box:
    """A placed box: its upper left corner and its size."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        """Half way down."""
        return self.y + self.height / 2


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing: where each box is, by its key, the points that each link runs through, and how large it all is.

    Attributes:
        columns: where each column that holds a box begins, by its number.
    """

    boxes: Mapping[str, Box]
    routes: Mapping[tuple[str, str], tuple[Point, ...]]
    columns: Mapping[int, float]
    width: float
    height: float


def layered(sizes: Mapping[str, Size], links: Iterable[tuple[str, str]]) -> Layout:
    """The boxes in their columns, in an order that lets few links cross; columns without a box take no room.

    Args:
        links: each from a box to one of a later column; repeats make no difference.
    """
    used = sorted({size.column for size in sizes.values()})
    rank = {column: place for place, column in enumerate(used)}
    at = {key: rank[size.column] for key, size in sizes.items()}
    heights = {key: size.height for key, size in sizes.items()}
    chains = {}
    for first, last in dict.fromkeys(links):
        lanes = [f"{first}\0{last}\0{between}" for between in range(at[first] + 1, at[last])]
        chains[first, last] = (first, *lanes, last)
        heights.update(dict.fromkeys(lanes, _LANE))
        at.update((lane, at[first] + 1 + place) for place, lane in enumerate(lanes))
    columns: list[list[str]] = [[key for key in at if at[key] == place] for place in range(len(used))]
    before: dict[str, list[str]] = {key: [] for key in at}
    after: dict[str, list[str]] = {key: [] for key in at}
    for chain in chains.values():
        for one, following in pairwise(chain):
            before[following].append(one)
            after[one].append(following)
    _sort(columns, before, after)
    middles = _middles(columns, before, after, heights)
    return _drawn(sizes, columns, used, chains, middles)


def _sort(columns: list[list[str]], before: Mapping[str, list[str]], after: Mapping[str, list[str]]) -> None:
    place: dict[str, float] = {}

    def settle(column: list[str], beside: Mapping[str, list[str]]) -> None:
        found = {key: fmean(place[other] for other in beside[key]) if beside[key] else place[key] for key in column}
        column.sort(key=lambda key: (found[key], place[key]))
        place.update((key, float(number)) for number, key in enumerate(column))

    for column in columns:
        place.update((key, float(number)) for number, key in enumerate(column))
    _sweep(columns, before, after, settle)


def _middles(
    columns: list[list[str]],
    before: Mapping[str, list[str]],
    after: Mapping[str, list[str]],
    heights: Mapping[str, float],
) -> dict[str, float]:
    """How far down the middle of each box or lane is; none overlap, the uppermost edge of all is at 0."""
    middle = dict.fromkeys(heights, 0.0)

    def settle(column: list[str], beside: Mapping[str, list[str]]) -> None:
        wanted = [fmean(middle[other] for other in beside[key]) if beside[key] else middle[key] for key in column]
        middle.update(zip(column, _apart(wanted, [heights[key] for key in column]), strict=True))

    _sweep(columns, before, after, settle)
    top = min((middle[key] - heights[key] / 2 for key in heights), default=0.0)
    return {key: found - top for key, found in middle.items()}


def _sweep(
    columns: list[list[str]],
    before: Mapping[str, list[str]],
    after: Mapping[str, list[str]],
    settle: Callable[[list[str], Mapping[str, list[str]]], None],
) -> None:
    """Every column is settled beside the one before it, then beside the one after it, several times."""
    for _ in range(_SWEEPS):
        for column in columns:
            settle(column, before)
        for column in reversed(columns):
            settle(column, after)


def _apart(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """The middles nearest to those wanted (least squares), in their order, with a gap between any two boxes."""
    offsets = [0.0]
    for one, following in pairwise(heights):
        offsets.append(offsets[-1] + (one + following) / 2 + GAP)
    blocks: list[tuple[float, int]] = []  # (mean, how many)
    for value, offset in zip(wanted, offsets, strict=False):
        blocks.append((value - offset, 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (last, many), (first, more) = blocks.pop(), blocks.pop()
            blocks.append(((last * many + first * more) / (many + more), many + more))
    settled = [mean for mean, many in blocks for _ in range(many)]
    return [mean + offset for mean, offset in zip(settled, offsets, strict=False)]


def _drawn(
    sizes: Mapping[str, Size],
    columns: Sequence[Sequence[str]],
    used: Sequence[int],
    chains: Mapping[tuple[str, str], tuple[str, ...]],
    middles: Mapping[str, float],
) -> Layout:
    wide = [max(sizes[key].width for key in column if key in sizes) for column in columns]
    left = [sum(wide[:place]) + place * _BETWEEN for place in range(len(wide))]
    spans = {key: (left[place], left[place] + wide[place]) for place, column in enumerate(columns) for key in column}
    boxes = {
        key: Box(spans[key][0], middles[key] - size.height / 2, wide[used.index(size.column)], size.height)
        for key, size in sizes.items()
    }
    routes = {}
    for link, (first, *lanes, last) in chains.items():
        passed = [(x, middles[lane]) for lane in lanes for x in spans[lane]]
        routes[link] = ((spans[first][1], middles[first]), *passed, (spans[last][0], middles[last]))
    bottom = max((middles[key] + (sizes[key].height if key in sizes else _LANE) / 2 for key in middles), default=0.0)
    return Layout(boxes, routes, dict(zip(used, left, strict=True)), left[-1] + wide[-1] if left else 0.0, bottom)
