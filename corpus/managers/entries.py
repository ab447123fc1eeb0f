"""The entries of an export, whatever its format, and what their facts are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from corpus.metadata import Facts, find_doi

_YEAR: Final = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_RESOLVER: Final = re.compile(r"doi\.org/", re.IGNORECASE)
_NOTED: Final = re.compile(r"^\s*doi:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """What an export says of one work.

    Attributes:
        facts: its title, authors (given names first), year, DOI and journal, as far as the export says them.
        files: the paths or `file:` addresses of its files, as the export has them, in order, without repeats.
    """

    facts: Facts
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Export:
    """The entries of one export, in its order.

    Attributes:
        broken: how many entries could not be read.
    """

    entries: tuple[Entry, ...]
    broken: int = 0


def year_in(*said: str) -> int | None:
    """The first year that any of these names, the first one first; None where it is `in press`.

    >>> year_in("in press", "2019-05-03/2020-01-01"), year_in("2021//"), year_in("12019"), year_in("")
    (2019, 2021, None, None)
    """
    found = next((year for one in said if (year := _YEAR.search(one))), None)
    return int(found[0]) if found else None


def doi_in(stated: str, address: str = "", note: str = "") -> str | None:
    """The DOI that a field of its own states, or else the address of its resolver, or a line `DOI: …` of a note.

    >>> doi_in("https://doi.org/10.1234/ABC"), doi_in("", "", "DOI: 10.1234/a"), doi_in("", "https://a.org/10.1234/b")
    ('10.1234/abc', '10.1234/a', None)
    """
    noted = _NOTED.search(note)
    return (
        find_doi(stated)
        or (find_doi(address) if _RESOLVER.search(address) else None)
        or find_doi(noted[1] if noted else "")
    )


def given_first(name: str) -> str:
    """A name `Family, Given` or `Family, Given, Jr` as other files print it: `Given Family Jr`.

    >>> given_first("Ito, Kenji"), given_first("van der Berg, J. P., Jr"), given_first("Cancer Atlas Network")
    ('Kenji Ito', 'J. P. van der Berg Jr', 'Cancer Atlas Network')
    """
    family, _, rest = name.partition(",")
    given, _, suffix = rest.partition(",")
    return " ".join(filter(None, (given.strip(), family.strip(), suffix.strip())))
