"""Mechanisms as a drawing: molecule → target → pathway → effect, one colour and dash a cancer."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, product
from typing import Final

from qa.citations import short_name
from qa.results import Mechanism, MechanismEntry, Slot
from web.layout import Layout, Point, Size, layered
from web.rendering import span_url

COLUMNS: Final = ("molecule", "target", "pathway", "effect")
MOST_NODES: Final = 40
MOST_IN_COLUMN: Final = 16
MOST_LINKS: Final = 90
COLOURS: Final = 6
"""Cancers with a colour of their own; the others share one."""
_MARGIN: Final = 10.0
_HEAD: Final = 26.0
_LETTERS: Final = 20
"""Characters of a line of a label."""
_LINE: Final = 15.0
_ARROW: Final = 8.0
_APART: Final = 7.0
"""Between two links of the same boxes."""


@dataclass(frozen=True, slots=True)
class Node:
    """A molecule, target, pathway or effect; `title` is its whole name, `href` where the papers first say it."""

    column: str
    lines: tuple[str, ...]
    title: str
    href: str
    x: float
    y: float
    width: float
    height: float

    @property
    def baselines(self) -> tuple[tuple[float, str], ...]:
        """Each line with how far down it stands."""
        first = self.y + self.height / 2 - (len(self.lines) - 1) * _LINE / 2 + 4.5
        return tuple((first + place * _LINE, line) for place, line in enumerate(self.lines))


@dataclass(frozen=True, slots=True)
class Edge:
    """A link: the path of its line and of its end, its colour's class, and where the papers first say it.

    Attributes:
        direction: `inhibits`, `activates`, `affects`, or `with` between what is only named together.
        cross: for a negated one the middle of its cross; otherwise None.
    """

    line: str
    end: str
    direction: str
    colour: str
    title: str
    href: str
    cross: Point | None


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing of some mechanisms.

    Attributes:
        headings: where each column begins, and what it holds.
        legend: the class of each colour that is used, and its cancer.
        drawn, total: how many mechanisms it shows, of how many that could be drawn.
    """

    width: float
    height: float
    headings: tuple[tuple[float, str], ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    legend: tuple[tuple[str, str], ...]
    drawn: int
    total: int

    @property
    def left_out(self) -> int:
        """How many mechanisms are not drawn because there are too many."""
        return self.total - self.drawn


@dataclass(frozen=True, slots=True)
class _Link:
    first: str
    last: str
    direction: str
    negated: bool
    cancer: str


def graph_of(entries: Sequence[MechanismEntry]) -> Graph | None:
    """A drawing of the mechanisms that lead from one thing to another, or None where none does.

    At most 40 boxes, 16 a column, and 90 links: mechanisms that fill more columns come first, then in the order given.
    """
    fit = [entry for entry in entries if len(_path(entry.mechanism)) > 1]
    fit.sort(key=lambda entry: -len(_path(entry.mechanism)))
    chosen = _chosen(fit)
    if not chosen:
        return None
    first: dict[str, tuple[Slot, str]] = {}  # by key, its first slot and that one's document
    links: dict[_Link, list[MechanismEntry]] = {}
    for entry in chosen:
        for column, slots in _path(entry.mechanism):
            for slot in slots:
                first.setdefault(_key(column, slot), (slot, entry.mechanism.document))
        for link in _links(entry.mechanism):
            links.setdefault(link, []).append(entry)
    labels = {key: _label(_called(slot)) for key, (slot, _) in first.items()}
    sizes = {
        key: Size(COLUMNS.index(_column(key)), max(map(_width, lines)) + 18, len(lines) * _LINE + 12)
        for key, lines in labels.items()
    }
    layout = layered(sizes, ((link.first, link.last) for link in links))
    nodes = tuple(_node(key, labels[key], slot, document, layout) for key, (slot, document) in first.items())
    colours = _colours(links)
    return Graph(
        layout.width + 2 * _MARGIN,
        layout.height + 2 * _MARGIN + _HEAD,
        tuple((x + _MARGIN, COLUMNS[place]) for place, x in layout.columns.items()),
        nodes,
        tuple(_edges(links, colours, layout, {key: _called(slot) for key, (slot, _) in first.items()})),
        tuple(dict.fromkeys((colour, name if colour != "more" else "other cancers") for name, colour in colours)),
        len(chosen),
        len(fit),
    )


def _path(mechanism: Mechanism) -> list[tuple[str, tuple[Slot, ...]]]:
    """Its columns that are filled, from the molecule on; nothing where it names no molecule."""
    if not mechanism.molecule:
        return []
    return [(column, getattr(mechanism, column)) for column in COLUMNS if getattr(mechanism, column)]


def _chosen(fit: Iterable[MechanismEntry]) -> list[MechanismEntry]:
    held: dict[str, None] = {}
    linked: dict[_Link, None] = {}
    chosen = []
    for entry in fit:
        path, new = _path(entry.mechanism), [*_links(entry.mechanism)]
        keys = dict.fromkeys((*held, *(_key(column, slot) for column, slots in path for slot in slots)))
        crowded = max(Counter(map(_column, keys)).values()) > MOST_IN_COLUMN
        if not crowded and len(keys) <= MOST_NODES and len({*linked, *new}) <= MOST_LINKS:
            chosen.append(entry)
            held, linked = keys, dict.fromkeys((*linked, *new))
    return chosen


def _links(mechanism: Mechanism) -> Iterator[_Link]:
    direction = mechanism.direction[0].name if mechanism.direction else "with"
    path = _path(mechanism)
    for step, ((here, ones), (there, others)) in enumerate(pairwise(path)):
        for one, other in product(ones, others):
            for cancer in dict.fromkeys(slot.name for slot in mechanism.cancer) or ("",):
                said = (direction, mechanism.negated) if step == 0 else ("with", False)
                yield _Link(_key(here, one), _key(there, other), *said, cancer)


def _key(column: str, slot: Slot) -> str:
    return f"{column}:{slot.name.casefold()}"


def _column(key: str) -> str:
    return key.partition(":")[0]


def _called(slot: Slot) -> str:
    """What the paper calls it, where that differs from its one spelling in capitals alone."""
    return slot.text if slot.text.casefold() == slot.name.casefold() else slot.name


def _label(name: str) -> tuple[str, ...]:
    """The name in one or two lines, shortened where it is longer."""
    lines = textwrap.wrap(name, _LETTERS, max_lines=2, placeholder=" …")
    return tuple(line if len(line) <= _LETTERS else f"{line[: _LETTERS - 1]}…" for line in lines) or (name,)


def _width(line: str) -> float:
    """How wide a line is at most, in the pixels of the drawing; capitals and digits are wider."""
    return sum(8.4 if letter.isupper() or letter.isdigit() else 6.8 for letter in line)


def _colours(links: Iterable[_Link]) -> list[tuple[str, str]]:
    """(cancer, its class) for each cancer, the most frequent first; "" where none is named, last."""
    counts = Counter(link.cancer for link in links)
    named = sorted((cancer for cancer in counts if cancer), key=lambda cancer: (-counts[cancer], cancer))
    found = [(cancer, f"c{place}" if place < COLOURS else "more") for place, cancer in enumerate(named)]
    return [*found, ("no cancer named", "none")] if "" in counts else found


def _node(key: str, lines: tuple[str, ...], slot: Slot, document: str, layout: Layout) -> Node:
    box = layout.boxes[key]
    href = span_url(document, slot.start, slot.end)
    place = (box.x + _MARGIN, box.y + _MARGIN + _HEAD, box.width, box.height)
    return Node(_column(key), lines, _called(slot), href, *place)


def _edges(
    links: dict[_Link, list[MechanismEntry]], colours: Sequence[tuple[str, str]], layout: Layout, names: dict[str, str]
) -> Iterator[Edge]:
    by_cancer = dict(colours)
    ordered = sorted(links, key=lambda link: (link.first, link.last))  # stable: those of the same boxes as they came
    for ends, beside in groupby(ordered, key=lambda link: (link.first, link.last)):
        same = [*beside]
        for place, link in enumerate(same):
            off = (place - (len(same) - 1) / 2) * min(_APART, 18 / len(same))
            points = [(x + _MARGIN, y + _MARGIN + _HEAD + off) for x, y in layout.routes[ends]]
            said = links[link][0].mechanism
            yield Edge(
                _curve(points, _ARROW if link.direction == "activates" else 3 if link.direction != "with" else 0),
                _end(link.direction, points[-1]),
                link.direction,
                by_cancer.get(link.cancer, "none"),
                _told(link, links[link], names),
                span_url(said.document, said.start, said.end),
                _half_way(points) if link.negated else None,
            )


def _told(link: _Link, entries: Sequence[MechanismEntry], names: dict[str, str]) -> str:
    verb = "is named with" if link.direction == "with" else link.direction
    verb = f"does not: {verb}" if link.negated else verb
    where = f", {link.cancer}" if link.cancer else ""
    papers = ", ".join(dict.fromkeys(short_name(entry.document) for entry in entries))
    times = f", {len(entries)} places" if len(entries) > 1 else ""
    return f"{names[link.first]} {verb} {names[link.last]}{where} ({papers}{times})"


def _curve(points: Sequence[Point], short: float) -> str:
    """A line through the points, level at each; it ends so many pixels before the last."""
    (x, y), *_ = points
    parts = [f"M{x:.1f},{y:.1f}"]
    for place, (here, there) in enumerate(pairwise(points)):
        end = there[0] - (short if place == len(points) - 2 else 0)
        bend = (end - here[0]) / 2
        parts.append(f"C{here[0] + bend:.1f},{here[1]:.1f} {end - bend:.1f},{there[1]:.1f} {end:.1f},{there[1]:.1f}")
    return "".join(parts)


def _end(direction: str, point: Point) -> str:
    x, y = point
    return {
        "activates": f"M{x:.1f},{y:.1f}l-{_ARROW},-4.5v9z",
        "inhibits": f"M{x - 3:.1f},{y - 6:.1f}v12",
        "affects": f"M{x - 7:.1f},{y:.1f}a3.5,3.5 0 1 0 7,0a3.5,3.5 0 1 0 -7,0z",
    }.get(direction, "")


def _half_way(points: Sequence[Point]) -> Point:
    (x, y), (right, lower) = points[0], points[1]
    return (x + right) / 2, (y + lower) / 2
