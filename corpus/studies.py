"""One study, in whatever list it stands: by its DOI, or else by its title and year."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Self

from corpus.records import Reference
from corpus.references import surname

_LETTERS: Final = re.compile(r"[^\W_]+")
SHORTEST_TITLE: Final = 20
"""Letters and digits of the shortest title that is of one study alone; `Introduction` may be anybody's."""


@dataclass(frozen=True, slots=True)
class StudyId:
    """What tells a study from others.

    Attributes:
        doi: lower case, or None.
        told: its title, spelling aside, and its year; with a short title its first author and its pages too. None
            where they are not known.
    """

    doi: str | None
    told: str | None

    @classmethod
    def of(cls, title: str | None, year: int | None, author: str, pages: str | None, doi: str | None) -> Self:
        """The id of a study with these facts, as some list tells them; `author` is the first one's surname.

        What parts and joins words does not count (`miR-21`, `miR 21`), letters and digits do.

        >>> StudyId.of("Foam carries miR-21 to the shore", 2019, "Ito", "1-2", None).told
        'foamcarriesmir21totheshore 2019'
        >>> StudyId.of("Introduction", 2019, "Ito", "1-2", None).told
        'introduction 2019 ito 12'
        """
        folded, by, at = letters(title or ""), letters(author), letters(pages or "")
        if not year or not folded:
            return cls(doi, None)
        if len(folded) >= SHORTEST_TITLE:
            return cls(doi, f"{folded} {year}")
        return cls(doi, f"{folded} {year} {by} {at}" if by and at else None)

    @classmethod
    def of_entry(cls, entry: Reference) -> Self:
        """The id of the study that an entry of a reference list names."""
        author = surname(entry.authors[0]) if entry.authors else ""
        return cls.of(entry.title, entry.year, author, entry.pages, entry.doi)

    def is_same(self, other: StudyId) -> bool:
        """True for one study: one DOI, or, unless both have one, one title and year."""
        if self.doi and other.doi:
            return self.doi == other.doi
        return self.told is not None and self.told == other.told


def letters(text: str) -> str:
    """The letters and digits of `text`, spelling aside; empty where it has none."""
    return "".join(_LETTERS.findall(unicodedata.normalize("NFKC", text).casefold()))
