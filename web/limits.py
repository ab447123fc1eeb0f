"""The limits of a question in an address and on the page: read from its parameters, written back, shown one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Annotated, Final

from fastapi import Form, Query
from pydantic import BaseModel

from corpus.errors import InputError
from corpus.summaries import DocumentSummary
from qa.scope import Scope

MOST_LISTED: Final = 200
"""Papers that the page lists to choose from; of a larger library only those that are chosen."""
_SEVERAL: Final = {"documents": "Paper", "kinds": "Evidence", "names": "Name", "cancers": "Cancer"}
"""The limits that may have several values, and what the page calls one."""
KIND_NAMES: Final = {"passage": "Passages", "row": "Table rows"}
_YEAR: Final = re.compile(r"[0-9]{1,4}")
# no comma of a list of names ("miR-200a, b and c", "miR-21, -155"), nor of one name ("1,25-dihydroxyvitamin D")
_PARTS: Final = re.compile(r";|,(?!\s*(?:(?:and|or)\s+)?(?:[-\u2010-\u2013]?\d|[A-Za-z]\b))")


class Address(BaseModel):
    """What the address of the chat page holds, as it was typed: a question, the earlier ones, and its limits.

    Attributes:
        q, h: the question, or None, and the earlier ones, oldest first.
        c, n: the id of a kept conversation and the number of its turn that the page shows; of a question to be asked,
            the turn that it follows on.
        unkept: anything where the question should have been kept, and could not.
        documents, kinds, from_year, to_year, names, cancers: as in `Scope`; what is empty limits nothing, and names
            and cancers may be several in one, parted by commas or semicolons.
    """

    q: str | None = None
    h: list[str] = []
    c: str = ""
    n: str = ""
    unkept: str = ""
    documents: list[str] = []
    kinds: list[str] = []
    from_year: str = ""
    to_year: str = ""
    names: list[str] = []
    cancers: list[str] = []

    @property
    def follows(self) -> tuple[tuple[str, str], ...]:
        """The turn, as parameters; none where the address names none."""
        return (("c", self.c), ("n", str(self.number))) if self.c else ()

    @property
    def number(self) -> int:
        """The number of the turn; 0 where the address names none."""
        return int(self.n) if re.fullmatch(r"[0-9]{1,9}", self.n) else 0

    def scope(self) -> Scope:
        """The limits.

        Raises:
            InputError: one of them cannot be used.
        """
        return Scope.of(
            documents=self.documents or None,
            kinds=self.kinds or None,
            from_year=_year(self.from_year),
            to_year=_year(self.to_year),
            names=_parted(self.names),
            cancers=_parted(self.cancers),
        )


TheAddress = Annotated[Address, Query()]
TheForm = Annotated[Address, Form()]


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit as the page shows it; `without` is the scope less this one."""

    kind: str
    text: str
    without: Scope


def parameters(scope: Scope) -> list[tuple[str, str]]:
    """The limits as parameters of an address, which `Address` reads back."""
    several = [(field, value) for field in _SEVERAL for value in getattr(scope, field) or ()]
    years = (("from_year", scope.from_year), ("to_year", scope.to_year))
    return [*several, *((field, str(year)) for field, year in years if year is not None)]


def limits(scope: Scope, papers: Mapping[str, DocumentSummary]) -> tuple[Limit, ...]:
    """Each limit by itself; papers, which are given by id, by their titles."""
    shown = {"documents": {paper.id: paper.title for paper in papers.values()}, "kinds": KIND_NAMES}
    found = [
        Limit(kind, shown.get(field, {}).get(value, value), _less(scope, field, value))
        for field, kind in _SEVERAL.items()
        for value in getattr(scope, field) or ()
    ]
    if scope.from_year is not None:
        found.append(Limit("From", str(scope.from_year), replace(scope, from_year=None)))
    if scope.to_year is not None:
        found.append(Limit("Until", str(scope.to_year), replace(scope, to_year=None)))
    return tuple(found)


def _less(scope: Scope, field: str, value: str) -> Scope:
    left = tuple(one for one in getattr(scope, field) if one != value)
    return Scope.of(**{**asdict(scope), field: left or None})


def _year(text: str) -> int | None:
    year = text.strip()
    if year and not _YEAR.fullmatch(year):
        msg = f"'{year[:20]}' is no year; limit a search to years of four digits, such as 2019."
        raise InputError(msg)
    return int(year) if year else None


def _parted(texts: Iterable[str]) -> list[str]:
    return [part for text in texts for part in _PARTS.split(text) if part.strip()]
