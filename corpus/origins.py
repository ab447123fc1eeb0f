"""What a document's metadata is made of, and which other files are the same paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from typing import Any, Self

from corpus.metadata import Facts


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of a paper of which another file is in the library; nothing of it can be cited.

    Attributes:
        file, source, sha256: as in `Document`.
    """

    file: str
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Origin:
    """Who says what of a document, so that one of them can be heard anew without reading the file again.

    Attributes:
        own: what its file says, or what was guessed from it; `stated` tells which.
        entry: what the export of a reference manager says of it; None where none does.
        companion: it is not the work itself that the entry is of, but a file that comes with it, a table for example.
    """

    own: Facts = field(default=Facts())
    entry: Facts | None = None
    companion: bool = False

    def pack(self) -> list[object]:
        """The same as lists and texts, which JSON can hold."""
        return [astuple(self.own), astuple(self.entry) if self.entry else None, self.companion]

    @classmethod
    def unpack(cls, packed: Sequence[Any]) -> Self:
        """What `pack` packed."""
        own, entry, companion = packed
        return cls(_facts(own), _facts(entry) if entry else None, bool(companion))


def _facts(packed: Sequence[Any]) -> Facts:
    title, authors, *more = packed
    return Facts(title, tuple(authors), *more)
