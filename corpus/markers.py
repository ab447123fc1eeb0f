"""Markers: the numbers in a text that point into its reference list, `[30]`, `[16-18]`, `[56,57]`, `^[35,36]`.

A bracket that holds anything but whole numbers is not a marker: `[19-25 nucleotides]`, `[RCC]`, `[0.5, 1.2]`. Nor is
one that a chemical name goes on from, `[1,2,4]oxadiazole`, nor an interval after its number, `61 [18-94] years`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_RANGE = 200
"""How many entries a range may name; a longer one is a slip of print or not a marker, and stays as printed."""

_MOST_AFTER_NUMBER = 20
"""A range right after a number that names more entries than this is an interval."""

_DASH = r"[-\u2010-\u2015\u2212]"
_NUMBER = r"[1-9]\d{0,3}"
_LIST = rf"{_NUMBER}(?:\s?(?:{_DASH}|[,;])\s?{_NUMBER}){{0,60}}"
# The second form is the range that some journals print as two brackets, `[1]-[3]`.
_BRACKET = re.compile(rf"\[\s?({_NUMBER})\s?\]\s?{_DASH}\s?\[\s?({_NUMBER})\s?\]|\[\s?({_LIST})\s?\](?![a-z])")
_AFTER_NUMBER = re.compile(r"\d\s{0,2}$")
_BARE = re.compile(rf"\s*\(?({_LIST})\)?\.?\s*")
_ITEM = re.compile(rf"({_NUMBER})(?:\s?{_DASH}\s?({_NUMBER}))?")

_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FROM_SUPERSCRIPT = str.maketrans(_SUPERSCRIPTS, "0123456789")
_RAISED = rf"[¹²³⁴-⁹][{_SUPERSCRIPTS}]{{0,3}}"
# After a word or a stop, never after a number or a single letter (10⁻³, R², Ca²⁺).
_RAISED_LIST = re.compile(
    rf"(?:(?<=[^\W\d_]{{2}})|(?<=[.,;:?!)”\"]))({_RAISED}(?:[-\u2010-\u2015⁻,]{_RAISED}){{0,60}})(?![⁺⁻\w])"
)
UNIT = re.compile(r"(?:^|[^\w])(?:[cdkmnpµμ]m|log|cos|sin|chi|sec|min)$")
"""What is raised after one of these at the end of a text is its power."""


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker in a text.

    Attributes:
        start, end: where it stands, `[start, end)`, brackets included, a caret before them not.
        markers: the entries it names, ranges written out, in order, without repeats; a range that runs backwards or
            names more than `MAX_RANGE` entries is one name, as printed (`"58-16"`).
    """

    start: int
    end: int
    markers: tuple[str, ...]


def find_markers(text: str, start: int = 0, end: int | None = None, *, raised: bool = False) -> tuple[Marker, ...]:
    """All markers within `text[start:end]`, in order; their spans count characters of the whole `text`.

    Args:
        text: any text but a reference entry, whose own number looks like a marker.
        start: first character to look at.
        end: one past the last; None means to the end.
        raised: look for superscript digits (`cells.²,³`) in place of brackets, for texts that have no brackets.
    """
    stop = len(text) if end is None else end
    if raised:
        found = _RAISED_LIST.finditer(text, start, stop)
        return tuple(
            Marker(*match.span(1), expand(match[1].translate(_FROM_SUPERSCRIPT).replace("⁻", "-")))
            for match in found
            if not UNIT.search(text, max(start, match.start() - 5), match.start())
        )
    markers = (
        Marker(*match.span(), expand(match[3] or f"{match[1]}-{match[2]}"))
        for match in _BRACKET.finditer(text, start, stop)
    )
    return tuple(marker for marker in markers if not _is_interval(text, marker))


def has_markers(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` has a bracket of numbers."""
    return _BRACKET.search(text, start, end) is not None


def markers_within(markers: Sequence[Marker], start: int, end: int) -> tuple[Marker, ...]:
    """Those of some markers, which are in order, that begin in `[start, end)`."""
    first = bisect_left(markers, start, key=_start)
    return tuple(markers[first : bisect_left(markers, end, lo=first, key=_start)])


def bare_markers(text: str) -> tuple[str, ...]:
    """The entries that a cell of a reference column names without brackets (`56, 57`); empty where it is more."""
    match = _BARE.fullmatch(text)
    return expand(match[1]) if match else ()


@lru_cache(maxsize=4096)
def expand(listed: str) -> tuple[str, ...]:
    """The numbers of a marker, ranges written out.

    >>> expand("3, 5-7,5")
    ('3', '5', '6', '7')
    >>> expand("58-16")
    ('58-16',)
    """
    names: list[str] = []
    for match in _ITEM.finditer(listed):
        first, last = int(match[1]), int(match[2] or match[1])
        if 0 <= last - first < MAX_RANGE:
            names.extend(str(number) for number in range(first, last + 1))
        else:
            names.append(f"{first}-{last}")
    return tuple(dict.fromkeys(names))


def resolve(found: Iterable[str], entries: Collection[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names that are entries, then those that are not; each in order, without repeats.

    A bracketed year, `[2019]`, that names no entry is in neither.
    """
    names = tuple(dict.fromkeys(found))
    cited = tuple(name for name in names if name in entries)
    missing = tuple(name for name in names if name not in entries and not _is_year(name))
    return cited, missing


def _start(marker: Marker) -> int:
    return marker.start


def _is_interval(text: str, marker: Marker) -> bool:
    many = len(marker.markers) > _MOST_AFTER_NUMBER
    return many and bool(_AFTER_NUMBER.search(text, max(0, marker.start - 3), marker.start))


def _is_year(name: str) -> bool:
    return name.isdigit() and 1500 <= int(name) <= 2099
