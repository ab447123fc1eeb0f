"""Bylines: by whom a study is, as a reader names them ("Zhou and Fong, 2014") and as reference lists print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from corpus.letters import plain_letters
from corpus.references import surname

_APOSTROPHE: Final = re.compile(r"['\u2019`]")
_PART: Final = re.compile(r"[^\W\d_]+")
_INITIALS: Final = 3
"""Letters that initials have at most, run together ("Fong MY")."""


@dataclass(frozen=True, slots=True)
class Byline:
    """Those by whom a study may be: all of them together.

    Attributes:
        names: of each the surname, particles and given names or initials before it or not at all: `W. van der Berg`.
        year: in which the study came out; None for any.
        first: whether the first of them stands first among the authors; otherwise anywhere.
    """

    names: tuple[str, ...]
    year: int | None = None
    first: bool = False

    def __str__(self) -> str:
        return " and ".join(self.names) + (f" {self.year}" if self.year else "")

    @property
    def plain(self) -> str:
        """What the first one's surname ends with, in small letters without accents; "" for a name without a letter."""
        return (_parts(self.names[0]) or [""])[-1]

    def fits(self, authors: Sequence[str], year: int | None) -> bool:
        """True for a study of these authors, as a list prints them, and this year.

        >>> study = ["Zhou W", "Fong MY", "van der Berg JP", "Müller-Hill K"]
        >>> [Byline((name,)).fits(study, 2014) for name in ("zhou", "W. Zhou", "Berg", "Mei Fong", "Muller Hill")]
        [True, True, True, True, True]
        >>> [Byline((name,)).fits(study, 2014) for name in ("Y Zhou", "Zho", "van Berg Zhou", "Müller")]
        [False, False, False, False]
        >>> [Byline((name,)).fits(["D'Ippolito C"], 2014) for name in ("D'Ippolito", "D’Ippolito", "Ippolito")]
        [True, True, False]
        >>> Byline(("Zhou", "Fong"), first=True).fits(study, 2014), Byline(("Fong",), first=True).fits(study, 2014)
        (True, False)
        >>> Byline(("Zhou",), 2015).fits(study, 2014), Byline(("Zhou", "Li")).fits(study, 2014)
        (False, False)
        """
        if self.year not in {None, year}:
            return False
        leading = authors[:1] if self.first else authors
        return any(_is(self.names[0], author) for author in leading) and all(
            any(_is(name, author) for author in authors) for name in self.names[1:]
        )


def _is(name: str, author: str) -> bool:
    """True where an author, as printed, goes by this name: by their surname, and no given name but theirs."""
    typed = _parts(name)
    if not typed or (author.isascii() and typed[-1] not in author.lower().replace("'", "")):  # most end here
        return False
    family, given = _parts(surname(author)), _parts(author)
    if family == given and len(given) > 1:  # printed in full, the surname last
        family = given[-1:]
    given = tuple(part for part in given if part not in family)
    if not family or typed[-1] != family[-1]:
        return False
    initials = {letter for part in given for letter in (part if len(part) <= _INITIALS else part[0])}
    return all(part in family or part[0] in initials for part in typed[:-1])


@lru_cache(maxsize=4096)
def _parts(name: str) -> tuple[str, ...]:
    """The words of a name in small letters, without accents and apostrophes."""
    return tuple(_PART.findall(plain_letters(_APOSTROPHE.sub("", name))))
