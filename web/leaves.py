"""A list that is too long for one page: which of its pages is shown, and where the others are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, Self, TypeVar
from urllib.parse import urlencode

T = TypeVar("T")

_MOST_SOUGHT: Final = 200
"""Characters that are looked for; as many as the field takes."""


def sought(q: str) -> str:
    """What an address asks to be looked for in a list, without blanks around it, cut where nobody would type on."""
    return q[:_MOST_SOUGHT].strip()


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list.

    Attributes:
        items: what stands on it.
        number: of the page, from 1.
        last: the number of the last page; 1 of an empty list.
        before: how many items stand on the pages before it.
        total: how many items the list has.
        address: of the list, with all that is asked of it but the page; `fragment` is where in it a page begins.
    """

    items: Sequence[T]
    number: int
    last: int
    before: int
    total: int
    address: str
    asked: tuple[tuple[str, str], ...]
    fragment: str

    @classmethod
    def of(
        cls, items: Sequence[T], page: str, size: int, address: str, fragment: str = "", **asked: str | None
    ) -> Self:
        """The page of that number; the first where it is no number, the last where it lies beyond.

        Args:
            size: how many items a page has.
            asked: parameters of the address; those without a value are left out.
        """
        last = max(1, -(-len(items) // size))
        number = min(max(int(page), 1), last) if re.fullmatch(r"[0-9]{1,9}", page) else 1
        before = (number - 1) * size
        parameters = tuple((name, value) for name, value in asked.items() if value)
        return cls(items[before : before + size], number, last, before, len(items), address, parameters, fragment)

    @property
    def span(self) -> str:
        """Which items of the list these are, counted from 1: `51–100`."""
        return f"{self.before + 1:,}–{self.before + len(self.items):,}"

    @property
    def others(self) -> tuple[int | None, ...]:
        """The numbers of the pages to lead to, ascending: the first, the last, those around this one; None for a gap.

        >>> Leaf.of("abcdefghij", "5", 1, "/list").others
        (1, None, 4, 5, 6, None, 10)
        """
        shown = sorted({1, self.last, *range(max(1, self.number - 1), min(self.last, self.number + 1) + 1)})
        found: list[int | None] = []
        for number in shown:
            if found and found[-1] == number - 2:
                found.append(number - 1)  # no gap for a single page
            elif found and found[-1] != number - 1:
                found.append(None)
            found.append(number)
        return tuple(found)

    def url(self, number: int = 1) -> str:
        """Where the page of that number is; the first one has no number in its address.

        >>> Leaf.of("abc", "2", 1, "/list", "top", q="miR-21 β").url(3)
        '/list?page=3&q=miR-21+%CE%B2#top'
        """
        page = (("page", str(number)),) if number > 1 else ()
        query = urlencode((*page, *self.asked))
        return self.address + (f"?{query}" if query else "") + (f"#{self.fragment}" if self.fragment else "")
