"""A number beside what it counts."""

from __future__ import annotations

from typing import Final

RECORDS: Final = ("passage or row", "passages and rows")
"""What the records of a library are called, one and many."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun, thousands parted.

    >>> counted(1, "paper"), counted(1200, "passage"), counted(2, "entry", "entries")
    ('1 paper', '1,200 passages', '2 entries')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
