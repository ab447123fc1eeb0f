"""Texts in batches of one length each, so that a vector depends on its text alone.

Where texts of several lengths share a batch, the shorter ones are padded, and padding moves a vector by its last bits
(in bfloat16 by a thousandth): the same text would rank otherwise in other company.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

_TEXTS: Final = 32
_TOKENS: Final = 2_048
"""At most so many in a batch (or one text): more fill the processor no better, and whoever asks meanwhile waits."""


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Places of equal length, longest first, at most 32 of them and some 2,000 tokens at a time.

    >>> list(batches([3, 5, 3]))
    [[1], [0, 2]]
    """
    order = sorted(range(len(lengths)), key=lambda i: (-lengths[i], i))
    for length, same in groupby(order, key=lambda i: lengths[i]):
        places = list(same)
        size = most(length)
        yield from (places[first : first + size] for first in range(0, len(places), size))


def most(length: int) -> int:
    """How many texts of so many tokens go into a batch at most.

    >>> most(16), most(512), most(5_000)
    (32, 4, 1)
    """
    return max(1, min(_TEXTS, _TOKENS // max(1, length)))
