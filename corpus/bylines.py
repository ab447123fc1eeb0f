"""Bylines: by whom a study is, as a reader names them ("Zhou et al., 2014") and as reference lists print them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from corpus.references import surname

_ONE_WAY: Final = frozenset("bfhjkmpqvwx")
"""Letters that bear no accent."""


@dataclass(frozen=True, slots=True)
class Byline:
    """Somebody by whom a study may be.

    Attributes:
        name: a surname, with its particles or without.
        year: in which the study came out; None for any.
        first: whether they stand first among the authors; otherwise anywhere.
    """

    name: str
    year: int | None = None
    first: bool = False

    def __str__(self) -> str:
        return f"{self.name} {self.year}" if self.year else self.name

    @property
    def like(self) -> str:
        """A pattern of SQL's LIKE for authors among whom they may be."""
        return f"%{''.join(letter if letter in _ONE_WAY else '_' for letter in self.name.casefold())}%"

    def fits(self, authors: Sequence[str], year: int | None) -> bool:
        """True for a study of these authors, as a list prints them, and this year.

        >>> Byline("Muller").fits(["Zhou W", "Müller K"], 2014), Byline("Berg", 2013).fits(["van der Berg JP"], 2014)
        (True, False)
        >>> Byline("zhou", first=True).fits(["Fong MY", "Zhou W"], 2014), Byline("Li").fits(["Lin X"], 2014)
        (False, False)
        """
        if self.year not in {None, year}:
            return False
        name = f" {_plain(self.name)}"
        return any(f" {_plain(surname(author))}".endswith(name) for author in (authors[:1] if self.first else authors))


def _plain(name: str) -> str:
    """A name in small letters, without accents."""
    split = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))
