"""Copies: lines at the edges of pages that are one line printed again, as a running head is, not text that is alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise, product
from typing import Final

MIN_REPEATS: Final = 3
"""How often a line must stand at the edge of a page, or within a text without pages, to be a running head."""
_NUMBER: Final = re.compile(r"\d+")
_VARIED: Final = 4  # numbers of a line that may rise with the pages; more are looked for in vain


def key(text: str) -> str:
    """What is the same in all copies of a running head: its words, numbers aside.

    >>> key("Page 7 of 90") == key("page 8 of 90"), key("Item 7") == key("Item #")
    (True, False)
    """
    return _NUMBER.sub("\n", " ".join(text.split())).casefold()  # a number's place is marked by what no line holds


def on_pages(lines: Sequence[tuple[int, str]], needed: int) -> set[int]:
    """The positions of those lines that are copies of one on at least `needed` pages.

    Each number in them is the same on all these pages or rises by one with each page, as a page number does. Lines of
    text that differ in their numbers only, such as the findings of a list, do neither.

    Args:
        lines: page and text of each; all have the same key.
        needed: pages.
    """
    numbers = [tuple(map(int, _NUMBER.findall(text))) for _, text in lines]
    varied = [at for at, some in enumerate(zip(*numbers, strict=True)) if len(set(some)) > 1][:_VARIED]
    out: set[int] = set()
    for rising in product((False, True), repeat=len(varied)):
        moving = {at for at, moves in zip(varied, rising, strict=True) if moves}
        agreed: dict[tuple[int, ...], set[int]] = defaultdict(set)
        for place, ((page, _), some) in enumerate(zip(lines, numbers, strict=True)):
            agreed[tuple(value - page * (at in moving) for at, value in enumerate(some))].add(place)
        for places in agreed.values():
            if len({lines[place][0] for place in places}) >= needed:
                out |= places
    return out


def in_order(texts: Sequence[str]) -> bool:
    """Whether lines of one key may be copies of one in a text whose pages are not known.

    Each number in them is the same in all or counts up, as `count_up` says.
    """
    numbers = [tuple(map(int, _NUMBER.findall(text))) for text in texts]
    return all(len(set(some)) == 1 or count_up(some) for some in zip(*numbers, strict=True))


def count_up(numbers: Sequence[int]) -> bool:
    """Whether at least two numbers count up in steps of one, two or three, as page numbers do."""
    return len(numbers) > 1 and all(1 <= later - sooner <= 3 for sooner, later in pairwise(numbers))
