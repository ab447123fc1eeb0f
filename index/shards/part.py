"""Parts: many files dealt out among machines that need not know of one another."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from corpus.errors import InputError
from index.intake.sources import Source, printable

_MOST: Final = 99_999
_WRITTEN: Final = re.compile(r"([0-9]{1,5})/([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Part:
    """One of several parts that hold each file once.

    Attributes:
        number: which, from 1.
        of: how many there are.
    """

    number: int = 1
    of: int = 1

    @classmethod
    def read(cls, written: str) -> Self:
        """The part that is written as `3/32`.

        Raises:
            InputError: it is written otherwise, or there is no such part.
        """
        found = _WRITTEN.fullmatch(written)
        if found is None or not 1 <= int(found[1]) <= int(found[2]):
            msg = (
                f"There is no part '{written}'; write 3/32 for the third of 32, from 1/32 to 32/32 ({_MOST:,} at most)."
            )
            raise InputError(msg)
        return cls(int(found[1]), int(found[2]))

    @property
    def label(self) -> str:
        """With what the names of its shards begin."""
        return f"part-{self.number:05d}-of-{self.of:05d}"

    def holds(self, name: str) -> bool:
        """Whether the file of this name belongs to it; on every machine the same.

        >>> [part for part in range(1, 5) if Part(part, 4).holds("2024/kelp.xml")]
        [4]
        """
        return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") % self.of == self.number - 1


def dealt(sources: Sequence[Source], paths: Sequence[Path], part: Part) -> tuple[Source, ...]:
    """The sources that belong to the part, in order: by where they lie below what was named, wherever that lies.

    Args:
        paths: what the user named.
    """
    tops = [printable(os.path.realpath(path)) for path in paths]
    return tuple(source for source in sources if part.holds(_below(source, tops)))


def _below(source: Source, tops: Sequence[str]) -> str:
    """The path of a source below the first folder named that holds it, else its name."""
    top = next((top for top in tops if source.place.startswith(f"{top.rstrip(os.sep)}{os.sep}")), None)
    return os.path.relpath(source.place, top) if top else source.name
